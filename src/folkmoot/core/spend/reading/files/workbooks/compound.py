"""Which streams does an OLE compound file hold (MS-CFB), and do their chains hold together?"""

import struct
from dataclasses import dataclass

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_LAST = 0xFFFFFFFA  # sector numbers from here on are signs
_SMALL = 4096  # streams below this lie in the mini stream
_MINI = 64


class Broken(Exception):
    """The compound file does not hold together."""


@dataclass(frozen=True, slots=True)
class Compound:
    """The streams by name: where each starts and how long it is; and how to follow them."""

    content: bytes
    sector: int
    table: tuple[int, ...]
    mini_table: tuple[int, ...]
    mini_stream: bytes
    streams: dict[str, tuple[int, int]]

    def stream(self, name: str) -> bytes:
        """A stream's bytes."""
        start, size = self.streams[name]
        if not size:
            return b""
        if size >= _SMALL:
            return _cut(b"".join(self._sectors(start)), size)
        pieces = [self.mini_stream[at * _MINI : at * _MINI + _MINI] for at in _chain(start, self.mini_table)]
        return _cut(b"".join(pieces), size)

    def _sectors(self, start: int) -> list[bytes]:
        return [_sector(self.content, self.sector, at) for at in _chain(start, self.table)]


def open_compound(content: bytes) -> Compound:
    """The list of streams of a compound file; raises Broken when any chain leads astray or in a circle.

    >>> open_compound(b"too short")
    Traceback (most recent call last):
    ...
    folkmoot.core.spend.reading.files.workbooks.compound.Broken: it has no whole header
    """
    if len(content) < 512:
        raise Broken("it has no whole header")
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise Broken("its sectors have an unknown size")
    size = 1 << shift
    directories, tables, first = struct.unpack_from("<III", content, 40)
    mini_first, minis, difat_first, difats = struct.unpack_from("<IIII", content, 60)
    most = len(content) // size + 1
    if max(directories, tables, minis, difats) > most:
        raise Broken("its header claims more sectors than there are")
    table = _sector_table(content, size, difat_first, most)
    listed = b"".join(_sector(content, size, at) for at in _chain(first, table))
    streams, root = _streams(listed, size)
    lies = _chain(root[0], table) if root[1] else []
    mini_stream = _cut(b"".join(_sector(content, size, at) for at in lies), root[1])
    mini = b"".join(_sector(content, size, at) for at in (_chain(mini_first, table) if minis else []))
    return Compound(content, size, table, _numbers(mini), mini_stream, streams)


def _sector_table(content: bytes, size: int, at: int, most: int) -> tuple[int, ...]:
    listed = list(struct.unpack_from("<109I", content, 76))
    seen = 0
    while at < _LAST:
        seen += 1
        if seen > most:
            raise Broken("its list of tables runs in a circle")
        *more, at = _numbers(_sector(content, size, at))
        listed += more
    if sum(one != _FREE for one in listed) > most:
        raise Broken("its list of tables names more sectors than there are")
    return _numbers(b"".join(_sector(content, size, one) for one in listed if one != _FREE))


def _streams(listed: bytes, size: int) -> tuple[dict[str, tuple[int, int]], tuple[int, int]]:
    streams: dict[str, tuple[int, int]] = {}
    root = (_END, 0)
    for at in range(0, len(listed) - 127, 128):
        named, kind = struct.unpack_from("<HB", listed, at + 64)
        start, low, high = struct.unpack_from("<III", listed, at + 116)
        length = low if size == 512 else low | high << 32
        if kind == 5:
            root = (start, length)
        elif kind == 2:
            name = listed[at : at + min(max(named - 2, 0), 64)].decode("utf-16-le", "replace")
            if name in streams:
                raise Broken("two of its streams have the same name")
            streams[name] = (start, length)
    return streams, root


def _chain(at: int, table: tuple[int, ...]) -> list[int]:
    found: list[int] = []
    while at != _END:
        if at >= len(table) or len(found) > len(table):
            raise Broken("a chain of its sectors leads astray")
        found.append(at)
        at = table[at]
    return found


def _sector(content: bytes, size: int, at: int) -> bytes:
    start = (at + 1) * size
    piece = content[start : start + size]
    if not piece:
        raise Broken("it is cut short")
    return piece.ljust(size, b"\0")


def _numbers(piece: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(piece) // 4}I", piece)


def _cut(piece: bytes, size: int) -> bytes:
    if len(piece) < size:
        raise Broken("a stream is shorter than it says")
    return piece[:size]
