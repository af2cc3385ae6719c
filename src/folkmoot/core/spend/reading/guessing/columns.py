"""Which column holds what, by its heading and by its cells?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.spend.reading.guessing.headings import NEAR, Role, fold, name_score
from folkmoot.core.spend.reading.row import Reason
from folkmoot.core.spend.reading.values.amounts import is_sign, read_amount
from folkmoot.core.spend.reading.values.dates import is_month_only, needs_order, read_day

NEEDED = (Role.PAID_ON, Role.PAYEE, Role.AMOUNT)
MONEY = (Role.NET, Role.AMOUNT, Role.GROSS)  # in the order in which one is chosen to be summed
_AMOUNTS = {*MONEY, Role.VAT, Role.IRRECOVERABLE_VAT}
# How sure a column is that its cells alone tell: dates, or below a heading that says nothing; below one that
# says something else ("Customer"); without any headings.
SEEN, SAID_OTHERWISE, UNNAMED = 0.6, 0.4, 0.4
NEARLY = 0.7  # a column this nearly as good as the best makes the choice doubtful
PROFILED = 100  # rows whose cells bear out the names of the columns
_LONGEST_NAME = 60  # characters; longer cells are titles or notes, not headings
_MOST_HEADINGS = 300  # published lists have under a hundred; a row of thousands would take minutes to tell
_MOSTLY = 0.5
_DEBIT, _CREDIT = {"debit", "debits", "dr"}, {"credit", "credits", "cr"}
_STERLING = {"gbp", "sterling"}
_PENNIES = re.compile(r"[.,]\d\d\D*$")

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """Roles by 0-based cell, what the summed amount is, how sure the roles are (0 to 1), and warnings.

    `doubtful` names the needed roles that another column could hold as well, with both columns; `because`
    says what else makes them unsure.
    """

    roles: dict[Role, int]
    basis: str
    sureness: float
    warnings: tuple[str, ...]
    doubtful: dict[Role, tuple[int, ...]]
    because: str = ""


def heading_score(cells: Row) -> float:
    """How much a row looks like headings: the sum of the best name scores of distinct roles.

    >>> heading_score(["Payment date", "Supplier", "Amount"]) > 2.5, heading_score(["2020-01-02", "3"])
    (True, 0)
    """
    best: dict[Role, float] = {}
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < 2:
        return 0
    for cell in filled[:_MOST_HEADINGS]:
        scores = _scores(cell)
        if scores:
            role = max(scores, key=lambda found: scores[found])
            best[role] = max(best.get(role, 0), scores[role])
    return sum(best.values())


def find_columns(headings: Row, rows: Sequence[Row]) -> Columns:
    """The roles of columns by their names, checked by their cells; a needed one without a name
    is told by its cells.

    `rows` is a sample of the data rows. With headings at most one needed role is guessed by cells alone.

    >>> found = find_columns(["When", "Supplier", "Amount"], [["02/01/2020", "A Ltd", "3.50"]] * 3)
    >>> found.roles[Role.PAID_ON], found.warnings
    (0, ('No heading names the date; column 1 (When) holds dates.',))
    """
    width = max([len(headings), *(len(row) for row in rows)], default=0)
    profiles = [_profile([row[at] for row in rows[:PROFILED] if at < len(row)]) for at in range(width)]
    roles, sureness = _by_names(headings, profiles)
    named_headings = any(heading.strip() for heading in headings)
    basis = _choose_amount(roles)
    if _STERLING & set(fold(_heading(headings, roles, Role.AMOUNT)).split()):
        roles.pop(Role.CURRENCY, None)  # then a currency beside it is that of another amount
    doubtful = _twins(headings, rows, profiles, roles) | _rivals(headings, rows, profiles, roles)
    absent = [role for role in NEEDED if role not in roles]
    warnings = []
    if absent and (not named_headings or len(absent) == 1):
        for role in absent:
            fitting = _by_cells(role, profiles, set(roles.values()) - _paid_bodies(role, profiles, roles))
            if fitting:
                at = fitting[0]
                named = headings[at].strip() if at < len(headings) else ""
                roles[role] = at
                sureness[role] = SAID_OTHERWISE if fold(named) and role is not Role.PAID_ON else SEEN
                if len(fitting) > 1:
                    doubtful[role] = fitting
                shown = f" ({named})" if named else ""
                warnings.append(
                    f"No heading names the {_PLAIN[role]}; column {at + 1}{shown} holds {_CELLS[role]}."
                )
    sure = min((sureness.get(role, 0.0) for role in NEEDED), default=0.0)
    if not named_headings:
        sure = min(sure, UNNAMED)
    because = _two_ways(headings, profiles, roles, doubtful) or _periods(headings, profiles, roles)
    sure = min(sure, SAID_OTHERWISE) if because else sure
    return Columns(roles, basis, sure, tuple(warnings), doubtful, because)


def _heading(headings: Row, roles: dict[Role, int], role: Role) -> str:
    at = roles.get(role, len(headings))
    return headings[at] if at < len(headings) else ""


def _paid_bodies(role: Role, profiles: Sequence["_Profile"], roles: dict[Role, int]) -> set[int]:
    """The column of organisations, where these are many: one body pays, and many are paid."""
    at = roles.get(Role.BODY)
    if role is not Role.PAYEE or at is None or profiles[at].distinct < _MOSTLY:
        return set()
    del roles[Role.BODY]
    return {at}


def _rivals(
    headings: Row, rows: Sequence[Row], profiles: Sequence["_Profile"], roles: dict[Role, int]
) -> dict[Role, tuple[int, ...]]:
    """Needed roles whose heading only nearly names them, as another heading does, over cells that differ."""
    found = {}
    taken = set(roles.values())
    for role in NEEDED:
        at = roles.get(role)
        if at is None or at >= len(headings):
            continue
        own = _fit(role, _scores(headings[at]).get(role, 0), profiles[at])
        others = [
            other
            for other in range(len(headings))
            if other not in taken
            and 0 < own <= NEAR
            and _fit(role, _scores(headings[other]).get(role, 0), profiles[other]) >= own
            and any(row[at] != row[other] for row in rows if len(row) > max(at, other))
        ]
        if others:
            found[role] = (at, *others)
    return found


def _two_ways(
    headings: Row,
    profiles: Sequence["_Profile"],
    roles: dict[Role, int],
    doubtful: dict[Role, tuple[int, ...]],
) -> str:
    """Why the amounts are open when debits and credits stand in two columns, then the doubtful ones."""
    ways = {
        way: [
            at
            for at, heading in enumerate(headings)
            if words & set(fold(heading).split())
            and not other & set(fold(heading).split())
            and profiles[at].amounts >= _MOSTLY
        ]
        for way, words, other in (("out", _DEBIT, _CREDIT), ("back", _CREDIT, _DEBIT))
    }
    if not (ways["out"] and ways["back"]) or roles.get(Role.AMOUNT) not in (
        *ways["out"],
        *ways["back"],
        None,
    ):
        return ""
    doubtful[Role.AMOUNT] = (ways["out"][0], ways["back"][0])
    roles[Role.AMOUNT] = ways["out"][0]
    return "Debits and credits stand in two columns, and only one column can be summed."


def _periods(headings: Row, profiles: Sequence["_Profile"], roles: dict[Role, int]) -> str:
    """Why the date is open when it is a period such as 2021/04, which may be no month of the calendar."""
    at = roles.get(Role.PAID_ON, -1)
    if not 0 <= at < len(headings) or "period" not in fold(headings[at]).split():
        return ""
    if profiles[at].months < _MOSTLY:
        return ""
    return (
        f"“{headings[at].strip()}” may count from April, and then its numbers are no months of the calendar."
    )


def _twins(
    headings: Row, rows: Sequence[Row], profiles: Sequence["_Profile"], roles: dict[Role, int]
) -> dict[Role, tuple[int, ...]]:
    """Needed roles whose heading stands there twice, over cells that differ and are both of that sort."""
    found = {}
    for role in NEEDED:
        at = roles.get(role)
        if at is None or at >= len(headings):
            continue
        alike = [
            other
            for other, heading in enumerate(headings)
            if fold(heading) == fold(headings[at]) and _fit(role, 1, profiles[other]) >= _MOSTLY
        ]
        if len(alike) > 1 and any(
            len({row[one] for one in alike}) > 1 for row in rows if len(row) > alike[-1]
        ):
            found[role] = tuple(alike)
    return found


_PLAIN = {Role.PAID_ON: "date", Role.PAYEE: "payee", Role.AMOUNT: "amount"}
_CELLS = {Role.PAID_ON: "dates", Role.PAYEE: "names", Role.AMOUNT: "amounts"}


@dataclass(frozen=True, slots=True)
class _Profile:
    """What the cells of one column are like, as shares of its filled cells."""

    filled: int
    dates: float
    amounts: float
    pennies: float
    words: float
    distinct: float
    length: float
    signs: float
    said: float  # signs in words, such as "Credit note"; a letter alone may mean anything
    months: float


def _profile(cells: Sequence[str]) -> _Profile:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return _Profile(*[0] * 10)

    def share(count: int) -> float:
        return count / len(filled)

    return _Profile(
        len(filled),
        share(sum(_is_day(cell) for cell in filled)),
        share(sum(_is_money(cell) for cell in filled)),
        share(sum(_is_money(cell) and bool(_PENNIES.search(cell)) for cell in filled)),
        share(sum(any(map(str.isalpha, cell)) for cell in filled)),
        share(len(set(filled))),
        sum(map(len, filled)) / len(filled),
        share(sum(is_sign(cell) for cell in filled)),
        share(sum(is_sign(cell) and len(cell) > 1 for cell in filled)),
        share(sum(cell[0].isdigit() and is_month_only(cell) for cell in filled)),
    )


def _is_day(cell: str) -> bool:
    return read_day(cell) is not None or needs_order(cell)


def _is_money(cell: str) -> bool:
    return any(map(str.isdigit, cell)) and any(
        read_amount(cell, decimal_mark=mark) is not Reason.AMOUNT_UNREADABLE for mark in ".,"
    )


def _by_names(headings: Row, profiles: Sequence[_Profile]) -> tuple[dict[Role, int], dict[Role, float]]:
    candidates = sorted(
        (
            (-_fit(role, score, profiles[at]), at, role)
            for at, heading in enumerate(headings[:_MOST_HEADINGS])
            for role, score in _scores(heading).items()
            if role is not Role.SIGN or _speaks_of_sign(heading, profiles[at])
        ),
        # "Amount (net of VAT)" nearly names both, and says that it is net.
        key=lambda candidate: (candidate[0], candidate[1], candidate[2] is Role.AMOUNT),
    )
    roles: dict[Role, int] = {}
    sureness: dict[Role, float] = {}
    for negative_fit, at, role in candidates:
        if role not in roles and at not in roles.values():
            roles[role], sureness[role] = at, min(-negative_fit, 1.0)
    held = {role for role in MONEY if role in roles and profiles[roles[role]].amounts >= _MOSTLY}
    for role in MONEY:
        if role in roles and held and role not in held:
            del roles[role], sureness[role]  # "Net" over words, where another column holds the amounts
    for role in MONEY:
        if role in roles:
            sureness[Role.AMOUNT] = sureness[role]
            break
    return roles, sureness


def _speaks_of_sign(heading: str, cells: _Profile) -> bool:
    """Whether a column says which way money went: nothing but signs, in words where the heading is vague."""
    return (cells.said if "type" in fold(heading).split() else cells.signs) == 1


def _scores(heading: str) -> dict[Role, float]:
    if len(heading) > _LONGEST_NAME or not any(letter.isalpha() for letter in heading):
        return {}
    scores = {role: score for role in Role if (score := name_score(heading, role))}
    # A heading that is known for one role is no near name of another ("Department family" is no department).
    known = {role: score for role, score in scores.items() if score > NEAR}
    return known or scores


def _fit(role: Role, score: float, cells: _Profile) -> float:
    """A name's score, lifted when the cells bear it out and sunk when they speak against it."""
    if not cells.filled:
        return score * 0.9
    if role is Role.PAID_ON:
        share = cells.dates
    elif role in _AMOUNTS:
        share = cells.amounts
    elif role is Role.PAYEE:
        share = cells.words
    elif role is Role.SIGN:
        return score
    else:
        return score * 0.9
    return score * (0.3 if share < 0.5 else 0.7 + 0.3 * share)


