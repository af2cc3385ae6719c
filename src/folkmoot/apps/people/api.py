"""How do programs ask what is kept about people, keep it, and erase it?"""

from typing import Any

from django.http import HttpResponse
from ninja import File, Query, UploadedFile

from folkmoot.apps.people import actions, queries, shapes
from folkmoot.apps.people.contacts import LARGEST_FILE
from folkmoot.apps.people.duplicates import PAIRS_ON_A_PAGE
from folkmoot.apps.places.routes import Call, Routes, listed, of_page
from folkmoot.apps.places.sent import content_of
from folkmoot.apps.places.shapes import Listed, Page
from folkmoot.core.access import Act

routes = Routes("people")
# A record draws on every room, so a token needs what each of them asks for.
ALL_OF_THEM = (Act.SEE_PEOPLE, Act.SEE_STANCE)


@routes.get("/contacts", Act.IMPORT_CONTACTS, Listed[shapes.ContactsDoneOut])
def contacts_imports(request: Call, page: Query[Page]) -> Any:
    """The files of contacts, the newest first."""
    found = queries.contacts_imports_for(request.actor)
    return listed(request, [_done(one) for one in found], page)


@routes.post("/contacts", Act.IMPORT_CONTACTS, shapes.ContactsOut, made=True)
def take_contacts(request: Call, file: File[UploadedFile]) -> Any:
    """A file of contacts is kept until it is checked; nothing in it is on record yet."""
    content = content_of(file, LARGEST_FILE)
    return actions.take_contacts(request.actor, content=content, file_name=file.name or "")


@routes.get("/contacts/{contacts_id}", Act.IMPORT_CONTACTS, shapes.ContactsDoneOut)
def contacts_import(request: Call, contacts_id: str) -> Any:
    """What a file did, and what stayed when it was undone."""
    return _done(queries.contacts_import_for(request.actor, contacts_id))


@routes.get("/contacts/{contacts_id}/columns", Act.IMPORT_CONTACTS, shapes.ColumnsOut)
def contacts_sheet(request: Call, contacts_id: str) -> Any:
    """How a file that waits is read, column by column."""
    return queries.contacts_sheet_for(request.actor, contacts_id)


@routes.post("/contacts/{contacts_id}/columns", Act.IMPORT_CONTACTS, shapes.ContactsOut)
def map_contacts(request: Call, contacts_id: str, body: shapes.ColumnsSent) -> Any:
    """Somebody says how to read a file that waits; with another sheet or line the columns are guessed."""
    return actions.map_contacts(request.actor, contacts_id=contacts_id, **body.dict())


@routes.get("/contacts/{contacts_id}/check", Act.IMPORT_CONTACTS, shapes.CheckOut)
def contacts_check(request: Call, contacts_id: str, whole: Query[shapes.Whole]) -> Any:
    """What a file that waits would add and change."""
    found = queries.contacts_check_for(request.actor, contacts_id, whole.all)
    shelves = {shelf.key: shelf for shelf in (*found.people, *found.notes)}
    lists = ("added", "updated", "unchanged", "aside", "remarks")
    rows = {name: list(shelves[name].rows) if name in shelves else [] for name in lists}
    return {**rows, "why_not": found.why_not, "totals": {key: one.total for key, one in shelves.items()}}


@routes.get("/contacts/{contacts_id}/rows.csv", Act.IMPORT_CONTACTS, media="text/csv")
def contacts_set_aside(request: Call, contacts_id: str) -> HttpResponse:
    """The rows that could not be used, as a sheet to put right."""
    text = queries.contacts_set_aside_for(request.actor, contacts_id)
    return HttpResponse(text, content_type="text/csv; charset=utf-8")


@routes.post("/contacts/{contacts_id}/confirm", Act.IMPORT_CONTACTS, shapes.ContactsOut)
def confirm_contacts(request: Call, contacts_id: str) -> Any:
    """The file that was checked is brought in, as one batch that can be undone."""
    return actions.confirm_contacts(request.actor, contacts_id=contacts_id)


