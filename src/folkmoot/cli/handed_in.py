"""What became of each file that was handed in on the command line?"""

import gc
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from folkmoot.core.kernel.errors import FolkmootError, Refused

if TYPE_CHECKING:
    from folkmoot.cli.progress import Progress
    from folkmoot.core.spend import Ledger, Part, Recipe, Source

FIGURES = ("rows_in", "accepted", "reported", "pence_in", "pence_accepted", "pence_reported")
TOGETHER = 8 << 20  # bytes from which on several files are read side by side
RARELY = (100_000, 50, 100)  # rows are many and never hold each other: looking for rings of them is waste
ASIDE = 2  # readers side by side: each takes its own memory


@dataclass(frozen=True, slots=True)
class Job:
    """One path to be read, and all that its reading depends on; it travels to another process."""

    path: Path
    folder: Path
    anchor: str
    recipe: "Recipe | None" = None
    sheet: str | None = None


@dataclass(slots=True)
class Answer:
    """What became of one file, member of a zip or sheet: an entry of files[], and what opens its rows."""

    entry: dict[str, Any]
    part_id: str = ""
    error: str = ""
    path: Path = field(default_factory=Path)

    @property
    def key(self) -> tuple[str, ...]:
        """The same for the same bytes."""
        return (self.entry["sha256"], self.entry["sheet"]) if self.entry["sha256"] else (str(self.path),)


def read_all(jobs: Sequence[Job], progress: "Progress") -> Iterator[Answer]:
    """The answers of all jobs, in their order; large ones are read side by side."""
    sizes = [job.path.stat().st_size if job.path.is_file() else 0 for job in jobs]
    cores = min(len(os.sched_getaffinity(0)), ASIDE)
    if len(jobs) < 2 or cores < 2 or sum(sizes) < TOGETHER:
        for at, job in enumerate(jobs):
            progress.file(at, len(jobs), job.path.name)
            yield from read_one(job, progress)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as readers:
        for at, answers in enumerate(readers.map(read_one, jobs)):
            progress.file(at, len(jobs), jobs[at].path.name)
            yield from answers


def read_one(job: Job, progress: "Progress | None" = None) -> list[Answer]:
    """What became of the file of one job: an answer for each list of payments in it, and for the rest."""
    from folkmoot.core.spend import Ledger
    from folkmoot.core.spend.reading import open_sources

    gc.set_threshold(*RARELY)
    ledger = Ledger(job.folder)
    try:
        opened = open_sources(job.path)
    except FolkmootError as error:
        return [_refused(job, None, error)]
    answers = [answer for source in opened.sources for answer in _read_source(ledger, job, source, progress)]
    refused = [_refused(job, None, error, f"{job.path.name}/{name}") for name, error in opened.refused]
    return [*answers, *refused]


def _read_source(
    ledger: "Ledger", job: Job, source: "Source", progress: "Progress | None"
) -> Iterator[Answer]:
    try:
        others = _others(ledger, job, source)
        first = _read_sheet(ledger, job, source, job.sheet, progress)
    except FolkmootError as error:
        yield _refused(job, source, error)
        return
    except OSError as error:
        yield _refused(job, source, _unwritten(job.path, error))
        return
    yield _answer(job, first)
    read = {_figures(first): first.sheet}
    for sheet in others:
        try:
            part = _read_sheet(ledger, job, source, sheet, progress)
        except FolkmootError as error:
            yield _refused(job, source, error, f"{source.name}, sheet “{sheet}”")
            continue
        if not part.already and (twin := read.get(_figures(part))) is not None:
            ledger.forget(part.id)
            again = Refused(
                f"The sheet “{sheet}” holds the same rows as “{twin}”.",
                "Read twice, its money would count twice.",
                f"Read it by itself with --sheet “{sheet}” if that is wrong.",
            )
            yield _refused(job, source, again, f"{source.name}, sheet “{sheet}”")
            continue
        read[_figures(part)] = sheet
        yield _answer(job, part)


def _others(ledger: "Ledger", job: Job, source: "Source") -> Sequence[str]:
    """Further sheets that hold payments, where nobody named one."""
    if len(source.sheets) < 2 or job.sheet is not None or job.recipe is not None:
        return ()
    return ledger.look(source, anchor=job.anchor).other_sheets


def _read_sheet(
    ledger: "Ledger", job: Job, source: "Source", sheet: str | None, progress: "Progress | None"
) -> "Part":
    part = ledger.add_file(
        source, anchor=job.anchor, clock=_now, recipe=job.recipe, sheet=sheet, progress=progress
    )
    if job.recipe is not None:
        ledger.keep_recipe(job.recipe, anchor=job.anchor)
    return part


def _figures(part: "Part") -> tuple[object, ...]:
    return (part.rows_in, part.pence_in, part.accepted, part.first_paid_on, part.last_paid_on)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the clock comes in by this door


def _unwritten(path: Path, error: OSError) -> Refused:
    return Refused(
        f"“{path.name}” could not be read in.",
        f"{error.strerror or error}.",
        "Check the folder and the disk.",
    )


def _answer(job: Job, part: "Part") -> Answer:
    names = ("file", "sha256", "kind", "encoding", "heading_row", *FIGURES)
    entry = {name: getattr(part, name) for name in names} | {
        "reasons": dict(part.reasons),
        "warnings": list(part.warnings),
        "sheet": part.sheet,
        "flags": dict(part.flags),
        "total_differs": part.total_differs,
        "part": part.id,
        "already": part.already,
    }
    return Answer(entry, part.id, path=job.path)


def _refused(job: Job, source: "Source | None", error: FolkmootError, name: str = "") -> Answer:
    """A refused file counts its rows as set aside and brings no money."""
    from folkmoot.core.spend import WrongDataset
    from folkmoot.core.spend.reading import Unsure, look

    kind, heading_row, reasons = "unknown", 0, {}
    next_step = error.next_step
    if source and isinstance(error, WrongDataset):
        recipe = look(source).recipe
        kind, heading_row = error.kind.value, recipe.heading_row
        reasons = _count_refused(source, recipe)
    questions = []
    if isinstance(error, Unsure):
        kind, questions = "payments", error.questions
        next_step = (
            f"Write its recipe with “folkmoot spend recipe {job.path} > recipe.toml”, answer in it "
            f"{', '.join(question.key for question in questions)}, and read it with --recipe recipe.toml."
        )
    entry = {
        "file": name or (source.name if source else job.path.name),
        "sha256": source.sha256 if source and not name else "",
        "kind": kind,
        "encoding": source.encoding if source else "",
        "heading_row": heading_row,
        **dict.fromkeys(FIGURES, 0),
        "rows_in": sum(reasons.values()),
        "reported": sum(reasons.values()),
        "reasons": reasons,
        "warnings": [],
        "sheet": "",
        "questions": [
            {"key": one.key, "sentence": one.sentence, "reason": one.reason, "choices": dict(one.choices)}
            for one in questions
        ],
        "error": {"sentence": error.sentence, "reason": error.reason, "next_step": next_step},
    }
    told = FolkmootError(error.sentence, error.reason, next_step)
    return Answer(entry, error=str(told), path=job.path)


def _count_refused(source: "Source", recipe: "Recipe") -> dict[str, int]:
    """The rows of a file of another kind, by reason."""
    from folkmoot.core.spend import Reported, read_rows

    reasons: dict[str, int] = {}
    for row in read_rows(source, recipe):
        if isinstance(row, Reported):
            reasons[row.reason.value] = reasons.get(row.reason.value, 0) + 1
    return reasons
