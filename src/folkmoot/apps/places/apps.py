"""How does Django find the ground?"""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The ground under the rooms."""

    name = "folkmoot.apps.places"
    label = "places"
