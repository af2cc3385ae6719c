"""How is a row written so that it can be read exactly, by anybody, and put back only when it is sound?"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Field, Model

from folkmoot.apps.places.actions import RESERVED, SLUG
from folkmoot.apps.places.models import Account, DiaryDetail, DiaryLine, Partnership
from folkmoot.core.kernel.ids import is_id
from folkmoot.site.carrying.tables import HOME, LEFT_BEHIND, Table

FINGERPRINT = re.compile(r"[0-9a-f]{64}", re.ASCII)
NUMBER = "number"  # a detail of the diary is known by its line's own number


class Unsound(Exception):
    """A value that cannot stand in its column; the sentence says why."""


def plain_rows(table: Table, partnership_id: str) -> Iterator[dict[str, Any]]:
    """A table's rows in plain values, by the names of their columns."""
    numbers: dict[int, int] = {}
    if table.model is DiaryDetail:
        lines = DiaryLine.objects.filter(partnership_id=partnership_id).order_by("number")
        numbers = dict(lines.values_list("serial", "number"))
    for row in table.rows(partnership_id).iterator(chunk_size=500):
        if table.model is DiaryDetail:
            yield {NUMBER: numbers[row.pk], "salt": row.salt, "text": row.text}
        else:
            yield {column.attname: _plain(column, row) for column in table.columns}


def _plain(column: Field, row: Model) -> Any:
    value = getattr(row, column.attname)
    if isinstance(column, models.ForeignKey) and column.related_model._meta.label in LEFT_BEHIND:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return str(value) if isinstance(value, Decimal) else value


@dataclass(slots=True)
class Reading:
    """The rows of a file as they are checked: which keys there are, and which others they point to."""

    partnership_id: str
    keys: dict[type[Model], set[Any]] = field(default_factory=dict)
    wanted: dict[type[Model], set[Any]] = field(default_factory=dict)

    def check(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Each row with its values as the model has them. Raises Unsound at the first that cannot be."""
        known = self.keys.setdefault(table.model, set())
        for count, row in enumerate(rows, start=1):
            try:
                values = self._row(table, row)
                key = values.get(table.model._meta.pk.attname, values.get(NUMBER))
                if key in known:
                    raise Unsound("it stands there twice")
            except Unsound as error:
                raise Unsound(f"Row {count} of {table.name}: {error}.") from error
            known.add(key)
            yield values

    def check_links(self) -> None:
        """Raises Unsound when a row points to one that is not in the file."""
        for model, wanted in self.wanted.items():
            if lost := wanted - self.keys.get(model, set()):
                raise Unsound(
                    f"A row points to {model._meta.db_table} {min(map(str, lost))}, which is not there."
                )

    def _row(self, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
        if table.model is DiaryDetail:
            return self._detail(row)
        columns = {column.attname: column for column in table.columns}
        if odd := sorted(set(row) - set(columns)):
            raise Unsound(f"there is no column “{odd[0][:60]}”")
        values = {name: _value(table, column, row, name) for name, column in columns.items()}
        if values.get(HOME, self.partnership_id) != self.partnership_id:
            raise Unsound("it belongs to another partnership")
        for link in table.links:
            if values[link.attname] is not None:
                self.wanted.setdefault(link.related_model, set()).add(values[link.attname])
        return values

    def _detail(self, row: Mapping[str, Any]) -> dict[str, Any]:
        if set(row) != {NUMBER, "salt", "text"}:
            raise Unsound("it has not the columns number, salt and text")
        if not (_is_number(row[NUMBER]) and isinstance(row["salt"], str) and isinstance(row["text"], str)):
            raise Unsound("its columns are not what they should be")
        if len(row["salt"]) > 64 or "\x00" in row["salt"] + row["text"]:
            raise Unsound("its columns are not what they should be")
        self.wanted.setdefault(DiaryLine, set()).add(row[NUMBER])
        return dict(row)


def _value(table: Table, column: Field, row: Mapping[str, Any], name: str) -> Any:
    if name not in row:
        # A column that came with a later version than the one that wrote the file.
        if column.has_default() or column.null or column.blank:
            return column.get_default() if column.has_default() or column.null else ""
        raise Unsound(f"the column “{name}” is missing")
    try:
        value = _read(column, row[name])
        _check(table, column, name, value)
    except (ValueError, KeyError, ValidationError, OverflowError, InvalidOperation) as error:
        raise Unsound(f"“{name}” holds what cannot stand there") from error
    return value


def _read(column: Field, value: Any) -> Any:
    """The value as the model has it. ValueError for another kind of value than the column's."""
    if value is None:
        if not column.null:
            raise ValueError("nothing")
        return None
    if isinstance(column, models.ForeignKey):
        column = column.target_field
    for kinds, read in READERS:
        if isinstance(column, kinds):
            return read(value)
    raise ValueError(f"{type(column).__name__} is not known")


def _of(kind: type, turn: Callable[[Any], Any] = lambda value: value) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError("another kind of value")
        return turn(value)

    return read


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment must name its zone")
    return moment.astimezone(UTC)


def _text(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a text with a character that is none")
    return text.encode().decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not in base64") from error


# The first kind that fits; a moment is also a day to Django, and so stands before it.
READERS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (models.BooleanField, _of(bool)),
    (models.IntegerField, _of(int)),
    (models.DateTimeField, _of(str, _moment)),
    (models.DateField, _of(str, date.fromisoformat)),
    (models.DecimalField, _of(str, Decimal)),
    (models.FloatField, _of(float)),
    (models.JSONField, lambda value: value),
    (models.BinaryField, _of(str, _bytes)),
    ((models.CharField, models.TextField), _of(str, _text)),
)


def _check(table: Table, column: Field, name: str, value: Any) -> None:
    """What the model asks of a value. What may become the name of a file on the disk is checked most."""
    if value in (None, ""):
        return
    if isinstance(column, models.CharField) and column.max_length and len(value) > column.max_length:
        raise ValueError("too long")
    if name == "sha256" and not FINGERPRINT.fullmatch(value):
        raise ValueError("no fingerprint")
    if (
        isinstance(column, models.CharField)
        and (column.primary_key or name.endswith("_id"))
        and not is_id(value)
    ):
        raise ValueError("no id")
    # An address that a sheet of contacts brought in may be odd; one that signs in may not.
    if not isinstance(column, models.ForeignKey | models.EmailField) or table.model is Account:
        column.clean(value, None)
    if table.model is Partnership:
        _check_partnership(name, value)


def _check_partnership(name: str, value: Any) -> None:
    if name == "zone":
        ZoneInfo(value)
    if name == "slug" and (value in RESERVED or not SLUG.fullmatch(value)):
        raise ValueError("no name for addresses")
    if name == "currency" and not re.fullmatch(r"[A-Z]{3}", value):
        raise ValueError("no currency")


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 < value < 2**31
