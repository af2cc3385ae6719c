"""How does the cast look as the sheets that a convenor keeps?"""

import csv
import io
from collections.abc import Iterable

from folkmoot.demo.cast import ASKS, BODIES, PEOPLE, POSTS, STANCES


def contacts_csv() -> bytes:
    """The contacts sheet, a row a post, in a convenor's own headings."""
    bodies = {body.key: body for body in BODIES}
    people = {person.key: person for person in PEOPLE}
    rows = [
        (
            people[post.person].name,
            bodies[post.body].name,
            post.title,
            bodies[post.body].part,
            post.level,
            bodies[post.body].sector,
            bodies[post.body].size,
            people[post.person].email,
            f"{post.since:%d/%m/%Y}",
            f"{post.until:%d/%m/%Y}" if post.until else "",
        )
        for post in POSTS
    ]
    headings = (
        "Full name",
        "Organisation",
        "Job title",
        "Part",
        "Level",
        "Sector",
        "Size",
        "E-mail",
        "From",
        "To",
    )
    return _csv([headings, *rows])


def stances_csv() -> bytes:
    """STANCES.csv, as the command reads it."""
    asks = {ask.key: ask.text for ask in ASKS}
    rows = [
        (told.person, told.on, told.stance, told.evidence, asks[told.ask], told.expires or "")
        for told in STANCES
    ]
    return _csv([("person", "on", "stance", "evidence", "ask", "expires"), *rows])


def people_csv() -> bytes:
    """PEOPLE.csv, as the command reads it: the same people by id."""
    bodies = {body.key: body for body in BODIES}
    names = {person.key: person.name for person in PEOPLE}
    rows = [
        (
            post.person,
            names[post.person],
            bodies[post.body].name,
            bodies[post.body].part,
            post.level,
            post.title,
            post.since,
            post.until or "",
        )
        for post in POSTS
    ]
    return _csv([("id", "name", "organisation", "part", "level", "post", "from", "to"), *rows])


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return file.getvalue().encode()
