"""What changed here lately, for whoever follows a partnership from afar?

The feed is the same for every reader and names nobody; days, not hours, and only acts that are about money
and bodies: when a stance or a note was written could say whose it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.pages import PlaceRequest, door
from folkmoot.apps.places.queries import changes_for
from folkmoot.core.access import Act
from folkmoot.core.kernel.when import say_day

MOST_ENTRIES = 50
TOLD = {
    Act.FOUND_PARTNERSHIP: ("The partnership was founded.", "site:elephant"),
    Act.SETTLE_PARTNERSHIP: ("What the partnership says of itself was changed.", "site:elephant"),
    Act.RECORD_ORGANISATION: ("Organisations or parts were recorded.", "site:elephant"),
    Act.READ_FILE: ("Spending files were read in, or taken out again.", "spend:money"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change on one day."""

    day: date
    at: datetime
    act: Act

    @property
    def sentence(self) -> str:
        """What changed, in words."""
        return TOLD[self.act][0]

    def guid(self, own: Partnership) -> str:
        """The same for the same change, whenever it is asked for (a tag URI, RFC 4151)."""
        return f"tag:folkmoot,{own.founded_on:%Y}:{own.id}/{self.day}/{self.act.replace(' ', '-')}"


@door(Act.SEE_WHOLE)
def changes(request: PlaceRequest) -> HttpResponse:
    """The newest changes as an Atom feed."""
    own = request.partnership
    home = request.build_absolute_uri(reverse("site:elephant", args=[own.slug]))
    feed = Atom1Feed(
        title=own.name, link=home, description=own.purpose, language="en-GB",
        feed_url=request.build_absolute_uri(), feed_guid=f"urn:uuid:{own.id}",
    )  # fmt: skip
    for change in changes_of(own, request):
        feed.add_item(
            title=change.sentence,
            link=request.build_absolute_uri(reverse(TOLD[change.act][1], args=[own.slug])),
            description=f"{change.sentence} {say_day(change.day)}.",
            unique_id=change.guid(own),
            pubdate=change.at,
            updateddate=change.at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def changes_of(partnership: Partnership, request: PlaceRequest) -> list[Change]:
    """The newest days and what changed on them, each kind once a day."""
    return list(_once_a_day(changes_for(request.actor, partnership.id, TOLD), ZoneInfo(partnership.zone)))


def _once_a_day(lines: Iterator[tuple[str, datetime]], zone: ZoneInfo) -> Iterator[Change]:
    told: set[tuple[date, str]] = set()
    for act, at in lines:
        day = at.astimezone(zone).date()
        if (day, act) not in told:
            told.add((day, act))
            yield Change(day, datetime(day.year, day.month, day.day, tzinfo=zone), Act(act))
        if len(told) == MOST_ENTRIES:
            return
