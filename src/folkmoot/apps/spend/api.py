"""How do programs ask what the anchors spend, and hand files in?"""

from typing import Any

from django.http import StreamingHttpResponse
from ninja import File, Form, Query, UploadedFile

from folkmoot.apps.places.routes import Call, Routes, listed, of_page
from folkmoot.apps.places.shapes import Id, Page
from folkmoot.apps.spend import actions, exports, queries, reports, shapes
from folkmoot.core.access import Act
from folkmoot.core.spend import Recipe
from folkmoot.core.spend.reading.row import Flag

routes = Routes("spend")


@routes.get("/money", Act.SEE_MONEY, shapes.MoneyOut, also=(Act.SEE_WHOLE,))
def money(request: Call) -> Any:
    """What the anchors paid, in sums."""
    found = queries.money_for(request.actor, request.partnership.id)
    return {
        **{name: getattr(found, name) for name in shapes.MoneyOut.model_fields},
        "anchors": [
            {"key": one.key, "name": one.name, "whole": one.whole, "years": _years(one.years)}
            for one in found.anchors
        ],
        "years": _years(found.years),
        "behind": [{"anchor": name, "last_paid_on": day} for name, day in found.behind],
    }


@routes.get("/choices", Act.SEE_PAYMENTS, shapes.ChoiceOut, also=(Act.SEE_WHOLE,))
def choices(request: Call) -> Any:
    """The anchors, years, files and flags that payments can be chosen by."""
    found = queries.choice_for(request.actor)
    files = [{"id": part_id, "name": name} for part_id, name in found.files]
    flags = {str(flag): flag.words for flag in Flag}
    return {"anchors": found.anchors, "years": found.years, "files": files, "flags": flags}


@routes.get("/payments", Act.SEE_PAYMENTS, shapes.PaymentsOut)
def payments(request: Call, asked: Query[shapes.Asked], page: Query[Page]) -> Any:
    """The payments behind a sum, the latest first."""
    found = queries.payments_for(request.actor, page=page.page, size=page.per_page, **asked.named())
    sums = {"pence": found.pence, "currency": found.currency}
    return of_page(request, found.rows, found.count, page) | sums


@routes.get("/payments.csv", Act.SEE_PAYMENTS, media="text/csv")
def payments_csv(request: Call, asked: Query[shapes.Asked]) -> StreamingHttpResponse:
    """The same payments, all of them, as one file."""
    rows = queries.every_payment_for(request.actor, **asked.named())
    return StreamingHttpResponse(exports.payments_csv(rows), content_type="text/csv; charset=utf-8")


@routes.get("/payments/{part_id}/{int:line}", Act.SEE_PAYMENTS, shapes.EvidenceOut)
def payment(request: Call, part_id: str, line: int) -> Any:
    """One payment and the line it stands on."""
    found = queries.payment_for(request.actor, part_id, line)
    return {
        "payment": found.payment,
        "currency": found.part.currency,
        "cells": found.cells,
        "identifiers": [{"name": name, "text": text} for name, text in found.identifiers],
        "cancelled_by": found.cancelled_by,
        "file_id": found.upload.id if found.upload else "",
    }


@routes.get("/payees", Act.SEE_PAYMENTS, shapes.PayeesOut)
def payees(request: Call, search: Query[shapes.PayeeNamed]) -> Any:
    """Who was paid most, by name as published: of all, or of those whose name holds a text."""
    if search.text:
        most, currency = queries.payees_named_for(request.actor, search.text, queries.MOST_PAYEES)
        total = None
    else:
        most, total, currency = queries.payees_for(request.actor)
    items = [{"payee": one.keys["payee"], "rows": one.rows, "pence": one.pence} for one in most]
    return {"items": items, "total": total, "currency": currency}


@routes.get("/files", Act.SEE_FILES, shapes.Listed[shapes.FileOut])
def files(request: Call, page: Query[Page]) -> Any:
    """The files that were uploaded, newest first."""
    return listed(request, queries.files_for(request.actor), page)


@routes.post("/files", Act.READ_FILE, list[shapes.FileOut], made=True)
def upload_files(request: Call, anchor_id: Form[Id], file: File[UploadedFile]) -> Any:
    """A published file of an anchor comes in and each list in it is looked at; nothing is read in yet."""
    return actions.upload_files(request.actor, anchor_id=anchor_id, file=file, file_name=file.name or "")


@routes.get("/files/{upload_id}", Act.SEE_FILES, shapes.FileWholeOut)
def file(request: Call, upload_id: str) -> Any:
    """A file and what was found in it: every row read or set aside, to the penny."""
    found = queries.upload_for(request.actor, upload_id)
    flags = queries.flags_for(request.actor, found) if found.state == found.State.READ else {}
    return _whole(found, flags)


