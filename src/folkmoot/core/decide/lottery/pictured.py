"""What does a list of panels look like, of which one is drawn?"""

from collections.abc import Sequence

from folkmoot.core.decide.lottery.drawing import Drawn
from folkmoot.core.decide.lottery.lot import Lottery
from folkmoot.core.pictures import Frame, Mark, MatrixCell, MatrixRow, Picture, matrix

MOST_SHOWN = 8  # panels, the drawn one among them
MOST_PEOPLE = 8  # a wider pool has no room for names
ON, ON_DRAWN = MatrixCell(Mark.RING, "", "on it"), MatrixCell(Mark.FULL, "", "drawn")
OFF = MatrixCell(Mark.NONE, "", "not on it")


def panels_pictured(lottery: Lottery, drawn: Drawn) -> Picture:
    """Some of the panels with the drawn one among them, and on how many of all of them each person is.

    For a pool of at most eight people, as an example has. Raises ValueError for a larger one.

    >>> from folkmoot.core.decide.lottery import Person, Pool, Quota, draw, lottery
    >>> pool = Pool((Person("Ada", ("any",)), Person("Ben", ("any",))), 1, (Quota("age", "any", 1, 1),))
    >>> held = lottery(pool)
    >>> panels_pictured(held, draw(pool.ids, held.panels, "14 March")).table.rows[-1]
    ('Of 1,000', '500', '500')
    """
    people = lottery.pool.people
    if len(people) > MOST_PEOPLE:
        raise ValueError(f"at most {MOST_PEOPLE} people have room")
    rows = [_row(lottery, number, number == drawn.number) for number in _shown(lottery.panels, drawn.number)]
    total = tuple(MatrixCell(Mark.WORD, str(came), str(came)) for came in lottery.appearances)
    said = (
        f"{len(rows)} of the {len(lottery.panels):,} panels, all public before the draw. A public number "
        f"then drew panel {drawn.number}: {', '.join(drawn.selected)}. The last line counts on how many "
        f"of the {len(lottery.panels):,} each person is: that is their chance."
    )
    frame = Frame("panels", "A thousand panels, one drawn", said, rows_are="Panel")
    columns = [f"{one.id} {' '.join(one.answers)}" for one in people]
    return matrix(frame, columns, [*rows, MatrixRow(f"Of {len(lottery.panels):,}", total)])


def _shown(panels: Sequence[object], drawn: int) -> list[int]:
    """The first panels and the last, and those about the drawn one."""
    about = range(max(drawn - 2, 0), min(drawn + 3, len(panels)))
    return sorted({0, 1, len(panels) - 1, *about} & set(range(len(panels))))[:MOST_SHOWN]


def _row(lottery: Lottery, number: int, is_drawn: bool) -> MatrixRow:
    members = set(lottery.panels[number])
    on = ON_DRAWN if is_drawn else ON
    cells = tuple(on if place in members else OFF for place in range(len(lottery.pool.people)))
    return MatrixRow(f"No. {number} drawn" if is_drawn else f"No. {number}", cells)
