"""What does a file hold that was named on the command line?"""

import gzip
import zlib
from pathlib import Path

from folkmoot.core.kernel.errors import Refused

LARGEST = 64_000_000  # bytes after unpacking, so that a small packed file cannot fill the memory


def content_of(path: Path, kind: str, largest: int = LARGEST) -> bytes:
    """The bytes of a file; of a packed file, what is inside. `kind` is what it is too large for."""
    try:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rb") as file:
            content = bytes(file.read(largest + 1))
    except (OSError, EOFError, zlib.error) as error:
        raise Refused(f"{path.name} was not opened.", f"{error}.", "Check the file and try again.") from error
    if len(content) > largest:
        raise Refused(f"{path.name} was not read.", f"It is too large for {kind}.", "Split it in parts.")
    return content
