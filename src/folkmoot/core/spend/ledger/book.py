"""How do files come into the ledger and leave it, and what does it answer?"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from folkmoot.core.kernel.errors import NotFound, Refused
from folkmoot.core.kernel.ids import new_id
from folkmoot.core.kernel.when import Clock
from folkmoot.core.spend.ledger import questions
from folkmoot.core.spend.ledger.manifest import Manifest, load_manifest, replace_manifest, writing
from folkmoot.core.spend.ledger.parts import Part, PartWriter, payments_file, reported_file
from folkmoot.core.spend.ledger.questions import PaymentLine, Sum, Which
from folkmoot.core.spend.reading import Reading, Recipe, Reported, Source, look

PACE = 2_000  # rows between two words about progress
GRACE = timedelta(hours=1)  # no reader holds a manifest, and no writer a file, for longer

Progress = Callable[[int, int, int], None]


class Stopped(Refused):
    """Reading was stopped on request; the ledger is as it was."""


class Ledger:
    """A folder of read files. Any number of processes may ask while one writes.

    The manifest is the commit point: a kill at any moment leaves the ledger as before or as after. Only
    this class writes in the folder. One currency per ledger (ISO code), given by the first part.

    >>> import tempfile; from datetime import UTC; from folkmoot.core.kernel.when import fixed
    >>> from folkmoot.core.spend.reading import open_source
    >>> folder = Path(tempfile.mkdtemp()); clock = fixed(datetime(2026, 11, 16, tzinfo=UTC))
    >>> _ = (folder / "a.csv").write_text("Date,Supplier,Amount\\n2020-04-30,A Ltd,12.50\\nTotal,,12.50\\n")
    >>> ledger = Ledger(folder / "ledger")
    >>> part = ledger.add_file(open_source(folder / "a.csv"), anchor="Riverton Council", clock=clock)
    >>> part.accepted, part.reported, part.pence_in, ledger.totals()[0].pence
    (1, 1, 2500, 1250)
    """

    def __init__(self, folder: Path | str, *, currency: str = "GBP") -> None:
        self.folder = Path(folder)
        self._currency = currency

    def parts(self) -> list[Part]:
        """Every part of the ledger, in the order in which they were added."""
        return list(self._manifest().parts)

    def part(self, part_id: str) -> Part:
        """One part. NotFound when the ledger holds no such part."""
        for part in self._manifest().parts:
            if part.id == part_id:
                return part
        raise NotFound(
            "There is no such file in the ledger.", "It may have been undone.", "Look at the files."
        )

    @property
    def currency(self) -> str:
        """The one currency of the ledger (ISO code)."""
        return self._manifest().currency

    def add_file(
        self,
        source: Source,
        *,
        anchor: str,
        clock: Clock,
        anchor_id: str = "",
        recipe: Recipe | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Part:
        """Read a file in, as one part of one anchor. The same bytes twice add nothing (`already` is True).

        `progress` hears rows, bytes read and bytes in all, every few thousand rows; `cancelled` is asked as
        often. Raises WrongDataset (a Refused) for what is no list of payments, Stopped when cancelled,
        Refused for another currency; the ledger is then as it was.
        """
        anchor = anchor.strip()
        if not anchor:
            raise Refused("The file needs an anchor.", "A payment without a payer says little.", "Name one.",
                          field="anchor")  # fmt: skip
        manifest = self._manifest()
        if held := _held(manifest, source, anchor):
            return held
        warnings: tuple[str, ...] = ()
        if recipe is None:
            seen = look(source, currency=manifest.currency)
            if refusal := seen.refusal(source.name):
                raise refusal
            recipe, warnings = seen.recipe, seen.warnings
        reading, part_id = Reading(source, recipe), new_id()
        writer = PartWriter(self.folder, part_id)
        try:
            self._write(reading, writer, source, progress, cancelled)
            part = _part(part_id, source, recipe, reading, warnings, anchor, anchor_id, clock())
            held = self._commit(part, source)
        except BaseException:
            writer.discard()
            raise
        if held:
            writer.discard()
        return held or part

    def forget(self, part_id: str) -> Part:
        """Undo one part: the totals are again as they were without it. Answers what was forgotten."""
        part = self.part(part_id)
        with writing(self.folder):
            manifest = self._manifest()
            left = tuple(one for one in manifest.parts if one.id != part_id)
            for file in (payments_file(self.folder, part_id), reported_file(self.folder, part_id)):
                file.touch()  # its hour of grace begins now
            replace_manifest(self.folder, replace(manifest, parts=left))
        return part

    def sweep(self, now: datetime, *, older_than: timedelta = GRACE) -> list[str]:
        """Remove files of forgotten parts and of killed imports that nobody has touched for `older_than`.

        `now` names its zone and is the machine's own time, as the times of files are. Readers and writers
        that are at work lose nothing. Answers the names of the removed files.
        """
        with writing(self.folder):
            listed = {part.id for part in self._manifest().parts}
            gone = [
                path
                for path in (self.folder / "parts").glob("*")
                if path.name.partition(".")[0] not in listed
                and now.timestamp() - path.stat().st_mtime >= older_than.total_seconds()
            ]
            for path in gone:
                path.unlink(missing_ok=True)
        return sorted(path.name for path in gone)

    def totals(self, by: str | Sequence[str] = (), which: Which | None = None) -> list[Sum]:
        """Sums of payments by any of anchor, year (April to March), month, file and payee; () sums all."""
        keys = (by,) if isinstance(by, str) else tuple(by)
        return questions.ask_sums(self.folder, self.parts(), which or Which(), keys)

    def payees(self, limit: int = 20, which: Which | None = None) -> list[Sum]:
        """Who was paid most, by name as published."""
        return questions.ask_payees(self.folder, self.parts(), which or Which(), limit)

    def payments(
        self, which: Which | None = None, *, order: str = "paid_on", offset: int = 0, limit: int = 50
    ) -> tuple[list[PaymentLine], int, int]:
        """One page of payments, how many there are in all, and their sum in pence.

        `order` is "paid_on" (the latest first), "pence" (the largest first) or "line" (as in the files).
        """
        return questions.ask_payments(self.folder, self.parts(), which or Which(), order, offset, limit)

    def payment(self, part_id: str, line: int) -> PaymentLine:
        """The payment on one line of one part. NotFound when there is none."""
        found = questions.ask_payment(self.folder, self.part(part_id), line)
        if found is None:
            raise NotFound("There is no payment on that line.", "The line may have been set aside.")
        return found

    def reported(self, part_id: str, *, offset: int = 0, limit: int = 50) -> list[Reported]:
        """Rows of one part that were set aside, in file order; the part says how many there are."""
        return questions.ask_reported(self.folder, self.part(part_id), offset, limit)

    def _manifest(self) -> Manifest:
        return load_manifest(self.folder, self._currency)

    def _write(
        self,
        reading: Reading,
        writer: PartWriter,
        source: Source,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        for count, row in enumerate(reading):
            if count % PACE == 0:
                if cancelled and cancelled():
                    raise Stopped(
                        "Reading was stopped.", "It was asked to stop.", "Read the file again at any time."
                    )
                if progress:
                    progress(count, reading.position, source.size)
            writer.add(row)
        writer.finish()
        if progress:
            progress(reading.tally.rows_in, source.size, source.size)

    def _commit(self, part: Part, source: Source) -> Part | None:
        """List the part, unless another process added the same bytes meanwhile: then answer that one."""
        with writing(self.folder):
            manifest = self._manifest()
            if held := _held(manifest, source, part.anchor):
                return held
            if manifest.parts and manifest.currency != part.currency:
                raise Refused(
                    f"“{source.name}” is in {part.currency}.", f"This ledger is in {manifest.currency}.",
                    "Keep one ledger for each currency.",
                )  # fmt: skip
            parts = (*manifest.parts, part)
            replace_manifest(self.folder, replace(manifest, currency=part.currency, parts=parts))
        return None


def _held(manifest: Manifest, source: Source, anchor: str) -> Part | None:
    for part in manifest.parts:
        if part.sha256 == source.sha256:
            words = f"These bytes were read before as “{part.file}” of {part.anchor}; nothing was added."
            more = () if part.anchor == anchor else (words,)
            return replace(part, already=True, warnings=(*part.warnings, *more))
    return None


def _part(
    part_id: str,
    source: Source,
    recipe: Recipe,
    reading: Reading,
    warnings: Sequence[str],
    anchor: str,
    anchor_id: str,
    now: datetime,
) -> Part:
    tally = reading.tally
    return Part(
        id=part_id,
        file=source.name,
        sha256=source.sha256,
        anchor=anchor,
        anchor_id=anchor_id,
        kind=recipe.kind.value,
        encoding=recipe.encoding,
        heading_row=recipe.heading_row,
        rows_in=tally.rows_in,
        accepted=tally.accepted,
        reported=tally.reported,
        pence_in=tally.pence_in,
        pence_accepted=tally.pence_accepted,
        pence_reported=tally.pence_reported,
        reasons=dict(tally.reasons),
        warnings=(*warnings, *tally.warnings()),
        first_paid_on=tally.first_paid_on,
        last_paid_on=tally.last_paid_on,
        currency=recipe.currency,
        added_at=now.isoformat(),
        recipe=recipe.as_plain(),
    )
