"""What is on record of people and bodies, as a file of contacts is held against it?"""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import Model

from folkmoot.apps.people.models import ContactsImport, Merge
from folkmoot.apps.places.models import Organisation, Part, Person, Post
from folkmoot.core.network.contacts.records import PlannedBody, PlannedPerson, PlannedPost, Records

Value = str | int | bool | list | dict | None
Values = dict[str, Value]
ROWS_AT_ONCE = 500  # ids in one question to the database


def records_of(partnership_id: str) -> Records:
    """People with what else they are known by, organisations and parts."""
    posts, also, numbers = _posts(partnership_id), _merged(partnership_id), _numbers(partnership_id)
    people = (
        Person.objects.filter(partnership_id=partnership_id).order_by().values_list("id", "name", "email")
    )
    bodies = Organisation.objects.filter(partnership_id=partnership_id).values_list(
        "id", "name", "part__name", "sector", "size"
    )
    return Records(
        people=[
            PlannedPerson(
                id,
                name,
                email,
                posts=tuple(posts[id]),
                also=tuple(also[id]),
                numbers=tuple(sorted(numbers[id])),
            )
            for id, name, email in people
        ],
        bodies=[PlannedBody(id, name, part or "", sector, size) for id, name, part, sector, size in bodies],
        parts=list(Part.objects.filter(partnership_id=partnership_id).values_list("name", flat=True)),
    )


def snapshot(row: Model) -> Values:
    """A row's own values as they can be written down, without its id and its partnership."""
    held = [field for field in row._meta.concrete_fields if field.attname not in ("id", "partnership_id")]
    return {field.attname: _plain(getattr(row, field.attname)) for field in held}


def kept_instead(partnership_id: str) -> dict[str, str]:
    """Of every merged record, the person who was kept."""
    merges = Merge.objects.filter(partnership_id=partnership_id, undone_at=None)
    return dict(merges.values_list("gone_id", "kept_id"))


def _plain(value: object) -> Value:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | bool | list | dict) or value is None else str(value)


def _posts(partnership_id: str) -> defaultdict[str, list[PlannedPost]]:
    posts: defaultdict[str, list[PlannedPost]] = defaultdict(list)
    fields = ("id", "organisation__name", "title", "level", "part__name", "starts_on", "ends_on")
    rows = Post.objects.filter(partnership_id=partnership_id).order_by("id")
    for person, id, body, title, level, part, starts_on, ends_on in rows.values_list("person_id", *fields):
        posts[person].append(PlannedPost(id, body or "", title, level, part or "", starts_on, ends_on))
    return posts


def _merged(partnership_id: str) -> defaultdict[str, list[tuple[str, str]]]:
    """Names and addresses under which somebody was known before two records were merged."""
    also: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for merge in Merge.objects.filter(partnership_id=partnership_id, undone_at=None).order_by(
        "merged_at", "id"
    ):
        for held in (merge.gone, merge.was):
            also[merge.kept_id].append((str(held.get("name") or ""), str(held.get("email") or "")))
    return also


def _numbers(partnership_id: str) -> defaultdict[str, set[str]]:
    """The ids that files of their own gave people, as long as their import stands."""
    instead = kept_instead(partnership_id)
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    done = ContactsImport.objects.filter(partnership_id=partnership_id, state=ContactsImport.State.DONE)
    for told in done.values_list("report__numbers", flat=True):
        for person, number in told or ():
            numbers[instead.get(person, person)].add(number)
    return numbers
