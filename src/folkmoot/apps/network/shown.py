"""What do people see of support, of people and of promises?"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from folkmoot.apps.places.paging import Pages
from folkmoot.apps.places.panels import Piece
from folkmoot.core.kernel.disclosure import SMALLEST_SHOWN, Band, banded, total_in_words
from folkmoot.core.network import Stance, Support

ACTIVE, PARTS = "active supporters", "parts with support"  # the names of the two figures


@dataclass(frozen=True, slots=True)
class PartShown:
    """How much active support a part has, as a band."""

    part: str
    band: Band


@dataclass(frozen=True, slots=True)
class SupportShown:
    """Support as anybody may see it. No field of it can hold a person or a small count."""

    as_of: date
    begun: bool  # whether anybody is known at all
    target: int
    total: str  # in words or figures, none of them small
    said: tuple[Piece, ...]
    parts_with_support: int
    parts_in_all: int
    bands: tuple[PartShown, ...]
    freshness: str  # a sentence, or nothing where too few are counted

    @property
    def sentence(self) -> str:
        """The pieces as one sentence."""
        return "".join(piece.text for piece in self.said)

    @property
    def without_support(self) -> tuple[str, ...]:
        """The parts where nobody is active yet."""
        return tuple(shown.part for shown in self.bands if shown.band is Band.NONE)


@dataclass(frozen=True, slots=True)
class NamedStanding:
    """Where one person stands now."""

    person_id: str
    name: str
    post: str
    stance: str
    on: date
    evidence: str
    ask: str
    stale: bool
    parts: str
    gone: bool  # in no post any more, so not counted

    @property
    def counts(self) -> bool:
        """Whether this is one of the active supporters."""
        return Stance(self.stance).counts and not self.gone


@dataclass(frozen=True, slots=True)
class PostSeen:
    """A post as a person's page tells it."""

    title: str
    organisation: str
    part: str
    level: str
    starts_on: date | None
    ends_on: date | None
    current: bool


@dataclass(frozen=True, slots=True)
class StanceSeen:
    """One stance in a timeline: what was said, on which evidence, and when to ask again."""

    id: str
    stance: str
    on: date
    ask: str
    evidence: str
    source: str
    state: str  # holds, stale, superseded, expired or withdrawn
    review_on: date
    expires_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class PromiseSeen:
    """A promise either way."""

    id: str
    person_id: str
    name: str
    ours: bool
    text: str
    made_on: date
    due_on: date | None
    state: str
    settled_on: date | None
    thanked_on: date | None
    overdue: bool

    @property
    def open(self) -> bool:
        """Whether nobody has said yet how it ended."""
        return self.state == "open"

    @property
    def to_thank(self) -> bool:
        """Whether they kept it and nobody has said thank you."""
        return self.state == "kept" and not self.ours and self.thanked_on is None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Somebody and what is kept about them; None where the reader may not see it."""

    id: str
    name: str
    email: str
    circle: str  # for whom they are kept, in words
    posts: tuple[PostSeen, ...]
    stances: tuple[StanceSeen, ...] | None
    promises: tuple[PromiseSeen, ...] | None
    to_invite: bool = False  # nobody signs in as them yet, and the reader may invite them


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list: the posts they hold now, in words."""

    id: str
    name: str
    posts: str


@dataclass(frozen=True, slots=True)
class PeopleList:
    """One page of people, and how many there are in all."""

    people: tuple[PersonLine, ...]
    text: str
    total: int
    pages: Pages


@dataclass(frozen=True, slots=True)
class StandingList:
    """One page of standings by name, those that count first, and how many there are in all."""

    rows: tuple[NamedStanding, ...]
    total: int
    pages: Pages


@dataclass(frozen=True, slots=True)
class PromiseList:
    """One page of promises: those that wait for a thank-you, open ones, then settled ones."""

    rows: tuple[PromiseSeen, ...]
    total: int
    pages: Pages

    @property
    def groups(self) -> tuple[tuple[str, list[PromiseSeen]], ...]:
        """The promises of this page under their headings."""
        return (
            ("Waiting for a thank-you", [row for row in self.rows if row.to_thank]),
            ("Open", [row for row in self.rows if row.open]),
            ("Settled", [row for row in self.rows if not row.open and not row.to_thank]),
        )


@dataclass(frozen=True, slots=True)
class AskSeen:
    """Something the partnership asks of people."""

    id: str
    text: str
    made_on: date


@dataclass(frozen=True, slots=True)
class NextThing:
    """Something worth doing this week: what, why, and the page where it is done."""

    title: str
    reason: str
    link: str
    page: str
    args: tuple[str, ...]

    @property
    def href(self) -> str:
        """The page's address."""
        return reverse(self.page, args=self.args)


def nameless(counted: Support, begun: bool) -> SupportShown:
    """The count as anybody may see it: bands for parts, no small number, no person."""
    bands = banded(counted.parts)
    # Where so few are active that their parts are not told, neither is in how many parts they are.
    hidden = Band.HIDDEN in bands.values()
    held = 0 if hidden else sum(1 for band in bands.values() if band is not Band.NONE)
    return SupportShown(
        as_of=counted.as_of,
        begun=begun,
        target=counted.target,
        total=total_in_words(counted.active),
        said=said(counted, total_in_words(counted.active), parts_told=not hidden),
        parts_with_support=held,
        parts_in_all=len(bands),
        bands=tuple(PartShown(part, band) for part, band in bands.items()),
        freshness=_freshness(counted),
    )


def said(counted: Support, total: str, parts_told: bool = True) -> tuple[Piece, ...]:
    """The sentence: how many of how many we want, in how many parts."""
    count, target = len(counted.parts), counted.target
    total = total.capitalize()
    if SMALLEST_SHOWN <= counted.active > target:
        told = (Piece(total, ACTIVE), Piece(f" active supporters, more than the {target} we want"))
    else:
        supporters = "supporter" if target == 1 else "supporters"
        told = (Piece(f"{total} of the {target}", ACTIVE), Piece(f" active {supporters} we want"))
    if not counted.active:
        return (*told, Piece(" yet."))
    if not count or not parts_told:
        return (*told, Piece("."))
    held = sum(1 for number in counted.parts.values() if number)
    parts = Piece(f" {'part' if count == 1 else 'parts'} of the system.")
    return (*told, Piece(", in "), Piece(f"{held} of {count}", PARTS), parts)


def _freshness(counted: Support) -> str:
    """In words alone: beside the total, a number would tell how few are stale."""
    if counted.active < SMALLEST_SHOWN:
        return ""
    share = counted.active_fresh / counted.active
    most = "Most" if share >= 0.75 else "More than half" if share > 0.5 else "Half or fewer"
    return f"{most} of them were heard from in the last {counted.window} days."
