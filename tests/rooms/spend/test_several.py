"""Does each list of a workbook or a zip come in by itself, and can a reading be stopped?"""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import Job
from folkmoot.apps.spend import actions, pace, shelves
from folkmoot.apps.spend.models import Upload
from folkmoot.core.access import OPERATOR
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend import Part, open_source
from rooms.spend.desk import APRIL, CONTRACTS, Room
from rooms.spend.packed import archive, as_csv, month, workbook

State = Upload.State
BOOK = workbook(Cover=[("Spend over 500",)], April=month(4), May=month(5))


def bring(room: Room, packed: bytes, name: str) -> list[Upload]:
    """Everything that comes in one file."""
    given = {"anchor_id": room.council, "file": io.BytesIO(packed), "file_name": name}
    return actions.upload_files(room.town.convenor, **given)


def read(room: Room, upload: Upload) -> Upload:
    """One of them, read in."""
    with room.commit(execute=True):
        actions.read_upload(room.town.convenor, upload_id=upload.id)
    return Upload.objects.get(id=upload.id)


def test_each_sheet_with_payments_is_a_list_of_its_own(room: Room) -> None:
    lists = bring(room, BOOK, "book.xls")
    assert [(one.sheet, one.state) for one in lists] == [("April", State.LOOKED), ("May", State.LOOKED)]
    done = [read(room, one) for one in lists]
    assert [one.state for one in done] == [State.READ, State.READ]
    assert room.money().whole.rows == 6
    actions.undo_upload(room.town.convenor, upload_id=lists[0].id)
    assert [part.sheet for part in room.ledger().parts()] == ["May"]
    again = bring(room, BOOK, "again.xls")
    assert [(one.sheet, one.state) for one in again] == [("April", State.LOOKED), ("May", State.REFUSED)]
    assert "read in before" in again[1].report["error"]["sentence"]
    read(room, again[0])
    with pytest.raises(Refused):
        bring(room, BOOK, "third.xls")
    assert verify_chain(room.town.partnership.id).whole


def test_each_file_of_a_zip_comes_in_and_what_is_not_read_says_why(room: Room) -> None:
    packed = archive(april_csv=as_csv(month(4)), book_xls=BOOK, contracts_csv=CONTRACTS, note_pdf="%PDF-1.7")
    lists = bring(room, packed, "2026.zip")
    assert [(one.member, one.sheet, one.state.value) for one in lists] == [
        ("april.csv", "", "looked"),
        ("book.xls", "April", "looked"),
        ("book.xls", "May", "looked"),
        ("contracts.csv", "", "refused"),
        ("note.pdf", "", "refused"),
    ]
    assert all(one.report["error"]["next_step"] for one in lists[3:])
    kept = shelves.original(lists[0].partnership_id, lists[0].sha256)
    assert kept.read_text() == as_csv(month(4)), "a member is kept by itself"
    assert len(list(kept.parent.iterdir())) == 2
    assert all(read(room, one).state == State.READ for one in lists[:3])
    assert room.money().whole.rows == 9
    assert {part.file for part in room.ledger().parts()} == {"2026.zip/april.csv", "2026.zip/book.xls"}
    page = room.get("files/").content.decode()
    assert "april.csv</a>" in page
    assert "in 2026.zip" in page


def test_a_person_is_told_how_many_came(room: Room) -> None:
    packed = archive(april_csv=as_csv(month(4)), may_csv=as_csv(month(5)), note_pdf="%PDF-1.7")
    file = SimpleUploadedFile("2026.zip", packed)
    client = room.client(room.town.convenor)
    page = client.post(room.address("files/new/"), {"anchor": room.council, "file": file}, follow=True)
    assert "3 lists came: 2 wait for you to check. 1 is not read: each says why." in page.content.decode()
    assert page.redirect_chain[-1][0] == room.address("files/")


