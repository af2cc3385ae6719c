"""How does a partnership's colour come onto its pages, by day and at night?"""

from folkmoot.core.kernel.colour import (
    DARK_PAPER,
    DARK_SOFT,
    PAPER,
    SOFT,
    dark_band,
    lightened,
    tint,
)


def stylesheet(colour: str) -> str:
    """The tokens of theme.css that the colour takes the place of; nothing where there is none.

    The projector and colours that the reader's own system insists on stay as they are.
    """
    if not colour:
        return ""
    light, band = lightened(colour), dark_band(colour)
    by_day = f"--accent: {colour}; --band: {colour}; --tint: {tint(colour, PAPER, SOFT)};"
    at_night = f"--accent: {light}; --band: {band}; --tint: {tint(light, DARK_PAPER, DARK_SOFT)};"
    return (
        f"@media screen and (forced-colors: none) {{ :root:not(.projector) {{ {by_day} }} }}\n"
        "@media screen and (forced-colors: none) and (prefers-color-scheme: dark) "
        f"{{ :root:not(.projector) {{ {at_night} }} }}\n"
        f"@media print {{ :root:not(.projector) {{ --accent: {colour}; }} }}\n"
    )
