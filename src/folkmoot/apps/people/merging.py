"""How do two records of one person become one, so that it can be taken back to the letter?

Every row that points to the other record is found by the tables' own keys and pointed to the record that is
kept, so that a room which is still to come moves too. Rows that cannot stand twice are laid aside whole.
"""

from collections.abc import Iterator, Mapping

from django.db import IntegrityError, transaction
from django.db.models import Field, Model

from folkmoot.apps.people.contacts_records import snapshot
from folkmoot.apps.people.models import Distinct, Merge, Note
from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import CircleOf, Person, Post
from folkmoot.apps.places.queries import PERSON, admitted, only, whole_of
from folkmoot.apps.places.turns import in_turn
from folkmoot.core.access import Act, Actor, require
from folkmoot.core.kernel.errors import Refused

FIELDS = ("name", "email", "circle", "source", "review_on")  # of which one of the two is kept
WIDTH = {circle: width for width, circle in enumerate(CircleOf.values)}  # from the closest to the widest
Values = dict[str, object]


@in_turn
def merge_people(
    actor: Actor,
    *,
    kept_id: str,
    gone_id: str,
    from_other: tuple[str, ...] | list[str] = (),
    from_kept: tuple[str, ...] | list[str] = (),
) -> Merge:
    """Two records are one person's: `kept_id` stays with both histories, and takes the fields named in
    `from_other` from the other record. Of the two circles it takes the closer one, unless `circle` was
    chosen from either record. Both addresses and names go on meaning the person."""
    require(Act.MERGE_PEOPLE, actor, whole_of(actor))
    kept, gone = _person(actor, kept_id), _person(actor, gone_id)
    if kept.id == gone.id:
        raise Refused("This is one record, not two.", field="gone_id")
    taken = _taken(kept, gone, set(from_other), set(from_kept))
    before, moved = snapshot(kept), _move_all(gone, kept)
    merge = Merge(
        partnership_id=kept.partnership_id,
        kept=kept,
        gone_id=gone.id,
        gone=snapshot(gone),
        was=before,
        moved=moved,
        account_id=actor.account_id,
        merged_at=clock.now(),
    )
    for name in taken:
        setattr(kept, name, getattr(gone, name))
    gone.delete()
    kept.save()
    merge.moved["narrowed"] = _narrow_notes(kept)
    merge.was = {**before, "id": kept.id, "after": snapshot(kept)}
    merge.save()
    write_line(actor, Act.MERGE_PEOPLE, kept.partnership_id, kept.id, merged=merge.gone_id)
    return merge


@in_turn
def undo_merge(actor: Actor, *, merge_id: str) -> Merge:
    """The two records stand apart again, each with the rows that it had; what came since stays with the
    record that was kept. Undone twice is once."""
    require(Act.MERGE_PEOPLE, actor, whole_of(actor))
    merge = only(admitted(Act.MERGE_PEOPLE, actor, Merge.objects.select_related("kept").filter(id=merge_id)))
    if merge.undone_at:
        return merge
    if merge.was["id"] != merge.kept_id:
        raise Refused(
            "This cannot be taken back yet.",
            f"The record that was kept became one with {merge.kept.name} later.",
            "Take that back first.",
        )
    gone = Person(id=merge.gone_id, partnership_id=merge.partnership_id, **_values(Person, merge.gone))
    gone.save(force_insert=True)
    _move_back(merge, gone)
    _put_back_fields(merge)
    merge.undone_at = clock.now()
    merge.save(update_fields=["undone_at"])
    write_line(actor, Act.MERGE_PEOPLE, merge.partnership_id, merge.kept_id, apart=merge.gone_id)
    return merge


@in_turn
def tell_apart(actor: Actor, *, one_id: str, other_id: str) -> Distinct:
    """Somebody says that these are two people: they are not offered as one again."""
    require(Act.MERGE_PEOPLE, actor, whole_of(actor))
    one, other = sorted((_person(actor, one_id).id, _person(actor, other_id).id))
    if one == other:
        raise Refused("This is one record, not two.", field="other_id")
    told, made = Distinct.objects.get_or_create(
        one_id=one,
        other_id=other,
        defaults={
            "partnership_id": actor.partnership_id,
            "account_id": actor.account_id,
            "said_at": clock.now(),
        },
    )
    if made:
        write_line(actor, Act.MERGE_PEOPLE, actor.partnership_id, told.id, one=one, other=other, two=True)
    return told


def pointing(person: Person) -> Iterator[tuple[Field, Model]]:
    """Every row that points to a person, with the key by which it does."""
    for relation in Person._meta.related_objects:
        key = relation.field
        for row in relation.related_model._base_manager.filter(**{key.name: person}).order_by("pk"):
            yield key, row


def _person(actor: Actor, person_id: str) -> Person:
    return only(admitted(Act.MERGE_PEOPLE, actor, Person.objects.filter(id=person_id), PERSON))


