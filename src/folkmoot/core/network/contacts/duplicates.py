"""Which two of the people on record could be one person?

Offered to a person who decides, never joined by themselves: two names alike at one address, or in one body
the same name, a form of it, its initial where only one could be meant, or one letter more or less. The same
name alone is no reason, nor is anything where each has an address of their own but for the very same name.
In a crowd of names alike not all are held against one another, or it would take minutes: those whom the
fewest resemble come first, and the crowd is named.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, islice
from typing import TypeVar

from folkmoot.core.network.contacts.addresses import is_shared
from folkmoot.core.network.contacts.names import alike, near, one_letter_off, same, words_of
from folkmoot.core.network.contacts.records import key

MOST_TOGETHER = 40  # people of one address, or of one surname in one body, who are held against one another
MOST_COMPARED = 10_000  # couples of one body for each kind of likeness, and of all addresses
MOST_SPELT = 150_000  # letters of the names of one body that are looked through for slips
SHORTEST_SLIP, LONGEST_SLIP = 7, 60  # letters: in a shorter name, one letter more is another name
Key = TypeVar("Key", str, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Recorded:
    """Somebody on record, as far as it matters here."""

    id: str
    name: str
    email: str = ""
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two people (the lower id first) who could be one, how likely (1 the likeliest), and why."""

    grade: int
    one: str
    other: str
    reason: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Sought:
    """The pairs that were found, the likeliest first; and the bodies and addresses that were too crowded
    to hold everybody against everybody."""

    pairs: tuple[Pair, ...]
    crowded: tuple[str, ...] = ()


def find_duplicates(people: Sequence[Recorded], apart: Collection[tuple[str, str]] = ()) -> tuple[Pair, ...]:
    """The pairs that could be one person, the likeliest first; `apart` are pairs of ids (the lower first)
    of whom somebody said that they are two people. Each pair once, with its best reason.

    >>> ann = Recorded("1", "Ann Lee", "", ("Town Hall",))
    >>> find_duplicates([ann, Recorded("2", "Lee, Ann", "", ("town hall",))])[0].reason
    'Both are called Ann Lee, and both are in Town Hall.'
    """
    return seek_duplicates(people, apart).pairs


def seek_duplicates(people: Sequence[Recorded], apart: Collection[tuple[str, str]] = ()) -> Sought:
    """As find_duplicates, and where it could not look at everything.

    >>> crowd = [Recorded(str(number), "Ann Lee", "", ("Town Hall",)) for number in range(50)]
    >>> seek_duplicates(crowd).crowded, len(seek_duplicates(crowd).pairs)
    (('Town Hall',), 780)
    """
    search = _Search(people)
    best: dict[tuple[str, str], Pair] = {}
    for pair in chain(search.by_address(), search.by_body()):
        ids = (pair.one, pair.other)
        if ids not in apart and (ids not in best or pair < best[ids]):
            best[ids] = pair
    return Sought(tuple(sorted(best.values())), tuple(sorted(search.crowded)))


