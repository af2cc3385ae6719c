"""What do the records of an old Excel workbook claim (MS-XLS), before anybody lays out its cells?"""

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from folkmoot.core.spend.reading.files.refusals import damaged, locked, refuse, too_large
from folkmoot.core.spend.reading.files.workbooks.compound import Broken
from folkmoot.core.spend.reading.files.workbooks.rows import MOST_CELLS
from folkmoot.core.spend.reading.files.workbooks.texts import number_text

RESAVE = "Open it in a spreadsheet program and save it as .xlsx."
MOST_CLAIMED = 65_536 * 256  # what a sheet of Excel 97 can hold
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
MOST_CHARACTERS = 64 << 20  # of all cells: calamine holds a text once for each cell that names it
_CELLS = frozenset((0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00BD, 0x0006))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Each record's type and content from a place on, up to the end of that part."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind == 0x000A:
            return
        at += 4 + size
    raise Broken("its records break off")


def sheet_starts(stream: bytes, name: str) -> list[int]:
    """Where each sheet's records begin."""
    starts = []
    try:
        for kind, body in _records(stream, 0):
            if kind == 0x0809 and body[:2] != b"\x00\x06":
                raise refuse(name, "a workbook of Excel 95 or older", RESAVE)
            if kind == 0x002F:
                raise locked(name)
            if kind == 0x00FC and int(struct.unpack_from("<I", body, 4)[0]) * 3 > len(stream):
                raise damaged(name, "It claims more texts than it has room for.")
            if kind == 0x0085:
                starts.append(int(struct.unpack_from("<I", body)[0]))
    except (Broken, struct.error) as error:
        raise damaged(name, "Its records break off.") from error
    return starts


@dataclass(slots=True)
class Reach:
    """How far a sheet's cells reach, and the texts to show instead of what calamine reads."""

    top: int = 1 << 16
    bottom: int = 0
    left: int = 1 << 16
    right: int = 0
    instead: dict[int, dict[int, str]] = field(default_factory=dict)
    texts: Counter[int] = field(default_factory=Counter)  # how many cells name each shared text

    def reach(self, row: int, first: int, last: int) -> None:
        """A cell, or several side by side, stand here."""
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, first), max(self.right, last)

    def area(self) -> int:
        """Cells of the block that holds them all."""
        return max(0, self.bottom + 1 - self.top) * max(0, self.right + 1 - self.left)


def walk(stream: bytes, at: int, name: str) -> Reach:
    """How far the cells reach of the sheet whose records begin here; Refused when they lie too far apart."""
    walked = Reach()
    try:
        for kind, body in _records(stream, at):
            if kind == 0x0200:
                top, bottom, left, right = struct.unpack_from("<IIHH", body)
                if bottom and right and not (top < bottom and left < right):
                    raise damaged(name, "A sheet claims sizes that cannot be.")
                if bottom * right > MOST_CLAIMED:
                    raise too_large(name, f"A sheet claims more than {MOST_CLAIMED:,} cells.")
            elif kind in _CELLS:
                row, column = struct.unpack_from("<HH", body)
                last = int(struct.unpack("<H", body[-2:])[0]) if kind == 0x00BD else column
                walked.reach(row, min(column, last), max(column, last))
                if kind == 0x00FD:
                    walked.texts[struct.unpack_from("<I", body, 6)[0]] += 1
                for place, text in _instead(kind, body, column):
                    walked.instead.setdefault(row, {})[place] = text
    except (Broken, struct.error, IndexError) as error:
        raise damaged(name, "Its records break off.") from error
    return walked


