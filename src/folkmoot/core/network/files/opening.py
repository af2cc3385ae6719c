"""Which tables are in these bytes, whatever the file is called?"""

from folkmoot.core.network.files.grid import LARGEST_FILE, Grid, not_read
from folkmoot.core.network.files.text import text_grids, text_of
from folkmoot.core.network.files.vcards import card_grid
from folkmoot.core.network.files.workbooks import workbook_grids

_OTHERS = {
    b"%PDF": "It is a PDF.",
    b"\x1f\x8b": "It is packed with gzip.",
    b"{\\rtf": "It is a text document (RTF).",
    b"7z\xbc\xaf": "It is a packed file (7z).",
    b"Rar!": "It is a packed file (RAR).",
}


def grids_in(content: bytes, what: str) -> tuple[Grid, ...]:
    """The tables of a file: sheets of a workbook, the cards of a vCard file as one, a text file as one for
    each delimiter that it could be cut by. Raises Refused for a file that is too large or none of these.

    >>> grids_in(b"name;post\\nAnn;Clerk", "people")[0].records[1].cells
    ('Ann', 'Clerk')
    """
    if len(content) > LARGEST_FILE:
        raise not_read(what, f"It is larger than {LARGEST_FILE // 1_000_000} MB.", "Split it in parts.")
    for mark, words in _OTHERS.items():
        if content.startswith(mark):
            raise not_read(what, words, "Save the list as a workbook or as CSV.")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return workbook_grids(content, what)
    if is_cards(content, what):
        return (card_grid(content, what),)
    return text_grids(content, what)


def is_cards(content: bytes, what: str) -> bool:
    """Whether the first line that is not blank begins a vCard.

    >>> is_cards(b"\\n begin:vcard\\n", "people"), is_cards(b"name,post", "people")
    (True, False)
    """
    head, _ = text_of(content[:2000] if content[:1] else b"", what)
    return head.lstrip().upper().startswith("BEGIN:VCARD")
