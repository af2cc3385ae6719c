"""Do asks, stances and promises keep their rules?"""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.apps.network import actions
from folkmoot.apps.network.models import Ask, Promise, Stance
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import DiaryLine
from folkmoot.core.kernel.errors import FolkmootError, NotAllowed, NotFound, Refused
from partnership import Town
from rooms.network.recording import ask_of, known, stands

TODAY = date(2026, 11, 16)


def test_only_the_convenor_records(town: Town) -> None:
    ada, ask = known(town, "Ada Quill"), ask_of(town)
    said = {"person_id": ada.id, "ask_id": ask.id, "stance": "warm", "on": TODAY, "evidence": "Said so."}
    stance = actions.record_stance(town.convenor, **said)
    promise = actions.record_promise(town.convenor, person_id=ada.id, text="Ask legal")
    calls = (
        (actions.record_stance, said),
        (actions.make_ask, {"text": "Another"}),
        (actions.withdraw_stance, {"stance_id": stance.id}),
        (actions.record_promise, {"person_id": ada.id, "text": "Ask legal"}),
        (actions.settle_promise, {"promise_id": promise.id, "kept": True}),
        (actions.reopen_promise, {"promise_id": promise.id}),
        (actions.thank_for_promise, {"promise_id": promise.id}),
        (actions.import_stances, {"content": b"person,on,stance\n"}),
    )
    for actor in (town.core, town.member, town.outsider, town.nobody):
        for act, given_to in calls:
            with pytest.raises(NotAllowed):
                act(actor, **given_to)


def test_a_neighbour_reaches_nothing_of_ours(town: Town) -> None:
    ada, ask = known(town, "Ada Quill"), ask_of(town)
    stance = stands(town, ada)
    promise = actions.record_promise(town.convenor, person_id=ada.id, text="Ask legal")
    with pytest.raises(NotFound):
        actions.withdraw_stance(town.neighbour, stance_id=stance.id)
    with pytest.raises(NotFound):
        actions.settle_promise(town.neighbour, promise_id=promise.id, kept=True)
    theirs = actions.make_ask(town.neighbour, text="Theirs")
    for actor, person_id, ask_id in ((town.neighbour, ada.id, theirs.id), (town.convenor, ada.id, theirs.id)):
        with pytest.raises(Refused):
            actions.record_stance(
                actor, person_id=person_id, ask_id=ask_id, stance="warm", on=TODAY, evidence="x"
            )
    assert ask.partnership_id == town.partnership.id


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"evidence": "  "}, "evidence"),
        ({"evidence": "x" * 501}, "evidence"),
        ({"on": date(2026, 11, 17)}, "on"),
        ({"on": date(1926, 11, 16)}, "on"),
        ({"stance": "keen"}, "stance"),
        ({"expires_on": date(2026, 11, 1)}, "expires_on"),
        ({"ask_id": "none"}, "ask"),
        ({"person_id": "none"}, "person"),
    ],
)
def test_a_stance_that_cannot_be_is_refused_beside_its_field(town: Town, change: dict, field: str) -> None:
    said = {"person_id": known(town, "Ada Quill").id, "ask_id": ask_of(town).id, "stance": "warm"}
    lines = DiaryLine.objects.count()
    with pytest.raises(Refused) as refusal:
        actions.record_stance(town.convenor, **(said | {"on": TODAY, "evidence": "Said so."} | change))
    assert refusal.value.field == field
    assert not Stance.objects.exists()
    assert DiaryLine.objects.count() == lines


def test_told_twice_is_recorded_once_and_taken_back_once(town: Town) -> None:
    ada = known(town, "Ada Quill")
    first = stands(town, ada)
    assert stands(town, ada) == first
    actions.withdraw_stance(town.convenor, stance_id=first.id)
    with pytest.raises(Refused):
        actions.withdraw_stance(town.convenor, stance_id=first.id)
    assert stands(town, ada) != first
    assert DiaryLine.objects.filter(subject_id=first.id).count() == 2
    assert verify_chain(town.partnership.id).whole


def test_an_ask_is_written_once(town: Town) -> None:
    ask_of(town, "Buy in lots")
    with pytest.raises(Refused):
        actions.make_ask(town.convenor, text="  buy IN lots ")
    assert actions.make_ask(town.neighbour, text="Buy in lots")
    assert Ask.objects.count() == 2


STEPS = {
    "keep": lambda town, id: actions.settle_promise(town.convenor, promise_id=id, kept=True),
    "break": lambda town, id: actions.settle_promise(town.convenor, promise_id=id, kept=False),
    "reopen": lambda town, id: actions.reopen_promise(town.convenor, promise_id=id),
    "thank": lambda town, id: actions.thank_for_promise(town.convenor, promise_id=id),
}
# From (state, thanked) by a step to the next; what is not here is refused and changes nothing.
MOVES = {
    ("open", False, "keep"): ("kept", False),
    ("open", False, "break"): ("broken", False),
    ("kept", False, "reopen"): ("open", False),
    ("broken", False, "reopen"): ("open", False),
    ("kept", False, "thank"): ("kept", True),
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=7), ours=st.booleans())
def test_a_promise_moves_only_as_it_may(town: Town, steps: list[str], ours: bool) -> None:
    person = known(town, "Ada Quill")
    row = actions.record_promise(town.convenor, person_id=person.id, text="Ask legal", ours=ours)
    stood = ("open", False)
    for step in steps:
        expected = MOVES.get((*stood, step))
        if expected is None or (ours and step == "thank"):
            with pytest.raises(Refused):
                STEPS[step](town, row.id)
        else:
            STEPS[step](town, row.id)
            stood = expected
        row = Promise.objects.get(id=row.id)
        assert (row.state, row.thanked_on is not None) == stood
        assert (row.settled_on is None) == (row.state == "open")


def test_promises_have_days_that_can_be(town: Town) -> None:
    ada = known(town, "Ada Quill")
    for days in ({"made_on": date(2026, 11, 17)}, {"due_on": date(2026, 11, 1)}, {"text": " "}):
        with pytest.raises(FolkmootError):
            actions.record_promise(town.convenor, **({"person_id": ada.id, "text": "x"} | days))
    late = actions.record_promise(town.convenor, person_id=ada.id, text="x", made_on=date(2026, 11, 10))
    with pytest.raises(Refused):
        actions.settle_promise(town.convenor, promise_id=late.id, kept=True, on=date(2026, 11, 9))
