"""How is a plan for contacts carried out, so that all of it can be taken back?

Every row that is made or changed leaves an entry: its table, its id, whose it is, and its values before and
after. They lie in a list, each a piece of its own, so that erasing a person takes theirs out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model

from folkmoot.apps.people.contacts_records import Values, snapshot
from folkmoot.apps.places.models import Organisation, Part, Person, Post
from folkmoot.core.network.contacts.plan import ContactsPlan
from folkmoot.core.network.contacts.records import PlannedPerson, PlannedPost, key

TABLES: dict[str, type[Model]] = {"part": Part, "organisation": Organisation, "person": Person, "post": Post}
Change = dict[str, str | Values]


@dataclass(slots=True)
class Saved:
    """What was done, row by row, and whom the file meant: ids of people, and their numbers in the file."""

    changes: list[Change] = field(default_factory=list)
    met: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)


def save_plan(partnership_id: str, plan: ContactsPlan, source: str) -> Saved:
    """Makes and changes what the plan says; everybody new is known from `source`."""
    saved = Saved()
    parts = _save_parts(partnership_id, plan, saved)
    bodies = _save_bodies(partnership_id, plan, parts, saved)
    held = {row.id: row for row in Person.objects.filter(partnership_id=partnership_id)}
    posts = {row.id: row for row in Post.objects.filter(partnership_id=partnership_id)}
    new = [
        Person(partnership_id=partnership_id, name=p.name, email=p.email, source=source) for p in plan.added
    ]
    changed = {p.id: held[p.id] for p in plan.updated}
    _write(Person, new, changed, {p.id: {"email": p.email} for p in plan.updated}, saved)
    pairs = [*zip(plan.added, new, strict=True), *((p, held[p.id]) for p in plan.updated)]
    _save_posts(pairs, posts, bodies, parts, saved)
    met = [*pairs, *((p, held[p.id]) for p in plan.unchanged)]
    saved.met = [row.id for _, row in met]
    saved.numbers = [(row.id, number) for planned, row in met for number in planned.numbers]
    return saved


def _save_parts(partnership_id: str, plan: ContactsPlan, saved: Saved) -> dict[str, Part]:
    held = list(Part.objects.filter(partnership_id=partnership_id))
    first = max((part.position for part in held), default=-1) + 1
    new = [
        Part(partnership_id=partnership_id, name=name, position=place)
        for place, name in enumerate(plan.new_parts, start=first)
    ]
    _write(Part, new, {}, {}, saved)
    return {key(part.name): part for part in (*held, *new)}


def _save_bodies(
    partnership_id: str, plan: ContactsPlan, parts: dict[str, Part], saved: Saved
) -> dict[str, Organisation]:
    held = {row.id: row for row in Organisation.objects.filter(partnership_id=partnership_id)}
    told = {
        body.name: {
            "part_id": parts[key(body.part)].id if key(body.part) else None,
            "sector": body.sector,
            "size": body.size,
        }
        for body in plan.bodies
    }
    new = [
        Organisation(partnership_id=partnership_id, name=body.name, **told[body.name])
        for body in plan.new_bodies
    ]
    changed = {body.id: held[body.id] for body in plan.bodies if body.id}
    _write(Organisation, new, changed, {body.id: told[body.name] for body in plan.bodies if body.id}, saved)
    return {key(row.name): row for row in (*held.values(), *new)}


def _save_posts(
    pairs: Iterable[tuple[PlannedPerson, Person]],
    held: dict[str, Post],
    bodies: dict[str, Organisation],
    parts: dict[str, Part],
    saved: Saved,
) -> None:
    new: list[Post] = []
    said: dict[str, dict[str, object]] = {}
    for planned, person in pairs:
        for post in planned.posts:
            if post.changed and post.id:
                said[post.id] = _post_fields(post, parts)
            elif not post.id:
                body = bodies.get(key(post.organisation))
                fields = {**_post_fields(post, parts), "title": post.title, "organisation": body}
                new.append(Post(partnership_id=person.partnership_id, person=person, **fields))
    _write(Post, new, {id: held[id] for id in said}, said, saved)


def _post_fields(post: PlannedPost, parts: dict[str, Part]) -> dict[str, object]:
    return {
        "level": post.level,
        "part_id": parts[key(post.part)].id if key(post.part) else None,
        "starts_on": post.starts_on,
        "ends_on": post.ends_on,
    }


def _write(
    model: type[Model],
    new: list[Model],
    changed: dict[str, Model],
    said: dict[str, dict[str, object]],
    saved: Saved,
) -> None:
    """Makes the new rows, changes the others, and leaves an entry for each."""
    name = model._meta.model_name
    model._base_manager.bulk_create(new, batch_size=500)
    saved.changes += [{"table": name, "id": row.pk, **_whose(row), "made": snapshot(row)} for row in new]
    rows = []
    for id, row in changed.items():
        before = snapshot(row)
        for attribute, value in said[id].items():
            setattr(row, attribute, value)
        after = snapshot(row)
        fields = [field for field in after if after[field] != before[field]]
        if fields:
            rows.append(row)
            told = {"before": {f: before[f] for f in fields}, "after": {f: after[f] for f in fields}}
            saved.changes.append({"table": name, "id": id, **_whose(row), **told})
    names = sorted({attribute.removesuffix("_id") for held in said.values() for attribute in held})
    if rows:
        model._base_manager.bulk_update(rows, names, batch_size=200)


def _whose(row: Model) -> dict[str, str]:
    return {"person": row.person_id} if isinstance(row, Post) else {}
