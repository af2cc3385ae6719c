"""How is a person or a statement placed, and people parted, in plain loops over votes?

Everything here is compiled when it is first used and kept for the next time.
"""

import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.int64]  # the group of each person from 0; -1 for none
STEPS = 60  # of k-means; it settles long before


@njit(cache=True)
def place_side(
    starts: npt.NDArray[np.int64],
    others: npt.NDArray[np.int32],
    values: Floats,
    weights: Floats,
    leans: Floats,
    spots: Floats,
    ridges: Floats,
    own_leans: Floats,
    own_spots: Floats,
) -> None:
    """Ridge regression of each row's votes on where the other side stands: one half of alternating least
    squares. ridges: of the lean, then of each factor. Writes own_leans and own_spots."""
    factors = spots.shape[1]
    gram = np.empty((factors + 1, factors + 1))
    right = np.empty(factors + 1)
    for row in range(len(starts) - 1):
        gram[:] = 0.0
        right[:] = 0.0
        for i in range(factors + 1):
            gram[i, i] = ridges[i]
        for cell in range(starts[row], starts[row + 1]):
            other = others[cell]
            weight = weights[other]
            rest = values[cell] - leans[other]
            gram[0, 0] += weight
            right[0] += weight * rest
            for i in range(factors):
                pull = weight * spots[other, i]
                gram[i + 1, 0] += pull
                right[i + 1] += pull * rest
                for j in range(i + 1):
                    gram[i + 1, j + 1] += pull * spots[other, j]
        solve(gram, right)
        own_leans[row] = right[0]
        for i in range(factors):
            own_spots[row, i] = right[i + 1]


@njit(cache=True)
def solve(gram: Floats, right: Floats) -> None:
    """Cholesky's method on the lower triangle, in place: `right` becomes the answer."""
    size = len(right)
    for i in range(size):
        for j in range(i + 1):
            total = gram[i, j]
            for k in range(j):
                total -= gram[i, k] * gram[j, k]
            gram[i, j] = np.sqrt(total) if i == j else total / gram[j, j]
    for i in range(size):
        total = right[i]
        for k in range(i):
            total -= gram[i, k] * right[k]
        right[i] = total / gram[i, i]
    for i in range(size - 1, -1, -1):
        total = right[i]
        for k in range(i + 1, size):
            total -= gram[k, i] * right[k]
        right[i] = total / gram[i, i]


@njit(cache=True)
def errors_of(
    starts: npt.NDArray[np.int64],
    others: npt.NDArray[np.int32],
    values: Floats,
    leans: Floats,
    spots: Floats,
    other_leans: Floats,
    other_spots: Floats,
) -> Floats:
    """What each vote differs by from what the two places say."""
    rest = np.empty(len(values))
    for row in range(len(starts) - 1):
        for cell in range(starts[row], starts[row + 1]):
            other = others[cell]
            said = leans[row] + other_leans[other]
            for i in range(spots.shape[1]):
                said += spots[row, i] * other_spots[other, i]
            rest[cell] = values[cell] - said
    return rest


@njit(cache=True)
def nearest(spots: Floats, centres: Floats, marks: Marks) -> float:
    """The nearest centre of each, the first of equals; returns the sum of squared distances."""
    whole = 0.0
    for row in range(len(spots)):
        best, chosen = np.inf, 0
        for group in range(len(centres)):
            far = 0.0
            for i in range(spots.shape[1]):
                far += (spots[row, i] - centres[group, i]) ** 2
            if far < best:
                best, chosen = far, group
        marks[row] = chosen
        whole += best
    return whole


@njit(cache=True)
def settle(spots: Floats, weights: Floats, centres: Floats, marks: Marks) -> float:
    """Lloyd's k-means from these centres, which it moves; an empty group stays where it was."""
    before = np.full(len(spots), -1)
    for _ in range(STEPS):
        nearest(spots, centres, marks)
        if (marks == before).all():
            break
        before[:] = marks
        sums = np.zeros_like(centres)
        counts = np.zeros(len(centres))
        for row in range(len(spots)):
            counts[marks[row]] += weights[row]
            for i in range(spots.shape[1]):
                sums[marks[row], i] += weights[row] * spots[row, i]
        for group in range(len(centres)):
            if counts[group] > 0.0:
                centres[group] = sums[group] / counts[group]
    whole = 0.0
    for row in range(len(spots)):
        for i in range(spots.shape[1]):
            whole += weights[row] * (spots[row, i] - centres[marks[row], i]) ** 2
    return whole


