"""What must somebody know who opens an exported place ten years from now, without Folkmoot?"""

from collections.abc import Mapping
from pathlib import Path

from django.db import models
from django.db.models import Field

from folkmoot.apps.places.models import DiaryDetail, Partnership
from folkmoot.site.carrying.tables import COLUMNS_LEFT_BEHIND, LEFT_BEHIND, Table, tables

KINDS = (
    (models.BooleanField, "true or false"),
    (models.IntegerField, "a whole number"),
    (models.DateTimeField, "a moment in UTC, as 2026-11-16T09:00:00+00:00"),
    (models.DateField, "a day, as 2026-11-16"),
    (models.JSONField, "JSON"),
    (models.BinaryField, "bytes, written in base64"),
    ((models.CharField, models.TextField), "text"),
)
# What a name means wherever it stands; others are told by their own words.
MEANINGS = {
    "id": "the row's own id",
    "account_id": "who did it: an id in `places_account`, empty for a program or the operator",
    "sha256": "the SHA-256 of the file's bytes, in hexadecimal",
    "on": "the day of the stance",
    "slug": "the name in addresses",
    "zone": "the time zone, by its name in the IANA list",
    "currency": "the currency, by its ISO 4217 code",
    "target": "how many supporters are wanted",
    "window_days": "after how many days a stance counts as stale",
    "keep_months": "after how many months without news a record is looked at again",
    "is_active": "whether they may sign in",
    "anchor": "whether the body publishes what it spends",
    "circle": "how far it is seen",
    "expires_on": "until when it counts",
    "review_on": "when it is looked at again",
    "withdrawn_at": "when it was taken back",
    "size": "how large it is",
    "level": "how near the top of the body the post is",
    "number": "which line of the partnership's diary it is, from 1",
    "subject_id": "the id of the row that it is about",
    "previous": "the hash of the line before",
}
OPENING = Path(__file__).with_name("readme.md")


def readme(partnership: Partnership, day: str, counts: Mapping[str, int]) -> str:
    """The text, with every table and column as the models tell it."""
    parts = [
        OPENING.read_text(encoding="utf-8").format(
            name=partnership.name,
            day=day,
            zone=partnership.zone,
            currency=partnership.currency,
            window=partnership.window_days,
        ),
        "## The tables\n",
        *(_table(table, counts[table.name]) for table in tables()),
        "## What was left behind\n",
        *(f"- `{name}`: {why}." for name, why in sorted({**LEFT_BEHIND, **COLUMNS_LEFT_BEHIND}.items())),
        "- Sign-in sessions, waiting tasks, the cache and the secret key: they are the install's own.",
    ]
    return "\n".join(parts) + "\n"


def _table(table: Table, count: int) -> str:
    words = " ".join((table.model.__doc__ or "").split("\n\n")[0].split())
    lines = [
        f"### {table.name}\n",
        f"{words} {count:,} {'row' if count == 1 else 'rows'}.\n",
        "| Column | What it holds |",
        "| --- | --- |",
    ]
    if table.model is DiaryDetail:
        lines += [
            "| `number` | the number of its line |",
            "| `salt` | text |",
            "| `text` | JSON, as it was hashed |",
        ]
    else:
        lines += [f"| `{column.attname}` | {_column(column)} |" for column in table.columns]
    return "\n".join(lines) + "\n"


def _column(column: Field) -> str:
    """What it means, what kind of value it is, and which values it may have."""
    meaning = column.help_text or MEANINGS.get(column.attname, str(column.verbose_name))
    if isinstance(column, models.ForeignKey):
        return f"{column.verbose_name}: the `id` of a row in `{column.related_model._meta.db_table}`"
    kind = next((words for kinds, words in KINDS if isinstance(column, kinds)), "a value")
    choices = ", ".join(f"`{value}`" for value, _ in column.choices or ())
    asked = ", or nothing" if column.null else ""
    return f"{meaning}; {kind}{asked}{f': one of {choices}' if choices else ''}"
