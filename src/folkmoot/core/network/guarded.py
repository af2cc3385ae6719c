"""Which words of a note speak of what the law guards most?

The UK GDPR, article 9, forbids keeping what shows somebody's health, belief, political opinion, union
membership, origin or sex life, but for a few reasons. A list of words cannot understand a sentence: it
misses much, and it finds “union” in “credit union”. So it only makes somebody stop and think; whoever has
thought may go on. The list is short on purpose: a warning that comes too often is not read.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Guarded(StrEnum):
    """What the law guards most, in the words of a page."""

    HEALTH = "health"
    BELIEF = "belief"
    POLITICS = "political opinion"
    UNION = "union membership"
    ORIGIN = "origin"
    SEX_LIFE = "sex life"


# Stems end in a dash: any word that begins so.
WORDS: dict[Guarded, tuple[str, ...]] = {
    Guarded.HEALTH: (
        "ill", "illness", "sick", "sick leave", "cancer", "diabet-", "disabled", "disability", "depress-",
        "mental health", "pregnan-", "miscarriage", "maternity leave", "diagnos-", "an operation", "autis-",
        "adhd", "dementia", "a stroke", "hiv", "alcoholi-", "addict-", "medication", "burnout",
        "her health", "his health", "their health",
    ),
    Guarded.BELIEF: (
        "a christian", "catholic", "anglican", "methodist", "muslim", "islam-", "jewish", "hindu", "sikh",
        "buddhist", "atheist", "religio-", "churchgoer", "goes to church", "prays", "her faith", "his faith",
        "their faith", "jehovah-",
    ),
    Guarded.POLITICS: (
        "votes for", "voted for", "tory", "tories", "left wing", "right wing", "leftist", "socialist",
        "marxist", "communist", "fascist", "party member", "remainer", "brexiteer", "political views",
        "her politics", "his politics", "their politics",
    ),
    Guarded.UNION: (
        "union member", "trade union", "union rep", "shop steward", "unison", "gmb", "unite the union",
        "member of a union", "went on strike",
    ),
    Guarded.ORIGIN: (
        "ethnic-", "her race", "his race", "their race", "skin colour", "immigrant", "refugee",
        "asylum seeker", "gypsy", "born abroad",
    ),
    Guarded.SEX_LIFE: (
        "gay", "lesbian", "bisexual", "homosexual", "transgender", "sexual-", "her affair", "his affair",
        "having an affair",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """One word that was found, and what it may speak of."""

    kind: Guarded
    word: str


def speaks_of(text: str) -> tuple[Spoken, ...]:
    """The words of a text that may speak of what the law guards most, the first of each kind.

    Capitals and accents do not matter; only whole words count, and a dash stands for the rest of a word.

    >>> [str(each.kind) for each in speaks_of("On sick leave; her union rep rang.")]
    ['health', 'union membership']
    >>> speaks_of("Will ask the skills board about the Illminster contract.")
    ()
    """
    plain = _plain(text)
    found = []
    for kind, pattern in _PATTERNS.items():
        if match := pattern.search(plain):
            found.append(Spoken(kind, match[0]))
    return tuple(found)


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[-‐‑–—/_]", " ", bare).split())


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    each = (re.escape(word.removesuffix("-")) + (r"\w*" if word.endswith("-") else "") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")


_PATTERNS = {kind: _pattern(words) for kind, words in WORDS.items()}
