"""Which pages does this room show?"""

from collections.abc import Iterator
from typing import Any, TypeVar
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
from folkmoot.apps.spend.forms import CheckForm, ChoiceForm, RecipeForm, UploadForm
from folkmoot.core.access import Act
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend import Recipe

LONGEST_RECIPE = 100_000  # characters; of a very wide file it is only taken away and pasted back
Response = TypeVar("Response", HttpResponse, StreamingHttpResponse)

# What an address may ask for, and what a query calls it.
ASKED = {
    "anchor": "anchor_id",
    "year": "year",
    "file": "file",
    "payee": "payee",
    "text": "text",
    "flag": "flag",
}


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
            found = actions.upload_files(
                request.actor, anchor_id=anchor_id, file=file, file_name=file.name or ""
            )
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else "file", str(error))
        else:
            return _onward(request, found)
    return render(request, "spend/upload.html", {"form": form})


@door(Act.READ_FILE, methods=("GET", "POST"))
def check(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """What a file seems to be, before it is read in; what a person says of it is tried out."""
    found = queries.upload_for(request.actor, upload_id)
    if found.state != found.State.LOOKED:
        return redirect("spend:file", request.partnership.slug, found.id)
    form = CheckForm(found.report["look"], request.POST or None)
    if form.is_valid() and _tell(request, upload_id, form):
        return redirect("spend:check", request.partnership.slug, upload_id)
    return _check_page(request, found, form)


@door(Act.READ_FILE, methods=("POST",))
def read(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """The file is read in, by what stands on the page that checks it."""
    found = queries.upload_for(request.actor, upload_id)
    if found.state == found.State.LOOKED and "heading_row" in request.POST:
        form = CheckForm(found.report["look"], request.POST, reading=True)
        if not form.is_valid() or not _tell(request, upload_id, form):
            return _check_page(request, found, form)
        if form.moved:
            messages.info(request, "The rows were looked at anew. Check them, and then read the file in.")
            return redirect("spend:check", request.partnership.slug, upload_id)
    actions.read_upload(request.actor, upload_id=upload_id)
    return redirect("spend:progress", request.partnership.slug, upload_id)


@door(Act.READ_FILE, methods=("POST",))
def stop(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """The reading is stopped."""
    found = actions.stop_reading(request.actor, upload_id=upload_id)
    if found.state == found.State.LOOKED:
        messages.success(request, "Reading was stopped. Nothing of this file was read in.")
        return redirect("spend:check", request.partnership.slug, upload_id)
    if found.state == found.State.READ:
        messages.info(request, "The file was read to its end before it could be stopped. You can undo it.")
    return redirect("spend:file", request.partnership.slug, upload_id)


@door(Act.READ_FILE, methods=("POST",))
def again(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """A file that was read is undone, to be read in another way."""
    actions.reopen_upload(request.actor, upload_id=upload_id)
    messages.success(request, "The file is undone: no sum holds anything of it until you read it in again.")
    return redirect("spend:check", request.partnership.slug, upload_id)


@door(Act.SEE_FILES, methods=("GET", "POST"))
def recipe(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """How a file is read, as a text; while it waits, the convenor can edit it."""
    found, text = queries.recipe_for(request.actor, upload_id)
    form = RecipeForm(request.POST or None, initial={"recipe": text if len(text) < LONGEST_RECIPE else ""})
    if form.is_valid():
        try:
            told = Recipe.from_toml(form.cleaned_data["recipe"])
            actions.tell_recipe(request.actor, upload_id=upload_id, recipe=told)
        except Refused as error:
            form.add_error("recipe", str(error))
        else:
            return redirect("spend:check", request.partnership.slug, upload_id)
    long = len(text) >= LONGEST_RECIPE
    return render(request, "spend/recipe.html", {"upload": found, "form": form, "text": text, "long": long})


@door(Act.SEE_FILES)
def recipe_toml(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """The same text, to take away."""
    _, text = queries.recipe_for(request.actor, upload_id)
    return _attached(HttpResponse(text, content_type="application/toml; charset=utf-8"), "recipe.toml")


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
    flags = queries.flags_for(request.actor, found) if found.state == found.State.READ else {}
    shown = {"upload": found, "part": found.report.get("part"), "error": found.report.get("error")}
    shown["flags"] = flags
    return render(request, "spend/file.html", shown)


@door(Act.READ_FILE, methods=("GET", "POST"))
def undo(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """A file is taken out of the ledger again, after asking once."""
    if request.method == "POST":
        found = actions.undo_upload(request.actor, upload_id=upload_id)
        messages.success(request, f"“{found.title}” is undone. You can upload it again at any time.")
        return redirect("spend:file", request.partnership.slug, found.id)
    found = queries.upload_for(request.actor, upload_id)
    if found.state != found.State.READ:
        return redirect("spend:file", request.partnership.slug, found.id)
    return render(request, "spend/undo.html", {"upload": found, "part": found.report["part"]})


@door(Act.SEE_FILES)
def reported(request: PlaceRequest, upload_id: str) -> HttpResponse:
    """The rows of a file that were set aside, all or for one reason."""
    reason = request.GET.get("reason", "")
    found, sheet = queries.reported_for(request.actor, upload_id, reason, _page(request))
    query = f"{urlencode({'reason': reason})}&" if reason else ""
    pages = {"number": sheet.number, "last": sheet.last, "previous": sheet.previous, "next": sheet.next}
    shown = {"upload": found, "sheet": sheet, "pages": pages | {"query": query}, "reason": reason}
    return render(request, "spend/reported.html", shown)


@door(Act.SEE_FILES)
def reported_csv(request: PlaceRequest, upload_id: str) -> StreamingHttpResponse:
    """The same rows, all of them, to take away."""
    found, rows = queries.every_reported_for(request.actor, upload_id, request.GET.get("reason", ""))
    return _download(exports.reported_csv(found.full_name, rows), "set-aside.csv")


def _onward(request: PlaceRequest, found: list[Any]) -> HttpResponse:
    """To the one list that came, or to the files where several did."""
    slug, waiting = request.partnership.slug, [one for one in found if one.state == one.State.LOOKED]
    if len(found) == 1:
        return redirect("spend:check" if waiting else "spend:file", slug, found[0].id)
    left = len(found) - len(waiting)
    not_read = f" {left} {'is' if left == 1 else 'are'} not read: each says why." if left else ""
    wait = f"{len(waiting)} {'waits' if len(waiting) == 1 else 'wait'} for you to check"
    messages.success(request, f"{len(found)} lists came: {wait}.{not_read}")
    return redirect("spend:files", slug)


def _tell(request: PlaceRequest, upload_id: str, form: CheckForm) -> bool:
    """What the form says is tried out; whether that could be done."""
    chosen = form.cleaned_data
    try:
        if form.moved:
            sheet = str(chosen.get("sheet", form.now["sheet"]))
            row = chosen["heading_row"] if sheet == form.now["sheet"] else None
            actions.guess_again(request.actor, upload_id=upload_id, sheet=sheet, heading_row=row)
        elif form.says_more:
            given = {"recipe": form.recipe(), "answered": form.answered}
            actions.tell_recipe(request.actor, upload_id=upload_id, **given)
    except Refused as error:
        form.add_error("heading_row", str(error))
        return False
    return True


def _check_page(request: PlaceRequest, found: Any, form: CheckForm) -> HttpResponse:
    shown = {"upload": found, "look": found.report["look"], "form": form}
    return render(request, "spend/check.html", shown)


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
    return _attached(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), name)


def _attached(response: Response, name: str) -> Response:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
