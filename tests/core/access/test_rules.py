"""Do a rule's two faces, the answer and the criterion, always agree?"""

from dataclasses import replace
from itertools import product

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
    Circle,
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
scopes = some.none() | some.frozensets(some.sampled_from(sorted({rule.scope for rule in TABLE.values()})))
actors = some.builds(Actor, some.sampled_from(Role), few, few, few, scopes)
circles = some.sampled_from(["", *Circle])
subjects = some.builds(Subject, few, some.booleans(), few, few, circles)
flags = {name: some.booleans() for name in ("when_published", "own", "own_account", "by_circle", "writes")}
rules = some.builds(
    Rule,
    some.sampled_from(Act),
    some.just("words"),
    some.frozensets(some.sampled_from(Role)),
    some.just("No."),
    **flags,
)


@settings(max_examples=800)
@given(rules, actors, subjects)
def test_any_rule_answers_as_it_filters(rule: Rule, actor: Actor, subject: Subject) -> None:
    assert rule.answer(actor, subject).allowed == rule.criterion(actor).admits(subject)


@pytest.mark.parametrize("act", Act)
def test_each_rule_of_the_table_allows_some_and_refuses_some(act: Act) -> None:
    seen = set()
    homes, people = ("a", "b", ""), ("", "p", "q")
    for role, home, person, account in product(Role, homes, people, ("", "c")):
        actor = Actor(role, home, account, person)
        for published, circle in product((False, True), Circle):
            subject = Subject("a", published, "p", "c", circle)
            given = answer(act, actor, subject)
            assert given.allowed == criterion(act, actor).admits(subject)
            assert given.why_not == ("" if given.allowed else TABLE[act].why_not)
            seen.add(given.allowed)
    assert seen == {True, False}


@given(some.sampled_from(Act), actors, subjects)
def test_a_token_never_opens_more_than_its_holder_may(act: Act, actor: Actor, subject: Subject) -> None:
    if answer(act, actor, subject).allowed:
        assert answer(act, replace(actor, scopes=None), subject).allowed
        assert actor.scopes is None or TABLE[act].scope in actor.scopes


@given(some.sampled_from(Act), subjects)
def test_a_token_without_a_scope_opens_nothing(act: Act, subject: Subject) -> None:
    for role in Role:
        bare = Actor(role, subject.partnership_id, "c", "p", frozenset())
        assert not answer(act, bare, subject).allowed


CLOSEST_FIRST = (Circle.CONVENOR, Circle.CORE, Circle.MEMBER, Circle.PUBLIC)


@given(some.sampled_from([act for act in Act if TABLE[act].by_circle]), actors, subjects)
def test_a_wider_circle_hides_nothing_that_a_closer_one_shows(
    act: Act, actor: Actor, subject: Subject
) -> None:
    shown = [answer(act, actor, replace(subject, circle=circle)).allowed for circle in CLOSEST_FIRST]
    assert shown == sorted(shown)


@given(some.sampled_from(Act), subjects)
def test_nobody_sees_only_what_is_published(act: Act, subject: Subject) -> None:
    if answer(act, NOBODY, subject).allowed:
        assert subject.published
        assert TABLE[act].when_published
        assert subject.circle == Circle.PUBLIC or not TABLE[act].by_circle


@given(some.sampled_from(Act), actors, subjects)
def test_a_role_counts_only_at_home(act: Act, actor: Actor, subject: Subject) -> None:
    if actor.role is not Role.OPERATOR and actor.partnership_id != subject.partnership_id:
        stranger = Actor(account_id=actor.account_id, scopes=actor.scopes)
        assert answer(act, actor, subject) == answer(act, stranger, subject)


@given(actors, subjects)
def test_an_act_without_a_rule_is_allowed_to_nobody(actor: Actor, subject: Subject) -> None:
    assert answer("nowhere.nothing", actor, subject) == Answer(False, "Nobody may do this.")
    assert criterion("nowhere.nothing", actor) == Criterion()


def test_require_is_silent_or_says_why_not() -> None:
    assert require(Act.FOUND_PARTNERSHIP, OPERATOR, Subject()) is None
    with pytest.raises(NotAllowed, match="kept by the partnership's convenor"):
        require(Act.READ_FILE, NOBODY, Subject("a", True))
