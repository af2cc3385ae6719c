"""Can this colour be read on that one, and which colour near it can?

Contrast is that of WCAG 2.2 (relative luminance, sRGB). Words need 4.5 : 1.
"""

import re

WORDS = 4.5  # the least contrast for words, success criterion 1.4.3
WHITE, BLACK = "#ffffff", "#000000"
# The tokens of site/static/folkmoot/theme.css that a colour stands beside.
PAPER, SOFT = "#faf7f1", "#55646a"
DARK_PAPER, DARK_CARD, DARK_SOFT = "#10191c", "#172428", "#a9b8bb"
DARK_ON_ACCENT, DARK_ON_BAND = "#0d1a1c", "#f4f8f7"
STEPS = 100  # how finely a colour is mixed with another on the way to one that can be read
_HEX = re.compile(r"#?([0-9a-fA-F]{6})", re.ASCII)


def as_colour(text: str) -> str:
    """A colour as #rrggbb in small letters, or blank for what is none.

    >>> as_colour(" #7B1E3A "), as_colour("7b1e3a"), as_colour("red")
    ('#7b1e3a', '#7b1e3a', '')
    """
    found = _HEX.fullmatch(text.strip())
    return f"#{found[1].lower()}" if found else ""


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, from 0 (black) to 1 (white); WCAG 2.2, "relative luminance".

    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How much two colours stand out from each other, from 1 (not at all) to 21 (black and white).

    >>> round(contrast("#000000", "#ffffff"), 2), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, into: str, share: float) -> str:
    """A colour mixed into another: all of the other at 0, all of itself at 1.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_parts(colour), _parts(into), strict=True)
    return "#" + "".join(f"{round(own * share + other * (1 - share)):02x}" for own, other in pairs)


def fits_paper(colour: str) -> bool:
    """Whether words in this colour can be read on our paper, and white words on it.

    >>> fits_paper("#0b5c5e"), fits_paper("#ffcc00")
    (True, False)
    """
    return min(contrast(colour, PAPER), contrast(colour, WHITE)) >= WORDS


def darkened(colour: str) -> str:
    """The nearest on the way to black that fits our paper: the colour itself where it fits already.

    >>> darkened("#0b5c5e"), fits_paper(darkened("#ffcc00"))
    ('#0b5c5e', True)
    """
    ways = (mixed(colour, BLACK, 1 - step / STEPS) for step in range(STEPS + 1))
    return next(way for way in ways if fits_paper(way))


def lightened(colour: str) -> str:
    """The nearest on the way to white that can be read on the dark paper and its cards, and dark words on it.

    >>> round(contrast(lightened("#7b1e3a"), DARK_PAPER), 1) >= 4.5
    True
    """
    ways = (mixed(colour, WHITE, 1 - step / STEPS) for step in range(STEPS + 1))
    grounds = (DARK_PAPER, DARK_CARD, DARK_ON_ACCENT)
    return next(way for way in ways if min(contrast(way, ground) for ground in grounds) >= WORDS)


def dark_band(colour: str) -> str:
    """The nearest on the way to black that is quiet enough at the top of a dark page, with light words on it.

    >>> contrast(dark_band("#7b1e3a"), DARK_ON_BAND) >= 11
    True
    """
    ways = (mixed(colour, BLACK, 1 - step / STEPS) for step in range(STEPS + 1))
    return next(way for way in ways if contrast(way, DARK_ON_BAND) >= 11)


def tint(colour: str, paper: str, quiet: str) -> str:
    """The paper with a little of the colour in it, on which words in the colour can still be read, and words
    in the quiet ink; the paper itself where the colour leaves no room.

    >>> contrast("#0b5c5e", tint("#0b5c5e", "#faf7f1", "#55646a")) >= 4.5
    True
    """
    for share in (0.12, 0.1, 0.08, 0.06, 0.04, 0.02):
        way = mixed(colour, paper, share)
        if min(contrast(colour, way), contrast(quiet, way)) >= WORDS:
            return way
    return paper


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
