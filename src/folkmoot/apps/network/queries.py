"""What may this actor see of support, stances and promises?"""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Q

from folkmoot.apps.network.contacts import ContactsPlan, plan_contacts
from folkmoot.apps.network.models import Ask, Promise, Stance
from folkmoot.apps.network.rows import (
    contacts_of,
    is_current,
    local_day,
    part_name,
    post_in_words,
    post_seen,
    promise_seen,
    records_of,
    stance_seen,
    timeline_of,
    told_of,
)
from folkmoot.apps.network.shown import (
    AskSeen,
    NamedStanding,
    PeopleList,
    PersonLine,
    PersonPage,
    PromiseSeen,
    StanceSeen,
    SupportShown,
    nameless,
    page_of,
)
from folkmoot.apps.network.what_next import ENDING_WITHIN, EndingPost, Known, NextThing, choose
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import Part, Partnership, Person, Post
from folkmoot.apps.places.queries import (
    PARTNERSHIP,
    admitted,
    only,
    people_for,
    person_for,
    posts_for,
    whole_of,
)
from folkmoot.core.access import Act, Actor, Subject, answer, require
from folkmoot.core.kernel.disclosure import SMALLEST_SHOWN, Band, banded
from folkmoot.core.kernel.when import say_day
from folkmoot.core.network import (
    Contact,
    StancesRead,
    Support,
    read_people,
    read_stances,
    support,
)
from folkmoot.core.network import Stance as Rung
from folkmoot.core.network.reading import made_id

MOST_WORDS = 10  # of a search: each takes four joins, and a database has a limit


def support_for(actor: Actor, partnership_id: str) -> Support:
    """Support counted part by part, however small; whose stance is whose only for the convenor."""
    require(Act.COUNT_SUPPORT, actor, Subject(partnership_id))
    return _as_seen_by(actor, _counted(only(Partnership.objects.filter(id=partnership_id))))


def support_shown_for(actor: Actor, partnership_id: str) -> SupportShown:
    """Support as anybody who may see the whole sees it: the same for every reader, and nameless."""
    partnership = _open_partnership(actor, partnership_id)
    return nameless(_counted(partnership), _begun(partnership))


def newest_change_for(actor: Actor, partnership_id: str) -> str:
    """The newest change in support in one sentence that names and singles out nobody; or nothing."""
    partnership = _open_partnership(actor, partnership_id)
    return _newest_change(partnership, _counted(partnership))


def support_and_newest_for(actor: Actor, partnership_id: str) -> tuple[SupportShown, str]:
    """What the whole's page tells, from one count."""
    partnership = _open_partnership(actor, partnership_id)
    counted = _counted(partnership)
    return nameless(counted, _begun(partnership)), _newest_change(partnership, counted)


def support_both_ways_for(actor: Actor, partnership_id: str) -> tuple[SupportShown, Support | None]:
    """What everybody sees and, for the core team, the exact count; from one count."""
    partnership = _open_partnership(actor, partnership_id)
    counted = _counted(partnership)
    exact = answer(Act.COUNT_SUPPORT, actor, Subject(partnership_id)).allowed
    return nameless(counted, _begun(partnership)), _as_seen_by(actor, counted) if exact else None


def standings_for(actor: Actor) -> tuple[NamedStanding, ...]:
    """Where everybody stands now, by name."""
    require(Act.SEE_STANCE, actor, whole_of(actor))
    partnership = only(Partnership.objects.filter(id=actor.partnership_id))
    return _named(partnership, _counted(partnership))


def people_list_for(actor: Actor, text: str = "", page: int = 1) -> PeopleList:
    """People whose name, organisation or post holds the text; all of them for no text."""
    people = people_for(actor).filter(partnership_id=actor.partnership_id)
    words = " ".join(text.replace("\x00", " ").split())[:200]
    for word in words.split()[:MOST_WORDS]:
        people = people.filter(
            Q(name__icontains=word)
            | Q(post__title__icontains=word)
            | Q(post__organisation__name__icontains=word)
        )
    people = people.distinct()
    total = people.count()
    pages = page_of(total, page, f"{urlencode({'text': words})}&" if words else "")
    rows = list(people[pages.rows])
    held = _posts_now([row.id for row in rows], _today(actor.partnership_id))
    lines = tuple(PersonLine(row.id, row.name, held.get(row.id, "")) for row in rows)
    return PeopleList(lines, words, total, pages)


