"""Which rows of all tables are about one person?

Found by following the tables' own keys and not from a list, so that a room which is still to come is reached
on the day it is built: every row with a key to the person or to an account of theirs, what hangs on such a
row, every row that holds their address, and the diary. Whatever else names them in passing is a mention.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import (
    CASCADE,
    BinaryField,
    CharField,
    EmailField,
    Field,
    JSONField,
    Model,
    Q,
    QuerySet,
    TextField,
)

from folkmoot.apps.people.models import Merge
from folkmoot.apps.people.records_whom import Whom, names
from folkmoot.apps.places.models import Account, DiaryDetail, DiaryLine, Partnership, Person

Found = dict[type[Model], list[Model]]
MACHINERY = "It belongs to the machine and holds nobody's name."
BODIES = "It is about the place and its bodies, not about a person."
ONLY_IDS = "It holds ids alone; who did what stands in the diary."
LEDGER = (
    "What an anchor published is kept as it was published. A name in a payment is the publisher's to "
    "correct: ask that anchor; its mended file is then read in place of the first."
)
# Tables that hold nothing about a person, or nothing that is ours to show, each with its reason.
LEFT_OUT: dict[str, str] = {
    "auth.Permission": MACHINERY,
    "auth.Group": MACHINERY,
    "auth.Group_permissions": MACHINERY,
    "contenttypes.ContentType": MACHINERY,
    "django_tasks_database.DBTaskResult": ONLY_IDS,
    "sessions.Session": "It keeps a browser signed in, and ends by itself or when its account goes.",
    "places.Place": BODIES,
    "places.Partnership": BODIES,
    "places.Part": BODIES,
    "places.Organisation": BODIES,
    "places.Initiative": BODIES,
    "places.Job": ONLY_IDS,
    "network.Ask": "It is asked of everybody, and what somebody answered stands with their stances.",
    "spend.Upload": LEDGER,
}
# Where a name is not a mention of this person: other people's own names, bodies, and the ledger.
NO_MENTION = {
    "places.Person.name",
    "places.Person.email",
    "places.Organisation.name",
    "places.Part.name",
    "places.Invitation.name",
    "places.Invitation.email",
    "spend.Upload.*",
}
SHORTEST_TEXT = 41  # characters: what holds fewer is an id, a code or a choice


@dataclass(frozen=True, slots=True)
class Mention:
    """A text of another row that names the person."""

    row: Model
    field: str

    @property
    def table(self) -> type[Model]:
        """The table of that row."""
        return type(self.row)


def rows_about(about: Whom) -> Found:
    """Every row about the person, by table; the person first."""
    found: Found = {Person: [about.person]}
    _follow(found, Person, [about.person], every_key=True)
    if about.accounts:
        _add(found, Account, list(about.accounts))
        _follow(found, Account, about.accounts, within=about.person.partnership_id)
    # What a merge that was taken back still says of them.
    _add(found, Merge, list(Merge.objects.filter(gone_id=about.person.id)))
    for model, field in _address_fields():
        home = home_of(model)
        meant = Q()
        for address in about.addresses:
            meant |= Q(**{f"{field}__iexact": address})
        if home and about.addresses:
            rows = model._base_manager.filter(meant, **{home: about.person.partnership_id})
            _follow(found, model, _add(found, model, list(rows)))
    return found


def lines_about(about: Whom, found: Found) -> QuerySet[DiaryLine]:
    """The diary's lines about the person or about a row of theirs, and those by an account of theirs."""
    ids = {str(row.pk) for rows in found.values() for row in rows} | about.ids
    accounts = [account.id for account in about.accounts]
    lines = DiaryLine.objects.filter(partnership_id=about.person.partnership_id)
    return lines.filter(Q(subject_id__in=ids) | Q(account_id__in=accounts)).order_by("-number")


def mentions_of(about: Whom, found: Found) -> list[Mention]:
    """Where texts of other rows of the partnership name the person."""
    known = {(type(row), row.pk) for rows in found.values() for row in rows}
    home = about.person.partnership
    told = [Mention(home, "purpose")] if names(about, home.purpose) else []
    for model, fields in _texts():
        said = _naming(about, model, fields, {pk for table, pk in known if table is model})
        heavy = [one.name for one in model._meta.concrete_fields if isinstance(one, BinaryField)]
        rows = model._base_manager.defer(*heavy).in_bulk(list(said))
        told += [Mention(rows[pk], name) for pk, held in said.items() if pk in rows for name in held]
    return told


