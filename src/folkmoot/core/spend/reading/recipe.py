"""How is this one file to be read?"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.reading.files.decoding import is_encoding
from folkmoot.core.spend.reading.guessing.columns import NEEDED
from folkmoot.core.spend.reading.guessing.headings import Role, fold
from folkmoot.core.spend.reading.guessing.kinds import Kind
from folkmoot.core.spend.reading.values.dates import DAY_FIRST, ORDERS

BASES = ("net", "gross", "unknown")
WIDEST = 16_384  # columns of a spreadsheet
MOST_DOTS = 100  # a recipe has none; of a key of 50,000 parts Python's parser takes a minute
_QUOTED_OR_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|#[^\n]*')
FURTHEST_HEADING = 10_000  # lines; the file is held as far as there while its headings are looked at
_CLOSED: dict[str, tuple[str, ...]] = {
    "date_order": ORDERS,
    "amount_basis": BASES,
    "decimal_mark": (".", ","),
    "kind": tuple(Kind),
    "told_by": ("guess", "file", "person"),
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that reading a file depends on; two readings by one recipe give the same rows.

    `sheet` names one of a workbook, and is empty for text; `encoding` and `delimiter` are empty for
    workbooks. `heading_row` is the 1-based physical line (row of the sheet) of the headings, 0 when there
    are none. `columns` maps roles to 0-based cells; AMOUNT is the column that is summed, whatever its basis
    ("net", "gross", "unknown"). `date_order` settles dates in numbers: "dmy" or "mdy" ("ymd" where the year
    always comes first). `told_by` says who settled it: a "guess" by the first lines, the whole "file", or a
    "person".
    """

    encoding: str
    delimiter: str
    heading_row: int
    headings: tuple[str, ...]
    columns: Mapping[Role, int]
    date_order: str = DAY_FIRST
    amount_basis: str = "unknown"
    currency: str = "GBP"
    decimal_mark: str = "."
    kind: Kind = Kind.PAYMENTS
    first_day: date = field(default=date(1990, 1, 1))
    last_day: date = field(default=date(2099, 12, 31))
    sheet: str = ""
    told_by: str = "guess"

    def as_plain(self) -> dict[str, Any]:
        """The recipe in plain values, as it is kept and shown.

        >>> Recipe("utf-8", ",", 1, ("When", "Who"), {Role.PAYEE: 1}).as_plain()["columns"]
        {'payee': 1}
        """
        plain = asdict(self)
        plain["columns"] = {str(role): at for role, at in self.columns.items()}
        plain["headings"] = list(self.headings)
        plain["kind"] = str(self.kind)
        plain["first_day"], plain["last_day"] = self.first_day.isoformat(), self.last_day.isoformat()
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Recipe":
        """The recipe from `as_plain`, also from that of an earlier version. Refused with what is wrong."""
        known = {one.name: plain[one.name] for one in fields(cls) if one.name in plain}
        for name in ("first_day", "last_day"):
            if name in known:
                known[name] = _day(name, known[name])
        headings = known.setdefault("headings", [])
        if not isinstance(headings, list | tuple) or not all(isinstance(one, str) for one in headings):
            raise _wrong("headings", "It is a list of texts.")
        known["headings"] = tuple(headings)
        known["columns"] = _columns(known.get("columns"))
        for name, kind in _TYPES.items():
            if not isinstance(known.setdefault(name, _EMPTY[kind]), kind) or isinstance(known[name], bool):
                raise _wrong(name, f"“{_said(known[name])}” is no {'number' if kind is int else 'text'}.")
        for name, choices in _CLOSED.items():
            if known.get(name, choices[0]) not in choices:
                raise _wrong(name, f"“{_said(known[name])}” is none of {', '.join(choices)}.")
        if "kind" in known:
            known["kind"] = Kind(known["kind"])
        return cls(**known)._checked()

    def _checked(self) -> "Recipe":
        if self.heading_row < 0:
            raise _wrong("heading_row", "Lines are counted from 1; 0 says that there are no headings.")
        if self.heading_row > FURTHEST_HEADING:
            raise _wrong("heading_row", f"No headings stand below line {FURTHEST_HEADING:,}.")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise _wrong("currency", "It is a code of three capital letters, such as GBP.")
        if len(self.delimiter) > 1 or self.delimiter in ('"', "\r", "\n"):
            raise _wrong("delimiter", "It is one character.")
        if self.encoding and not is_encoding(self.encoding):
            raise _wrong("encoding", f"“{_said(self.encoding)}” is not known.")
        if self.first_day > self.last_day:
            raise _wrong("first_day", "It lies behind last_day.")
        return self

    def with_columns(self, columns: Mapping[Role, int]) -> "Recipe":
        """The same recipe with other columns; the basis follows from which column is summed.

        >>> recipe = Recipe("utf-8", ",", 1, ("When", "Who", "Net"), {})
        >>> recipe.with_columns({Role.NET: 2}).columns[Role.AMOUNT], recipe.amount_basis
        (2, 'unknown')
        """
        chosen, basis = dict(columns), self.amount_basis
        for role, told in ((Role.NET, "net"), (Role.AMOUNT, "unknown"), (Role.GROSS, "gross")):
            if role in chosen:
                chosen[Role.AMOUNT], basis = chosen[role], told
                break
        return replace(self, columns=chosen, amount_basis=basis)

    def as_toml(self, name: str = "") -> str:
        """The recipe as a text that a person reads and edits.

        >>> columns = {Role.PAID_ON: 0, Role.PAYEE: 1, Role.NET: 2}
        >>> text = Recipe("utf-8", ",", 2, ("When", "Who", "Sum"), columns).as_toml("a.csv")
        >>> print(text.splitlines()[-1]); Recipe.from_toml(text).columns[Role.AMOUNT]
        payee = "Who"
        2
        """
        plain = self.as_plain()
        lines = [f"# How to read {'files like ' + name if name else 'a published file'}. Edit what is wrong."]
        lines = [line.replace("\n", " ").replace("\r", " ") for line in lines]
        for key, comment in KEYS.items():
            lines += [f"# {comment}", f"{key} = {_toml(plain[key])}"]
        lines += ["", "# What each column is: a heading from the list above, or a column's number (1, 2, …).",
                  "# Known: " + ", ".join(role for role in Role) + ".", "[columns]"]  # fmt: skip
        for role, at in sorted(self.columns.items(), key=lambda one: list(Role).index(one[0])):
            if role is Role.AMOUNT and at in (self.columns.get(Role.NET), self.columns.get(Role.GROSS)):
                continue  # it follows from net or gross
            lines.append(f"{role} = {_toml(self._named(at))}")
        return "\n".join(lines) + "\n"

    @classmethod
    def from_toml(cls, text: str) -> "Recipe":
        """The recipe that a person wrote or edited. Refused with the line or the key that is wrong.

        Columns are named by heading or by number.
        """
        plain = _parsed(text)
        if unknown := set(plain) - {one.name for one in fields(cls)}:
            raise _wrong(_said(min(unknown)), "There is no such key.")
        chosen = plain.get("columns")
        if not isinstance(chosen, dict) or not chosen:
            raise _wrong("columns", "It names the column of each role.")
        numbers = {role: _number(role, at, plain.get("headings", [])) for role, at in chosen.items()}
        recipe = cls.from_plain({**plain, "columns": numbers, "told_by": "person"})
        told = recipe.with_columns(recipe.columns)
        if missing := [role for role in NEEDED if role not in told.columns]:
            raise _wrong("columns", f"It names no column for {', '.join(missing)}.")
        return replace(told, amount_basis=recipe.amount_basis) if "amount_basis" in plain else told

    def _named(self, at: int) -> str | int:
        named = self.headings[at] if at < len(self.headings) else ""
        alike = sum(fold(heading) == fold(named) for heading in self.headings)
        return named if fold(named) and alike == 1 else at + 1


