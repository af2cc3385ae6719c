"""How does Django find the site?"""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The site: base templates, static files, the elephant."""

    name = "folkmoot.site"
    label = "site"

    def ready(self) -> None:
        """What two rooms must agree on is put together."""
        # Once Django has found every room: before that, none has its tables.
        from folkmoot.site import agreements  # noqa: PLC0415 - as above

        agreements.put_together()
