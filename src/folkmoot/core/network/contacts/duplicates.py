"""Which two of the people on record could be one person?

Offered to a person who decides, never joined by themselves: two names alike at one address, or in one body
the same name, a form of it, its initial where only one could be meant, or one letter more or less. The same
name alone is no reason, nor is anything where each has an address of their own but for the very same name.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from folkmoot.core.network.contacts.addresses import is_shared
from folkmoot.core.network.contacts.names import alike, by_initial, near, one_letter_off, same, words_of
from folkmoot.core.network.contacts.records import key

MOST_TOGETHER = 40  # people of one address, or of one surname in one body, who are held against one another
SHORTEST_SLIP, LONGEST_SLIP = 7, 60  # letters: in a shorter name, one letter more is another name


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


def find_duplicates(people: Sequence[Recorded], apart: Collection[tuple[str, str]] = ()) -> tuple[Pair, ...]:
    """The pairs that could be one person, the likeliest first; `apart` are pairs of ids (the lower first)
    of whom somebody said that they are two people. Each pair once, with its best reason.

    >>> ann = Recorded("1", "Ann Lee", "", ("Town Hall",))
    >>> find_duplicates([ann, Recorded("2", "Lee, Ann", "", ("town hall",))])[0].reason
    'Both are called Ann Lee, and both are in Town Hall.'
    """
    best: dict[tuple[str, str], Pair] = {}
    for pair in (*_by_address(people), *_by_body(people)):
        ids = (pair.one, pair.other)
        if ids not in apart and (ids not in best or pair < best[ids]):
            best[ids] = pair
    return tuple(sorted(best.values()))


def _by_address(people: Iterable[Recorded]) -> Iterator[Pair]:
    there: defaultdict[str, list[Recorded]] = defaultdict(list)
    for person in people:
        if person.email:
            there[person.email.casefold()].append(person)
    for address, held in there.items():
        could_be = near if is_shared(address) else alike
        for a, b in combinations(_some(held), 2):
            if same(a.name, b.name):
                yield _pair(1, a, b, f"Both are called {a.name}, and both have the address {address}.")
            elif could_be(a.name, b.name):
                yield _pair(2, a, b, f"Both have the address {address}, and their names are alike.")


def _by_body(people: Iterable[Recorded]) -> Iterator[Pair]:
    there: defaultdict[str, list[tuple[Recorded, str]]] = defaultdict(list)
    for person in people:
        for body in {key(name): name for name in person.bodies if key(name)}.values():
            there[key(body)].append((person, body))
    for held in there.values():
        body = min(name for _, name in held)
        members = [person for person, _ in held]
        yield from _same_names(members, body)
        yield from _surnames(members, body)
        yield from _slips(members, body)


def _same_names(members: Iterable[Recorded], body: str) -> Iterator[Pair]:
    for held in _grouped((words_of(person.name), person) for person in members).values():
        for a, b in combinations(_some(held), 2):
            yield _pair(1, a, b, f"Both are called {a.name}, and both are in {body}.")


def _surnames(members: Iterable[Recorded], body: str) -> Iterator[Pair]:
    """Forms of one first name, and initials, under one surname."""
    for held in _grouped((words_of(person.name)[-1:], person) for person in members).values():
        some = _some(held)
        for a, b in combinations(some, 2):
            if same(a.name, b.name) or _each_has_an_address(a, b):
                continue
            if near(a.name, b.name):
                yield _pair(2, a, b, f"Both are in {body}, and their first names are forms of one name.")
            elif by_initial(a.name, b.name) and _sole(a, b, some):
                yield _pair(3, a, b, f"Both are in {body}, and one has only an initial of the other's name.")


def _sole(a: Recorded, b: Recorded, held: Sequence[Recorded]) -> bool:
    """Whether the initial could mean nobody else of that surname there."""
    short = min((a, b), key=lambda person: len(words_of(person.name)[0]))
    return sum(1 for other in held if other is not short and by_initial(short.name, other.name)) == 1


def _slips(members: Iterable[Recorded], body: str) -> Iterator[Pair]:
    """Names one letter apart: they share a spelling with one letter left out."""
    spelt: defaultdict[str, dict[str, Recorded]] = defaultdict(dict)
    for person in members:
        name = " ".join(words_of(person.name))
        for short in {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}:
            if SHORTEST_SLIP <= len(name) <= LONGEST_SLIP:
                spelt[short][person.id] = person
    for held in spelt.values():
        for a, b in combinations(_some(list(held.values())), 2):
            if one_letter_off(words_of(a.name), words_of(b.name)) and not _each_has_an_address(a, b):
                yield _pair(3, a, b, f"Both are in {body}, and their names are one letter apart.")


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


def _some(held: list[Recorded]) -> list[Recorded]:
    return sorted(held, key=lambda person: person.id)[:MOST_TOGETHER]


def _pair(grade: int, a: Recorded, b: Recorded, reason: str) -> Pair:
    one, other = sorted((a.id, b.id))
    return Pair(grade, one, other, reason)