_TYPES = {"encoding": str, "delimiter": str, "heading_row": int, "date_order": str, "amount_basis": str,
          "currency": str, "decimal_mark": str, "sheet": str, "told_by": str}  # fmt: skip
_EMPTY: dict[type, object] = {str: "", int: 0}
KEYS = {
    "kind": "payments; any other kind of list is not read.",
    "sheet": "Of a workbook, the sheet that holds the payments.",
    "encoding": "Of a text file, how letters are written: utf-8, cp1252, utf-16 …",
    "delimiter": "Of a text file, what parts the cells.",
    "heading_row": "The line, or the row of the sheet, that holds the headings; 0 when there are none.",
    "headings": "The headings as they stand there.",
    "date_order": "Dates in numbers: dmy is day first, mdy is month first, ymd is year first.",
    "amount_basis": "Whether amounts are without VAT (net) or with it (gross), or nobody says (unknown).",
    "decimal_mark": "What stands before the pence.",
    "currency": "The currency of all amounts.",
    "first_day": "Payments before this day are set aside.",
    "last_day": "Payments behind this day are set aside.",
}


def _parsed(text: str) -> dict[str, Any]:
    try:
        if _QUOTED_OR_COMMENT.sub("", text).count(".") > MOST_DOTS:
            raise ValueError("keys lie within keys")
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 figures, lists in lists in lists
        raise Refused(
            "The recipe could not be read.", f"It is no TOML: {error}.", "Mend that line.", field="recipe"
        ) from error


def _said(value: object) -> str:
    """A value of a recipe as a refusal names it: briefly, whatever it is."""
    return "a list or a table" if isinstance(value, list | tuple | Mapping) else str(value)[:80]


def _wrong(key: str, reason: str) -> Refused:
    return Refused(f"The recipe's “{key}” cannot be right.", reason, "Mend it and try again.", field="recipe")


def _day(key: str, day: object) -> date:
    if isinstance(day, date) and not isinstance(day, datetime):
        return day
    try:
        return date.fromisoformat(_said(day))
    except ValueError as error:
        raise _wrong(key, f"“{_said(day)}” is no day such as 2026-04-30.") from error


def _columns(plain: object) -> dict[Role, int]:
    if not isinstance(plain, Mapping):
        raise _wrong("columns", "It names the column of each role.")
    columns = {}
    for role, at in plain.items():
        if role not in set(Role):
            raise _wrong(f"columns.{_said(role)}", f"There is no such role. Known are {', '.join(Role)}.")
        if not isinstance(at, int) or isinstance(at, bool) or at < 0:
            raise _wrong(f"columns.{role}", "It is a heading of the file, or a column's number from 1.")
        if at >= WIDEST:
            raise _wrong(f"columns.{role}", f"No row has {at + 1:,} cells.")
        columns[Role(role)] = at
    return columns


def _number(role: str, at: object, headings: object) -> int:
    """The 0-based number of a column that is named by its heading or by its number from 1."""
    if isinstance(at, int) and not isinstance(at, bool):
        return at - 1
    alike = [
        number
        for number, heading in enumerate(headings if isinstance(headings, list) else [])
        if isinstance(at, str) and isinstance(heading, str) and fold(heading) == fold(at)
    ]
    if len(alike) != 1:
        many = "Several headings are" if alike else "None of the recipe's headings is"
        raise _wrong(f"columns.{role}", f"{many} “{_said(at)}”. A column can also be named by its number.")
    return alike[0]


def _toml(value: object) -> str:
    """A plain value as TOML. A text of JSON is one of TOML too, but for the character 127."""
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
