"""How does a picture look by itself, outside our pages?"""

from folkmoot.core.pictures.picture import Picture

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
    """The picture's SVG with its own colours, light or dark as the reader has it, fit for a file.

    >>> from folkmoot.core.pictures import Bar, Frame, bar
    >>> drawn = bar(Frame("a", "Trees", "Two of three."), [Bar("Planted", 2, "2")])
    >>> alone(drawn).startswith('<svg xmlns="http://www.w3.org/2000/svg" class="picture"')
    True
    """
    told = (
        f"<style>.picture {{ {_tokens(LIGHT)} background: var(--card); padding: 12px;"
        " font-family: sans-serif; }\n"
        f".picture text {{ fill: var(--ink); }}\n{RULES}\n"
        f"@media (prefers-color-scheme: dark) {{ .picture {{ {_tokens(DARK)} }} }}</style>"
    )
    head, mark, rest = picture.svg.partition("</desc>")
    return f"{head}{mark}{told}{rest}\n"


def _tokens(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())
