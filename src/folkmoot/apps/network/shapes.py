"""Which shapes do support, people, stances and promises have for programs?"""

from datetime import date

from pydantic import Field

from folkmoot.apps.places.shapes import Day, Id, Line, Sent, Shape, Words, Yes


class BandOut(Shape):
    """How much active support a part has, as a band."""

    part: str
    band: str


class SupportOut(Shape):
    """Support as anybody may see it: the same for every reader, and nameless."""

    as_of: date
    begun: bool = Field(description="Whether anybody is known at all.")
    target: int
    total: str = Field(description="How many are active; in words where they are few.")
    sentence: str
    parts_with_support: int
    parts_in_all: int
    bands: list[BandOut]
    freshness: str
    newest: str = Field(description="The newest change, in a sentence that singles out nobody.")


class TallyOut(Shape):
    """People in posts on the day; no level means any level."""

    part: str
    level: str | None
    known: int
    met: int
    active: int
    active_fresh: int


class GapOut(Shape):
    """A part or a level without fresh active support."""

    part: str
    level: str | None
    kind: str
    sentence: str
    act: str


class CountedOut(Shape):
    """Support counted part by part, however small."""

    as_of: date
    target: int
    window: int
    active: int
    active_fresh: int
    by_part: list[TallyOut]
    by_level: list[TallyOut]
    matrix: list[TallyOut]
    gaps: list[GapOut]
    effective_parts: float
    largest_share: float
    breadth_ok: bool
    warnings: list[str]


class StandingOut(Shape):
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
    gone: bool = Field(description="In no post any more, so not counted.")


class PersonLineOut(Shape):
    """A person in a list, with the posts they hold now."""

    id: str
    name: str
    posts: str


class PostSeenOut(Shape):
    """A post, from a day to a day."""

    title: str
    organisation: str
    part: str
    level: str
    starts_on: date | None
    ends_on: date | None
    current: bool


class StanceOut(Shape):
    """One stance in a timeline."""

    id: str
    stance: str
    on: date
    ask: str
    evidence: str
    source: str
    state: str = Field(description="holds, stale, superseded, expired or withdrawn")
    review_on: date
    expires_on: date | None
    withdrawn_on: date | None


class PromiseOut(Shape):
    """A promise either way."""

    id: str
    person_id: str
    ours: bool
    text: str
    made_on: date
    due_on: date | None
    state: str
    settled_on: date | None
    thanked_on: date | None


class PromiseSeenOut(PromiseOut):
    """A promise with the name of whom it is about."""

    name: str
    overdue: bool


class PersonSeenOut(Shape):
    """Somebody and what is kept about them; null where you may not see it."""

    id: str
    name: str
    email: str
    posts: list[PostSeenOut]
    stances: list[StanceOut] | None
    promises: list[PromiseSeenOut] | None


class AskOut(Shape):
    """Something the partnership asks of people."""

    id: str
    text: str
    made_on: date


class NextOut(Shape):
    """Something worth doing this week, and the page where it is done."""

    title: str
    reason: str
    link: str
    href: str


class RecordedStanceOut(Shape):
    """A stance as it was recorded."""

    id: str
    person_id: str
    ask_id: str
    stance: str
    on: date
    evidence: str
    source: str
    expires_on: date | None


class RemarkOut(Shape):
    """Something about a row of a sheet; line 0 where it is about no row."""

    line: int
    reason: str


class ImportedOut(Shape):
    """What came of a sheet: rows_in = added + known + set aside."""

    rows_in: int
    added: int
    known: int
    set_aside: list[RemarkOut]


class Search(Sent):
    """Whose name, organisation or post holds the text."""

    text: Line = ""


class Which(Sent):
    """All, or those alone who are counted as active support."""

    active: bool = False


class AskSent(Sent):
    """What the partnership asks of people."""

    text: Words
    made_on: Day | None = None


class StanceSent(Sent):
    """Where somebody stood towards an ask on a day, and how we know. They may read it."""

    person_id: Id
    ask_id: Id
    stance: Line = Field(description="not now, wary, watching, warm, active or champion")
    on: Day
    evidence: Words
    source: Line = ""
    expires_on: Day | None = None


class PromiseSent(Sent):
    """What somebody promised us, or (ours) what we promised them. They may read it."""

    person_id: Id
    text: Words
    ours: Yes = False
    made_on: Day | None = None
    due_on: Day | None = None


class Settled(Sent):
    """Whether it was kept, and on which day that was known."""

    kept: Yes
    on: Day | None = None


class OnDay(Sent):
    """On which day; today where it is left out."""

    on: Day | None = None
