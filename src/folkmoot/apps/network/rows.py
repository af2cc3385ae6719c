"""What do rows say, in the core's values and in those that people see?"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from folkmoot.apps.network.models import Promise, Stance
from folkmoot.apps.network.shown import PostSeen, PromiseSeen, StanceSeen
from folkmoot.apps.places.models import Partnership, Person, Post
from folkmoot.core.network import Contact, Level, PostSpell, StanceRecord
from folkmoot.core.network import Stance as Rung


def local_day(moment: datetime, zone: str) -> date:
    """The day of a moment by a partnership's zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def contacts_of(partnership: Partnership) -> list[Contact]:
    """Everybody with their posts, by id alone: the core's count needs no names."""
    spells: defaultdict[str, list[PostSpell]] = defaultdict(list)
    rows = (
        Post.objects.filter(partnership=partnership)
        .order_by()
        .values_list("person_id", "part__name", "organisation__part__name", "level", "starts_on", "ends_on")
    )
    for person, own, body, level, start, end in rows:
        # A post's own part goes before its organisation's.
        spells[person].append(
            PostSpell(own or body or "", Level(level) if level else None, start=start, end=end)
        )
    ids = Person.objects.filter(partnership=partnership).order_by().values_list("id", flat=True)
    return [Contact(person, posts=tuple(spells[person])) for person in ids]


def told_of(partnership: Partnership) -> list[StanceRecord]:
    """Every stance that was not taken back; its ask is told by id."""
    rows = (
        Stance.objects.filter(partnership=partnership, withdrawn_at=None)
        .order_by()
        .values_list("person_id", "on", "stance", "evidence", "ask_id", "expires_on")
    )
    return [
        StanceRecord(person, on, Rung(stance), evidence, ask, expires)
        for person, on, stance, evidence, ask, expires in rows
    ]


def post_in_words(post: Post) -> str:
    """Title and organisation."""
    return ", ".join(filter(None, (post.title, post.organisation.name if post.organisation else "")))


def part_name(post: Post) -> str:
    """The part of the system: the post's own, or else its organisation's."""
    part = post.part or (post.organisation.part if post.organisation else None)
    return part.name if part else ""


def is_current(post: Post, today: date) -> bool:
    """Whether the post is held on that day."""
    return PostSpell(start=post.starts_on, end=post.ends_on).current(today)


def post_seen(post: Post, today: date) -> PostSeen:
    """A post for a page."""
    return PostSeen(
        title=post.title,
        organisation=post.organisation.name if post.organisation else "",
        part=part_name(post),
        level=post.level,
        starts_on=post.starts_on,
        ends_on=post.ends_on,
        current=is_current(post, today),
    )


def stance_seen(row: Stance, partnership: Partnership, today: date, newest: bool = True) -> StanceSeen:
    """A stance for a page; it is to be reviewed when it expires or falls out of the window."""
    review = row.on + timedelta(days=partnership.window_days)
    return StanceSeen(
        id=row.id,
        stance=row.stance,
        on=row.on,
        ask=row.ask.text,
        evidence=row.evidence,
        source=row.source,
        state=_state(row, today, review, newest),
        review_on=min(review, row.expires_on or review),
        expires_on=row.expires_on,
        withdrawn_on=local_day(row.withdrawn_at, partnership.zone) if row.withdrawn_at else None,
    )


def _state(row: Stance, today: date, review: date, newest: bool) -> str:
    if row.withdrawn_at:
        return "withdrawn"
    if row.expires_on and row.expires_on < today:
        return "expired"
    if not newest:
        return "superseded"
    return "stale" if review < today else "holds"


def timeline_of(rows: Iterable[Stance], partnership: Partnership, today: date) -> tuple[StanceSeen, ...]:
    """A person's stances, newest first; a newer one towards the same ask stands in place of an older."""
    seen: list[StanceSeen] = []
    spoken: set[str] = set()
    # Of two said on one day the lower holds, as in the count.
    for row in sorted(rows, key=lambda row: (-row.on.toordinal(), Rung(row.stance).rung)):
        seen.append(stance_seen(row, partnership, today, newest=row.ask_id not in spoken))
        if seen[-1].state in ("holds", "stale"):
            spoken.add(row.ask_id)
    return tuple(seen)


def promise_seen(row: Promise, today: date) -> PromiseSeen:
    """A promise for a page."""
    return PromiseSeen(
        id=row.id,
        person_id=row.person_id,
        name=row.person.name,
        ours=row.ours,
        text=row.text,
        made_on=row.made_on,
        due_on=row.due_on,
        state=row.state,
        settled_on=row.settled_on,
        thanked_on=row.thanked_on,
        overdue=bool(row.state == Promise.State.OPEN and row.due_on and row.due_on < today),
    )
