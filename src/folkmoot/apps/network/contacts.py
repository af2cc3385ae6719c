"""Which of the people in a contacts sheet do we know already, and what would the sheet add?

A person in the sheet is somebody we know when name and e-mail address agree, or else name and organisation,
or else the address with a name that could be the same (people share mailboxes, so the address alone is not
enough: "Ben Oke" could be "Benjamin Oke", and is not "Ann Oke").
What the sheet leaves blank stays as it is; a recorded name or address is never overwritten.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from folkmoot.core.network import Contact, PeopleRead, PostSpell

LONGEST_NAME, LONGEST_PART = 200, 80  # characters, as in the tables
MOST_SHARING = 20  # people whom an address alone is held against: one mailbox of thousands is nobody's own
_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady",
     "cllr", "councillor", "rev", "revd", "canon")
)  # fmt: skip
_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post as it will be; without an id it is new. Its part is blank where the body's own part holds."""

    id: str = ""
    organisation: str = ""
    title: str = ""
    level: str = ""
    part: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """A person as they will be; without an id they are new."""

    id: str
    name: str
    email: str
    changed: bool
    posts: tuple[PlannedPost, ...]


@dataclass(frozen=True, slots=True)
class PlannedBody:
    """An organisation as it will be; without an id it is new."""

    id: str
    name: str
    part: str
    sector: str = ""
    size: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """What is recorded now."""

    people: Sequence[PlannedPerson]
    bodies: Sequence[PlannedBody]
    parts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell about a row of the sheet; line 0 where it is about a person, not a row."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ContactsPlan:
    """What a contacts sheet would change; rows_in = rows read + rows set aside."""

    rows_in: int
    set_aside: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    added: tuple[PlannedPerson, ...]
    updated: tuple[PlannedPerson, ...]
    unchanged: int
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
    """What the sheet would add and change, and what could not be taken from it."""
    planner = _Planner(records)
    for contact in read.people:
        planner.take(contact)
    met = [draft.planned() for draft in planner.drafts if draft.met]
    return ContactsPlan(
        rows_in=read.rows_in,
        set_aside=tuple(Remark(note.line, note.reason) for note in read.reported),
        remarks=(*(Remark(note.line, note.reason) for note in read.noted), *planner.remarks),
        added=tuple(person for person in met if not person.id),
        updated=tuple(person for person in met if person.id and person.changed),
        unchanged=sum(1 for person in met if person.id and not person.changed),
        bodies=tuple(body for body in planner.bodies.values() if body.changed or not body.id),
        new_parts=tuple(planner.new_parts),
    )


def key(text: str) -> str:
    """The text as it is compared: case and spaces do not matter."""
    return " ".join(text.split()).casefold()


def _words(name: str) -> tuple[str, ...]:
    words = tuple(re.findall(r"\w+", name.casefold()))
    return tuple(word for word in words if word not in _TITLES) or words


def _alike(one: str, other: str) -> bool:
    """Whether two names could be one person's: the first word agrees, or the last and the first initial."""
    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return mine == theirs
    return mine[0] == theirs[0] or (mine[-1] == theirs[-1] and mine[0][0] == theirs[0][0])


@dataclass(slots=True)
class _Draft:
    """A person while the sheet is being worked through, and as they were before."""

    before: PlannedPerson
    email: str
    posts: list[PlannedPost] = field(default_factory=list)
    met: bool = False
    claimed: set[str] = field(default_factory=set)  # organisations by which a row has meant this person

    @property
    def name(self) -> str:
        return self.before.name

    def planned(self) -> PlannedPerson:
        """Compared at the end: what one row changes, a later row may change back."""
        posts = tuple(
            post if post in self.before.posts else replace(post, changed=True) for post in self.posts
        )
        changed = self.email != self.before.email or any(post.changed for post in posts)
        return PlannedPerson(self.before.id, self.name, self.email, changed, posts)