@routes.get("/files/{upload_id}/progress", Act.SEE_FILES, shapes.ProgressOut)
def progress(request: Call, upload_id: str) -> Any:
    """How far the reading of a file has come."""
    found = queries.progress_for(request.actor, upload_id)
    return {"state": found.upload.state, "percent": found.percent, "failed": found.failed}


@routes.get("/files/{upload_id}/recipe", Act.SEE_FILES, shapes.RecipeOut)
def recipe(request: Call, upload_id: str) -> Any:
    """How a file is read, as a text."""
    return {"recipe": queries.recipe_for(request.actor, upload_id)[1]}


@routes.post("/files/{upload_id}/recipe", Act.READ_FILE, shapes.FileWholeOut)
def tell_recipe(request: Call, upload_id: str, body: shapes.RecipeSent) -> Any:
    """Somebody says how to read a file that waits."""
    told = Recipe.from_toml(body.recipe)
    return _whole(
        actions.tell_recipe(request.actor, upload_id=upload_id, recipe=told, answered=body.answered)
    )


@routes.post("/files/{upload_id}/guess", Act.READ_FILE, shapes.FileWholeOut)
def guess_again(request: Call, upload_id: str, body: shapes.Guess) -> Any:
    """Somebody says which sheet to read, and where its headings stand."""
    return _whole(
        actions.guess_again(
            request.actor, upload_id=upload_id, sheet=body.sheet, heading_row=body.heading_row
        )
    )


@routes.post("/files/{upload_id}/read", Act.READ_FILE, shapes.FileOut)
def read_upload(request: Call, upload_id: str) -> Any:
    """A file that was looked at is read in; asking twice reads once.

    The answer comes before it is read: ask for its progress.
    """
    return actions.read_upload(request.actor, upload_id=upload_id)


@routes.post("/files/{upload_id}/stop", Act.READ_FILE, shapes.FileOut)
def stop_reading(request: Call, upload_id: str) -> Any:
    """The reading ends and nothing of the file is read; where it has ended already, nothing changes."""
    return actions.stop_reading(request.actor, upload_id=upload_id)


@routes.post("/files/{upload_id}/undo", Act.READ_FILE, shapes.FileOut)
def undo_upload(request: Call, upload_id: str) -> Any:
    """A file that was read is taken out of the ledger again: every sum is as it was without it."""
    return actions.undo_upload(request.actor, upload_id=upload_id)


@routes.post("/files/{upload_id}/again", Act.READ_FILE, shapes.FileOut)
def reopen_upload(request: Call, upload_id: str) -> Any:
    """A file that was read is undone, and waits to be read in another way."""
    return actions.reopen_upload(request.actor, upload_id=upload_id)


@routes.post("/files/{upload_id}/discard", Act.READ_FILE)
def discard_upload(request: Call, upload_id: str) -> None:
    """A file that was only looked at, or not read, is forgotten."""
    actions.discard_upload(request.actor, upload_id=upload_id)


@routes.get("/files/{upload_id}/set-aside", Act.SEE_FILES, shapes.AsidesOut)
def set_aside(request: Call, upload_id: str, why: Query[shapes.Why], page: Query[Page]) -> Any:
    """The rows of a file that were set aside, all or for one reason."""
    _, found = queries.reported_for(request.actor, upload_id, why.reason, page.page, page.per_page)
    told = ("line", "reason", "pence", "cells")
    rows = [{**{name: getattr(row, name) for name in told}, "words": row.reason.words} for row in found.rows]
    return of_page(request, rows, found.count, page) | {"currency": found.currency}


@routes.get("/files/{upload_id}/set-aside.csv", Act.SEE_FILES, media="text/csv")
def set_aside_csv(request: Call, upload_id: str, why: Query[shapes.Why]) -> StreamingHttpResponse:
    """The same rows, all of them, as one file."""
    found, rows = queries.every_reported_for(request.actor, upload_id, why.reason)
    lines = exports.reported_csv(found.full_name, rows)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


def _years(years: Any) -> list[dict[str, Any]]:
    return [{"year": year, "amount": amount} for year, amount in years]


def _whole(found: Any, flags: dict[str, int] | None = None) -> dict[str, Any]:
    """A file with its report: what was found in it, field by field."""
    report = found.report
    return {
        **{name: getattr(found, name) for name in shapes.FileOut.model_fields},
        **{name: report.get(name) for name in ("look", "part", "error")},
        "flags": {reports.flag_words(name): count for name, count in (flags or {}).items()},
        "checks": report.get("checks", []),
    }
