"""What would a file of contacts add to what is on record, and what would it change?

What the file leaves blank stays as it is; a recorded name or address is never overwritten. The order of
the rows does not matter to who is met, and the same file a second time changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from folkmoot.core.network.contacts.meeting import (
    WAYS,
    Circle,
    Draft,
    Meant,
    canonical,
    draft_of,
    everybody_in,
)
from folkmoot.core.network.contacts.records import PlannedBody, PlannedPerson, PlannedPost, Records, key
from folkmoot.core.network.files.grid import RowNote
from folkmoot.core.network.people import PostSpell
from folkmoot.core.network.reading import PeopleRead

Lines = dict[str, list[int]]
MOST_ROUNDS = 4
_NEW = "new "  # before the number of what is not saved yet; no id on record has a space


@dataclass(frozen=True, slots=True)
class ContactsPlan:
    """What a file would change; rows_in = rows_used + len(set_aside)."""

    rows_in: int
    rows_used: int
    set_aside: tuple[RowNote, ...]
    remarks: tuple[RowNote, ...]
    added: tuple[PlannedPerson, ...]
    updated: tuple[PlannedPerson, ...]
    unchanged: tuple[PlannedPerson, ...]
    bodies: tuple[PlannedBody, ...]  # new or changed
    new_parts: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Whether anything would change at all."""
        return bool(self.added or self.updated or self.bodies or self.new_parts)

    @property
    def new_bodies(self) -> tuple[PlannedBody, ...]:
        """Organisations that are not recorded yet."""
        return tuple(body for body in self.bodies if not body.id)


def plan_contacts(read: PeopleRead, records: Records) -> ContactsPlan:
    """What the file would add and change, and what could not be taken from it.

    >>> from folkmoot.core.network.reading import read_people
    >>> plan_contacts(read_people(b"name,organisation\\nAnn Lee,Town Hall"), Records()).added[0].name
    'Ann Lee'
    """
    first = last = _Planner(records)
    meant, lines = everybody_in(read.people), _lines(read)
    people = first.take(meant, lines)
    # Where a file tells two people of one name apart only by its own numbers, what it adds to one may lead
    # its next row to the other: so it is planned again upon what it made, until nothing moves any more.
    for _ in range(MOST_ROUNDS):
        made = _made(records, last, people)
        last = _Planner(made)
        people = last.take(meant, lines)
        if not last.changed and not any(person.changed or not person.id for person in people):
            break
    before = {person.id: person for person in records.people}
    people = [_from_the_first(person, before.get(person.id)) for person in people]
    known = {key(body.name): body for body in records.bodies}
    return ContactsPlan(
        rows_in=read.rows_in,
        rows_used=len(read.rows),
        set_aside=read.reported,
        remarks=(*read.noted, *first.remarks),
        added=tuple(person for person in people if not person.id),
        updated=tuple(person for person in people if person.id and person.changed),
        unchanged=tuple(person for person in people if person.id and not person.changed),
        bodies=tuple(
            replace(body, changed=bool(body.id))
            for place, body in last.bodies.items()
            if known.get(place) != replace(body, changed=False)
        ),
        new_parts=tuple(part for part in last.parts.values() if part not in records.parts),
    )


