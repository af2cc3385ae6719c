"""Does a token do what it was given, for its holder, until it ends?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.apps.places import actions, clock, queries
from folkmoot.apps.places.models import Account, DiaryDetail, Partnership, Token
from folkmoot.apps.places.tokens import MOST_TOKENS, SCOPES
from folkmoot.core.access import Actor
from folkmoot.core.kernel.errors import NotAllowed, NotFound, Refused
from partnership import Town


@pytest.fixture(autouse=True)
def _standing() -> object:
    """A summer's evening: in London it is half past eleven, by UTC half past ten."""
    clock.stand_at(datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    yield
    clock.stand_at(None)


def test_a_token_acts_for_its_holder_within_its_scopes(town: Town) -> None:
    made = actions.make_token(town.core, name=" The website ", scopes=["network.read", "network.read"])
    account, partnership, actor = queries.token_actor(made.secret)
    assert (account, partnership) == (town.account(town.core), town.partnership)
    assert actor == Actor(town.core.role, town.partnership.id, account.id, "", frozenset({"network.read"}))
    assert (made.token.name, made.token.scopes) == ("The website", ["network.read"])
    assert list(queries.tokens_for(town.core)) == [made.token]
    for other in (town.convenor, town.member, town.outsider, town.nobody):
        assert not queries.tokens_for(other).exists()


def test_only_the_hash_is_kept(town: Town) -> None:
    made = actions.make_token(town.convenor, name="A program", scopes=["spend.read"])
    assert made.secret[:3] == "fm_"
    assert len(made.secret) == 46
    assert made.secret not in repr([*Token.objects.values_list(), *DiaryDetail.objects.values_list()])
    assert queries.token_actor(made.token.secret_hash) is None
    for wrong in ("", "fm_", made.secret[:-1], made.secret + "\n", made.secret.upper(), "\x00", "é" * 46):
        assert queries.token_actor(wrong) is None


def test_a_token_holds_to_the_end_of_its_last_day_where_the_partnership_is(town: Town) -> None:
    made = actions.make_token(town.convenor, name="A", scopes=["spend.read"], expires_on=date(2026, 7, 1))
    assert queries.token_actor(made.secret)
    clock.stand_at(datetime(2026, 7, 1, 23, 1, tzinfo=UTC))  # a minute into 2 July in London
    assert queries.token_actor(made.secret) is None
    with pytest.raises(Refused):
        actions.make_token(town.convenor, name="A", scopes=["spend.read"], expires_on=date(2026, 7, 1))


def test_ended_closed_and_gone_open_nothing(town: Town) -> None:
    ended, of_closed = (
        actions.make_token(actor, name="A", scopes=["spend.read"]) for actor in (town.convenor, town.core)
    )
    with pytest.raises(NotFound):
        actions.revoke_token(town.core, token_id=ended.token.id)
    actions.revoke_token(town.convenor, token_id=ended.token.id)
    assert queries.token_actor(ended.secret) is None
    Account.objects.filter(id=town.core.account_id).update(is_active=False)
    assert queries.token_actor(of_closed.secret) is None


def test_a_token_makes_no_tokens_and_outsiders_hold_none(town: Town) -> None:
    made = actions.make_token(town.convenor, name="A", scopes=["places.write"])
    program = queries.token_actor(made.secret)[2]
    for actor in (program, town.outsider, town.nobody):
        with pytest.raises(NotAllowed):
            actions.make_token(actor, name="B", scopes=list(SCOPES))


@pytest.mark.parametrize(("name", "scopes"), [("", ["spend.read"]), ("A", []), ("A", ["spend.read", "all"])])
def test_a_token_says_what_it_is_for(town: Town, name: str, scopes: list[str]) -> None:
    with pytest.raises(Refused):
        actions.make_token(town.convenor, name=name, scopes=scopes)


def test_nobody_gathers_tokens_without_end(town: Town) -> None:
    first, *_ = [actions.make_token(town.member, name="A", scopes=["spend.read"]) for _ in range(MOST_TOKENS)]
    with pytest.raises(Refused):
        actions.make_token(town.member, name="A", scopes=["spend.read"])
    actions.revoke_token(town.member, token_id=first.token.id)
    assert actions.make_token(town.member, name="A", scopes=["spend.read"])


def test_its_use_is_written_down_once_a_day(town: Town) -> None:
    made = actions.make_token(town.convenor, name="A", scopes=["spend.read"])
    writes = []
    for hours in (0, 0, 24):
        clock.stand_at(clock.now() + timedelta(hours=hours))
        with CaptureQueriesContext(connection) as asked:
            queries.token_actor(made.secret)
        writes.append(sum("UPDATE" in query["sql"] for query in asked))
    assert writes == [1, 0, 1]
    assert Token.objects.get().last_used_on == date(2026, 7, 2)


def test_a_role_that_is_lowered_lowers_the_token(town: Town) -> None:
    made = actions.make_token(town.core, name="A", scopes=["network.read"])
    held = next(each for each in queries.members_for(town.convenor) if each.role == "core")
    actions.change_role(town.convenor, membership_id=held.id, role="member")
    assert queries.token_actor(made.secret)[2].role == "member"
    assert Partnership.objects.count() == 2
