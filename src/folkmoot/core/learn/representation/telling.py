"""Whose voice is missing, said for the convenor, and said for everybody?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.learn.representation.answer import (
    Answer,
    CircleVoices,
    DimensionVoices,
    Position,
    Strain,
    Together,
    ValueVoice,
    Verdict,
)
from folkmoot.core.learn.representation.covering import Covered, covered
from folkmoot.core.learn.representation.hiding import LEAST, check_least
from folkmoot.core.learn.representation.judging import (
    Count,
    exactly,
    judged,
    questions_in,
    rounded,
    voice_of,
)
from folkmoot.core.learn.representation.people import Circle, Dimension, Place, Tally, alike, tally
from folkmoot.core.learn.representation.raking import Margin, raked

DRAWS = 10_000
TOO_FEW_TOLD = "Too few people told to show any of it."
TOO_FEW_BESIDE = "Shown beside the other circles, it would give small counts away."


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every count is judged by."""

    place: Place
    circles: int
    draws: int
    least: int
    published: bool
    show: Callable[[int], Count]

    @property
    def questions(self) -> int:
        return questions_in(self.place.dimensions, self.circles)

    def everybody(self, dimension: Dimension) -> int | None:
        """How many people the place has, where each of them is counted."""
        return int(sum(dimension.counts)) if self.place.counted else None


def full(place: Place, circles: Sequence[Circle], draws: int = DRAWS, least: int = LEAST) -> Answer:
    """Every count, for the convenor alone: single people may be found out by it.

    Each person's answers are in the order of the place's dimensions. Raises Refused for nobody at all, two
    circles of one name, or more people than a counted place has.

    >>> from folkmoot.core.learn.representation.people import Person
    >>> place = Place((Dimension("age", ("young", "old"), (Fraction(1), Fraction(3))),))
    >>> told = full(place, [Circle("here", tuple(Person(str(n), ("old",)) for n in range(40)))])
    >>> [value.verdict.value for value in told.circles[0].dimensions[0].values]
    ['missing', 'more than their share']
    """
    asked = _Asked(place, len(circles), draws, check_least(least), False, exactly)
    return _answer(asked, circles)


def published(
    place: Place,
    circles: Sequence[Circle],
    draws: int = DRAWS,
    least: int = LEAST,
    round_to_five: bool = False,
) -> Answer:
    """What everybody may see: no count below the threshold, and none that could be worked out from others.

    Everything said comes from what is shown: values that are not shown are one in the distance from the
    place. Verdicts are those of `full` (with round_to_five, at most as bold). Raises Refused as `full` does,
    and for a threshold below 5.

    >>> from folkmoot.core.learn.representation.people import Person
    >>> place = Place((Dimension("age", ("young", "old"), (Fraction(1), Fraction(3))),))
    >>> told = published(place, [Circle("here", tuple(Person(str(n), ("old",)) for n in range(9)))])
    >>> told.circles[0].people is None
    True
    """
    show = rounded if round_to_five else exactly
    return _answer(_Asked(place, len(circles), draws, check_least(least), True, show), circles)


def _answer(asked: _Asked, circles: Sequence[Circle]) -> Answer:
    _check(asked, circles)
    wide_first = sorted(circles, key=lambda circle: (-len(circle.people), circle.name))
    tallies = [
        [tally(dimension, [person.answers[at] for person in circle.people]) for circle in wide_first]
        for at, dimension in enumerate(asked.place.dimensions)
    ]
    covers = [
        covered(dimension, wide_first, tallies[at], asked.least)
        if asked.published
        else {circle.name: frozenset() for circle in wide_first}
        for at, dimension in enumerate(asked.place.dimensions)
    ]
    told = tuple(
        _circle(asked, circle, [one[at] for one in tallies], covers) for at, circle in enumerate(wide_first)
    )
    rounding = asked.show is rounded
    return Answer(told, asked.questions, asked.least, asked.published, rounding, asked.draws)


