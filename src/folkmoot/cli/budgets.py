"""What does the command line answer about a participatory budget?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from folkmoot.cli.progress import Progress
from folkmoot.core.decide.budgeting import Election, Outcome, Rule, Settings, count
from folkmoot.core.decide.budgeting.greedy import greedy_by_score
from folkmoot.core.decide.budgeting.pabulib import PbFile, check_pb
from folkmoot.core.decide.budgeting.settings import Completion, Ties
from folkmoot.core.decide.budgeting.why import (
    Against,
    Change,
    Fairness,
    Homes,
    Reason,
    against,
    budget_picture,
    fairness,
    reasons,
    sentences,
    share_sentence,
    shares_paid,
    what_if,
)
from folkmoot.core.decide.budgeting.why.words import money, people
from folkmoot.core.pictures.alone import alone

# The official rules of files that the greedy family counts; others are not checked.
OFFICIAL = {
    "greedy": Rule.GREEDY,
    "greedy-threshold": Rule.GREEDY_THRESHOLD,
    "greedy-no-skip": Rule.GREEDY_NO_SKIP,
}


ADD1 = (Completion.ADD1, Completion.ADD1_OVERSPEND, Completion.ADD1_UTILITARIAN)


@dataclass(frozen=True, slots=True)
class Counted:
    """A file, how it was counted, and what came of it; for a what-if, what it changed too."""

    file: PbFile
    election: Election
    settings: Settings
    outcome: Outcome
    reasons: tuple[Reason, ...]
    sentences: tuple[str, ...]
    fairness: Fairness
    greedy: Against | None  # beside most votes first; None where that is the rule
    remarks: tuple[str, ...]
    change: Change | None

    @property
    def cost(self) -> Fraction:
        """What the winners cost."""
        return sum((self.election.projects[place].cost for place in self.outcome.winners), Fraction(0))


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What else is asked: another budget, projects withdrawn, another rule."""

    budget: Fraction | None = None
    without: tuple[str, ...] = ()
    rule: Rule | None = None

    def change(self, election: Election, settings: Settings, outcome: Outcome) -> Change | None:
        """What it would change against this outcome; None where nothing is asked."""
        if self == WhatIf():
            return None
        instead = replace(settings, rule=self.rule) if self.rule else None
        return what_if(
            election,
            settings,
            budget=self.budget,
            without=self.without,
            settings_instead=instead,
            first=outcome,
        )


def counted(file: PbFile, settings: Settings, progress: Progress, asked: WhatIf) -> Counted:
    """The file counted, with reasons. A what-if is told as a change against this count."""
    election = file.election
    if settings.rule is Rule.EQUAL_SHARES:
        progress.now("Counting. The first time on a machine this takes some ten seconds.")
    outcome = count(election, settings, lambda levels: progress.step(f"Add1, level {levels + 1:,}"))
    progress.step("Finding the reasons")
    why = reasons(election, settings, outcome)
    remarks = [str(remark) for remark in check_pb(file, _official)]
    return Counted(
        file,
        election,
        settings,
        outcome,
        why,
        sentences(election, why, file.meta.currency),
        fairness(election, outcome, settings.utility, _homes(file)),
        _beside_greedy(election, settings, outcome),
        tuple(remarks),
        asked.change(election, settings, outcome),
    )


def answer(counted: Counted, voter: str | None) -> dict[str, Any]:
    """The contract's JSON: money as numbers where they are whole, else as decimals to six places."""
    election, outcome = counted.election, counted.outcome
    told: dict[str, Any] = {
        "rule": counted.settings.rule.value,
        "settings": _chosen(counted.settings),
        "winners": _ids(election, outcome.winners),
        "cost": _number(counted.cost),
        "budget": _number(election.budget),
        "currency": counted.file.meta.currency,
        "voters": election.ballots.voters,
        "share": None if outcome.share is None else _number(outcome.share),
        "levels": outcome.levels,
        "completed": _ids(election, outcome.completed),
        "projects": [
            _project(counted, one, said) for one, said in zip(counted.reasons, counted.sentences, strict=True)
        ],
        "greedy_instead": outcome.greedy_instead,
        "fairness": counted.fairness.as_json(election),
        "against_greedy": _against(counted, counted.greedy) if counted.greedy else None,
        "remarks": [*counted.remarks, *outcome.notes],
    }
    if counted.change:
        told["what_if"] = _changed(counted, counted.change)
    if voter is not None:
        told["voter"] = _voter(counted, voter)
    return told


