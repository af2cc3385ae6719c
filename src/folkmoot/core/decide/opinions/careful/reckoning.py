"""What do votes say of what unites people and what divides them, and how sure is that?"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from folkmoot.core.decide.opinions.careful.bootstrap import Again, again
from folkmoot.core.decide.opinions.careful.canonical import Canonical, canonical
from folkmoot.core.decide.opinions.careful.chance import Chance, Question, chance
from folkmoot.core.decide.opinions.careful.compiled import Floats
from folkmoot.core.decide.opinions.careful.fitting import Cells, Fit, Frame, Places, fitted, framed
from folkmoot.core.decide.opinions.careful.lines import Described, Parted, described
from folkmoot.core.decide.opinions.careful.numbering import HeldOut, held_out, number_of
from folkmoot.core.decide.opinions.careful.parting import Parting
from folkmoot.core.decide.opinions.careful.result import (
    Chances,
    Reading,
    Settings,
    Stability,
    Verdict,
)
from folkmoot.core.decide.opinions.careful.wording import own_sentence, verdict_sentence
from folkmoot.core.decide.opinions.conversation import OUT, Conversation
from folkmoot.core.decide.opinions.votes import Votes
from folkmoot.core.kernel.errors import NotFound

Told = Callable[[str], None]
MOST_SAMPLED = 3_000  # people; of more, so many are drawn for held-out votes, chance and bootstraps
LEAST_PEOPLE = 20  # with enough votes, below which chance is not tried
# People times the statements that two of them both saw (votes x votes / statements): below it, even plain
# groups are found in less than about half of simulated conversations (benchmarks/opinion_power.py).
LEAST_EVIDENCE = 500.0
SURE = 0.8  # the chance to be in a group from which on a person is told so


@dataclass(frozen=True, eq=False)
class Tried:
    """What was found out about groups, people in canonical order."""

    fit: Fit
    frame: Frame
    factors: int
    held_out: tuple[HeldOut, ...]
    asked: Places
    parting: Parting
    beside: Chance | None = None
    chances: Chances | None = None
    again: Again | None = None
    sampled: int | None = None
    evidence: float = 0.0

    @property
    def stability(self) -> Stability | None:
        """Of the groups found, if any were."""
        if self.again is None:
            return None
        return Stability(float(np.median(self.again.rand)), float(np.quantile(self.again.rand, 0.1)))


def reading(
    conversation: Conversation, settings: Settings | None = None, told: Told | None = None
) -> Reading:
    """Factors, groups if there are any, and every statement, told with how sure it is.

    Statements that a moderator has put out, or that nobody has voted on, are left out. told: is handed a few
    words as the work goes on. The same votes give the same reading in any order and under any names. Source
    of the method and its formulae: the guide's page on the careful mode.

    >>> from folkmoot.core.decide.opinions import votes_of
    >>> few = votes_of([("ann", "1", 1), ("bob", "1", 1), ("cat", "1", -1)])
    >>> reading(Conversation(few)).verdict.value
    'too few to tell'
    """
    settings = settings or Settings()
    judged = [conversation.statement(one).moderated for one in conversation.votes.statements]
    kept = (np.array(judged, dtype=np.int64) != OUT) & (conversation.votes.by_statement > 0)
    votes = conversation.votes.among(statements=kept)
    own = canonical(votes, settings.seed)
    tried = _tried(own, settings, told)
    verdict = _verdict(tried, settings)
    people = tuple(votes.people[place] for place in own.people)
    statements = tuple(votes.statements[place] for place in own.statements)
    reliable = verdict is Verdict.RELIABLE
    factors = 0 if verdict is Verdict.TOO_FEW else tried.factors
    gaps = tried.chances is not None and tried.chances.gaps
    parted = Parted(own.cells, tried.fit, tried.frame, tried.asked, tried.parting, reliable, gaps, factors)
    found = described(parted, people, statements, settings)
    return _gathered(own, votes, tried, verdict, parted, found, settings)


def _tried(own: Canonical, settings: Settings, told: Told | None) -> Tried:
    cells = own.cells
    enough = min(settings.least_votes, max(cells.statements, 1))
    asked = np.flatnonzero(np.diff(cells.starts) >= enough)
    nobody = Parting(np.full(len(asked), -1), np.zeros((0, 1)), 0.0)
    if len(asked) < max(LEAST_PEOPLE, 2 * settings.threshold) or cells.statements < 2:
        fit = fitted(cells, min(1, cells.statements), own.seed)
        return Tried(fit, framed(fit), 0, (), asked, nobody)
    sample = _sample(cells, own.seed)
    drawn = cells if sample is None else cells.of_people(sample)
    table = held_out(drawn, own.seed, told)
    factors = number_of(table)
    clumps = (settings.groups,) if settings.groups else tuple(range(2, settings.most_groups + 1))
    among = np.flatnonzero(np.diff(drawn.starts) >= enough)
    question = Question(max(1, factors), among, clumps, settings.threshold, own.seed)
    part_fit = fitted(drawn, question.factors, own.seed)
    beside = chance(drawn, part_fit, question, settings.shuffles, settings.alpha, told)
    chosen = beside.chosen(settings.alpha)
    fit = part_fit if sample is None else fitted(cells, question.factors, own.seed)
    frame = framed(fit)
    parting = replace(question, asked=asked).parting(frame, chosen)
    tried = Tried(
        fit, frame, factors, table, asked, parting, beside, _chances(beside, question, settings.alpha)
    )
    each = float(np.median(np.diff(cells.starts)[asked]))
    tried = replace(
        tried,
        sampled=None if sample is None else len(sample),
        evidence=len(asked) * each * each / cells.statements,
    )
    if len(parting.centres) < 2:
        return tried
    of_sample = parting if sample is None else _within(parting, asked, sample[among])
    variance = table[question.factors].error ** 2
    found = again(drawn, cells, question, of_sample, chosen, variance, settings.bootstraps, told)
    return replace(tried, again=found)


def _sample(cells: Cells, seed: int) -> Places | None:
    if cells.people <= MOST_SAMPLED:
        return None
    chosen = np.random.default_rng(seed + 2).choice(cells.people, MOST_SAMPLED, replace=False)
    return np.sort(chosen).astype(np.int64)


def _within(parting: Parting, asked: Places, chosen: Places) -> Parting:
    """The same groups, of some of the people alone."""
    return replace(parting, marks=parting.marks[np.searchsorted(asked, chosen)])


def _chances(beside: Chance, question: Question, alpha: float) -> Chances:
    chosen = beside.chosen(alpha)
    dealt = beside.dealt[:, chosen]
    near = (question.tried[chosen], float(beside.found[chosen]), float(np.median(dealt)), float(dealt.max()))
    (axes, clumps), silhouette, median, most = near
    told = Chances(axes, clumps, silhouette, median, most, beside.p_dealt, None, None, None, None, False)
    if beside.p_spread is None:
        return told
    spread = max((beside.even[:, chosen], beside.lopsided[:, chosen]), key=lambda one: float(one.mean()))
    return replace(
        told,
        spread_median=float(np.median(spread)),
        spread_most=float(spread.max()),
        p_spread=beside.p_spread,
        margin=beside.margin(chosen),
        gaps=beside.gaps(alpha),
    )


def _verdict(tried: Tried, settings: Settings) -> Verdict:
    chances, stability = tried.chances, tried.stability
    if chances is None:
        return Verdict.TOO_FEW
    stands_out = (
        tried.factors > 0
        and chances.p_dealt <= settings.alpha
        and stability is not None
        and stability.median >= settings.least_ari
    )
    if stands_out:
        return Verdict.RELIABLE
    # Not to have found groups says something only where groups would have been found.
    return Verdict.NO_GROUPS if tried.evidence >= LEAST_EVIDENCE else Verdict.TOO_FEW


def _gathered(
    own: Canonical,
    votes: Votes,
    tried: Tried,
    verdict: Verdict,
    parted: Parted,
    found: Described,
    settings: Settings,
) -> Reading:
    """All of it, people and statements put back in the order of the file."""
    people, statements = np.argsort(own.people), np.argsort(own.statements)
    reliable = verdict is Verdict.RELIABLE
    places, loadings = _picture(own, tried)
    member = tried.again.membership if reliable and tried.again else np.zeros((len(people), 0))
    groups = len(found.parts) if reliable else 0
    return Reading(
        verdict=verdict,
        sentence=verdict_sentence(verdict, tried.factors, groups, tried.chances, tried.stability, settings),
        people=votes.people,
        statements=votes.statements,
        factors=tried.factors,
        held_out=tried.held_out,
        places=places[people],
        leans=tried.fit.leans[people],
        intercepts=tried.fit.statement_leans[statements],
        loadings=loadings[statements],
        chances=tried.chances,
        stability=tried.stability,
        groups=found.parts if reliable else (),
        ends=() if reliable else found.parts,
        marks=parted.marks()[people],
        membership=member[people],
        enough=np.isin(people, tried.asked),
        apart=int((tried.parting.marks < 0).sum()) if reliable else 0,
        asked=len(tried.asked),
        sampled=tried.sampled,
        lines=tuple(found.lines[place] for place in statements),
        consensus=found.consensus,
        dividing=found.dividing,
        habits=found.habits,
        settings=settings,
    )


def _picture(own: Canonical, tried: Tried) -> tuple[Floats, Floats]:
    """At least two axes: where votes speak for one at most, the second is what a second factor would give."""
    places, loadings = tried.frame.places, tried.frame.loadings
    if places.shape[1] >= 2:
        return places, loadings
    if own.cells.statements < 2:
        return np.zeros((len(places), 2)), np.zeros((len(loadings), 2))
    two = framed(fitted(own.cells, 2, own.seed))
    return (
        np.column_stack([places[:, 0], two.places[:, 1]]),
        np.column_stack([loadings[:, 0], two.loadings[:, 1]]),
    )


@dataclass(frozen=True, slots=True)
class Own:
    """What a participant is told of their own group: its place among the groups, or None, and a sentence."""

    group: int | None
    sentence: str


def own_group(found: Reading, person: str) -> Own:
    """The group of a person, told only where groups are reliable and the person is in it in at least 8 of 10
    bootstraps; otherwise that they stand between groups, or that nobody can say. Raises NotFound for one who
    has not voted."""
    if person not in found.people:
        raise NotFound("This person has not voted here.", "", "Vote on some statements first.")
    if found.verdict is not Verdict.RELIABLE:
        return Own(None, own_sentence(None, 0, between=False))
    place = found.people.index(person)
    if not found.enough[place]:
        return Own(None, own_sentence(None, 0, between=False, enough=False))
    group = int(found.marks[place])
    if group < 0 or found.membership[place, group] < SURE:
        return Own(None, own_sentence(None, 0, between=True))
    part = found.groups[group]
    return Own(group, own_sentence(part.name, part.size, between=False, gaps=found.gaps))
