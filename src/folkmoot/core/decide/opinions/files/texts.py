"""Which text, or which JSON, do these bytes hold?"""

import codecs
import json
from typing import NoReturn

from folkmoot.core.decide.opinions.files.refusing import short, wrong

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
AS_CSV = "Save it as CSV in UTF-8 and try again."


def decoded(content: bytes, name: str) -> str:
    """The text in UTF-8 or, with its byte order mark, UTF-16; else as Windows writes western languages.

    Raises Refused for what is empty or no text.

    >>> decoded("é".encode("utf-16"), "x"), decoded("é".encode("cp1252"), "x")
    ('é', 'é')
    """
    named = next((encoding for mark, encoding in BOMS if content.startswith(mark)), "")
    for encoding in (named,) if named else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        if not text.strip():
            raise wrong(name, "It is empty.", "Choose another file.")
        return text
    raise wrong(name, "It is no text.", AS_CSV)


def parsed(text: str, name: str) -> object:
    """What a JSON text holds. Raises Refused, with the line, for what is not JSON.

    >>> parsed("[1, 2]", "x")
    [1, 2]
    """
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise wrong(name, f"It is not JSON: {error.msg}.", line=error.lineno) from error
    except RecursionError as error:
        raise wrong(name, "Its lists lie too deep in one another.", "Choose another file.") from error
    except ValueError as error:  # a number with thousands of digits, or NaN
        raise wrong(name, f"A number in it cannot be read: {short(str(error))}.") from error


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")
