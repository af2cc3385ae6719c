"""Which votes does a table hold that has a person in each row and a statement in each column?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.core.decide.opinions.files.cells import id_fault, plain, vote_of, whole
from folkmoot.core.decide.opinions.files.long import BLANK, NO_VOTE, PERSONS, STEPS
from folkmoot.core.decide.opinions.files.refusing import short, wrong
from folkmoot.core.decide.opinions.files.sheet import Column, Sheet
from folkmoot.core.decide.opinions.files.told import Ballots, Kind
from folkmoot.core.decide.opinions.history import TAKEN_BACK, casts_from
from folkmoot.core.decide.opinions.votes import Bytes, Marks, Places, placed, settled

LEADS = frozenset(
    ("participant", "xid", "group-id", "group", "n-comments", "n-votes", "n-agree", "n-disagree", "n-pass")
)
GROUPS = ("group-id", "group")


@dataclass(frozen=True)
class _Layout:
    """Where the person, their group, their sums, and the statements stand."""

    person: int
    group: int | None
    sums: tuple[int, int] | None
    statements: tuple[int, ...]

    @property
    def leads(self) -> tuple[int, ...]:
        """The columns before the statements that are read."""
        return tuple(one for one in (self.person, self.group, *(self.sums or ())) if one is not None)


class _Cells:
    """What the words of cells mean; each word is looked at once."""

    def __init__(self, agree_is: int) -> None:
        self.agree_is = agree_is
        self.known: dict[str, int] = {}

    def of(self, column: Column) -> Bytes:
        words, codes = column
        return np.array([*map(self._value, words), BLANK], dtype=np.int8)[codes]

    def _value(self, word: str) -> int:
        if word not in self.known:
            bare = plain(word.strip())
            vote = vote_of(bare, self.agree_is) if bare else BLANK
            self.known[word] = NO_VOTE if vote is None or vote == TAKEN_BACK else vote
        return self.known[word]

    @property
    def sign(self) -> int:
        """The sign of agreement in the file; 0 where it has words only."""
        return self.agree_is if any(map(whole, self.known)) else 0


def read_wide(sheet: Sheet, agree_is: int) -> Ballots:
    """Its votes; an empty cell is a statement that was not seen.

    Raises Refused, with line and column, for what cannot be read.
    """
    layout = _layout(sheet)
    asked = [plain(sheet.header[place]) for place in layout.statements]
    cells = _Cells(agree_is)
    ids: list[str] = []
    groups: list[str] = []
    sums: list[tuple[str, str]] = []
    found: list[tuple[Places, Places, Bytes]] = []
    start = 0
    for block in sheet.blocks([*layout.leads, *layout.statements]):
        lead, rest = block[: len(layout.leads)], block[len(layout.leads) :]
        table = np.stack([cells.of(column) for column in rest], axis=1)
        people = [plain(word.strip()) for word in _words(lead[0])]
        kept = np.array([bool(one) for one in people], dtype=bool) | (table != BLANK).any(axis=1)
        _check(sheet, layout, people, table, kept, start)
        row, column = np.nonzero(table != BLANK)
        before = np.cumsum(~kept)[row]  # rows above it that are blank
        person = (row - before + len(ids)).astype(np.int32)
        found.append((person, column.astype(np.int32), table[row, column]))
        start += len(people)
        ids += [one for one, is_kept in zip(people, kept, strict=True) if is_kept]
        for told, at in ((groups, 1),) if layout.group is not None else ():
            told += [word for word, is_kept in zip(_words(lead[at]), kept, strict=True) if is_kept]
        if layout.sums:
            pairs = zip(_words(lead[-2]), _words(lead[-1]), kept, strict=True)
            sums += [(agree, disagree) for agree, disagree, is_kept in pairs if is_kept]
    _check_twice(sheet, layout, ids)
    names, order = placed(ids)
    statements, statement = placed(asked)
    rows, columns, values = (np.concatenate(part) for part in zip(*found, strict=True)) if found else _NONE
    votes = settled(names, statements, order[rows], statement[columns], values)
    return Ballots(
        casts_from(votes),
        Kind.POLIS_WIDE if layout.sums else Kind.WIDE,
        cells.sign,
        {one: _group(group) for one, group in zip(ids, groups, strict=False) if group.strip()},
        _counted(ids, sums),
    )


_NONE = (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int8))


def _layout(sheet: Sheet) -> _Layout:
    known = [one.casefold().replace("_", "-") for one in sheet.header]
    person = sheet.column(*PERSONS)
    if person is None and known[0] in ("", "unnamed:-0"):
        person = 0
    if person is None:
        raise wrong(
            sheet.name,
            f"None of its columns names people: {short(', '.join(sheet.header), 120)}.",
            "Call the column of people “person”.",
            line=sheet.before,
        )
    sums = (sheet.column("n-agree"), sheet.column("n-disagree"))
    polis = sums[0] is not None and sums[1] is not None
    last = known.index("n-disagree") if polis else -1  # of an export, all after it are statements
    statements = [
        place
        for place, heading in enumerate(known)
        if place > last and place != person and (polis or heading not in LEADS)
    ]
    group = sheet.column(*GROUPS)
    named = _named(sheet, statements)
    inside = group is not None and (not polis or group < last)
    return _Layout(
        person,
        group if inside else None,
        (sums[0], sums[1]) if sums[0] is not None and sums[1] is not None else None,
        tuple(named),
    )


def _named(sheet: Sheet, places: Sequence[int]) -> list[int]:
    """The columns of statements. One without a heading may stand only where nothing stands below it."""
    seen: dict[str, int] = {}
    bare = [place for place in places if not sheet.header[place]]
    for block in sheet.blocks(bare) if bare else ():
        for place, (words, _) in zip(bare, block, strict=True):
            if any(word.strip() for word in words):
                raise wrong(sheet.name, f"Column {place + 1:,} has no heading.", line=sheet.before)
    for place in places:
        id_ = plain(sheet.header[place])
        if not id_:
            continue
        if id_ in seen:
            raise wrong(
                sheet.name, "It comes twice.", "Leave one out.", line=sheet.before, column=sheet.header[place]
            )
        if id_fault(id_):
            raise wrong(sheet.name, id_fault(id_), line=sheet.before, column=sheet.header[place])
        seen[id_] = place
    if not seen:
        raise wrong(sheet.name, "It has no column with votes.", "Choose another file.", line=sheet.before)
    return list(seen.values())


def _words(column: Column) -> list[str]:
    words, codes = column
    return [words[code] for code in codes.tolist()]


def _check(sheet: Sheet, layout: _Layout, people: list[str], table: Bytes, kept: Marks, start: int) -> None:
    """Raises Refused for the first person without an id and the first cell that is no vote."""
    for row in np.flatnonzero(kept).tolist():
        if fault := id_fault(people[row]):
            heading = sheet.header[layout.person]
            raise wrong(sheet.name, fault, line=sheet.line_of(start + row), column=heading)
    rows, columns = np.nonzero(table == NO_VOTE)
    if len(rows):
        place = layout.statements[columns[0]]
        line, cells = next(told for number, told in enumerate(sheet.rows()) if number == start + int(rows[0]))
        raise wrong(
            sheet.name,
            f"“{short(cells[place])}” is no vote.",
            f"{STEPS['vote']} Leave the cell empty where somebody has not seen the statement, "
            "and leave out columns that are no statements.",
            line=line,
            column=sheet.header[place],
        )


def _check_twice(sheet: Sheet, layout: _Layout, ids: list[str]) -> None:
    if len(set(ids)) == len(ids):
        return
    seen: set[str] = set()
    for line, cells in sheet.rows():
        id_ = plain(cells[layout.person].strip())
        if id_ and id_ in seen:
            heading = sheet.header[layout.person]
            raise wrong(
                sheet.name, f"“{short(id_)}” has a row already.", "Leave one out.", line=line, column=heading
            )
        seen.add(id_)


def _group(text: str) -> str:
    """The name of a group; a program that left gaps may have written 1 as 1.0."""
    number = whole(text)
    return plain(text.strip()) if number is None else str(number)


def _counted(ids: list[str], sums: list[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    told: dict[str, tuple[int, int]] = {}
    for one, (agree, disagree) in zip(ids, sums, strict=False):
        pair = (whole(agree), whole(disagree))
        if pair[0] is not None and pair[1] is not None:
            told[one] = (pair[0], pair[1])
    return told