def test_too_many_or_too_large_leaves_nothing(room: Room, settings: Settings) -> None:
    many = archive(**{f"list{n}_csv": APRIL for n in range(101)})
    (only,) = bring(room, many, "many.zip")
    assert "101 files" in only.report["error"]["sentence"]
    settings.FOLKMOOT_UPLOAD_MB = 1
    (only,) = bring(room, archive(bomb_csv=APRIL + " " * (30 << 20)), "bomb.zip")
    assert only.state == State.REFUSED
    assert list((room.data / "originals").rglob("*-*/*")) == []


@pytest.mark.parametrize("name", ["a.xls", "a.zip"])
def test_what_only_claims_to_be_one_is_refused(room: Room, name: str) -> None:
    (only,) = bring(room, b"PK\x03\x04" + b"x" * 99, name)
    assert only.state == State.REFUSED
    assert only.report["error"]["next_step"]


def begun(room: Room) -> tuple[Upload, Job]:
    """A file whose reading is about to begin."""
    upload = room.upload(APRIL)
    with room.commit():
        actions.read_upload(room.town.convenor, upload_id=upload.id)
    return upload, Job.objects.get(subject_id=upload.id)


def stop(room: Room, upload: Upload) -> Upload.State:
    """Stopped; the state it comes to."""
    return actions.stop_reading(room.town.convenor, upload_id=upload.id).state


def test_a_reading_that_has_not_begun_is_stopped(room: Room) -> None:
    upload, job = begun(room)
    for _ in range(2):
        assert stop(room, upload) == State.LOOKED
    actions.carry_out(OPERATOR, job_id=job.id)
    assert room.ledger().parts() == []
    assert read(room, upload).state == State.READ
    assert stop(room, upload) == State.READ, "a file that is read stays so"


def meanwhile(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, act: Callable[[], object]) -> None:
    """Something happens once, just before a function is called."""
    real = getattr(owner, name)

    def first(*given: object, **more: object) -> object:
        monkeypatch.setattr(owner, name, real)
        act()
        return real(*given, **more)

    monkeypatch.setattr(owner, name, first)


def test_a_reading_that_goes_on_is_stopped_and_leaves_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload, job = begun(room)
    meanwhile(monkeypatch, pace, "is_wanted", lambda: stop(room, upload))
    actions.carry_out(OPERATOR, job_id=job.id)
    assert Upload.objects.get().state == State.LOOKED
    assert room.ledger().parts() == []
    assert not any((room.ledger().folder / "parts").iterdir())
    assert read(room, upload).state == State.READ


def test_a_reading_stopped_as_it_ends_leaves_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    upload, job = begun(room)
    meanwhile(monkeypatch, actions, "_settle", lambda: stop(room, upload))
    actions.carry_out(OPERATOR, job_id=job.id)
    assert Upload.objects.get().state == State.LOOKED
    assert room.ledger().parts() == []
    assert actions.mend_uploads(OPERATOR) == 0


def test_the_button_stops_and_a_late_one_says_so(room: Room) -> None:
    upload, _ = begun(room)
    client, address = room.client(room.town.convenor), room.address(f"files/{upload.id}/stop/")
    assert b"Stop reading" in room.get(f"files/{upload.id}/progress/").content
    assert b"Stop reading" not in room.get(f"files/{upload.id}/progress/", by=room.town.member).content
    assert b"Nothing of this file was read in." in client.post(address, follow=True).content
    read(room, upload)
    assert b"before it could be stopped" in client.post(address, follow=True).content
    assert room.client(room.town.member).post(address).status_code == 403


def test_mending_takes_the_row_that_waits_for_a_part_of_another_door(room: Room) -> None:
    upload = room.upload(APRIL)
    path = shelves.original(upload.partnership_id, upload.sha256)
    part: Part = room.ledger().add_file(
        open_source(path), anchor="Marram Council", anchor_id=room.council, clock=actions.clock.now
    )
    assert actions.mend_uploads(OPERATOR) == 1
    assert (Upload.objects.get().state, Upload.objects.get().part_id) == (State.READ, part.id)
