"""How do checked rows take their place in the tables, without touching anything that is there?"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import Model

from folkmoot.apps.places.actions import RESERVED, SLUG
from folkmoot.apps.places.models import Account, DiaryDetail, DiaryLine, Partnership, Place
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.kernel.ids import new_id
from folkmoot.site.carrying.rows import NUMBER, Reading, Unsound
from folkmoot.site.carrying.tables import Table, table_of, tables
from folkmoot.site.carrying.unpacking import Unpacked, changed

ROWS_AT_ONCE = 200
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Rows = Iterator[dict[str, Any]]


@dataclass(slots=True)
class Known:
    """The file's partnership, and which accounts and which place stand for those of the file.

    An account is known by its address alone: an id in a file gives nobody's account away.
    """

    partnership_id: str
    slug: str
    name: str
    currency: str
    accounts: dict[str, str] = field(default_factory=dict)
    place: dict[str, str] = field(default_factory=dict)
    new_accounts: list[Account] = field(default_factory=list)
    new_place: Place | None = None

    @classmethod
    def of(cls, file: Unpacked, reading: Reading, slug: str) -> "Known":
        """Read from the file and held against what is here. Refused where they cannot stand together."""
        partnerships, places = list(_rows(file, Partnership)), list(_rows(file, Place))
        if [row["id"] for row in partnerships] != [reading.partnership_id] or len(places) != 1:
            raise changed(file.path, "It holds not one partnership in one place.")
        own = partnerships[0]
        known = cls(own["id"], slug or own["slug"], own["name"], own["currency"])
        _require_free(known.partnership_id, known.slug)
        known._meet_accounts(file)
        known._meet_place(places[0])
        for table in tables():
            if table.model not in (Account, Place, DiaryLine, DiaryDetail):
                _require_new(file, table, reading.keys.get(table.model, ()))
        _require_no_reach(file)
        return known

    def _meet_accounts(self, file: Unpacked) -> None:
        met: set[str] = set()
        for row in _rows(file, Account):
            address = row["email"].strip().lower()
            if not address or address in met:
                raise changed(file.path, "Two of its accounts have one address, or one has none.")
            met.add(address)
            here = Account.objects.filter(email__iexact=address).first()
            if here is None:
                taken = Account.objects.filter(id=row["id"]).exists()
                here = Account(
                    id=new_id() if taken else row["id"],
                    email=address,
                    name=row["name"],
                    # Whoever was shut out stays so; a file opens no account that is shut here.
                    is_active=row["is_active"],
                )
                self.new_accounts.append(here)
            self.accounts[row["id"]] = here.id

    def _meet_place(self, row: dict[str, Any]) -> None:
        here = Place.objects.filter(name=row["name"]).first()
        if here is None:
            taken = Place.objects.filter(id=row["id"]).exists()
            here = self.new_place = Place(id=new_id() if taken else row["id"], name=row["name"])
        self.place[row["id"]] = here.id


def put_in(file: Unpacked, known: Known) -> None:
    """Every row of the file becomes one here; call it in a transaction. Nothing that is here is changed."""
    if known.new_place:
        known.new_place.save(force_insert=True)
    for account in known.new_accounts:
        account.save(force_insert=True)
    for table in tables():
        if table.model in (Account, Place) or f"tables/{table.name}.json" not in file.sums:
            continue
        rows = _rows(file, table.model)
        made = _details(known, rows) if table.model is DiaryDetail else _made(table, known, rows)
        while batch := list(islice(made, ROWS_AT_ONCE)):
            table.model._base_manager.bulk_create(batch)


def _made(table: Table, known: Known, rows: Rows) -> Iterator[Model]:
    moves = [
        (link.attname, _now(known, link)) for link in table.links if link.related_model in (Account, Place)
    ]
    # Columns that name an account without pointing to it; the diary's are under its fingerprints.
    if table.model is not DiaryLine:
        names = {column.attname for column in table.columns if not isinstance(column, models.ForeignKey)}
        moves += [("account_id", known.accounts)] if "account_id" in names else []
    for row in rows:
        for name, now in moves:
            row[name] = now.get(row[name], row[name])
        if table.model is Partnership:
            row["slug"] = known.slug
        yield table.model(**row)


def _now(known: Known, link: models.ForeignKey) -> dict[str, str]:
    return known.accounts if link.related_model is Account else known.place


def _details(known: Known, rows: Rows) -> Iterator[Model]:
    own = DiaryLine.objects.filter(partnership_id=known.partnership_id)
    serials = dict(own.values_list("number", "serial"))
    for row in rows:
        yield DiaryDetail(serial=serials[row.pop(NUMBER)], **row)


def _require_free(partnership_id: str, slug: str) -> None:
    if Partnership.objects.filter(id=partnership_id).exists():
        raise Refused(
            "This partnership is here already.",
            "A record is taken in once; taken in again it would stand beside itself.",
            "Use the one that is here, or import the file on another install.",
        )
    if slug in RESERVED or not SLUG.fullmatch(slug):
        raise Refused(
            f"A partnership cannot be called “{slug}” in addresses.", "", "Name another one with --slug."
        )
    if Partnership.objects.filter(slug=slug).exists():
        raise Refused(
            f"There is another partnership at “{slug}”.", "", "Name another address with --slug NEW."
        )


def _require_new(file: Unpacked, table: Table, ids: Iterable[str]) -> None:
    """A row that is here already belongs to somebody else."""
    keys = iter(sorted(ids))
    while some := list(islice(keys, 500)):
        if table.model._base_manager.filter(pk__in=some).exists():
            raise Refused(
                f"“{file.path.name}” was not taken in.",
                f"A row of {table.name} in it is here already, in another partnership.",
                "Ask whoever sent you the file.",
            )


def _require_no_reach(file: Unpacked) -> None:
    """What is written down to be undone later names rows by their ids; none may be of another partnership."""
    named: set[str] = set()
    for table in tables():
        texts = [column.attname for column in table.columns if isinstance(column, models.JSONField)]
        for row in _rows(file, table.model) if texts else ():
            named.update(*(ID.findall(json.dumps(row[name]).lower()) for name in texts))
    for table in tables():
        if table.model not in (Account, Place, DiaryLine, DiaryDetail):
            _require_new(file, table, named)


def _rows(file: Unpacked, model: type[Model]) -> Rows:
    """The rows of one table, read anew: they are never all in memory."""
    table = table_of(model)
    name = f"tables/{table.name}.json"
    if name not in file.sums:
        return
    try:
        yield from Reading(_only(file)).check(table, file.rows(name))
    except Unsound as error:
        raise changed(file.path, str(error)) from error


def _only(file: Unpacked) -> str:
    return str(file.plain("contents.json")["partnership"]["id"])
