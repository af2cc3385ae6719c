"""Which records could be one person's, and which were merged?"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from folkmoot.apps.people.merging import FIELDS, pointing
from folkmoot.apps.people.models import Distinct, Merge
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import CircleOf, Membership, Person, Post
from folkmoot.apps.places.paging import Pages, page_of
from folkmoot.apps.places.queries import PERSON, admitted, only, whole_of
from folkmoot.core.access import Act, Actor, require
from folkmoot.core.kernel.errors import NotFound, Refused
from folkmoot.core.network.contacts.duplicates import Recorded, Sought, seek_duplicates

PAIRS_ON_A_PAGE = 20
WIDTH = list(CircleOf.values)  # from the closest circle to the widest
IN_WORDS = {"name": "Name", "email": "E-mail address", "circle": "Who may see them"}


@dataclass(frozen=True, slots=True)
class Sketch:
    """Somebody, in as much as tells two people apart."""

    id: str
    name: str
    email: str
    circle: str
    posts: tuple[str, ...]
    hangs: tuple[tuple[str, int], ...] = ()
    signs_in: bool = False


@dataclass(frozen=True, slots=True)
class PairSeen:
    """Two who could be one, and why."""

    one: Sketch
    other: Sketch
    reason: str

    @property
    def both(self) -> tuple[Sketch, Sketch]:
        """The two, to be shown side by side."""
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class MergeSeen:
    """Two records that were made one."""

    id: str
    kept_id: str
    kept: str
    gone: str
    on: date
    by_now_elsewhere: bool


@dataclass(frozen=True, slots=True)
class DuplicatesSeen:
    """A page of pairs, how many there are, and the merges that can be taken back."""

    pairs: tuple[PairSeen, ...]
    total: int
    pages: Pages
    merges: tuple[MergeSeen, ...]
    crowded: tuple[str, ...] = ()  # where so many look alike that not everybody was held against everybody


@dataclass(frozen=True, slots=True)
class ChoiceSeen:
    """A field in which two records differ: its name and words, and what each says."""

    name: str
    words: str
    kept: str
    other: str
    prefer_other: bool


@dataclass(frozen=True, slots=True)
class MergePage:
    """Two records side by side, and in what they differ."""

    kept: Sketch
    other: Sketch
    choices: tuple[ChoiceSeen, ...]


def duplicates_for(actor: Actor, page: int = 1) -> DuplicatesSeen:
    """The pairs that could be one person, the likeliest first; and what was merged."""
    require(Act.MERGE_PEOPLE, actor, whole_of(actor))
    sought = _sought(actor)
    pairs = sought.pairs
    pages = page_of(len(pairs), page, size=PAIRS_ON_A_PAGE)
    shown = pairs[pages.rows]
    ids = {id for pair in shown for id in (pair.one, pair.other)}
    people = _whole_people().filter(id__in=ids)
    known = {person.id: sketch(person) for person in people}
    seen = tuple(PairSeen(*_fuller_first(known[pair.one], known[pair.other]), pair.reason) for pair in shown)
    return DuplicatesSeen(seen, len(pairs), pages, _merges(actor), sought.crowded)


def duplicates_count_for(actor: Actor) -> int:
    """How many pairs wait for somebody to say whether they are one."""
    require(Act.MERGE_PEOPLE, actor, whole_of(actor))
    return len(_sought(actor).pairs)


def merge_page_for(actor: Actor, kept_id: str, gone_id: str) -> MergePage:
    """Two records side by side, before they are made one."""
    require(Act.MERGE_PEOPLE, actor, whole_of(actor))
    rows = admitted(Act.MERGE_PEOPLE, actor, _whole_people(), PERSON)
    kept, other = only(rows.filter(id=kept_id)), only(rows.filter(id=gone_id))
    if kept.id == other.id:
        raise Refused("This is one record, not two.")
    return MergePage(sketch(kept, True), sketch(other, True), tuple(_choices(kept, other)))


def kept_for(actor: Actor, person_id: str) -> str:
    """The id of the person with whom a merged record is one now, where the actor may see that they are
    known. NotFound otherwise: a record that never was looks the same."""
    gone = Merge.objects.filter(
        partnership_id=actor.partnership_id, gone_id=person_id, undone_at=None
    ).first()
    rows = Person.objects.filter(id=gone.kept_id if gone else "")
    found = admitted(Act.SEE_PERSON, actor, rows, PERSON).first()
    if found is None:
        raise NotFound("There is no such thing here.")
    return found.id


def sketch(person: Person, whole: bool = False) -> Sketch:
    """Somebody with their posts; with `whole`, what else hangs on their record, counted."""
    today = clock.today(person.partnership.zone)
    told = tuple(_post_words(post, today) for post in person.post_set.all())
    hangs: defaultdict[str, int] = defaultdict(int)
    for key, _ in pointing(person) if whole else ():
        if key.model not in (Post, Distinct):
            hangs[str(key.model._meta.verbose_name_plural)] += 1
    signs_in = whole and Membership.objects.filter(person=person).exists()
    circle = person.get_circle_display()
    return Sketch(person.id, person.name, person.email, circle, told, tuple(hangs.items()), signs_in)


def _fuller_first(one: Sketch, other: Sketch) -> tuple[Sketch, Sketch]:
    """The record that says more is the one to be kept, unless somebody chooses otherwise."""
    if (bool(other.email), len(other.name), other.id) > (bool(one.email), len(one.name), one.id):
        return other, one
    return one, other


def _whole_people() -> QuerySet[Person]:
    return Person.objects.select_related("partnership").prefetch_related("post_set__organisation")


def _post_words(post: Post, today: date) -> str:
    words = ", ".join(filter(None, (post.title, str(post.organisation or "")))) or "A post"
    return f"{words} (until {post.ends_on:%-d %B %Y})" if post.ends_on and post.ends_on < today else words


def _sought(actor: Actor) -> Sought:
    bodies: defaultdict[str, list[str]] = defaultdict(list)
    posts = Post.objects.filter(partnership_id=actor.partnership_id, organisation__isnull=False).order_by()
    for person, name in posts.values_list("person_id", "organisation__name"):
        bodies[person].append(name)
    rows = Person.objects.filter(partnership_id=actor.partnership_id).order_by()
    people = [
        Recorded(id, name, email, tuple(bodies[id]))
        for id, name, email in rows.values_list("id", "name", "email")
    ]
    apart = Distinct.objects.filter(partnership_id=actor.partnership_id).values_list("one_id", "other_id")
    return seek_duplicates(people, set(apart))


def _merges(actor: Actor) -> tuple[MergeSeen, ...]:
    rows = Merge.objects.filter(partnership_id=actor.partnership_id, undone_at=None)
    return tuple(
        MergeSeen(
            merge.id,
            merge.kept_id,
            merge.kept.name,
            str(merge.gone.get("name", "")),
            merge.merged_at.astimezone(ZoneInfo(merge.partnership.zone)).date(),
            merge.was.get("id") != merge.kept_id,
        )
        for merge in rows.select_related("kept", "partnership")[:50]
    )


def _choices(kept: Person, other: Person) -> list[ChoiceSeen]:
    """The fields in which they differ and that a person chooses; the closer circle is chosen first."""
    found = []
    for name in FIELDS:
        mine, theirs = getattr(kept, name), getattr(other, name)
        if name not in IN_WORDS or mine == theirs or not theirs:
            continue
        prefer = WIDTH.index(theirs) < WIDTH.index(mine) if name == "circle" else not mine
        said = (kept.get_circle_display(), other.get_circle_display()) if name == "circle" else (mine, theirs)
        found.append(ChoiceSeen(name, IN_WORDS[name], said[0] or "none", said[1], prefer))
    return found
