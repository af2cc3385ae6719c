"""Is a participant told a group only where it is sure, and is a change told as it is?"""

from dataclasses import replace

import numpy as np
import pytest

from core.decide.opinions.careful.crowds import planted
from folkmoot.core.decide.opinions import Conversation
from folkmoot.core.decide.opinions.map_against_chance import AgainstChance
from folkmoot.core.decide.opinions.map_told import map_effect, own_group_on
from folkmoot.core.decide.opinions.polis import Settings, mapped
from folkmoot.core.kernel.errors import NotFound

SURE = AgainstChance(0.6, (0.3, 0.4), 0.01, (0.9, 0.8), 70)
VOTES = planted((40, 30), 24, seed=4, strength=1.6)


def test_a_group_is_told_where_it_is_sure_and_large_enough() -> None:
    found = mapped(Conversation(VOTES))
    told = own_group_on(found, SURE, "p000")
    assert told.group == found.group_of()["p000"]
    assert f"{len(found.groups[0].members)} people" in told.sentence
    for chance in (None, replace(SURE, p=0.2), replace(SURE, agreement=(0.5, 0.1))):
        unsure = own_group_on(found, chance, "p000")
        assert (unsure.group, "nobody is told a group" in unsure.sentence) == (None, True)
    with pytest.raises(NotFound):
        own_group_on(found, SURE, "nobody")


def test_a_group_of_few_is_not_named_and_who_has_none_hears_so() -> None:
    names = dict.fromkeys(VOTES.people[:60], "0") | dict.fromkeys(VOTES.people[60:64], "1")
    found = mapped(Conversation(VOTES), Settings(membership=names))
    assert own_group_on(found, SURE, "p000").group == "0"
    few = own_group_on(found, SURE, "p060")
    assert (few.group, "too few" in few.sentence) == (None, True)
    assert own_group_on(found, SURE, "p069").group is None


def test_the_effect_is_what_changed() -> None:
    whole = mapped(Conversation(VOTES))
    same = map_effect(whole, whole)
    assert (same.people_gone, same.groups_before, same.groups_after, same.rand) == (0, 2, 2, 1.0)
    fewer = map_effect(whole, mapped(Conversation(VOTES.among(people=np.arange(70) >= 10))))
    assert fewer.people_gone == 10
    assert fewer.rand is not None
    assert fewer.sentences[0] == f"2 groups before, {fewer.groups_after} after."
    nobody = map_effect(whole, mapped(Conversation(VOTES.among(people=np.zeros(70, bool)))))
    assert (nobody.rand, len(nobody.sentences)) == (None, 1)
