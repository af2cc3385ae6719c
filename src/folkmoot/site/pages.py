"""What do the front page and the elephant show?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from folkmoot.apps.places.pages import PlaceRequest, door, open_door
from folkmoot.apps.places.queries import partnerships_for, setting_up_for, waiting_for
from folkmoot.core.access import Act, Actor
from folkmoot.site import elephant


@open_door("names Folkmoot and lists what is published")
def home(request: HttpRequest) -> HttpResponse:
    """What Folkmoot is, and the partnerships that are published or one's own."""
    actor = Actor(account_id=request.user.id if request.user.is_authenticated else "")
    told = {"partnerships": partnerships_for(actor), "waiting": waiting_for(actor)}
    return render(request, "home.html", told)


@door(Act.SEE_WHOLE)
def ours(request: PlaceRequest) -> HttpResponse:
    """The partnership's whole, nameless by construction."""
    whole = elephant.ours_for(request.actor, request.partnership)
    projector = "projector" in request.GET
    return render(request, "elephant.html", {"whole": whole, "projector": projector})


@door(Act.SEE_MINE)
def mine(request: PlaceRequest) -> HttpResponse:
    """The convenor's own page, with names."""
    told = {"mine": elephant.mine_for(request.actor, request.partnership)}
    if not told["mine"].begun:
        told["steps"] = setting_up_for(request.actor)
    return render(request, "mine.html", told)
