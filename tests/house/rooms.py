"""Which rules of the house need Django to see them?"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.state import ProjectState
from django.db.models import Model
from django.urls import URLPattern, URLResolver

GROUND = "places"


def our_rooms() -> set[str]:
    """The labels of our own rooms, the ground among them."""
    return {config.label for config in apps.get_app_configs() if config.name.startswith("folkmoot.apps.")}


def keys_stay_in_the_room(models: Iterable[type[Model]]) -> list[str]:
    """A foreign key leads to its own room or to the ground, never to another room."""
    return [
        f"{model._meta.label}.{field.name} leads to {field.related_model._meta.label}"
        for model in models
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model is not None
        and model._meta.app_label in our_rooms()
        and field.related_model._meta.app_label not in (model._meta.app_label, GROUND)
    ]


def tables_match(recorded: ProjectState, graph: MigrationGraph) -> list[str]:
    """The migrations say what the models say."""
    changes = MigrationAutodetector(recorded, ProjectState.from_apps(apps)).changes(graph=graph)
    return [
        f"{room}: {operation.describe()}"
        for room, migrations in changes.items()
        if room in our_rooms()
        for migration in migrations
        for operation in migration.operations
    ]


def one_leaf_a_room(graph: MigrationGraph) -> list[str]:
    """Each room's migrations end in one."""
    return [
        f"{room} ends in {len(leaves)}"
        for room in sorted(our_rooms())
        if len(leaves := graph.leaf_nodes(room)) != 1
    ]


def pages(
    patterns: Iterable[URLPattern | URLResolver], before: str = "/"
) -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern, through all that is included."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, address)
        else:
            yield address, pattern


def pages_have_doors(patterns: Iterable[URLPattern | URLResolver]) -> list[str]:
    """A page says which act it needs, or why anybody may open it; and a page of a partnership has a door."""
    found = []
    for address, pattern in pages(patterns):
        # A route for programs names the act of each of its methods.
        door = getattr(pattern.callback, "door", None) or getattr(pattern.callback, "acts", None)
        if not door and not getattr(pattern.callback, "open_because", ""):
            found.append(f"{address} has no door")
        if "<slug:partnership>" in address and not door:
            found.append(f"{address} is a page of a partnership without a door")
    return found