def person_page_for(actor: Actor, person_id: str) -> PersonPage:
    """Somebody with their posts; stances and promises where the actor may see them."""
    person = person_for(actor, person_id)
    partnership = only(Partnership.objects.filter(id=person.partnership_id))
    today = clock.today(partnership.zone)
    about = Subject(person.partnership_id, person_id=person.id)
    posts = posts_for(actor).filter(person=person)
    stances = promises = None
    if answer(Act.SEE_STANCE, actor, about).allowed:
        stances = timeline_of(person.stance_set.select_related("ask"), partnership, today)
    if answer(Act.SEE_PROMISE, actor, about).allowed:
        promises = tuple(promise_seen(row, today) for row in person.promise_set.select_related("person"))
    seen = sorted((post_seen(post, today) for post in posts), key=lambda post: not post.current)
    email = person.email if stances is not None else ""
    return PersonPage(person.id, person.name, email, tuple(seen), stances, promises)


def person_names_for(actor: Actor, person_id: str = "") -> list[tuple[str, str]]:
    """Ids, and names with the posts held now: of everybody, or of one person."""
    if person_id:
        people = [person_for(actor, person_id)]
    else:
        people = list(people_for(actor).filter(partnership_id=actor.partnership_id))
    held = _posts_now([person.id for person in people], _today(actor.partnership_id))
    return [(p.id, ", ".join(filter(None, (p.name, held.get(p.id, ""))))) for p in people]


def stance_for(actor: Actor, stance_id: str) -> StanceSeen:
    """One stance that the actor may see."""
    row = only(
        admitted(Act.SEE_STANCE, actor, Stance.objects.select_related("ask", "partnership")).filter(
            id=stance_id
        )
    )
    return stance_seen(row, row.partnership, clock.today(row.partnership.zone))


def promises_for(actor: Actor) -> tuple[PromiseSeen, ...]:
    """Promises both ways that the actor may see, those that are due first at the top."""
    rows = admitted(Act.SEE_PROMISE, actor, Promise.objects.select_related("person"))
    today = _today(actor.partnership_id)
    return tuple(promise_seen(row, today) for row in rows.filter(partnership_id=actor.partnership_id))


def asks_for(actor: Actor) -> tuple[AskSeen, ...]:
    """What the partnership asks of people, newest first."""
    require(Act.RECORD_STANCE, actor, whole_of(actor))
    rows = Ask.objects.filter(partnership_id=actor.partnership_id)
    return tuple(AskSeen(row.id, row.text, row.made_on) for row in rows)


def contacts_plan_for(actor: Actor, content: bytes) -> ContactsPlan:
    """What a contacts sheet would add and change. Raises Refused for a file that cannot be understood."""
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    return plan_contacts(read_people(content), records_of(actor.partnership_id))


def stances_read_for(actor: Actor, content: bytes) -> StancesRead:
    """The stances of a sheet, each with the id of the recorded person that it means.

    A row means a person by their id here, by the id that their sheet had or would make, or by a name
    that one person alone bears. Raises Refused for a file that cannot be understood.
    """
    require(Act.RECORD_STANCE, actor, whole_of(actor))
    records = records_of(actor.partnership_id)
    made = Counter(made_id(p.name, post.organisation) for p in records.people for post in p.posts)
    aliases = {
        made_id(person.name, post.organisation): person.id
        for person in records.people
        for post in person.posts
        if made[made_id(person.name, post.organisation)] == 1
    }
    known = [Contact(person.id, person.name) for person in records.people]
    read = read_stances(content, [*known, *(Contact(alias) for alias in aliases)])
    told = tuple(replace(said, person=aliases.get(said.person, said.person)) for said in read.stances)
    return replace(read, stances=told)


def what_next_for(actor: Actor) -> tuple[NextThing, ...]:
    """Up to three things worth doing this week, with reasons; a thank-you first when one is due."""
    require(Act.SEE_MINE, actor, whole_of(actor))
    partnership = only(Partnership.objects.filter(id=actor.partnership_id))
    today = clock.today(partnership.zone)
    counted = _counted(partnership)
    # Of those who stand behind us only the unheard are looked up by name: the rest ask for nothing.
    unheard = replace(counted, standings=tuple(s for s in counted.standings if s.active and s.stale))
    return choose(
        Known(
            slug=partnership.slug,
            today=today,
            promises=promises_for(actor),
            standings=_named(partnership, unheard),
            counted=counted,
            endings=_endings(partnership, today),
        )
    )


