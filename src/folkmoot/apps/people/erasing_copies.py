"""Where do copies of what is erased still lie: in sessions, in letters, on the disk?"""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.backends.base.base import BaseDatabaseWrapper

from folkmoot.apps.people.records_whom import Whom, names


def remove_sessions(meant: Whom, accounts: set[str]) -> None:
    """Whoever was erased is signed out everywhere; from others' sessions go confirmations that name them."""
    for session in Session.objects.all().iterator():
        held = session.get_decoded()
        owner = held.get(SESSION_KEY)
        if owner in accounts or (not owner and names(meant, held)):
            session.delete()
        elif owner not in {account.id for account in meant.accounts} and names(meant, held):
            kept = {key: value for key, value in held.items() if not names(meant, [key, _plain(value)])}
            session.session_data = SessionStore().encode(kept)
            session.save(update_fields=["session_data"])


def remove_letters(meant: Whom) -> None:
    """Letters that were written to files instead of being sent, as a demonstration does."""
    if not settings.EMAIL_FILE_PATH:
        return
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        written = path.read_bytes()
        letter = message_from_bytes(written, policy=policy.default)
        if names(meant, [*_words(letter), written.decode(errors="replace")]):
            path.unlink(missing_ok=True)


def overwrite_freed_pages(connection: BaseDatabaseWrapper) -> None:
    """SQLite overwrites what is deleted (see the settings); here its log of changes is emptied as well.

    Where somebody is reading at this moment the log is emptied by the next one who writes.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _words(letter: EmailMessage) -> list[str]:
    parts = (part for part in letter.walk() if part.get_content_maintype() == "text")
    return [*(str(value) for value in letter.values()), *(part.get_content() for part in parts)]


def _plain(value: object) -> object:
    """Confirmations are kept as a text that holds a list."""
    return value if isinstance(value, str | dict | list) else str(value)
