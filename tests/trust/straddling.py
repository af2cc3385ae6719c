"""Does any row of one partnership lead to a row of another?"""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import F, Model

from folkmoot.apps.places.models import Partnership


def straddling() -> list[str]:
    """Every row with a key to something of another partnership, over all tables and keys."""
    with connection.cursor() as cursor:
        return [
            f"{told} {row[0]} by {key}"
            for told, key, question in _questions()
            for row in _answered(cursor, question)
        ]


def _answered(cursor: CursorWrapper, question: str) -> list[tuple[object, ...]]:
    cursor.execute(question)
    return cursor.fetchall()


@cache
def _questions() -> tuple[tuple[str, str, str], ...]:
    """For each such key: its table, its name, and the question in SQL, which is made once."""
    asked = []
    for model, key in keys_between_rows_of_partnerships():
        over = model._base_manager.filter(**{f"{key}__isnull": False})
        rows = over.exclude(partnership=F(f"{key}__partnership")).values_list("pk", flat=True)
        question, values = rows.query.sql_with_params()
        assert not values, "the question names nothing but columns"
        asked.append((model._meta.label, key, question))
    return tuple(asked)


def keys_between_rows_of_partnerships() -> Iterator[tuple[type[Model], str]]:
    """Every key by which a row that belongs to a partnership leads to another such row."""
    for model in apps.get_models():
        if belongs(model):
            for field in model._meta.get_fields():
                if field.many_to_one and field.concrete and belongs(field.related_model):
                    yield model, field.name


def belongs(model: type[Model]) -> bool:
    """Whether the rows of a table belong to partnerships."""
    names = {field.name: field for field in model._meta.get_fields()}
    return "partnership" in names and names["partnership"].related_model is Partnership
