"""What is odd in META?"""

import re
from collections.abc import Iterator
from datetime import date

from folkmoot.core.decide.budgeting.pabulib.file import PbFile
from folkmoot.core.decide.budgeting.pabulib.places import Remark, said

OBLIGATORY_KEYS = ("description", "country", "unit", "instance", "num_projects", "num_votes", "budget",
                   "vote_type", "rule", "date_begin", "date_end")  # fmt: skip
_BOUNDS = ("length", "sum_points", "points", "sum_cost")
_DATES = (
    re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2}))?"),
)


def _missing(file: PbFile) -> Iterator[Remark]:
    for key in OBLIGATORY_KEYS:
        if not file.meta.get(key):
            yield Remark(file.meta.line(key), key, "META does not tell this key, which the format asks for.")


def _doubled(file: PbFile) -> Iterator[Remark]:
    first: dict[str, int] = {}
    for entry in file.meta.entries:
        line = first.setdefault(entry.key.casefold(), entry.line)
        if line != entry.line:
            yield Remark(entry.line, entry.key, f"The key stands on line {line} already; that value holds.")


def _numbers_of_rows(file: PbFile) -> Iterator[Remark]:
    rows = {"projects": len(file.projects.rows), "votes": len(file.votes.cells("vote")[0])}
    for noun, count in rows.items():
        key = f"num_{noun}"
        told = file.meta.number(key)
        if told is not None and told != count:
            yield Remark(file.meta.line(key), key, f"The file says {told} {noun} and has {count}.")


def _bounds(file: PbFile) -> Iterator[Remark]:
    for about in _BOUNDS:
        least, most = file.meta.number(f"min_{about}"), file.meta.number(f"max_{about}")
        if least is not None and most is not None and least > most:
            line = file.meta.line(f"min_{about}")
            yield Remark(line, f"min_{about}", f"It is {least}, and max_{about} is {most}.")


def _dates(file: PbFile) -> Iterator[Remark]:
    days = {}
    for key in ("date_begin", "date_end"):
        told = file.meta.get(key)
        days[key] = _day(told)
        if told and days[key] is None:
            yield Remark(file.meta.line(key), key, f"{said(told)} is neither a day (31.12.2026) nor a year.")
    begin, end = days["date_begin"], days["date_end"]
    if begin and end and begin[: len(end)] > end[: len(begin)]:
        sentence = f"The vote ends before it begins, on {file.meta.get('date_begin')}."
        yield Remark(file.meta.line("date_end"), "date_end", sentence)


def _day(text: str) -> tuple[int, ...] | None:
    """Year, month and day, or the year alone; nothing where the text is neither."""
    for form in _DATES:
        if found := form.fullmatch(text):
            parts = tuple(int(found[name]) for name in ("year", "month", "day") if found[name])
            return parts if len(parts) == 1 or _real(*parts) else None
    return None


def _real(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).year == year
    except ValueError:
        return False


def _default_score(file: PbFile) -> Iterator[Remark]:
    told = file.meta.number("default_score")
    if told:
        sentence = f"Whom a ballot does not name would get {told} points; here such projects get none."
        yield Remark(file.meta.line("default_score"), "default_score", sentence)


META_CHECKS = (_missing, _doubled, _numbers_of_rows, _bounds, _dates, _default_score)
