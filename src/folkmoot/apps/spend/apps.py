"""How does Django find this room?"""

from django.apps import AppConfig


class SpendConfig(AppConfig):
    """The room spend."""

    name = "folkmoot.apps.spend"
    label = "spend"
