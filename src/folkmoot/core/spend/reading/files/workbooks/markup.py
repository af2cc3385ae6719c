"""What does an XML part say, element by element, without trusting it?"""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import NoReturn
from xml.parsers import expat

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.reading.files.refusals import damaged, too_large

Attributes = dict[str, str]
LONGEST_TAG = 4 << 20  # bytes; the parser holds a tag whole


class Declared(Exception):
    """The part declares a document type, which may define entities: no workbook needs that."""


def parser(
    started: Callable[[str, Attributes], None] | None = None, ended: Callable[[str], None] | None = None
) -> expat.XMLParserType:
    """A parser that calls `started` and `ended`, joins neighbouring text, and stops at a document type."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _stop
    made.StartElementHandler = started
    made.EndElementHandler = ended
    return made


def _stop(*_: object) -> NoReturn:
    raise Declared


def parse(pieces: Iterator[bytes], made: expat.XMLParserType, name: str) -> Iterator[None]:
    """Feeds the pieces to the parser and pauses after each, so that rows can be handed on meanwhile."""
    fed = 0
    try:
        for piece in pieces:
            made.Parse(piece, False)
            fed += len(piece)
            if fed - made.CurrentByteIndex > LONGEST_TAG:
                raise too_large(name, f"One of its tags is longer than {LONGEST_TAG:,} bytes.")
            yield
        made.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two: an encoding nobody knows
        raise damaged(name, f"Its XML breaks off or is wrong ({error}).") from error
    except Declared as error:
        raise Refused(
            f"“{name}” was not read.",
            "Its XML declares a document type or entities, which no spreadsheet program writes.",
            "Open it in a spreadsheet program and save it anew.",
        ) from error
    yield


def check_beginning(pieces: Generator[bytes, None, None], name: str) -> None:
    """Raises Refused when a part does not begin as XML, or declares a document type.

    >>> check_beginning((piece for piece in [b"<a><b/>", b"</a>"]), "a.xlsx")
    """
    with closing(pieces):
        for _ in parse(pieces, parser(), name):
            return


def elements(pieces: Iterator[bytes], name: str) -> Iterator[tuple[str, Attributes]]:
    """Each element's local name and attributes, in the order in which they begin.

    >>> list(elements(iter([b"<x:a><b c='1'/></x:a>"]), "a.xlsx"))
    [('a', {}), ('b', {'c': '1'})]
    """
    found: list[tuple[str, Attributes]] = []
    made = parser(lambda tag, held: found.append((local(tag), held)))
    for _ in parse(pieces, made, name):
        yield from found
        found.clear()


def local(tag: str) -> str:
    """A name without its prefix.

    >>> local("x:row"), local("row")
    ('row', 'row')
    """
    return tag.rpartition(":")[2]
