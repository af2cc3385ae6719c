"""What may this actor see of support, stances and promises?"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Case, F, Q, QuerySet, Value, When

from folkmoot.apps.network.models import Ask, Promise, Stance
from folkmoot.apps.network.rows import (
    contacts_of,
    is_current,
    local_day,
    part_name,
    post_in_words,
    post_seen,
    promise_seen,
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
    PromiseList,
    StanceSeen,
    StandingList,
    SupportShown,
    nameless,
)
from folkmoot.apps.network.what_next import (
    BROKEN_FOR,
    ENDING_WITHIN,
    MOST_NEXT,
    EndingPost,
    Known,
    NextThing,
    choose,
)
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import Part, Partnership, Person, Post
from folkmoot.apps.places.paging import A_PAGE, MOST_CHOICES, page_of
from folkmoot.apps.places.queries import (
    PARTNERSHIP,
    admitted,
    only,
    people_for,
    people_without_account_for,
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
    Standing,
    Support,
    read_stances,
    support,
)
from folkmoot.core.network import Stance as Rung
from folkmoot.core.network.contacts.names import made_id

TO_THANK = Q(state=Promise.State.KEPT, ours=False, thanked_on__isnull=True)
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


@dataclass(frozen=True, slots=True)
class Seen:
    """What the whole's page tells, and with names what the convenor might do next; from one count."""

    shown: SupportShown
    newest: str
    next: tuple[NextThing, ...] = ()


def support_and_newest_for(actor: Actor, partnership_id: str) -> Seen:
    """What the whole's page tells."""
    partnership = _open_partnership(actor, partnership_id)
    counted = _counted(partnership)
    return Seen(nameless(counted, _begun(partnership)), _newest_change(partnership, counted))


def support_and_next_for(actor: Actor, partnership_id: str) -> Seen:
    """The same, and up to three things worth doing this week, with reasons; thanks first when due."""
    require(Act.SEE_MINE, actor, whole_of(actor))
    partnership = _open_partnership(actor, partnership_id)
    counted = _counted(partnership)
    shown, newest = nameless(counted, _begun(partnership)), _newest_change(partnership, counted)
    return Seen(shown, newest, _next(actor, partnership, counted))


def support_both_ways_for(actor: Actor, partnership_id: str) -> tuple[SupportShown, Support | None]:
    """What everybody sees and, for the core team, the exact count; from one count."""
    partnership = _open_partnership(actor, partnership_id)
    counted = _counted(partnership)
    exact = answer(Act.COUNT_SUPPORT, actor, Subject(partnership_id)).allowed
    return nameless(counted, _begun(partnership)), _as_seen_by(actor, counted) if exact else None


def standings_for(actor: Actor, active: bool = False, page: int = 1, size: int = A_PAGE) -> StandingList:
    """Where everybody stands now, by name: all, or those alone who are counted as active support."""
    require(Act.SEE_STANCE, actor, whole_of(actor))
    partnership = only(Partnership.objects.filter(id=actor.partnership_id))
    counted = _counted(partnership)
    names = dict(Person.objects.filter(partnership=partnership).order_by().values_list("id", "name"))
    gone = _gone(partnership, counted.as_of) if active else frozenset()
    chosen = [s for s in counted.standings if not active or (s.active and s.person not in gone)]
    chosen.sort(key=lambda s: (-s.stance.rung, names[s.person], s.person))
    pages = page_of(len(chosen), page, "active&" if active else "", size)
    return StandingList(_named(partnership, chosen[pages.rows], counted.as_of), len(chosen), pages)


def people_list_for(
    actor: Actor, text: str = "", page: int = 1, *, partnership_id: str = "", size: int = A_PAGE
) -> PeopleList:
    """People whose name, organisation or post holds the text; all of them for no text.

    Of the actor's own partnership, or of the one that is named, as far as it shows people to all.
    """
    home = partnership_id or actor.partnership_id
    people = people_for(actor).filter(partnership_id=home)
    words = " ".join(text.replace("\x00", " ").split())[:200]
    for word in words.split()[:MOST_WORDS]:
        people = people.filter(
            Q(name__icontains=word)
            | Q(post__title__icontains=word)
            | Q(post__organisation__name__icontains=word)
        )
    people = people.distinct()
    total = people.count()
    pages = page_of(total, page, f"{urlencode({'text': words})}&" if words else "", size)
    rows = list(people[pages.rows])
    held = _posts_now([row.id for row in rows], _today(home))
    lines = tuple(PersonLine(row.id, row.name, held.get(row.id, "")) for row in rows)
    return PeopleList(lines, words, total, pages)


def person_page_for(actor: Actor, person_id: str, *, partnership_id: str = "") -> PersonPage:
    """Somebody of the partnership with their posts; stances and promises where the actor may see them."""
    partnership = only(Partnership.objects.filter(id=partnership_id or actor.partnership_id))
    person = only(people_for(actor).filter(id=person_id, partnership=partnership))
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
    circle = person.get_circle_display()
    may_invite = answer(Act.ADMIT_MEMBER, actor, whole_of(actor)).allowed
    to_invite = may_invite and bool(people_without_account_for(actor, person.id))
    return PersonPage(person.id, person.name, email, circle, tuple(seen), stances, promises, to_invite)


