"""Does the picture of a list of panels show what is in the list?"""

import pytest

from folkmoot.core.decide.lottery import Lottery, Person, Pool, Quota, draw, lottery
from folkmoot.core.decide.lottery.pictured import MOST_PEOPLE, MOST_SHOWN, panels_pictured


def held_of(people: int) -> Lottery:
    pool = Pool(tuple(Person(f"p{n}", ("any",)) for n in range(people)), 2, (Quota("age", "any", 2, 2),))
    return lottery(pool)


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_each_line_is_its_panel_and_the_drawn_one_is_among_them(seed: str) -> None:
    held = held_of(4)
    drawn = draw(held.pool.ids, held.panels, seed)
    *lines, total = panels_pictured(held, drawn).table.rows
    assert len(lines) <= MOST_SHOWN
    for label, *cells in lines:
        number = int(label.split()[1])
        on = tuple(place for place, cell in enumerate(cells) if cell != "not on it")
        assert on == tuple(sorted(held.panels[number]))
        assert ("drawn" in cells) == (number == drawn.number) == label.endswith("drawn")
    assert sum(label.endswith("drawn") for label, *_ in lines) == 1
    assert [int(came) for came in total[1:]] == held.appearances.tolist()


def test_more_people_than_have_room_are_refused() -> None:
    held = held_of(MOST_PEOPLE + 1)
    with pytest.raises(ValueError, match="room"):
        panels_pictured(held, draw(held.pool.ids, held.panels, "a"))
