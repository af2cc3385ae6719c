"""Does the feed tell what changed, to everybody the same, and of nobody?"""

from datetime import UTC, datetime
from xml.etree import ElementTree

from django.test import Client

from folkmoot.apps.places import actions, clock
from folkmoot.apps.places.models import Account, Partnership
from partnership import Town
from trust.samples import promise, stance, upload

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(town: Town, role: str = "nobody") -> bytes:
    """The feed as somebody gets it."""
    client, actor = Client(), getattr(town, role)
    if actor.account_id:
        client.force_login(Account.objects.get(id=actor.account_id))
    return client.get(f"/{town.partnership.slug}/changes.atom").content


def entries(content: bytes) -> list[tuple[str, str]]:
    """The day and sentence of each entry."""
    rows = ElementTree.fromstring(content).findall(f"{ATOM}entry")
    return [(row.findtext(f"{ATOM}updated")[:10], row.findtext(f"{ATOM}title")) for row in rows]


def test_the_feed_tells_days_and_kinds_alone(town: Town) -> None:
    clock.stand_at(datetime(2026, 11, 12, 9, tzinfo=UTC))
    try:
        for _ in range(2):
            actions.name_part(town.convenor, name=str(clock.now()))
        for record in (stance, promise, upload):
            record(town.convenor)
        clock.stand_at(datetime(2026, 11, 13, 23, 30, tzinfo=UTC))
        actions.record_organisation(town.convenor, name="The Granary")
    finally:
        clock.stand_at(None)
    Partnership.objects.filter(id=town.partnership.id).update(published=True)
    told = entries(feed(town))
    assert told[0] == ("2026-11-13", "Organisations or parts were recorded.")
    assert told.count(("2026-11-12", "Organisations or parts were recorded.")) == 1
    assert ("2026-11-12", "Spending files were read in, or taken out again.") in told
    content = feed(town).decode()
    for word in ("Quill", "stance", "promise", "member", "note", "Granary", "T09", "T23:30"):
        assert word not in content, word


def test_the_feed_is_the_same_for_everybody_who_may_have_it(town: Town) -> None:
    assert feed(town) == Client().get("/no-such-place/changes.atom").content
    Partnership.objects.filter(id=town.partnership.id).update(published=True)
    assert len({feed(town, role) for role in ("nobody", "outsider", "member", "core", "convenor")}) == 1
    assert len(
        {row.find(f"{ATOM}id").text for row in ElementTree.fromstring(feed(town)).iter(f"{ATOM}entry")}
    ) == len(entries(feed(town)))
