"""Which pages show and change notes, and the circles that people are kept in?"""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from folkmoot.apps.people import actions, queries
from folkmoot.apps.people.notes_forms import CircleForm, CorrectionForm, NoteForm, first_note
from folkmoot.apps.places import clock
from folkmoot.apps.places.pages import PlaceRequest, door
from folkmoot.core.access import Act
from folkmoot.core.kernel.errors import Refused


def done(form: Form, act: Callable[[], object]) -> bool:
    """Whether the act was done; a refusal is told beside the field that it is about."""
    try:
        act()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


@door(Act.SEE_PEOPLE)
def notes(request: PlaceRequest, person_id: str) -> HttpResponse:
    """The notes about somebody, each for its circle."""
    page = queries.notes_for(request.actor, person_id, request.partnership.id)
    return render(request, "people/notes.html", {"page": page})


@door(Act.RECORD_NOTE, methods=("GET", "POST"))
def note_new(request: PlaceRequest, person_id: str) -> HttpResponse:
    """A note is written down."""
    page = queries.notes_for(request.actor, person_id)
    start = first_note(clock.today(request.partnership.zone), page.review_on)
    form = NoteForm(request.POST or None, initial=start, name=page.name, circle=page.circle)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"person_id": person_id}
        if done(form, lambda: actions.write_note(request.actor, **given)):
            messages.success(request, "The note was written down.")
            return redirect("people:notes", request.partnership.slug, person_id)
    form.ask_only_what_is_needed()
    return render(request, "people/note_new.html", {"form": form, "page": page})


@door(Act.RECORD_NOTE, methods=("GET", "POST"))
def note_correct(request: PlaceRequest, note_id: str) -> HttpResponse:
    """A note is put right; what it said before is kept and shown."""
    note = queries.note_for(request.actor, note_id)
    page = queries.notes_for(request.actor, note.person_id)
    start = {field: getattr(note, field) for field in ("text", "source", "basis", "circle")}
    form = CorrectionForm(request.POST or None, initial=start, name=page.name, circle=page.circle)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"note_id": note_id}
        if done(form, lambda: actions.correct_note(request.actor, **given)):
            messages.success(request, "The note was put right.")
            return redirect("people:notes", request.partnership.slug, note.person_id)
    form.ask_only_what_is_needed()
    return render(request, "people/note_new.html", {"form": form, "page": page, "note": note})


@door(Act.RECORD_NOTE, methods=("POST",))
def note_review(request: PlaceRequest, note_id: str) -> HttpResponse:
    """The note is still right and still needed."""
    note = actions.review_note(request.actor, note_id=note_id)
    messages.success(request, f"The note is kept, and looked at again by {note.review_on:%-d %B %Y}.")
    if "due" in request.POST:
        return redirect("people:due", request.partnership.slug)
    return redirect("people:notes", request.partnership.slug, note.person_id)


@door(Act.RECORD_NOTE, methods=("GET", "POST"))
def note_erase(request: PlaceRequest, note_id: str) -> HttpResponse:
    """A note goes for good, once that is sure."""
    if request.method == "POST":
        person_id = actions.erase_note(request.actor, note_id=note_id)
        messages.success(request, "The note was erased.")
        return redirect("people:notes", request.partnership.slug, person_id)
    return render(request, "people/note_erase.html", {"note": queries.note_for(request.actor, note_id)})


@door(Act.RECORD_PERSON, methods=("GET", "POST"))
def circle(request: PlaceRequest, person_id: str) -> HttpResponse:
    """In which circle somebody is kept."""
    page = queries.notes_for(request.actor, person_id)
    form = CircleForm(request.POST or None, initial={"circle": page.circle})
    if request.method == "POST" and form.is_valid():
        given = {"person_id": person_id, "circle": form.cleaned_data["circle"]}
        if done(form, lambda: actions.keep_in_circle(request.actor, **given)):
            messages.success(request, "Who may see them was changed.")
            return redirect("network:person", request.partnership.slug, person_id)
    return render(request, "people/note_circle.html", {"form": form, "page": page})
