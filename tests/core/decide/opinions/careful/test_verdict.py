"""Are groups told where there are some, and only there?"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from core.decide.opinions.careful.crowds import planted, shuffled, spectrum, votes_of_table, voting
from folkmoot.core.decide.opinions import Conversation, Statement, Votes, votes_of
from folkmoot.core.decide.opinions.careful import Reading, Settings, Verdict, effect, own_group, reading
from folkmoot.core.kernel.errors import NotFound, Refused

QUICK = Settings(shuffles=39, bootstraps=15)
SIZES = (45, 30, 15)


def read(votes: Votes, settings: Settings = QUICK) -> Reading:
    return reading(Conversation(votes), settings)


@cache
def three() -> tuple[Votes, Reading]:
    votes = planted(SIZES, 40, 2)
    return votes, read(votes)


def test_planted_groups_are_found() -> None:
    found = three()[1]
    assert found.verdict is Verdict.RELIABLE
    assert adjusted_rand_score(np.repeat([0, 1, 2], SIZES), found.marks) > 0.9
    assert [group.name for group in found.groups] == ["group A", "group B", "group C"]
    assert found.chances
    assert found.chances.clumps == 3
    assert found.stability
    assert found.stability.median > 0.9
    assert found.sentence.startswith("3 groups of opinion are reliable")
    assert np.all(found.membership.sum(axis=1) <= 1 + 1e-9)
    assert not found.ends


def test_portraits_are_statements_that_set_a_group_apart() -> None:
    found = three()[1]
    line = {one.id: one for one in found.lines}
    for number, group in enumerate(found.groups):
        assert group.agrees_more
        assert group.agrees_less
        assert all(number in line[id_].more for id_ in group.agrees_more)
        assert all(number in line[id_].less for id_ in group.agrees_less)


def test_a_participant_is_told_their_own_group_and_nothing_unsure() -> None:
    found = three()[1]
    sure = found.people[int(found.membership[:, 0].argmax())]
    assert own_group(found, sure).group == 0
    between = replace(found, membership=np.full_like(found.membership, 0.5))
    assert own_group(between, sure).group is None
    assert "between" in own_group(between, sure).sentence
    with pytest.raises(NotFound):
        own_group(found, "nobody")


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_votes_have_no_groups(seed: int) -> None:
    found = read(shuffled(three()[0], seed))
    assert found.verdict is Verdict.NO_GROUPS
    assert found.factors == 0
    assert not found.groups
    assert set(found.marks.tolist()) == {-1}
    assert own_group(found, "p000").sentence.startswith("We cannot say")


def test_a_spectrum_has_stable_sides_and_no_gap() -> None:
    found = read(spectrum(120, 40, 1))
    assert found.chances
    assert found.stability
    assert found.chances.p_dealt <= 0.05 < (found.chances.p_spread or 0)
    assert found.stability.median >= 0.6
    assert (found.verdict, found.gaps) == (Verdict.RELIABLE, False)
    assert "do not speak of camps" in found.sentence
    assert [side.name for side in found.groups][:2] == ["side A", "side B"]
    sure = found.people[int(found.membership.max(axis=1).argmax())]
    assert "many stand in between" in own_group(found, sure).sentence
    assert found.dividing
    assert three()[1].gaps


def test_what_is_not_stable_is_told_by_its_ends() -> None:
    found = read(spectrum(120, 40, 1), replace(QUICK, least_ari=0.999))
    assert (found.verdict, found.gaps) == (Verdict.NO_GROUPS, False)
    assert "parted in another way" in found.sentence
    assert [end.name for end in found.ends] == ["left end", "right end"]
    assert found.dividing


def test_people_who_only_agree_more_or_less_are_no_groups() -> None:
    drawn = np.random.default_rng(8)
    lean = np.repeat([[-1.0], [1.0]], 50, axis=0) + 0.2 * drawn.standard_normal((100, 1))
    assert read(voting(lean + np.zeros((100, 30)), drawn)).verdict is Verdict.NO_GROUPS


def test_few_people_are_too_few_to_tell() -> None:
    found = read(planted((8, 8), 30, 1))
    assert found.verdict is Verdict.TOO_FEW
    assert found.chances is None
    assert not found.parts
    assert len(found.lines) == 30


def test_few_votes_of_many_people_are_too_few_to_deny_groups() -> None:
    found = read(shuffled(spectrum(60, 14, 1), 1))
    assert found.verdict is Verdict.TOO_FEW
    assert found.chances
    assert not found.groups


def test_who_cast_few_votes_is_told_so() -> None:
    votes = three()[0]
    cast = [
        (votes.people[p], votes.statements[s], v)
        for p, s, v in zip(votes.person, votes.seen, votes.value, strict=True)
    ]
    found = read(votes_of([*cast, ("new", "1", 1)]))
    assert found.verdict is Verdict.RELIABLE
    assert own_group(found, "new").group is None
    assert "too few statements" in own_group(found, "new").sentence
    assert found.enough.sum() == found.asked


def test_a_group_of_four_is_never_named() -> None:
    found = read(planted((45, 40, 4), 30, 1, strength=3.0), replace(QUICK, groups=3))
    assert found.verdict is Verdict.RELIABLE
    assert [group.size for group in found.groups] == [45, 40]
    assert found.apart == 4
    assert found.marks[-4:].tolist() == [-1] * 4
    assert own_group(found, "p088").group is None


def test_who_agrees_with_all_is_told_as_a_habit() -> None:
    """One half agrees with everything, the other with half of the statements: groups, and perhaps no
    opinions."""
    drawn = np.random.default_rng(3)
    table = np.ones((100, 30), int)
    table[50:, ::2] = -1
    noise = drawn.random(table.shape) < 0.15
    found = read(votes_of_table(np.where(noise, -table, table)))
    clear = [habit for habit in found.habits if habit.clear]
    assert {habit.of for habit in clear} == {"agreeing"}
    assert any("habit" in habit.sentence for habit in clear)


def test_what_a_moderator_put_out_is_left_out() -> None:
    votes = planted((12, 12), 20, 1)
    out = Conversation(votes, {"3": Statement("3", moderated=-1)})
    found = reading(out, Settings(shuffles=2, bootstraps=1))
    assert "3" not in found.statements
    assert len(found.lines) == 19


def test_the_effect_of_setting_people_aside() -> None:
    votes, before = three()
    kept = np.arange(len(votes.people)) % 9 > 0
    after = read(votes.among(people=kept))
    told = effect(before, after)
    assert (told.people_gone, told.people_new) == (10, 0)
    assert told.rand is not None
    assert told.rand > 0.9
    assert told.sentences[0] == "The verdict stays: reliable."
    back = effect(replace(before, consensus=("1", "2")), replace(before, consensus=("2", "3"), dividing=()))
    assert back.sentences[2:4] == (
        "What unites a majority of every part only after: 3.",
        "What unites a majority of every part only before: 1.",
    )
    assert back.sentences[4].startswith("What clearly divides only before: ")
    other = effect(before, read(shuffled(votes, 0)))
    assert other.rand is None
    assert (
        set(other.dividing_lost) == set(before.dividing) - set(other.dividing_gained) or other.dividing_gained
    )
    assert "changes from reliable to no reliable groups" in other.sentences[0]


@pytest.mark.parametrize("wrong", [{"groups": 1}, {"alpha": 0.0}, {"threshold": 4}, {"shuffles": 0}])
def test_settings_that_cannot_be_are_refused(wrong: dict) -> None:
    with pytest.raises(Refused):
        Settings(**wrong)


def test_progress_is_told() -> None:
    words: list[str] = []
    reading(Conversation(planted((12, 12), 20, 1)), Settings(shuffles=2, bootstraps=1), words.append)
    assert words[0].startswith("votes held back")
    assert any("chance" in one for one in words)
