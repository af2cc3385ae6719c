"""How does Django find the site?"""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The site: base templates, static files, the elephant."""

    name = "folkmoot.site"
    label = "site"
