"""Do equal shares give the known outcomes of real votes, the official ones above all?"""

from fractions import Fraction

import pytest

from core.decide.budgeting.test_rules_open_files import (
    FILES,
    OPEN_DATA,
    SWIECIE,
    WIELICZKA,
    election_of,
    file_of,
    ids,
    references,
)
from folkmoot.core.decide.budgeting import Completion, Settings, Start, Ties, Utility, count

pytestmark = pytest.mark.skipif(not OPEN_DATA, reason="FOLKMOOT_OPEN_DATA names no folder of open data")
PLAIN = {
    "mes_cost": Utility.COST,
    "mes_cardinality": Utility.CARDINALITY,
    "mes_additive_cardinal": Utility.POINTS,
    "mes_borda": Utility.BORDA,
}
FRACTIONAL, INTEGER = (Start.FRACTIONAL, Ties("id")), (Start.INTEGER, Ties("cost-votes-id"))
ADD1 = {
    "mes_cost_add1_fractional_start_early_stop": (Utility.COST, Completion.ADD1, FRACTIONAL),
    "mes_cost_add1_integer_start_early_stop": (Utility.COST, Completion.ADD1, INTEGER),
    "mes_cost_add1_integer_start_until_overspend": (Utility.COST, Completion.ADD1_OVERSPEND, INTEGER),
    "mes_cardinality_add1_fractional_start_early_stop": (Utility.CARDINALITY, Completion.ADD1, FRACTIONAL),
}
UTILITARIAN = "mes_cost_add1u_integer_start_early_stop"
# Many levels, or large ones: one way each is enough, so that the suite stays quick.
ONE_WAY = {
    "Hungary_Veszprem_2025.pb": "mes_cost_add1_fractional_start_early_stop",
    "Poland_Warszawa_2024_Mokotow.pb": "mes_cost_add1_integer_start_until_overspend",
}
OFFICIAL = {
    WIELICZKA: Settings(completion=Completion.ADD1_OVERSPEND),
    SWIECIE: Settings(completion=Completion.ADD1, eligible_at=Fraction(1, 3), compare=True),
    "Netherlands_Assen_2024.pb": Settings(completion=Completion.ADD1),
}


@pytest.mark.parametrize("name", FILES)
def test_known_outcomes_of_one_count(name: str) -> None:
    election, known = election_of(name), references(name)
    for key, utility in PLAIN.items():
        if key in known:
            assert ids(election, count(election, Settings(utility=utility)).winners) == known[key]["selected"]


@pytest.mark.parametrize("name", FILES)
def test_known_outcomes_of_add1(name: str) -> None:
    election, known = election_of(name), references(name)
    for key, (utility, completion, (start, ties)) in ADD1.items():
        if "selected" in known.get(key, {}) and ONE_WAY.get(name, key) == key:
            chosen = Settings(utility=utility, completion=completion, start=start, ties=ties)
            assert ids(election, count(election, chosen).winners) == known[key]["selected"], key
    if "selected" in known.get(UTILITARIAN, {}) and name not in ONE_WAY:
        chosen = Settings(completion=Completion.ADD1_UTILITARIAN, start=Start.INTEGER, ties=INTEGER[1])
        assert set(ids(election, count(election, chosen).winners)) == set(known[UTILITARIAN]["selected"])


@pytest.mark.parametrize("name", OFFICIAL)
def test_official_results(name: str) -> None:
    election = election_of(name)
    for start in Start:
        for ties in ("id", "cost-votes-id", "file", "seed:2026"):
            chosen = OFFICIAL[name]
            told = count(
                election,
                Settings(
                    completion=chosen.completion,
                    eligible_at=chosen.eligible_at,
                    compare=chosen.compare,
                    start=start,
                    ties=Ties(ties),
                ),
            )
            assert set(ids(election, told.winners)) == file_of(name).projects.winners


def test_wieliczka_went_on_beyond_the_first_outcome_that_fills_the_budget() -> None:
    election = election_of(WIELICZKA)
    early = count(election, Settings(completion=Completion.ADD1))
    late = count(election, Settings(completion=Completion.ADD1_OVERSPEND))
    spent = [sum(election.costs[place] for place in told.winners) for told in (early, late)]
    assert ([len(early.winners), len(late.winners)], spent) == ([31, 30], [984_579, 995_079])
    assert (early.levels, late.levels) == (151, 165)


def test_a_budget_in_forint_is_counted_to_the_end_in_larger_steps() -> None:
    election = election_of("Hungary_Budapest_2025_VIII_Jozsefvaros.pb")
    told = count(election, Settings(completion=Completion.ADD1, step=Fraction(100)))
    assert sum(election.costs[place] for place in told.winners) <= election.limit
    assert told.levels < 300