def _as_seen_by(actor: Actor, counted: Support) -> Support:
    """Whose stance is whose is in the count only where the actor may see it."""
    named = answer(Act.SEE_STANCE, actor, whole_of(actor)).allowed
    return counted if named else replace(counted, standings=())


def _begun(partnership: Partnership) -> bool:
    return Person.objects.filter(partnership=partnership).exists()


def _newest_change(partnership: Partnership, counted: Support) -> str:
    kept = Stance.objects.filter(partnership=partnership, withdrawn_at=None)
    newest = kept.order_by("-recorded_at", "id").first()
    if newest is None:
        return ""
    day = local_day(newest.recorded_at, partnership.zone)
    part = _large_part_of(newest, counted)
    if part:
        return f"Support in {part} was recorded on {say_day(day)}."
    first = datetime(day.year, day.month, 1, tzinfo=ZoneInfo(partnership.zone))
    number = kept.filter(recorded_at__gte=first).count()
    many = str(number) if number >= SMALLEST_SHOWN else "A few"
    return f"{many} stances were recorded in {day:%B %Y}."


def _open_partnership(actor: Actor, partnership_id: str) -> Partnership:
    rows = admitted(Act.SEE_SUPPORT, actor, Partnership.objects.filter(id=partnership_id), PARTNERSHIP)
    return only(rows)


def _today(partnership_id: str) -> date:
    zone = Partnership.objects.filter(id=partnership_id).values_list("zone", flat=True).first()
    return clock.today(zone) if zone else clock.today()


def _counted(partnership: Partnership) -> Support:
    """The core's count as of today; its values carry ids and no names."""
    parts = Part.objects.filter(partnership=partnership).values_list("name", flat=True)
    return support(
        contacts_of(partnership),
        told_of(partnership),
        as_of=clock.today(partnership.zone),
        target=partnership.target,
        window=partnership.window_days,
        parts=list(parts),
    )


def _large_part_of(stance: Stance, counted: Support) -> str:
    """The one part of somebody active, where so many others are that naming it tells nothing of them."""
    if not Rung(stance.stance).counts:
        return ""
    posts = Post.objects.filter(person_id=stance.person_id).select_related("part", "organisation__part")
    parts = {part_name(post) for post in posts if is_current(post, counted.as_of)}
    bands = banded(counted.parts)
    return next((part for part in parts if len(parts) == 1 and bands.get(part) is Band.MANY), "")


def _named(partnership: Partnership, counted: Support) -> tuple[NamedStanding, ...]:
    names = dict(Person.objects.filter(partnership=partnership).values_list("id", "name"))
    asks = dict(Ask.objects.filter(partnership=partnership).values_list("id", "text"))
    held = _posts_held([s.person for s in counted.standings], counted.as_of)
    ever = set(Post.objects.filter(partnership=partnership).order_by().values_list("person_id", flat=True))
    named = [
        NamedStanding(
            person_id=s.person,
            name=names[s.person],
            post="; ".join(filter(None, map(post_in_words, held[s.person]))),
            stance=str(s.stance),
            on=s.on,
            evidence=s.evidence,
            ask=asks[s.ask],
            stale=s.stale,
            parts=", ".join(sorted({part_name(post) for post in held[s.person]} - {""})),
            gone=s.person in ever and not held[s.person],
        )
        for s in counted.standings
    ]
    return tuple(sorted(named, key=lambda s: (-Rung(s.stance).rung, s.name)))


def _posts_now(people: list[str], today: date) -> dict[str, str]:
    """The posts that each of these people holds, in words."""
    held = _posts_held(people, today)
    return {person: "; ".join(filter(None, map(post_in_words, posts))) for person, posts in held.items()}


def _posts_held(people: list[str], today: date) -> defaultdict[str, list[Post]]:
    """The posts that each of these people holds."""
    posts = Post.objects.filter(person_id__in=people).select_related("organisation__part", "part")
    held: defaultdict[str, list[Post]] = defaultdict(list)
    for post in posts:
        if is_current(post, today):
            held[post.person_id].append(post)
    return held


def _endings(partnership: Partnership, today: date) -> list[EndingPost]:
    posts = Post.objects.filter(
        partnership=partnership, ends_on__gte=today, ends_on__lte=today + ENDING_WITHIN
    ).select_related("person", "organisation")
    return [
        EndingPost(post.person_id, post.person.name, post_in_words(post), post.ends_on)
        for post in posts
        if post.ends_on
    ]
