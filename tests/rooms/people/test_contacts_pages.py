"""Can a convenor bring a file in, put its columns right, undo it, and merge two records, page by page?"""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from folkmoot.apps.people import actions
from folkmoot.apps.people.models import ContactsImport, Distinct, Merge
from folkmoot.apps.places.models import Person
from partnership import Town
from rooms.people.kept import known
from rooms.people.messy_contacts import messy_contacts

ODD = b"Our list\nWer,Wo,Was\nAda Quill,Bay Trust,Nurse\n,,\n=1+1:,,\n"


@pytest.fixture
def convenor(client: Client, town: Town) -> Client:
    client.force_login(town.account(town.convenor))
    return client


def page(town: Town, name: str, *ids: str) -> str:
    return reverse(f"people:{name}", args=[town.partnership.slug, *ids])


def sent(client: Client, town: Town, content: bytes, name: str = "odd.csv"):
    return client.post(page(town, "contacts"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_the_columns_are_put_right_and_the_file_is_brought_in_and_undone(
    convenor: Client, town: Town
) -> None:
    shown = sent(convenor, town, ODD)
    assert "No column looks like a name" in shown.content.decode()
    row = ContactsImport.objects.get()
    address = page(town, "contacts_columns", row.id)
    out = {f"column_{place}": "out" for place in range(3)}
    for line, first in ((1, "Wer, Ada Quill"), (2, "Ada Quill")):
        elsewhere = convenor.post(address, {"heading_line": line, **out}, follow=True)
        assert f"For example: {first}" in elsewhere.content.decode()
    twice = convenor.post(address, {**out, "heading_line": 2, "column_0": "name", "column_1": "name"})
    assert "“Name” is read from “Wer” already." in twice.content.decode()
    roles = {"heading_line": 2, "column_0": "name", "column_1": "organisation", "column_2": "post"}
    check = convenor.post(address, roles, follow=True).content.decode()
    assert "Ada Quill" in check
    assert "looks like a note" in check
    taken = convenor.get(page(town, "contacts_set_aside", row.id))
    assert b"'=1+1:" in taken.content
    done = convenor.post(page(town, "contacts_confirm", row.id), follow=True).content.decode()
    assert 'data-figure="added">1<' in done
    assert convenor.get(page(town, "contacts_check", row.id), follow=True).redirect_chain
    undone = convenor.post(page(town, "contacts_undo", row.id), follow=True).content.decode()
    assert "Nothing of it is left." in undone
    assert not Person.objects.exists()


def test_what_is_no_list_is_told_at_the_field_and_a_file_can_be_put_aside(
    convenor: Client, town: Town
) -> None:
    for content in (b"%PDF-1.7", b"PK\x03\x04zip", b" \n"):
        assert "was not read" in sent(convenor, town, content).content.decode()
    assert not ContactsImport.objects.exists()
    sent(convenor, town, ODD)
    row = ContactsImport.objects.get()
    assert "waits for you" in convenor.get(page(town, "contacts")).content.decode()
    convenor.post(page(town, "contacts_forget", row.id))
    assert not ContactsImport.objects.exists()


def test_a_sheet_of_5000_rows_is_checked_quickly_on_a_small_page(convenor: Client, town: Town) -> None:
    messy = messy_contacts(500)
    more = "".join(f",Person Number{n},Bay Homes,Tenant,,,p{n}@homes.example,,\n" for n in range(4500))
    sent(convenor, town, messy.content + more.encode())
    address = page(town, "contacts_check", ContactsImport.objects.get().id)
    began = time.process_time()
    shown = convenor.get(address)
    assert time.process_time() - began < 3  # two at most on a machine with nothing else to do
    assert len(shown.content) < 40_000
    assert "more: see all" in shown.content.decode()
    assert len(convenor.get(address, {"all": "added"}).content) > 200_000


def test_two_records_are_made_one_and_two_again(convenor: Client, town: Town) -> None:
    ann, other = known(town, "Ann Lee", "a@hall.example"), known(town, "A. Lee", "a@hall.example")
    assert "a@hall.example" in convenor.get(page(town, "duplicates")).content.decode()
    address = page(town, "merge", ann.id, other.id)
    assert convenor.get(address).status_code == 200
    assert "Choose one of the two." in convenor.post(address, {"x": 1}).content.decode()
    done = convenor.post(address, {"name": "other"}, follow=True).content.decode()
    assert "is one with A. Lee" in done
    old = reverse("network:person", args=[town.partnership.slug, other.id])
    assert convenor.get(old).headers["Location"] == old.replace(other.id, ann.id)
    convenor.logout()
    assert convenor.get(old).status_code == 404
    convenor.force_login(town.account(town.convenor))
    convenor.post(page(town, "merge_undo", Merge.objects.get().id))
    assert {person.name for person in Person.objects.all()} == {"Ann Lee", "A. Lee"}
    convenor.post(page(town, "apart", ann.id, other.id))
    assert Distinct.objects.count() == 1
    assert "Nobody seems to be on record twice" in convenor.get(page(town, "duplicates")).content.decode()


def test_the_pages_ask_the_database_as_often_for_three_as_for_one(
    convenor: Client, town: Town, django_assert_max_num_queries
) -> None:
    for number in range(3):
        actions.import_contacts(town.convenor, content=f"name\nAda Number{number}\n".encode())
    with django_assert_max_num_queries(14):
        convenor.get(page(town, "contacts"))
    for number in range(12):
        known(town, f"Ann Lee{'e' * (number % 2)}", f"a{number // 2}@hall.example")
    with django_assert_max_num_queries(18):
        convenor.get(page(town, "duplicates"))