def told(counted: Counted, voter: str | None) -> Iterator[str]:
    """The same in words."""
    election, outcome, currency = counted.election, counted.outcome, counted.file.meta.currency
    yield (
        f"{people(len(outcome.winners), 'project', 'projects')} of {len(election.projects)} funded, for "
        f"{money(counted.cost, currency)} of {money(election.budget, currency)}; "
        f"{people(election.ballots.voters, 'person', 'people')} voted."
    )
    yield "Counted by " + ", ".join(f"{name} {value}" for name, value in _in_words(counted.settings)) + "."
    yield from outcome.notes
    if outcome.share is not None:
        steps = people(outcome.levels - 1, "step", "steps") if outcome.levels > 1 else ""
        steps = f", after {steps} of Add1" if steps else ""
        yield f"Each voter's share at the end: {money(outcome.share, currency)}{steps}."
    order = {place: number for number, place in enumerate(outcome.winners)}
    for one in sorted(counted.reasons, key=lambda one: order.get(one.project, len(order))):
        project = election.projects[one.project]
        yield f"- {project.id} {project.name}".rstrip() + f": {counted.sentences[one.project]}"
    yield from _fairness_in_words(counted)
    if counted.greedy:
        yield from _against_in_words(counted, counted.greedy)
    if counted.change:
        yield _change_in_words(counted, counted.change)
    if voter is not None:
        yield _share_of(counted, voter)[1]


def drawn(counted: Counted) -> str:
    """The budget as a picture that stands by itself."""
    return alone(budget_picture(counted.election, counted.reasons, counted.file.meta.currency))


def _official(file: PbFile) -> frozenset[str] | None:
    """Who should have won by the rule that the file names, ties by the file's own order; None for other rules
    and where the file says that special rules were at work. Of the ways to go on with equal shares, which
    files do not tell apart, the one that gives the official result, if any does."""
    if file.projects.special:
        return None
    if file.meta.rule.startswith("equalshares"):
        ways = ADD1 if "add1" in file.meta.rule else (Completion.NONE,)
        told = [_won(file, Settings(completion=way, ties=Ties("file"))) for way in ways]
        return next((one for one in told if one == file.projects.winners), told[0])
    rule = OFFICIAL.get(file.meta.rule)
    threshold = file.meta.min_project_score_threshold
    return _won(file, Settings(rule=rule, ties=Ties("file"), threshold=threshold)) if rule else None


def _won(file: PbFile, settings: Settings) -> frozenset[str]:
    return frozenset(_ids(file.election, count(file.election, settings).winners))


def _beside_greedy(election: Election, settings: Settings, outcome: Outcome) -> Against | None:
    if settings.rule.value.startswith("greedy"):
        return None
    votes = Settings(rule=Rule.GREEDY, ties=settings.ties)
    return against(election, outcome, greedy_by_score(election, votes))


def _homes(file: PbFile) -> Homes | None:
    if "neighborhood" not in file.votes.header.columns:
        return None
    return Homes(file.votes.column("neighborhood"), file.voter_group)


def _ids(election: Election, places: Sequence[int]) -> list[str]:
    return [election.projects[place].id for place in places]


def _number(amount: Fraction) -> int | float:
    return int(amount) if amount.denominator == 1 else round(float(amount), 6)


def _chosen(settings: Settings) -> dict[str, Any]:
    return {
        "utility": settings.utility.value,
        "completion": settings.completion.value,
        "start": settings.start.value,
        "step": _number(settings.step),
        "ties": settings.ties.order,
        "threshold": None if settings.threshold is None else _number(settings.threshold),
        "rivals": [sorted(group) for group in settings.rivals],
        "eligible_at": None if settings.eligible_at is None else str(settings.eligible_at),
        "compare": settings.compare,
    }


def _in_words(settings: Settings) -> Iterator[tuple[str, str]]:
    """What was chosen, as far as the rule asks for it."""
    yield "the rule", settings.rule.value
    yield "utility", settings.utility.value
    if settings.rule is Rule.EQUAL_SHARES:
        yield "completion", settings.completion.value
        if settings.completion not in (Completion.NONE, Completion.UTILITARIAN):
            yield "start", settings.start.value
            yield "step", str(settings.step)
    yield "ties by", settings.ties.order
    if settings.threshold is not None:
        yield "threshold", str(settings.threshold)
    for group in settings.rivals:
        yield "one alone of", " and ".join(sorted(group))
    if settings.eligible_at is not None:
        yield "eligible from", str(settings.eligible_at)
    if settings.compare:
        yield "compared with", "most votes first"