@routes.post("/contacts/{contacts_id}/undo", Act.IMPORT_CONTACTS, shapes.ContactsOut)
def undo_contacts(request: Call, contacts_id: str) -> Any:
    """All that the file did is taken back; what hangs on it since stays, and is named."""
    return actions.undo_contacts(request.actor, contacts_id=contacts_id)


@routes.post("/contacts/{contacts_id}/forget", Act.IMPORT_CONTACTS)
def forget_contacts(request: Call, contacts_id: str) -> None:
    """A file that waits goes, and nothing of it stays."""
    actions.forget_contacts(request.actor, contacts_id=contacts_id)


@routes.get("/duplicates", Act.MERGE_PEOPLE, shapes.DuplicatesOut)
def duplicates(request: Call, asked: Query[shapes.PageOfPairs]) -> Any:
    """The pairs that could be one person, the likeliest first; and what was merged."""
    found = queries.duplicates_for(request.actor, asked.page)
    page = Page(page=asked.page, per_page=PAIRS_ON_A_PAGE)
    return of_page(request, found.pairs, found.total, page) | {"merges": found.merges}


@routes.get("/duplicates/{kept_id}/{gone_id}", Act.MERGE_PEOPLE, shapes.MergePageOut)
def merge_page(request: Call, kept_id: str, gone_id: str) -> Any:
    """Two records side by side, and in what they differ."""
    return queries.merge_page_for(request.actor, kept_id, gone_id)


@routes.post("/duplicates/{kept_id}/{gone_id}/merge", Act.MERGE_PEOPLE, shapes.MergedOut, made=True)
def merge_people(request: Call, kept_id: str, gone_id: str, body: shapes.MergeSent) -> Any:
    """Two records are one person’s: the first stays, with both histories."""
    return actions.merge_people(request.actor, kept_id=kept_id, gone_id=gone_id, **body.dict())


@routes.post("/duplicates/{kept_id}/{gone_id}/apart", Act.MERGE_PEOPLE)
def tell_apart(request: Call, kept_id: str, gone_id: str) -> None:
    """These are two people, and are not offered as one again."""
    actions.tell_apart(request.actor, one_id=kept_id, other_id=gone_id)


@routes.post("/merges/{merge_id}/undo", Act.MERGE_PEOPLE, shapes.MergedOut)
def undo_merge(request: Call, merge_id: str) -> Any:
    """The two records stand apart again."""
    return actions.undo_merge(request.actor, merge_id=merge_id)


@routes.get("/due", Act.SEE_DUE, shapes.DueOut, also=(Act.SEE_PEOPLE,))
def due(request: Call, page: Query[Page]) -> Any:
    """What is due to be looked at again: notes that wait the longest first, then people."""
    found = queries.due_for(request.actor, page.page, page.per_page)
    told = of_page(request, [found], found.total, page)
    lists = (
        {"notes": found.notes, "people": found.people} if told.pop("items") else {"notes": (), "people": ()}
    )
    return {**told, **lists, "keep_months": found.keep_months}


@routes.get("/notes/{note_id}", Act.RECORD_NOTE, shapes.NoteSeenOut)
def note(request: Call, note_id: str) -> Any:
    """One note, for whoever may correct it."""
    return queries.note_for(request.actor, note_id)


@routes.post("/notes/{note_id}/correct", Act.RECORD_NOTE, shapes.NoteOut)
def correct_note(request: Call, note_id: str, body: shapes.CorrectionSent) -> Any:
    """The note is put right; what it said before is kept beside it."""
    return actions.correct_note(request.actor, note_id=note_id, **body.dict())


@routes.post("/notes/{note_id}/review", Act.RECORD_NOTE, shapes.NoteOut)
def review_note(request: Call, note_id: str, body: shapes.ReviewSent) -> Any:
    """The note is still right and still needed."""
    return actions.review_note(request.actor, note_id=note_id, review_on=body.review_on)


