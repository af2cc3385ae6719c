"""By which ids, names and addresses is a person known here, and does a text mean them?

A whole name or address is looked for, never a piece of a longer word; and never a name or address that
another person of the partnership has too, since then nobody can tell who is meant.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from folkmoot.apps.people.models import Merge
from folkmoot.apps.places.models import Account, DiaryDetail, Membership, Person


@dataclass(frozen=True)
class Whom:
    """A person, the accounts that are theirs here, and the ids, names and addresses that mean them alone."""

    person: Person
    accounts: tuple[Account, ...]
    ids: frozenset[str]
    names: frozenset[str]
    addresses: frozenset[str]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        ways = [_name_pattern(name) for name in self.names if len(name.split()) > 1]
        ways += [rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)" for address in self.addresses]
        return re.compile("|".join(sorted(ways, key=len, reverse=True)), re.IGNORECASE) if ways else None

    def is_meant(self, text: str) -> bool:
        """Whether a text is their id, or holds their whole name or address; never part of a longer word."""
        if text in self.ids or _plain(text) in {_plain(name) for name in self.names}:
            return True
        return bool(self._pattern and self._pattern.search(text))

    def without(self, text: str, instead: str) -> str:
        """The text with something else where it names them."""
        if _plain(text) in {_plain(name) for name in self.names}:
            return instead
        return self._pattern.sub(instead, text) if self._pattern else text


def whom(person: Person) -> Whom:
    """Everything by which a person is known here; what another person shares with them is left out."""
    others = Person.objects.filter(partnership_id=person.partnership_id).exclude(id=person.id)
    accounts = _accounts_of(person, others)
    # A merge that was taken back was another person's after all.
    merges = list(Merge.objects.filter(kept=person, undone_at=None))
    # What the merged records said of themselves: their fields stand at the top, under their own names.
    former = [held for merge in merges for held in (merge.gone, merge.was) if isinstance(held, dict)]
    known = [{"name": person.name, "email": person.email}, *former]
    known += [{"name": account.name, "email": account.email} for account in accounts]
    names, addresses = ({str(held.get(key) or "") for held in known} - {""} for key in ("name", "email"))
    shared = {_plain(name) for name in others.values_list("name", flat=True)}
    theirs = {address.lower() for address in others.values_list("email", flat=True)}
    return Whom(
        person,
        accounts,
        frozenset({person.id, *(merge.gone_id for merge in merges)}),
        frozenset(name for name in names if _plain(name) not in shared),
        frozenset(address for address in addresses if address.lower() not in theirs),
    )


def names(about: Whom, value: object) -> bool:
    """Whether a value, or anything within it, means the person."""
    return any(about.is_meant(text) for text in strings_in(value))


def strings_in(value: object) -> Iterator[str]:
    """Every text within lists and tables of values, the tables' keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield str(key)
            yield from strings_in(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from strings_in(held)


def pieces_about(about: Whom, value: object) -> list[object]:
    """The smallest pieces of a value that mean the person, each whole."""
    if isinstance(value, dict):
        if any(isinstance(held, str) and about.is_meant(held) for held in (*value.keys(), *value.values())):
            return [value]
        return [piece for held in value.values() for piece in pieces_about(about, held)]
    if isinstance(value, list):
        return [piece for held in value for piece in pieces_about(about, held)]
    return [value] if isinstance(value, str) and about.is_meant(value) else []


def detail_of(detail: DiaryDetail) -> object:
    """What a diary line's detail says, as values."""
    try:
        return json.loads(detail.text)
    except ValueError:
        return detail.text


def _accounts_of(person: Person, others: QuerySet[Person]) -> tuple[Account, ...]:
    """Joined to the person; or a member at their address alone, who is joined to nobody."""
    meant = Q(person=person)
    if person.email and not others.filter(email__iexact=person.email).exists():
        meant |= Q(person=None, account__email__iexact=person.email)
    rows = Membership.objects.filter(meant, partnership_id=person.partnership_id).select_related("account")
    return tuple(row.account for row in rows)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _name_pattern(name: str) -> str:
    """The words of a name in order, as in a sentence or a file's name; or the last one first with a comma."""
    *first, last = (re.escape(word) for word in name.split())
    straight, turned = r"[\s._-]+".join([*first, last]), rf"{last},\s*" + r"\s+".join(first)
    return rf"(?<![\w-])(?:{straight}|{turned})(?![\w-])"
