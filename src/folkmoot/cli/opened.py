"""What does a file hold that was named on the command line?"""

import gzip
import zlib
from pathlib import Path

from folkmoot.core.kernel.errors import Refused

PACKED = b"\x1f\x8b"  # how gzip begins
LARGEST = 64_000_000  # bytes after unpacking, so that a small packed file cannot fill the memory


def content_of(path: Path, kind: str, largest: int = LARGEST) -> bytes:
    """The bytes of a file; of a packed file, whatever its name, what is inside. Raises Refused for one that
    is too large for its `kind`."""
    content = beginning_of(path, largest + 1)
    if len(content) > largest:
        raise Refused(f"{path.name} was not read.", f"It is too large for {kind}.", "Hand in a smaller file.")
    return content


def beginning_of(path: Path, length: int) -> bytes:
    """The first bytes of a file, or of what is packed in it. Raises Refused where it cannot be opened."""
    check = "Check the file and try again."
    try:
        with path.open("rb") as file:
            packed = file.read(2) == PACKED
            file.seek(0)
            with gzip.open(file) if packed else file as opened:
                return bytes(opened.read(length))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Refused(
            f"{path.name} was not opened.", "It is packed, and damaged or cut off.", check
        ) from error
    except OSError as error:
        raise Refused(f"{path.name} was not opened.", f"{error.strerror or error}.", check) from error
