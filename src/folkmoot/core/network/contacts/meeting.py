"""Which of the people on record does a contact of a sheet mean?

By whichever holds first: the same name under a number that an earlier file gave them; the address with
the same name; the address with a name that could be the same (at a mailbox that people share: only a form
of the same name); the same name in the same body where the addresses do not speak against it; and the same
name, body and post though the address is another one. The name alone is nobody.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from folkmoot.core.network.contacts.addresses import is_shared
from folkmoot.core.network.contacts.names import alike, made_id, near, same, words_of
from folkmoot.core.network.contacts.records import PlannedPerson, PlannedPost, key
from folkmoot.core.network.people import Contact, PostSpell

WAYS = 5  # of finding whom a contact means
# People whom an address alone, or a name in one body, is held against: what thousands share is nobody's own.
MOST_SHARING = 20


@dataclass(frozen=True, slots=True, eq=False)
class Meant:
    """Somebody whom a file names, with what they are compared by."""

    id: str
    name: str
    email: str
    spells: tuple[PostSpell, ...]
    ids: tuple[str, ...]  # of the contacts that they are in the file
    words: tuple[str, ...]
    posts: frozenset[tuple[str, str]]  # by body and title
    claims: frozenset[str]  # bodies by which they mean one person and no other

    @property
    def places(self) -> set[str]:
        """The bodies by which they are known; a blank one where there is none."""
        return {place for place, _ in self.posts} or {""}


@dataclass(slots=True, eq=False)
class Draft:
    """A person while a sheet is worked through, and as they were before."""

    before: PlannedPerson
    email: str
    posts: list[PlannedPost]
    # Under what they are known: on record, from merged records, and in this sheet.
    names: dict[str, tuple[str, ...]]  # with their words
    emails: set[str]
    held: set[tuple[str, str]]  # their posts by body and title, as they are compared
    ids: list[str] = field(default_factory=list)  # by which the sheet names them
    numbers: set[str] = field(default_factory=set)  # of their own, in this sheet and in earlier ones
    claimed: set[str] = field(default_factory=set)  # bodies by which a contact has meant this person
    earlier: dict[str, PlannedPost] = field(default_factory=dict)
    spots: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # of the posts, by body and title

    @property
    def name(self) -> str:
        return self.before.name

    def learn(self, meant: Meant) -> bool:
        """They are known by what the file says of them, too; whether that is anything new."""
        fresh = not (
            meant.name in self.names
            and (not meant.email or meant.email in self.emails)
            and meant.posts <= self.held
            and (not meant.claims or meant.id in self.numbers)
        )
        self.email = self.email or meant.email
        self.emails |= {meant.email} - {""}
        self.held |= meant.posts
        self.claimed |= meant.claims
        self.numbers |= {meant.id} if meant.claims else set()
        self.names.setdefault(meant.name, meant.words)
        return fresh

    def posts_like(self, said: PlannedPost) -> list[int]:
        """Where among the posts those of that title in that body stand."""
        return self.spots.get((key(said.organisation), key(said.title)), [])

    def add_post(self, post: PlannedPost) -> None:
        """One more post."""
        self.spots.setdefault((key(post.organisation), key(post.title)), []).append(len(self.posts))
        self.posts.append(post)

    def before_of(self, post: PlannedPost) -> PlannedPost:
        """The post as it is on record, or as it is where it is new."""
        return self.earlier.get(post.id) or post

    def planned(self, lines: dict[str, list[int]]) -> PlannedPerson:
        """Compared at the end: what one row changes, a later row may change back."""
        before = set(self.before.posts)
        posts = tuple(post if post in before else replace(post, changed=True) for post in self.posts)
        changed = self.email != self.before.email or any(post.changed for post in posts)
        told = sorted(line for name in self.ids for line in lines.get(name, ()))
        numbers = tuple(sorted(self.numbers))
        return replace(
            self.before, email=self.email, changed=changed, posts=posts, numbers=numbers, lines=tuple(told)
        )


def draft_of(person: PlannedPerson) -> Draft:
    """The draft of somebody on record."""
    names = {name: words_of(name) for name in (person.name, *(name for name, _ in person.also if name))}
    emails = {person.email.lower(), *(email.lower() for _, email in person.also)} - {""}
    earlier = {post.id: post for post in person.posts}
    held = {(key(post.organisation), key(post.title)) for post in person.posts}
    numbers = set(person.numbers)
    draft = Draft(person, person.email, [], names, emails, held, numbers=numbers, earlier=earlier)
    for post in person.posts:
        draft.add_post(post)
    return draft


def everybody_in(contacts: Iterable[Contact]) -> list[Meant]:
    """Whom the file names, in its order; contacts of one name and one address are one, with all their posts.

    >>> ann = Contact("1", "Ann Lee", "a@b.example")
    >>> [meant.ids for meant in everybody_in([ann, Contact("2", "Dr ANN LEE", "a@b.example")])]
    [('1', '2')]
    """
    held: defaultdict[tuple[str, ...], list[Contact]] = defaultdict(list)
    for contact in contacts:
        words = words_of(contact.name or contact.id)
        held[(contact.email, *words) if contact.email else ("", contact.id)].append(contact)
    return [_meant(several) for several in held.values()]


def _meant(several: list[Contact]) -> Meant:
    first = min(several, key=lambda contact: (contact.name.isupper(), contact.name, contact.id))
    ordered = sorted(several, key=lambda contact: contact.id)
    spells = tuple(dict.fromkeys(spell for one in ordered for spell in one.posts))
    name = first.name or first.id
    posts = frozenset((key(spell.organisation), key(spell.post)) for spell in spells)
    bodies = {spell.organisation for spell in spells} or {""}
    # Two rows of one sheet with two ids of their own are two people, though all else agrees.
    made = any(first.id == made_id(first.name, body) for body in bodies)
    claims = frozenset() if made else frozenset(map(key, bodies))
    ids = tuple(contact.id for contact in several)
    return Meant(first.id, name, first.email, spells, ids, words_of(name), posts, claims)


def canonical(meant: Meant) -> tuple[bool, bool, int, tuple[str, ...], str, str]:
    """By what they are sorted, so that their order in the file does not matter.

    Those who are surely somebody stand first: by an id of their own, by an address, by a fuller name.
    """
    letters = sum(map(len, meant.words))
    return not meant.claims, not meant.email, -letters, meant.words, meant.email, meant.id


class Circle:
    """The people who can be met, on record and in the sheet, by address and by name and body."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._by_number: defaultdict[tuple[str, tuple[str, ...]], list[Draft]] = defaultdict(list)
        self._by_email: defaultdict[str, list[Draft]] = defaultdict(list)
        self._by_both: defaultdict[tuple[str, tuple[str, ...]], list[Draft]] = defaultdict(list)
        self._by_place: defaultdict[tuple[tuple[str, ...], str], list[Draft]] = defaultdict(list)
        for draft in sorted(drafts, key=_settled):
            self.index(draft)

    def index(self, draft: Draft) -> None:
        """Takes note of what is known of somebody by now."""
        for number in draft.numbers:
            for words in set(draft.names.values()):
                _put(self._by_number[number, words], draft)
        for email in draft.emails:
            if len(self._by_email[email]) < MOST_SHARING:
                _put(self._by_email[email], draft)
            for words in set(draft.names.values()):
                _put(self._by_both[email, words], draft)
        for place in {place for place, _ in draft.held} or {""}:
            for words in set(draft.names.values()):
                if len(self._by_place[words, place]) < MOST_SHARING:
                    _put(self._by_place[words, place], draft)

    def learn(self, draft: Draft, meant: Meant) -> None:
        """Somebody can be met by what the file says of them, too."""
        if draft.learn(meant):
            self.index(draft)

    def find(self, meant: Meant, ways: int) -> Draft | None:
        """Who is meant, by the first so many ways, the surest first."""
        surest_first: tuple[Callable[[Meant], Draft | None], ...] = (
            self._by_number_and_name,
            self._by_name_and_address,
            self._by_address,
            self._by_name_and_body,
            self._by_all_but_address,
        )
        return next(filter(None, (way(meant) for way in surest_first[:ways])), None)

    def at_address(self, meant: Meant) -> Sequence[Draft]:
        """Who is reached at the address, twenty at most."""
        return self._by_email.get(meant.email, ()) if meant.email else ()

    def namesakes(self, meant: Meant) -> Iterator[Draft]:
        """People of the same name in one of the bodies."""
        for place in sorted(meant.places):
            yield from self._by_place.get((meant.words, place), ())

    def _by_number_and_name(self, meant: Meant) -> Draft | None:
        return _likest(meant, self._by_number.get((meant.id, meant.words), ()) if meant.claims else ())

    def _by_name_and_address(self, meant: Meant) -> Draft | None:
        return _likest(meant, self._by_both.get((meant.email, meant.words), ()) if meant.email else ())

    def _by_address(self, meant: Meant) -> Draft | None:
        could_be = near if is_shared(meant.email) else alike
        there = self.at_address(meant)
        return _likest(meant, [d for d in there if any(could_be(known, meant.name) for known in d.names)])

    def _by_name_and_body(self, meant: Meant) -> Draft | None:
        return _likest(meant, [draft for draft in self._unclaimed(meant) if not _conflict(draft, meant)])

    def _by_all_but_address(self, meant: Meant) -> Draft | None:
        titled = {post for post in meant.posts if post[1]}
        return _likest(meant, [draft for draft in self._unclaimed(meant) if titled & draft.held])

    def _unclaimed(self, meant: Meant) -> list[Draft]:
        """Namesakes, but for those whom another number of this file has meant by the same body."""
        found: list[Draft] = []
        for place in sorted(meant.places):
            for draft in self._by_place.get((meant.words, place), ()):
                if not (place in draft.claimed and meant.claims) and draft not in found:
                    found.append(draft)
        return found


def _settled(draft: Draft) -> tuple[object, ...]:
    """By what people on record are sorted: only those of whom all is equal are told apart by their ids."""
    return (
        words_of(draft.name),
        draft.name,
        draft.email,
        sorted(draft.held),
        sorted(draft.numbers),
        draft.before.id,
    )


def _put(there: list[Draft], draft: Draft) -> None:
    if not any(draft is other for other in there):
        there.append(draft)


def _conflict(draft: Draft, meant: Meant) -> bool:
    """Whether both have an address of their own, and not the same."""
    if not meant.email or is_shared(meant.email) or meant.email in draft.emails:
        return False
    return not all(is_shared(email) for email in draft.emails)


def _likest(meant: Meant, drafts: Sequence[Draft]) -> Draft | None:
    """The one of whom most agrees and least does not; among equals whoever has no address yet."""
    if len(drafts) < 2:
        return drafts[0] if drafts else None

    def unlikeness(draft: Draft) -> tuple[object, ...]:
        unlike = not same(draft.name, meant.name), not near(draft.name, meant.name)
        agreed, apart = draft.held & meant.posts, draft.held ^ meant.posts
        return *unlike, -len(agreed), len(apart), draft.email, sorted(draft.numbers)

    return min(drafts, key=unlikeness)
