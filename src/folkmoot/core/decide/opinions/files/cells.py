"""What does one cell say: an id, a vote, a time, a text?"""

import math
import re
from datetime import UTC, datetime, timedelta

from folkmoot.core.decide.opinions.history import TAKEN_BACK
from folkmoot.core.decide.opinions.votes import AGREE, DISAGREE, PASS

LONGEST_ID = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = 253_402_300_799_999  # the last millisecond of the year 9999
SECONDS_END = 100_000_000_000  # as milliseconds this is March 1973; as seconds, the year 5138

WORDS = {
    **dict.fromkeys(("agree", "agreed", "a", "yes", "y"), AGREE),
    **dict.fromkeys(("disagree", "disagreed", "d", "no", "n"), DISAGREE),
    **dict.fromkeys(("pass", "passed", "p", "unsure", "pass/unsure"), PASS),
    "withdrawn": TAKEN_BACK,
}
_RISKY = r"[=+\-@\t\r\n＝＋－＠]"
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?", re.ASCII).fullmatch
_UNWRITTEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]").search
_RUNS = re.compile(f"'*{_RISKY}").match
_KEPT = re.compile(f"'+{_RISKY}").match


def safe(text: str) -> str:
    """The text with one more apostrophe in front where a spreadsheet would take it for a formula. `plain`
    takes it off again, so that nothing is lost. See OWASP, “CSV injection”.

    >>> safe("=1+1"), safe("-12.5"), safe("'=1"), safe("'tis")
    ("'=1+1", '-12.5', "''=1", "'tis")
    """
    number = bool(text[1:]) and _NUMBER(text)
    return f"'{text}" if _RUNS(text) and not number else text


def plain(text: str) -> str:
    """The text without the apostrophe that kept a spreadsheet from running it.

    >>> plain(safe("=1+1")), plain("'tis"), plain("'-1")
    ('=1+1', "'tis", '-1')
    """
    return text[1:] if _KEPT(text) else text


def id_fault(id_: str) -> str:
    """What is wrong with an id, or nothing.

    >>> id_fault("7"), id_fault("")
    ('', 'There is no id.')
    """
    if not id_:
        return "There is no id."
    if len(id_) > LONGEST_ID:
        return f"An id has {len(id_):,} characters; {LONGEST_ID} are the most."
    if _UNWRITTEN(id_):
        return "An id holds a sign that cannot be written."
    return ""


def written(text: str) -> str:
    """The text with a question mark for what no file can hold: halves of a sign, and nought bytes.

    >>> written("a\\ud800b")
    'a?b'
    """
    return text.encode("utf-8", "replace").decode().replace("\x00", "?")


def whole(text: str) -> int | None:
    """The whole number of a cell (7, +7, 7.0, 7e0, −7), or None. No more than 18 digits.

    >>> whole("7.0"), whole("−1"), whole("1.5"), whole("nan"), whole("1e400")
    (7, -1, None, None, None)
    """
    bare = text.strip().replace("−", "-")
    if not bare.isascii() or "_" in bare or len(bare) > 40:
        return None
    try:
        return int(bare) if abs(int(bare)) < 10**18 else None
    except ValueError:
        pass
    try:
        number = float(bare)
    except ValueError:
        return None
    return int(number) if math.isfinite(number) and abs(number) < 2**53 and number.is_integer() else None


def vote_of(text: str, agree_is: int) -> int | None:
    """The vote of a cell, agree 1, whatever sign its file uses; None where it is none.

    agree_is: what a number means; words mean what they say.

    >>> vote_of("Agree", -1), vote_of("1", -1), vote_of("-1.0", 1), vote_of("2", 1)
    (1, -1, -1, None)
    """
    word = text.strip().casefold()
    if word in WORDS:
        return WORDS[word]
    number = whole(word)
    return number * agree_is if number in (-1, 0, 1) and number is not None else None


def moment_of(text: str) -> int | None:
    """The time of a cell as a whole number (of milliseconds, or seconds: see `in_milliseconds`) or, as ISO
    8601 writes it, in milliseconds; without a zone it is UTC. None where it is no time.

    >>> moment_of("1500232652930"), moment_of("1970-01-02T00:00:00Z"), moment_of("soon")
    (1500232652930, 86400000, None)
    """
    bare = text.strip()
    number = whole(bare)
    if number is not None:
        return number if abs(number) <= LATEST else None
    try:
        told = datetime.fromisoformat(bare)
    except ValueError:
        return None
    told = told.replace(tzinfo=UTC) if told.tzinfo is None else told
    return (told - EPOCH) // timedelta(milliseconds=1)


def written_time(at: int) -> str:
    """A time for people to read, in UTC.

    >>> written_time(1500232652930)
    '2017-07-16T19:17:32.930Z'
    """
    told = EPOCH + timedelta(milliseconds=at)
    return told.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
