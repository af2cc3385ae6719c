"""Which people does a file of vCards hold: versions 2.1, 3.0 and 4.0 (RFC 6350)?

The lines are read here, one by one, in time that grows with their number: what a card says of a person's
name, body, post and address becomes a row, and the rest is left where it is, and told.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from folkmoot.core.network.files.grid import MOST_ROWS, Grid, RowNote, not_read, record_of
from folkmoot.core.network.files.text import text_of

HEADINGS = ("name", "organisation", "post", "email")
LONGEST_LINE = 20_000  # characters of one property; longer ones are pictures
_PROPERTY = re.compile(r"(?:[\w-]+\.)?([A-Za-z][\w-]*)((?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):", re.ASCII)
_PARAMETER = re.compile(r";([^;\"]*(?:\"[^\"]*\"[^;\"]*)*)")
_ESCAPED = re.compile(r"\\(.)", re.S)
# Those that address books write; other names of codecs do more than decode.
_CHARSETS = {
    "utf-8",
    "utf-16",
    "utf-7",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-15",
    "windows-1252",
    "us-ascii",
}
_LEFT_OUT = {
    "PHOTO": "photos", "LOGO": "photos", "TEL": "telephone numbers", "ADR": "addresses", "LABEL": "addresses",
    "BDAY": "birthdays", "ANNIVERSARY": "birthdays", "NOTE": "notes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """One property of a card: its name, its parameters in capitals, its value as it was written."""

    name: str
    parameters: tuple[str, ...]
    value: str

    def has(self, *words: str) -> bool:
        return any(
            word in re.split(r"[=,]", parameter.upper()) for parameter in self.parameters for word in words
        )


@dataclass(slots=True)
class _Card:
    """A card while it is read."""

    line: int
    said: dict[str, list[_Line]] = field(default_factory=dict)
    old: bool = False


def card_grid(content: bytes, what: str) -> Grid:
    """One row for each card, under the headings name, organisation, post and email.

    Raises Refused where there is no card, or more than can be looked at.

    >>> card = b"BEGIN:VCARD\\nN:Lee;Ann;;Dr;\\nORG:Town Hall;Roads\\nEND:VCARD"
    >>> card_grid(card, "people").records[1].cells
    ('Dr Ann Lee', 'Town Hall', '', '')
    """
    text, encoding = text_of(content, what)
    records = [record_of(0, HEADINGS)]
    notes: dict[str, int] = {}
    for card, fault in _cards(text):
        if len(records) > MOST_ROWS:
            raise not_read(what, f"It has more than {MOST_ROWS:,} cards.", "Split it in parts.")
        row = _row(card)
        nobody = "" if row[0] or row[1] else "There is neither a name nor a body on this card."
        records.append(record_of(card.line, row, fault or nobody))
        for kind in {_LEFT_OUT[name] for name in card.said if name in _LEFT_OUT}:
            notes[kind] = notes.get(kind, 0) + 1
    if len(records) == 1:
        raise not_read(what, "It holds no card that can be read.")
    told = tuple(
        RowNote(0, f"The {kind} on {number} card{'s' * (number != 1)} were not read: none are kept here.")
        for kind, number in sorted(notes.items())
    )
    return Grid("", f"vCard, {encoding}", tuple(records), told)


def _cards(text: str) -> Iterator[tuple[_Card, str]]:
    """Every card with what is wrong with it; a card within a card is no card of its own."""
    card, inner = None, 0
    for number, line in _logical_lines(text):
        mark = line.upper().replace(" ", "")
        if mark.endswith("BEGIN:VCARD"):
            if card is None:
                card = _Card(number)
            elif mark == "BEGIN:VCARD" and not inner and "AGENT" not in card.said:
                yield card, "The card is never closed: another one begins within it."
                card = _Card(number)
            else:
                inner += 1
        elif mark == "END:VCARD" and inner:
            inner -= 1
        elif mark == "END:VCARD" and card is not None:
            yield card, ""
            card = None
        elif card is not None and not inner:
            _take(card, line)
    if card is not None:
        yield card, "The card is never closed."


def _take(card: _Card, line: str) -> None:
    found = _PROPERTY.match(line[:LONGEST_LINE])
    if not found:
        return
    name = found[1].upper()
    if name == "AGENT" and line.upper().replace(" ", "").endswith("BEGIN:VCARD"):
        return
    if name == "VERSION":
        card.old = line[found.end() :].strip() == "2.1"
    parameters = tuple(_PARAMETER.findall(found[2]))
    card.said.setdefault(name, []).append(_Line(name, parameters, line[found.end() : LONGEST_LINE]))


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines as they were before they were folded, each with the number of its first."""
    held: list[str] = []
    began, soft = 0, False
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        # A line goes on after a blank at the start of the next, or (2.1) after "=" in quoted-printable.
        if held and (soft or line[:1] in (" ", "\t")):
            held.append(line if soft else line[1:])
        else:
            if held:
                yield began, "".join(held)
            held, began = [line], number
        head = held[0].upper()
        soft = line.endswith("=") and "QUOTED-PRINTABLE" in head.partition(":")[0]
        if soft:
            held[-1] = held[-1][:-1]
    if held:
        yield began, "".join(held)


def _row(card: _Card) -> tuple[str, str, str, str]:
    organisation = _first(card, "ORG")
    name = _unescaped(_first(card, "FN")) or _composed(_first(card, "N"))
    post = _unescaped(_first(card, "TITLE")) or _unescaped(_first(card, "ROLE"))
    return name, _unescaped(_split(organisation, ";")[0]), post, _address(card)


def _composed(name: str) -> str:
    """Surname; first; middle; before; after: as the person is called."""
    surname, first, middle, before, after = (*map(_unescaped, _split(name, ";")), "", "", "", "", "")[:5]
    return " ".join(filter(None, (before, first, middle, surname, after)))


def _address(card: _Card) -> str:
    """The preferred address, else the one at work, else the first."""
    lines = sorted(card.said.get("EMAIL", []), key=lambda line: (not _preferred(line), not line.has("WORK")))
    return next(filter(None, (_unescaped(_decoded(line)) for line in lines)), "")


def _preferred(line: _Line) -> bool:
    return line.has("PREF") and not any(re.fullmatch(r"PREF=(?!1$).*", p.upper()) for p in line.parameters)


def _first(card: _Card, name: str) -> str:
    return next(filter(str.strip, (_decoded(line) for line in card.said.get(name, []))), "")


def _decoded(line: _Line) -> str:
    """The value as text, whichever way it was wrapped."""
    if line.has("B", "BASE64"):
        try:
            raw = binascii.a2b_base64(line.value.encode("ascii", "ignore"))
        except binascii.Error:
            return ""
    elif line.has("QUOTED-PRINTABLE"):
        raw = quopri.decodestring(line.value.encode("utf-8"))
    else:
        return line.value
    named = (
        p.partition("=")[2].strip('"').lower() for p in line.parameters if p.upper().startswith("CHARSET=")
    )
    for encoding in (*(name for name in named if name in _CHARSETS), "utf-8"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", "replace")


def _split(text: str, at: str) -> list[str]:
    """The pieces between the marks that are not escaped."""
    return [piece.replace("\0", f"\\{at}") for piece in text.replace(f"\\{at}", "\0").split(at)]


def _unescaped(text: str) -> str:
    return " ".join(_ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], text).split())
