"""What do the files beside the votes tell of statements, groups and settings?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from folkmoot.core.decide.opinions.conversation import IN, OUT, UNJUDGED, Statement
from folkmoot.core.decide.opinions.files.cells import SECONDS_END, id_fault, moment_of, plain, whole, written
from folkmoot.core.decide.opinions.files.membership import grouped_totals, membership, meta_of
from folkmoot.core.decide.opinions.files.refusing import short, wrong
from folkmoot.core.decide.opinions.files.sheet import Sheet, sheet_of
from folkmoot.core.decide.opinions.files.texts import decoded, parsed
from folkmoot.core.decide.opinions.files.told import Counted
from folkmoot.core.decide.opinions.files.votes_json import id_in, id_text, time_in
from folkmoot.core.decide.opinions.files.wide import read_wide

STATEMENT_IDS = ("comment-id", "statement-id", "tid", "id")
TEXTS = ("comment-body", "text", "txt", "body", "statement", "comment")
AUTHORS = ("author-id", "author", "participant-id", "pid")
JUDGED = ("moderated", "mod")
TRUE = frozenset(("true", "t", "1", "yes"))
FALSE = frozenset(("false", "f", "0", "no", ""))
AGREES = ("agrees", "agree-count", "agree_count", "n-agree")
DISAGREES = ("disagrees", "disagree-count", "disagree_count", "n-disagree")


@dataclass
class Beside:
    """What is known apart from the votes. counted: how often agree and disagree were said to each statement;
    grouped: the same by those whom Polis's mathematics has in a group, who are in_group; counted_people: by
    each person. strict is None where nothing tells."""

    statements: dict[str, Statement] = field(default_factory=dict)
    counted: dict[str, tuple[int, int]] = field(default_factory=dict)
    grouped: dict[str, tuple[int, int]] = field(default_factory=dict)
    counted_people: Counted = field(default_factory=dict)
    group_of: dict[str, str] = field(default_factory=dict)
    in_group: frozenset[str] = frozenset()
    topic: str = ""
    strict: bool | None = None


def read_beside(files: Mapping[str, bytes], main: str) -> Beside:
    """What is in the files that are known by the end of their name: comments.csv, comments.json,
    conversation.json, math-pca2.json, summary.csv, participants-votes.csv. Others are passed over.

    Raises Refused, with the file's name, for one of them that cannot be read.
    """
    told = Beside()
    for ending, reader in _READERS.items():
        for name in sorted(files):
            if name != main and name.casefold().endswith(ending):
                reader(told, name, decoded(files[name], name))
    return told


def is_comments(sheet: Sheet) -> bool:
    """Whether a table lists statements and no votes."""
    return sheet.column("comment-body") is not None or (
        sheet.column("agrees") is not None and sheet.column("moderated") is not None
    )


def _comments_csv(told: Beside, name: str, text: str) -> None:
    sheet = sheet_of(text, name)
    at_id, at_text = sheet.column(*STATEMENT_IDS), sheet.column(*TEXTS)
    if at_id is None or at_text is None:
        raise wrong(name, "It has no columns comment-id and comment-body.", line=sheet.before)
    for line, cells in sheet.rows():

        def cell(*names: str, row: list[str] = cells) -> str:
            place = sheet.column(*names)
            return "" if place is None else plain(row[place].strip())

        id_ = plain(cells[at_id].strip())
        if id_fault(id_) or id_ in told.statements:
            why = id_fault(id_) or f"“{short(id_)}” comes twice."
            raise wrong(name, why, line=line, column=sheet.header[at_id])

        def odd(column: str, what: str, line: int = line) -> Exception:
            return wrong(name, what, line=line, column=column)

        moment = cell("timestamp", "created", "at")
        at = moment_of(moment) if moment else None
        if moment and at is None:
            raise odd("timestamp", f"“{short(moment)}” is no time.")
        told.statements[id_] = Statement(
            id_,
            plain(cells[at_text]),
            cell(*AUTHORS),
            _judged(cell(*JUDGED), lambda why: odd("moderated", why)),
            _true(cell("is-meta", "meta"), lambda why: odd("is-meta", why)),
            _true(cell("is-seed", "seed"), lambda why: odd("is-seed", why)),
            at,
            tuple(cell("came-of").split("\n")) if cell("came-of") else (),
        )
        pair = (whole(cell(*AGREES)), whole(cell(*DISAGREES)))
        if pair[0] is not None and pair[1] is not None:
            told.counted[id_] = (pair[0], pair[1])
    _in_milliseconds(told)


def _in_milliseconds(told: Beside) -> None:
    """Some exports write seconds."""
    times = [one.at for one in told.statements.values() if one.at is not None]
    if times and max(map(abs, times)) < SECONDS_END:
        for id_, one in told.statements.items():
            told.statements[id_] = replace(one, at=None if one.at is None else one.at * 1000)


def _comments_json(told: Beside, name: str, text: str) -> None:
    listed = parsed(text, name)
    if isinstance(listed, dict) and isinstance(listed.get("comments"), list):
        listed = listed["comments"]
    if not isinstance(listed, list):
        raise wrong(name, "It is no list of statements.", "Choose another file.")
    for number, record in enumerate(listed, start=1):
        if not isinstance(record, dict):
            raise wrong(name, f"Record {number:,} is no record of a statement.", "Choose another file.")
        id_ = id_in(record, ("statement_id", "tid", "comment_id", "id"), name, number)

        def odd(what: str, number: int = number) -> Exception:
            return wrong(name, f"Record {number:,}: {what}")

        def under(*keys: str, record: dict[str, object] = record) -> str:
            """The first of these that there is, as a word."""
            held = next((record[key] for key in keys if record.get(key) is not None), "")
            return short(str(held)).casefold()

        text_ = record.get("txt", record.get("text", ""))
        author = id_text(record.get("participant_id", record.get("pid", record.get("author", ""))))
        at = time_in(record, ("created", "at"), name, number)
        told.statements[id_] = Statement(
            id_,
            written(text_) if isinstance(text_, str) else "",
            written(author or ""),
            _judged(under("moderated", "mod"), odd),
            _true(under("is_meta", "meta"), odd),
            _true(under("is_seed", "seed"), odd),
            at,
        )
        pair = (whole(under("agree_count", "agrees")), whole(under("disagree_count", "disagrees")))
        if pair[0] is not None and pair[1] is not None:
            told.counted[id_] = (pair[0], pair[1])
    _in_milliseconds(told)


def _conversation_json(told: Beside, name: str, text: str) -> None:
    record = parsed(text, name)
    if not isinstance(record, dict):
        raise wrong(name, "It is no record of a conversation.", "Choose another file.")
    topic, strict = record.get("topic"), record.get("strict_moderation")
    told.topic = written(topic) if isinstance(topic, str) else told.topic
    if strict is not None:
        told.strict = _true(
            short(str(strict)).casefold(), lambda why: wrong(name, f"strict_moderation: {why}")
        )


def _summary_csv(told: Beside, name: str, text: str) -> None:
    sheet = sheet_of(text, name)
    pairs = [list(sheet.header), *(cells for _, cells in sheet.rows())]
    for cells in pairs:
        if len(cells) > 1 and cells[0].strip() == "topic" and not told.topic:
            told.topic = plain(cells[1].strip())
        if len(cells) > 1 and cells[0].strip() == "strict-moderation" and told.strict is None:
            told.strict = _true(cells[1].strip(), lambda why: wrong(name, f"strict-moderation: {why}"))


def _mathematics(told: Beside, name: str, text: str) -> None:
    mathematics = parsed(text, name)
    told.group_of = membership(mathematics, name)
    told.in_group = frozenset(told.group_of)
    told.grouped = grouped_totals(mathematics)
    meta, out = meta_of(mathematics)
    for id_ in () if told.counted else sorted(meta | out):
        told.statements[id_] = Statement(id_, moderated=OUT if id_ in out else UNJUDGED, meta=id_ in meta)


def _wide(told: Beside, name: str, text: str) -> None:
    ballots = read_wide(sheet_of(text, name), 1)
    told.counted_people = ballots.counted
    if not told.group_of:
        told.group_of = dict(ballots.group_of)


_READERS: Mapping[str, Callable[[Beside, str, str], None]] = {
    "comments.csv": _comments_csv,
    "comments.json": _comments_json,
    "conversation.json": _conversation_json,
    "summary.csv": _summary_csv,
    "math-pca2.json": _mathematics,
    "participants-votes.csv": _wide,
    "participant-votes.csv": _wide,
}
KNOWN: Iterable[str] = tuple(_READERS)


def _judged(word: str, odd: Callable[[str], Exception]) -> int:
    number = whole(word) if word else UNJUDGED
    if number not in (OUT, UNJUDGED, IN) or number is None:
        raise odd(f"“{short(word)}” is no judgement of a moderator; 1, 0 and -1 are.")
    return number


def _true(word: str, odd: Callable[[str], Exception]) -> bool:
    if word.casefold() in TRUE:
        return True
    if word.casefold() in FALSE:
        return False
    raise odd(f"“{short(word)}” is neither true nor false.")
