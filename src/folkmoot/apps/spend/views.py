"""Which pages does this room show?"""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from folkmoot.apps.places.actions import name_anchor
from folkmoot.apps.places.pages import PlaceRequest, door
from folkmoot.apps.places.queries import anchors_for
from folkmoot.apps.spend import actions, exports, panels, queries
from folkmoot.apps.spend.forms import ChoiceForm, UploadForm
from folkmoot.core.access import Act
from folkmoot.core.kernel.errors import Refused

# What an address may ask for, and what a query calls it.
ASKED = {"anchor": "anchor_id", "year": "year", "file": "file", "payee": "payee", "text": "text"}


@door(Act.SEE_MONEY)
def money(request: PlaceRequest) -> HttpResponse:
    """What the anchors paid, in sums."""
    found = queries.money_for(request.actor, request.partnership.id)
    shown = {
        "money": found,
        "sentence": panels.sentence(found, request.partnership.slug),
        "picture": panels.paid_picture(found) if found.anchors else None,
    }
    return render(request, "spend/money.html", shown)


@door(Act.SEE_PAYMENTS)
def payments(request: PlaceRequest) -> HttpResponse:
    """The payments behind a sum."""
    asked = _asked(request)
    choice = queries.choice_for(request.actor)
    sheet = queries.payments_for(request.actor, page=_page(request), **_named(asked))
    query = urlencode(asked)
    shown = {
        "sheet": sheet,
        "asked": asked,
        "of": {
            "anchor": next((one.name for one in choice.anchors if one.id == asked.get("anchor")), ""),
            "file": dict(choice.files).get(asked.get("file", ""), ""),
        },
        "filters": ChoiceForm(choice, initial=asked),
        "query": query,
        "pages": {"number": sheet.number, "last": sheet.last, "previous": sheet.previous,
                  "next": sheet.next, "query": f"{query}&" if query else ""},
    }  # fmt: skip
    return render(request, "spend/payments.html", shown)


@door(Act.SEE_PAYMENTS)
def payments_csv(request: PlaceRequest) -> StreamingHttpResponse:
    """The same payments, all of them, to take away."""
    rows = queries.every_payment_for(request.actor, **_named(_asked(request)))
    return _download(exports.payments_csv(rows), f"payments-{request.partnership.slug}.csv")


@door(Act.SEE_PAYMENTS)
def payees(request: PlaceRequest) -> HttpResponse:
    """Who was paid, by name as published."""
    most, count, currency = queries.payees_for(request.actor)
    return render(request, "spend/payees.html", {"payees": most, "count": count, "currency": currency})


@door(Act.SEE_PAYMENTS)
def payment(request: PlaceRequest, part_id: str, line: int) -> HttpResponse:
    """One payment and the line it stands on."""
    evidence = queries.payment_for(request.actor, part_id, line)
    return render(request, "spend/payment.html", {"evidence": evidence, "payment": evidence.payment})


@door(Act.SEE_FILES)
def files(request: PlaceRequest) -> HttpResponse:
    """The files that were uploaded."""
    return render(request, "spend/files.html", {"files": queries.files_for(request.actor)})


@door(Act.READ_FILE, methods=("GET", "POST"))
def upload(request: PlaceRequest) -> HttpResponse:
    """A published file comes in."""
    anchors = anchors_for(request.actor, request.partnership.id)
    form = UploadForm(anchors, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            anchor_id = _anchor_of(request, form)
            found = actions.upload_file(
                request.actor, anchor_id=anchor_id, file=file, file_name=file.name or ""
            )
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else "file", str(error))
        else:
            page = "spend:check" if found.state == found.State.LOOKED else "spend:file"
            return redirect(page, request.partnership.slug, found.id)
    return render(request, "spend/upload.html", {"form": form})


@door(Act.READ_FILE)
def check(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """What a file seems to be, before it is read in."""
    found = queries.upload_for(request.actor, upload_id)
    if found.state != found.State.LOOKED:
        return redirect("spend:file", request.partnership.slug, found.id)
    return render(request, "spend/check.html", {"upload": found, "look": found.report["look"]})


@door(Act.READ_FILE, methods=("POST",))
def read(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """The file is read in."""
    found = actions.read_upload(request.actor, upload_id=upload_id)
    return redirect("spend:progress", request.partnership.slug, found.id)


@door(Act.READ_FILE, methods=("POST",))
def discard(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """It was not this file."""
    actions.discard_upload(request.actor, upload_id=upload_id)
    messages.success(request, "The file was put away. Nothing of it was read in.")
    return redirect("spend:upload", request.partnership.slug)


@door(Act.SEE_FILES)
def progress(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """How far the reading has come; it leads on to the report when it is done."""
    found = queries.progress_for(request.actor, upload_id)
    if found.upload.state != found.upload.State.READING:
        onward = reverse("spend:file", args=[request.partnership.slug, found.upload.id])
        return HttpResponseClientRedirect(onward) if request.htmx else redirect(onward)
    page = "spend/progress_bar.html" if request.htmx else "spend/progress.html"
    return render(request, page, {"progress": found, "upload": found.upload})


@door(Act.SEE_FILES)
def file(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """The report of a file: every row read or set aside, to the penny."""
    found = queries.upload_for(request.actor, upload_id)
    shown = {"upload": found, "part": found.report.get("part"), "error": found.report.get("error")}
    return render(request, "spend/file.html", shown)


@door(Act.READ_FILE, methods=("GET", "POST"))
def undo(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """A file is taken out of the ledger again, after asking once."""
    if request.method == "POST":
        found = actions.undo_upload(request.actor, upload_id=upload_id)
        messages.success(request, f"“{found.file_name}” is undone. You can upload it again at any time.")
        return redirect("spend:file", request.partnership.slug, found.id)
    found = queries.upload_for(request.actor, upload_id)
    if found.state != found.State.READ:
        return redirect("spend:file", request.partnership.slug, found.id)
    return render(request, "spend/undo.html", {"upload": found, "part": found.report["part"]})


@door(Act.SEE_FILES)
def reported(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """The rows of a file that were set aside."""
    found, sheet = queries.reported_for(request.actor, upload_id, _page(request))
    return render(request, "spend/reported.html", {"upload": found, "sheet": sheet, "pages": sheet})


@door(Act.SEE_FILES)
def reported_csv(request: PlaceRequest, upload_id: str) -> StreamingHttpResponse:
    """The same rows, all of them, to take away."""
    found, rows = queries.every_reported_for(request.actor, upload_id)
    return _download(exports.reported_csv(found.file_name, rows), "set-aside.csv")


def _anchor_of(request: PlaceRequest, form: UploadForm) -> str:
    if name := form.cleaned_data["new_anchor"]:
        return name_anchor(request.actor, name=name).id
    return str(form.cleaned_data["anchor"])


def _asked(request: PlaceRequest) -> dict[str, str]:
    return {name: value for name in ASKED if (value := request.GET.get(name, "").strip())}


def _named(asked: dict[str, str]) -> dict[str, str]:
    return {ASKED[name]: value for name, value in asked.items()}


def _page(request: PlaceRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _download(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
