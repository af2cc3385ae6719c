"""Where in which file does something not fit, and what can a person do next?"""

from folkmoot.core.kernel.errors import Refused

CORRECT = "Correct it and try again."


def wrong(name: str, why: str, next_step: str = CORRECT, *, line: int = 0, column: str = "") -> Refused:
    """The refusal of a file, with the line and the column where they are known.

    >>> wrong("votes.csv", "“x” is no vote.", line=3, column="vote").reason
    'Line 3, column vote: “x” is no vote.'
    """
    places = [f"line {line:,}"] if line else []
    if column:
        places.append(f"column {short(column)}")
    place = ", ".join(places)
    reason = f"{place[0].upper()}{place[1:]}: {why}" if place else why
    return Refused(f"{name} was not read.", reason, next_step, field="file")


def short(text: str, most: int = 60) -> str:
    """A text of a file as it may stand in a sentence: on one line, and not long.

    >>> short("one\\ntwo"), len(short("a" * 500))
    ('one two', 60)
    """
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 4 * most]).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
