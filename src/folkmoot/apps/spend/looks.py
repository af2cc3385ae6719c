"""Which lists does an uploaded file hold, and what would each become?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from folkmoot.apps.places.models import Organisation
from folkmoot.apps.spend import reports, shelves
from folkmoot.apps.spend.models import Upload
from folkmoot.core.kernel.errors import FolkmootError, Refused
from folkmoot.core.spend import Ledger, Look, Recipe, Source, open_source
from folkmoot.core.spend.reading import Kind, open_sources

MOST_LISTS = 100  # in one zip: each is looked at while somebody waits


@dataclass(frozen=True, slots=True)
class Found:
    """One list in an uploaded file, or something that is not read; then it has no source."""

    sha256: str
    report: dict[str, Any]
    source: Source | None = None
    member: str = ""
    sheet: str = ""


def look_into(arrived: shelves.Arrived, name: str, anchor: Organisation) -> list[Found]:
    """Everything in a file that has come in, in the order of the file; never empty, and it never raises."""
    ledger = shelves.ledger_of(anchor.partnership_id, anchor.partnership.currency)
    try:
        opened = open_sources(arrived.path, name=name, largest=shelves.most_unpacked())
        _refuse_too_many(name, len(opened.sources) + len(opened.refused))
    except FolkmootError as error:
        return [_not_read(arrived.sha256, error)]
    found = [one for source in opened.sources for one in _lists_of(source, ledger, anchor)]
    return found + [_not_read(arrived.sha256, error, member) for member, error in opened.refused]


def source_of(upload: Upload) -> Source:
    """The kept bytes of a list. Refused when they are not kept any more."""
    path = shelves.original(upload.partnership_id, upload.sha256)
    if not path.exists():
        raise Refused(
            f"“{upload.title}” is not kept here any more.", "Only its payments are.", "Upload it again."
        )
    return open_source(path, name=upload.full_name, largest=shelves.most_unpacked())


def look_again(
    upload: Upload, *, recipe: Recipe | None = None, sheet: str = "", heading_row: int | None = None
) -> tuple[Look, dict[str, Any]]:
    """What a list becomes by a recipe, or by a guess for a sheet and a line of headings; and its report."""
    source = source_of(upload)
    seen = shelves.ledger_of(upload.partnership_id, upload.partnership.currency).look(
        source,
        anchor=upload.anchor.name,
        anchor_id=upload.anchor_id,
        recipe=recipe,
        sheet=sheet or None,
        heading_row=heading_row,
    )
    return seen, reports.of_look(seen, source.sheets, source.hidden)


def _lists_of(source: Source, ledger: Ledger, anchor: Organisation) -> Iterator[Found]:
    """The list in a text file, or each sheet of a workbook that looks like payments."""
    try:
        looks = list(_looks(source, ledger, anchor))
    except FolkmootError as error:
        yield _not_read(source.sha256, error, source.member)
        return
    for seen in looks:
        if len(seen.recipe.sheet) > shelves.LONGEST_NAME or not seen.recipe.sheet.isprintable():
            name = shelves.plain_name(seen.recipe.sheet)
            error = Refused(
                f"The name of the sheet “{name}” cannot be kept.", "", "Give it a short, plain name."
            )
            yield _not_read(source.sha256, error, source.member)
            continue
        report = {"look": reports.of_look(seen, source.sheets, source.hidden)}
        yield Found(source.sha256, report, source, shelves.plain_path(source.member), seen.recipe.sheet)


def _looks(source: Source, ledger: Ledger, anchor: Organisation) -> Iterator[Look]:
    whose = {"anchor": anchor.name, "anchor_id": anchor.id}
    shown = [sheet for sheet in source.sheets if sheet not in source.hidden]
    if len(shown) > 1:
        looks = [ledger.look(source, sheet=sheet, **whose) for sheet in shown]
        if payments := [seen for seen in looks if seen.kind is Kind.PAYMENTS]:
            yield from payments
            return
    seen = ledger.look(source, **whose)
    if (refusal := seen.refusal(source.name)) and not reports.may_be_told(seen):
        raise refusal
    yield seen


def _not_read(sha256: str, error: FolkmootError, member: str = "") -> Found:
    return Found(sha256, {"error": reports.of_error(error)}, member=shelves.plain_path(member))


def _refuse_too_many(name: str, count: int) -> None:
    if count > MOST_LISTS:
        raise Refused(
            f"“{name}” holds {count:,} files.",
            f"At most {MOST_LISTS} are looked at together.",
            "Upload it in several pieces.",
        )
