"""How does a picture look by itself, outside our pages?"""

import re

from folkmoot.core.pictures import svg
from folkmoot.core.pictures.picture import Picture

MARGIN, HEAD = 12, 16  # units
MOST_LINES = 6  # of the description

# The tokens of the pages' stylesheet that pictures need; a test holds them together.
LIGHT = {
    "card": "#fffdf9", "ink": "#1c2b30", "soft": "#55646a", "line": "#ddd6c8", "edge": "#7a7365",
    "accent": "#0b5c5e", "on-accent": "#ffffff", "tint": "#e3efee", "attention-ink": "#7a4300",
    "middle": "#5b9a97", "sand": "#d9cfbd",
}  # fmt: skip
DARK = {
    "card": "#172428", "ink": "#eef3f2", "soft": "#a9b8bb", "line": "#33454b", "edge": "#7d9096",
    "accent": "#7fcac5", "on-accent": "#0d1a1c", "tint": "#1f3437", "attention-ink": "#ffd9a3",
    "middle": "#4e9490", "sand": "#8a7f6b",
}  # fmt: skip
# The rules of the same stylesheet by which pictures are coloured.
RULES = """\
.pic-1 { fill: var(--accent); }
.pic-2 { fill: var(--middle); }
.pic-3 { fill: var(--sand); stroke: var(--edge); }
.pic-4 { fill: none; stroke: var(--edge); stroke-dasharray: 3 2; }
.pic-ring { fill: none; stroke: var(--accent); stroke-width: 2; }
.pic-crowd { fill: var(--edge); fill-opacity: .55; }
.pic-reach { fill: var(--middle); fill-opacity: .45; }
.pic-band { fill: var(--tint); stroke: var(--accent); stroke-width: 1.5; }
.pic-hatch { stroke: var(--card); stroke-width: 1.25; }
.pic-line { stroke: var(--line); fill: none; }
.picture text.pic-on { fill: var(--on-accent); font-weight: 600; }
.picture text.pic-small { font-size: 12px; }
.picture text.pic-quiet { fill: var(--soft); }
.picture text.pic-attention { fill: var(--attention-ink); font-weight: 600; }
.picture text.pic-figure { font-weight: 600; font-variant-numeric: tabular-nums; }
.pic-halo { paint-order: stroke; stroke: var(--card); stroke-width: 4px; }"""


def alone(picture: Picture) -> str:
    """The picture's SVG fit for a file: with its title and what it says above it, and its own colours, light
    or dark as the reader has it.

    >>> from folkmoot.core.pictures import Bar, Frame, bar
    >>> drawn = bar(Frame("a", "Trees", "Two of three."), [Bar("Planted", 2, "2")])
    >>> ">Two of three.</text>" in alone(drawn)
    True
    """
    head, mark, body = picture.svg.partition("</desc>")
    lines, top = _said(picture)
    margin = f"{-MARGIN} {-MARGIN} {svg.WIDTH + 2 * MARGIN}"
    height = float(re.findall(r'viewBox="0 0 \S+ (\S+)"', head)[0]) + top + 2 * MARGIN
    head = re.sub(r'viewBox="[^"]*"', f'viewBox="{margin} {height:g}"', head)
    body = body.removesuffix("</svg>")
    return f'{head}{mark}{_style()}{lines}<g transform="translate(0 {top:g})">{body}</g></svg>\n'


def _said(picture: Picture) -> tuple[str, float]:
    """The title and the description as lines, and the height at which they end."""
    parts: list[str] = []
    top = 0.0
    for line in svg.lines_of(picture.title, svg.WIDTH, 3, HEAD):
        parts.append(svg.label(0, top + HEAD, line, "pic-label pic-head"))
        top += HEAD + 5
    for line in svg.lines_of(picture.description, svg.WIDTH, MOST_LINES):
        parts.append(svg.label(0, top + svg.TEXT, line, "pic-label pic-quiet"))
        top += svg.TEXT + 4
    return "".join(parts), top + 10


def _style() -> str:
    head = f"font-size: {HEAD}px; font-weight: 600;"
    return (
        f"<style>.picture {{ {_tokens(LIGHT)} background: var(--card); font-family: sans-serif; }}\n"
        f".picture text {{ fill: var(--ink); }}\n.picture text.pic-head {{ {head} }}\n"
        f"{RULES}\n@media (prefers-color-scheme: dark) {{ .picture {{ {_tokens(DARK)} }} }}</style>"
    )


def _tokens(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())
