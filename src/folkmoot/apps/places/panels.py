"""What does a room say of itself on the whole's page?"""

from dataclasses import dataclass

from folkmoot.core.pictures import Picture


@dataclass(frozen=True, slots=True)
class Piece:
    """A few words of a sentence; a figure has a name, and opens its evidence where the reader may see it."""

    text: str
    figure: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something for all of us to do next, without a name: what, why, and where."""

    title: str
    reason: str
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One question of the whole: a sentence with its figures, a picture, the newest change, one door in.

    `step` is what the question asks of us next, when it asks something.
    """

    question: str
    sentence: tuple[Piece, ...]
    picture: Picture | None = None
    newest: str = ""
    href: str = ""
    link: str = ""
    started: bool = True
    step: Step | None = None


def not_started(question: str, how: str, href: str = "", link: str = "") -> Panel:
    """An honest panel: nothing here yet, and how it starts."""
    return Panel(question, (Piece(how),), href=href, link=link, started=False)
