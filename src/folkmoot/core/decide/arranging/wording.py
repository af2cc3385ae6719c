"""What do the texts of a group say, in their own words?"""

import re
from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np

from folkmoot.core.decide.arranging.closeness import WORD, Floats

MOST_WORDS = 3
LONG = 6  # letters from which on a word weighs in full
LONGEST = 60  # letters of a text that stands as a label


def central(cosines: Floats, members: Sequence[int]) -> int:
    """The one of the members that is closest to all of them; the first among equals."""
    near = cosines[np.ix_(members, members)].sum(axis=1)
    return members[int(np.argmax(np.round(near, 9)))]


def telling(texts: Sequence[str], members: Sequence[int]) -> tuple[str, ...]:
    """Up to three words that at least two of the members use, and more than half as often as the most telling
    one, ordered by how much more often the members use them than the others do, rare and long words before
    frequent and short ones. They are written as the members mostly write them. No word is known as empty
    beforehand: in every language what everybody says weighs nothing, and joints are short.

    >>> telling(["The old oak", "An oak tree", "The bus stop", "A late bus"], [0, 1])
    ('oak',)
    """
    uses = [set(re.findall(WORD, text.casefold())) for text in texts]
    everywhere = Counter(word for use in uses for word in use)
    here = Counter(word for place in members for word in uses[place])
    others = max(1, len(texts) - len(members))
    scores = {}
    for word, count in here.items():
        more = count / len(members) - (everywhere[word] - count) / others
        if count >= 2 and more > 0 and len(word) > 1 and not word.isdigit():
            scores[word] = more * log(1 + len(texts) / everywhere[word]) * min(len(word), LONG)
    ranked = sorted(scores, key=lambda word: (-round(scores[word], 9), word))[:MOST_WORDS]
    kept = [word for word in ranked if 2 * scores[word] > scores[ranked[0]]]
    return tuple(_as_written(word, [texts[place] for place in members]) for word in kept)


def label(texts: Sequence[str], members: Sequence[int], centre: int) -> str:
    """The most telling words, or the most central text where there are none."""
    words = telling(texts, members) if 1 < len(members) < len(texts) else ()
    return ", ".join(words) or short(texts[centre])


def short(text: str) -> str:
    """A text on one line, cut at a word where it is long.

    >>> short("Plant  trees\\nalong the road")
    'Plant trees along the road'
    """
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    begun = line[:LONGEST].rsplit(" ", 1)[0] if " " in line[:LONGEST] else line[:LONGEST]
    return begun.rstrip(" ,.;:") + " …"


def _as_written(word: str, texts: Sequence[str]) -> str:
    forms = Counter(form for text in texts for form in re.findall(WORD, text) if form.casefold() == word)
    return min(forms, key=lambda form: (-forms[form], form)) if forms else word
