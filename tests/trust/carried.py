"""Which small place do the tests carry about, and how do they forge its file?"""

import io
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from core.spend.importing import spend_list
from folkmoot.apps.network import actions as network
from folkmoot.apps.places import actions as places
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import DiaryDetail, DiaryLine, Job, Partnership, Person
from folkmoot.apps.spend import actions as spend
from folkmoot.apps.spend.shelves import ledger_of
from folkmoot.core.access import OPERATOR
from folkmoot.core.spend import Recipe
from folkmoot.core.spend.reading import Role
from folkmoot.site.carrying.packing import SUMS, packing
from folkmoot.site.carrying.unpacking import unpacking
from partnership import Town

HOSTILE = "=cmd|' /C calc'!A0"
Members = dict[str, bytes]
Change = Callable[[Members], object]


# As a record may have it that is older than the rule about names.
ODD = "Odd\u202e"


def furnish(town: Town) -> None:
    """People, support, a published file that was read and one that waits, and what persons said."""
    convenor = town.convenor
    body = places.record_organisation(convenor, name="Marram Council", anchor=True)
    ask = network.make_ask(convenor, text="Buy in lots")
    for name in ("Ada Quill", HOSTILE, "Åsa Öst", "Odd"):
        person = places.record_person(convenor, name=name, email="odd address@x")
        places.record_post(convenor, person_id=person.id, organisation_id=body.id, title="Lead")
        network.record_stance(
            convenor, person_id=person.id, ask_id=ask.id, stance="active", on=date(2026, 11, 1),
            evidence="Said so.",
        )  # fmt: skip
    Person.objects.filter(name="Odd").update(name=ODD)
    for number, name in enumerate(("read.csv", "waits.csv")):
        file = io.BytesIO(spend_list(1 + number, 100).encode())
        upload = spend.upload_file(convenor, anchor_id=body.id, file=file, file_name=name)
        if name == "read.csv":
            spend.read_upload(convenor, upload_id=upload.id)
            spend.carry_out(OPERATOR, job_id=Job.objects.get(subject_id=upload.id).id)
    columns = {Role.PAID_ON: 0, Role.PAYEE: 1, Role.AMOUNT: 2}
    for headings in (("Date", "Supplier", "Amount"), ("Day", "Payee", "Sum")):
        recipe = Recipe("utf-8", ",", 1, headings, columns)
        ledger_of(town.partnership.id).keep_recipe(recipe, anchor="Marram Council", anchor_id=body.id)


def take_away(partnership_id: str) -> None:
    """This install knows nothing of the partnership any more, as another one would."""
    lines = DiaryLine.objects.filter(partnership_id=partnership_id)
    DiaryDetail.objects.filter(serial__in=list(lines.values_list("serial", flat=True))).delete()
    lines.delete()
    # Uploads hold their anchor.
    Partnership.objects.get(id=partnership_id).upload_set.all().delete()
    for stance in Partnership.objects.get(id=partnership_id).stance_set.all():
        stance.delete()
    Partnership.objects.filter(id=partnership_id).delete()
    for shelf in ("ledgers", "originals"):
        shutil.rmtree(settings.FOLKMOOT_DATA / shelf / partnership_id, ignore_errors=True)


def held_in(path: Path) -> Members:
    """Every member of a file, by name."""
    with unpacking(path) as file:
        return {name: b"".join(file.pieces(name)) for name in file.names}


def forge(path: Path, change: Change) -> Path:
    """The file with something changed in it, and every fingerprint made anew, as whoever means harm would."""
    members = held_in(path)
    change(members)
    forged = path.with_name("forged.zip")
    with packing(forged) as pack:
        for name, body in members.items():
            pack.add(name, [body])
        assert SUMS not in members
    return forged


def rows_of(members: Members, table: str) -> list[dict[str, Any]]:
    """The rows of a table in the file."""
    return json.loads(members[f"tables/{table}.json"])


def with_rows(members: Members, table: str, rows: list[dict[str, Any]]) -> None:
    """Other rows in their place, counted as the file counts them."""
    lines = ",\n".join(json.dumps(row) for row in rows)
    members[f"tables/{table}.json"] = f"[\n{lines}\n]\n".encode()
    with_plain(members, "contents.json", lambda told: told["tables"].update({table: len(rows)}))
    with_plain(members, "figures.json", lambda told: told["rows"].update({table: len(rows)}))


def with_plain(members: Members, name: str, change: Callable[[Any], object]) -> None:
    """A member in JSON, changed."""
    told = json.loads(members[name])
    change(told)
    members[name] = json.dumps(told).encode()


def edit(table: str, **values: Any) -> Change:
    """The first row of a table says something else."""

    def change(members: Members) -> None:
        rows = rows_of(members, table)
        rows[0] |= values
        with_rows(members, table, rows)

    return change


def now() -> date:
    """The day on which figures are told."""
    return clock.today()