class _Planner:
    """The records as the sheet changes them, contact by contact."""

    def __init__(self, records: Records) -> None:
        self.parts = {key(part): part for part in records.parts}
        self.bodies = {key(body.name): body for body in records.bodies}
        self.drafts: list[_Draft] = []
        self.by_email: defaultdict[str, list[_Draft]] = defaultdict(list)
        self.by_both: dict[tuple[str, tuple[str, ...]], _Draft] = {}
        self.by_place: defaultdict[tuple[tuple[str, ...], str], list[_Draft]] = defaultdict(list)
        self.new_parts: list[str] = []
        self.remarks: list[Remark] = []
        for person in records.people:
            self.drafts.append(_Draft(person, person.email, list(person.posts)))
            self._index(self.drafts[-1])

    def take(self, contact: Contact) -> None:
        """Adds what the sheet says of one person, or says why not."""
        name = contact.name or contact.id
        cells = [name, contact.email, *(t for s in contact.posts for t in (s.organisation, s.post))]
        parts = [spell.part for spell in contact.posts]
        if any(len(cell) > LONGEST_NAME for cell in cells) or any(len(p) > LONGEST_PART for p in parts):
            self._remark(f"{name[:60]} was left out: a cell is too long.")
            return
        email = self._address(name, contact.email)
        places = {key(spell.organisation) for spell in contact.posts} or {""}
        draft = self._find(name, email, places)
        if draft is None:
            # Found by later rows only once its posts are known, as it will be when it is recorded.
            draft = _Draft(PlannedPerson("", name, "", False, ()), email)
            self.drafts.append(draft)
        else:
            self._compare(draft, name, email)
        draft.met = True
        draft.claimed |= places
        for spell in contact.posts:
            self._post(draft, spell)
        self._index(draft)

    def _address(self, name: str, email: str) -> str:
        if email and not _ADDRESS.fullmatch(email):
            self._remark(f"The e-mail address of {name} cannot be right, so it was left blank.")
            return ""
        return email.lower()

    def _find(self, name: str, email: str, places: Iterable[str]) -> _Draft | None:
        reached = self.by_email[email] if email else []
        if email and (email, _words(name)) in self.by_both:
            return self.by_both[email, _words(name)]
        for place in sorted(places):
            for draft in self.by_place[(_words(name), place)]:
                # Two rows of one sheet with two ids are two people, though all else agrees.
                if place not in draft.claimed:
                    return draft
        for draft in reached:
            if _alike(draft.name, name):
                return draft
        for draft in reached[:1]:
            self._remark(f"{name} has the same e-mail address as {draft.name}; they stay two people.")
        return None

    def _compare(self, draft: _Draft, name: str, email: str) -> None:
        if email and not draft.email:
            draft.email = email
        elif email and email != draft.email:
            self._remark(f"The sheet has another e-mail address for {draft.name}; the recorded one stays.")
        if key(name) != key(draft.name):
            self._remark(f"The sheet writes {draft.name} as “{name}”; the recorded name stays.")

    def _post(self, draft: _Draft, spell: PostSpell) -> None:
        part = self._part(spell.part)
        body = self._body(spell, part)
        own_part = part if key(part) != key(body.part if body else "") else ""
        said = PlannedPost(
            organisation=body.name if body else "",
            title=spell.post,
            level=str(spell.level or ""),
            part=own_part,
            starts_on=spell.start,
            ends_on=spell.end,
        )
        if not any((said.organisation, said.title, said.level, said.part, said.starts_on, said.ends_on)):
            return
        for place, held in enumerate(draft.posts):
            if _same_post(held, said):
                part_told = said.part if spell.part else held.part
                draft.posts[place] = self._joined(draft, held, replace(said, part=part_told))
                return
        draft.posts.append(said)

    def _joined(self, draft: _Draft, held: PlannedPost, said: PlannedPost) -> PlannedPost:
        """The recorded post with what the sheet says beyond it."""
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
            self.parts[key(name)] = " ".join(name.split())
            self.new_parts.append(self.parts[key(name)])
        return self.parts[key(name)]

    def _body(self, spell: PostSpell, part: str) -> PlannedBody | None:
        if not key(spell.organisation):
            return None
        place = key(spell.organisation)
        held = self.bodies.get(place) or PlannedBody("", " ".join(spell.organisation.split()), "")
        filled = replace(
            held,
            part=held.part or part,
            sector=held.sector or spell.sector[:LONGEST_PART],
            size=held.size or spell.size[:LONGEST_PART],
        )
        self.bodies[place] = replace(filled, changed=True) if filled != held else held
        return self.bodies[place]

    def _index(self, draft: _Draft) -> None:
        if email := draft.email.lower():
            self.by_both.setdefault((email, _words(draft.name)), draft)
            sharing = self.by_email[email]
            if len(sharing) < MOST_SHARING and not any(draft is other for other in sharing):
                sharing.append(draft)
        for place in {key(post.organisation) for post in draft.posts} or {""}:
            there = self.by_place[(_words(draft.name), place)]
            if not any(draft is other for other in there):
                there.append(draft)

    def _remark(self, reason: str) -> None:
        self.remarks.append(Remark(0, reason))


def _same_post(held: PlannedPost, said: PlannedPost) -> bool:
    """One post: the same title in the same body, from the same day as far as both are known."""
    return (
        key(held.organisation) == key(said.organisation)
        and key(held.title) == key(said.title)
        and (held.starts_on is None or said.starts_on is None or held.starts_on == said.starts_on)
    )