def _taken(kept: Person, gone: Person, from_other: set[str], from_kept: set[str]) -> set[str]:
    """The fields that the other record gives: those that were chosen, and its circle where that is closer
    and nobody chose one. Nobody may come to be seen by more people unless somebody said so."""
    for field, chosen in (("from_other", from_other), ("from_kept", from_kept)):
        if unknown := chosen - set(FIELDS):
            raise Refused(f"There is no “{min(unknown)}” to take from a record.", field=field)
    if twice := from_other & from_kept:
        raise Refused(f"Take “{min(twice)}” from one of the two records.", field="from_kept")
    closer = "circle" not in from_kept and WIDTH[gone.circle] < WIDTH[kept.circle]
    return from_other | ({"circle"} if closer else set())


def _move_all(gone: Person, kept: Person) -> dict[str, list[Values]]:
    """Points every row from the one record to the other; what was done, so that it can be undone."""
    moved: list[Values] = []
    aside: list[Values] = []
    made: list[Values] = []
    for key, row in list(pointing(gone)):
        told = {"table": row._meta.label, "id": row.pk, "key": key.attname}
        if isinstance(row, Distinct):
            aside.append({**told, "row": _whole(row)})
            made += _told_apart_again(row, gone, kept)
        elif (isinstance(row, Post) and _has_post(kept, row)) or not _moves(row, key, kept):
            aside.append({**told, "row": _whole(row)})
            _lay_aside(row)
        else:
            moved.append(told)
    return {"rows": moved, "aside": aside, "made": made}


def _moves(row: Model, key: Field, kept: Person) -> bool:
    """Whether the row can stand with the other record; not where one like it stands there already."""
    try:
        with transaction.atomic():
            row._meta.model._base_manager.filter(pk=row.pk).update(**{key.attname: kept.pk})
    except IntegrityError:
        return False
    return True


def _lay_aside(row: Model) -> None:
    for relation in row._meta.related_objects:
        if relation.related_model._base_manager.filter(**{relation.field.name: row.pk}).exists():
            raise Refused(
                "These two records cannot be merged.",
                f"Both have one of the {row._meta.verbose_name_plural}, with more behind it.",
                "Remove one of the two first.",
            )
    row.delete()


def _has_post(kept: Person, post: Post) -> bool:
    """Whether the same post stands with the other record already, and says at least as much."""
    like = Post.objects.filter(person=kept, organisation_id=post.organisation_id, title__iexact=post.title)
    said = {name: value for name, value in snapshot(post).items() if value not in (None, "")}
    del said["person_id"]
    said.pop("title", None)
    return any(all(snapshot(other)[name] == value for name, value in said.items()) for other in like)


def _told_apart_again(row: Distinct, gone: Person, kept: Person) -> list[Values]:
    """That the other record and somebody are two people holds for the record that is kept."""
    third = row.other_id if row.one_id == gone.id else row.one_id
    held = {"said_at": row.said_at, "account_id": row.account_id, "partnership_id": row.partnership_id}
    row.delete()
    if third == kept.id:
        return []
    one, other = sorted((third, kept.id))
    told, made = Distinct.objects.get_or_create(one_id=one, other_id=other, defaults=held)
    return [{"table": told._meta.label, "id": told.pk}] if made else []


def _narrow_notes(kept: Person) -> list[Values]:
    """Notes reach no further than the person whom they are about; what they reached before."""
    wider = [circle for circle in CircleOf.values if WIDTH[circle] > WIDTH[kept.circle]]
    notes = Note.objects.filter(person=kept, circle__in=wider)
    told = [{"id": id, "circle": circle} for id, circle in notes.order_by("id").values_list("id", "circle")]
    notes.update(circle=kept.circle)
    return told


def _move_back(merge: Merge, gone: Person) -> None:
    models = {
        relation.related_model._meta.label: relation.related_model
        for relation in Person._meta.related_objects
    }
    for told in merge.moved["made"]:
        models[told["table"]]._base_manager.filter(pk=told["id"]).delete()
    for told in merge.moved["rows"]:
        here = {"pk": told["id"], told["key"]: merge.kept_id}
        models[told["table"]]._base_manager.filter(**here).update(**{told["key"]: gone.pk})
    for told in merge.moved["narrowed"]:
        notes = Note.objects.filter(id=told["id"], circle=merge.was["after"]["circle"])
        notes.update(circle=told["circle"])
    for told in merge.moved["aside"]:
        _restore(models[told["table"]], told)


def _restore(model: type[Model], told: Values) -> None:
    """A row that was laid aside, unless what it needs is gone or one like it has come since."""
    row = model(pk=told["id"], **_values(model, told["row"]))
    for key in (field for field in model._meta.concrete_fields if field.is_relation):
        there = key.related_model._base_manager.filter(pk=getattr(row, key.attname)).exists()
        if not there and not key.null:
            return
        if not there:
            setattr(row, key.attname, None)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return


def _put_back_fields(merge: Merge) -> None:
    """Each field of the kept record goes back, where nobody has changed it since."""
    now, after = snapshot(merge.kept), merge.was["after"]
    before = _values(Person, {name: merge.was[name] for name in after if now[name] == after[name]})
    Person.objects.filter(id=merge.kept_id).update(**before)


def _whole(row: Model) -> Values:
    return {"partnership_id": getattr(row, "partnership_id", None), **snapshot(row)}


def _values(model: type[Model], held: Mapping[str, object]) -> Values:
    """What was written down, as values of the table's fields."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in held.items() if name in fields}
