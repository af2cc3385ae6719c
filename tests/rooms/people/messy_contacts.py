"""What does a contacts sheet look like that a town has kept for years? The same for the same seed."""

import csv
import io
from dataclasses import dataclass
from random import Random

FIRST = (
    "Ada", "Benjamin", "Catherine", "David", "Elizabeth", "Farah", "Grace", "Hassan", "Imogen", "James",
    "Kwame", "Lucía", "Margaret", "Nnamdi", "Oluwaseun", "Priya", "Robert", "Siobhán", "Thomas", "Zoë",
)  # fmt: skip
SHORT = {
    "Benjamin": "Ben", "Catherine": "Kate", "David": "Dave", "Elizabeth": "Liz", "Robert": "Bob",
    "James": "Jim", "Margaret": "Maggie", "Thomas": "Tom",
}  # fmt: skip
LAST = (
    "Quill", "Okonjo", "Marsh-Holt", "O’Hare", "Åkesson", "Bracken", "Cotterill", "Dunmore", "Eastgate",
    "Fairweather", "Garrity", "Hollins", "Iqbal", "Jessop", "Kettlewell", "Lomas", "Mbeki", "Norwood",
    "Ogden", "Pemberton", "Rashid", "Sowerby", "Tranter", "Underhill", "Wycherley",
)  # fmt: skip
BODIES = (
    ("Marram Bay Council", "Council"), ("The Infirmary", "Health"), ("Bay Homes", "Housing"),
    ("Fell College", "Learning"), ("Shoreline Trust", "Voluntary"), ("Marram Police", "Safety"),
)  # fmt: skip
POSTS = ("Director", "Team Leader", "Nurse", "Trustee", "Councillor", "Housing Officer", "Caretaker")
LEVELS = ("elected", "chief", "middle", "front line", "Front-line", "next generation", "senior", "")
DAYS = ("2024-05-01", "1/6/2023", "3rd Nov 2022", "TBC", "31/02/2024", "45413", "", "")
HEADINGS = [
    "Ref",
    "Full Name",
    "Organization",
    "Job Title",
    "Part",
    "Level",
    "E-mail Address",
    "Since",
    "Comments",
]


@dataclass(frozen=True)
class Messy:
    """The sheet as bytes, and what its maker knows of it: rows with anything in them, and the people."""

    content: bytes
    rows: int
    people: frozenset[str]  # as they were first spelt


def messy_contacts(rows: int = 500, seed: int = 4) -> Messy:
    """About so many rows of people, and the rubbish between them."""
    draw = Random(seed)
    people = draw.sample([f"{first} {last}" for first in FIRST for last in LAST], int(rows * 0.8))
    told: list[list[str]] = []
    for number, name in enumerate(people):
        told.append(_row(draw, name))
        if number % 9 == 0:
            told.append(_again(draw, told[-1], name))
        if number % 40 == 0:
            told += _rubbish(draw)
    told += [
        ["", "Updated by the partnership office on 3 May: please tell us what is wrong"],
        ["", "Total: 500"],
    ]
    above = [
        ["CONTACTS - MASTER (do not edit)"],
        [],
        ["Version 7", "", "", "last saved 03/05/2026"],
        HEADINGS,
    ]
    out = io.StringIO()
    csv.writer(out).writerows([*above, *told])
    used = sum(1 for row in told if any(cell.strip() for cell in row))
    return Messy(out.getvalue().encode("cp1252"), used, frozenset(people))


def _row(draw: Random, name: str) -> list[str]:
    body, part = draw.choice(BODIES)
    home = f"{body.split()[-1].lower()}.example"
    address = f"{name.lower().replace(' ', '.').replace('’', '')}@{home}"
    address = address.encode("ascii", "ignore").decode()
    wrapped = [f"<{address}>", f"mailto:{address}", address.replace("@", " at ")]
    email = draw.choice([address, address, address.upper(), *wrapped, f"info@{home}", "", "n/a"])
    spelt = [name, name, name.upper(), f"  {name} ", f"Dr {name}", ", ".join(name.split(" ")[::-1])]
    return [
        "",
        draw.choice([name, *spelt]),
        draw.choice([body, body.upper(), f"{body}  "]),
        draw.choice(POSTS),
        draw.choice([part, part.lower()]),
        draw.choice(LEVELS),
        email,
        draw.choice(DAYS),
        draw.choice(["", "", '=HYPERLINK("x")', "#N/A", "rings back"]),
    ]


def _again(draw: Random, row: list[str], name: str) -> list[str]:
    """The same person once more: the same row, another post, or another spelling."""
    first, last = name.split(" ", 1)
    other = row.copy()
    match draw.randrange(4):
        case 0:
            pass
        case 1:
            other[3], other[7] = "Trustee", ""
        case 2:
            other[1] = f"{SHORT.get(first, first[0] + '.')} {last}"
        case _:
            other[1], other[6] = f"{last.upper()}, {first}", ""
    return other


def _rubbish(draw: Random) -> list[list[str]]:
    return [
        [],
        HEADINGS,
        ["", "", "Bay Homes", "Vacant", "Housing"],
        ["", "", "", "", "", "", "lonely@example.example"],
        [draw.choice(["-", "", " "]) for _ in HEADINGS],
        ["", "x" * 6000],
    ]
