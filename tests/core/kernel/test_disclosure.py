"""Does what is shown of small numbers ever pick anybody out?"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product

import pytest

from folkmoot.core.kernel.disclosure import SMALLEST_SHOWN, Band, banded, total_in_words

Counts = tuple[int, ...]
MEANS: dict[Band, Callable[[int], bool]] = {
    Band.NONE: lambda count: count == 0,
    Band.SOME: lambda count: count > 0,
    Band.FEW: lambda count: 0 < count < SMALLEST_SHOWN,
    Band.MANY: lambda count: count >= SMALLEST_SHOWN,
    Band.HIDDEN: lambda count: True,
}
LARGEST_TOTAL = {1: 40, 2: 30, 3: 22, 4: 16, 5: 11}


def all_counts(cells: int) -> Iterator[Counts]:
    """Every list of so many counts up to the largest total: complete, so that nothing is overlooked."""
    most = LARGEST_TOTAL[cells]
    return (counts for counts in product(range(most + 1), repeat=cells) if sum(counts) <= most)


def shown(counts: Counts) -> tuple[tuple[Band, ...], str]:
    """What outsiders see: the bands and the total in words."""
    return tuple(banded(dict(enumerate(map(int, counts)))).values()), total_in_words(sum(counts))


def given_away(possible: list[Counts]) -> list[int]:
    """The cells that can only be one small number."""
    columns = [set(column) for column in zip(*possible, strict=True)]
    return [at for at, held in enumerate(columns) if len(held) == 1 and 0 < min(held) < SMALLEST_SHOWN]


@pytest.mark.parametrize("cells", LARGEST_TOTAL)
def test_no_small_count_follows_for_somebody_who_knows_how_it_is_made(cells: int) -> None:
    alike = defaultdict(list)
    for counts in all_counts(cells):
        alike[shown(counts)].append(counts)
    assert [seen for seen, possible in alike.items() if given_away(possible)] == []


@pytest.mark.parametrize("cells", LARGEST_TOTAL)
def test_every_band_is_true(cells: int) -> None:
    for counts in all_counts(cells):
        bands, _ = shown(counts)
        assert all(MEANS[band](count) for band, count in zip(bands, counts, strict=True))


def test_bands_are_told_apart_where_that_is_safe() -> None:
    told = [counts for counts in all_counts(3) if {Band.FEW, Band.MANY} & set(shown(counts)[0])]
    assert len(told) > sum(1 for _ in all_counts(3)) / 2


def test_one_person_in_each_part_is_not_given_away() -> None:
    bands, total = shown((1, 1, 1, 1, 1, 0, 0))
    assert total == "5"
    assert sum(band != Band.NONE for band in bands) != 5


def test_a_small_total_is_not_told_and_a_negative_count_is_refused() -> None:
    assert {total_in_words(total) for total in range(1, 5)} == {"fewer than 5"}
    assert total_in_words(0) == "none"
    assert total_in_words(5) == "5"
    with pytest.raises(ValueError, match="negative"):
        banded({"Council": -1})
