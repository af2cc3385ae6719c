"""When two act on the same thing at the same moment, does one of them see what the other did?

Each act runs in a thread of its own with a connection of its own. All of it holds on SQLite, where writers
stand in a queue, and on PostgreSQL, where they do not.
"""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from folkmoot.apps.network import actions as network
from folkmoot.apps.network.models import Ask
from folkmoot.apps.people.contacts import import_contacts
from folkmoot.apps.places import actions as places
from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import DiaryLine, Organisation, Person
from folkmoot.core.access import Role
from folkmoot.core.kernel.errors import Refused
from partnership import Town

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4


def at_once(act: Callable[[int], object]) -> list[object]:
    """What each hand's act came to; all begin together."""
    begin = Barrier(HANDS)

    def run(hand: int) -> object:
        try:
            begin.wait(10)
            return act(hand)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(run, range(HANDS)))


def done(outcomes: list[object]) -> int:
    """How many were not refused."""
    return sum(not isinstance(outcome, Refused) for outcome in outcomes)


def test_39_the_diary_stays_one_chain(town: Town) -> None:
    def write(hand: int) -> None:
        for number in range(5):
            places.record_person(town.convenor, name=f"Person {number} of hand {hand}")

    before = DiaryLine.objects.filter(partnership_id=town.partnership.id).count()
    assert done(at_once(write)) == HANDS
    verdict = verify_chain(town.partnership.id)
    assert verdict.whole
    assert verdict.lines == before + 5 * HANDS


def test_what_can_be_there_once_is_there_once(town: Town) -> None:
    assert done(at_once(lambda hand: places.record_organisation(town.convenor, name="The Body"))) == 1
    assert Organisation.objects.filter(name="The Body").count() == 1
    # The table itself would let these two stand, as they are not written alike.
    texts = ("Sign the letter", "SIGN the letter", "Sign THE letter", "sign the letter")
    assert done(at_once(lambda hand: network.make_ask(town.convenor, text=texts[hand]))) == 1
    assert Ask.objects.count() == 1


def test_a_promise_is_settled_once(town: Town) -> None:
    person = places.record_person(town.convenor, name="Ada Quill")
    promise = network.record_promise(town.convenor, person_id=person.id, text="A room for the evening")
    told = at_once(
        lambda hand: network.settle_promise(town.convenor, promise_id=promise.id, kept=bool(hand % 2))
    )
    assert done(told) == 1
    lines = DiaryLine.objects.filter(subject_id=promise.id)
    assert lines.count() == 2, "it was made, and it was settled"


def test_the_same_sheet_sent_four_times_adds_everybody_once(town: Town) -> None:
    sheet = "Name,Organisation\n" + "".join(f"Person {at},Body {at % 3}\n" for at in range(20))
    at_once(lambda hand: import_contacts(town.convenor, content=sheet.encode()))
    assert Person.objects.filter(partnership=town.partnership).count() == 20


def test_a_new_address_is_one_account_in_two_partnerships(town: Town) -> None:
    homes = [(town.convenor, town.partnership), (town.neighbour, town.elsewhere)] * 2
    told = at_once(
        lambda hand: places.admit_member(
            homes[hand][0],
            partnership_id=homes[hand][1].id,
            email=("new@marram.example", "NEW@marram.example")[hand % 2],
            name="New",
            role=Role.MEMBER,
        )
    )
    assert done(told) == HANDS
    assert len({row.account_id for row in told}) == 1


def test_the_same_stance_told_twice_is_recorded_once(town: Town) -> None:
    person = places.record_person(town.convenor, name="Ada Quill")
    ask = network.make_ask(town.convenor, text="Sign the letter", made_on=date(2026, 1, 5))
    said = {"person_id": person.id, "ask_id": ask.id, "stance": "warm", "evidence": "She said so."}
    told = at_once(lambda hand: network.record_stance(town.convenor, on=clock.today(), **said))
    assert len({row.id for row in told}) == 1


def test_18_guesses_sent_at_once_are_all_counted(town: Town) -> None:
    cache.clear()
    client, address = Client(), town.account(town.convenor).email
    client.post("/sign-in/", {"email": address})
    code = re.search(r"\b[A-Z0-9]{3,6}-?[A-Z0-9]{3,6}\b", mail.outbox[-1].body)[0]

    def guess(hand: int) -> None:
        beside = Client()
        beside.cookies = client.cookies.copy()
        beside.post("/sign-in/code/", {"code": "WRONGX"})

    at_once(guess)  # more than the three that are let in
    client.post("/sign-in/code/", {"code": code})
    assert "_auth_user_id" not in client.session
