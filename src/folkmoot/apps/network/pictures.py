"""How does support look as a picture, counted for the core team and in bands for everybody else?"""

from collections.abc import Mapping
from types import MappingProxyType

from folkmoot.apps.network.shown import SupportShown
from folkmoot.core.kernel.disclosure import Band
from folkmoot.core.network import GapKind, Level, Support
from folkmoot.core.network.tally import Tally
from folkmoot.core.pictures import DotRow, Frame, Mark, MatrixCell, MatrixRow, Picture, bands, dots, matrix

# Which bands there are where no more than this is told.
COARSE = {Band.HIDDEN: (Band.HIDDEN,), Band.SOME: (Band.NONE, Band.SOME)}
NO_WORDS: Mapping[str, str] = MappingProxyType({})
EMPTY = "No part of the system is named yet."


def bands_picture(shown: SupportShown) -> Picture:
    """Each part with its band in words; nothing that can be counted."""
    told = {part.band for part in shown.bands}
    scale = next(
        (coarse for band, coarse in COARSE.items() if band in told), (Band.NONE, Band.FEW, Band.MANY)
    )
    rows = [(part.part, scale.index(part.band)) for part in shown.bands]
    frame = Frame("bands", "Active supporters in each part", shown.sentence, rows_are="Part", empty=EMPTY)
    return bands(frame, [str(band) for band in scale], rows, measure="Active supporters")


def dots_picture(counted: Support, sentence: str) -> Picture:
    """One dot for each person known in a part: active, active but not heard lately, not active."""
    lacking = {gap.part: gap.kind for gap in counted.gaps if gap.level is None}
    rows = [
        DotRow(
            tally.part,
            tally.active_fresh,
            tally.active - tally.active_fresh,
            tally.known - tally.active,
            # The ringed dots say already that support was not heard lately.
            "" if tally.active else _lacking_in(tally, lacking),
        )
        for tally in counted.by_part
    ]
    return dots(Frame("dots", "Support in each part", sentence, rows_are="Part", empty=EMPTY), rows)


def _lacking_in(tally: Tally, lacking: Mapping[str, GapKind]) -> str:
    kind = lacking.get(tally.part)
    if kind is GapKind.NOBODY:
        return "not met yet" if tally.known else "nobody yet"
    return "none active yet" if kind else ""


def matrix_picture(counted: Support, sentence: str, words: Mapping[str, str] = NO_WORDS) -> Picture:
    """Parts by levels: full with the number active, a ring where people are known, else a dash. `words` is
    what the partnership calls the levels, where it has words of its own."""
    cells = {(tally.part, tally.level): _cell(tally) for tally in counted.matrix}
    rows = [
        MatrixRow(tally.part, tuple(cells[tally.part, level] for level in Level)) for tally in counted.by_part
    ]
    frame = Frame("reach", "Active supporters by part and level", sentence, rows_are="Part", empty=EMPTY)
    return matrix(frame, [words.get(level, str(level)) for level in Level], rows)


def _cell(tally: Tally) -> MatrixCell:
    if tally.active:
        return MatrixCell(Mark.FULL, str(tally.active), f"{tally.active} active of {tally.known} known")
    if tally.known:
        return MatrixCell(Mark.RING, "0", f"0 active of {tally.known} known")
    return MatrixCell(Mark.NONE, "", "nobody known")
