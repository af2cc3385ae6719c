"""Which parts does the partnership see its system in, and what hangs on each?

What hangs on a part is found by the table's own links, so that a room that is built later is counted too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from folkmoot.apps.places.admitting import admitted, only, whole_of
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import Part
from folkmoot.apps.places.turns import in_turn
from folkmoot.core.access import Act, Actor, require
from folkmoot.core.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class PartHeld:
    """A part and how much hangs on it, in words."""

    id: str
    name: str
    hangs: str
    first: bool
    last: bool


def parts_held_for(actor: Actor) -> tuple[PartHeld, ...]:
    """The parts in their order, each with what hangs on it."""
    rows = list(admitted(Act.RECORD_ORGANISATION, actor, Part.objects.all()))
    return tuple(
        PartHeld(row.id, row.name, what_hangs_on(row), place == 0, place == len(rows) - 1)
        for place, row in enumerate(rows)
    )


def part_held_for(actor: Actor, part_id: str) -> PartHeld:
    """One of them."""
    only(admitted(Act.RECORD_ORGANISATION, actor, Part.objects.filter(id=part_id)))
    return next(part for part in parts_held_for(actor) if part.id == part_id)


@in_turn
def name_part(actor: Actor, *, name: str) -> Part:
    """A part of the system, added at the end of the partnership's list."""
    require(Act.RECORD_ORGANISATION, actor, whole_of(actor))
    said, held = _a_name(name), Part.objects.filter(partnership_id=actor.partnership_id)
    if part := held.filter(name__iexact=said).first():
        return part
    newest = held.order_by("position").last()
    position = newest.position + 1 if newest else 0
    part = Part.objects.create(partnership_id=actor.partnership_id, name=said, position=position)
    write_line(actor, Act.RECORD_ORGANISATION, actor.partnership_id, part.id, part=part.name)
    return part


@in_turn
def rename_part(actor: Actor, *, part_id: str, name: str) -> Part:
    """The part is called so from now on."""
    require(Act.RECORD_ORGANISATION, actor, whole_of(actor))
    part, said = _one(actor, part_id), _a_name(name)
    others = Part.objects.filter(partnership_id=actor.partnership_id).exclude(id=part.id)
    if others.filter(name__iexact=said).exists():
        raise Refused(f"There is a part called {said} already.", field="name")
    before = part.name
    if said != before:
        part.name = said
        part.save(update_fields=["name"])
        write_line(actor, Act.RECORD_ORGANISATION, part.partnership_id, part.id, part=said, before=before)
    return part


@in_turn
def move_part(actor: Actor, *, part_id: str, up: bool) -> Part:
    """The part changes places with the one above it, or below."""
    require(Act.RECORD_ORGANISATION, actor, whole_of(actor))
    part = _one(actor, part_id)
    rows = list(Part.objects.filter(partnership_id=actor.partnership_id))
    place = [row.id for row in rows].index(part.id)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        for position, row in enumerate(rows):
            Part.objects.filter(id=row.id).update(position=position)
        write_line(
            actor, Act.RECORD_ORGANISATION, part.partnership_id, part.id, part=part.name, place=other + 1
        )
    return _one(actor, part_id)


@in_turn
def remove_part(actor: Actor, *, part_id: str, into_id: str = "") -> None:
    """The part is there no more; what hangs on it goes into another part, which must be named where
    anything does."""
    require(Act.RECORD_ORGANISATION, actor, whole_of(actor))
    part, hangs = _one(actor, part_id), what_hangs_on(_one(actor, part_id))
    if hangs and not into_id:
        raise Refused(
            f"{part.name} cannot go yet.", f"On it hang {hangs}.", "Say which part they go to.", field="into"
        )
    into = _one(actor, into_id) if into_id else None
    if into is not None and into.id == part.id:
        raise Refused("A part cannot go into itself.", "", "Choose another part.", field="into")
    for field, rows in _hanging_on(part):
        rows.update(**{field: into})
    write_line(
        actor,
        Act.RECORD_ORGANISATION,
        part.partnership_id,
        part.id,
        removed=part.name,
        into=into.name if into else "",
        moved=hangs,
    )
    part.delete()


def what_hangs_on(part: Part) -> str:
    """How many of what, in words; blank where nothing does.

    Counted by tables alone, whatever the reader may see of the rows.
    """
    counts = [(rows.count(), rows.model) for _, rows in _hanging_on(part)]
    return " and ".join(f"{number} {_called(model, number)}" for number, model in counts if number)


def _hanging_on(part: Part) -> Iterator[tuple[str, QuerySet[Model]]]:
    for link in Part._meta.related_objects:
        model = link.related_model
        yield link.field.name, model._base_manager.filter(**{link.field.name: part})


def _called(model: type[Model], number: int) -> str:
    words = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    return str(words)


def _one(actor: Actor, part_id: str) -> Part:
    return only(admitted(Act.RECORD_ORGANISATION, actor, Part.objects.filter(id=part_id)))


def _a_name(text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise Refused("A part has a name.", "", "Write down what it is called.", field="name")
    return said
