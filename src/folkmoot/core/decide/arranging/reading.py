"""Which texts does a file hold, under which ids, and which of them has a person placed already?"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.decide.arranging.arrangement import Held
from folkmoot.core.kernel.errors import Refused

TEXT_NAMES = ("text", "texts", "idea", "ideas", "statement", "comment", "comment-body", "suggestion", "body")
ID_NAMES = ("id", "text_id", "idea_id", "comment-id", "comment_id", "statement_id")
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class TextFile:
    """The texts in their order; an id for each, or none; the groups of people; what was odd, by line; and for
    each text its row, counted from 1 below the heading, those that were left out counted too."""

    texts: tuple[str, ...]
    ids: tuple[str, ...] | None
    held: tuple[Held, ...]
    remarks: tuple[str, ...]
    rows: tuple[int, ...]


def read_texts(content: bytes, text: str = "", id_: str = "", held: str = "") -> TextFile:
    """A CSV in UTF-8 (commas, semicolons or tabs) with a heading, or a plain list of one text a line.

    `text`, `id_` and `held` name columns; without them the text and the id are found by usual names. A row
    whose `held` cell is not empty lies in the group of that name. A row that does not fit is told and left
    out. Raises Refused for what is no such file.

    >>> read = read_texts(b"id;text;mine\\n7;Trees;green\\n8;Shade;\\n", held="mine")
    >>> read.texts, read.ids, read.held
    (('Trees', 'Shade'), ('7', '8'), (Held(members=(0,), label='green'),))
    """
    rows = _rows(content)
    header = [cell.strip() for cell in rows[0][1]]
    at_text = _column(header, text, TEXT_NAMES, "text")
    if at_text is None:
        return _plain(content, header, bool(id_ or held))
    at_id = _column(header, id_, ID_NAMES, "id")
    at_held = _column(header, held, (), "held")
    kept, places, remarks = [], [], []
    for place, (line, row) in enumerate(rows[1:], 1):
        if len(row) != len(header):
            remarks.append(f"line {line} has {len(row)} cells where the heading has {len(header)}; left out")
        else:
            kept.append(row)
            places.append(place)
    ids = None if at_id is None else tuple(row[at_id].strip() for row in kept)
    _check_ids(ids)
    groups = () if at_held is None else _held([row[at_held].strip() for row in kept])
    return TextFile(tuple(row[at_text] for row in kept), ids, groups, tuple(remarks), tuple(places))


def _rows(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line on which it ends."""
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            "The file was not read.",
            f"It is not UTF-8: byte {error.start + 1:,} does not fit.",
            "Save it as “CSV UTF-8” and try again.",
            field="file",
        ) from error
    if "\x00" in decoded:
        raise Refused("The file was not read.", "It is not text.", "Save it as “CSV UTF-8”.", field="file")
    first = next((line for line in decoded.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        reader = csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter)
        rows = [(reader.line_num, row) for row in reader if any(map(str.strip, row))]
    except csv.Error as error:
        raise Refused("The file was not read.", f"{error}.", "Check its quotation marks.") from error
    if not rows:
        raise Refused("The file was not read.", "It is empty.", "Choose another file.", field="file")
    return rows


def _plain(content: bytes, header: list[str], named: bool) -> TextFile:
    """A list without a heading: each line is a text. Only where no column was asked for and no line shows
    that there are columns, that is, where the first line has but one cell."""
    if named or len(header) > 1:
        raise Refused(
            "The file was not read.",
            f"None of its columns is known to hold texts: {', '.join(header)}.",
            "Name the column of the texts “text”, or say which it is with --text.",
            field="text",
        )
    lines = [line.strip() for line in content.decode("utf-8-sig").splitlines() if line.strip()]
    return TextFile(tuple(lines), None, (), (), tuple(range(1, len(lines) + 1)))


def _column(header: list[str], asked: str, usual: Sequence[str], kind: str) -> int | None:
    known = [name.casefold() for name in header]
    if asked and asked.strip().casefold() not in known:
        raise Refused(
            "The file was not read.",
            f"It has no column “{asked}”; its columns are {', '.join(header)}.",
            f"Name one of these with --{kind}.",
            field=kind,
        )
    wanted = (asked.strip().casefold(),) if asked else usual
    return next((known.index(name) for name in wanted if name in known), None)


def _check_ids(ids: tuple[str, ...] | None) -> None:
    seen: set[str] = set()
    for one in ids or ():
        if not one or one in seen:
            raise Refused(
                "The file was not read.",
                f"The id “{one}” stands in two rows." if one else "A row has no id.",
                "Give each row an id of its own, or leave the column out.",
                field="id",
            )
        seen.add(one)


def _held(names: list[str]) -> tuple[Held, ...]:
    groups: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        if name:
            groups.setdefault(name, []).append(place)
    return tuple(Held(tuple(members), name) for name, members in groups.items())
