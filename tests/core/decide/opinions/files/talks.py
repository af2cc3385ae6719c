"""Which small conversations, made by chance from a seed, are the readers and writers tried on?"""

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import strategies as st

from folkmoot.core.decide.opinions import AGREE, DISAGREE, PASS, Conversation, Statement, Votes
from folkmoot.core.decide.opinions.files import Read, read_conversation, write_polis
from folkmoot.core.decide.opinions.history import TAKEN_BACK, Casts, casts_of

START = 1_700_000_000_000
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
IDS = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def same(one: Votes, other: Votes) -> bool:
    """Whether two tables of votes are equal, cell by cell."""
    return (
        one.people == other.people
        and one.statements == other.statements
        and np.array_equal(one.starts, other.starts)
        and np.array_equal(one.seen, other.seen)
        and np.array_equal(one.value, other.value)
    )


def same_casts(one: Casts, other: Casts) -> bool:
    """Whether two logs are equal, cast by cast."""
    return (
        one.people == other.people and one.statements == other.statements and [*one.rows()] == [*other.rows()]
    )


def talk(seed: int = 1, people: int = 9, statements: int = 7) -> Read:
    """A conversation with changed minds, as its own export tells it."""
    random = Random(seed)
    rows = [
        (
            str(person),
            str(statement),
            random.choice((AGREE, AGREE, PASS, DISAGREE)),
            START + random.randrange(10**6),
        )
        for person in range(people)
        for statement in range(statements)
        for _ in range(random.choice((0, 1, 1, 1, 2)))
    ]
    casts = casts_of(rows)
    known = {
        str(one): Statement(str(one), f"=Text {one}, “said”", str(one % people), random.choice((-1, 0, 1)))
        for one in range(statements)
    }
    groups = {one: str(int(one) % 2) for one in casts.people}
    conversation = Conversation(casts.votes, known, "A green town", True, 1, groups)
    files = write_polis(conversation, casts)
    return read_conversation("votes.csv", files["votes.csv"], files)


@st.composite
def talks(draw: st.DrawFn) -> tuple[Conversation, Casts]:
    """Any conversation that can be written, with its log."""
    people = draw(st.lists(IDS, min_size=1, max_size=5, unique=True))
    asked = draw(st.lists(IDS, min_size=1, max_size=5, unique=True))
    votes = st.sampled_from((AGREE, PASS, DISAGREE, TAKEN_BACK))
    times = st.integers(START, START + 5)
    row = st.tuples(st.sampled_from(people), st.sampled_from(asked), votes, times)
    casts = casts_of(draw(st.lists(row, min_size=1, max_size=20)))
    known = {
        one: Statement(
            one,
            draw(TEXTS),
            draw(st.sampled_from(["", *people])),
            draw(st.sampled_from((-1, 0, 1))),
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.none() | times),
            tuple(asked[:place][-1:]) if draw(st.booleans()) else (),
        )
        for place, one in enumerate(asked)
    }
    groups = {one: draw(st.sampled_from(("0", "1", "=2"))) for one in casts.people if draw(st.booleans())}
    topic = draw(TEXTS.map(str.strip))
    return Conversation(casts.votes, known, topic, draw(st.booleans()), 1, groups), casts


def about(conversation: Conversation) -> Conversation:
    """What is known apart from the votes, to be compared."""
    return replace(conversation, votes=None, agree_is=1)
