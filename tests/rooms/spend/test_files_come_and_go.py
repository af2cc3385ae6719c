"""Do files come into the ledger and leave it, whatever happens on the way?"""

import gzip
import io
import stat
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import Job, Organisation
from folkmoot.apps.spend import actions, queries, reports, shelves, sums
from folkmoot.apps.spend.models import Upload
from folkmoot.core.access import OPERATOR, Actor, Role
from folkmoot.core.kernel.errors import NotAllowed, NotFound, Refused
from folkmoot.core.spend import open_source
from rooms.spend.desk import APRIL, CONTRACTS, HEADINGS, MESSY, Room

State = Upload.State


def test_a_file_is_read_and_its_report_is_the_ledgers(room: Room) -> None:
    upload = room.read(MESSY)
    assert (upload.state, upload.settled_at is not None) == (State.READ, True)
    part = room.ledger().part(upload.part_id)
    assert upload.report == {"part": reports.of_part(part)}
    assert (part.rows_in, part.accepted, part.reported) == (6, 2, 4)
    assert part.pence_in == part.pence_accepted + part.pence_reported == 209999 * 2 + 1500
    assert part.anchor_id == room.council
    assert verify_chain(room.town.partnership.id).whole


def test_only_the_convenor_uploads_reads_undoes_and_discards(room: Room) -> None:
    upload = room.upload(APRIL)
    for actor in (room.town.core, room.town.member, room.town.outsider, room.town.nobody):
        with pytest.raises(NotAllowed):
            room.upload(MESSY, by=actor)
        for act in (actions.read_upload, actions.undo_upload, actions.discard_upload):
            with pytest.raises(NotAllowed):
                act(actor, upload_id=upload.id)
        with pytest.raises(NotAllowed):
            actions.mend_uploads(actor)
    assert Upload.objects.get().state == State.LOOKED


def test_nothing_counts_before_it_is_read_and_a_discarded_file_leaves_nothing(room: Room) -> None:
    upload = room.upload(APRIL)
    assert not room.money().files
    kept = shelves.original(room.town.partnership.id, upload.sha256)
    assert kept.read_text() == APRIL
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    actions.discard_upload(room.town.convenor, upload_id=upload.id)
    assert not kept.exists()
    assert not Upload.objects.exists()


def test_undo_restores_the_money_exactly_and_the_file_can_come_again(room: Room) -> None:
    room.read(MESSY, "november.csv", room.hospital)
    before = room.money()
    upload = room.read(APRIL)
    after = room.money()
    assert after.whole.pence == before.whole.pence + 118025
    with pytest.raises(Refused):
        actions.discard_upload(room.town.convenor, upload_id=upload.id)
    for _ in range(2):  # asked twice, undone once
        assert actions.undo_upload(room.town.convenor, upload_id=upload.id).state == State.UNDONE
    assert room.money() == before
    again = room.read(APRIL)
    assert again.id != upload.id
    assert room.money().whole == after.whole


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CONTRACTS, "a contracts register"),
        (b"PK\x03\x04 a sheet", "damaged or cut short"),
        (b"%PDF-1.7", "a PDF"),
        (b"", "is empty"),
        (gzip.compress(APRIL.encode())[:40], "could not be unpacked"),
        (b"\x00\x01\x02" * 99, ""),
        ("Just a letter.\nYours, A\n", "not a list of payments"),
    ],
)
def test_what_is_no_list_of_payments_is_refused_with_its_reason(
    room: Room, text: str | bytes, words: str
) -> None:
    upload = room.upload(text)
    assert upload.state == State.REFUSED
    error = upload.report["error"]
    assert words in f"{error['sentence']} {error['reason']}"
    assert error["next_step"]
    with pytest.raises(Refused):
        actions.read_upload(room.town.convenor, upload_id=upload.id)
    assert list((room.data / "originals").rglob("*-*/*")) == []
    actions.discard_upload(room.town.convenor, upload_id=upload.id)


