"""How do programs ask who stands behind this, and record it?"""

from typing import Any

from ninja import File, Query, UploadedFile

from folkmoot.apps.network import actions, queries, shapes
from folkmoot.apps.places.routes import Call, Routes, listed, of_page
from folkmoot.apps.places.sent import content_of
from folkmoot.apps.places.shapes import Listed, Page
from folkmoot.core.access import Act

routes = Routes("network")


@routes.get("/support", Act.SEE_SUPPORT, shapes.SupportOut)
def support(request: Call) -> Any:
    """How much support there is, as everybody sees it who may see the whole.

    Small numbers are hidden, for whoever asks.
    """
    seen = queries.support_and_newest_for(request.actor, request.partnership.id)
    named = {name: getattr(seen.shown, name) for name in shapes.SupportOut.model_fields if name != "newest"}
    return {**named, "newest": seen.newest}


@routes.get("/support/counted", Act.COUNT_SUPPORT, shapes.CountedOut)
def counted(request: Call) -> Any:
    """Support counted part by part, however small."""
    return queries.support_for(request.actor, request.partnership.id)


@routes.get("/standings", Act.SEE_STANCE, Listed[shapes.StandingOut])
def standings(request: Call, which: Query[shapes.Which], page: Query[Page]) -> Any:
    """Where everybody stands now, by name."""
    found = queries.standings_for(request.actor, which.active, page.page, page.per_page)
    return of_page(request, found.rows, found.total, page)


@routes.get("/people", Act.SEE_PEOPLE, Listed[shapes.PersonLineOut])
def people(request: Call, search: Query[shapes.Search], page: Query[Page]) -> Any:
    """The people whom you may see, with the posts they hold now."""
    found = queries.people_list_for(
        request.actor, search.text, page.page, partnership_id=request.partnership.id, size=page.per_page
    )
    return of_page(request, found.people, found.total, page)


@routes.get("/people/{person_id}", Act.SEE_PEOPLE, shapes.PersonSeenOut, own="person_id")
def person(request: Call, person_id: str) -> Any:
    """Somebody with their posts; stances and promises where you may see them."""
    return queries.person_page_for(request.actor, person_id, partnership_id=request.partnership.id)


@routes.get("/asks", Act.RECORD_STANCE, Listed[shapes.AskOut])
def asks(request: Call, page: Query[Page]) -> Any:
    """What the partnership asks of people, newest first."""
    return listed(request, queries.asks_for(request.actor), page)


@routes.post("/asks", Act.RECORD_STANCE, shapes.AskOut, made=True)
def make_ask(request: Call, body: shapes.AskSent) -> Any:
    """The partnership asks something of people."""
    return actions.make_ask(request.actor, **body.dict())


@routes.post("/stances", Act.RECORD_STANCE, shapes.RecordedStanceOut, made=True)
def record_stance(request: Call, body: shapes.StanceSent) -> Any:
    """Where somebody stood on a day; the same told twice is recorded once."""
    return actions.record_stance(request.actor, **body.dict())


@routes.post("/stances/sheet", Act.RECORD_STANCE, shapes.ImportedOut)
def import_stances(request: Call, sheet: File[UploadedFile]) -> Any:
    """The stances of a sheet about people who are recorded; the same sheet again adds nothing."""
    return actions.import_stances(request.actor, content=content_of(sheet), file_name=sheet.name or "")


@routes.get("/stances/{stance_id}", Act.SEE_STANCE, shapes.StanceOut)
def stance(request: Call, stance_id: str) -> Any:
    """One stance."""
    return queries.stance_for(request.actor, stance_id)


@routes.post("/stances/{stance_id}/withdraw", Act.RECORD_STANCE, shapes.RecordedStanceOut)
def withdraw_stance(request: Call, stance_id: str) -> Any:
    """A stance counts no more; that it was recorded stays in the diary."""
    return actions.withdraw_stance(request.actor, stance_id=stance_id)


@routes.get("/promises", Act.SEE_PROMISE, Listed[shapes.PromiseSeenOut])
def promises(request: Call, page: Query[Page]) -> Any:
    """Promises both ways: those that wait for a thank-you, open ones, then settled ones."""
    found = queries.promises_for(request.actor, page.page, page.per_page)
    return of_page(request, found.rows, found.total, page)


@routes.post("/promises", Act.RECORD_PROMISE, shapes.PromiseOut, made=True)
def record_promise(request: Call, body: shapes.PromiseSent) -> Any:
    """What somebody promised us, or what we promised them."""
    return actions.record_promise(request.actor, **body.dict())


@routes.post("/promises/{promise_id}/settle", Act.RECORD_PROMISE, shapes.PromiseOut)
def settle_promise(request: Call, promise_id: str, body: shapes.Settled) -> Any:
    """A promise was kept, or it was not."""
    return actions.settle_promise(request.actor, promise_id=promise_id, kept=body.kept, on=body.on)


@routes.post("/promises/{promise_id}/reopen", Act.RECORD_PROMISE, shapes.PromiseOut)
def reopen_promise(request: Call, promise_id: str) -> Any:
    """How a promise ended is taken back, where nobody has been thanked for it."""
    return actions.reopen_promise(request.actor, promise_id=promise_id)


@routes.post("/promises/{promise_id}/thanks", Act.RECORD_PROMISE, shapes.PromiseOut)
def thank_for_promise(request: Call, promise_id: str, body: shapes.OnDay) -> Any:
    """Somebody kept their promise, and has been thanked."""
    return actions.thank_for_promise(request.actor, promise_id=promise_id, on=body.on)


@routes.get("/next", Act.SEE_STANCE, list[shapes.NextOut], also=(Act.SEE_MINE,))
def what_next(request: Call) -> Any:
    """Up to three things worth doing this week, with names and reasons."""
    return list(queries.what_next_for(request.actor))
