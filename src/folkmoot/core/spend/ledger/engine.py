"""How is the query engine asked, within bounds and without a network?"""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import duckdb

from folkmoot.core.kernel.errors import Refused

ENGINE: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "512MB",
    "temp_directory": tempfile.gettempdir(),
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def run(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """The rows that answer a query. Refused when a file that the manifest lists is missing or damaged."""
    with closing(duckdb.connect(":memory:", config=ENGINE)) as connection:
        try:
            return connection.execute(sql, values).fetchall()
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise Refused(
                "The ledger could not be asked.",
                "A file that its manifest lists is missing or damaged.",
                "Restore the ledger folder from a backup.",
            ) from error
