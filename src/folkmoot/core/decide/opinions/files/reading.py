"""Which conversation does a file of votes hold, whatever kind of file it is?"""

from collections.abc import Mapping

from folkmoot.core.decide.opinions.conversation import Conversation
from folkmoot.core.decide.opinions.files.beside import Beside, is_comments, read_beside
from folkmoot.core.decide.opinions.files.long import is_long, read_long
from folkmoot.core.decide.opinions.files.membership import is_mathematics
from folkmoot.core.decide.opinions.files.refusing import wrong
from folkmoot.core.decide.opinions.files.sheet import Sheet, sheet_of
from folkmoot.core.decide.opinions.files.signs import Totals, signed
from folkmoot.core.decide.opinions.files.texts import decoded, parsed
from folkmoot.core.decide.opinions.files.told import Ballots, Kind, Read
from folkmoot.core.decide.opinions.files.votes_json import read_votes_json, usual_sign
from folkmoot.core.decide.opinions.files.whole import is_whole, read_whole
from folkmoot.core.decide.opinions.files.wide import read_wide
from folkmoot.core.decide.opinions.lineage import check_lineage
from folkmoot.core.decide.opinions.votes import MOST_PEOPLE, MOST_STATEMENTS

NOTHING: Mapping[str, bytes] = {}


def read_conversation(
    name: str, content: bytes, beside: Mapping[str, bytes] = NOTHING, *, agree_is: int = 0
) -> Read:
    """The conversation of a file of votes, known by its content, with what the files beside it tell.

    name: for messages. beside: files by name, of which comments.csv, comments.json, conversation.json,
    math-pca2.json, summary.csv and participants-votes.csv are read (a name may have more before it).
    agree_is: which number means agree, 1 or -1; 0 takes what is usual: 1 in tables, as Polis exports them,
    and -1 in JSON, as Polis keeps them (1 where red-dwarf has saved them). Words mean what they say. Totals
    of agree and disagree beside the votes check the sign: a table that they contradict is refused, and JSON
    is turned.

    Raises Refused, with the file, the line and the column, for what cannot be read.

    >>> told = read_conversation("votes.csv", b"person,statement,vote\\nann,1,agree\\nbob,1,pass\\n")
    >>> told.kind.name, told.conversation.votes.people, told.conversation.votes.value.tolist()
    ('LONG', ('ann', 'bob'), [1, 0])
    """
    if agree_is not in (-1, 0, 1):
        raise ValueError("agree_is is 1 or -1, or 0 for what is usual")
    text = decoded(content, name)
    is_json = text.lstrip()[0] in "[{"
    told = _json(text, name, agree_is) if is_json else sheet_of(text, name)
    del text  # it may be large
    if isinstance(told, Sheet):
        told = _table(told, agree_is)
    if isinstance(told, Read):
        _check_size(name, told.conversation)
        return told
    return _together(name, told, read_beside(beside, name), asked=agree_is != 0)


def _table(sheet: Sheet, agree_is: int) -> Ballots:
    if is_long(sheet) and sheet.column("n-votes") is None:
        return read_long(sheet, agree_is or 1)
    if is_comments(sheet):
        raise wrong(sheet.name, "It holds statements and no votes.", "Choose the file of votes beside it.")
    return read_wide(sheet, agree_is or 1)


def _json(text: str, name: str, agree_is: int) -> Ballots | Read:
    told = parsed(text, name)
    if is_whole(told):
        return read_whole(told, name)
    if is_mathematics(told):
        why = "It holds the groups of a conversation and no votes."
        raise wrong(name, why, "Choose votes.json, with this file beside it.")
    if isinstance(told, dict):
        told = told.get("votes")
    if not isinstance(told, list) or not told:
        raise wrong(name, "It is no list of votes.", "Choose votes.json or a table of votes.")
    if isinstance(told[0], dict) and "vote" not in told[0] and ("txt" in told[0] or "text" in told[0]):
        raise wrong(name, "It holds statements and no votes.", "Choose the file of votes beside it.")
    return read_votes_json(told, name, agree_is or usual_sign(told))


def _together(name: str, ballots: Ballots, beside: Beside, *, asked: bool) -> Read:
    """The votes with what is known of them."""
    people = ballots.counted or beside.counted_people
    totals = Totals(beside.counted, people, beside.grouped, beside.in_group)
    ballots = signed(name, ballots, totals, asked=asked, may_turn=ballots.kind is Kind.POLIS_JSON)
    votes = ballots.casts.votes
    remarks = [*ballots.remarks]
    groups = {**ballots.group_of, **beside.group_of}
    unknown = sorted(set(votes.statements) - set(beside.statements)) if beside.statements else []
    if unknown:
        remarks.append(f"{len(unknown):,} statements have votes and are not in the list of statements.")
    voted = {**groups}
    for one in set(groups) - set(votes.people):
        del voted[one]
    if len(voted) < len(groups):
        remarks.append(f"{len(groups) - len(voted):,} people are in a group and not among those who voted.")
    check_lineage(beside.statements)
    conversation = Conversation(
        votes,
        beside.statements,
        beside.topic,
        bool(beside.strict),
        ballots.agree_is or 1,
        voted,
    )
    _check_size(name, conversation)
    return Read(conversation, ballots.casts, ballots.kind, tuple(remarks))


def _check_size(name: str, conversation: Conversation) -> None:
    votes = conversation.votes
    for count, most, what in (
        (len(votes.people), MOST_PEOPLE, "people"),
        (len(votes.statements), MOST_STATEMENTS, "statements"),
    ):
        if count > most:
            raise wrong(name, f"It holds {count:,} {what}; {most:,} are the most.", "Take a part of it.")