def _project(counted: Counted, reason: Reason, said: str) -> dict[str, Any]:
    project = counted.election.projects[reason.project]
    return {
        "id": project.id,
        "name": project.name,
        "cost": _number(project.cost),
        "votes": reason.supporters,
        "won": reason.won,
        "reason": said,
        "effective_support": reason.effective_support,
        "lack": reason.lack.value if reason.lack else None,
        "needed": None if reason.needed is None else _number(Fraction(reason.needed)),
        "price": None if reason.price is None else _number(reason.price),
        "effective_votes": None if reason.effective_votes is None else _number(reason.effective_votes),
        "paid_in_full": reason.paid_in_full,
        "gave_all": reason.gave_all,
        "round": reason.round,
    }


def _against(counted: Counted, other: Against) -> dict[str, Any]:
    return {
        "only_here": _ids(counted.election, other.first_only),
        "only_greedy": _ids(counted.election, other.second_only),
        "prefer_this": {"by_cost": other.by_cost.first, "by_number": other.by_number.first},
        "prefer_greedy": {"by_cost": other.by_cost.second, "by_number": other.by_number.second},
        "voters_with_nothing": {"here": other.by_cost.first_empty, "greedy": other.by_cost.second_empty},
    }


def _against_in_words(counted: Counted, other: Against) -> Iterator[str]:
    here, greedy = (_ids(counted.election, places) for places in (other.first_only, other.second_only))
    if not here and not greedy:
        yield "By most votes first the same projects would be funded."
        return
    yield (
        f"By most votes first {', '.join(greedy) or 'nothing else'} would be funded in place of "
        f"{', '.join(here) or 'nothing'}, and {people(other.by_cost.second_empty, 'voter', 'voters')} would "
        f"have nothing. {people(other.by_cost.first, 'voter has', 'voters have')} more of what they chose as "
        f"it is counted here, {other.by_cost.second:,} would have more by most votes first (by cost)."
    )


def _changed(counted: Counted, change: Change) -> dict[str, Any]:
    return {
        "winners": _ids(counted.election, change.outcome.winners),
        "comes_in": _ids(counted.election, change.comes_in),
        "goes_out": _ids(counted.election, change.goes_out),
        "cost": _number(change.cost),
    }


def _change_in_words(counted: Counted, change: Change) -> str:
    come, go = (_ids(counted.election, places) for places in (change.comes_in, change.goes_out))
    if not change.changed:
        return "What if: the same projects would be funded."
    parts = [f"{', '.join(come)} would come in"] if come else []
    parts += [f"{', '.join(go)} would go out"] if go else []
    cost = money(change.cost, counted.file.meta.currency)
    return f"What if: {'; '.join(parts)}; {len(change.outcome.winners)} projects for {cost}."


def _fairness_in_words(counted: Counted) -> Iterator[str]:
    fair = counted.fairness
    none = people(fair.voters_with_nothing, "voter", "voters")
    have = "has" if fair.voters_with_nothing == 1 else "have"
    yield f"{none} of {counted.election.ballots.voters:,} {have} nothing of what they chose."
    if fair.ejr_plus_up_to_one is not None:
        yield f"Groups that agree have their share (EJR+ up to one project): {fair.ejr_reason}"


def _share_of(counted: Counted, voter: str) -> tuple[Any, str]:
    group = int(counted.file.voter_group[counted.file.voter(voter)])
    share = shares_paid(counted.election, counted.settings, counted.outcome).of(group)
    return share, share_sentence(counted.election, share, counted.file.meta.currency)


def _voter(counted: Counted, voter: str) -> dict[str, Any]:
    share, said = _share_of(counted, voter)
    return {
        "id": voter,
        "had": _number(share.had),
        "left": _number(share.left),
        "paid": [
            {"id": counted.election.projects[one.project].id, "amount": _number(one.paid)}
            for one in share.payments
        ],
        "not_funded": _ids(counted.election, share.not_funded),
        "sentence": said,
    }
