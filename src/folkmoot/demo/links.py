"""By which links does each of the cast sign in to a demonstration?"""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from folkmoot.demo.cast import ACCOUNTS

SALT = "a demonstration's sign-in link"


@dataclass(frozen=True, slots=True)
class Link:
    """Whose link it is, and where it leads."""

    who: str
    url: str


def sign_in_links(address: str) -> list[Link]:
    """A link for each account of the cast."""
    return [
        Link(f"{account.name}, {account.role}", address.rstrip("/") + link_for(account.email))
        for account in ACCOUNTS
    ]


def link_for(email: str) -> str:
    """The path that signs an address in; it holds for this demonstration's secret key alone."""
    return reverse("demo:sign_in", args=[signing.dumps(email, salt=SALT)])


def email_from(token: str) -> str:
    """The address in a link; signing.BadSignature for a link that is not ours."""
    return str(signing.loads(token, salt=SALT))