def _naming(
    about: Whom, model: type[Model], fields: list[Field], known: set[object]
) -> dict[object, list[str]]:
    """The rows of a table, by key, and those of their fields that name the person."""
    rows = model._base_manager.filter(**{home_of(model): about.person.partnership_id}).order_by()
    named = [field.name for field in fields]
    told: dict[object, list[str]] = {}
    # All are looked at: no database knows that O’Hare and O'Hare, or José and Jose, are one name.
    for pk, *values in rows.values_list("pk", *named):
        if pk not in known:
            held = [name for name, value in zip(named, values, strict=True) if value and names(about, value)]
            if held:
                told[pk] = held
    return told


def home_of(model: type[Model]) -> str:
    """Where a table's rows say to which partnership they belong: by themselves or through one key."""
    keys = [field for field in model._meta.concrete_fields if field.is_relation]
    if any(field.related_model is Partnership for field in keys):
        return next(field.name for field in keys if field.related_model is Partnership)
    for field in keys:
        beyond = [one for one in field.related_model._meta.concrete_fields if one.is_relation]
        if any(one.related_model is Partnership for one in beyond):
            return f"{field.name}__partnership"
    return ""


def reached() -> set[type[Model]]:
    """Every table that the record of a person covers, whoever the person is."""
    found: set[type[Model]] = {Person, Account, DiaryLine, DiaryDetail}
    waiting = [Person, Account, *(model for model, _ in _address_fields())]
    while waiting:
        model = waiting.pop()
        found.add(model)
        waiting += [
            key.related_model for key in model._meta.related_objects if key.related_model not in found
        ]
    return found | {model for model, fields in _texts() if not _only_texts(fields)}


def _follow(
    found: Found, model: type[Model], rows: Iterable[Model], every_key: bool = False, within: str = ""
) -> None:
    """Adds what points to these rows, and what hangs on that; `within` keeps to one partnership."""
    rows = list(rows)
    if not rows:
        return
    for key in model._meta.related_objects:
        table = key.related_model
        if not every_key and key.on_delete is not CASCADE and not within:
            continue
        near = table._base_manager.filter(**{f"{key.field.name}__in": rows})
        home = home_of(table)
        if within and home:
            near = near.filter(**{home: within})
        near = near.select_related(*(f.name for f in table._meta.concrete_fields if f.is_relation))
        _follow(found, table, _add(found, table, list(near)), within=within)


def _add(found: Found, model: type[Model], rows: list[Model]) -> list[Model]:
    """Those of the rows that were not there yet, now added."""
    there = {row.pk for row in found.get(model, [])}
    new = [row for row in rows if row.pk not in there]
    if new:
        found.setdefault(model, []).extend(new)
    return new


def _ours() -> Iterator[type[Model]]:
    for config in apps.get_app_configs():
        if config.name.startswith("folkmoot.apps."):
            yield from config.get_models()


def _address_fields() -> Iterator[tuple[type[Model], str]]:
    """Tables of a partnership with an address of their own."""
    for model in _ours():
        if model not in (Person, Account) and home_of(model):
            for field in model._meta.concrete_fields:
                if isinstance(field, EmailField):
                    yield model, field.name


def _texts() -> Iterator[tuple[type[Model], list[Field]]]:
    """The tables of a partnership and their fields in which somebody may be named in passing."""
    for model in _ours():
        label = model._meta.label
        if not home_of(model) or f"{label}.*" in NO_MENTION:
            continue
        fields = [
            field
            for field in model._meta.concrete_fields
            if _is_text(field) and f"{label}.{field.name}" not in NO_MENTION
        ]
        if fields:
            yield model, fields


def _is_text(field: Field) -> bool:
    if isinstance(field, JSONField | TextField):
        return True
    long = isinstance(field, CharField) and (field.max_length or SHORTEST_TEXT) >= SHORTEST_TEXT
    return long and not field.choices and not field.name.endswith(("_hash", "sha256"))


def _only_texts(fields: list[Field]) -> bool:
    return not any(isinstance(field, JSONField) for field in fields)
