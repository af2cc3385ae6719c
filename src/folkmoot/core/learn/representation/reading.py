"""Who took part, and who lives in the place, as two CSV files say it?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from folkmoot.core.kernel.rows import Row, not_read, rows_of
from folkmoot.core.learn.representation.people import NOT_TOLD, Circle, Dimension, Person, Place, alike

# How the columns of a place's file are called; category and name are those of a lottery's quotas.
DIMENSIONS = ("category", "dimension", "feature")
VALUES = ("name", "value", "feature")
COUNTS = ("count", "population", "people", "number", "share", "percent", "%")
NUMBER = re.compile(r"\d{1,15}(\.\d{0,12})?|\.\d{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """The part of a place that a list of people was asked about, its circles, and what was odd."""

    place: Place
    circles: tuple[Circle, ...]
    remarks: tuple[str, ...] = ()


def read_place(content: bytes, counted: bool = False, name: str = "The place's people") -> Place:
    """The place of a CSV file: category (or dimension), name (or value), and count (or people, or share).

    Other columns are passed over, and so are rows for people who did not answer: shares are those among the
    others. A share may end in %. Raises Refused, with the line, for what cannot be read.

    >>> read_place(b"category,name,count\\nage,young,1\\nage,old,3\\n").dimensions[0].shares
    (Fraction(1, 4), Fraction(3, 4))
    """
    header, rows = rows_of(content, name, "place")
    first = _named(header, DIMENSIONS, "a category", name)
    second = _named([one for one in header if one != first], VALUES, "a name", name)
    third = _named(header, COUNTS, "a count", name)
    found: dict[str, tuple[str, list[str], list[Fraction]]] = {}
    for line, row in rows:
        if not row[first]:
            raise not_read(name, "It names no category.", line, "place")
        kind, values, counts = found.setdefault(alike(row[first]), (row[first], [], []))
        if alike(row[second]) in NOT_TOLD:
            continue
        if alike(row[second]) in map(alike, values):
            raise not_read(name, f"{kind}: {row[second]} comes twice.", line, "place")
        values.append(row[second])
        counts.append(_number(row[third], line, name))
    if not found:
        raise not_read(name, "There are no rows.", field="place")
    dimensions = (Dimension(kind, tuple(values), tuple(counts)) for kind, values, counts in found.values())
    return Place(tuple(dimensions), counted)


def read_people(content: bytes, place: Place, circle: str = "people", name: str = "The people") -> Asked:
    """The people of a CSV file: a row for each, a column for each dimension of the place.

    id: who is who, where there is such a column; without it, the rows are numbered. A column “circle” says
    which circles the person belongs to, one or several with semicolons between; without it, all are of the
    one named by `circle`. Dimensions without a column are left out and told. Raises Refused, with the line.

    >>> place = read_place(b"category,name,count\\nage,young,1\\nage,old,3\\n")
    >>> read_people(b"id,age\\n7,old\\n", place).circles
    (Circle(name='people', people=(Person(id='7', answers=('old',)),)),)
    """
    header, rows = rows_of(content, name, "people")
    columns = {alike(heading): heading for heading in header if heading}
    kept = tuple(one for one in place.dimensions if alike(one.name) in columns)
    if not kept:
        wanted, there = (", ".join(one) for one in ([d.name for d in place.dimensions], header))
        why = f"There is no column that the place has: it has {wanted}; the people have {there}."
        raise not_read(name, why, field="people")
    answers = [columns[alike(one.name)] for one in kept]
    told: dict[str, dict[str, Person]] = {}
    for number, (line, row) in enumerate(rows, start=1):
        person = _person(row, columns, answers, f"{circle} {number}", line, name)
        for one in _circles(row, columns, circle, line, name):
            people = told.setdefault(one, {})
            if person.id in people:
                raise not_read(name, f"The id {person.id} comes twice in one circle.", line, "people")
            people[person.id] = person
    if not told:
        raise not_read(name, "There is nobody in the file.", field="people")
    missing = [one.name for one in place.dimensions if one not in kept]
    remarks = (f"nobody was asked about {', '.join(missing)}; left out",) if missing else ()
    circles = tuple(Circle(one, tuple(people.values())) for one, people in told.items())
    return Asked(Place(kept, place.counted), circles, remarks)


def beside(first: Asked, others: Iterable[Asked]) -> Asked:
    """Circles of several files, compared in the dimensions that all of them were asked about.

    >>> place = read_place(b"category,name,count\\nage,young,1\\nage,old,3\\n")
    >>> one, other = (read_people(b"age\\nold\\n", place, name) for name in ("invited", "deciders"))
    >>> [circle.name for circle in beside(one, [other]).circles]
    ['invited', 'deciders']
    """
    files = [first, *others]
    shared = [one for one in first.place.dimensions if all(one in file.place.dimensions for file in files)]
    if not shared:
        raise not_read("The circles", "No category is in all of the files.", field="people")
    circles = []
    for file in files:
        at = [file.place.dimensions.index(one) for one in shared]
        circles += [_only(circle, at) for circle in file.circles]
    remarks = dict.fromkeys(remark for file in files for remark in file.remarks)
    return Asked(Place(tuple(shared), first.place.counted), tuple(circles), tuple(remarks))


def _only(circle: Circle, at: Sequence[int]) -> Circle:
    people = (Person(one.id, tuple(one.answers[place] for place in at)) for one in circle.people)
    return Circle(circle.name, tuple(people))


def _person(
    row: Row, columns: dict[str, str], answers: Sequence[str], usual: str, line: int, name: str
) -> Person:
    id_ = row["id"] if "id" in columns else usual
    if not id_:
        raise not_read(name, "There is nothing in id.", line, "people")
    return Person(id_, tuple(row[column] for column in answers))


def _circles(row: Row, columns: dict[str, str], usual: str, line: int, name: str) -> list[str]:
    """The circles of a person, alike but for their case and spaces."""
    if "circle" not in columns:
        return [usual]
    found = [alike(one) for one in row["circle"].split(";") if one.strip()]
    if not found:
        raise not_read(name, "There is nothing in circle.", line, "people")
    return list(dict.fromkeys(found))


def _named(header: Sequence[str], names: Sequence[str], what: str, name: str) -> str:
    for one in names:
        if one in header:
            return one
    why = f"There is no column with {what}; the columns are {', '.join(header)}."
    raise not_read(name, why, field="place")


def _number(cell: str, line: int, name: str) -> Fraction:
    plain = cell.replace(",", "").replace(" ", "").replace("\u00a0", "").removesuffix("%")
    if not NUMBER.fullmatch(plain):
        raise not_read(name, f"“{cell}” is not a number of people, or a share.", line, "place")
    return Fraction(plain)