def person_names_for(actor: Actor, person_id: str = "") -> list[tuple[str, str]] | None:
    """Ids, and names with the posts held now: of everybody, or of one person; None for too many to choose."""
    if person_id:
        people = [person_for(actor, person_id)]
    else:
        people = list(people_for(actor).filter(partnership_id=actor.partnership_id)[: MOST_CHOICES + 1])
    if len(people) > MOST_CHOICES:
        return None
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


def promises_for(actor: Actor, page: int = 1, size: int = A_PAGE) -> PromiseList:
    """Promises both ways that the actor may see: to be thanked for, open with the first due, settled."""
    rows = _promises(actor).annotate(
        stage=Case(
            When(TO_THANK, then=Value(0)), When(state=Promise.State.OPEN, then=Value(1)), default=Value(2)
        )
    )
    total = rows.count()
    pages = page_of(total, page, size=size)
    today = _today(actor.partnership_id)
    ordered = rows.order_by("stage", F("due_on").asc(nulls_last=True), "made_on", "id")[pages.rows]
    return PromiseList(tuple(promise_seen(row, today) for row in ordered), total, pages)


def asks_for(actor: Actor) -> tuple[AskSeen, ...]:
    """What the partnership asks of people, newest first."""
    require(Act.RECORD_STANCE, actor, whole_of(actor))
    rows = Ask.objects.filter(partnership_id=actor.partnership_id)
    return tuple(AskSeen(row.id, row.text, row.made_on) for row in rows)


def stances_read_for(actor: Actor, content: bytes) -> StancesRead:
    """The stances of a sheet, each with the id of the recorded person that it means.

    A row means a person by their id here, by the id that their sheet had or would make, or by a name
    that one person alone bears. Raises Refused for a file that cannot be understood.
    """
    require(Act.RECORD_STANCE, actor, whole_of(actor))
    names = dict(Person.objects.filter(partnership_id=actor.partnership_id).values_list("id", "name"))
    posts = Post.objects.filter(partnership_id=actor.partnership_id).order_by()
    held = posts.values_list("person_id", "organisation__name")
    by_post = [(made_id(names[person], body or ""), person) for person, body in held]
    made = Counter(alias for alias, _ in by_post)
    aliases = {alias: person for alias, person in by_post if made[alias] == 1}
    known = [Contact(id, name) for id, name in names.items()]
    read = read_stances(content, [*known, *(Contact(alias) for alias in aliases)])
    told = tuple(replace(said, person=aliases.get(said.person, said.person)) for said in read.stances)
    return replace(read, stances=told)


def what_next_for(actor: Actor) -> tuple[NextThing, ...]:
    """Up to three things worth doing this week, with reasons; a thank-you first when one is due."""
    require(Act.SEE_MINE, actor, whole_of(actor))
    partnership = only(Partnership.objects.filter(id=actor.partnership_id))
    return _next(actor, partnership, _counted(partnership))


def _next(actor: Actor, partnership: Partnership, counted: Support) -> tuple[NextThing, ...]:
    # Only what may press is looked up, and of it no more than could be chosen.
    today = counted.as_of
    gone = _gone(partnership, today)
    unheard = [s for s in counted.standings if s.active and s.stale and s.person not in gone]
    unheard.sort(key=lambda s: (s.stance is not Rung.CHAMPION, s.on))
    broken = Q(state=Promise.State.BROKEN, settled_on__gte=today - BROKEN_FOR)
    late = Q(state=Promise.State.OPEN, due_on__lt=today)
    pressing = [promise_seen(row, today) for row in _promises(actor).filter(TO_THANK | broken | late)]
    return choose(
        Known(
            slug=partnership.slug,
            today=today,
            promises=pressing,
            standings=_named(partnership, unheard[:MOST_NEXT], today),
            counted=counted,
            endings=_endings(partnership, today),
        )
    )


def _promises(actor: Actor) -> QuerySet[Promise]:
    rows = admitted(Act.SEE_PROMISE, actor, Promise.objects.select_related("person"))
    return rows.filter(partnership_id=actor.partnership_id)


def _gone(partnership: Partnership, today: date) -> frozenset[str]:
    """Those who held posts, and hold none on that day."""
    posts = Post.objects.filter(partnership=partnership).order_by()
    began = Q(starts_on__isnull=True) | Q(starts_on__lte=today)
    lasts = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    held = set(posts.filter(began, lasts).values_list("person_id", flat=True))
    return frozenset(set(posts.values_list("person_id", flat=True)) - held)


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


def _named(partnership: Partnership, standings: Sequence[Standing], today: date) -> tuple[NamedStanding, ...]:
    people = [s.person for s in standings]
    names = dict(Person.objects.filter(id__in=people).values_list("id", "name"))
    asks = dict(Ask.objects.filter(partnership=partnership).values_list("id", "text"))
    held = _posts_held(people, today)
    ever = set(Post.objects.filter(person_id__in=people).order_by().values_list("person_id", flat=True))
    return tuple(
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
        for s in standings
    )


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
