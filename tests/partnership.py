"""Which small partnership do tests work in?"""

import shutil
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from folkmoot.apps.places import actions, clock
from folkmoot.apps.places.models import Account, Partnership
from folkmoot.apps.places.queries import actor_for
from folkmoot.core.access import NOBODY, OPERATOR, Actor, Role


@dataclass(frozen=True)
class Town:
    """One partnership, another on the same install, and an actor in each role."""

    partnership: Partnership
    elsewhere: Partnership
    convenor: Actor
    core: Actor
    member: Actor
    outsider: Actor  # signed in, but nothing to this partnership
    neighbour: Actor  # the same account where it belongs: the convenor of the other partnership
    nobody: Actor = NOBODY

    def account(self, actor: Actor) -> Account:
        """The account behind an actor, to sign in with."""
        return Account.objects.get(id=actor.account_id)


def found_town(slug: str = "marram") -> Town:
    """Founded through the same actions as everything else."""
    partnership = actions.found_partnership(
        OPERATOR, place="Marram Bay", name="Marram Bay Anchor Network", slug=slug
    )
    elsewhere = actions.found_partnership(
        OPERATOR, place="Fell Side", name="Fell Side Together", slug=f"{slug}-fell"
    )
    convenor = admit(partnership, Role.CONVENOR)
    neighbour = admit(elsewhere, Role.CONVENOR)
    for name in ("Council", "Health", "Housing"):
        actions.name_part(convenor, name=name)
    return Town(
        partnership=partnership,
        elsewhere=elsewhere,
        convenor=convenor,
        core=admit(partnership, Role.CORE),
        member=admit(partnership, Role.MEMBER),
        outsider=actor_for(Account.objects.get(id=neighbour.account_id), slug)[1],
        neighbour=neighbour,
    )


def admit(partnership: Partnership, role: Role) -> Actor:
    """An account in a role, as an actor."""
    membership = actions.admit_member(
        OPERATOR,
        partnership_id=partnership.id,
        email=f"{role}@{partnership.slug}.example",
        name=f"{role} of {partnership.slug}",
        role=role,
    )
    return actor_for(membership.account, partnership.slug)[1]


Rows = dict[str, list[tuple[object, ...]]]


def rows_of_all() -> Rows:
    """What every table holds, as the database has it and without making objects of it."""
    with connection.cursor() as cursor:
        return {table: _rows_of(cursor, table) for table in connection.introspection.django_table_names()}


def rows_where(model: type[Model], column: str, value: object) -> list[tuple[object, ...]]:
    """The rows of one table with this value, as the database has them."""
    with connection.cursor() as cursor:
        return _rows_of(
            cursor, model._meta.db_table, f"WHERE {connection.ops.quote_name(column)} = %s", value
        )


def _rows_of(cursor: CursorWrapper, table: str, which: str = "", *values: object) -> list[tuple[object, ...]]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} {which}", values or None)
    return cursor.fetchall()


class FoundedOnce:
    """The town, founded through its actions once a day in each process; afterwards its rows are put back
    as they were, which takes a tenth of the time. Each test still begins with that town and nothing else.
    """

    known: ClassVar[dict[date, tuple[Town, Rows]]] = {}

    @classmethod
    def begin(cls) -> Town:
        """The town at its beginning, without the files that an earlier test left in its folders."""
        if (today := clock.today()) in cls.known:
            _put_back(cls.known[today][1])
        else:
            before = rows_of_all()
            town = found_town()
            cls.known[today] = town, _more_than(before, rows_of_all())
        town = cls.known[today][0]
        for place in (town.partnership, town.elsewhere):
            for shelf in ("ledgers", "originals"):
                shutil.rmtree(settings.FOLKMOOT_DATA / shelf / place.id, ignore_errors=True)
            (settings.FOLKMOOT_DATA / "exports" / f"{place.id}.zip").unlink(missing_ok=True)
        return replace(town, partnership=deepcopy(town.partnership), elsewhere=deepcopy(town.elsewhere))


def _more_than(before: Rows, after: Rows) -> Rows:
    """The rows that were added; none may have been changed or taken away."""
    assert all(set(rows) <= set(after[table]) for table, rows in before.items())
    added = {table: [row for row in rows if row not in before[table]] for table, rows in after.items()}
    return {table: rows for table, rows in added.items() if rows}


def _put_back(rows_of: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in rows_of.items():
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} VALUES ({places})", rows)
