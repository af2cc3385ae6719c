"""What belongs to every picture, so that nobody needs to see it to know what it says?"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a picture.

    id: starts the ids inside the SVG, so unique on its page: a letter, then letters, digits, - or _;
    title and description: what it shows and what it says; rows_are: the heading of the labels;
    empty: the words where there is nothing to draw. Raises ValueError for an id of another form.
    """

    id: str
    title: str
    description: str
    rows_are: str = ""
    empty: str = "Nothing to show yet."

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", self.id):
            raise ValueError(f"not an id for a picture: {self.id!r}")


@dataclass(frozen=True, slots=True)
class Table:
    """The picture's numbers as a table: each row has a cell for each heading; labels stand whole."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG that is safe to put in a page as it is, and the same in words and in a table."""

    svg: str
    title: str
    description: str
    table: Table
