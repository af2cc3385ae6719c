"""Does any row of one partnership lead to a row of another?"""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import F, Model

from folkmoot.apps.places.models import Partnership


def straddling() -> list[str]:
    """Every row with a key to something of another partnership, over all tables and keys."""
    return [
        f"{model._meta.label} {row} by {key}"
        for model, key in keys_between_rows_of_partnerships()
        for row in model._base_manager.filter(**{f"{key}__isnull": False})
        .exclude(partnership=F(f"{key}__partnership"))
        .values_list("pk", flat=True)
    ]


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
