"""Do places follow from votes as the formulae say?"""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, silhouette_score

from core.decide.opinions.careful.crowds import cells, planted
from folkmoot.core.decide.opinions.careful.bootstrap import adjusted_rand, matched
from folkmoot.core.decide.opinions.careful.compiled import curve_side, errors_of, silhouette, without_each
from folkmoot.core.decide.opinions.careful.fitting import RIDGE_PERSON, fitted, framed, predicted, ridges_of
from folkmoot.core.decide.opinions.careful.numbering import HeldOut, number_of
from folkmoot.core.decide.opinions.careful.parting import parted

VOTES = cells(planted((20, 15), 12, 3))
FIT = fitted(VOTES, 2, 1)


def ridge(person: int, left_out: int | None = None) -> np.ndarray:
    """Lean and factors of one person, by textbook ridge regression."""
    kept = [one for one in range(*VOTES.starts[person : person + 2]) if one != left_out]
    seen = VOTES.seen[kept]
    design = np.column_stack([np.ones(len(kept)), FIT.loadings[seen]])
    rest = VOTES.value[kept] - FIT.mean - FIT.statement_leans[seen]
    return np.linalg.solve(design.T @ design + np.diag(ridges_of(RIDGE_PERSON, 2)), design.T @ rest)


@pytest.mark.parametrize("person", [0, 7, 34])
def test_a_person_stands_where_ridge_regression_says(person: int) -> None:
    assert np.allclose(ridge(person), [FIT.leans[person], *FIT.spots[person]], atol=1e-12)


def test_without_a_vote_is_as_if_it_had_not_been_cast() -> None:
    rest = errors_of(
        VOTES.starts,
        VOTES.seen,
        VOTES.value - FIT.mean,
        FIT.leans,
        FIT.spots,
        FIT.statement_leans,
        FIT.loadings,
    )
    moved = without_each(VOTES.starts, VOTES.seen, rest, FIT.spots, FIT.loadings, ridges_of(RIDGE_PERSON, 2))
    for cell in range(0, len(VOTES.seen), 17):
        assert np.allclose(moved[cell], ridge(int(VOTES.person[cell]), cell)[1:], atol=1e-10)


def test_distance_is_what_the_model_says_apart() -> None:
    frame = framed(FIT)
    said = FIT.spots @ FIT.loadings.T
    apart = np.sqrt(((said[3] - said[30]) ** 2).mean())
    assert np.linalg.norm(frame.places[3] - frame.places[30]) == pytest.approx(apart)
    again = frame.places @ frame.loadings.T
    assert np.allclose(again - again[0], said - said[0])
    assert frame.places[:, 0].std() > frame.places[:, 1].std()
    assert (frame.loadings[np.abs(frame.loadings).argmax(axis=0), [0, 1]] > 0).all()


def test_factors_tell_votes_better_than_leans() -> None:
    errors = [
        np.square(VOTES.value - predicted(fitted(VOTES, d, 1), VOTES.person, VOTES.seen)).mean()
        for d in (0, 1)
    ]
    assert errors[1] < 0.9 * errors[0]


def test_the_fewest_factors_within_one_standard_error() -> None:
    table = (HeldOut(0, 0.8, 0.1, 0.05), HeldOut(1, 0.71, 0.01, 0.02), HeldOut(2, 0.7, 0.0, 0.0))
    assert number_of(table) == 1


def test_a_logistic_step_goes_up_hill() -> None:
    """After enough Newton steps the slope of the penalised likelihood is nought."""
    starts, others = np.array([0, 6]), np.arange(6, dtype=np.int32)
    values, spots = np.array([1, 1, 0.5, 0, 1, 0]), np.array([[1.0], [0.5], [0], [-1], [2], [0.3]])
    lean, spot = np.zeros(1), np.zeros((1, 1))
    for _ in range(20):
        curve_side(starts, others, values, np.zeros(6), spots, np.ones(2), lean, spot)
    chance = 1 / (1 + np.exp(-lean[0] - spots[:, 0] * spot[0, 0]))
    assert (values - chance).sum() == pytest.approx(lean[0], abs=1e-9)
    assert ((values - chance) * spots[:, 0]).sum() == pytest.approx(spot[0, 0], abs=1e-9)


def test_silhouette_and_rand_as_others_count_them() -> None:
    places = np.ascontiguousarray(framed(FIT).places)
    marks = parted(places, 3, 1, 0).marks
    assert silhouette(places, marks, 3, len(places)) == pytest.approx(silhouette_score(places, marks))
    other = np.arange(len(marks)) % 4
    assert adjusted_rand(marks, other) == pytest.approx(adjusted_rand_score(marks, other))


def test_groups_are_matched_by_whom_they_share() -> None:
    assert matched(np.array([0, 0, 1, 1, 1]), np.array([2, 2, 0, 0, 1]), 2, 3).tolist() == [1, -1, 0]


def test_a_clump_of_few_is_no_group() -> None:
    places = np.array([[0.0]] * 9 + [[1.0]] * 8 + [[9.0]] * 4)
    found = parted(places, 3, 5, 0)
    assert found.marks.tolist() == [0] * 9 + [1] * 8 + [-1] * 4
    assert found.share == pytest.approx(1.0)


def test_a_bootstrap_without_groups_puts_nobody_into_one() -> None:
    assert matched(np.array([0, 0, 1]), np.array([0, 0, 0]), 2, 0).tolist() == [-1]
