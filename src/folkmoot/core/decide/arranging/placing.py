"""Where does each text go, when what people placed stays where they put it?"""

import re
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np

from folkmoot.core.decide.arranging.arrangement import Arrangement, Group, Held, Verdict
from folkmoot.core.decide.arranging.closeness import Closeness, Meanings
from folkmoot.core.decide.arranging.grouping import ENOUGH, Marks, best, beyond_chance, grouped
from folkmoot.core.decide.arranging.wording import central, label, short
from folkmoot.core.kernel.errors import Refused

MOST_TEXTS = 2_000
LONGEST_TEXT = 2_000  # letters that are looked at
_SAYS = re.compile(r"[^\W_]")  # a letter or a digit, in any script

Piece = tuple[str, int]  # what a text says, and the group that people put it into, or -1


def arrange(
    texts: Sequence[str],
    held: Sequence[Held] = (),
    groups: int | None = None,
    meanings: Meanings | None = None,
    told: Callable[[int], None] | None = None,
) -> Arrangement:
    """Short texts in groups: those that people made as they are, the others around them or in new groups.

    `held` names places in `texts`, each at most once. `groups` is how many there shall be in all, those of
    people counted in; where it is not given, the number that stands out most, or one group where twenty
    or more texts do not fall into groups; fewer are a proposal. `meanings` answers texts with
    one row of numbers for each, such as `meanings.read_meanings()`; without it only words and letters are
    compared.
    `told` hears which number of groups is being tried.
    The same texts give the same groups in whatever order they come; equal texts lie together unless people
    put them asunder; texts without a letter or digit are set apart unless people placed them.
    Raises Refused for too many texts, for places named twice or not there, and for a number of groups that
    cannot be.

    Sources: TF-IDF and latent semantic analysis with average linkage; the number by modularity.

    >>> ideas = ["Plant street trees", "More trees in the street", "Trees for our street",
    ...          "A later bus", "Buses run later at night", "A night bus home", "🙂"]
    >>> found = arrange(ideas, groups=2)
    >>> [group.members for group in found.groups], found.apart
    ([(3, 4, 5), (0, 1, 2)], (6,))
    >>> moved = arrange(ideas, [Held((2, 3), "Ours")], groups=3)
    >>> [(group.label, group.members) for group in moved.groups if group.held == 0]
    [('Ours', (2, 3, 4))]
    """
    _check(texts, held, groups)
    pieces, apart = _pieces(texts, held)
    if not pieces:
        return Arrangement((), apart, Verdict.TOO_FEW, groups)
    order = sorted(pieces)
    _check_count(order, held, groups)
    closeness = Closeness([piece[0] for piece in order], meanings)
    marks, verdict = _marks(order, closeness, meanings, groups, told)
    return Arrangement(_groups(texts, held, pieces, order, closeness, marks), apart, verdict, groups)


def said(text: str) -> str:
    """What a text says, so that equal texts are known: letters in one form and case, blanks as one.

    >>> said("  Más  ÁRBOLES ") == said("más árboles")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold().split())


def _pieces(texts: Sequence[str], held: Sequence[Held]) -> tuple[dict[Piece, list[int]], tuple[int, ...]]:
    """The texts gathered by what they say and where people put them; and those that say nothing. A further
    copy of what people have placed goes where they placed it first."""
    by_people = {place: number for number, group in enumerate(held) for place in group.members}
    keys = [said(text) for text in texts]
    first: dict[str, int] = {}
    for place, number in sorted(by_people.items(), key=lambda one: one[1]):
        first.setdefault(keys[place], number)
    pieces: dict[Piece, list[int]] = {}
    apart = []
    for place, key in enumerate(keys):
        speaks = bool(_SAYS.search(key))
        if place not in by_people and not speaks:
            apart.append(place)
            continue
        pieces.setdefault((key, by_people.get(place, first.get(key, -1))), []).append(place)
    return pieces, tuple(apart)


def _marks(
    order: list[Piece],
    closeness: Closeness,
    meanings: Meanings | None,
    groups: int | None,
    told: Callable[[int], None] | None,
) -> tuple[Marks, Verdict]:
    placed = np.array([piece[1] for piece in order])
    by_people = bool((placed >= 0).any())
    few = len(order) < ENOUGH
    falls = not by_people and not few and beyond_chance([piece[0] for piece in order], meanings)
    if by_people:
        verdict = Verdict.BY_PEOPLE
    elif few:
        verdict = Verdict.TOO_FEW
    else:
        verdict = Verdict.GROUPS if falls else Verdict.NO_GROUPS
    if groups is not None:
        return grouped(closeness, groups, placed), verdict
    if by_people or few or falls:
        return best(closeness, placed, told)[0], verdict
    return np.zeros(len(order), dtype=np.int64), verdict


def _groups(
    texts: Sequence[str],
    held: Sequence[Held],
    pieces: dict[Piece, list[int]],
    order: list[Piece],
    closeness: Closeness,
    marks: Marks,
) -> tuple[Group, ...]:
    """The groups that people made in their order, then the others, the largest first."""
    plain = [texts[pieces[piece][0]] for piece in order]
    ranked: list[tuple[tuple[bool, int, int, Piece], Group]] = []
    for mark in range(int(marks.max()) + 1):
        inside = [int(at) for at in np.flatnonzero(marks == mark)]
        members = tuple(sorted(place for at in inside for place in pieces[order[at]]))
        number = max(order[at][1] for at in inside)
        centre = central(closeness.cosines, inside)
        given = held[number].label if number >= 0 else ""
        name = given or label(plain, inside, centre)
        group = Group(name, members, pieces[order[centre]][0], number if number >= 0 else None)
        ranked.append(((number < 0, number, -len(members), order[inside[0]]), group))
    return _told_apart(texts, [group for _, group in sorted(ranked, key=lambda one: one[0])])


def _told_apart(texts: Sequence[str], groups: list[Group]) -> tuple[Group, ...]:
    """Where two groups found here would bear the same words, each is named by its most central text."""
    labels = [group.label for group in groups]
    return tuple(
        Group(short(texts[group.centre]), group.members, group.centre)
        if group.held is None and labels.count(group.label) > 1
        else group
        for group in groups
    )


def _check(texts: Sequence[str], held: Sequence[Held], groups: int | None) -> None:
    sentence = "The texts were not arranged."
    if len(texts) > MOST_TEXTS:
        raise Refused(
            sentence,
            f"They are {len(texts):,}; at most {MOST_TEXTS:,} can be arranged at once.",
            "Arrange them by topic or by date, in parts.",
            field="texts",
        )
    places = [place for group in held for place in group.members]
    if len(set(places)) < len(places):
        raise Refused(sentence, "A text is held in two groups.", "Leave it in one.", field="held")
    if any(not 0 <= place < len(texts) for place in places) or any(not group.members for group in held):
        raise Refused(sentence, "A group holds a text that is not there.", "Check the groups.", field="held")
    if groups is not None and groups < 1:
        raise Refused(sentence, f"{groups} is no number of groups.", "Ask for one or more.", field="groups")


def _check_count(order: list[Piece], held: Sequence[Held], groups: int | None) -> None:
    sentence = "The texts were not arranged."
    units = len(held) + sum(number < 0 for _, number in order)
    if groups is not None and groups > units:
        raise Refused(
            sentence,
            f"There are {units} different texts or groups of people: not enough for {groups} groups.",
            "Ask for fewer.",
            field="groups",
        )
    if groups is not None and groups < len(held):
        raise Refused(
            sentence,
            f"People made {len(held)} groups, and these are kept.",
            f"Ask for {len(held)} or more.",
            field="groups",
        )
