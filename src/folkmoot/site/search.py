"""Where in all rooms does a word stand, as far as whoever asks may see it?

Each room is asked through its own query, which checks what the actor may see; what is closed to them is not
counted and not named.
"""

from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from folkmoot.apps.network.queries import people_list_for
from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.pages import PlaceRequest, door
from folkmoot.apps.places.queries import initiatives_for, organisations_for
from folkmoot.apps.spend.queries import payees_named_for
from folkmoot.core.access import Act, Actor, Subject, answer
from folkmoot.core.kernel.money import say_short

MOST_HITS = 8  # of one kind; the rest is counted, with a link to all where a list has them
LONGEST_TEXT, MOST_WORDS = 200, 10


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: what it is called, a few more words, and where it is."""

    title: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one kind; `all_href` leads to a list of them, where more were found than are shown."""

    kind: str
    hits: tuple[Hit, ...]
    total: str
    all_href: str = ""


@door(Act.SEE_WHOLE)
def search(request: PlaceRequest) -> HttpResponse:
    """People, organisations, suppliers and pieces of work whose names hold what was typed."""
    text = " ".join(request.GET.get("text", "").replace("\x00", " ").split())[:LONGEST_TEXT]
    found = found_for(request.actor, request.partnership, text) if text else ()
    return render(request, "search.html", {"text": text, "found": found})


def found_for(actor: Actor, partnership: Partnership, text: str) -> tuple[Found, ...]:
    """What holds the text, kind by kind; kinds in which nothing was found are left out."""
    every = (
        _people(actor, partnership, text),
        _organisations(actor, partnership, text),
        _suppliers(actor, partnership, text),
        _initiatives(actor, partnership, text),
    )
    return tuple(found for found in every if found and found.hits)


def _people(actor: Actor, partnership: Partnership, text: str) -> Found:
    listed = people_list_for(actor, text, partnership_id=partnership.id)
    hits = tuple(
        Hit(one.name, one.posts, reverse("network:person", args=[partnership.slug, one.id]))
        for one in listed.people[:MOST_HITS]
    )
    page = reverse("network:people", args=[partnership.slug])
    more = f"{page}?{urlencode({'text': text})}" if listed.total > len(hits) else ""
    return Found("People", hits, str(listed.total), more)


def _organisations(actor: Actor, partnership: Partnership, text: str) -> Found:
    rows = _holding(organisations_for(actor).filter(partnership=partnership), text)
    page = f"{reverse('network:people', args=[partnership.slug])}?"
    hits = tuple(
        Hit(
            row.name,
            ", ".join(filter(None, (row.part.name if row.part else "", "anchor" if row.anchor else ""))),
            page + urlencode({"text": row.name}),
        )
        for row in rows[:MOST_HITS]
    )
    return Found("Organisations", hits, str(rows.count()))


def _suppliers(actor: Actor, partnership: Partnership, text: str) -> Found | None:
    if not answer(Act.SEE_PAYMENTS, actor, Subject(partnership.id)).allowed:
        return None
    sums, currency = payees_named_for(actor, text, MOST_HITS + 1)
    page = f"{reverse('spend:payments', args=[partnership.slug])}?"
    hits = tuple(
        Hit(
            one.keys["payee"],
            f"{say_short(one.pence, currency)} in {one.rows:,} payment{'' if one.rows == 1 else 's'}",
            page + urlencode({"payee": one.keys["payee"]}),
        )
        for one in sums[:MOST_HITS]
    )
    more = len(sums) > MOST_HITS
    total = f"more than {MOST_HITS}, those paid most" if more else str(len(sums))
    return Found("Suppliers", hits, total, page + urlencode({"text": text}) if more else "")


def _initiatives(actor: Actor, partnership: Partnership, text: str) -> Found:
    rows = _holding(initiatives_for(actor).filter(partnership=partnership), text)
    whole = reverse("site:elephant", args=[partnership.slug])
    hits = tuple(Hit(row.name, row.purpose, whole) for row in rows[:MOST_HITS])
    return Found("Pieces of work", hits, str(rows.count()))


def _holding(rows: QuerySet[Model], text: str) -> QuerySet[Model]:
    """The rows whose name holds every word."""
    words = text.split()[:MOST_WORDS]
    return rows.filter(*(Q(name__icontains=word) for word in words))