def test_the_same_bytes_are_read_once_packed_or_not(room: Room) -> None:
    room.read(APRIL, "april.csv")
    for again in (APRIL, gzip.compress(APRIL.encode())):
        with pytest.raises(Refused) as refused:
            room.upload(again, "other.csv", room.hospital)
        assert "april.csv" in refused.value.reason
        assert "Marram Council" in refused.value.reason
        assert refused.value.field == "file"
    assert room.money().files == 1


def test_a_file_that_is_too_large_leaves_nothing(room: Room, settings: Settings) -> None:
    settings.FOLKMOOT_UPLOAD_MB = 1
    with pytest.raises(Refused) as refused:
        room.upload(APRIL + " " * (1 << 20))
    assert refused.value.field == "file"
    assert [path for path in room.data.rglob("*") if path.is_file()] == []
    bomb = gzip.compress((APRIL + "," * (30 << 20)).encode())
    assert room.upload(bomb).state == State.REFUSED
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..",
        "",
        "a\x00b.csv",
        "C:\\x\\y.csv",
        "x" * 400,
        "\u202efdp.csv",
        "<b>&\"'.csv",
        "=1+1",
    ],
)
def test_a_hostile_name_is_a_name_and_never_a_path(room: Room, name: str) -> None:
    upload = room.read(APRIL, name)
    assert upload.state == State.READ
    assert 0 < len(upload.file_name) <= 200
    assert upload.file_name.isprintable()
    assert "/" not in upload.file_name
    files = {path.relative_to(room.data).parts[0] for path in room.data.rglob("*") if path.is_file()}
    assert files == {"ledgers", "originals"}
    page = room.client(room.town.convenor).get(room.address(f"files/{upload.id}/"))
    assert page.status_code == 200
    assert "<b>&" not in page.content.decode()


def test_another_partnership_cannot_see_or_touch_anything(room: Room) -> None:
    upload = room.read(APRIL)
    neighbour = room.town.neighbour
    assert not queries.files_for(neighbour).exists()
    assert queries.payments_for(neighbour, anchor_id=room.council, file=upload.part_id).count == 0
    for ask in (
        lambda: queries.upload_for(neighbour, upload.id),
        lambda: queries.payment_for(neighbour, upload.part_id, 2),
        lambda: queries.reported_for(neighbour, upload.id),
        lambda: queries.money_for(neighbour, room.town.partnership.id),
        lambda: actions.undo_upload(neighbour, upload_id=upload.id),
        lambda: actions.read_upload(neighbour, upload_id=upload.id),
        lambda: actions.discard_upload(neighbour, upload_id=upload.id),
        lambda: room.upload(MESSY, by=neighbour),
    ):
        with pytest.raises(NotFound):
            ask()
    assert room.money().files == 1


def test_payments_are_for_members_and_sums_for_whoever_may_see_them(room: Room) -> None:
    upload = room.read(APRIL)
    assert queries.payments_for(room.town.member).count == 2
    passing = Actor(Role.PARTICIPANT, room.town.partnership.id)
    for ask in (
        lambda: queries.payments_for(passing),
        lambda: queries.every_payment_for(passing),
        lambda: queries.payees_for(passing),
        lambda: queries.choice_for(passing),
        lambda: queries.payment_for(passing, upload.part_id, 2),
    ):
        with pytest.raises(NotAllowed):
            ask()
    for ask in (
        lambda: queries.money_for(passing, passing.partnership_id),
        lambda: queries.upload_for(passing, upload.id),
    ):
        with pytest.raises(NotFound):
            ask()


def test_sums_are_never_kept_for_parts_that_they_are_not_of(room: Room) -> None:
    room.read(APRIL)
    ledger = room.ledger()
    with pytest.raises(sums._Moved):
        sums._added_up(str(ledger.folder), ledger.currency, ("another",))
    assert sums.sums_of(ledger).part_ids == tuple(part.id for part in ledger.parts())


