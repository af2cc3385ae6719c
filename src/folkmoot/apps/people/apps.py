"""How does Django find this room?"""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room people."""

    name = "folkmoot.apps.people"
    label = "people"
