"""Which pages are there, by the table of addresses, and who should get in by the table of rules?"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from folkmoot.apps.places.models import Account
from folkmoot.core.access import TABLE, Act, Actor, Role
from house.rooms import pages
from partnership import Town, rows_of_all
from trust.samples import sample

ROLES = ("nobody", "outsider", "member", "core", "convenor")
INSIDERS = {"member": Role.MEMBER, "core": Role.CORE, "convenor": Role.CONVENOR}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Page:
    """One page behind a door, as the table of addresses names it."""

    address: str
    pattern: URLPattern
    act: Act
    methods: tuple[str, ...]
    own: str

    @property
    def name(self) -> str:
        """Its name within its room, as `network:person`."""
        room = self.pattern.callback.__module__.split(".")[2]
        return f"{room}:{self.pattern.name}"

    @property
    def ids(self) -> list[str]:
        """The names of the ids in its address."""
        return [name for name in self.pattern.pattern.converters if name.endswith("_id")]

    def at(self, town: Town) -> str:
        """The address with a sample in each of its places."""
        return self.address_of(town, {})

    def address_of(self, town: Town, values: dict[str, str]) -> str:
        """The address with these values, and a sample in each other place."""
        address = self.address
        for name, converter in self.pattern.pattern.converters.items():
            if name != "partnership":
                value = values.get(name) or str(sample(name, town.convenor, self.name))
                for kind in (type(converter).__name__.removesuffix("Converter").lower(), "str"):
                    address = address.replace(f"<{kind}:{name}>", value)
        address = address.replace("<slug:partnership>", town.partnership.slug)
        assert "<" not in address, f"{address} has a place without a sample"
        return address

    def opens_to(self, role: str, published: bool) -> bool:
        """Whether the table of rules lets this role in, as somebody whom the page is not about."""
        rule = TABLE.get(self.act)
        if rule is None:
            return False
        theirs = rule.own_account and role in INSIDERS  # a page about whoever opens it
        return theirs or INSIDERS.get(role) in rule.roles or (published and rule.when_published)

    @property
    def answered(self) -> tuple[str, ...]:
        """The methods that the page answers."""
        return (*self.methods, *(("HEAD",) if "GET" in self.methods else ()))


def behind_doors() -> Iterator[Page]:
    """Every page of a partnership."""
    for address, pattern in pages(get_resolver().url_patterns):
        if door := getattr(pattern.callback, "door", None):
            yield Page(address, pattern, *door)


def open_pages() -> Iterator[str]:
    """The addresses that anybody may open and that need no sample."""
    for address, pattern in pages(get_resolver().url_patterns):
        if getattr(pattern.callback, "open_because", "") and "<" not in address:
            yield address


def actor_of(town: Town, role: str) -> Actor:
    """The actor in this role."""
    return getattr(town, role)


def client_of(town: Town, role: str) -> Client:
    """A browser in which somebody in this role is signed in."""
    client = Client(raise_request_exception=False)
    if role != "nobody":
        client.force_login(Account.objects.get(id=actor_of(town, role).account_id))
    return client


def leads_inside(response: HttpResponse) -> bool:
    """Whether a redirect stays on this server."""
    target = response.headers.get("Location", "/")
    return target.startswith("/") and not target.startswith("//")


def tables() -> dict[str, str]:
    """What every table holds, as one digest each; sessions are aside, since a visit may write one.

    The rows are taken as the database has them, without making objects of them.
    """
    asides = Session._meta.db_table
    return {
        table: hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
        for table, rows in rows_of_all().items()
        if table != asides
    }
