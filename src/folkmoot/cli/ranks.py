"""What does the command line answer about a ranking or an election?"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from folkmoot.core.decide.ranking import Approvals, Ballots, Method, Pairs, Rankings, Result, Scores
from folkmoot.core.decide.ranking.committees import Committees
from folkmoot.core.decide.ranking.runoff import Round, RunOff
from folkmoot.core.decide.ranking.schulze import Schulze
from folkmoot.core.decide.ranking.scoring import GRADES, Gradients
from folkmoot.core.decide.ranking.strengths import Strengths
from folkmoot.core.decide.ranking.transfers import Count, Stage

MOST_SHOWN = 20  # equal committees told in words; JSON has them all


def answer(read: Ballots, result: Result) -> dict[str, Any]:
    """One object for every method: numbers whole where they are, exact fractions as text beside a decimal."""
    told: dict[str, Any] = {
        "method": result.settings.method.value,
        "settings": _settings(result),
        "voters": result.voters,
        "ballots": _groups(read),
        "seats": result.seats,
        "winners": _ids(result, result.winners),
        "order": [_ids(result, tier) for tier in result.order],
        "elected": _ids(result, result.elected),
        "tied": _ids(result, result.tied),
        "seats_tied": result.open,
        "candidates": [_candidate(result, one) for one in range(len(result.candidates))],
        "notes": list(result.notes),
    }
    return told | _detail(result)


def told(read: Ballots, result: Result) -> Iterator[str]:
    """The same in words."""
    seats = "1 seat" if result.seats == 1 else f"{result.seats} seats"
    kind = "answers" if isinstance(read, Pairs) else "ballots"
    yield (
        f"{len(result.candidates)} candidates, {result.voters:,} {kind}, {seats}; counted by "
        f"{result.settings.method.value}, ties: {result.settings.ties.order}."
    )
    yield from _order_in_words(result)
    yield from _seats_in_words(result)
    yield from _detail_in_words(result)
    yield from result.notes


def _settings(result: Result) -> dict[str, Any]:
    chosen = result.settings
    told: dict[str, Any] = {"ties": chosen.ties.order}
    if chosen.method is Method.STV:
        told["transfer"] = chosen.transfer.value
    if chosen.method is Method.MES:
        told["completion"] = chosen.completion.value
    if chosen.method is Method.BRADLEY_TERRY:
        told["prior"] = chosen.prior
    return told


def _groups(read: Ballots) -> int:
    """How many different ballots there are."""
    if isinstance(read, Rankings | Approvals | Scores):
        return len(read.ballots)
    return read.voters


def _ids(result: Result, places: Iterable[int]) -> list[str]:
    return [result.candidates[one].id for one in places]


def _named(result: Result, places: Iterable[int]) -> str:
    return ", ".join(_name(result, one) for one in places)


def _name(result: Result, one: int) -> str:
    candidate = result.candidates[one]
    return candidate.name or candidate.id


def _exact(number: Fraction) -> int | str:
    return int(number) if number.denominator == 1 else str(number)


def _decimal(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else round(float(number), 6)


def _candidate(result: Result, one: int) -> dict[str, Any]:
    candidate = result.candidates[one]
    told: dict[str, Any] = {"id": candidate.id, "name": candidate.name}
    before = 0
    for tier in result.order:
        if one in tier:
            told |= {
                "place": before + 1,
                "tied_with": _ids(result, (other for other in tier if other != one)),
            }
        before += len(tier)
    if result.scores is not None:
        told["score"] = _decimal(result.scores[one])
    told["elected"] = one in result.elected
    return told | _more(result, one)


def _more(result: Result, one: int) -> dict[str, Any]:
    match result.detail:
        case Strengths(strengths=strengths) if strengths:
            own = strengths[one]
            return {
                "estimate": round(own.estimate, 9),
                "low": round(own.low, 9),
                "high": round(own.high, 9),
                "best_place": own.best,
                "worst_place": own.worst,
                "wins": own.wins,
                "answers": own.answers,
            }
        case Gradients() as found:
            return {
                "grades": dict(zip(GRADES, found.counts[one], strict=True)),
                "median": found.medians[one],
                "vetoes": found.vetoes(one),
                "divided": found.divided(one),
            }
        case RunOff() as found:
            return {"best_place": found.places[one][0], "worst_place": found.places[one][1]}
    return {}


def _detail(result: Result) -> dict[str, Any]:
    match result.detail:
        case Schulze() as found:
            return {
                "condorcet_winner": None if found.condorcet is None else _ids(result, [found.condorcet])[0],
                "prefers": found.prefers.tolist(),
                "beat_paths": found.strengths.tolist(),
            }
        case RunOff() as found:
            return {
                "rounds": [
                    {
                        "votes": {result.candidates[who].id: votes for who, votes in one.votes},
                        "last": _ids(result, one.last),
                        "out": _ids(result, one.out),
                        "exhausted": one.exhausted,
                    }
                    for one in found.rounds
                ]
            }
        case Count() as found:
            return {
                "quota": found.quota,
                "valid": found.valid,
                "stages": [_stage(result, one) for one in found.stages],
                "outcomes": [
                    {"elected": _ids(result, sorted(one.elected)), "equal": _ids(result, sorted(one.equal))}
                    for one in found.outcomes
                ],
            }
        case Committees() as found:
            return {"committees": [_ids(result, one) for one in found.all]}
        case Strengths() as found:
            return {
                "estimable": bool(found.strengths),
                "bands": [_ids(result, one) for one in found.bands],
                "groups": [_ids(result, one) for one in found.groups],
            }
    return {}


def _stage(result: Result, stage: Stage) -> dict[str, Any]:
    return {
        "votes": {result.candidates[who].id: _exact(votes) for who, votes in stage.votes},
        "decimal": {result.candidates[who].id: _decimal(votes) for who, votes in stage.votes},
        "exhausted": _exact(stage.exhausted),
        "elected": _ids(result, stage.elected),
        "surplus_of": None if stage.surplus_of is None else result.candidates[stage.surplus_of].id,
        "excluded": _ids(result, stage.excluded),
        "tied": _ids(result, stage.tied),
    }


def _order_in_words(result: Result) -> Iterator[str]:
    place = 1
    for tier in result.order:
        points = "" if result.scores is None else f": {_said(result.scores[tier[0]])}"
        equal = "=" if len(tier) > 1 else ""
        yield f"{place}{equal}. {_named(result, tier)}{points}"
        place += len(tier)


def _said(number: Fraction) -> str:
    return f"{int(number):,}" if number.denominator == 1 else f"{float(number):,.2f}"


def _seats_in_words(result: Result) -> Iterator[str]:
    if result.elected:
        yield f"Chosen: {_named(result, result.elected)}."
    if result.tied and isinstance(result.detail, Strengths):
        yield f"Not clearly apart for what is left ({result.open}): {_named(result, result.tied)}."
    elif result.tied:
        left = "1 seat" if result.open == 1 else f"{result.open} seats"
        yield f"Tied for {left}: {_named(result, result.tied)}."


def _detail_in_words(result: Result) -> Iterator[str]:
    match result.detail:
        case Schulze() as found:
            if found.condorcet is not None:
                yield f"{_name(result, found.condorcet)} beats everybody else one to one."
            else:
                yield "Nobody beats everybody else one to one."
        case RunOff() as found:
            for number, one in enumerate(found.rounds, 1):
                votes = ", ".join(f"{_name(result, who)} {votes:,}" for who, votes in one.votes)
                yield f"Round {number}: {votes}. " + _went(result, one)
        case Count() as found:
            yield f"The quota is {found.quota:,} of {found.valid:,} valid ballots."
            for number, stage in enumerate(found.stages, 1):
                yield f"Stage {number}: {_stage_in_words(result, stage)}"
        case Committees() as found if len(found.all) > 1:
            yield f"{len(found.all):,} committees are equal:"
            yield from (f"- {_named(result, one)}" for one in found.all[:MOST_SHOWN])
        case Gradients() as found:
            for who in (who for tier in result.order for who in tier):
                yield f"- {_name(result, who)}: {_grades_in_words(found, who)}"
        case Strengths() as found:
            yield from _strengths_in_words(result, found)


def _went(result: Result, now: Round) -> str:
    if len(now.votes) == 1:
        return f"Left: {_named(result, now.last)}."
    if not now.out:
        return f"{_named(result, now.last)} are equal for the last place; each was tried."
    return f"Out: {_named(result, now.out)}."


def _stage_in_words(result: Result, stage: Stage) -> str:
    said = ", ".join(f"{_name(result, who)} {_said(votes)}" for who, votes in stage.votes)
    said += f"; exhausted {_said(stage.exhausted)}." if stage.exhausted else "."
    if stage.elected:
        said += f" Elected: {_named(result, stage.elected)}."
    if stage.surplus_of is not None:
        said += f" The surplus of {_name(result, stage.surplus_of)} is passed on."
    if stage.excluded:
        said += f" Excluded: {_named(result, stage.excluded)}."
    if stage.tied:
        said += f" Equal: {_named(result, stage.tied)}."
    return said


def _grades_in_words(found: Gradients, one: int) -> str:
    given = ", ".join(
        f"{count} {grade}" for grade, count in zip(GRADES, found.counts[one], strict=True) if count
    )
    median = found.medians[one]
    middle = "nobody gave a grade" if median is None else f"{given}; the middle is {GRADES[median - 1]}"
    return middle + ("; divided" if found.divided(one) else "") + "."


def _strengths_in_words(result: Result, found: Strengths) -> Iterator[str]:
    order = sorted(range(len(found.strengths)), key=lambda one: -found.strengths[one].estimate)
    for one in order:
        own = found.strengths[one]
        where = f"place {own.best}" if own.best == own.worst else f"places {own.best} to {own.worst}"
        yield (
            f"- {_name(result, one)}: {own.estimate:+.2f} ({own.low:+.2f} to {own.high:+.2f}), {where}; "
            f"won {own.wins:,} of {own.answers:,}"
        )
    for band in found.bands:
        if len(band) > 1:
            yield f"Not clearly apart: {_named(result, band)}."
