"""What does a `.pb` file say, as it stands and as an election to be counted?"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from folkmoot.core.decide.budgeting.election import Election, Indices
from folkmoot.core.decide.budgeting.pabulib.ballots import Cast, cast, texts
from folkmoot.core.decide.budgeting.pabulib.meta import Meta, meta_of
from folkmoot.core.decide.budgeting.pabulib.projects import Projects
from folkmoot.core.decide.budgeting.pabulib.sections import plain_text, split_sections
from folkmoot.core.decide.budgeting.pabulib.votes import Votes
from folkmoot.core.kernel.errors import NotFound


@dataclass(frozen=True)
class PbFile:
    """One file: its bytes as they came, its sections as they are written, and the election in it.

    The bytes are the file; all else is read from them when it is first asked for, and kept. So newlines,
    quotes, blanks and a mark of byte order are never lost, and two files are equal when their bytes are.
    """

    content: bytes = field(repr=False)
    meta: Meta = field(compare=False, repr=False)
    projects: Projects = field(compare=False, repr=False)
    votes: Votes = field(compare=False, repr=False)

    @cached_property
    def cast(self) -> Cast:
        """The ballots in groups. Raises Refused, naming line and column."""
        ids = [project.id for project in self.projects.listed]
        return cast(self.votes, ids, self.meta.vote_type)

    @cached_property
    def election(self) -> Election:
        """The election to be counted, exact in every figure. Raises Refused, naming line and field."""
        meta = self.meta
        return Election(self.projects.listed, meta.budget, self.cast.ballots, meta.vote_type)

    @cached_property
    def voter_ids(self) -> tuple[str, ...]:
        """The id of each voter, in the order of the file."""
        return self.votes.column("voter_id")

    @cached_property
    def voter_group(self) -> Indices:
        """For each voter, the group in the election's ballots, in the order of the file."""
        written = texts(self.votes, self.meta.vote_type)
        place = {text: at for at, text in enumerate(dict.fromkeys(written))}
        at = np.fromiter(map(place.__getitem__, written), np.int32, len(written))
        return self.cast.group_of_text[at]

    def voter(self, voter_id: str) -> int:
        """The place of a voter in `voter_ids` and `voter_group`; of an id used twice, the first.

        Raises NotFound.
        """
        try:
            return self.voter_ids.index(voter_id)
        except ValueError:
            next_step = "Look for it in the column voter_id."
            raise NotFound("No ballot has this voter's id.", "", next_step) from None


def read_pb(content: bytes) -> PbFile:
    r"""Read the bytes of a `.pb` file.

    Raises Refused where they are no such file: not UTF-8, sections or columns missing, a row that does not
    fit its columns, a META key that counts with two values. What the count needs (costs, budget, ballots) is
    read when it is asked for, by `election`, which raises Refused in the same way; what is merely odd is
    told by `check_pb`.

    Refused, because nobody but the city can say what is meant: a project on a ballot that PROJECTS does not
    list, two projects of one id, costs or points below nothing, "400,000" (thousands, or decimals?), points
    that do not match the vote or are given twice to one project, a row that breaks off before a column that
    counts. Counted, and told by `check_pb`: a project named twice without points (once), a voter id used
    twice (both ballots), an empty ballot (a voter), a row with nothing in it (no voter), a withdrawn project
    (at 999999999), one that costs nothing, a row that breaks off later. Blanks around ids, a comma too many
    and the case of titles, columns and keys mean nothing.

    Source of the format: https://pabulib.org/format and Faliszewski et al., "Participatory Budgeting: Data,
    Tools and Analysis", IJCAI 2023.

    >>> file = read_pb(
    ...     b"META\nkey;value\nbudget;900\nvote_type;approval\n"
    ...     b"PROJECTS\nproject_id;cost\nbench;400\npond;600\n"
    ...     b"VOTES\nvoter_id;vote\n1;pond\n2;pond,bench\n3;bench,pond\n"
    ... )
    >>> file.election.votes, len(file.election.ballots), file.voter_group.tolist()
    ((2, 3), 2, [0, 1, 1])
    """
    sections = split_sections(plain_text(content))
    votes = Votes(sections.vote_header, sections.text, sections.ballots_at, sections.ballots_line)
    projects = Projects(sections.project_header, sections.projects)
    return PbFile(content, meta_of(sections.meta), projects, votes)


def write_pb(file: PbFile) -> bytes:
    r"""The bytes of a file: of one that was read, exactly those that were read.

    >>> content = b"META\r\nbudget;9\r\nPROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote\r\n"
    >>> write_pb(read_pb(content)) == content
    True
    """
    return file.content