class _Search:
    """Everybody in the order of their ids, the words of their names, and where there were too many."""

    def __init__(self, people: Iterable[Recorded]) -> None:
        self.people = sorted(people, key=lambda person: person.id)
        self.words = {person.id: words_of(person.name) for person in self.people}
        self.crowded: set[str] = set()

    def by_address(self) -> Iterator[Pair]:
        there: defaultdict[str, list[Recorded]] = defaultdict(list)
        for person in self.people:
            if person.email:
                there[person.email.casefold()].append(person)
        for a, b in self._couples(there, ""):
            address = a.email.casefold()
            could_be = near if is_shared(address) else alike
            if same(a.name, b.name):
                yield _pair(1, a, b, f"Both are called {a.name}, and both have the address {address}.")
            elif could_be(a.name, b.name):
                yield _pair(2, a, b, f"Both have the address {address}, and their names are alike.")

    def by_body(self) -> Iterator[Pair]:
        there: defaultdict[str, list[tuple[Recorded, str]]] = defaultdict(list)
        for person in self.people:
            for body in {key(name): name for name in person.bodies if key(name)}.values():
                there[key(body)].append((person, body))
        for held in there.values():
            body = min(name for _, name in held)
            members = [person for person, _ in held]
            yield from self._same_names(members, body)
            yield from self._surnames(members, body)
            yield from self._slips(members, body)

    def _same_names(self, members: Iterable[Recorded], body: str) -> Iterator[Pair]:
        for a, b in self._couples(_grouped((self.words[person.id], person) for person in members), body):
            yield _pair(1, a, b, f"Both are called {a.name}, and both are in {body}.")

    def _surnames(self, members: Iterable[Recorded], body: str) -> Iterator[Pair]:
        """Forms of one first name, and initials, under one surname."""
        groups = _grouped((self.words[person.id][-1:], person) for person in members)
        initials = Counter(self._initial(person) for held in groups.values() for person in held)
        for a, b in self._couples(groups, body):
            if self.words[a.id] == self.words[b.id] or _each_has_an_address(a, b):
                continue
            if near(a.name, b.name):
                yield _pair(2, a, b, f"Both are in {body}, and their first names are forms of one name.")
            # The initial could mean nobody else of that surname there.
            elif self._by_initial(a, b) and initials[self._initial(a)] == 2:
                yield _pair(3, a, b, f"Both are in {body}, and one has only an initial of the other's name.")

    def _initial(self, person: Recorded) -> tuple[str, ...]:
        """Surname and initial; nothing of a name that is one word."""
        words = self.words[person.id]
        return (words[-1], words[0][0]) if len(words) > 1 else ()

    def _by_initial(self, a: Recorded, b: Recorded) -> bool:
        first = {len(self.words[person.id][0]) for person in (a, b)}
        return bool(self._initial(a)) and self._initial(a) == self._initial(b) and 1 in first

    def _slips(self, members: Iterable[Recorded], body: str) -> Iterator[Pair]:
        """Names one letter apart: they share a spelling with one letter left out."""
        for a, b in self._couples(self._spelt(members, body), body):
            if one_letter_off(self.words[a.id], self.words[b.id]) and not _each_has_an_address(a, b):
                yield _pair(3, a, b, f"Both are in {body}, and their names are one letter apart.")

    def _spelt(self, members: Iterable[Recorded], body: str) -> dict[str, list[Recorded]]:
        """Of each spelling that several share, whose it is."""
        first: dict[str, Recorded] = {}
        shared: dict[str, list[Recorded]] = {}
        left = MOST_SPELT
        for person in members:
            name = " ".join(self.words[person.id])
            if not SHORTEST_SLIP <= len(name) <= LONGEST_SLIP:
                continue
            left -= len(name)
            if left < 0:
                self.crowded.add(body)
                break
            for short in {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}:
                held = first.setdefault(short, person)
                if held is not person:
                    shared.setdefault(short, [held]).append(person)
        return shared

    def _couples(
        self, groups: Mapping[Key, list[Recorded]], body: str
    ) -> Sequence[tuple[Recorded, Recorded]]:
        """Any two of a group, the smallest groups first, and no more than somebody can wait for."""
        several = [(len(held), name, held) for name, held in groups.items() if len(held) > 1]
        ordered = sorted(several, key=lambda group: group[:2])
        lots = (combinations(held[:MOST_TOGETHER], 2) for _, _, held in ordered)
        couples = list(islice(chain.from_iterable(lots), MOST_COMPARED + 1))
        if len(couples) > MOST_COMPARED:
            self.crowded.add(body or "addresses")
        self.crowded |= {body or str(name) for size, name, _ in ordered if size > MOST_TOGETHER}
        return couples[:MOST_COMPARED]


def _each_has_an_address(a: Recorded, b: Recorded) -> bool:
    """Whether both have one of their own, and not the same: then a likeness of names says little."""
    own = [
        person.email.casefold()
        for person in (a, b)
        if person.email and not is_shared(person.email.casefold())
    ]
    return len(set(own)) == 2


def _grouped(pairs: Iterable[tuple[tuple[str, ...], Recorded]]) -> dict[tuple[str, ...], list[Recorded]]:
    groups: defaultdict[tuple[str, ...], list[Recorded]] = defaultdict(list)
    for words, person in pairs:
        if words:
            groups[words].append(person)
    return groups


def _pair(grade: int, a: Recorded, b: Recorded, reason: str) -> Pair:
    one, other = sorted((a.id, b.id))
    return Pair(grade, one, other, reason)
