"""In which words does a row say what it keeps about somebody?

Tables have columns and people have words: each table a heading, each column a label, each value as people
write it. What a new table calls its columns is good enough until it is given better words here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import BinaryField, Field, Model

from folkmoot.apps.places.models import Account, Partnership, Person
from folkmoot.core.kernel.when import say_day

# Secrets and fingerprints: to show one would be to give it away.
NEVER_SHOWN = {"secret_hash", "password", "salt", "key", "sha256", "hash", "previous", "detail_hash"}
HEADINGS = {
    "places.Person": "Name, address and circle",
    "places.Post": "Posts",
    "places.Membership": "Membership of the partnership",
    "places.Account": "Account to sign in with",
    "places.Invitation": "Invitations",
    "places.Token": "Programs that act for them",
    "people.Note": "Notes",
    "people.NoteVersion": "What notes said before they were corrected",
    "people.Merge": "Records that were found to be the same person's",
    "people.Distinct": "People they were told apart from",
    "people.ContactsImport": "Files of contacts that named them",
    "network.Stance": "Where they stood",
    "network.Promise": "Promises",
    "django_tasks_database.DBTaskResult": "What the machine does next",
    "sessions.Session": "Browsers that are signed in",
    "places.Job": "Long work",
    "spend.Upload": "Published files and their payments",
    "account.EmailAddress": "Addresses that can be signed in with",
    "account.EmailConfirmation": "Addresses that are being confirmed",
}
ONE_OF = {"people.ContactsImport": "A file of contacts", "people.Merge": "A record that was merged"}
LABELS = {
    "on": "On which day",
    "text": "What it says",
    "ours": "Promised by us",
    "noted_on": "Noted on",
    "review_on": "To be looked at again by",
    "reminded_on": "First reminded on",
    "basis": "Why it may be kept",
    "circle": "Who may see it",
    "source": "Where it is from",
    "evidence": "How we know",
    "expires_on": "Counts until",
    "part": "Part of the system",
    "hint": "Begins with",
    "scopes": "May do",
    "gone": "What the other record said",
    "was": "What this record said before",
    "moved": "What moved with it",
    "note": "The note as it is now",
    "email": "E-mail address",
    "is_active": "Open",
    "undone_at": "Taken back",
    "knowingly": "Kept knowingly, though it may speak of what the law guards most",
}
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HIDDEN = {"reminder_seen_on", "reminder_days", "primary"}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a row says: its label, the value as a program reads it, and as people do."""

    label: str
    value: object
    words: str


def heading(model: type[Model]) -> str:
    """What a table is called."""
    plural = str(model._meta.verbose_name_plural)
    return HEADINGS.get(model._meta.label, plural[:1].upper() + plural[1:])


def one_of(model: type[Model]) -> str:
    """What one row of a table is called, where its own name is not to be told."""
    name = str(model._meta.verbose_name)
    return ONE_OF.get(model._meta.label, name[:1].upper() + name[1:])


def say_row(row: Model, zone: str) -> tuple[Said, ...]:
    """What a row says, without ids, secrets and what is empty."""
    return tuple(said for field in row._meta.concrete_fields for said in _say_field(row, field, zone))


def say(value: object, zone: str = "UTC") -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        here = value.astimezone(ZoneInfo(zone))
        return f"{say_day(here)} at {here:%H:%M}"
    if isinstance(value, date):
        return say_day(value)
    if isinstance(value, dict):
        held = ((key, say(inner, zone)) for key, inner in value.items())
        return "; ".join(f"{_label(str(key))}: {words}" for key, words in held if words)
    if isinstance(value, list | tuple):
        return ", ".join(words for inner in value if (words := say(inner, zone)))
    return "" if value is None else _say_text(str(value))


def is_id(text: str) -> bool:
    """Whether a text is the id of a row."""
    return len(text) == 36 and text.count("-") == 4 and " " not in text


def _say_text(text: str) -> str:
    """Days that a program wrote are said as people write them; an id tells a reader nothing."""
    if is_id(text):
        return ""
    try:
        return say_day(date.fromisoformat(text)) if ISO_DAY.fullmatch(text) else text
    except ValueError:
        return text


def _say_field(row: Model, field: Field, zone: str) -> Iterator[Said]:
    if field.primary_key or field.name in NEVER_SHOWN | HIDDEN or isinstance(field, BinaryField):
        return
    if field.name.endswith("_id") or field.related_model in (Partnership, Person, Account):
        return
    value = getattr(row, field.name)
    if field.is_relation:
        value = str(value) if value is not None else None
    elif field.choices:
        value = getattr(row, f"get_{field.name}_display")()
    words = say(value, zone)
    if words:
        yield Said(_label(field.name, str(field.verbose_name)), _plain(value), words)


def _label(name: str, otherwise: str = "") -> str:
    words = LABELS.get(name) or otherwise or name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
