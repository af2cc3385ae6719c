"""Which tables belong to a partnership, and in which columns of them does it lie?

Found by looking at the models, so that a room of tomorrow is carried without being named here. What is left
behind is named below with its reason; a test fails for a table that is neither.
"""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import Field, ForeignKey, Model, QuerySet

from folkmoot.apps.places.models import Account, DiaryDetail, DiaryLine, Partnership, Place

LEFT_BEHIND = {
    "places.Job": "work in hand on this machine; what it was about is carried, and can be begun again",
    "places.Invitation": "the link that was mailed leads to this install, and its secret is known here alone",
    "places.Token": "a program's secret is for this install alone; a new one is made where it is needed",
}
COLUMNS_LEFT_BEHIND = {
    "places.Account.password": "nobody has one",
    "places.Account.last_login": "it tells of this install",
    "places.DiaryLine.serial": "it counts the lines of a whole install; `number` is the line's own",
}
HOME = "partnership_id"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is carried: `way` leads from a row to its partnership's id ("" where there is none)."""

    model: type[Model]
    way: str

    @property
    def name(self) -> str:
        """What its files are called."""
        return str(self.model._meta.db_table)

    @property
    def label(self) -> str:
        """The model's name with its room."""
        return str(self.model._meta.label)

    @property
    def columns(self) -> list[Field]:
        """What is carried of a row."""
        label = self.label
        return [
            field
            for field in self.model._meta.concrete_fields
            if f"{label}.{field.name}" not in COLUMNS_LEFT_BEHIND
        ]

    @property
    def links(self) -> list[ForeignKey]:
        """The columns that point to rows of other tables."""
        return [field for field in self.columns if isinstance(field, ForeignKey)]

    def rows(self, partnership_id: str) -> QuerySet[Model]:
        """The partnership's rows, in an order of their own."""
        every = self.model._base_manager.all()
        if self.model is Account:
            return every.filter(pk__in=_account_ids(partnership_id)).order_by("pk")
        if self.model is DiaryDetail:
            own = DiaryLine.objects.filter(partnership_id=partnership_id)
            return every.filter(pk__in=own.values("serial")).order_by("pk")
        order = "number" if self.model is DiaryLine else "pk"
        return every.filter(**{self.way: partnership_id}).order_by(order)


@cache
def tables() -> tuple[Table, ...]:
    """Every table that is carried, the tables that others point to first."""
    ways: dict[type[Model], str] = {
        Partnership: "id",
        Place: "partnership",
        Account: "",
        DiaryDetail: "",
    }
    found = [model for model in our_models() if model._meta.label not in LEFT_BEHIND]
    for model in found:
        if any(field.attname == HOME for field in model._meta.concrete_fields):
            ways[model] = HOME
    for _ in found:  # as deep as tables hang on one another
        for model in found:
            if model not in ways and (way := _way_by(model, ways)):
                ways[model] = way
    # A detail of the diary finds its line by the line's number.
    first, last = [Place, Partnership, Account], [DiaryDetail]
    rest = sorted(set(ways) - {*first, *last}, key=lambda model: model._meta.db_table)
    return tuple(Table(model, ways[model]) for model in [*first, *rest, *last])


def our_models() -> list[type[Model]]:
    """Every model of the rooms and of the ground."""
    return [
        model
        for room in apps.get_app_configs()
        if room.name.startswith("folkmoot.apps.")
        for model in room.get_models(include_auto_created=True)
        if model._meta.managed
    ]


def table_of(model: type[Model]) -> Table:
    """The table of a model that is carried."""
    return next(table for table in tables() if table.model is model)


def _way_by(model: type[Model], ways: dict[type[Model], str]) -> str:
    """A row without a partnership of its own belongs where the row belongs on which it hangs."""
    for field in model._meta.concrete_fields:
        target = field.related_model if isinstance(field, models.ForeignKey) and not field.null else None
        if target in ways and ways[target] and target is not Place:
            return f"{field.name}__{ways[target]}"
    return ""


def _account_ids(partnership_id: str) -> set[str]:
    """The accounts that rows of the partnership point to: its members, first of all."""
    found: set[str] = set()
    for table in tables():
        for link in table.links:
            if link.related_model is Account and table.way:
                held = table.rows(partnership_id).order_by()
                found |= set(held.exclude(**{link.attname: None}).values_list(link.attname, flat=True))
    return found
