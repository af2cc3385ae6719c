"""Small conversations made by code, and what is on a map, put so that two maps can be compared."""

import numpy as np
from hypothesis import strategies as st

from folkmoot.core.decide.opinions import Conversation, Statement, votes_of


def camps(sizes, statements=12, noise=0.15, missing=0.3, seed=3):
    """People of some camps, each with its own view of each statement, who err and leave out."""
    drawn = np.random.default_rng(seed)
    views = drawn.choice([-1, 1], size=(len(sizes), statements))
    cast = []
    for camp, size in enumerate(sizes):
        for number in range(size):
            for statement in range(statements):
                if drawn.random() > missing:
                    vote = (
                        int(drawn.integers(-1, 2)) if drawn.random() < noise else int(views[camp, statement])
                    )
                    cast.append((f"{camp}-{number}", str(statement), vote))
    return cast


@st.composite
def talks(draw, people=9, statements=6):
    """A list of cast votes, the later ones changing earlier ones, and some moderated statements."""
    vote = st.tuples(
        st.integers(0, people - 1).map(str), st.integers(0, statements - 1).map(str), st.integers(-1, 1)
    )
    cast = draw(st.lists(vote, max_size=60))
    known = draw(st.dictionaries(st.integers(0, statements).map(str), st.integers(-1, 1), max_size=3))
    told = {id_: Statement(id_, moderated=judged, meta=draw(st.booleans())) for id_, judged in known.items()}
    return cast, told


def talk(cast, told=None, **settings):
    return Conversation(votes_of(cast), told or {}, **settings)


def figures(map_):
    """Everything on a map, as bytes and plain values: equal means bit for bit."""
    axes, counts = map_.axes, (map_.group_votes, map_.everybody_votes)
    arrays = (
        axes.centre,
        axes.components,
        axes.variances,
        axes.projections,
        axes.places,
        axes.extremity,
        axes.order,
        map_.inside,
        map_.clusters.of,
        map_.clusters.centres,
        map_.group_aware,
        map_.priorities,
        *(table for one in counts for table in (one.agree, one.disagree, one.seen)),
    )
    return (
        [np.ascontiguousarray(one).tobytes() for one in arrays],
        map_.votes.people,
        map_.votes.statements,
        map_.group_of(),
        [group.centre for group in map_.groups],
        map_.representative,
        map_.agreed,
        map_.disagreed,
        map_.silhouettes,
    )
