"""How does Django find this room?"""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """The room network."""

    name = "folkmoot.apps.network"
    label = "network"