def _check(asked: _Asked, circles: Sequence[Circle]) -> None:
    if not any(circle.people for circle in circles):
        raise Refused("Nobody was compared.", "There are no people in the file.", "Choose another file.")
    if len({circle.name for circle in circles}) < len(circles):
        raise Refused("The circles were not compared.", "Two have one name.", "Give each its own.")
    for dimension in asked.place.dimensions:
        everybody = asked.everybody(dimension)
        if everybody is not None and max(len(circle.people) for circle in circles) > everybody:
            raise Refused(
                "The circles were not compared.",
                f"There are more people than the {everybody:,} that the place's {dimension.name} counts.",
                "Leave out that the place is counted, or correct it.",
                field="place",
            )


def _circle(
    asked: _Asked, circle: Circle, tallies: Sequence[Tally], covers: Sequence[Covered]
) -> CircleVoices:
    dimensions = asked.place.dimensions
    if asked.published and len(circle.people) < asked.least:
        none = tuple(_not_shown(dimension) for dimension in dimensions)
        cells = sum(len(dimension.values) for dimension in dimensions)
        return CircleVoices(circle.name, None, None, none, cells, None)
    voices = tuple(
        _dimension(asked, dimension, one, len(circle.people), cover.get(circle.name))
        for dimension, one, cover in zip(dimensions, tallies, covers, strict=True)
    )
    hidden = sum(value.verdict is Verdict.HIDDEN for one in voices for value in one.values)
    people, told = _totals(asked, circle, tallies, voices)
    strain = _strain_of_shown(people, voices) if asked.published else _strain(asked, circle)
    return CircleVoices(circle.name, people, told, voices, hidden, strain)


def _totals(
    asked: _Asked, circle: Circle, tallies: Sequence[Tally], voices: Sequence[DimensionVoices]
) -> tuple[int | None, int | None]:
    """All people, and those who told something; neither where a shown number would leave a few over."""
    listed = [{alike(value) for value in one.values} for one in asked.place.dimensions]
    some = sum(
        any(alike(answer) in keys for answer, keys in zip(person.answers, listed, strict=True))
        for person in circle.people
    )
    everybody = len(circle.people)
    shown = [one.told for one, voice in zip(tallies, voices, strict=True) if voice.told is not None]

    def safe(whole: int, parts: Sequence[int]) -> bool:
        return not asked.published or all(whole - part == 0 or whole - part >= asked.least for part in parts)

    people = asked.show(everybody).n if safe(everybody, shown) else None
    apart = people is None or safe(everybody, [some])
    told = asked.show(some).n if safe(some, shown) and apart else None
    return people, told if some >= asked.least or not asked.published else None


def _not_shown(dimension: Dimension, why: str = TOO_FEW_TOLD) -> DimensionVoices:
    values = tuple(
        ValueVoice(name, float(share), Verdict.HIDDEN)
        for name, share in zip(dimension.values, dimension.shares, strict=True)
    )
    return DimensionVoices(dimension.name, Position.HIDDEN, why, values)


def _dimension(
    asked: _Asked, dimension: Dimension, counted: Tally, people: int, cover: frozenset[int] | None
) -> DimensionVoices:
    """One dimension of one circle, from the counts that are shown and the sum of the others."""
    if cover is None:
        return _not_shown(dimension, TOO_FEW_TOLD if counted.told < asked.least else TOO_FEW_BESIDE)
    whole, everybody = asked.show(counted.told), asked.everybody(dimension)
    if everybody is not None:
        whole = replace(whole, n=min(whole.n, everybody), most=min(whole.most, everybody))
    seen = [None if at in cover else asked.show(n) for at, n in enumerate(counted.counts)]
    voices = tuple(
        ValueVoice(name, float(share), Verdict.HIDDEN)
        if one is None
        else voice_of(name, share, one, whole, asked.questions, _of(everybody, share))
        for name, share, one in zip(dimension.values, dimension.shares, seen, strict=True)
    )
    left = people - counted.told
    safe = not asked.published or left == 0 or left >= asked.least
    bare = DimensionVoices(
        dimension.name,
        Position.TOO_FEW,
        "Nobody told.",
        voices,
        told=whole.n,
        not_compared=asked.show(left).n if safe else None,
        unlisted=None if asked.published else counted.unlisted,
    )
    return bare if whole.n == 0 else _beside_fair(asked, bare, dimension, seen, whole)


