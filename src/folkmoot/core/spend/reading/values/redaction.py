"""Did the publisher strike out whom this row paid?"""

import re
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase

_WORDS = re.compile(r"[a-z]+").findall
# Long enough that one slip of the keys still cannot be anything else, save for the friends.
_STRUCK = ("redacted", "redaction", "redactions", "redacting", "withheld")
_FRIENDS = frozenset(
    {
        "reacted",
        "reaction",
        "reactions",
        "reacting",
        "reduction",
        "reductions",
        "reductive",
        "redfaction",
        "withhold",
    }
)
_ALSO_A_TRADE = frozenset({"redaction", "redactions", "redacting", "redact"})
_FIRM = frozenset(
    _WORDS("""
    ltd limited plc llp lp inc cic company co corp group holdings services service solutions
    software systems technologies consulting consultants partners associates club studio studios
    publishing press
    """)
)
_TRADING = re.compile(r"\b(?:t[/ ]?as?|trading as)\b")
_MARKS_ONLY = re.compile(r"[x*#█•▇■]{3,}").fullmatch
_BESIDE_MARKS = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr)\b|[\s.,/&()\[\]'\"-]")
# A name wholly of the fillers and with a core among them names nobody.
_CORES = re.compile(
    r"\b(?:confidential|in confidence|exempt|exempted|exemption|undisclosed|suppressed|anonymous|anon"
    r"|anonymi[sz]ed|gdpr|data protection|names? (?:removed|hidden|masked|protected|restricted)"
    r"|(?:personal|private|sensitive|protected|restricted)\b.*\b(?:data|info|information|details?)"
    r"|(?:not|non|never) (?:be )?(?:for )?(?:disclosed?|disclosure|published|publication|released|shown))\b"
    r"|^(?:personal|private|removed|hidden|masked|restricted|protected)$"
)
_FILLERS = frozenset(
    _WORDS("""
    name names named supplier suppliers vendor vendors payee payees beneficiary creditor customer
    client individual individuals person persons data information info detail details personal
    private commercial commercially in confidence confidential sensitive under for from due to the
    of by and or is as act section sec s foi foia dpa gdpr uk regulation regulations reason reasons
    publication published disclosure disclosed disclose protection protect protected payment
    payments not non never be been has removed hidden masked restricted exempt exempted exemption
    undisclosed suppressed anonymous anon anonymised anonymized released shown privacy schedule a
    """)
)


def _slips(word: str) -> Iterator[str]:
    """The word itself, and every word one letter lost, wrong, added or swapped away from it."""
    yield word
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


_SLIPS = {slip: word for word in reversed(_STRUCK) for slip in _slips(word) if slip not in _FRIENDS}


def is_redacted(payee: str) -> bool:
    """Whether the name was struck out before publication, wholly or in part.

    Counts: redacted, redaction, redacting or withheld as a word of the name, also with one letter lost,
    wrong or added or two swapped; a name wholly of words such as "personal data" or "exempt from
    publication"; a name wholly of crosses or stars. A firm that redacts for others ("Redaction Services
    Ltd"), words that merely resemble (Redactive, Reduction) and firms with such a word among others
    (Confidential Shredding) are names. Rules drawn from the distinct payees of four English councils and
    eight trusts.

    >>> [is_redacted(name) for name in ("Redacted Data", "Redcated", "REDACTED DATA t/a Heatons Hire")]
    [True, True, True]
    >>> [is_redacted(name) for name in ("Redactive Publishing Ltd", "Personal Care Consultants")]
    [False, False]
    >>> [is_redacted(name) for name in ("Name withheld (s40)", "Exempt", "***", "XXXIkea Business Accounts")]
    [True, True, True, False]
    """
    text = payee.casefold()
    words = _WORDS(text)
    struck = {_struck(word) for word in words} - {""}
    if struck:
        return not struck <= _ALSO_A_TRADE or _FIRM.isdisjoint(words)
    if sum(map(bool, map(_without_crosses, words))) < 2 and _MARKS_ONLY(_BESIDE_MARKS.sub("", text)):
        return True
    if not words or words[0] not in _FILLERS:
        return False
    named = _WORDS(_TRADING.split(text, maxsplit=1)[0])
    return _FILLERS.issuperset(named) and _CORES.search(" ".join(named)) is not None


def _without_crosses(word: str) -> str:
    return word.strip("x")


@lru_cache(maxsize=65_536)
def _struck(word: str) -> str:
    """The word of redaction that this one is, slips and run-on words allowed; else empty."""
    if word.startswith("redacted"):  # "RedactedData"
        return "redacted"
    return word if word == "redact" else _SLIPS.get(word, "")
