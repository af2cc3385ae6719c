"""How is a conversation written as others know it: the files of a Polis export, and votes as JSON?"""

import csv
import io
import json
from collections.abc import Iterable, Sequence

import numpy as np

from folkmoot.core.decide.opinions.conversation import Conversation
from folkmoot.core.decide.opinions.files.cells import safe, written_time
from folkmoot.core.decide.opinions.history import TAKEN_BACK, Casts, casts_from
from folkmoot.core.decide.opinions.votes import AGREE, DISAGREE, PASS, Counts, ascending

LEAD = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
COMMENTS = (
    *("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated"),
    *("comment-body", "is-meta", "is-seed", "came-of"),
)


def write_polis(conversation: Conversation, casts: Casts | None = None) -> dict[str, bytes]:
    """The files of a Polis export by name, in UTF-8: agree is 1, and totals are those of votes.csv.

    A vote that was taken back is not in them, nor what that person said to the statement before, as Polis
    knows no taking back. comments.csv has three columns more than Polis writes: is-meta, is-seed, came-of.
    Cells that a spreadsheet would run begin with an apostrophe, which `read_conversation` takes off again.
    """
    log = _standing(casts if casts is not None else casts_from(conversation.votes))
    return {
        "participants-votes.csv": _wide(conversation),
        "votes.csv": _long(log),
        "comments.csv": _comments(conversation, log),
        "summary.csv": _summary(conversation),
    }


def write_votes_json(conversation: Conversation, casts: Casts | None = None) -> bytes:
    """What counts of each person on each statement, as Polis's database has it: agree is -1.

    With casts and their times `modified` is in it, in milliseconds since 1970. Ids that are whole numbers
    stand as numbers.
    """
    log = _standing(casts if casts is not None else casts_from(conversation.votes))
    last = {(person, statement): (value, at) for person, statement, value, at in log.rows()}
    records = []
    for (person, statement), (value, at) in last.items():
        record: dict[str, object] = {
            "pid": _number(person),
            "tid": _number(statement),
            "vote": -value,
        }
        records.append(record if at is None else {**record, "modified": at})
    return (json.dumps(records, ensure_ascii=False) + "\n").encode()


def _number(id_: str) -> int | str:
    whole = id_.isascii() and id_.isdigit() and len(id_) < 16
    return int(id_) if whole and str(int(id_)) == id_ else id_


def _standing(casts: Casts) -> Casts:
    """The log without what was taken back, and without what came before it in its cell."""
    cells = casts.person.astype(np.int64) * max(len(casts.statements), 1) + casts.statement
    order = np.argsort(cells, kind="stable")
    ordered, back = cells[order], casts.value[order] == TAKEN_BACK
    # In each cell, what comes after the last taking back: nothing to come in it is one.
    later = np.cumsum(back[::-1])[::-1]
    ends = (
        np.append(np.searchsorted(ordered, np.unique(ordered))[1:], len(ordered)) if len(ordered) else order
    )
    sizes = np.diff(np.concatenate([[0], ends]))
    after = np.append(later, 0)[np.repeat(ends, sizes)]
    kept = np.zeros(len(casts), bool)
    kept[order[later == after]] = True
    at = None if casts.at is None else casts.at[kept]
    return Casts(
        casts.people, casts.statements, casts.person[kept], casts.statement[kept], casts.value[kept], at
    )


def _wide(conversation: Conversation) -> bytes:
    votes = conversation.votes
    sums = {
        vote: np.bincount(votes.person[votes.value == vote], minlength=len(votes.people)).tolist()
        for vote in (AGREE, DISAGREE)
    }
    written: dict[str, int] = {}
    for one in conversation.statements.values():
        written[one.author] = written.get(one.author, 0) + 1
    rows: list[Sequence[object]] = [(*LEAD, *map(safe, votes.statements))]
    values, starts = votes.value.tolist(), votes.starts.tolist()
    for place, person in enumerate(votes.people):
        cells: list[object] = [""] * len(votes.statements)
        for cell in range(starts[place], starts[place + 1]):
            cells[votes.seen[cell]] = values[cell]
        lead = (safe(person), safe(conversation.group_of.get(person, "")), written.get(person, 0))
        counts = (starts[place + 1] - starts[place], sums[AGREE][place], sums[DISAGREE][place])
        rows.append((*lead, *counts, *cells))
    return _csv(rows)


def _long(log: Casts) -> bytes:
    rows: list[Sequence[object]] = [("timestamp", "datetime", "comment-id", "voter-id", "vote")]
    for person, statement, value, at in log.rows():
        moment = ("", "") if at is None else (at, written_time(at))
        rows.append((*moment, safe(statement), safe(person), value))
    return _csv(rows)


def _comments(conversation: Conversation, log: Casts) -> bytes:
    counts: dict[int, Counts] = {
        vote: np.bincount(log.statement[log.value == vote], minlength=len(log.statements))
        for vote in (AGREE, DISAGREE, PASS)
    }
    place = {one: number for number, one in enumerate(log.statements)}
    rows: list[Sequence[object]] = [COMMENTS]
    for id_ in sorted({*conversation.statements, *log.statements}, key=ascending):
        one = conversation.statement(id_)
        moment = ("", "") if one.at is None else (one.at, written_time(one.at))
        said = [int(counts[vote][place[id_]]) if id_ in place else 0 for vote in (AGREE, DISAGREE)]
        marks = (str(one.meta).lower(), str(one.seed).lower(), safe("\n".join(one.came_of)))
        rows.append((*moment, safe(id_), safe(one.author), *said, one.moderated, safe(one.text), *marks))
    return _csv(rows)


def _summary(conversation: Conversation) -> bytes:
    votes, statements = conversation.votes, conversation.statements
    voters = int(np.count_nonzero(votes.by_person))
    authors = len({one.author for one in statements.values() if one.author})
    return _csv(
        [
            ("topic", safe(conversation.topic)),
            ("voters", voters),
            ("commenters", authors),
            ("comments", len({*statements, *votes.statements})),
            ("groups", len(set(conversation.group_of.values()))),
            ("strict-moderation", str(conversation.strict).lower()),
        ]
    )


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
