"""Does every outcome have its plain sentence, and do the pictures show the figures of their tables?"""

from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decide.budgeting.small import drawn
from folkmoot.core.decide.budgeting.counting import count
from folkmoot.core.decide.budgeting.election import Ballots, Election, Project
from folkmoot.core.decide.budgeting.settings import Completion, Rule, Settings, Utility
from folkmoot.core.decide.budgeting.why import (
    budget_picture,
    cost_picture,
    projects_picture,
    reasons,
    sentences,
    share_sentence,
    shares_paid,
)
from folkmoot.core.decide.budgeting.why.words import money
from folkmoot.core.pictures import Picture


def vote(budget: int = 120) -> Election:
    costs = {"a": ("The <park> & pond", 60), "b": ("Pool", 60), "c": ("", 60), "d": ("Palace", 500)}
    projects = tuple(Project(id, Fraction(cost), name) for id, (name, cost) in costs.items())
    return Election(projects, Fraction(budget), Ballots.gathered([[0, 1], [2], [0]], [4, 4, 2]))


def told(how: Settings, election: Election | None = None) -> tuple[str, ...]:
    election = election or vote()
    return sentences(election, reasons(election, how, count(election, how)), "GBP")


def test_under_equal_shares_a_resident_reads_who_paid_and_what_was_lacking() -> None:
    assert told(Settings()) == (
        "Funded: 6 people chose it, and it costs £60. Each of them paid £10 of their share.",
        "Not funded: its 4 supporters had £8 left between them, and it costs £60. "
        "It would have needed 3 more supporters who chose only this.",
        "Not funded: its 4 supporters had £48 left between them, and it costs £60. "
        "It would have needed 1 more supporter who chose only this.",
        "Not funded: it costs £500, and the whole budget is £120.",
    )


def test_under_greedy_a_resident_reads_what_was_left_and_how_many_votes_were_lacking() -> None:
    said = told(Settings(rule=Rule.GREEDY))
    assert said[1] == "Funded: 4 people chose it, and it costs £60."
    assert said[2] == (
        "Not funded: 4 people chose it; when its turn came £0 was left, and it costs £60. "
        "It would have needed 1 more vote."
    )
    rivals = Settings(rule=Rule.GREEDY_EXCLUSIVE, rivals=(frozenset("ac"),))
    assert "only one of some projects may be funded, and “The <park> & pond” was" in told(rivals)[2]


def test_a_share_is_told_to_its_voter() -> None:
    election = vote()
    shares = shares_paid(election, Settings(), count(election, Settings()))
    assert share_sentence(election, shares.of(0), "GBP") == (
        "Your share was £12. It paid £10 for The <park> & pond. £2 of it was not spent."
    )
    assert share_sentence(election, shares.of(1), "GBP") == (
        "Your share was £12. Nothing that you chose was funded. £12 of it was not spent."
    )


@pytest.mark.parametrize("rule", list(Rule))
def test_every_project_has_a_sentence_by_every_rule(rule: Rule) -> None:
    for seed in range(10):
        for utility in Utility:
            how = Settings(rule=rule, utility=utility, completion=Completion.UTILITARIAN)
            election = drawn(seed).election()
            said = told(replace(how, threshold=Fraction(2)), election)
            assert len(said) == len(election.projects)
            assert all(one.startswith(("Funded: ", "Not funded: ")) and one.endswith(".") for one in said)


def test_what_supporters_had_never_looks_like_enough() -> None:
    projects = (Project("a", Fraction(100)), Project("b", Fraction(1)))
    election = Election(projects, Fraction(99999, 1000), Ballots.gathered([[0]], [3]))
    assert "had 99.99 left between them, and it costs 100" in told_plainly(election)


def told_plainly(election: Election) -> str:
    shares = replace(count(election, Settings()), winners=())
    large = replace(election, budget=Fraction(200))
    return sentences(large, reasons(large, Settings(), shares))[0]


@given(st.fractions(min_value=0, max_value=10**12))
def test_money_is_never_further_off_than_half_a_hundredth(amount: Fraction) -> None:
    said = money(amount, "PLN")
    if said.startswith("less than"):
        assert amount < Fraction(1, 200)
    else:
        figure = Fraction(said.removesuffix(" PLN").replace(",", ""))
        assert abs(figure - amount) <= Fraction(1, 200)


def pictures(election: Election) -> list[Picture]:
    why = reasons(election, Settings(), count(election, Settings()))
    each = [cost_picture(election, one, "GBP", f"cost-{one.project}") for one in why]
    return [budget_picture(election, why, "GBP"), projects_picture(election, why, "GBP"), *each]


def test_pictures_are_whole_and_have_the_figures_in_words() -> None:
    drawn_ones = pictures(vote())
    for one in [*drawn_ones, *pictures(vote(budget=1))]:
        assert ElementTree.fromstring(one.svg).tag.endswith("svg")
        assert "style=" not in one.svg
    budget, projects, park, pool = drawn_ones[:4]
    assert budget.table.rows == (("1", "The <park> & pond", "£60", "6"),)
    assert budget.description == "1 of 4 projects is funded, for £60 of £120; £60 is left."
    assert projects.table.rows[3] == ("Palace", "0", "£500", "no")
    assert projects.svg.count("<circle") == 3 + 2  # the palace is too dear to be drawn; two in the legend
    assert park.table.rows == (("People", "6", "0", "6"), ("Money", "£60", "£0", "£60"))
    assert pool.table.rows == (("Money", "£8", "£52"),)
