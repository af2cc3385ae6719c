"""Which shapes do notes, records and what is due have for programs?"""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from folkmoot.apps.places.shapes import Count, Day, Line, Listed, Sent, Shape, Short, Yes, seen

NoteText = Annotated[str, Field(max_length=1000), AfterValidator(seen)]
BASES = "public task, legitimate interests, consent, contract or legal obligation"
CIRCLES = "convenor, core, member or public"


class FormerOut(Shape):
    """What a note said before it was corrected."""

    text: str
    source: str
    until: date


class NoteOut(Shape):
    """A note about a person."""

    id: str
    person_id: str
    text: str
    source: str
    basis: str
    circle: str
    noted_on: date
    review_on: date


class NoteSeenOut(NoteOut):
    """A note with the name of whom it is about, and what it said before."""

    name: str
    due: bool
    reminded_on: date | None
    former: list[FormerOut]


class NotesOut(Shape):
    """A person and the notes about them that you may see."""

    person_id: str
    name: str
    circle: str
    notes: list[NoteSeenOut]


class SaidOut(Shape):
    """One thing that a row says: what it is, and in words."""

    label: str
    words: str


class ShelfOut(Shape):
    """What one table keeps about the person, row by row."""

    heading: str
    rows: list[list[SaidOut]]


class CountOut(Shape):
    """How many of what."""

    what: str
    number: int


class WhyOut(Shape):
    """What is not shown, and why."""

    what: str
    why: str


class RecordOut(Shape):
    """All that is kept about a person, what is not shown and why, and where else they are named."""

    person_id: str
    name: str
    circle: str
    made_on: date
    shelves: list[ShelfOut]
    diary: list[list[SaidOut]]
    mentioned: list[CountOut]
    left_out: list[WhyOut]


class QuietOut(Shape):
    """Somebody in no post now, of whom nothing was heard for a long while."""

    id: str
    name: str
    heard_on: date | None
    review_on: date


class DueOut(Shape):
    """What is due to be looked at again: one page of it, and how much there is in all."""

    notes: list[NoteSeenOut]
    people: list[QuietOut]
    keep_months: int
    total: int
    page: int
    last: int


class ErasureOut(Shape):
    """What erasing a person would do: nothing is changed by asking."""

    person_id: str
    name: str
    goes: list[CountOut]
    mentioned: int
    waiting_files: int
    account: str
    shared: bool
    one_word: list[str]
    why_not: str


class KeptOut(Shape):
    """A person, the circle that they are kept in, and when their record is looked at again."""

    id: str
    name: str
    circle: str
    review_on: date | None


class NoteSent(Sent):
    """A line about a person, fit to be read by them."""

    text: NoteText = Field(description="They may read this.")
    source: Line = Field(description="Where this is from.")
    basis: Short = Field(description=f"Why it may be kept: {BASES}.")
    circle: Short = Field("convenor", description=f"Who may see it: {CIRCLES}.")
    noted_on: Day | None = None
    review_on: Day | None = None
    knowingly: Yes = Field(False, description="Whether it may speak of what the law guards most.")


class CorrectionSent(Sent):
    """What the note says from now on; what it said before is kept beside it."""

    text: NoteText
    source: Line
    basis: Short
    circle: Short
    knowingly: Yes = False


class ReviewSent(Sent):
    """When the note is looked at again; by the partnership's own rule where it is left out."""

    review_on: Day | None = None


class CircleSent(Sent):
    """Who may see that the person is known, and their posts."""

    circle: Short = Field(description=CIRCLES)


class ErasureSent(Sent):
    """The person's name, written out, to be sure."""

    name: Line


class ContactsOut(Shape):
    """A file of contacts that waits to be checked, was brought in, or undone."""

    id: str
    file_name: str
    state: str


class StayedOut(Shape):
    """What stayed when a file was undone, and why."""

    person_id: str
    name: str
    reason: str


class ContactsDoneOut(ContactsOut):
    """What a file of contacts did, and what stayed when it was undone."""

    on: date
    by: str
    counts: dict[str, int]
    set_aside: int
    stayed: list[StayedOut]
    can_try_again: bool


class ColumnOut(Shape):
    """A column of the sheet: its place from 0, its heading, its first cells, and the role that it plays."""

    place: int
    heading: str
    samples: list[str]
    role: str


class ColumnsOut(Shape):
    """How a file that waits is read."""

    id: str
    file_name: str
    sheet: str
    sheets: list[str]
    line: int
    columns: list[ColumnOut]
    is_named: bool = Field(description="Whether a column says who the rows are about.")


class PlannedOut(Shape):
    """A person as the file would have them; without an id they are new."""

    id: str
    name: str
    email: str


class RowNoteOut(Shape):
    """Something about one row of the file; line 0 where it is about no one row."""

    line: int
    reason: str


class CheckOut(Shape):
    """What a file that waits would add and change: the first of each, and how many there are."""

    why_not: str
    totals: dict[str, int]
    added: list[PlannedOut]
    updated: list[PlannedOut]
    unchanged: list[PlannedOut]
    aside: list[RowNoteOut]
    remarks: list[RowNoteOut]


class SketchOut(Shape):
    """Somebody, in as much as tells two people apart."""

    id: str
    name: str
    email: str
    circle: str
    posts: list[str]


class PairOut(Shape):
    """Two who could be one, and why."""

    one: SketchOut
    other: SketchOut
    reason: str


class MergeSeenOut(Shape):
    """Two records that were made one."""

    id: str
    kept_id: str
    kept: str
    gone: str
    on: date


class DuplicatesOut(Listed[PairOut]):
    """A page of pairs, and the merges that can be taken back."""

    merges: list[MergeSeenOut]


class ChoiceMergeOut(Shape):
    """A field in which two records differ, and what each says."""

    name: str
    words: str
    kept: str
    other: str
    prefer_other: bool


class MergePageOut(Shape):
    """Two records side by side, and in what they differ."""

    kept: SketchOut
    other: SketchOut
    choices: list[ChoiceMergeOut]


class MergedOut(Shape):
    """A merge: which record was kept, and which went into it."""

    id: str
    kept_id: str
    gone_id: str


class KeptIdOut(Shape):
    """The record with which a merged one is one now."""

    id: str


class ColumnsSent(Sent):
    """Which sheet, which line of headings, and which column (from 0) plays which role."""

    sheet: Line = ""
    heading_line: Count = 0
    columns: dict[Short, Count] | None = Field(None, max_length=20)


class Whole(Sent):
    """Of which list all rows are told: added, updated, unchanged, aside or remarks."""

    all: Short = ""


class PageOfPairs(Sent):
    """Which page of pairs, from 1."""

    page: int = Field(1, ge=1, le=1_000_000)


class MergeSent(Sent):
    """The fields that are taken from the other record, and those chosen from the kept one: name, email,
    circle, source, review_on. The closer circle is taken unless one is chosen."""

    from_other: list[Short] = Field(default=[], max_length=5)
    from_kept: list[Short] = Field(default=[], max_length=5)
