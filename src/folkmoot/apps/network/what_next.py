"""Which three things are worth doing this week, and why?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice, zip_longest

from folkmoot.apps.network.shown import NamedStanding, NextThing, PromiseSeen
from folkmoot.core.kernel.when import say_day
from folkmoot.core.network import GapKind, Stance, Support

BROKEN_FOR = timedelta(days=60)  # how long a promise that was not kept stays among what is next
ENDING_WITHIN = timedelta(days=90)
MOST_NEXT = 3


@dataclass(frozen=True, slots=True)
class EndingPost:
    """A post that somebody leaves soon."""

    person_id: str
    name: str
    post: str
    ends_on: date


@dataclass(frozen=True, slots=True)
class Known:
    """All that the three things are chosen from."""

    slug: str
    today: date
    promises: Sequence[PromiseSeen]
    standings: Sequence[NamedStanding]
    counted: Support
    endings: Sequence[EndingPost]


def choose(known: Known) -> tuple[NextThing, ...]:
    """Up to three: the first of each kind in turn, then the second of each, thanks before all else."""
    kinds = (_thanks(known), _owed(known), _unheard(known), _unmet(known), _leaving(known))
    in_turn = chain.from_iterable(zip_longest(*kinds))
    return tuple(islice((thing for thing in in_turn if thing is not None), MOST_NEXT))


def _thanks(known: Known) -> Iterable[NextThing]:
    waiting = sorted((p for p in known.promises if p.to_thank), key=lambda p: p.settled_on or known.today)
    for promise in waiting:
        yield NextThing(
            f"Say thank you to {promise.name}.",
            f"They kept their promise: “{promise.text}”. Nobody has thanked them yet.",
            "Write the thank-you down",
            "network:person",
            (known.slug, promise.person_id),
        )


def _owed(known: Known) -> Iterable[NextThing]:
    """Ours first: what we owe comes before what is owed to us."""
    late = [p for p in known.promises if p.overdue or _lately_broken(p, known.today)]
    for promise in sorted(late, key=lambda p: (not p.ours, p.overdue, p.due_on or p.made_on)):
        yield NextThing(
            _owed_sentence(promise),
            f"{'We' if promise.ours else 'They'} promised: “{promise.text}”. {_how_late(promise)}",
            "Open the promise",
            "network:person",
            (known.slug, promise.person_id),
        )


def _lately_broken(promise: PromiseSeen, today: date) -> bool:
    return bool(promise.state == "broken" and promise.settled_on and today - promise.settled_on <= BROKEN_FOR)


def _owed_sentence(promise: PromiseSeen) -> str:
    if promise.ours:
        return f"Go to {promise.name} before they have to ask."
    return f"Ask {promise.name} what got in the way."


def _how_late(promise: PromiseSeen) -> str:
    if promise.overdue and promise.due_on:
        return f"It was due on {say_day(promise.due_on)}."
    return "It was not kept."


def _unheard(known: Known) -> Iterable[NextThing]:
    active = (Stance.ACTIVE, Stance.CHAMPION)
    stale = [s for s in known.standings if s.stale and not s.gone and Stance(s.stance) in active]
    for standing in sorted(stale, key=lambda s: (s.stance != Stance.CHAMPION, s.on)):
        yield NextThing(
            f"Ask {standing.name} how things stand.",
            f"They are counted as {_a(standing.stance)}, and we last heard it in {standing.on:%B %Y}.",
            "Open their page",
            "network:person",
            (known.slug, standing.person_id),
        )


def _a(stance: str) -> str:
    return f"a {stance}" if Stance(stance) is Stance.CHAMPION else stance


def _unmet(known: Known) -> Iterable[NextThing]:
    for gap in known.counted.gaps:
        if gap.level is None and gap.kind is GapKind.NOBODY:
            yield NextThing(
                f"Find a way into {gap.part}.", f"{gap.sentence} {gap.act}", "See all the gaps",
                "network:support", (known.slug,),
            )  # fmt: skip


def _leaving(known: Known) -> Iterable[NextThing]:
    for ending in sorted(known.endings, key=lambda e: (e.ends_on, e.name)):
        yield NextThing(
            f"Meet {ending.name} before {say_day(ending.ends_on)}.",
            f"Their post ends then: {ending.post}. Ask who comes next, and what rests on them.",
            "Open their page",
            "network:person",
            (known.slug, ending.person_id),
        )
