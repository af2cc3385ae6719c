"""What do the pages of this room show, and what do their forms do?"""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from folkmoot.apps.network import actions, pictures, queries
from folkmoot.apps.network.forms import AskForm, PromiseForm, StanceForm
from folkmoot.apps.network.shown import said
from folkmoot.apps.places import clock
from folkmoot.apps.places.pages import PlaceRequest, door
from folkmoot.apps.places.paging import page_asked
from folkmoot.core.access import Act
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.network import breadth_in_words


@door(Act.SEE_SUPPORT)
def support(request: PlaceRequest) -> HttpResponse:
    """Who stands behind this: counted for the core team, in bands for everybody else."""
    shown, counted = queries.support_both_ways_for(request.actor, request.partnership.id)
    context = {"shown": shown, "said": shown.said, "picture": pictures.bands_picture(shown)}
    if counted:
        pieces = said(counted, str(counted.active or "none"))
        sentence = "".join(piece.text for piece in pieces)
        context |= {
            "counted": counted,
            "said": pieces,
            "breadth": breadth_in_words(counted),
            "stale": counted.active - counted.active_fresh,
            "picture": pictures.matrix_picture(counted, sentence, request.partnership.level_words),
            "dots": pictures.dots_picture(counted, sentence),
        }
    return render(request, "network/support.html", context)


@door(Act.SEE_STANCE)
def standings(request: PlaceRequest) -> HttpResponse:
    """Where everybody stands, by name; or those alone who are counted as active support."""
    active, page = "active" in request.GET, page_asked(request.GET.get("page", ""))
    found = queries.standings_for(request.actor, active, page)
    told = {"standings": found.rows, "pages": found.pages, "total": found.total, "active": active}
    return render(request, "network/standings.html", told)


@door(Act.SEE_PEOPLE)
def people(request: PlaceRequest) -> HttpResponse:
    """Everybody who is known, to be searched."""
    text, page = request.GET.get("text", ""), page_asked(request.GET.get("page", ""))
    found = queries.people_list_for(request.actor, text, page, partnership_id=request.partnership.id)
    return render(request, "network/people.html", {"found": found, "pages": found.pages})


@door(Act.SEE_PEOPLE)
def person(request: PlaceRequest, person_id: str) -> HttpResponse:
    """Somebody's posts, stances and promises."""
    page = queries.person_page_for(request.actor, person_id, partnership_id=request.partnership.id)
    return render(request, "network/person.html", {"person": page})


@door(Act.RECORD_STANCE, methods=("GET", "POST"))
def stance_new(request: PlaceRequest, person_id: str = "") -> HttpResponse:
    """Where somebody stands, written down; among many people, who it is comes first."""
    names = queries.person_names_for(request.actor, person_id)
    if names is None:
        return _who(request)
    asks = [(ask.id, ask.text) for ask in queries.asks_for(request.actor)]
    form = StanceForm(request.POST or None, people=names, asks=asks, today=_today(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        about = {"person_id": given.pop("person"), "ask_id": given.pop("ask")}
        if _done(form, lambda: actions.record_stance(request.actor, **about, **given)):
            messages.success(request, "The stance was recorded.")
            return redirect("network:person", request.partnership.slug, about["person_id"])
    who = names[0] if person_id else None
    told = {"form": form, "asks": asks, "people": names, "who": who}
    return render(request, "network/stance_new.html", told)


def _who(request: PlaceRequest) -> HttpResponse:
    """Somebody is found by name, to record where they stand."""
    text, page = request.GET.get("text", ""), page_asked(request.GET.get("page", ""))
    found = queries.people_list_for(request.actor, text, page)
    return render(request, "network/stance_who.html", {"found": found, "pages": found.pages})


@door(Act.RECORD_STANCE, methods=("GET", "POST"))
def stance_withdraw(request: PlaceRequest, stance_id: str) -> HttpResponse:
    """A stance is taken back, once that is sure."""
    if request.method == "POST":
        row = actions.withdraw_stance(request.actor, stance_id=stance_id)
        messages.success(request, "The stance was taken back. It counts no more.")
        return redirect("network:person", request.partnership.slug, row.person_id)
    stance = queries.stance_for(request.actor, stance_id)
    return render(request, "network/stance_withdraw.html", {"stance": stance})


@door(Act.RECORD_PROMISE, methods=("GET", "POST"))
def promise_new(request: PlaceRequest, person_id: str) -> HttpResponse:
    """A promise either way, written down."""
    who = queries.person_names_for(request.actor, person_id)[0]
    form = PromiseForm(request.POST or None, today=_today(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"ours": form.cleaned_data["ours"] == "ours", "person_id": person_id}
        if _done(form, lambda: actions.record_promise(request.actor, **given)):
            messages.success(request, "The promise was recorded.")
            return redirect("network:person", request.partnership.slug, person_id)
    return render(request, "network/promise_new.html", {"form": form, "who": who})


@door(Act.SEE_PROMISE)
def promises(request: PlaceRequest) -> HttpResponse:
    """Promises both ways: open, waiting for thanks, and settled."""
    found = queries.promises_for(request.actor, page_asked(request.GET.get("page", "")))
    return render(request, "network/promises.html", {"found": found, "pages": found.pages})


@door(Act.RECORD_PROMISE, methods=("POST",))
def promise_kept(request: PlaceRequest, promise_id: str) -> HttpResponse:
    """The promise was kept."""
    row = actions.settle_promise(request.actor, promise_id=promise_id, kept=True)
    return _back_to(request, row.person_id, "Recorded: the promise was kept.")


@door(Act.RECORD_PROMISE, methods=("POST",))
def promise_broken(request: PlaceRequest, promise_id: str) -> HttpResponse:
    """The promise was not kept."""
    row = actions.settle_promise(request.actor, promise_id=promise_id, kept=False)
    return _back_to(request, row.person_id, "Recorded: the promise was not kept.")


@door(Act.RECORD_PROMISE, methods=("POST",))
def promise_reopen(request: PlaceRequest, promise_id: str) -> HttpResponse:
    """How the promise ended was a mistake."""
    row = actions.reopen_promise(request.actor, promise_id=promise_id)
    return _back_to(request, row.person_id, "The promise is open again.")


@door(Act.RECORD_PROMISE, methods=("POST",))
def promise_thanks(request: PlaceRequest, promise_id: str) -> HttpResponse:
    """Somebody has been thanked."""
    row = actions.thank_for_promise(request.actor, promise_id=promise_id)
    return _back_to(request, row.person_id, "Recorded: they have been thanked.")


@door(Act.RECORD_STANCE, methods=("GET", "POST"))
def asks(request: PlaceRequest) -> HttpResponse:
    """What the partnership asks of people, and a new ask."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if _done(form, lambda: actions.make_ask(request.actor, text=text)):
            messages.success(request, "The ask was written down.")
            return redirect("network:asks", request.partnership.slug)
    return render(request, "network/asks.html", {"form": form, "asks": queries.asks_for(request.actor)})


def _today(request: PlaceRequest) -> date:
    return clock.today(request.partnership.zone)


def _back_to(request: PlaceRequest, person_id: str, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("network:person", request.partnership.slug, person_id)


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Whether the act was done; a refusal is told beside the field that it is about."""
    try:
        act()
    except Refused as refusal:
        _tell(form, refusal, refusal.field)
        return False
    return True


def _tell(form: Form, refusal: Refused, field: str) -> None:
    form.add_error(field if field in form.fields else None, str(refusal))
