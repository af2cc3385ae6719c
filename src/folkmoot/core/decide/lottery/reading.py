"""Who put their name down, and which quotas are asked for, as two CSV files say it?"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from folkmoot.core.decide.lottery.census import quotas_from_counts
from folkmoot.core.decide.lottery.pool import Person, Pool, Quota
from folkmoot.core.kernel.errors import Refused

# How the columns of a list of quotas are called, in the two ways in use: "category, name" of the Sortition
# Foundation's older files and "category, feature" of the replication of Nature 2021; "feature, value" now.
VALUES = {"category": ("name", "value", "feature"), "feature": ("value", "name")}
COUNTS = ("count", "population", "people", "number", "share")
MOST_DIGITS = 9  # of a quota: far more people than there ever are, and sums stay within 64 bits
# 2510, 2,510 or 2 510, 25.1: a comma that does not part thousands may part decimals, and is not guessed at.
_COUNT = re.compile(r"-?(?:\d{1,15}|\d{1,3}(?:[, \u00a0\u202f]\d{3}){1,4})(?:\.\d{1,15})?\s?%?", re.ASCII)
Row = dict[str, str]


def read_quotas(content: bytes, name: str = "The quotas") -> tuple[Quota, ...]:
    """The quotas of a CSV file with the columns category (or feature), name (or value), min and max.

    Other columns are passed over. Raises Refused, with the line, for what cannot be read.

    >>> read_quotas(b"category,name,min,max\\nage,young,2,3\\n")
    (Quota(category='age', value='young', low=2, high=3),)
    """
    told = []
    for line, category, value, row in _pairs(content, name):
        told.append(Quota(category, value, _whole(row, "min", line, name), _whole(row, "max", line, name)))
    return tuple(told)


def read_census(
    content: bytes, size: int, tolerance: Fraction = Fraction(0), name: str = "The counts"
) -> tuple[Quota, ...]:
    """Quotas from a CSV file of counts: category (or feature), name (or value), count.

    >>> [(one.low, one.high) for one in read_census(b"category,name,count\\nage,young,1\\nage,old,3\\n", 10)]
    [(2, 3), (7, 8)]
    """
    counts: dict[str, dict[str, Fraction]] = {}
    for line, category, value, row in _pairs(content, name):
        column = _named(row, COUNTS, name, "a count")
        values = counts.setdefault(category, {})
        if value in values:
            raise _refused(name, line, f"{category}: {value} comes twice.")
        values[value] = _number(row[column], line, name)
    return quotas_from_counts(counts, size, tolerance)


def read_pool(
    content: bytes,
    quotas: Sequence[Quota],
    size: int,
    *,
    id_column: str = "",
    household: Sequence[str] = (),
    name: str = "The respondents",
) -> Pool:
    """The pool of a CSV file with a row for each person and a column for each category of the quotas.

    id_column: who is who; without it a column “id”, if there is one, else the rows are numbered from 1.
    household: the columns that are alike for all who live together; somebody with all of them empty shares
    a home with nobody. Upper and lower case and spaces around make no difference in headings and answers.
    """
    header, rows = _rows(content, name)
    columns = {heading.casefold(): heading for heading in header}
    categories = tuple(dict.fromkeys(quota.category for quota in quotas))
    wanted = [*categories, *household, *([id_column] if id_column else [])]
    missing = [one for one in wanted if one.strip().casefold() not in columns]
    if missing:
        raise Refused(
            f"{name} were not read.",
            f"There is no column {', '.join(missing)}; there are {', '.join(header)}.",
            "Name the columns as they are in the file.",
            field="people",
        )
    values = {(quota.category, quota.value.casefold()): quota.value for quota in quotas}
    id_at = columns.get((id_column or "id").strip().casefold(), "")
    homes = [columns[one.strip().casefold()] for one in household]
    people = []
    for number, (line, row) in enumerate(rows, start=1):
        answers = [row[columns[one.casefold()]] for one in categories]
        told = tuple(
            values.get((category, answer.casefold()), answer)
            for category, answer in zip(categories, answers, strict=True)
        )
        id_ = row[id_at] if id_at else str(number)
        if not id_:
            raise _refused(name, line, f"There is nothing in {id_at}.")
        home = [" ".join(row[one].casefold().split()) for one in homes]
        people.append(Person(id_, told, "\x1f".join(home) if any(home) else ""))
    return Pool(tuple(people), size, tuple(quotas))


def _pairs(content: bytes, name: str) -> Iterator[tuple[int, str, str, Row]]:
    """Each line of a list of categories: its number, the category, the value, and the row."""
    header, rows = _rows(content, name)
    lower = [heading.casefold() for heading in header]
    first = next((one for one in VALUES if one in lower), "")
    second = next((one for one in VALUES.get(first, ()) if one in lower), "")
    if not second:
        raise Refused(
            f"{name} were not read.",
            f"The columns are {', '.join(header) or 'none'}.",
            "It needs category and name (or feature and value).",
            field="quotas",
        )
    # Written otherwise in capitals it is the same category, or answer, as it was written first.
    categories, answers = dict[str, str](), dict[tuple[str, str], str]()
    for line, row in rows:
        plain = {heading.casefold(): cell for heading, cell in row.items()}
        if not plain[first] or not plain[second]:
            raise _refused(name, line, "It names no category, or no value.")
        category = categories.setdefault(plain[first].casefold(), plain[first])
        yield line, category, answers.setdefault((category, plain[second].casefold()), plain[second]), plain


def _rows(content: bytes, name: str) -> tuple[list[str], list[tuple[int, Row]]]:
    """The headings, and each row that is not empty with its line; cells without spaces around."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            f"{name} were not read.", "The file is not in UTF-8.", "Save it as CSV in UTF-8.", field="people"
        ) from error
    head = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    header: list[str] = []
    rows = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if not any(stripped):
                continue
            if not header:
                header = stripped
                continue
            if len(stripped) > len(header) and any(stripped[len(header) :]):
                raise _refused(
                    name, reader.line_num, f"It has {len(stripped)} cells under {len(header)} headings."
                )
            stripped += [""] * (len(header) - len(stripped))
            rows.append((reader.line_num, dict(zip(header, stripped, strict=False))))
    except csv.Error as error:
        raise _refused(name, reader.line_num, f"{error}.") from error
    twice = sorted(
        {one for one in header if one and [h.casefold() for h in header].count(one.casefold()) > 1}
    )
    if twice:
        raise Refused(
            f"{name} were not read.", f"The column {twice[0]} comes twice.", "Rename one.", field="people"
        )
    return header, rows


