"""May this zip be unpacked, and what does each member hold?"""

import re
import struct
import zlib
from collections.abc import Generator
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.reading.files.refusals import damaged, locked, refuse, too_large

CHUNK = 1 << 18
MOST_MEMBERS = 2000
LARGEST_DIRECTORY = 1 << 20  # bytes of the list of members; read whole, so bounded before it is read

_END, _LOCATOR, _END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_LEADS_OUT = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|[\\\0]")
_CLUTTER = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")


@dataclass(frozen=True, slots=True)
class Caps:
    """How much may come out of how little: bytes, bytes out of one byte, and from where on that counts; and
    how many members may be listed, in how many bytes."""

    largest: int
    ratio: float
    ratio_floor: int
    members: int = MOST_MEMBERS
    directory: int = LARGEST_DIRECTORY

    def check(self, name: str, inner: int, outer: int) -> None:
        """Raises Refused when `inner` bytes out of `outer` are too many."""
        if inner > self.largest or (inner > self.ratio_floor and inner > outer * self.ratio):
            raise too_large(
                name, f"It unpacks to more than {min(inner, self.largest):,} bytes from {outer:,}."
            )


def open_zip(stream: BinaryIO, name: str, caps: Caps) -> ZipFile:
    """The zip with its list of members read and checked, and nothing unpacked.

    Refused: a list that cannot be read, too many members or bytes, names that lead out of the folder or
    come twice, members that lie over one another (as in D. Fifield 2019, A better zip bomb).
    """
    size = stream.seek(0, 2)
    if _directory_size(stream, size) > caps.directory:
        raise too_large(name, f"It lists more than {caps.members:,} members.")
    try:
        held = ZipFile(stream)
    # zipfile says NotImplementedError of a zip of a later version than it knows.
    except (BadZipFile, ValueError, OverflowError, NotImplementedError, struct.error) as error:
        raise damaged(name, "The list of its members cannot be read.") from error
    members = held.infolist()
    if len(members) > caps.members:
        raise too_large(name, f"It lists more than {caps.members:,} members.")
    names = [member.orig_filename for member in members]
    if any(_LEADS_OUT.search(one) for one in names):
        raise Refused(
            f"“{name}” was not unpacked.",
            "A member's name leads out of the folder in which it would be unpacked.",
            "Ask the publisher for a clean copy.",
        )
    if len(set(names)) < len(names):
        raise damaged(name, "Two of its members have the same name.")
    caps.check(name, sum(member.file_size for member in members), size)
    _refuse_overlaps(stream, held, members, name)
    return held


def inner_members(held: ZipFile) -> list[ZipInfo]:
    """The members that somebody put there: no folders, and none of what systems add by themselves."""
    return [
        member for member in held.infolist() if not member.is_dir() and not _CLUTTER.search(member.filename)
    ]


def chunks(stream: BinaryIO, member: ZipInfo, name: str) -> Generator[bytes, None, None]:
    """A member's bytes, in pieces; Refused when it is encrypted, damaged or not of its declared size.

    The deflated data are followed to their own end, so that a member declared small cannot be large to
    another reader.
    """
    if member.flag_bits & 0x41:
        raise locked(name)
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise refuse(name, "a zip packed by an unusual method", "Pack it again with an ordinary zip program.")
    left, total, check = member.compress_size, 0, 0
    stream.seek(_data_start(stream, member, name))
    unpack = zlib.decompressobj(-15) if member.compress_type == ZIP_DEFLATED else None
    try:
        while left or (unpack and unpack.unconsumed_tail):
            packed = unpack.unconsumed_tail if unpack and unpack.unconsumed_tail else b""
            if not packed:
                packed = stream.read(min(CHUNK, left))
                left -= len(packed)
                if not packed:
                    break
            piece = unpack.decompress(packed, CHUNK) if unpack else packed
            total, check = total + len(piece), zlib.crc32(piece, check)
            if total > member.file_size or (unpack and unpack.unused_data):
                break
            yield piece
            if unpack and unpack.eof:
                break
    except zlib.error as error:
        raise damaged(name, "Its packed bytes cannot be unpacked.") from error
    whole = not left and (unpack is None or (unpack.eof and not unpack.unused_data))
    if not whole or total != member.file_size or check != member.CRC:
        raise damaged(name, "What is packed is not what its list of members says.")


def _data_start(stream: BinaryIO, member: ZipInfo, name: str) -> int:
    stream.seek(member.header_offset)
    header = stream.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise damaged(name, "A member is not where the list of members says.")
    named, extra = struct.unpack("<HH", header[26:30])
    return member.header_offset + 30 + int(named) + int(extra)


def _refuse_overlaps(stream: BinaryIO, held: ZipFile, members: list[ZipInfo], name: str) -> None:
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise damaged(name, "Its members lie over one another.")
        end = _data_start(stream, member, name) + member.compress_size
    if end > held.start_dir:
        raise damaged(name, "Its members lie over one another.")


def _directory_size(stream: BinaryIO, size: int) -> int:
    """How many bytes the list of members claims to take, found as ZipFile finds it; 0 when there is none."""
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    at = len(tail) - 22
    if at < 0:
        return 0
    if not (tail[at : at + 4] == _END and tail.endswith(b"\0\0")):
        at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return 0
    claimed = int(struct.unpack("<L", tail[at + 12 : at + 16])[0])
    if at >= 76 and tail[at - 20 : at - 16] == _LOCATOR and tail[at - 76 : at - 72] == _END_64:
        claimed = max(int(struct.unpack("<Q", tail[at - 36 : at - 28])[0]), 0)
    return claimed
