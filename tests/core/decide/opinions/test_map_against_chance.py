"""Are groups of a map told from chance, whatever people and statements are called?"""

import pytest

from core.decide.opinions.careful.crowds import planted, renamed, shuffled
from folkmoot.core.decide.opinions import Conversation, Votes, votes_of
from folkmoot.core.decide.opinions.map_against_chance import AgainstChance, against_chance
from folkmoot.core.decide.opinions.polis import Settings, mapped


def tried(votes: Votes, shuffles: int = 39, bootstraps: int = 11) -> AgainstChance:
    conversation = Conversation(votes)
    return against_chance(conversation, mapped(conversation), Settings(), shuffles, bootstraps)


def test_camps_stand_out_and_their_votes_dealt_anew_do_not() -> None:
    camps = planted((40, 30), 24, seed=4, strength=1.6)
    found = tried(camps)
    assert (found.verdict, found.p, found.people) == ("reliable", 1 / 40, 70)
    assert found.silhouette > found.null[1] >= found.null[0] > 0
    assert found.agreement[0] > 0.9
    assert tried(shuffled(camps, 0), 1, 5).agreement[0] < 0.9  # other people, and so other groups
    dealt = [tried(shuffled(camps, seed), bootstraps=1).p for seed in range(8)]
    assert sum(p <= 0.05 for p in dealt) <= 2
    assert max(dealt) > 0.3


@pytest.mark.parametrize("seed", [1, 2])
def test_no_name_and_no_order_matters(seed: int) -> None:
    votes = planted((14, 12), 10, seed)
    assert tried(votes, 9, 5) == tried(renamed(votes, seed)[0], 9, 5)


def test_few_people_are_too_few_and_one_group_has_no_silhouette() -> None:
    few = tried(votes_of([(str(person), str(one), 1) for person in range(12) for one in range(3)]), 5, 3)
    assert (few.verdict, few.silhouette, few.p) == ("too few to tell", 0.0, 1.0)