def test_reading_carried_out_twice_reads_once(room: Room) -> None:
    upload = room.read(APRIL)
    job = Job.objects.get()
    assert job.state == Job.State.DONE
    money = room.money()
    actions.carry_out(OPERATOR, job_id=job.id)
    Job.objects.update(state=Job.State.RUNNING)
    actions.carry_out(OPERATOR, job_id=job.id)
    assert room.money() == money
    assert Upload.objects.get().part_id == upload.part_id
    with room.commit(execute=True) as called:
        actions.read_upload(room.town.convenor, upload_id=upload.id)
    assert called == []
    actions.undo_upload(room.town.convenor, upload_id=upload.id)
    Job.objects.update(state=Job.State.RUNNING)
    actions.carry_out(OPERATOR, job_id=job.id)
    assert room.ledger().parts() == [], "a task that comes late does not undo the undoing"


def test_a_second_run_that_ends_after_the_undoing_brings_nothing_back(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = room.upload(APRIL)
    with room.commit():
        actions.read_upload(room.town.convenor, upload_id=upload.id)
    job, now = Job.objects.get(), clock.now

    def meanwhile() -> datetime:
        """Asked when all rows are written: the other run ends just now, and somebody undoes it."""
        monkeypatch.setattr(clock, "now", now)
        actions.carry_out(OPERATOR, job_id=job.id)
        actions.undo_upload(room.town.convenor, upload_id=upload.id)
        return now()

    monkeypatch.setattr(clock, "now", meanwhile)
    actions.carry_out(OPERATOR, job_id=job.id)
    assert room.ledger().parts() == []
    actions.mend_uploads(OPERATOR)
    assert Upload.objects.get().state == State.UNDONE


def test_a_kill_between_the_ledger_and_the_row_ends_right(room: Room) -> None:
    upload = room.upload(APRIL)
    with room.commit():  # the worker has not come yet
        actions.read_upload(room.town.convenor, upload_id=upload.id)
    path = shelves.original(upload.partnership_id, upload.sha256)
    part = room.ledger().add_file(open_source(path), anchor="Marram Council", clock=clock.now)
    actions.carry_out(OPERATOR, job_id=Job.objects.get().id)
    upload.refresh_from_db()
    assert (upload.state, upload.part_id) == (State.READ, part.id)
    assert room.ledger().parts() == [part]


def test_a_reading_that_cannot_be_done_says_why(room: Room) -> None:
    upload = room.upload(APRIL)
    shelves.forget_original(upload.partnership_id, upload.sha256)
    with room.commit(execute=True):
        actions.read_upload(room.town.convenor, upload_id=upload.id)
    upload.refresh_from_db()
    assert upload.state == State.REFUSED
    assert upload.report["error"]["sentence"]
    assert Job.objects.get().state == Job.State.DONE


def test_mending_follows_the_manifest_both_ways(room: Room) -> None:
    upload = room.read(APRIL)
    assert actions.mend_uploads(OPERATOR) == 0
    Upload.objects.update(state=State.READING, part_id="")
    assert actions.mend_uploads(OPERATOR) == 1
    upload.refresh_from_db()
    assert (upload.state, upload.part_id != "") == (State.READ, True)
    room.ledger().forget(upload.part_id)
    assert actions.mend_uploads(OPERATOR) == 1
    upload.refresh_from_db()
    assert upload.state == State.UNDONE
    assert verify_chain(room.town.partnership.id).whole


def test_mending_makes_the_row_of_a_file_that_came_by_another_door(room: Room) -> None:
    path = room.data / "port.csv"
    path.write_text(MESSY)
    part = room.ledger().add_file(open_source(path), anchor="Marram Port", clock=clock.now)
    assert actions.mend_uploads(OPERATOR) == 1
    upload = Upload.objects.get()
    assert (upload.state, upload.part_id, upload.file_name) == (State.READ, part.id, "port.csv")
    assert Organisation.objects.get(name="Marram Port").anchor
    assert actions.mend_uploads(OPERATOR) == 0
    assert room.money().waiting == ("Marram Council", "Royal Marram Hospitals")


def test_mending_lets_a_stopped_reading_be_tried_again(room: Room) -> None:
    upload = room.upload(APRIL)
    with room.commit():
        actions.read_upload(room.town.convenor, upload_id=upload.id)
    assert actions.mend_uploads(OPERATOR) == 0, "a job that is still to come is left alone"
    Job.objects.update(state=Job.State.FAILED)
    assert actions.mend_uploads(OPERATOR) == 1
    upload.refresh_from_db()
    assert upload.state == State.LOOKED
    assert b"stopped before its end" in room.get(f"files/{upload.id}/check/").content
    with room.commit(execute=True):
        actions.read_upload(room.town.convenor, upload_id=upload.id)
    assert room.money().files == 1


def test_what_nobody_needs_is_swept_after_an_hour(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, kept = room.read(APRIL), room.read(MESSY)
    folder = shelves.original(gone.partnership_id, "x").parent
    (folder / "arriving-1").write_text("cut off")
    actions.undo_upload(room.town.convenor, upload_id=gone.id)
    actions.mend_uploads(OPERATOR)
    assert (folder / gone.sha256).exists(), "a young file is left alone"
    later = clock.real() + timedelta(hours=2)
    monkeypatch.setattr(clock, "real", lambda: later)
    actions.mend_uploads(OPERATOR)
    assert [path.name for path in folder.iterdir()] == [kept.sha256]
    parts = {path.name.split(".")[0] for path in (room.ledger().folder / "parts").iterdir()}
    assert parts == {kept.part_id}
    assert queries.payments_for(room.town.member).count == 2


def test_a_damaged_ledger_holds_up_no_other(room: Room) -> None:
    room.read(APRIL)
    (room.ledger().folder / "manifest.json").write_text("{")
    body = io.BytesIO(MESSY.encode())
    other = actions.Organisation.objects.create(
        partnership=room.town.elsewhere, name="Fell Council", anchor=True
    )
    upload = actions.upload_file(room.town.neighbour, anchor_id=other.id, file=body, file_name="f.csv")
    with room.commit():
        actions.read_upload(room.town.neighbour, upload_id=upload.id)
    Job.objects.update(state=Job.State.FAILED)
    assert actions.mend_uploads(OPERATOR) == 1


def test_the_database_knows_that_the_same_bytes_are_read_once(room: Room) -> None:
    upload = room.read(APRIL)
    twin = asdict_of(upload) | {"id": "another", "part_id": "other"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.create(**twin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.create(**twin | {"sha256": "x", "part_id": ""})


def asdict_of(upload: Upload) -> dict[str, object]:
    """A row's columns by name."""
    return {field.attname: getattr(upload, field.attname) for field in Upload._meta.concrete_fields}


def test_a_file_with_headings_and_no_rows_adds_nothing(room: Room) -> None:
    upload = room.read(HEADINGS)
    assert upload.state == State.READ
    assert room.money().whole.rows == 0
    assert room.get("").status_code == room.get(f"files/{upload.id}/").status_code == 200


def test_what_finance_would_ask_stands_on_the_files_page(room: Room) -> None:
    invoice = "Payment Date,Supplier Name,Invoice Number,Amount\n2026-0{0}-14,Bay Bakers,INV-77123,5000.00\n"
    room.read(invoice.format(4), "april.csv")
    second = room.read(invoice.format(5), "may.csv")
    (sentence,) = second.report["checks"]
    assert "£5,000.00" in sentence
    page = room.get(f"files/{second.id}/").content.decode()
    assert "What finance would ask" in page
    assert "april.csv line 2" in page
