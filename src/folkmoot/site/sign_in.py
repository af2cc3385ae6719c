"""How does somebody prove that an address is theirs?"""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class SignIn(DefaultAccountAdapter):
    """Sign-in by e-mail code alone: accounts are made by invitation, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Sign-up is closed."""
        return False