def check_sizes(stream: bytes, reaches: Sequence[Reach], name: str) -> None:
    """Raises Refused when the sheets, which calamine lays out together, would take too much memory."""
    if sum(reach.area() for reach in reaches) > MOST_CELLS:
        raise too_large(name, f"The cells of its sheets lie more than {MOST_CELLS:,} cells apart.")
    try:
        lengths = list(_text_lengths(stream))
    except (Broken, struct.error, IndexError) as error:
        raise damaged(name, "Its texts break off.") from error
    named = sum((reach.texts for reach in reaches), Counter[int]())
    if sum(times * lengths[at] for at, times in named.items() if at < len(lengths)) > MOST_CHARACTERS:
        raise too_large(name, f"Its cells hold more than {MOST_CHARACTERS:,} characters.")


def _text_lengths(stream: bytes) -> Iterator[int]:
    """How many characters each shared text has. A text may go on in the next record (MS-XLS 2.5.293)."""
    within, pieces = False, []
    for kind, body in _records(stream, 0):
        within = kind == 0x00FC or (within and kind == 0x003C)
        if within:
            pieces.append(body)
    if not pieces:
        return
    left = _Pieces(pieces)
    left.take(8)  # how many there are, as it claims: calamine reads on to the end
    while left:
        length, about = struct.unpack("<HB", left.take(3))
        runs = struct.unpack("<H", left.take(2))[0] if about & 8 else 0
        more = struct.unpack("<I", left.take(4))[0] if about & 4 else 0
        left.skip_text(length, about & 1)
        left.take(4 * runs + more)
        yield length


class _Pieces:
    """The bytes of a record and of those that continue it."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces, self._piece, self._at = [one for one in pieces[:0:-1] if one], pieces[0], 0

    def __bool__(self) -> bool:
        """Whether any are left."""
        return self._at < len(self._piece) or bool(self._pieces)

    def _next(self) -> None:
        if not self._pieces:
            raise Broken("its texts break off")
        self._piece, self._at = self._pieces.pop(), 0

    def take(self, count: int) -> bytes:
        """So many bytes, across pieces."""
        taken = b""
        while len(taken) < count:
            if self._at >= len(self._piece):
                self._next()
            part = self._piece[self._at : self._at + count - len(taken)]
            self._at += len(part)
            taken += part
        return taken

    def skip_text(self, length: int, wide: int) -> None:
        """Past so many characters; where they go on in another piece, its first byte says how wide."""
        while length:
            if self._at >= len(self._piece):
                self._next()
                wide = self.take(1)[0] & 1
            here = min(length, (len(self._piece) - self._at) // (1 + wide))
            if not here:
                raise Broken("its texts break off")
            self._at += here * (1 + wide)
            length -= here


def _instead(kind: int, body: bytes, column: int) -> Iterator[tuple[int, str]]:
    """The sign of an error, and a number below nought, by its column."""
    if kind == 0x0205 and body[7]:
        yield column, _ERRORS.get(body[6], "#ERROR!")
    elif kind == 0x0006 and body[12:14] == b"\xff\xff":
        if body[6] == 2:
            yield column, _ERRORS.get(body[8], "#ERROR!")
    elif kind in (0x0203, 0x0006):
        number = float(struct.unpack_from("<d", body, 6)[0])
        if number < 0:
            yield column, number_text(number)
    elif kind in (0x027E, 0x00BD):
        for place, packed in enumerate(range(6, len(body) - 3, 6)):
            number = _unpacked(int(struct.unpack_from("<I", body, packed)[0]))
            if number < 0:
                yield column + place, number_text(number)


def _unpacked(packed: int) -> float:
    """A number as an RK record packs it: 30 bits, whole or floating, perhaps in hundredths (MS-XLS 2.5.217).

    >>> _unpacked(0x3FF00000), _unpacked((123456 << 2) | 3), _unpacked(((1 << 32) - 4 * 5) | 2)
    (1.0, 1234.56, -5.0)
    """
    bits = packed & 0xFFFFFFFC
    if packed & 2:
        number = float((bits - (1 << 32) if bits >> 31 else bits) >> 2)
    else:
        number = float(struct.unpack("<d", struct.pack("<Q", bits << 32))[0])
    return number / 100 if packed & 1 else number