def _named(row: Row, names: Sequence[str], name: str, what: str) -> str:
    for one in names:
        if one in row:
            return one
    raise Refused(
        f"{name} were not read.", f"There is no column with {what}.", f"Call it {names[0]}.", field="quotas"
    )


def _whole(row: Row, column: str, line: int, name: str) -> int:
    cell = row.get(column)
    if cell is None:
        raise Refused(f"{name} were not read.", f"There is no column {column}.", "Add it.", field="quotas")
    if not (cell.isascii() and cell.isdigit()):
        raise _refused(name, line, f"“{cell}” under {column} is not a whole number.")
    if len(cell) > MOST_DIGITS:
        raise _refused(name, line, f"The number under {column} has more than {MOST_DIGITS} digits.")
    return int(cell)


def _number(cell: str, line: int, name: str) -> Fraction:
    """A count or share: 2510, 2,510, 25.1 or 25.1%."""
    if not _COUNT.fullmatch(cell):
        raise _refused(name, line, f"“{cell}” is not a number such as 2510, 2,510 or 25.1.")
    return Fraction(re.sub(r"[^-\d.]", "", cell))


def _refused(name: str, line: int, why: str) -> Refused:
    return Refused(
        f"{name} were not read.", f"Line {line}: {why}", "Correct it and try again.", field="people"
    )
