"""How many people actively stand behind this, and in how many parts of the system?"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.network.gaps import Gap, find_gaps
from folkmoot.core.network.people import Contact, Level, PostSpell, Stance, StanceRecord
from folkmoot.core.network.tally import Tally

TARGET = 20  # the field's word: to move government takes at least 20 active supporters
WINDOW = 180  # days after which a stance is stale


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands now: the stance that speaks for them, and whether it is stale."""

    person: str
    stance: Stance
    on: date
    evidence: str
    ask: str
    stale: bool

    @property
    def active(self) -> bool:
        return self.stance.counts


@dataclass(frozen=True, slots=True)
class Support:
    """The count of active support on a day, by part, by level and by person."""

    as_of: date
    target: int
    window: int
    active: int
    active_fresh: int
    by_part: tuple[Tally, ...]
    by_level: tuple[Tally, ...]
    matrix: tuple[Tally, ...]  # every part with every level, part by part
    gaps: tuple[Gap, ...]
    standings: tuple[Standing, ...]  # by person id, of everybody who has a stance that holds
    warnings: tuple[str, ...]

    @property
    def parts(self) -> dict[str, int]:
        """Active supporters in each part; one person in two parts stands in both."""
        return {tally.part: tally.active for tally in self.by_part}

    @property
    def levels(self) -> dict[str, int]:
        """Active supporters at each of the five levels."""
        return {str(tally.level): tally.active for tally in self.by_level}

    @property
    def effective_parts(self) -> float:
        """How many equally strong parts would be as broad as this."""
        return effective_number(self.parts.values())

    @property
    def largest_share(self) -> float:
        """The share (0 to 1) of the part with the most active supporters."""
        return max(self.parts.values(), default=0) / max(sum(self.parts.values()), 1)

    @property
    def breadth_ok(self) -> bool:
        """Whether every part has somebody and none has more than a third; in whole numbers, so exactly."""
        counts = self.parts.values()
        return bool(counts) and min(counts) >= 1 and 3 * max(counts) <= sum(counts)


def support(
    people: Iterable[Contact],
    stances: Iterable[StanceRecord],
    *,
    as_of: date,
    target: int = TARGET,
    window: int = WINDOW,
    parts: Sequence[str] | None = None,
    ask: str | None = None,
) -> Support:
    """Who stands behind this on a day: people counted once, by part, level and freshness.

    Per person and ask, the latest stance said on or before the day that has not expired holds; of
    two said on one day the lower holds, so that no order of rows lifts the count. A person is active
    if active towards any ask (`ask` counts towards that one only). Older than `window` days is
    stale: active, not active_fresh. A person's parts are those of the posts held that day (all, when
    undated); somebody whose posts have ended or not begun is not counted, and a warning says so.
    `parts` is the partnership's own list; without it, every part that the people's posts name.
    Raises Refused for a target below 1 or a window below 0.
    Source: depth and breadth as in Hill 1973 (order 1) over the parts.

    >>> ann = Contact("a", posts=(PostSpell(part="Health"),))
    >>> told = StanceRecord("a", date(2026, 5, 1), Stance.ACTIVE)
    >>> support([ann], [told], as_of=date(2026, 11, 16), parts=["Health", "Housing"]).parts
    {'Health': 1, 'Housing': 0}
    """
    _check(target, window)
    contacts = _one_each(people)
    chosen = [record for record in stances if ask is None or record.ask.casefold() == ask.casefold()]
    standings = _standings([r for r in chosen if r.person in contacts], as_of, window)
    met = {record.person for record in chosen if record.on <= as_of}
    present = [person for person in contacts.values() if person.present(as_of)]
    names = _part_names(contacts.values(), parts)
    tallies = _Tallies(names, as_of)
    for person in present:
        tallies.add(person, person.id in met, standings.get(person.id))
    active = [standings[p.id] for p in present if p.id in standings and standings[p.id].active]
    shown = tuple(names.values())
    by_part = tuple(tallies.of(part, None) for part in shown)
    by_level = tuple(tallies.of("", level) for level in Level)
    levels_known = any(spell.level for person in contacts.values() for spell in person.posts)
    return Support(
        as_of=as_of,
        target=target,
        window=window,
        active=len(active),
        active_fresh=sum(not standing.stale for standing in active),
        by_part=by_part,
        by_level=by_level,
        matrix=tuple(tallies.of(part, level) for part in shown for level in Level),
        gaps=find_gaps(by_part, by_level if levels_known else (), window),
        standings=tuple(standings[person] for person in sorted(standings)),
        warnings=_warnings(contacts, standings, chosen, tallies, as_of),
    )


def effective_number(counts: Iterable[int]) -> float:
    """The effective number of parts: exp(-sum p ln p) over shares p of the counts; 0 when all are 0.

    Source: Hill 1973, Diversity and evenness, order 1. Shares that are equal in k parts give k.

    >>> effective_number([3, 3, 0, 3]), effective_number([0, 0])
    (3.0, 0.0)
    """
    held = sorted(count for count in counts if count > 0)
    if not held:
        return 0.0
    if held[0] == held[-1]:
        return float(len(held))  # exactly, where the logarithm would leave a last digit
    total = sum(held)
    entropy = -math.fsum(count / total * math.log(count / total) for count in held)
    return min(max(math.exp(entropy), 1.0), float(len(held)))


