"""What does Folkmoot write down about its own work, and what never?

A log is read by more people than the tables are, and kept longer. So no line holds what somebody typed, an
address that was asked for, or the words of an error, which may quote either: a request is named by its
route, an error by its class and the places in the program that it came through.
"""

import logging
import time
import traceback
from types import TracebackType

OURS = "folkmoot"
# Their sentences stand in their programs; what they fill in is an id or a number.
TRUSTED = ("_granian", "django_tasks", "django_tasks_db")
REFUSED = "django.security."


class Line(logging.Formatter):
    """One line: time in UTC, level, process, who says it, and what."""

    converter = time.gmtime
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s folkmoot[%(process)d] %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it the way that an error took."""
        safe = logging.makeLogRecord(vars(record) | {"msg": said(record), "args": None})
        safe.exc_info = safe.exc_text = safe.stack_info = None
        line = super().format(safe).replace("\n", " ")
        error = record.exc_info[1] if record.exc_info and not was_refused(record) else None
        return line if error is None else f"{line}\n{way_of(error)}"


def said(record: logging.LogRecord) -> str:
    """What may be said of a record: our own words whole, others' without what they fill in."""
    if request := getattr(record, "request", None):
        status, method = getattr(record, "status_code", "error"), getattr(request, "method", "")
        return f"{status} {method} {route_of(request)}"
    if record.name.startswith(REFUSED):
        return "a request was refused"
    if record.name.split(".")[0] in (OURS, *TRUSTED):
        return record.getMessage()
    # A sentence with places to fill in is the program's own; one without may have been filled in before.
    return str(record.msg) if record.args else "(its words are not written down)"


def was_refused(record: logging.LogRecord) -> bool:
    """Whether somebody asked for what is not given: nothing is wrong with the program."""
    return record.name.startswith(REFUSED) or getattr(record, "status_code", 500) < 500


def route_of(request: object) -> str:
    """The address as the program has it, with names in place of what was asked for."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "an address that leads nowhere"


def way_of(error: BaseException) -> str:
    """The places that an error came through and its class, and of those before it; never its words."""
    told, before = [], error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        told += [way_of(before), "which led to"]
    told += _places(error.__traceback__)
    return "\n".join([*told, f"  {type(error).__module__}.{type(error).__qualname__}"])


def _places(way: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(way)
    return [f"  {frame.filename}, line {frame.lineno}, in {frame.name}" for frame in frames]
