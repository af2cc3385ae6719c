"""Which pages lead a file of contacts in, and out again?"""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from folkmoot.apps.people import actions, queries
from folkmoot.apps.people.contacts_forms import ColumnsForm, ContactsForm
from folkmoot.apps.people.notes_views import done
from folkmoot.apps.places.pages import PlaceRequest, door
from folkmoot.core.access import Act
from folkmoot.core.kernel.errors import Refused


@door(Act.IMPORT_CONTACTS, methods=("GET", "POST"))
def contacts(request: PlaceRequest) -> HttpResponse:
    """A file is chosen; the files that were brought in, and are waiting, stand below."""
    form = ContactsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = actions.take_contacts(request.actor, content=file.read(), file_name=file.name)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            seen = queries.contacts_sheet_for(request.actor, row.id)
            page = "people:contacts_check" if seen.is_named else "people:contacts_columns"
            return redirect(page, request.partnership.slug, row.id)
    told = {"form": form, "imports": queries.contacts_imports_for(request.actor)}
    return render(request, "people/contacts.html", told)


@door(Act.IMPORT_CONTACTS, methods=("GET", "POST"))
def contacts_columns(request: PlaceRequest, contacts_id: str) -> HttpResponse:
    """Which sheet, which row of headings, and what each column holds."""
    seen = queries.contacts_sheet_for(request.actor, contacts_id)
    form = ColumnsForm(request.POST or None, seen=seen)
    if request.method == "POST" and form.is_valid():
        told = form.mapping(seen)
        if done(form, partial(actions.map_contacts, request.actor, contacts_id=contacts_id, **told)):
            now = queries.contacts_sheet_for(request.actor, contacts_id)
            ready = now.is_named and (now.sheet, now.line) == (seen.sheet, seen.line)
            page = "people:contacts_check" if ready else "people:contacts_columns"
            return redirect(page, request.partnership.slug, contacts_id)
    return render(request, "people/contacts_columns.html", {"form": form, "seen": seen})


@door(Act.IMPORT_CONTACTS)
def contacts_check(request: PlaceRequest, contacts_id: str) -> HttpResponse:
    """What the file would do; nothing is saved yet."""
    if queries.contacts_import_for(request.actor, contacts_id).state != "looked":
        return redirect("people:contacts_done", request.partnership.slug, contacts_id)
    check = queries.contacts_check_for(request.actor, contacts_id, request.GET.get("all", ""))
    return render(request, "people/contacts_check.html", {"check": check, "plan": check.plan})


@door(Act.IMPORT_CONTACTS, methods=("POST",))
def contacts_confirm(request: PlaceRequest, contacts_id: str) -> HttpResponse:
    """The file that was checked is brought in."""
    seen = actions.confirm_contacts(request.actor, contacts_id=contacts_id)
    messages.success(request, f"“{seen.file_name}” was brought in.")
    return redirect("people:contacts_done", request.partnership.slug, contacts_id)


@door(Act.IMPORT_CONTACTS)
def contacts_done(request: PlaceRequest, contacts_id: str) -> HttpResponse:
    """What a file did, and what stayed when it was undone."""
    seen = queries.contacts_import_for(request.actor, contacts_id)
    if seen.state == "looked":
        return redirect("people:contacts_check", request.partnership.slug, contacts_id)
    return render(request, "people/contacts_done.html", {"seen": seen})


@door(Act.IMPORT_CONTACTS, methods=("POST",))
def contacts_undo(request: PlaceRequest, contacts_id: str) -> HttpResponse:
    """All that the file did is taken back."""
    row = actions.undo_contacts(request.actor, contacts_id=contacts_id)
    messages.success(request, f"“{row.file_name}” was undone.")
    return redirect("people:contacts_done", request.partnership.slug, contacts_id)


@door(Act.IMPORT_CONTACTS, methods=("POST",))
def contacts_forget(request: PlaceRequest, contacts_id: str) -> HttpResponse:
    """A file that waits is put aside."""
    actions.forget_contacts(request.actor, contacts_id=contacts_id)
    messages.success(request, "The file was put aside. Nothing of it was kept.")
    return redirect("people:contacts", request.partnership.slug)


@door(Act.IMPORT_CONTACTS)
def contacts_set_aside(request: PlaceRequest, contacts_id: str) -> HttpResponse:
    """The rows that could not be used, as a sheet to put right."""
    text = queries.contacts_set_aside_for(request.actor, contacts_id)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-set-aside.csv"'
    return response
