"""Are notes about people fit to be read by them, and seen within their circle alone?"""

from datetime import date

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from folkmoot.apps.people import actions, queries
from folkmoot.apps.people.models import Note, NoteVersion
from folkmoot.apps.places import actions as ground
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import CircleOf, DiaryDetail, DiaryLine, Partnership, Person
from folkmoot.core.access import Actor, Circle
from folkmoot.core.access.actor import CIRCLES
from folkmoot.core.kernel.errors import NotAllowed, NotFound, Refused
from partnership import Town
from rooms.people.kept import SAID, joined, known, noted

TODAY = date(2026, 11, 16)


def test_only_the_convenor_writes(town: Town) -> None:
    ada = known(town)
    note = noted(town, ada)
    said = SAID | {"circle": "core"}
    calls = (
        (actions.write_note, SAID | {"person_id": ada.id}),
        (actions.correct_note, said | {"note_id": note.id}),
        (actions.review_note, {"note_id": note.id}),
        (actions.erase_note, {"note_id": note.id}),
        (actions.keep_in_circle, {"person_id": ada.id, "circle": "member"}),
        (actions.keep_person, {"person_id": ada.id}),
        (actions.erase_person, {"person_id": ada.id, "name": "Ada Quill"}),
    )
    for act, asked in calls:
        for actor in (town.core, town.member, town.outsider, town.nobody, joined(town, town.member, ada)):
            with pytest.raises(NotAllowed):
                act(actor, **asked)
        with pytest.raises(NotFound):
            act(town.neighbour, **asked)
        act(town.convenor, **asked) if act is not actions.erase_note else None
    assert verify_chain(town.partnership.id).whole


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"source": ""}, "source"),
        ({"basis": "because"}, "basis"),
        ({"circle": "nobody"}, "circle"),
        ({"circle": "member"}, "circle"),  # wider than the person's own
        ({"noted_on": date(2026, 11, 17)}, "noted_on"),
        ({"review_on": TODAY}, "review_on"),
        ({"review_on": date(2028, 11, 17)}, "review_on"),
        ({"text": "Back after cancer."}, "knowingly"),
        ({"text": "Votes for the other side, and is a union rep."}, "knowingly"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(town: Town, change: dict, field: str) -> None:
    ada, lines = known(town), DiaryLine.objects.count()
    with pytest.raises(Refused) as refusal:
        noted(town, ada, **change)
    assert refusal.value.field == field
    assert not Note.objects.exists()
    assert DiaryLine.objects.count() == lines


def test_what_the_law_guards_is_kept_only_knowingly_and_the_diary_says_so(town: Town) -> None:
    note = noted(town, known(town), text="Speaks for the union at full council.", knowingly=False)
    assert note.text.startswith("Speaks for the union")
    told = noted(town, known(town, "Ben Oakes"), text="Chairs the trade union forum.", knowingly=True)
    line = DiaryLine.objects.get(subject_id=told.id)
    assert '"knowingly": true' in DiaryDetail.objects.get(serial=line.serial).text


def test_a_note_is_looked_at_again_when_the_partnership_says_and_never_after_two_years(town: Town) -> None:
    ada = known(town)
    Partnership.objects.filter(id=town.partnership.id).update(keep_months=6)
    assert noted(town, ada).review_on == date(2027, 5, 16)
    Partnership.objects.filter(id=town.partnership.id).update(keep_months=60)
    assert noted(town, ada, text="Likes mornings.").review_on == date(2028, 11, 16)


def test_a_correction_keeps_what_was_said_before(town: Town) -> None:
    ada = known(town)
    note = noted(town, ada)
    kept = {"source": note.source, "basis": note.basis, "circle": note.circle}
    actions.correct_note(town.convenor, note_id=note.id, text=note.text, **kept)
    assert not NoteVersion.objects.exists()
    actions.correct_note(town.convenor, note_id=note.id, text="Prefers to be written to.", **kept)
    (seen,) = queries.notes_for(town.convenor, ada.id).notes
    assert seen.text == "Prefers to be written to."
    assert [former.text for former in seen.former] == ["Prefers to be rung before nine."]
    assert actions.erase_note(town.convenor, note_id=note.id) == ada.id
    assert not NoteVersion.objects.exists()
    with pytest.raises(NotFound):
        actions.erase_note(town.convenor, note_id=note.id)


def corrected_into_a_wider_circle(town: Town) -> Person:
    ada = known(town, circle="public")
    note = noted(town, ada, text="Old words, for few.", circle="convenor")
    said = SAID | {"text": "New words, for all.", "circle": "public"}
    actions.correct_note(town.convenor, note_id=note.id, **said)
    return ada


@pytest.mark.parametrize(
    ("role", "both"),
    [("convenor", True), ("core", False), ("member", False), ("nobody", False), ("themself", True)],
)
def test_a_wider_circle_sees_only_what_a_note_says_now(town: Town, role: str, both: bool) -> None:
    ada = corrected_into_a_wider_circle(town)
    Partnership.objects.filter(id=town.partnership.id).update(published=True)
    actor = joined(town, town.member, ada) if role == "themself" else getattr(town, role)
    client, asked, headers = Client(), f"{town.partnership.slug}/people/{ada.id}/notes", {}
    if actor.account_id:
        client.force_login(town.account(actor))
        token = ground.make_token(actor, name="A program", scopes=["people.read", "places.read"])
        headers = {"Authorization": f"Bearer {token.secret}"}
    page, told = client.get(f"/{asked}/"), Client().get(f"/api/{asked}", headers=headers)
    for answer in (page, told):
        assert b"New words, for all." in answer.content
        assert (b"Old words, for few." in answer.content) == both
    (seen,) = queries.notes_for(actor, ada.id, town.partnership.id).notes
    assert [former.text for former in seen.former] == ["Old words, for few."] * both


def test_a_former_text_stays_open_to_the_circle_that_it_was_for(town: Town) -> None:
    ada = known(town, circle="public")
    note = noted(town, ada, text="First, for the core.", circle="core")
    for text, circle in (("Second, for convenors.", "convenor"), ("Third, for all.", "public")):
        actions.correct_note(town.convenor, note_id=note.id, **(SAID | {"text": text, "circle": circle}))
    for actor, texts in ((town.convenor, {"First", "Second"}), (town.core, {"First"}), (town.member, set())):
        (seen,) = queries.notes_for(actor, ada.id).notes
        assert {former.text.split(",")[0] for former in seen.former} == texts


def test_a_record_holds_what_a_note_said_before(town: Town) -> None:
    ada = corrected_into_a_wider_circle(town)
    for actor in (town.convenor, joined(town, town.member, ada)):
        assert "Old words, for few." in repr(queries.record_for(actor, ada.id).shelves)


def test_no_word_of_a_note_stands_in_the_diary(town: Town) -> None:
    note = noted(town, known(town), text="Xylophone player.", source="Zephyr, in conversation")
    actions.correct_note(town.convenor, note_id=note.id, **(SAID | {"circle": "core"}))
    actions.erase_note(town.convenor, note_id=note.id)
    told = " ".join(DiaryDetail.objects.values_list("text", flat=True))
    assert not any(word in told for word in ("Xylophone", "Zephyr", "rung"))


def test_notes_reach_no_further_than_their_person(town: Town) -> None:
    ada = known(town, circle="public")
    for circle in CircleOf.values:
        noted(town, ada, circle=circle)
    actions.keep_in_circle(town.convenor, person_id=ada.id, circle="core")
    assert sorted(Note.objects.values_list("circle", flat=True)) == ["convenor", "core", "core", "core"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_each_role_sees_the_notes_of_its_circles(town: Town, data: some.DataObject) -> None:
    published = data.draw(some.booleans())
    person_in, note_in = data.draw(some.sampled_from(Circle)), data.draw(some.sampled_from(Circle))
    role = data.draw(some.sampled_from(["convenor", "core", "member", "outsider", "nobody", "themself"]))
    ada = known(town, circle=person_in)
    Note.objects.create(
        partnership=town.partnership, person=ada, text="A line to find.", source="Own words", circle=note_in,
        basis="consent", noted_on=TODAY, review_on=date(2027, 1, 1), recorded_at=DiaryLine.objects.last().at,
    )  # fmt: skip
    Partnership.objects.filter(id=town.partnership.id).update(published=published)
    actor = joined(town, town.member, ada) if role == "themself" else getattr(town, role)
    client = Client()
    if actor.account_id:
        client.force_login(town.account(actor))
    answer = client.get(f"/{town.partnership.slug}/people/{ada.id}/notes/")
    assert (b"A line to find." in answer.content) == may_see(role, actor, published, person_in, note_in)
    listed = client.get(f"/{town.partnership.slug}/network/people/")
    assert (ada.id.encode() in listed.content) == may_see(role, actor, published, person_in, person_in)
    person = client.get(f"/{town.partnership.slug}/network/people/{ada.id}/")
    assert (person.status_code == 200) == (ada.id.encode() in listed.content)
    assert b"A line to find." not in listed.content + person.content


def may_see(role: str, actor: Actor, published: bool, *circles: Circle) -> bool:
    """By the table of circles, written anew."""
    if role == "themself":
        return True
    if role in ("outsider", "nobody"):
        return published and set(circles) == {Circle.PUBLIC}
    open_to_all = [published and circle is Circle.PUBLIC for circle in circles]
    return all(
        actor.role in CIRCLES[circle] or for_all for circle, for_all in zip(circles, open_to_all, strict=True)
    )


def test_an_outsider_sees_of_a_public_person_the_posts_alone(town: Town, client: Client) -> None:
    ada = known(town, email="ada@example.org", circle="public")
    Partnership.objects.filter(id=town.partnership.id).update(published=True)
    page = client.get(f"/{town.partnership.slug}/network/people/{ada.id}/").content.decode()
    assert "Ada Quill" in page
    for hidden in ("ada@example.org", "Where they stood", "Promises", "Notes", "All that is kept"):
        assert hidden not in page, hidden


@pytest.mark.parametrize("many", [1, 3])
def test_the_notes_of_a_person_take_the_same_questions(
    town: Town, many: int, django_assert_num_queries: object
) -> None:
    ada = known(town)
    for number in range(many):
        note = noted(town, ada, text=f"Line {number}")
        kept = {"source": note.source, "basis": note.basis, "circle": note.circle}
        actions.correct_note(town.convenor, note_id=note.id, text=f"Line {number} again", **kept)
    with django_assert_num_queries(3):
        assert len(queries.notes_for(town.convenor, ada.id).notes) == many
