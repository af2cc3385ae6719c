"""Which rows does a small CSV file with headings hold?"""

import csv
import io

from folkmoot.core.kernel.errors import Refused

Row = dict[str, str]
DELIMITERS = (",", ";", "\t")


def rows_of(content: bytes, name: str, field: str = "file") -> tuple[tuple[str, ...], list[tuple[int, Row]]]:
    """The headings in small letters, and each row that is not empty with the line on which it ends.

    UTF-8 with or without a mark; commas, semicolons or tabs, whichever the headings hold most of. Cells lose
    the spaces around them; a row that is too short is filled up. Raises Refused, which begins with `name`,
    for what is no such file: other encodings, no headings, a heading twice, more cells than headings.

    >>> rows_of("Age;Area\\n 16–24 ;North\\n".encode(), "The people")
    (('age', 'area'), [(2, {'age': '16–24', 'area': 'North'})])
    """
    text = _decoded(content, name, field)
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count))
    header: tuple[str, ...] = ()
    rows = []
    try:
        for raw in reader:
            cells = [cell.strip() for cell in raw]
            if not any(cells):
                continue
            if not header:
                header = tuple(cell.casefold() for cell in cells)
                continue
            if any(cells[len(header) :]):
                why = f"It has {len(cells)} cells under {len(header)} headings."
                raise not_read(name, why, reader.line_num, field)
            cells += [""] * (len(header) - len(cells))
            rows.append((reader.line_num, dict(zip(header, cells, strict=False))))
    except csv.Error as error:
        raise not_read(name, f"{error}.", reader.line_num, field) from error
    _check(header, name, field)
    return header, rows


def not_read(name: str, why: str, line: int = 0, field: str = "file") -> Refused:
    """The error for a file that could not be read, with the line where there is one.

    >>> str(not_read("The people", "There is no id.", 7))
    'The people were not read. Line 7: There is no id. Correct it and try again.'
    """
    where = f"Line {line}: " if line else ""
    return Refused(f"{name} were not read.", f"{where}{why}", "Correct it and try again.", field=field)


def _decoded(content: bytes, name: str, field: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        why = f"The file is not in UTF-8: byte {error.start + 1:,} does not fit."
        raise Refused(f"{name} were not read.", why, "Save it as CSV in UTF-8.", field=field) from error
    if "\x00" in text:
        raise Refused(f"{name} were not read.", "It is not text.", "Save it as CSV in UTF-8.", field=field)
    return text


def _check(header: tuple[str, ...], name: str, field: str) -> None:
    if not header:
        raise not_read(name, "The file is empty.", field=field)
    twice = sorted({one for one in header if one and header.count(one) > 1})
    if twice:
        raise not_read(name, f"The column {twice[0]} comes twice.", field=field)
