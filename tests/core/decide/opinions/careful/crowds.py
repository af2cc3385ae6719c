"""Which small conversations, made by a known rule, are read in these tests?"""

import numpy as np

from folkmoot.core.decide.opinions.careful.fitting import Cells, cells_of
from folkmoot.core.decide.opinions.votes import Votes, settled


def votes_of_table(table: np.ndarray, seen: np.ndarray | None = None) -> Votes:
    """People by statements, -1, 0 or 1; all of it, or where `seen`."""
    person, statement = np.nonzero(np.ones(table.shape, bool) if seen is None else seen)
    people = tuple(f"p{number:03}" for number in range(len(table)))
    statements = tuple(str(number) for number in range(table.shape[1]))
    value = table[person, statement].astype(np.int8)
    return settled(people, statements, person.astype(np.int32), statement.astype(np.int32), value)


def voting(taste: np.ndarray, drawn: np.random.Generator, share: float = 0.6) -> Votes:
    """People with these tastes, who saw a share of the statements and vote with a noise of 1."""
    level = taste + 0.4 + 0.6 * drawn.standard_normal(taste.shape[1]) + drawn.standard_normal(taste.shape)
    table = np.where(level > 0.25, 1, np.where(level < -0.25, -1, 0))
    return votes_of_table(table, drawn.random(taste.shape) < share)


def planted(sizes: tuple[int, ...], statements: int, seed: int, strength: float = 1.2) -> Votes:
    """Groups of these sizes, one after the other."""
    drawn = np.random.default_rng(seed)
    group = np.repeat(np.arange(len(sizes)), sizes)
    return voting(strength * drawn.standard_normal((len(sizes), statements))[group], drawn)


def spectrum(people: int, statements: int, seed: int) -> Votes:
    """People spread evenly from one end to the other."""
    drawn = np.random.default_rng(seed)
    place = drawn.uniform(-np.sqrt(3), np.sqrt(3), (people, 1))
    return voting(place @ drawn.standard_normal((1, statements)), drawn)


def shuffled(votes: Votes, seed: int) -> Votes:
    """Each statement's votes dealt out among those who voted on it."""
    value, drawn = votes.value.copy(), np.random.default_rng(seed)
    for statement in range(len(votes.statements)):
        cells = np.flatnonzero(votes.seen == statement)
        value[cells] = drawn.permutation(value[cells])
    return Votes(votes.people, votes.statements, votes.starts, votes.seen, value)


def renamed(votes: Votes, seed: int) -> tuple[Votes, np.ndarray, np.ndarray]:
    """The same votes with people and statements under other names and so in another order: person k of the
    new ones is person people[k] of the old ones; so for statements."""
    drawn = np.random.default_rng(seed)
    people, statements = (drawn.permutation(len(one)) for one in (votes.people, votes.statements))
    to_person, to_statement = np.argsort(people), np.argsort(statements)
    order = drawn.permutation(len(votes))
    other = settled(
        tuple(f"q{number:03}" for number in range(len(people))),
        tuple(str(number + 7) for number in range(len(statements))),
        to_person[votes.person][order].astype(np.int32),
        to_statement[votes.seen][order].astype(np.int32),
        votes.value[order],
    )
    return other, people, statements


def cells(votes: Votes) -> Cells:
    """As they are fitted, in the order of the file."""
    return cells_of(votes.starts, votes.seen, votes.value.astype(np.float64), len(votes.statements))
