"""Which projects does the file name, at which costs, and which did the city fund?"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from folkmoot.core.decide.budgeting.election import Project
from folkmoot.core.decide.budgeting.pabulib.digits import exact
from folkmoot.core.decide.budgeting.pabulib.places import refused, said
from folkmoot.core.decide.budgeting.pabulib.sections import PROJECTS, Header, Row

WITHDRAWN_COST = 999_999_999  # how the format marks a project that was withdrawn


@dataclass(frozen=True)
class Projects:
    """The section PROJECTS: columns, rows, and what the count takes from them."""

    header: Header
    rows: tuple[Row, ...]

    def column(self, name: str) -> tuple[str, ...] | None:
        """The cells of a column without blanks around them; nothing if there is no such column, and an
        empty cell where a row ends before it."""
        place = self.header.place(name)
        if place is None:
            return None
        return tuple(row.cells[place].strip() if place < len(row.cells) else "" for row in self.rows)

    @cached_property
    def listed(self) -> tuple[Project, ...]:
        """The projects in the order of the file.

        A withdrawn project stays, at the cost of 999999999 that marks it, so that places and votes agree with
        the file; what costs nothing is allowed. Raises Refused for a cost that is no number or below nothing,
        for a project without an id, and for two with the same.
        """
        ids = self._ids()
        empty = ("",) * len(ids)
        names = self.column("name") or empty
        categories = self.column("category") or empty
        neighbourhoods = self.column("neighborhood") or empty
        return tuple(
            Project(id, cost, name, tuple(filter(None, map(str.strip, kinds.split(",")))), where)
            for id, cost, name, kinds, where in zip(
                ids, self._costs(), names, categories, neighbourhoods, strict=True
            )
        )

    @cached_property
    def winners(self) -> frozenset[str] | None:
        """The ids that the city funded (`selected` is 1); nothing if the file does not say."""
        told = self.column("selected")
        if told is None or not any(told):
            return None
        return frozenset(project.id for project, flag in zip(self.listed, told, strict=True) if flag == "1")

    @cached_property
    def special(self) -> dict[str, str]:
        """What `selected` says beside 0 and 1: codes such as 2 and 3, which the comment explains."""
        told = self.column("selected") or ()
        flags = zip(self.listed, told, strict=False)
        return {project.id: flag for project, flag in flags if flag not in ("", "0", "1")}

    @cached_property
    def withdrawn(self) -> tuple[str, ...]:
        """The ids of projects that bear the cost of a withdrawn one."""
        return tuple(project.id for project in self.listed if project.cost == WITHDRAWN_COST)

    def _ids(self) -> tuple[str, ...]:
        place = self.header.needed("project_id", PROJECTS)
        lines: dict[str, int] = {}
        for row in self.rows:
            id = row.cells[place].strip()
            if not id or "," in id:
                comma = f"A comma parts projects on a ballot, and {said(id)} has one."
                reason = comma if id else "There is no id."
                raise refused(row.line, "project_id", reason)
            if id in lines:
                raise refused(row.line, "project_id", f"{said(id)} is the id on line {lines[id]} already.")
            lines[id] = row.line
        return tuple(lines)

    def _costs(self) -> list[Fraction]:
        place = self.header.needed("cost", PROJECTS)
        costs = []
        for row in self.rows:
            try:
                cost = exact(row.cells[place])
            except ValueError as wrong:
                raise refused(row.line, "cost", f"{said(row.cells[place])}: {wrong}.") from None
            if cost < 0:
                raise refused(row.line, "cost", f"{said(row.cells[place])} is below nothing.")
            costs.append(cost)
        return costs