def _lines(read: PeopleRead) -> Lines:
    """The lines of each id in the file."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for line, person in read.rows:
        lines[person].append(line)
    return lines


def _made(records: Records, planner: "_Planner", people: list[PlannedPerson]) -> Records:
    """The records as they would be; who and what is new has a number until it is saved."""
    held = {person.id: person for person in records.people}
    for number, person in enumerate(people):
        name = person.id or f"{_NEW}{number:06}"
        posts = (
            replace(post, id=post.id or f"{_NEW}{number:06}.{at:03}", changed=False)
            for at, post in enumerate(person.posts)
        )
        held[name] = replace(person, id=name, changed=False, posts=tuple(posts), lines=())
    bodies = [replace(body, changed=False) for body in planner.bodies.values()]
    return Records(tuple(held.values()), bodies, tuple(planner.parts.values()))


def _from_the_first(person: PlannedPerson, before: PlannedPerson | None) -> PlannedPerson:
    """Somebody as they are to be saved: told apart from what is on record, without the passing numbers."""
    posts = []
    earlier = set(before.posts) if before else set()
    for post in person.posts:
        bare = replace(post, id="" if post.id.startswith(_NEW) else post.id, changed=False)
        posts.append(replace(bare, changed=bare not in earlier))
    changed = before is not None and (person.email != before.email or any(post.changed for post in posts))
    return replace(person, id=before.id if before else "", changed=changed, posts=tuple(posts))


class _Planner:
    """The records as the file changes them."""

    def __init__(self, records: Records) -> None:
        self.parts = {key(part): part for part in records.parts}
        self.bodies = {key(body.name): body for body in records.bodies}
        self.circle = Circle(draft_of(person) for person in records.people)
        self.spelt: dict[str, str] = {}
        self.new_parts: list[str] = []
        self.remarks: list[RowNote] = []

    def take(self, everybody: Sequence[Meant], lines: Lines) -> list[PlannedPerson]:
        """Everybody whom the file means as they will be, in the order in which it names them."""
        ordered = sorted(everybody, key=canonical)
        spells = [spell for meant in ordered for spell in meant.spells]
        self.spelt = _spellings(text for spell in spells for text in (spell.organisation, spell.part))
        for spell in spells:
            self._body(spell)
        found = self._meet(ordered)
        for meant in ordered:
            self._join(found[meant.id], meant)
        for meant in everybody:
            found[meant.id].ids += meant.ids
        return [draft.planned(lines) for draft in dict.fromkeys(found[meant.id] for meant in everybody)]

    @property
    def changed(self) -> bool:
        """Whether a body or part would change."""
        return bool(self.new_parts) or any(body.changed for body in self.bodies.values())

    def _meet(self, everybody: Sequence[Meant]) -> dict[str, Draft]:
        """Who each of them is: somebody on record, somebody met in this file, or somebody new."""
        found: dict[str, Draft] = {}
        # The surest way for everybody before the next, so that nobody takes another's place.
        for ways in range(1, WAYS + 1):
            for meant in everybody:
                if meant.id not in found and (draft := self.circle.find(meant, ways)):
                    found[meant.id] = draft
                    self.circle.learn(draft, meant)
        for meant in everybody:
            if meant.id not in found:
                found[meant.id] = self.circle.find(meant, WAYS) or self._new(meant)
                self.circle.learn(found[meant.id], meant)
        return found

    def _new(self, meant: Meant) -> Draft:
        """Somebody who is not known yet; a remark where they might be taken for somebody who is."""
        for other in self.circle.at_address(meant)[:1]:
            self._remark(f"{meant.name} has the same e-mail address as {other.name}; they stay two people.")
        others = [one for one in self.circle.namesakes(meant) if one.email not in ("", meant.email)]
        for other in others[:1] if meant.email else ():
            self._remark(
                f"{meant.name} has another address and post than {other.name}; they stay two people."
            )
        return Draft(PlannedPerson("", meant.name), meant.email, [], {}, set(), set())

    def _join(self, draft: Draft, meant: Meant) -> None:
        """What the file says of somebody, beside what is known."""
        if meant.email and draft.email and meant.email != draft.email.lower():
            self._remark(f"The file has another e-mail address for {draft.name}; the recorded one stays.")
        if key(meant.name) != key(draft.name):
            self._remark(f"The file writes {draft.name} as “{meant.name}”; the recorded name stays.")
        for spell in meant.spells:
            self._post(draft, spell)

    def _post(self, draft: Draft, spell: PostSpell) -> None:
        said = self._said(spell)
        if not any((said.organisation, said.title, said.level, said.part, said.starts_on, said.ends_on)):
            return
        held = [place for place in draft.posts_like(said) if _same_time(draft.posts[place], said)]
        if not held:
            draft.add_post(said)
            return
        # Where a row leaves open which of two spells it means: the one that it says least against.
        nearest = min(held, key=lambda at: _differing(draft.before_of(draft.posts[at]), said))
        post = draft.posts[nearest]
        part = said.part if spell.part else post.part
        draft.posts[nearest] = self._joined(draft, post, replace(said, part=part))

    def _said(self, spell: PostSpell) -> PlannedPost:
        body, part = self._body(spell), self._part(spell.part)
        return PlannedPost(
            organisation=body.name if body else "",
            title=spell.post,
            level=str(spell.level or ""),
            part=part if key(part) != key(body.part if body else "") else "",
            starts_on=spell.start,
            ends_on=spell.end,
        )

    def _joined(self, draft: Draft, held: PlannedPost, said: PlannedPost) -> PlannedPost:
        """The recorded post with what the file says beyond it."""
        joined = replace(
            held,
            level=said.level or held.level,
            part=said.part,
            starts_on=held.starts_on or said.starts_on,
            ends_on=said.ends_on or held.ends_on,
        )
        if joined.starts_on and joined.ends_on and joined.ends_on < joined.starts_on:
            self._remark(f"A post of {draft.name} would end before it began; the recorded days stay.")
            joined = replace(joined, starts_on=held.starts_on, ends_on=held.ends_on)
        return joined

    def _part(self, name: str) -> str:
        if not key(name):
            return ""
        if key(name) not in self.parts:
            self.parts[key(name)] = self.spelt[key(name)]
            self.new_parts.append(self.parts[key(name)])
        return self.parts[key(name)]

    def _body(self, spell: PostSpell) -> PlannedBody | None:
        """The body of a post with what the file says of it, where nothing is recorded yet."""
        part, place = self._part(spell.part), key(spell.organisation)
        if not place:
            return None
        held = self.bodies.get(place) or PlannedBody("", self.spelt[place])
        said = (held.part or part, held.sector or spell.sector, held.size or spell.size)
        if said != (held.part, held.sector, held.size):
            held = replace(held, part=said[0], sector=said[1], size=said[2], changed=True)
        self.bodies[place] = held
        return held

    def _remark(self, reason: str) -> None:
        self.remarks.append(RowNote(0, reason))


def _spellings(texts: Iterable[str]) -> dict[str, str]:
    """How each name is written: in capitals and small letters where a row does so, then oftenest."""
    counted = Counter(" ".join(text.split()) for text in texts)
    best: dict[str, str] = {}
    for text in sorted(counted, key=lambda text: (text.isupper() or text.islower(), -counted[text], text)):
        best.setdefault(key(text), text)
    return best


def _same_time(held: PlannedPost, said: PlannedPost) -> bool:
    """Whether two spells in one post are one: from the same day, as far as both are known."""
    return held.starts_on is None or said.starts_on is None or held.starts_on == said.starts_on


def _differing(held: PlannedPost, said: PlannedPost) -> int:
    """How much a row would change in a post, as it is on record."""
    pairs = (
        (held.level, said.level),
        (held.part, said.part),
        (held.starts_on, said.starts_on),
        (held.ends_on, said.ends_on),
    )
    return sum(1 for mine, theirs in pairs if theirs and mine != theirs)
