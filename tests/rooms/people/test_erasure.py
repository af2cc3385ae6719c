"""Does a person go from every table and every file, and does everything else stay as it was?"""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from folkmoot.apps.network.queries import newest_change_for, support_for
from folkmoot.apps.people import actions, queries
from folkmoot.apps.people.erasing import without
from folkmoot.apps.people.models import ContactsImport, Note
from folkmoot.apps.people.records_whom import Whom
from folkmoot.apps.places import actions as ground
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import Account, DiaryLine, Membership, Partnership, Person
from folkmoot.core.access import OPERATOR, Role
from folkmoot.core.kernel.errors import NotFound, Refused
from partnership import Town
from rooms.people.everything import ADDRESS, NAME, TOWNSMAN, everything, remains
from rooms.people.kept import joined, known, noted


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_any_table_or_file(town: Town) -> None:
    kept = everything(town)
    before = remains(*kept.needles)
    assert len(before) > 15, before
    actions.erase_person(town.convenor, person_id=kept.person.id, name=NAME)
    left = [place for place in remains(*kept.needles) if not place.startswith("places_diaryline.")]
    assert left == []
    assert verify_chain(town.partnership.id).whole
    assert kept.client.get(f"/{town.partnership.slug}/mine/").status_code == 404
    newest = DiaryLine.objects.filter(partnership_id=town.partnership.id).order_by("number").last()
    assert (newest.act, newest.subject_id) == ("people.erase person", town.partnership.id)


@pytest.mark.django_db(transaction=True)
def test_the_file_of_the_database_holds_nothing_either(town: Town) -> None:
    if connection.vendor != "sqlite" or "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("the tables of this run do not lie in a file of ours")
    kept = everything(town)
    actions.erase_person(town.convenor, person_id=kept.person.id, name=NAME)
    with connection.cursor() as cursor:
        path = next(row[2] for row in cursor.execute("PRAGMA database_list").fetchall() if row[1] == "main")
    for file in (Path(path), Path(f"{path}-wal")):
        held = file.read_bytes().lower() if file.exists() else b""
        assert [needle for needle in kept.words if needle.lower().encode() in held] == [], file


def test_others_stay_as_they_are(town: Town) -> None:
    kept = everything(town)
    notes = {note.text for note in Note.objects.filter(person=kept.other)}
    actions.erase_person(town.convenor, person_id=kept.person.id, name="  grace OKONJO ")
    assert Person.objects.get(partnership=town.partnership).name == TOWNSMAN
    after = {note.text for note in Note.objects.filter(person=kept.other)}
    assert notes - after == {f"Shares an office with {NAME}’s team; ask grace OKONJO."}
    assert "Shares an office with [erased]’s team; ask [erased]." in after
    done = ContactsImport.objects.get()
    assert (done.state, done.file_name) == ("done", "[erased].csv")
    assert done.changes == [{"people": [{"id": kept.other.id, "name": TOWNSMAN}]}]
    assert done.report == {"set_aside": [[2, "“[erased]” has no post", []], [3, "A blank row", []]]}


def test_support_counts_change_and_nothing_tells_of_the_erasure(town: Town) -> None:
    kept = everything(town)
    assert support_for(town.convenor, town.partnership.id).active == 2
    actions.erase_person(town.convenor, person_id=kept.person.id, name=NAME)
    assert support_for(town.convenor, town.partnership.id).active == 1
    newest = newest_change_for(town.convenor, town.partnership.id)
    assert newest.startswith("A few stances were recorded")
    page = Client()
    page.force_login(town.account(town.core))
    assert b"eras" not in page.get(f"/{town.partnership.slug}/").content


def test_it_takes_their_name_and_happens_once(town: Town) -> None:
    ada = known(town)
    with pytest.raises(Refused) as refusal:
        actions.erase_person(town.convenor, person_id=ada.id, name="Ada")
    assert refusal.value.field == "name"
    actions.erase_person(town.convenor, person_id=ada.id, name="Ada Quill")
    lines = DiaryLine.objects.count()
    for ask in (
        lambda: actions.erase_person(town.convenor, person_id=ada.id, name="Ada Quill"),
        lambda: queries.erasure_for(town.convenor, ada.id),
        lambda: queries.record_for(town.convenor, ada.id),
    ):
        with pytest.raises(NotFound):
            ask()
    assert DiaryLine.objects.count() == lines


