"""By which ids, names and addresses is a person known here, and does a text mean them?

A whole name or address is looked for, never a piece of a longer word; and never a name or address that
another person of the partnership has too, since then nobody can tell who is meant. Capitals, accents and the
shape of an apostrophe do not matter in a name. One word alone is no name within a sentence: it may be
anything, so it is found only where it stands by itself.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from folkmoot.apps.people.models import Merge
from folkmoot.apps.places.models import Account, DiaryDetail, Membership, Person

APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´ʼ", "'"))


@dataclass(frozen=True)
class Whom:
    """A person, the accounts that are theirs here, and the ids, names and addresses that mean them alone."""

    person: Person
    accounts: tuple[Account, ...]
    ids: frozenset[str]
    names: frozenset[str]
    addresses: frozenset[str]

    @property
    def one_word(self) -> tuple[str, ...]:
        """Their names that are not looked for within sentences."""
        return tuple(sorted(name for name in self.names if len(name.split()) == 1))

    @cached_property
    def _plain_names(self) -> frozenset[str]:
        return frozenset(_plain(name) for name in self.names)

    @cached_property
    def _by_name(self) -> re.Pattern[str] | None:
        return _any_of(_name_pattern(name) for name in self._plain_names if len(name.split()) > 1)

    @cached_property
    def _by_address(self) -> re.Pattern[str] | None:
        # To the letter: an accent more is another mailbox.
        return _any_of(rf"(?<![\w.+-]){re.escape(held)}(?![\w-]|\.\w)" for held in self.addresses)

    def is_meant(self, text: str) -> bool:
        """Whether a text is their id, or holds their whole name or address; never part of a longer word."""
        if text in self.ids or (self._by_address and self._by_address.search(text)):
            return True
        folded = _fold(text)[0]
        if " ".join(folded.split()) in self._plain_names:
            return True
        return bool(self._by_name and self._by_name.search(folded))

    def without(self, text: str, instead: str) -> str:
        """The text with something else where it names them."""
        if _plain(text) in self._plain_names:
            return instead
        if self._by_address:
            text = self._by_address.sub(lambda _: instead, text)
        return self._without_names(text, instead) if self._by_name else text

    def _without_names(self, text: str, instead: str) -> str:
        folded, places = _fold(text)
        kept, after = [], 0
        for found in self._by_name.finditer(folded) if self._by_name else ():
            kept.append(text[after : places[found.start()]])
            after = places[found.end() - 1] + 1
            # Accents that stand as letters of their own go with the letter before.
            while after < len(text) and unicodedata.combining(text[after]):
                after += 1
        return instead.join([*kept, text[after:]])


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
    return " ".join(_fold(text)[0].split())


def _fold(text: str) -> tuple[str, Sequence[int]]:
    """The text without capitals, accents and kinds of apostrophes; and where in it each letter stood."""
    if text.isascii():
        return text.translate(APOSTROPHES).lower(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        bare = unicodedata.normalize("NFKD", letter.translate(APOSTROPHES).casefold())
        kept = [each for each in bare.casefold() if not unicodedata.combining(each)]
        letters += kept
        places += [place] * len(kept)
    return "".join(letters), places


def _any_of(ways: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the patterns, the longest first."""
    ordered = sorted(ways, key=len, reverse=True)
    return re.compile("|".join(ordered), re.IGNORECASE) if ordered else None


def _name_pattern(name: str) -> str:
    """The words of a name in order, as in a sentence or a file's name; or the last one first with a comma."""
    *first, last = (re.escape(word) for word in name.split())
    straight, turned = r"[\s._-]+".join([*first, last]), rf"{last},\s*" + r"\s+".join(first)
    return rf"(?<![\w-])(?:{straight}|{turned})(?![\w-])"
