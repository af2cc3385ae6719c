"""How is a shape or a text written as SVG that no text can break?"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import accumulate
from xml.sax.saxutils import escape

from folkmoot.core.pictures.picture import Frame, Picture, Table

WIDTH = 330  # units: about the width in pixels of a card on a phone, so that text keeps its size
TEXT = 14  # units: the height of letters
LABELS = 96  # units: the column of labels, where they stand beside
SERIES = 4  # kinds that can be told apart without colour: full, hatched, plain, outlined

# What XML 1.0 forbids, and the marks that turn the direction of the text after them.
_FORBIDDEN = re.compile(
    "[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)


def plain(text: str) -> str:
    """The text on one line, without what XML forbids.

    >>> plain("A\\x00 B\\n C")
    'A B C'
    """
    return " ".join(_FORBIDDEN.sub(" ", text).split())


def width_of(text: str, size: float = TEXT) -> float:
    """About how wide the text stands, in units: letters a good half of their height, CJK the whole.

    >>> round(width_of("Council", 10))
    36
    """
    return sum(_share(letter) for letter in text) * size


def _share(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in "MW@%mw—…":
        return 0.9
    if letter in "fijlrtI '’.,:;|!()[]-":
        return 0.38
    return 0.66 if letter.isupper() else 0.55


def fits(text: str, room: float, size: float = TEXT) -> bool:
    """Whether the whole text has room."""
    return width_of(plain(text), size) <= room


def shorten(text: str, room: float, size: float = TEXT) -> str:
    """The text, or as much of its start as has room, with a mark that there is more.

    >>> shorten("Council", 100), shorten("Marram Bay University Hospitals", 100)
    ('Council', 'Marram Bay…')
    """
    text = plain(text)
    if width_of(text, size) <= room:
        return text
    widths = accumulate(_share(letter) * size for letter in text)
    kept = sum(1 for reached in widths if reached <= room - size)
    return text[:kept].rstrip() + "…"


def two_lines(text: str, room: float, size: float = TEXT) -> tuple[str, str]:
    """The text over at most two lines; the second is blank when one will do, shortened when two will not.

    >>> two_lines("next generation", 60)
    ('next', 'genera…')
    """
    first, *second = lines_of(text, room, 2, size)
    return first, "".join(second)


def lines_of(text: str, room: float, most: int, size: float = TEXT) -> list[str]:
    """The text over at most so many lines; the last is shortened where more would be needed.

    >>> lines_of("one two three four", 60, 2)
    ['one two', 'three f…']
    """
    lines: list[str] = []
    rest = plain(text)
    while rest and len(lines) < most - 1:
        words = rest.split(" ")
        kept = len(words)
        while kept > 1 and not fits(" ".join(words[:kept]), room, size):
            kept -= 1
        lines.append(shorten(" ".join(words[:kept]), room, size))
        rest = " ".join(words[kept:])
    return [*lines, shorten(rest, room, size)] if rest else lines or [""]


def label(x: float, y: float, text: str, kind: str = "pic-label", anchor: str = "start") -> str:
    """A text whose line stands at y; the anchor is start, middle or end."""
    words = escape(plain(text))
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{words}</text>'


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A rectangle of that class."""
    return (
        f'<rect class="{kind}" x="{_n(x)}" y="{_n(y)}" width="{width:.2f}" height="{_n(height)}"'
        f"{_outline(kind)}/>"
    )


def pill(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A rectangle of that class with round ends, which reads as words on a ground, not as a length."""
    return box(x, y, width, height, kind).replace("/>", f' rx="{_n(height / 2)}"/>')


def dot(x: float, y: float, radius: float, kind: str) -> str:
    """A circle of that class."""
    return f'<circle class="{kind}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{_outline(kind)}/>'


def shape(corners: Sequence[tuple[float, float]], kind: str) -> str:
    """A closed shape of that class."""
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
    return f'<polygon class="{kind}" points="{points}"{_outline(kind)}/>'


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A thin line: an axis or the edge of a row."""
    return (
        f'<line class="pic-line" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
        ' stroke="currentColor"/>'
    )


def series_box(frame: Frame, series: int, x: float, y: float, width: float, height: float) -> str:
    """A rectangle of one of the four kinds, numbered from 0."""
    drawn = box(x, y, width, height, f"pic-{series + 1}")
    if series == 1:  # the hatching is drawn over its colour
        drawn += (
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{width:.2f}" height="{_n(height)}"'
            f' fill="url(#{frame.id}-hatch)" aria-hidden="true"/>'
        )
    return drawn


def hatching(frame: Frame) -> str:
    """The pattern that tells the second kind from its neighbours without colour."""
    return (
        f'<defs><pattern id="{frame.id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<path class="pic-hatch" d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" fill="none" stroke="white"/>'
        "</pattern></defs>"
    )


def legend(frame: Frame, names: Sequence[str], top: float) -> tuple[str, float]:
    """The kinds and their names, wrapped to the width; and the height at which they end."""
    parts: list[str] = []
    x = 0.0
    for series, name in enumerate(names):
        words = shorten(name, WIDTH - 16)
        if x and x + 16 + width_of(words) > WIDTH:
            x, top = 0.0, top + 20
        parts += [series_box(frame, series, x + 0.5, top + 2.5, 11, 11), label(x + 17, top + 12.5, words)]
        x += 17 + width_of(words) + 14
    return "".join(parts), top + 18


def edges(values: Iterable[int], length: int, whole: int) -> list[float]:
    """Where each value ends along the length, in units to two places, so that widths sum to it.

    >>> edges([1, 1, 1], 100, 3)
    [0.0, 33.33, 66.66, 100.0]
    """
    return [(100 * length * reached // whole) / 100 for reached in accumulate(values, initial=0)]


def picture(
    frame: Frame, body: str, height: float, headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> Picture:
    """The whole picture; where there is no body, the words that say so."""
    if not body:
        words, height = shorten(frame.empty, WIDTH), 24
        body = label(0, 16, words, "pic-attention")
    title, description = plain(frame.title), plain(frame.description)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {WIDTH} {_n(height)}"'
        f' preserveAspectRatio="xMinYMin" font-size="{TEXT}" role="img"'
        f' aria-labelledby="{frame.id}-title {frame.id}-desc">'
        f'<title id="{frame.id}-title">{escape(title)}</title>'
        f'<desc id="{frame.id}-desc">{escape(description)}</desc>{body}</svg>'
    )
    cells = tuple(tuple(plain(cell) for cell in row) for row in rows)
    return Picture(svg, title, description, Table(title, tuple(plain(h) for h in headings), cells))


def _outline(kind: str) -> str:
    """What is outlined stays outlined where no stylesheet reaches."""
    if kind == "pic-4":
        return ' fill="none" stroke="currentColor" stroke-dasharray="3 2"'
    open_shape = kind in ("pic-ring", "pic-band")
    return ' fill="none" stroke="currentColor" stroke-width="1.5"' if open_shape else ""


def _n(number: float) -> str:
    """A number as short as it can be: at most two places."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