@njit(cache=True)
def silhouette(spots: Floats, marks: Marks, groups: int, asked: int) -> float:
    """The mean silhouette (Rousseeuw 1987) of the first `asked` people, against everybody who has a group.
    It is nought for who has none, so that people whom no group holds count against the groups."""
    size = np.zeros(groups)
    for mark in marks:
        if mark >= 0:
            size[mark] += 1
    total, counted = 0.0, 0
    sums = np.empty(groups)
    for row in range(min(asked, len(spots))):
        counted += 1
        if marks[row] < 0:
            continue
        sums[:] = 0.0
        for other in range(len(spots)):
            if marks[other] >= 0:
                far = 0.0
                for i in range(spots.shape[1]):
                    far += (spots[row, i] - spots[other, i]) ** 2
                sums[marks[other]] += np.sqrt(far)
        own = marks[row]
        if size[own] < 2:
            continue
        within = sums[own] / (size[own] - 1)
        between = np.inf
        for group in range(groups):
            if group != own and size[group] > 0:
                between = min(between, sums[group] / size[group])
        if between < np.inf and max(within, between) > 0.0:
            total += (between - within) / max(within, between)
    return total / counted if counted else 0.0


@njit(cache=True)
def doubt_of(
    starts: npt.NDArray[np.int64],
    others: npt.NDArray[np.int32],
    spots: Floats,
    ridges: Floats,
) -> Floats:
    """The covariance of each row's factors for a variance of one of the rest (people x factors x factors):
    the inverse of the normal equations, without the lean."""
    factors = spots.shape[1]
    size = factors + 1
    doubt = np.empty((len(starts) - 1, factors, factors))
    gram, column = np.empty((size, size)), np.empty(size)
    for row in range(len(starts) - 1):
        normal_equations(starts, others, spots, ridges, row, gram)
        for i in range(factors):
            column[:] = 0.0
            column[i + 1] = 1.0
            solve(gram.copy(), column)
            doubt[row, :, i] = column[1:]
    return doubt


@njit(cache=True)
def normal_equations(
    starts: npt.NDArray[np.int64],
    others: npt.NDArray[np.int32],
    spots: Floats,
    ridges: Floats,
    row: int,
    gram: Floats,
) -> None:
    """The left side of a row's ridge regression, lower triangle, lean first."""
    gram[:] = 0.0
    for i in range(len(ridges)):
        gram[i, i] = ridges[i]
    for cell in range(starts[row], starts[row + 1]):
        other = others[cell]
        gram[0, 0] += 1.0
        for i in range(spots.shape[1]):
            gram[i + 1, 0] += spots[other, i]
            for j in range(i + 1):
                gram[i + 1, j + 1] += spots[other, i] * spots[other, j]


@njit(cache=True)
def without_each(
    starts: npt.NDArray[np.int64],
    others: npt.NDArray[np.int32],
    rest: Floats,
    spots: Floats,
    loadings: Floats,
    ridges: Floats,
) -> Floats:
    """Where each person would stand without each of their votes (votes x factors). rest: what each vote
    differs by from what the model says with it (Sherman and Morrison 1950)."""
    size = len(ridges)
    moved = np.empty((len(others), size - 1))
    gram, pull, step = np.empty((size, size)), np.empty(size), np.empty(size)
    for row in range(len(starts) - 1):
        normal_equations(starts, others, loadings, ridges, row, gram)
        for cell in range(starts[row], starts[row + 1]):
            pull[0] = 1.0
            pull[1:] = loadings[others[cell]]
            step[:] = pull
            solve(gram.copy(), step)
            weight = rest[cell] / max(1.0 - (pull * step).sum(), 1e-9)
            for i in range(size - 1):
                moved[cell, i] = spots[row, i] - step[i + 1] * weight
    return moved


@njit(cache=True)
def curve_side(
    starts: npt.NDArray[np.int64],
    others: npt.NDArray[np.int32],
    values: Floats,
    leans: Floats,
    spots: Floats,
    ridges: Floats,
    own_leans: Floats,
    own_spots: Floats,
) -> None:
    """One Newton step of each row's logistic regression (values 0 to 1) on where the other side stands, held
    back by ridges. Changes own_leans and own_spots."""
    factors = spots.shape[1]
    gram, right, pull = np.empty((factors + 1, factors + 1)), np.empty(factors + 1), np.ones(factors + 1)
    for row in range(len(starts) - 1):
        gram[:] = 0.0
        right[0] = -ridges[0] * own_leans[row]
        gram[0, 0] = ridges[0]
        for i in range(factors):
            right[i + 1] = -ridges[i + 1] * own_spots[row, i]
            gram[i + 1, i + 1] = ridges[i + 1]
        for cell in range(starts[row], starts[row + 1]):
            other = others[cell]
            level = own_leans[row] + leans[other]
            for i in range(factors):
                pull[i + 1] = spots[other, i]
                level += own_spots[row, i] * spots[other, i]
            chance = 1.0 / (1.0 + np.exp(-level))
            weight = max(chance * (1.0 - chance), 0.01)
            for i in range(factors + 1):
                right[i] += pull[i] * (values[cell] - chance)
                for j in range(i + 1):
                    gram[i, j] += weight * pull[i] * pull[j]
        solve(gram, right)
        own_leans[row] += right[0]
        for i in range(factors):
            own_spots[row, i] += right[i + 1]
