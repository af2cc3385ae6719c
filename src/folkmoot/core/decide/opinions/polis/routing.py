"""Which statement is a person asked about next?"""

import numpy as np

from folkmoot.core.decide.opinions.polis.changing import place_of
from folkmoot.core.decide.opinions.polis.columns import Columns
from folkmoot.core.decide.opinions.polis.map import Map
from folkmoot.core.decide.opinions.polis.representing import Counted
from folkmoot.core.decide.opinions.votes import Floats, Votes
from folkmoot.core.kernel.draw import Draw

META = 7.0  # before it is squared
NEW = 8.0  # how many times more a statement without votes is asked than for its merit
HALVES = 5.0  # votes after which that advantage is half as large
UNIT = 2**40  # weights are whole numbers of this part of a priority
FLOOR = 10  # the least weight is this part of the mean one


def priorities_of(counts: Counted, extremity: Floats, columns: Columns, flat: bool) -> Floats:
    """By statement: ((1 - p) (1 + E) a (1 + 8 x 2^(-S/5)))^2 with p = (P + 1) / (S + 2) for passes and
    a = (A + 1) / (S + 2) for agreement over all groups, S votes, E how far out the statement is.

    flat: every one is that of a meta statement, 49, as in the reference from March 2025 to July 2026, where
    a nought was taken for yes.
    """
    agree, passed, seen = (table.sum(axis=0) for table in (counts.agree, counts.passed, counts.seen))
    merit = (1 - (passed + 1) / (seen + 2)) * (1 + extremity) * ((agree + 1) / (seen + 2))
    told = (merit * (1 + NEW * 2 ** (-seen / HALVES))) ** 2
    return np.asarray(np.where(columns.meta | flat, META**2, told))


def weights_for(map_: Map, votes: Votes, person: str) -> dict[str, int]:
    """The weights of the statements that this person may be asked and has not voted on, in the order of
    reckoning. None is less than a tenth of their mean, so that each is seen in time: with n of them its
    chance is more than 1 in 11 n."""
    seen = set()
    row, there = place_of(votes.people, person)
    if there:
        seen = {votes.statements[at] for at in votes.seen[votes.starts[row] : votes.starts[row + 1]]}
    statements = map_.votes.statements
    held = {
        statements[at]: round(float(map_.priorities[at]) * UNIT)
        for at in map_.axes.order
        if map_.columns.shown[at] and statements[at] not in seen
    }
    least = max(1, sum(held.values()) // (FLOOR * max(len(held), 1)))
    return {id_: max(weight, least) for id_, weight in held.items()}


def next_statement(map_: Map, votes: Votes, person: str, draw: Draw) -> str | None:
    """One that the person has not voted on, drawn in proportion to the weights, exactly; None when there is
    no other. The map may be some votes old; `votes` says what was seen. Who was asked what, and with which
    chance, is for the caller to note.

    >>> from folkmoot.core.decide.opinions.conversation import Conversation
    >>> from folkmoot.core.decide.opinions.polis.mapping import mapped
    >>> from folkmoot.core.decide.opinions.votes import votes_of
    >>> votes = votes_of([("ann", "1", 1), ("ann", "2", 0), ("bob", "1", 1)])
    >>> next_statement(mapped(Conversation(votes)), votes, "bob", Draw("a public seed"))
    '2'
    """
    weights = weights_for(map_, votes, person)
    if not weights:
        return None
    left = draw.below(sum(weights.values()))
    for id_, weight in weights.items():
        left -= weight
        if left < 0:
            return id_
    raise AssertionError("the weights are what they sum to")
