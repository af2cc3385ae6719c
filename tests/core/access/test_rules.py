"""Do a rule's two faces, the answer and the criterion, always agree?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from folkmoot.core.access import (
    NOBODY,
    OPERATOR,
    TABLE,
    Act,
    Actor,
    Answer,
    Criterion,
    Role,
    Rule,
    Subject,
    answer,
    criterion,
    require,
)
from folkmoot.core.kernel.errors import NotAllowed

few = some.sampled_from(["", "a", "b"])
actors = some.builds(Actor, some.sampled_from(Role), few, few, few)
subjects = some.builds(Subject, few, some.booleans(), few)
roles = some.frozensets(some.sampled_from(Role))
rules = some.builds(
    Rule,
    some.sampled_from(Act),
    some.just("words"),
    roles,
    some.just("No."),
    some.booleans(),
    some.booleans(),
)


@settings(max_examples=400)
@given(rules, actors, subjects)
def test_any_rule_answers_as_it_filters(rule: Rule, actor: Actor, subject: Subject) -> None:
    assert rule.answer(actor, subject).allowed == rule.criterion(actor).admits(subject)


@pytest.mark.parametrize("act", Act)
def test_each_rule_of_the_table_allows_some_and_refuses_some(act: Act) -> None:
    seen = set()
    for role in Role:
        for person in ("", "p", "q"):
            for subject in (Subject("a", published, "p") for published in (False, True)):
                for home in ("a", "b", ""):
                    actor = Actor(role, home, "account", person)
                    given = answer(act, actor, subject)
                    assert given.allowed == criterion(act, actor).admits(subject)
                    assert given.why_not == ("" if given.allowed else TABLE[act].why_not)
                    seen.add(given.allowed)
    assert seen == {True, False}


@given(some.sampled_from(Act), subjects)
def test_nobody_sees_only_what_is_published(act: Act, subject: Subject) -> None:
    if answer(act, NOBODY, subject).allowed:
        assert subject.published
        assert TABLE[act].when_published


@given(some.sampled_from(Act), actors, subjects)
def test_a_role_counts_only_at_home(act: Act, actor: Actor, subject: Subject) -> None:
    if actor.role is not Role.OPERATOR and actor.partnership_id != subject.partnership_id:
        stranger = Actor(account_id=actor.account_id)
        assert answer(act, actor, subject) == answer(act, stranger, subject)


@given(actors, subjects)
def test_an_act_without_a_rule_is_allowed_to_nobody(actor: Actor, subject: Subject) -> None:
    assert answer("nowhere.nothing", actor, subject) == Answer(False, "Nobody may do this.")
    assert criterion("nowhere.nothing", actor) == Criterion()


def test_require_is_silent_or_says_why_not() -> None:
    assert require(Act.FOUND_PARTNERSHIP, OPERATOR, Subject()) is None
    with pytest.raises(NotAllowed, match="kept by the partnership's convenor"):
        require(Act.READ_FILE, NOBODY, Subject("a", True))
