"""What is odd in a `.pb` file that can be counted all the same?"""

from collections.abc import Callable, Iterator

from folkmoot.core.decide.budgeting.pabulib.ballot_checks import BALLOT_CHECKS
from folkmoot.core.decide.budgeting.pabulib.file import PbFile
from folkmoot.core.decide.budgeting.pabulib.meta_checks import META_CHECKS
from folkmoot.core.decide.budgeting.pabulib.places import PlacedRefusal, Remark, some
from folkmoot.core.decide.budgeting.pabulib.project_checks import PROJECT_CHECKS

Expected = Callable[[PbFile], frozenset[str] | None]


def check_pb(file: PbFile, expected: Expected | None = None) -> tuple[Remark, ...]:
    r"""All that is odd, each in a sentence with its line and field, in the order of the lines.

    `expected` says which project ids the file's own rule funds, or nothing where it cannot tell; its answer
    is compared with the official winners. What keeps the file from being counted is a remark like any other,
    and then only META is looked at besides: nothing is raised.

    >>> from folkmoot.core.decide.budgeting.pabulib.file import read_pb
    >>> file = read_pb(
    ...     b"META\nkey;value\nbudget;900\nvote_type;approval\nnum_votes;3\n"
    ...     b"PROJECTS\nproject_id;cost;votes\npond;600;1\nVOTES\nvoter_id;vote\n1;pond\n2;pond\n"
    ... )
    >>> for remark in check_pb(file)[-2:]:
    ...     print(remark)
    Line 5, num_votes: The file says 3 votes and has 2.
    Line 8, votes: Project “pond” has 2 votes on ballots, and 1 in this column.
    """
    remarks: list[Remark] = []
    checks: tuple[Callable[[PbFile], Iterator[Remark]], ...] = META_CHECKS
    try:
        assert file.election
        checks += (*PROJECT_CHECKS, *BALLOT_CHECKS, lambda told: _against(told, expected))
    except PlacedRefusal as wrong:
        remarks.append(Remark(wrong.line, wrong.field, wrong.told))
    for check in checks:
        remarks += _remarks(check, file)
    return tuple(sorted(dict.fromkeys(remarks), key=lambda remark: remark.line))


def _remarks(check: Callable[[PbFile], Iterator[Remark]], file: PbFile) -> list[Remark]:
    found: list[Remark] = []
    try:
        for remark in check(file):
            found.append(remark)  # noqa: PERF402 - what was found before a refusal stays
    except PlacedRefusal as wrong:
        found.append(Remark(wrong.line, wrong.field, wrong.told))
    return found


def _against(file: PbFile, expected: Expected | None) -> Iterator[Remark]:
    """The official winners against those of the official rule; projects with a special code are left out."""
    official = file.projects.winners
    if official is None or expected is None or (told := expected(file)) is None:
        return
    line, special = file.projects.header.line, file.projects.special.keys()
    if missing := sorted(told - official - special):
        yield Remark(line, "selected", f"By the rule {file.meta.rule}, also funded would be {some(missing)}.")
    if beyond := sorted(official - told):
        yield Remark(line, "selected", f"By the rule {file.meta.rule}, not funded would be {some(beyond)}.")
