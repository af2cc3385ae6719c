"""How is text kept that PostgreSQL cannot hold, and what is said when it does not answer?

Django looks for a database's wrapper in a module of this name.

What PostgreSQL says of a connection that failed may quote a piece of a badly written URL, so our own words
are put in its place. SQLite keeps the character NUL in a text, PostgreSQL refuses the whole statement. It
comes from hostile addresses and from broken files, by every door, so it is replaced here, where all of them
meet, by the mark for what cannot be read.
"""

from typing import Any

from django.db.backends.postgresql import base, operations
from psycopg import Connection, Error
from psycopg.types.string import StrDumper, StrDumperUnknown

from folkmoot.site.database import why_not

NUL, UNREADABLE = "\x00", "\ufffd"


def readable(value: Any) -> Any:
    """Plain values as they are, with the mark wherever a text held NUL."""
    if isinstance(value, str):
        return value.replace(NUL, UNREADABLE)
    if isinstance(value, dict):
        return {readable(key): readable(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [readable(held) for held in value]
    return value


class Text(StrDumper):
    """A text where PostgreSQL is told that it is one."""

    def dump(self, obj: str) -> Any:
        return super().dump(readable(obj))


class TextOfAnyKind(StrDumperUnknown):
    """A text whose kind PostgreSQL works out."""

    def dump(self, obj: str) -> Any:
        return super().dump(readable(obj))


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, with readable text inside of JSON."""

    def adapt_json_value(self, value: Any, encoder: Any) -> Any:
        return super().adapt_json_value(readable(value), encoder)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with readable text and our own words about a connection that failed."""

    ops_class = DatabaseOperations

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        try:
            connection: Connection[Any] = super().get_new_connection(conn_params)
        except Error as error:
            raise type(error)(why_not(error)) from None
        # The last one is what a text gets by default, as in psycopg itself.
        for dumper in (Text, TextOfAnyKind):
            connection.adapters.register_dumper(str, dumper)
        return connection
