"""How is a number shown as a picture that everybody can read, with its title, words and table?"""

from folkmoot.core.pictures.bands import bands
from folkmoot.core.pictures.bars import Bar, Stack, bar, stacked
from folkmoot.core.pictures.dots import DotKinds, DotRow, dots
from folkmoot.core.pictures.grid import Mark, MatrixCell, MatrixRow, matrix
from folkmoot.core.pictures.picture import Frame, Picture, Table

__all__ = [
    "Bar",
    "DotKinds",
    "DotRow",
    "Frame",
    "Mark",
    "MatrixCell",
    "MatrixRow",
    "Picture",
    "Stack",
    "Table",
    "bands",
    "bar",
    "dots",
    "matrix",
    "stacked",
]
