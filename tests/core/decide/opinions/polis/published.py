"""What did Polis publish about three real conversations?"""

import json
import os
from functools import cache
from pathlib import Path

import pytest

from folkmoot.core.decide.opinions import Conversation, Statement, votes_of

NAMES = ("below-100-ptpts", "25ptpt-3gp-no-strict-with-meta", "above-100-ptpts")


@cache
def published(name):
    """The conversation (agree is 1), the published mathematics (agree is -1), and who was put where."""
    root = os.environ.get("FOLKMOOT_OPEN_DATA")
    if not root:
        pytest.skip("FOLKMOOT_OPEN_DATA names no open data")
    folder = Path(root, "opinion", "polis-math", name)
    votes, comments, settings, math = (
        json.loads((folder / f"{one}.json").read_text(encoding="utf-8"))
        for one in ("votes", "comments", "conversation", "math-pca2")
    )
    return conversation_of(votes, comments, settings), math, membership_of(math)


def conversation_of(votes, comments, settings):
    """These files write agreement as 1 or -1; the counts beside the statements say which."""
    rows = [
        (
            int(either(one, "modified")),
            str(either(one, "pid", "participant_id")),
            str(either(one, "tid", "statement_id")),
            one["vote"],
        )
        for one in votes
    ]
    rows.sort(key=lambda row: row[0])
    last = {(person, statement): vote for _, person, statement, vote in rows}
    told = {str(either(one, "tid", "statement_id")): one for one in comments}
    agrees = sum(one["agree_count"] - one["disagree_count"] for one in told.values())
    sign = 1 if sum(last.values()) * agrees > 0 else -1
    statements = {
        id_: Statement(id_, moderated=int(either(one, "mod", "moderated")), meta=bool(one["is_meta"]))
        for id_, one in told.items()
    }
    cast = [(person, statement, sign * vote) for _, person, statement, vote in rows]
    return Conversation(votes_of(cast), statements, strict=bool(settings["strict_moderation"]), agree_is=-1)


def either(row, *names):
    return next(row[name] for name in names if name in row)


def membership_of(math):
    """The group of each person, through the small clusters."""
    clusters = dict(zip(math["base-clusters"]["id"], math["base-clusters"]["members"], strict=True))
    return {
        str(person): str(group["id"])
        for group in math["group-clusters"]
        for cluster in group["members"]
        for person in clusters[cluster]
    }
