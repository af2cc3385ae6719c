"""Is every colour that is let through readable, by day and at night?"""

from hypothesis import given
from hypothesis import strategies as some

from folkmoot.core.kernel import colour

COLOURS = some.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_within_its_bounds(one: str, other: str) -> None:
    assert colour.contrast(one, other) == colour.contrast(other, one)
    assert 1 <= colour.contrast(one, other) <= 21
    assert colour.contrast(one, one) == 1


@given(COLOURS)
def test_every_colour_has_a_readable_one_near_it(given_: str) -> None:
    by_day, at_night, band = colour.darkened(given_), colour.lightened(given_), colour.dark_band(given_)
    assert colour.contrast(by_day, colour.PAPER) >= 4.5
    assert colour.contrast(by_day, colour.WHITE) >= 4.5
    assert all(colour.contrast(at_night, ground) >= 4.5 for ground in (colour.DARK_PAPER, colour.DARK_CARD))
    assert colour.contrast(at_night, colour.DARK_ON_ACCENT) >= 4.5
    assert colour.contrast(band, colour.DARK_ON_BAND) >= 4.5


@given(COLOURS)
def test_words_can_be_read_on_the_tint(given_: str) -> None:
    by_day, at_night = colour.darkened(given_), colour.lightened(given_)
    for words, paper, soft in (
        (by_day, colour.PAPER, colour.SOFT),
        (at_night, colour.DARK_PAPER, colour.DARK_SOFT),
    ):
        ground = colour.tint(words, paper, soft)
        assert colour.contrast(words, ground) >= 4.5
        assert colour.contrast(soft, ground) >= 4.5


@given(COLOURS.filter(colour.fits_paper))
def test_what_fits_stays_as_it_is(given_: str) -> None:
    assert colour.darkened(given_) == given_


@given(some.text(max_size=12))
def test_only_a_colour_is_a_colour(text: str) -> None:
    read = colour.as_colour(text)
    assert read == "" or (len(read) == 7 and int(read[1:], 16) >= 0)