def test_the_last_convenor_cannot_be_erased_and_one_of_two_can(town: Town, client: Client) -> None:
    ada = known(town)
    convenor = joined(town, town.convenor, ada)
    assert "only convenor" in queries.erasure_for(convenor, ada.id).why_not
    with pytest.raises(Refused):
        actions.erase_person(convenor, person_id=ada.id, name="Ada Quill")
    Membership.objects.filter(account_id=town.core.account_id).update(role="convenor")
    client.force_login(town.account(town.convenor))
    address = f"/{town.partnership.slug}/people/{ada.id}/erase/"
    answer = client.post(address, {"name": "Ada Quill"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get(f"/{town.partnership.slug}/mine/").status_code == 404
    assert not Account.objects.filter(id=town.convenor.account_id).exists()
    assert verify_chain(town.partnership.id).whole


def test_an_account_that_belongs_elsewhere_stays_for_that_place(town: Town) -> None:
    kept = everything(town)
    told = {"partnership_id": town.elsewhere.id, "email": ADDRESS, "name": NAME, "role": Role.MEMBER}
    ground.admit_member(OPERATOR, **told)
    assert "their account stays" in queries.erasure_for(town.convenor, kept.person.id).account
    actions.erase_person(town.convenor, person_id=kept.person.id, name=NAME)
    assert Account.objects.get(id=kept.account.id).email == ADDRESS
    assert [row.partnership_id for row in Membership.objects.filter(account=kept.account)] == [
        town.elsewhere.id
    ]
    assert kept.client.get(f"/{town.elsewhere.slug}/").status_code == 200
    assert kept.client.get(f"/{town.partnership.slug}/").status_code == 404
    assert verify_chain(town.elsewhere.id).whole


def test_a_namesake_is_not_touched(town: Town) -> None:
    ada, other = known(town, "Ada Quill"), known(town, "Ada Quill", "ada@example.org")
    longer = known(town, "Ada Quill-Jones")
    noted(town, longer, text="Sits beside Ada Quill. Cousin of Ada Quill-Jones.")
    assert queries.erasure_for(town.convenor, ada.id).shared
    actions.erase_person(town.convenor, person_id=ada.id, name="Ada Quill")
    assert set(Person.objects.filter(partnership=town.partnership)) == {other, longer}
    assert Note.objects.get().text == "Sits beside Ada Quill. Cousin of Ada Quill-Jones."
    actions.erase_person(town.convenor, person_id=other.id, name="Ada Quill")
    assert Note.objects.get().text == "Sits beside [erased]. Cousin of Ada Quill-Jones."


@pytest.mark.parametrize("undone", [False, True], ids=["stands", "undone"])
def test_merged_records_go_together_and_parted_ones_apart(town: Town, undone: bool) -> None:
    ada, bea = known(town, "Ada Quill"), known(town, "Bea Lark", "bea@example.org")
    noted(town, bea, text="Plays the tuba.")
    merge = actions.merge_people(town.convenor, kept_id=ada.id, gone_id=bea.id)
    if undone:
        actions.undo_merge(town.convenor, merge_id=merge.id)
    record = repr(queries.record_for(town.convenor, ada.id))
    assert ("Bea Lark" in record) != undone
    actions.erase_person(town.convenor, person_id=ada.id, name="Ada Quill")
    assert bool(remains("Bea Lark", "bea@example.org", "tuba")) == undone
    assert [place for place in remains("Ada Quill", ada.id) if "diaryline" not in place] == []
    if undone:
        assert queries.record_for(town.convenor, bea.id).diary
        actions.erase_person(town.convenor, person_id=bea.id, name="Bea Lark")
        assert remains("Bea Lark", "bea@example.org", "tuba") == []


def test_the_page_says_what_goes_and_what_stays(town: Town, client: Client) -> None:
    kept = everything(town)
    client.force_login(town.account(town.convenor))
    page = client.get(f"/{town.partnership.slug}/people/{kept.person.id}/erase/").content.decode()
    for words in ("Where they stood", "Notes", "Their account goes", "Backups made until now", "publisher"):
        assert words in page, words
    wrong = client.post(f"/{town.partnership.slug}/people/{kept.person.id}/erase/", {"name": "Somebody"})
    assert b"This is not their name." in wrong.content
    assert Person.objects.filter(id=kept.person.id).exists()


def test_other_partnerships_are_not_looked_into(town: Town) -> None:
    kept = everything(town)
    theirs = ground.record_person(town.neighbour, name=NAME, email=ADDRESS)
    actions.erase_person(town.convenor, person_id=kept.person.id, name=NAME)
    assert Person.objects.get(id=theirs.id).email == ADDRESS
    assert Partnership.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Sinéad O’Hare", "Sinead O'Hare"),
        ("Sinead O'Hare", "SINÉAD O’HARE"),
        ("Jose Muller", "Jose\u0301 Mu\u0308ller"),  # accents as letters of their own
        ("Zoë Ångström", "Ångström, Zoe"),
    ],
)
def test_accents_and_apostrophes_hide_nobody(town: Town, name: str, written: str) -> None:
    person, other = known(town, name), known(town, "Ben Oke")
    noted(town, other, text=f"Café with {written}, at noon… and {written}s.")
    assert queries.erasure_for(town.convenor, person.id).mentioned == 1
    actions.erase_person(town.convenor, person_id=person.id, name=name)
    assert Note.objects.get().text == f"Café with [erased], at noon… and {written}s."