def _of(everybody: int | None, share: Fraction) -> tuple[int, int] | None:
    return None if everybody is None else (everybody, int(share * everybody))


def _beside_fair(
    asked: _Asked,
    bare: DimensionVoices,
    dimension: Dimension,
    seen: Sequence[Count | None],
    whole: Count,
) -> DimensionVoices:
    """The distance from the place, values that are not shown taken as one."""
    counts = [one for one in seen if one is not None]
    shares = [share for share, one in zip(dimension.shares, seen, strict=True) if one is not None]
    together = None
    if len(counts) < len(seen):
        rest = _rest(counts, whole)
        place = 1 - sum(shares, Fraction(0))
        together = Together(len(seen) - len(counts), rest.n, rest.n / whole.n, float(place))
        counts, shares = [*counts, rest], [*shares, place]
    if len(counts) == 1 and together:
        words = "Some are so few that none of them can be shown."
        return replace(bare, verdict=Position.HIDDEN, sentence=words, together=together)
    questions = len(asked.place.dimensions) * asked.circles
    one = judged(counts, whole, shares, questions, asked.draws, asked.everybody(dimension))
    return replace(
        bare,
        verdict=one.verdict,
        sentence=one.sentence,
        d=one.d,
        p=one.p,
        enough=one.enough,
        fair_median=one.fair.quantile(0.5),
        fair_p95=one.fair.quantile(0.95),
        exact=one.fair.exact,
        together=together,
    )


def _rest(counts: Sequence[Count], whole: Count) -> Count:
    """What is left of the whole: as anybody can reckon it."""
    n, least, most = (sum(getattr(one, end) for one in counts) for end in ("n", "least", "most"))
    return Count(max(0, whole.n - n), max(0, whole.least - most), max(0, whole.most - least))


def _strain(asked: _Asked, circle: Circle) -> Strain | None:
    """What weighting would cost, in all dimensions at once."""
    margins = []
    for at, dimension in enumerate(asked.place.dimensions):
        keys = {alike(value): number for number, value in enumerate(dimension.values)}
        codes = [keys.get(alike(person.answers[at]), -1) for person in circle.people]
        margins.append(Margin(tuple(codes), dimension.shares))
    return raked(margins).strain if margins and circle.people else None


def _strain_of_shown(people: int | None, voices: Sequence[DimensionVoices]) -> Strain | None:
    """The same from what is shown: each dimension weighted alone, as if its answers told nothing of those in
    the others. Weighted together, they would tell how many are of two values at once."""
    alone = [raked([_margin(one)]).strain for one in voices if one.d is not None]
    if not alone:
        return None
    whole = people or max(one.told or 0 for one in voices)
    efficiency = max(0.01, round(prod(one.efficiency for one in alone), 2))
    return Strain(
        effective=float(round(efficiency * whole)),
        design_effect=round(1 / efficiency, 1),
        efficiency=efficiency,
        furthest_off=round(max(one.furthest_off for one in alone), 2),
        capped=any(one.capped for one in alone),
        absent=sum(one.absent for one in alone),
    )


def _margin(one: DimensionVoices) -> Margin:
    """The counts of a dimension as they are shown, those that are not as one."""
    shown = [(value.n, value.place) for value in one.values if value.n is not None]
    if one.together:
        shown.append((one.together.n, one.together.place))
    codes = [number for number, (n, _) in enumerate(shown) for _ in range(n)]
    return Margin(tuple(codes), tuple(Fraction(place) for _, place in shown))