@routes.post("/notes/{note_id}/erase", Act.RECORD_NOTE)
def erase_note(request: Call, note_id: str) -> None:
    """The note goes, and all that it said before."""
    actions.erase_note(request.actor, note_id=note_id)


@routes.get("/{person_id}/notes", Act.SEE_NOTE, shapes.NotesOut, own="person_id", also=(Act.SEE_PEOPLE,))
def notes(request: Call, person_id: str) -> Any:
    """The notes about somebody whom you may see, each within its circle; all to whom they are about."""
    return queries.notes_for(request.actor, person_id, request.partnership.id)


@routes.post("/{person_id}/notes", Act.RECORD_NOTE, shapes.NoteOut, made=True)
def write_note(request: Call, person_id: str, body: shapes.NoteSent) -> Any:
    """A line about a person, fit to be read by them."""
    return actions.write_note(request.actor, person_id=person_id, **body.dict())


@routes.post("/{person_id}/circle", Act.RECORD_PERSON, shapes.KeptOut)
def keep_in_circle(request: Call, person_id: str, body: shapes.CircleSent) -> Any:
    """Who may see that this person is known; their notes reach no further than that."""
    return actions.keep_in_circle(request.actor, person_id=person_id, circle=body.circle)


@routes.get("/{person_id}/kept", Act.SEE_PEOPLE, shapes.KeptIdOut)
def kept(request: Call, person_id: str) -> Any:
    """The record with which a merged one is one now."""
    return {"id": queries.kept_for(request.actor, person_id)}


@routes.post("/{person_id}/keep", Act.RECORD_PERSON, shapes.KeptOut)
def keep_person(request: Call, person_id: str) -> Any:
    """The person is still known for a reason: their record is looked at again later."""
    return actions.keep_person(request.actor, person_id=person_id)


@routes.get("/{person_id}/record", Act.SEE_RECORD, shapes.RecordOut, own="person_id", also=ALL_OF_THEM)
def record(request: Call, person_id: str) -> Any:
    """All that is kept about a person, for the convenor and for themself."""
    found = queries.record_for(request.actor, person_id)
    plain = ("person_id", "name", "circle", "made_on", "shelves", "diary")
    return {
        **{name: getattr(found, name) for name in plain},
        "mentioned": [{"what": what, "number": number} for what, number in found.mentioned],
        "left_out": [{"what": what, "why": why} for what, why in found.left_out],
    }


@routes.get(
    "/{person_id}/record.zip", Act.SEE_RECORD, own="person_id", also=ALL_OF_THEM, media="application/zip"
)
def record_zip(request: Call, person_id: str) -> HttpResponse:
    """The same as one file: a page that any browser opens, and the values for a program."""
    packed = queries.record_zip_for(request.actor, person_id)
    return HttpResponse(packed, content_type="application/zip")


@routes.get("/{person_id}/erasure", Act.ERASE_PERSON, shapes.ErasureOut)
def erasure(request: Call, person_id: str) -> Any:
    """What erasing a person would do. Nothing is changed."""
    found = queries.erasure_for(request.actor, person_id)
    plain = [name for name in shapes.ErasureOut.model_fields if name != "goes"]
    goes = [{"what": what, "number": number} for what, number in found.goes]
    return {**{name: getattr(found, name) for name in plain}, "goes": goes}


@routes.post("/{person_id}/erase", Act.ERASE_PERSON)
def erase_person(request: Call, person_id: str, body: shapes.ErasureSent) -> None:
    """The person goes from every record, for good."""
    actions.erase_person(request.actor, person_id=person_id, name=body.name)


def _done(found: Any) -> dict[str, Any]:
    plain = [name for name in shapes.ContactsDoneOut.model_fields if name != "stayed"]
    stayed = [{"person_id": whose, "name": name, "reason": why} for whose, name, why in found.stayed]
    return {**{name: getattr(found, name) for name in plain}, "stayed": stayed}
