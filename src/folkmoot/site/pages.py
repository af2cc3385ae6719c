"""What do the front page and the elephant show?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from folkmoot.apps.places.pages import PlaceRequest, door, open_door
from folkmoot.apps.places.queries import partnerships_for
from folkmoot.core.access import Act, Actor
from folkmoot.site import elephant


@open_door("names Folkmoot and lists what is published")
def home(request: HttpRequest) -> HttpResponse:
    """What Folkmoot is, and the partnerships that are published or one's own."""
    account = request.user.id if request.user.is_authenticated else ""
    return render(request, "home.html", {"partnerships": partnerships_for(Actor(account_id=account))})


@door(Act.SEE_WHOLE)
def ours(request: PlaceRequest) -> HttpResponse:
    """The partnership's whole, nameless by construction."""
    whole = elephant.ours_for(request.actor, request.partnership)
    projector = "projector" in request.GET
    return render(request, "elephant.html", {"whole": whole, "projector": projector})


@door(Act.SEE_MINE)
def mine(request: PlaceRequest) -> HttpResponse:
    """The convenor's own page, with names."""
    return render(request, "mine.html", {"mine": elephant.mine_for(request.actor, request.partnership)})
