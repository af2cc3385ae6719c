"""How is a careful reading told in plain words?"""

from folkmoot.core.decide.opinions.careful.result import Chances, Count, Settings, Stability, Verdict
from folkmoot.core.kernel.disclosure import total_in_words

ENDS = ("left end", "right end")


def group_name(number: int, gaps: bool) -> str:
    """The name of a group by its place: a side, where there are no gaps between them.

    >>> group_name(0, gaps=True), group_name(1, gaps=False)
    ('group A', 'side B')
    """
    return f"{'group' if gaps else 'side'} {chr(ord('A') + number)}"


def the(name: str) -> str:
    """A part within a sentence: an end has an article.

    >>> the("group A"), the("left end")
    ('group A', 'the left end')
    """
    return f"the {name}" if name in ENDS else name


def verdict_sentence(
    verdict: Verdict,
    factors: int,
    groups: int,
    chances: Chances | None,
    stability: Stability | None,
    settings: Settings,
) -> str:
    """The verdict, and the reason."""
    if verdict is Verdict.TOO_FEW:
        return (
            "Too few people have voted on enough statements to tell whether there are groups of opinion:"
            " groups that exist would mostly be missed."
        )
    if verdict is Verdict.RELIABLE and stability and chances:
        again = (
            f"other people drawn from the same crowd part in much the same way ({stability.median:.2f} of 1)"
        )
        if chances.gaps:
            return (
                f"{groups} groups of opinion are reliable: they stand out from chance, there are gaps between"
                f" them, and {again}."
            )
        return (
            f"{groups} sides of opinion are reliable: they stand out from chance, and {again}. But there is"
            " no gap between them that an even spread of people would not show: many stand in between, so do"
            " not speak of camps."
        )
    return f"No reliable groups: {_why_none(factors, chances, settings)}"


def _why_none(factors: int, chances: Chances | None, settings: Settings) -> str:
    if chances is None or factors == 0:
        return (
            "the votes that people cast on one statement say nothing sure about their votes on another,"
            " beyond how much each agrees in general."
        )
    if chances.p_dealt > settings.alpha:
        return "votes dealt out at random among the same people would look as grouped as these."
    return "people differ, but other people drawn from the same crowd would be parted in another way."


def line_sentence(
    everybody: Count,
    parts: tuple[tuple[str, Count | None], ...],
    lowest: float | None,
    unites: int,
    less: tuple[int, ...],
    more: tuple[int, ...],
    threshold: int,
) -> str:
    """What a statement does. A part that clearly agrees less is always named."""
    if not everybody.voted:
        return "Nobody has voted on it."
    if everybody.voted < threshold:
        return f"Voted on by {total_in_words(everybody.voted)} people: too few to tell."
    words = [f"{everybody.share:.0%} of {everybody.voted} agree."]
    if unites:
        where = "In every part" if parts else "Overall"
        words.append(f"{where} a majority {'agrees' if unites > 0 else 'disagrees'}.")
    words += [_differing("Fewer", *parts[number]) for number in less]
    words += [_differing("More", *parts[number]) for number in (more if not less else ())]
    few = [the(name) for name, count in parts if count is None]
    if few:
        words.append(f"Not counted here, as so few voted: {', '.join(few)}.")
    if lowest is not None and unites > 0:
        words.append(f"{'Lowest part' if parts else 'Of many like them'}: at least {lowest:.0%}.")
    return " ".join(words)


def _differing(way: str, name: str, count: Count | None) -> str:
    """That a part differs is told also where its count would give a few others away."""
    return f"{way} in {the(name)}{f': {count.share:.0%} of {count.voted}' if count else ''}."


def own_sentence(
    name: str | None, size: int, *, between: bool, gaps: bool = True, enough: bool = True
) -> str:
    """What a participant is told of their own group."""
    if not enough:
        return "You have voted on too few statements for us to tell you a group."
    if name:
        spread = "" if gaps else " Between the sides there is no gap: many stand in between."
        return f"You vote most like {name}, {size} people.{spread}"
    if between:
        return "You stand in between: your votes fit more than one group or side, or none."
    return "We cannot say that there are groups of opinion here, so nobody is told a group."