def _choose_amount(roles: dict[Role, int]) -> str:
    """Point AMOUNT at the column that is summed: net before unnamed before gross. Answers the basis."""
    if Role.NET in roles:
        roles[Role.AMOUNT] = roles[Role.NET]
        return "net"
    if Role.AMOUNT in roles:
        return "unknown"
    if Role.GROSS in roles:
        roles[Role.AMOUNT] = roles[Role.GROSS]
        return "gross"
    return "unknown"


def _by_cells(role: Role, profiles: Sequence[_Profile], taken: set[int]) -> tuple[int, ...]:
    """The columns whose cells are what the role asks for: the best, and those that are nearly as good."""

    def worth(cells: _Profile) -> float:
        if role is Role.PAID_ON:
            return cells.dates if cells.dates >= 0.9 and cells.amounts < 0.5 else 0
        if role is Role.AMOUNT:
            return cells.pennies if cells.amounts >= 0.9 and cells.pennies >= 0.3 else 0
        return cells.distinct * cells.length if cells.words >= 0.9 and cells.dates < 0.1 else 0

    free = [at for at in range(len(profiles)) if at not in taken and worth(profiles[at])]
    best = sorted(free, key=lambda at: (-worth(profiles[at]), at))
    return tuple(at for at in best if worth(profiles[at]) >= NEARLY * worth(profiles[best[0]]))
