"""Is an old Excel workbook (.xls) safe to be laid out?

The compound file's chain of sectors (MS-CFB) and the records of its workbook (MS-XLS) are gone through,
so that nothing runs in a circle and no cell lies so far out that the block of cells would fill the memory.
"""

import struct
from collections.abc import Iterator

from folkmoot.core.network.files.grid import not_read

MOST_CELLS = 3_000_000  # cells in the block from A1 to the last one, over all sheets
MOST_TEXT_CELLS = 300_000  # cells that name a text: calamine holds it once for each
LARGEST_STREAM = 20_000_000
_RESAVE = "Save it as a workbook of today (.xlsx) or as CSV."
_END = 0xFFFFFFFA  # this and above are no sectors
_BOF, _EOF, _LABEL_SST = 0x0809, 0x000A, 0x00FD
_CELLS = {0x0006, 0x00BD, 0x00BE, _LABEL_SST, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}


class _Broken(Exception):
    """The file contradicts itself."""


def check_old_book(content: bytes, what: str) -> None:
    """Nothing for a workbook that can be laid out; Refused for damage, another kind, too far a spread."""
    try:
        stream = _workbook_in(content)
        cells, texts = _spread(stream)
    except (_Broken, struct.error, IndexError) as error:
        raise not_read(what, "It is damaged, or no workbook of Excel 97 or later.", _RESAVE) from error
    if cells > MOST_CELLS or texts > MOST_TEXT_CELLS:
        raise not_read(what, "Its cells are spread too far.", _RESAVE)


def _workbook_in(content: bytes) -> bytes:
    """The bytes of the stream called Workbook."""
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise _Broken
    # Of the header: the directory, the size from which a stream has sectors of its own, the table of the
    # small sectors, and the tables beyond those that the header names.
    first_directory, _, cutoff, first_mini, _, first_more, more = struct.unpack_from("<7I", content, 48)
    table = _table(content, 1 << shift, first_more, more)
    directory = _chain(content, table, first_directory, 1 << shift)
    root = b""
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        name = entry[: max(min(struct.unpack_from("<H", entry, 64)[0], 64) - 2, 0)].decode(
            "utf-16-le", "replace"
        )
        first, size = struct.unpack_from("<II", entry, 116)
        if at == 0:
            root = _chain(content, table, first, 1 << shift) if first < _END else b""
        elif name == "Workbook" and size < cutoff:
            small = _table_of(_chain(content, table, first_mini, 1 << shift))
            return _chain(b"\0" * 64 + root, small, first, 64)[:size]
        elif name == "Workbook":
            return _chain(content, table, first, 1 << shift)[:size]
    raise _Broken


def _table(content: bytes, size: int, first_more: int, more: int) -> list[int]:
    """Which sector follows which."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    at, met = first_more, 0
    while at < _END and met <= min(more, len(content) // size):
        block = struct.unpack_from(f"<{size // 4}I", content, (at + 1) * size)
        sectors += block[:-1]
        at, met = block[-1], met + 1
    table: list[int] = []
    for sector in sectors:
        if sector < _END:
            table += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
        if len(table) > len(content) // size + size:
            break
    return table


def _table_of(block: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))


def _chain(content: bytes, table: list[int], first: int, size: int) -> bytes:
    pieces: list[bytes] = []
    at = first
    while at < _END:
        pieces.append(content[(at + 1) * size : (at + 2) * size])
        if len(pieces) > len(table) or len(pieces) * size > LARGEST_STREAM:
            raise _Broken
        at = table[at]
    return b"".join(pieces)


def _spread(stream: bytes) -> tuple[int, int]:
    """Cells in the blocks of all sheets, and how many cells name a text."""
    cells = texts = rows = columns = 0
    for kind, body in _records(stream):
        if kind == _BOF:
            cells, rows, columns = cells + rows * columns, 0, 0
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in (0x00BD, 0x00BE) else column
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
            texts += kind == _LABEL_SST
    return cells + rows * columns, texts


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
