"""How do files come into the ledger and leave it, and what does it answer?"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from folkmoot.core.kernel.errors import NotFound, Refused
from folkmoot.core.kernel.ids import new_id
from folkmoot.core.kernel.when import Clock
from folkmoot.core.spend.ledger import questions
from folkmoot.core.spend.ledger.checks import Check, ask_checks
from folkmoot.core.spend.ledger.manifest import Manifest, load_manifest, replace_manifest, writing
from folkmoot.core.spend.ledger.parts import Part, PartWriter, payments_file
from folkmoot.core.spend.ledger.questions import PaymentLine, Sum, Which
from folkmoot.core.spend.ledger.recipes import keep_recipe, load_recipes
from folkmoot.core.spend.ledger.reversals import reversal_of, write_reversals
from folkmoot.core.spend.reading import Look, Reading, Reason, Recipe, Reported, Source, look
from folkmoot.core.spend.reading.row import Flag
from folkmoot.core.spend.reading.values.dates import DAY_FIRST, MONTH_FIRST

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

    def look(
        self,
        source: Source,
        *,
        anchor: str,
        anchor_id: str = "",
        recipe: Recipe | None = None,
        sheet: str | None = None,
        heading_row: int | None = None,
    ) -> Look:
        """What a file seems to be, in the light of what is known about its publisher: see `reading.look`."""
        manifest = self._manifest()
        own = [one for one in manifest.parts if _key(one.anchor, one.anchor_id) == _key(anchor, anchor_id)]
        orders = {one.recipe["date_order"] for one in own} & {DAY_FIRST, MONTH_FIRST}
        return look(
            source,
            recipe=recipe,
            currency=manifest.currency,
            sheet=sheet,
            heading_row=heading_row,
            known=self.recipes(anchor, anchor_id),
            usual_order=orders.pop() if len(orders) == 1 else "",
        )

    def recipes(self, anchor: str, anchor_id: str = "") -> list[Recipe]:
        """The recipes that persons confirmed for a publisher, the newest first."""
        return load_recipes(self.folder, _key(anchor, anchor_id))

    def keep_recipe(self, recipe: Recipe, *, anchor: str, anchor_id: str = "") -> Path:
        """Remember how a publisher's files are read; a file with the same headings is read so from now on."""
        return keep_recipe(self.folder, _key(anchor, anchor_id), recipe, anchor)

    def add_file(
        self,
        source: Source,
        *,
        anchor: str,
        clock: Clock,
        anchor_id: str = "",
        recipe: Recipe | None = None,
        sheet: str | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Part:
        """Read a file (of a workbook one sheet) in, as one part of one anchor. The same bytes twice add
        nothing (`already` is True).

        `progress` hears rows, bytes read and bytes in all, every few thousand rows; `cancelled` is asked as
        often. Raises WrongDataset (a Refused) for what is no list of payments, Unsure (likewise) where a
        person must say something first, Stopped when cancelled, Refused for another currency; the ledger is
        then as it was.
        """
        anchor = anchor.strip()
        if not anchor:
            raise Refused("The file needs an anchor.", "A payment without a payer says little.", "Name one.",
                          field="anchor")  # fmt: skip
        if source.form == "text" and (held := _held(self._manifest(), source, anchor, "")):
            return held
        seen = self.look(source, anchor=anchor, anchor_id=anchor_id, recipe=recipe, sheet=sheet)
        if refusal := seen.refusal(source.name) or seen.doubt(source.name):
            raise refusal
        if held := _held(self._manifest(), source, anchor, seen.recipe.sheet):
            return held
        return self._read_in(source, seen, _Whose(anchor, anchor_id, clock), progress, cancelled)

    def _read_in(
        self,
        source: Source,
        seen: Look,
        whose: "_Whose",
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> Part:
        reading, part_id = Reading(source, seen.recipe), new_id()
        writer = PartWriter(self.folder, part_id)
        try:
            self._write(reading, writer, source, progress, cancelled)
            if seen.recipe.told_by == "guess" and reading.other_order:
                # The first lines proved one order of dates and the whole file proves the other.
                writer.discard()
                again = replace(seen.recipe, date_order=reading.other_order)
                return self._read_in(source, replace(seen, recipe=replace(again, told_by="file")), whose,
                                     progress, cancelled)  # fmt: skip
            pairs = write_reversals(payments_file(self.folder, part_id)) if reading.tally.credits else 0
            part = _part(part_id, source, reading, seen.warnings, whose, pairs)
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
            for file in (self.folder / "parts").glob(f"{part_id}.*"):
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
        found = questions.ask_payment(self.folder, self.parts(), self.part(part_id).id, line)
        if found is None:
            raise NotFound("There is no payment on that line.", "The line may have been set aside.")
        return found

    def reported(
        self, part_id: str, *, offset: int = 0, limit: int = 50, reason: Reason | None = None
    ) -> list[Reported]:
        """Rows of one part that were set aside, in file order, all or those of one reason.

        The part says how many there are of each.
        """
        return questions.ask_reported(self.folder, self.part(part_id), offset, limit, reason)

    def reversal(self, part_id: str, line: int) -> int | None:
        """The line of the same part that cancels this one, or None."""
        return reversal_of(self.folder, self.part(part_id), line)

    def checks(self, about: Collection[str] = ()) -> list[Check]:
        """What somebody in finance would ask about these parts, all when empty, seen among all parts."""
        return ask_checks(self.folder, self.parts(), about)

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
        def pause() -> None:
            if cancelled and cancelled():
                raise Stopped(
                    "Reading was stopped.", "It was asked to stop.", "Read the file again at any time."
                )
            if progress:
                progress(reading.tally.rows_in, reading.position, source.size)

        pause()
        for batch in reading.batches():
            writer.add(batch)
            pause()
        writer.finish()
        if progress:
            progress(reading.tally.rows_in, source.size, source.size)

    def _commit(self, part: Part, source: Source) -> Part | None:
        """List the part, unless another process added the same bytes meanwhile: then answer that one."""
        with writing(self.folder):
            manifest = self._manifest()
            if held := _held(manifest, source, part.anchor, part.sheet):
                return held
            if manifest.parts and manifest.currency != part.currency:
                raise Refused(
                    f"“{source.name}” is in {part.currency}.", f"This ledger is in {manifest.currency}.",
                    "Keep one ledger for each currency.",
                )  # fmt: skip
            parts = (*manifest.parts, part)
            replace_manifest(self.folder, replace(manifest, currency=part.currency, parts=parts))
        return None


@dataclass(frozen=True, slots=True)
class _Whose:
    """Whose file it is, and the clock that says when it was read."""

    anchor: str
    anchor_id: str
    clock: Clock


def _key(anchor: str, anchor_id: str) -> str:
    return anchor_id or anchor.strip().casefold()


def _held(manifest: Manifest, source: Source, anchor: str, sheet: str) -> Part | None:
    for part in manifest.parts:
        if (part.sha256, part.sheet) == (source.sha256, sheet):
            words = f"These bytes were read before as “{part.file}” of {part.anchor}; nothing was added."
            more = () if part.anchor == anchor else (words,)
            return replace(part, already=True, warnings=(*part.warnings, *more))
    return None


def _part(
    part_id: str, source: Source, reading: Reading, warnings: Sequence[str], whose: _Whose, pairs: int
) -> Part:
    tally, recipe, cut_at = reading.tally, reading.recipe, reading.cut_at
    flags = {**tally.flags, Flag.NAME_CUT: tally.names_of(cut_at), Flag.REVERSED: 2 * pairs}
    return Part(
        id=part_id,
        file=source.name,
        sha256=source.sha256,
        anchor=whose.anchor,
        anchor_id=whose.anchor_id,
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
        added_at=whose.clock().isoformat(),
        recipe=recipe.as_plain(),
        sheet=recipe.sheet,
        flags={str(flag): count for flag, count in flags.items() if count},
        cut_at=cut_at,
        alike=tally.alike,
        total_differs=tally.total_differs,
    )
