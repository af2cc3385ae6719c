"""Is everything that is kept about a person shown to them, from every table, and nothing about others?"""

import io
import json
import zipfile

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext, isolate_apps

from folkmoot.apps.people import actions, queries
from folkmoot.apps.people.models import ContactsImport
from folkmoot.apps.people.records_reach import LEFT_OUT, reached
from folkmoot.apps.people.records_whom import strings_in
from folkmoot.apps.people.records_words import heading
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import Membership, Partnership, Person
from folkmoot.core.kernel.errors import NotFound
from partnership import Town
from rooms.people.everything import NAME, TOWNSMAN, every_model, everything
from rooms.people.kept import joined, known, noted


def undecided(tables: list[type[models.Model]]) -> list[str]:
    """Tables that a person's record neither covers nor leaves out for a reason, or says both of."""
    covered = reached()
    return [table._meta.label for table in tables if (table in covered) == (table._meta.label in LEFT_OUT)]


def test_every_table_is_covered_or_left_out_for_a_reason() -> None:
    assert undecided(every_model()) == []
    assert set(LEFT_OUT) <= {table._meta.label for table in every_model()}
    assert all(reason.endswith(".") for reason in LEFT_OUT.values())


@isolate_apps("folkmoot.apps.people")
def test_a_table_that_nobody_thought_of_is_caught() -> None:
    class Rumour(models.Model):
        """A table with a partnership, and a text that may be about anybody."""

        partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
        text = models.TextField()

        class Meta:
            app_label = "people"

    assert undecided([Rumour]) == ["people.Rumour"]


def test_the_record_is_open_to_the_convenor_and_to_whom_it_is_about(town: Town) -> None:
    ada = known(town)
    noted(town, ada)
    themself = joined(town, town.member, ada)
    assert queries.record_for(themself, ada.id).shelves == queries.record_for(town.convenor, ada.id).shelves
    assert queries.record_for(themself, ada.id).own
    assert queries.record_zip_for(themself, ada.id)
    for actor in (town.core, town.outsider, town.neighbour, town.nobody):
        for query in (queries.record_for, queries.record_zip_for):
            with pytest.raises(NotFound):
                query(actor, ada.id)


def test_the_record_holds_every_table_and_no_secret(town: Town) -> None:
    kept = everything(town)
    record = queries.record_for(town.convenor, kept.person.id)
    headings = {shelf.heading for shelf in record.shelves}
    wanted = (
        "Person Post Membership Account Invitation Token Note NoteVersion Merge ContactsImport Stance Promise"
    )
    tables = [table for table in every_model() if table.__name__ in wanted.split()]
    assert {heading(table) for table in tables} <= headings
    text = repr(record)
    assert "x" * 64 not in text
    assert "secret" not in text.lower()
    for words in (
        "Said so at the board.",
        "Ask legal",
        "Writes letters.",
        "Prefers to be rung",
        "Her calendar",
    ):
        assert words in text, words
    assert dict(record.mentioned) == {"Initiatives": 1, "Notes": 1, "Where they stood": 1}
    assert record.diary


def test_the_record_tells_nothing_of_others(town: Town) -> None:
    kept = everything(town)
    text = repr(queries.record_for(town.convenor, kept.person.id))
    for theirs in (TOWNSMAN, "Shares an office", "tuba", kept.other.id):
        assert theirs not in text, theirs


def test_their_own_record_says_no_title_of_a_file_and_no_id_of_others(town: Town) -> None:
    ada, ben, twin = known(town), known(town, "Ben Oakes"), known(town, "A. Quill")
    actions.tell_apart(town.convenor, one_id=twin.id, other_id=ben.id)
    actions.tell_apart(town.convenor, one_id=ada.id, other_id=ben.id)
    actions.merge_people(town.convenor, kept_id=ada.id, gone_id=twin.id)
    again = actions.merge_people(town.convenor, kept_id=ada.id, gone_id=known(town, "Adah Quill").id)
    actions.undo_merge(town.convenor, merge_id=again.id)
    ContactsImport.objects.create(
        partnership=town.partnership, file_name="Friends of Ben Oakes.csv", sha256="0" * 64, state="done",
        changes=[{"id": ada.id, "name": ada.name, "beside": ben.id}], uploaded_at=clock.now(),
    )  # fmt: skip
    whole = repr(queries.record_for(town.convenor, ada.id))
    assert "Friends of Ben Oakes.csv" in whole
    assert ben.id in whole
    themself = joined(town, town.member, ada)
    box = zipfile.ZipFile(io.BytesIO(queries.record_zip_for(themself, ada.id)))
    for told in (repr(queries.record_for(themself, ada.id)), *(box.read(n).decode() for n in box.namelist())):
        assert "A file of contacts" in told
        assert not any(other in told for other in ("Ben Oakes", ben.id, again.gone_id))
    assert ada.id in set(strings_in(json.loads(box.read("record.json"))))


def test_it_is_taken_away_as_a_page_and_as_values(town: Town) -> None:
    kept = everything(town)
    address = f"/{town.partnership.slug}/people/{kept.person.id}/record.zip"
    answer = kept.client.get(address)
    assert answer.headers["Content-Type"] == "application/zip"
    assert "Okonjo" not in answer.headers["Content-Disposition"]
    box = zipfile.ZipFile(io.BytesIO(answer.content))
    values = json.loads(box.read("record.json"))
    assert values["name"] == NAME
    assert values["kept"]["Promises"][0]["What it says"] == "Ask legal"
    page = box.read("record.html").decode()
    assert "Ask legal" in page
    assert "Grace Okonjo" in page
    assert all(line["What was done"] for line in values["diary"])


def test_who_shares_an_address_does_not_share_a_record(town: Town) -> None:
    shared = "info@marram.example"
    ada, ben = known(town, "Ada Quill", shared), known(town, "Ben Oakes", shared)
    membership = Membership.objects.get(account_id=town.member.account_id)
    type(membership.account).objects.filter(id=membership.account_id).update(email=shared)
    for person in (ada, ben):
        assert "Account" not in repr(queries.record_for(town.convenor, person.id).shelves)
    Person.objects.filter(id=ben.id).update(email="")
    assert "member of marram" in repr(queries.record_for(town.convenor, ada.id).shelves)


def test_a_record_takes_as_many_questions_for_three_notes_as_for_one(town: Town) -> None:
    ada, asked = known(town), []
    for many in (1, 2):
        for number in range(many):
            noted(town, ada, text=f"Line {many} {number}")
        with CaptureQueriesContext(connection) as questions:
            queries.record_for(town.convenor, ada.id)
        asked.append(len(questions))
    assert asked[0] == asked[1] < 40
