"""Which e-mail addresses, with which names, stand in this text?"""

import re
from dataclasses import dataclass

MOST = 100  # addresses in one text
# What mail servers take in practice: no quotes, one @, and a house with a dot in its name.
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+",
    re.ASCII,
)
_LONGEST = 254


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text: an address with its name, or why it is none."""

    number: int
    text: str
    email: str = ""
    name: str = ""
    why_not: str = ""


def is_address(text: str) -> bool:
    """Whether the text is one e-mail address and nothing else.

    >>> is_address("ada@marram.example"), is_address("ada@marram.example\\nBcc: all@marram.example")
    (True, False)
    """
    return len(text) <= _LONGEST and _ADDRESS.fullmatch(text) is not None


def read_addresses(text: str) -> tuple[Line, ...]:
    """Each line that says something: an address, "Ada Quill <ada@marram.example>", or the two with a comma.

    An address that stands there again is said so, and what lies past the hundredth line.

    >>> [(line.email, line.name) for line in read_addresses("Ada Quill <ada@marram.example>")]
    [('ada@marram.example', 'Ada Quill')]
    >>> read_addresses("nobody")[0].why_not
    'There is no e-mail address in this line.'
    """
    lines, seen = [], set[str]()
    said = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    for place, (number, line) in enumerate(said):
        email, name = _pieces(line)
        why_not = ""
        if not email:
            why_not = "There is no e-mail address in this line."
        elif email in seen:
            why_not = "This address stands in a line above already."
        elif place >= MOST:
            why_not = f"Only {MOST} lines are taken at once."
        seen.add(email)
        lines.append(Line(number, line, "", "", why_not) if why_not else Line(number, line, email, name))
    return tuple(lines)


def masked(email: str) -> str:
    """An address as it is shown to whoever may not be its owner.

    >>> masked("ada.quill@marram.example")
    'a…@marram.example'
    """
    name, _, house = email.partition("@")
    return f"{name[:1]}…@{house}"


def _pieces(line: str) -> tuple[str, str]:
    words = [word.strip("<>()[]\"'“”,;:") for word in re.split(r"[\s,;<>]+", line)]
    found = [word for word in words if is_address(word)]
    if len(found) != 1:
        return "", ""
    name = " ".join(word for word in words if word and word != found[0])
    return found[0].lower(), name[:200]