def _check(target: int, window: int) -> None:
    if target < 1:
        raise Refused(
            "The target was not set.", "It is below 1.", "Say how many you would need.", field="target"
        )
    if window < 0:
        raise Refused("The window was not set.", "It is below 0 days.", "Give it in days.", field="window")


def _one_each(people: Iterable[Contact]) -> dict[str, Contact]:
    """Each person once, with all posts: two rows of one person are never two supporters."""
    contacts: dict[str, Contact] = {}
    for person in people:
        held = contacts.get(person.id)
        contacts[person.id] = replace(person, posts=held.posts + person.posts) if held else person
    return contacts


def _standings(stances: Iterable[StanceRecord], as_of: date, window: int) -> dict[str, Standing]:
    """By person, the stance that speaks for them: fresh active support first, then any, then the latest."""
    held: dict[tuple[str, str], StanceRecord] = {}
    for record in stances:
        key = (record.person, record.ask.casefold())
        if record.holds(as_of) and (key not in held or _order(record) > _order(held[key])):
            held[key] = record
    by_person: defaultdict[str, list[StanceRecord]] = defaultdict(list)
    for (person, _), record in held.items():
        by_person[person].append(record)
    return {person: _speaking(records, as_of, window) for person, records in by_person.items()}


def _order(record: StanceRecord) -> tuple[date, int, date, str, str]:
    """Later holds over earlier, lower over higher on one day; the rest only makes the choice sure."""
    return record.on, -record.stance.rung, record.expires or date.max, record.evidence, record.ask


def _speaking(records: Iterable[StanceRecord], as_of: date, window: int) -> Standing:
    def stale(record: StanceRecord) -> bool:
        return (as_of - record.on).days > window

    record = max(
        records, key=lambda r: (r.stance.counts and not stale(r), r.stance.counts, r.on, r.stance.rung, r.ask)
    )
    return Standing(record.person, record.stance, record.on, record.evidence, record.ask, stale(record))


@lru_cache(maxsize=4096)  # the same few parts stand in every post
def _key(part: str) -> str:
    return " ".join(part.split()).casefold()


def _part_names(people: Iterable[Contact], parts: Sequence[str] | None) -> dict[str, str]:
    """Each part as it is shown, by its key: as listed, or alphabetically in the commonest spelling."""
    if parts is not None:
        return {_key(part): part for part in parts if _key(part)}
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for person in people:
        for spell in person.posts:
            if _key(spell.part):
                spellings[_key(spell.part)][" ".join(spell.part.split())] += 1
    return {
        key: min(spellings[key], key=lambda name: (-spellings[key][name], name)) for key in sorted(spellings)
    }


class _Tallies:
    """The counts by part, by level and by both, each person once in each."""

    def __init__(self, names: Mapping[str, str], as_of: date) -> None:
        self.names = names
        self.as_of = as_of
        self.counts: defaultdict[tuple[str, Level | None], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        self.nowhere = 0

    def add(self, person: Contact, met: bool, standing: Standing | None) -> None:
        active = standing is not None and standing.active
        fresh = active and standing is not None and not standing.stale
        spells = [spell for spell in person.posts if spell.current(self.as_of)]
        for place in {place for spell in spells for place in self._places(spell)}:
            for column, holds in enumerate((True, met, active, fresh)):
                self.counts[place][column] += holds
        if active and not any(_key(spell.part) in self.names for spell in spells):
            self.nowhere += 1

    def _places(self, spell: PostSpell) -> set[tuple[str, Level | None]]:
        part = self.names.get(_key(spell.part), "")
        return {(part, spell.level), ("", spell.level), (part, None)} - {("", None)}

    def of(self, part: str, level: Level | None) -> Tally:
        return Tally(part, level, *self.counts[(part, level)])


def _warnings(
    contacts: Mapping[str, Contact],
    standings: Mapping[str, Standing],
    stances: Sequence[StanceRecord],
    tallies: _Tallies,
    as_of: date,
) -> tuple[str, ...]:
    gone = sum(1 for p, s in standings.items() if s.active and not contacts[p].present(as_of))
    strangers = len({record.person for record in stances if record.person not in contacts})
    told_on = Counter((r.person, r.ask.casefold(), r.on) for r in stances if r.on <= as_of)
    more = {key for key, number in told_on.items() if number > 1}
    # The same stance told twice is one; to see that, only the few with company are compared whole.
    differing = {r for r in stances if (r.person, r.ask.casefold(), r.on) in more}
    same_day = Counter((r.person, r.ask.casefold(), r.on) for r in differing)
    told = (
        (gone, "active by their last word, but in no post on this day: not counted"),
        (tallies.nowhere, "active, but in none of the parts: counted in the whole, not in the breadth"),
        (strangers, "with a stance but not among the people: not counted"),
        (sum(n > 1 for n in same_day.values()), "with two stances on one day: the lower one holds"),
    )
    return tuple(f"{_people(number)} {words}." for number, words in told if number)


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
