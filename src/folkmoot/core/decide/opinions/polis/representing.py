"""Which statements stand for a group, and on which does nearly everybody agree?

The reference's tests, with its constants. A test is one-sided at 90 %, and nothing is allowed for making
hundreds of them: these lists choose what to show and prove nothing. Mode careful says what is sure.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from folkmoot.core.decide.opinions.votes import Counts, Floats, Marks, Places, Votes

SURE = 1.2816  # one-sided, 90 %
MOST = 5  # statements for a group, and for agreement each way


@dataclass(frozen=True, eq=False)
class Counted:
    """Votes of some people on each statement: int64, statements or groups x statements."""

    agree: Counts
    disagree: Counts
    seen: Counts

    @property
    def passed(self) -> Counts:
        """Who saw it and neither agreed nor disagreed."""
        return self.seen - self.agree - self.disagree


@dataclass(frozen=True)
class Telling:
    """A statement that stands for a group (or for everybody, then without `ratio` and `ratio_test`).

    way: 1 where they agree with it, -1 where they disagree. share: (successes + 1) / (seen + 2). test: its z
    against a half. ratio: the share against everybody else's. ratio_test: the z of the two shares.
    best_agreed: shown first, as what the group agrees with most.
    """

    statement: str
    way: int
    successes: int
    seen: int
    share: float
    test: float
    ratio: float = 0.0
    ratio_test: float = 0.0
    best_agreed: bool = False


def counted(votes: Votes, group: Counts, groups: int) -> Counted:
    """The votes of each group; group: by person, -1 for none. Votes on statements moderated out count too."""
    wide = len(votes.statements)
    cells = (group[votes.person] * wide + votes.seen) * 3 + votes.value + 1
    if (group < 0).any():
        cells = cells[group[votes.person] >= 0]
    table = np.bincount(cells, minlength=groups * wide * 3).reshape(groups, wide, 3)
    return Counted(table[:, :, 2], table[:, :, 0], table.sum(axis=2))


def share_of(successes: Counts, seen: Counts) -> Floats:
    """(s + 1) / (n + 2): one vote of each kind is thought of beforehand.

    >>> share_of(np.array([3]), np.array([4])).round(3).tolist()
    [0.667]
    """
    return np.asarray((successes + 1) / (seen + 2))


def share_test(successes: Counts, seen: Counts) -> Floats:
    """z of a share against a half, with one success added: 2 sqrt(n + 1) ((s + 1) / (n + 1) - 1/2).

    >>> share_test(np.array([3]), np.array([3])).tolist()
    [2.0]
    """
    return np.asarray(2 * np.sqrt(seen + 1) * ((successes + 1) / (seen + 1) - 0.5))


def two_shares_test(s: Counts, n: Counts, other_s: Counts, other_n: Counts) -> Floats:
    """z of two shares, with 1 added to all four counts; 0 where the joint share is 1."""
    one, other, own, rest = s + 1, other_s + 1, n + 1, other_n + 1
    joint = (one + other) / (own + rest)
    under = joint * (1 - joint) * (1 / own + 1 / rest)
    return np.asarray(
        np.where(joint == 1, 0.0, (one / own - other / rest) / np.sqrt(np.where(joint == 1, 1.0, under)))
    )


@dataclass(frozen=True, eq=False)
class Measures:
    """All that is measured of one way of voting, groups x statements."""

    successes: Counts
    seen: Counts
    share: Floats
    test: Floats
    ratio: Floats
    ratio_test: Floats

    @property
    def product(self) -> Floats:
        """What statements are sorted by."""
        return self.ratio * self.ratio_test * self.share * self.test


def measured(successes: Counts, seen: Counts) -> Measures:
    """Each group against all other groups together."""
    others, rest = successes.sum(axis=0) - successes, seen.sum(axis=0) - seen
    share = share_of(successes, seen)
    return Measures(
        successes,
        seen,
        share,
        share_test(successes, seen),
        share / share_of(others, rest),
        two_shares_test(successes, seen, others, rest),
    )


def representative(
    counts: Counted, statements: tuple[str, ...], out: Marks, order: Places
) -> tuple[tuple[Telling, ...], ...]:
    """At most five statements for each group, what it agrees with before what it disagrees with. Of equally
    telling statements the earlier in `order` goes first."""
    agreed, disagreed = measured(counts.agree, counts.seen), measured(counts.disagree, counts.seen)
    open_ = order[~out[order]]
    told = []
    for group in range(len(counts.seen)):

        def telling(place: int, group: int = group) -> Telling:
            agrees = agreed.ratio_test[group, place] > disagreed.ratio_test[group, place]
            return _telling(statements, agreed if agrees else disagreed, group, place, 1 if agrees else -1)

        told.append(_chosen(agreed, disagreed, group, open_, telling))
    return tuple(told)


def _telling(statements: tuple[str, ...], of: Measures, group: int, place: int, way: int) -> Telling:
    share, test, ratio, ratio_test = (
        float(one[group, place]) for one in (of.share, of.test, of.ratio, of.ratio_test)
    )
    return Telling(
        statements[place],
        way,
        int(of.successes[group, place]),
        int(of.seen[group, place]),
        share,
        test,
        ratio,
        ratio_test,
    )


def _chosen(
    agreed: Measures, disagreed: Measures, group: int, places: Places, telling: Callable[[int], Telling]
) -> tuple[Telling, ...]:
    if not len(places):
        return ()
    best = _best_agreed(agreed, disagreed, group, places)
    head = [replace(telling(best), best_agreed=True)] if best is not None else []
    passes = [
        np.minimum(of.ratio_test[group, places], of.test[group, places]) > SURE for of in (agreed, disagreed)
    ]
    sure = places[passes[0] | passes[1]]
    if not len(sure):
        stands_out = np.maximum(agreed.ratio_test[group, places], disagreed.ratio_test[group, places])
        return tuple(head or [telling(int(places[np.argmax(stands_out)]))])
    agrees = agreed.ratio_test[group, sure] > disagreed.ratio_test[group, sure]
    products = np.where(agrees, agreed.product[group, sure], disagreed.product[group, sure])
    ranked = [int(sure[at]) for at in np.argsort(-products, kind="stable") if sure[at] != best]
    told = [*head, *(telling(place) for place in ranked[:MOST])][:MOST]
    return tuple([one for one in told if one.way == 1] + [one for one in told if one.way == -1])


def _best_agreed(agreed: Measures, disagreed: Measures, group: int, places: Places) -> int | None:
    """What a group agrees with most: among statements that it agrees with more than others do the one with
    the greatest product; without such a one, that with the surest agreement."""
    share, test, ratio, product = (
        of[group, places] for of in (agreed.share, agreed.test, agreed.ratio, agreed.product)
    )
    voted = agreed.successes[group, places] + disagreed.successes[group, places] > 0
    fit = voted & ((test > SURE) | ((ratio > 1) & (share > 0.5)))
    if not fit.any():
        return None
    more = fit & (ratio > 1)
    told = np.where(more, product, -np.inf) if more.any() else np.where(fit, share * test, -np.inf)
    return int(places[np.argmax(told)])


def agreement(
    counts: Counted, statements: tuple[str, ...], out: Marks, order: Places
) -> tuple[tuple[Telling, ...], tuple[Telling, ...]]:
    """What most of everybody agree with, and what most disagree with: at most five each, by share times z."""
    open_, seen = order[~out[order]], counts.seen
    return (
        _agreed(counts.agree, counts.disagree, seen, 1, statements, open_),
        _agreed(counts.disagree, counts.agree, seen, -1, statements, open_),
    )


def _agreed(
    successes: Counts, opposed: Counts, seen: Counts, way: int, statements: tuple[str, ...], places: Places
) -> tuple[Telling, ...]:
    """Of equally agreed statements, the one that fewer oppose goes first."""
    share, test = share_of(successes, seen), share_test(successes, seen)
    fit = places[(share[places] > 0.5) & (test[places] > SURE)].tolist()
    best = sorted(fit, key=lambda at: (-share[at] * test[at], opposed[at]))[:MOST]
    return tuple(
        Telling(statements[at], way, int(successes[at]), int(seen[at]), float(share[at]), float(test[at]))
        for at in best
    )


def group_aware(counts: Counted) -> Floats:
    """By statement, the product over groups of the share that agrees. It falls with every group more, so it
    compares statements of one map and nothing else."""
    return np.asarray(share_of(counts.agree, counts.seen).prod(axis=0))