def test_a_name_that_another_spells_with_an_accent_is_shared(town: Town) -> None:
    jose, other = known(town, "Jose Silva"), known(town, "José Silva", "jose@example.org")
    noted(town, other, text="José Silva runs the yard.")
    assert queries.erasure_for(town.convenor, jose.id).shared
    actions.erase_person(town.convenor, person_id=jose.id, name="Jose Silva")
    assert Note.objects.get().text == "José Silva runs the yard."


def test_a_name_of_one_word_stays_in_sentences_and_the_page_says_so(town: Town, client: Client) -> None:
    rose, other = known(town, "Rose"), known(town, "Ben Oke")
    noted(town, other, text="Rose early. Grows a rose.", source="rose")
    client.force_login(town.account(town.convenor))
    said = b"is one word, so it is not looked for in texts about others: search for it."
    assert said in client.get(f"/{town.partnership.slug}/people/{rose.id}/erase/").content
    assert said not in client.get(f"/{town.partnership.slug}/people/{other.id}/erase/").content
    actions.erase_person(town.convenor, person_id=rose.id, name="Rose")
    note = Note.objects.get()
    assert (note.text, note.source) == ("Rose early. Grows a rose.", "[erased]")


def test_the_purpose_of_the_partnership_is_searched(town: Town) -> None:
    ada = known(town)
    Partnership.objects.filter(id=town.partnership.id).update(purpose="What Ada Quill began, for all.")
    assert queries.erasure_for(town.convenor, ada.id).mentioned == 1
    actions.erase_person(town.convenor, person_id=ada.id, name="Ada Quill")
    assert Partnership.objects.get(id=town.partnership.id).purpose == "What [erased] began, for all."


ADA = Whom(
    Person(name="Ada Quill"), (), frozenset({"the-id"}), frozenset({"Ada Quill"}), frozenset({"a@b.example"})
)
PLAIN = some.text(alphabet="abcdeéß .-'@", max_size=12)
VALUES = some.recursive(
    PLAIN | some.integers() | some.sampled_from(["Ada Quill", "the-id", "of Quill, Ada;", "A@B.example"]),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(PLAIN, inner, max_size=3),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_taken_out_is_out_and_taking_it_out_again_changes_nothing(value: object) -> None:
    after = without(ADA, value)
    text = repr(after).lower()
    assert not any(needle in text for needle in ("ada quill", "the-id", "quill, ada", "a@b.example"))
    assert without(ADA, after) == after


@given(some.lists(PLAIN, max_size=5))
def test_what_does_not_name_them_stays_to_the_letter(value: list[str]) -> None:
    assert without(ADA, value) == value
