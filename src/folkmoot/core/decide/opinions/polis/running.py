"""How does the map change while people vote?"""

from dataclasses import replace

import numpy as np

from folkmoot.core.decide.opinions.conversation import Conversation, Statement
from folkmoot.core.decide.opinions.polis import changing
from folkmoot.core.decide.opinions.polis.axes import Axes, axes_of
from folkmoot.core.decide.opinions.polis.columns import Columns, columns_of, tidy
from folkmoot.core.decide.opinions.polis.map import Map
from folkmoot.core.decide.opinions.polis.mapping import filled, paired
from folkmoot.core.decide.opinions.polis.pairs import MOST_STATEMENTS
from folkmoot.core.decide.opinions.polis.settings import Settings
from folkmoot.core.decide.opinions.votes import AGREE, DISAGREE, PASS


class Running:
    """A conversation that goes on: votes are cast, changed and withdrawn, statements are written and judged.

    What is kept are whole numbers (votes, and counts of pairs of statements), and the map is made of these
    when it is asked for. So after any votes in any order it is bit for bit the map from scratch.

    >>> from folkmoot.core.decide.opinions.votes import votes_of
    >>> running = Running(Conversation(votes_of([("ann", "1", 1)])))
    >>> running.cast("bob", "1", -1)
    >>> running.axes().centre.tolist()
    [0.0]
    """

    def __init__(self, conversation: Conversation, settings: Settings | None = None) -> None:
        self._conversation = conversation
        self._settings = settings or Settings()
        self._votes = tidy(conversation.votes, conversation.statements)
        self._pairs = paired(self._votes)
        self._axes: Axes | None = None
        self._map: Map | None = None
        self._columns: Columns | None = None

    @property
    def conversation(self) -> Conversation:
        """The conversation as it stands."""
        return replace(self._conversation, votes=self._votes)

    def cast(self, person: str, statement: str, vote: int) -> None:
        """A vote, agree 1, pass 0 or disagree -1, in the place of the same person's earlier one."""
        if vote not in (AGREE, PASS, DISAGREE):
            raise ValueError("a vote is 1, 0 or -1")
        column, written = changing.place_of(self._votes.statements, statement)
        if not written:
            self._widen(column, statement)
        row, there = changing.place_of(self._votes.people, person)
        if not there:
            self._votes = changing.with_person(self._votes, row, person)
        self._set(row, column, vote)

    def withdraw(self, person: str, statement: str) -> None:
        """The vote is gone; where there is none, nothing changes. Whoever has no vote left is on no map."""
        row, there = changing.place_of(self._votes.people, person)
        column, written = changing.place_of(self._votes.statements, statement)
        if not there or not written or changing.vote_at(self._votes, row, column)[1] is None:
            return
        self._set(row, column, None)
        if self._votes.starts[row] == self._votes.starts[row + 1]:
            self._votes = changing.without_person(self._votes, row)
        if statement not in self._conversation.statements and column not in self._votes.seen:
            self._narrow(column)

    def judge(self, statement: Statement) -> None:
        """What is known of a statement now: that it exists, its text, a moderator's word."""
        known = {**self._conversation.statements, statement.id: statement}
        self._conversation = replace(self._conversation, statements=known)
        self._axes = self._map = self._columns = None
        column, written = changing.place_of(self._votes.statements, statement.id)
        if not written:
            self._widen(column, statement.id)

    def axes(self) -> Axes:
        """Centre, components and everybody's place, after the last vote."""
        if self._axes is None:
            self._axes = axes_of(self._votes, self._marks(), self._pairs)
        return self._axes

    def map(self) -> Map:
        """All of it, the groups as well."""
        if self._map is None:
            self._map = filled(self._votes, self._marks(), self.axes(), self._settings)
        return self._map

    def _marks(self) -> Columns:
        if self._columns is None:
            self._columns = columns_of(self._conversation, self._votes.statements, self._settings)
        return self._columns

    def _set(self, row: int, column: int, vote: int | None) -> None:
        """The vote in this cell, and what it changes in the table of pairs."""
        before = changing.vote_at(self._votes, row, column)[1]
        if vote == before:
            return
        if self._pairs is not None:
            own = slice(self._votes.starts[row], self._votes.starts[row + 1])
            seen, value = self._votes.seen[own], self._votes.value[own].astype(np.int32)
            others = seen != column
            new = int(vote is not None) - int(before is not None)
            self._pairs.change(column, seen[others], value[others], (vote or 0) - (before or 0), new)
            self._pairs.alone(column, before, vote)
        self._votes = changing.with_vote(self._votes, row, column, vote)
        self._axes = self._map = None

    def _widen(self, column: int, statement: str) -> None:
        self._votes = changing.with_statement(self._votes, column, statement)
        if self._pairs is not None:
            self._pairs.widen(column)
        self._reshaped()

    def _narrow(self, column: int) -> None:
        self._votes = changing.without_statement(self._votes, column)
        if self._pairs is not None:
            self._pairs.drop(column)
        self._reshaped()

    def _reshaped(self) -> None:
        """The columns are others; past the limit the table of pairs is let go, and below it made again."""
        self._axes = self._map = self._columns = None
        if (self._pairs is not None) != (len(self._votes.statements) <= MOST_STATEMENTS):
            self._pairs = paired(self._votes)
