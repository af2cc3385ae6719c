"""How does a whole conversation stand in one file, so that every result can be reached again?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from folkmoot.core.decide.opinions.conversation import IN, OUT, UNJUDGED, Conversation, Statement
from folkmoot.core.decide.opinions.files.cells import LATEST, id_fault, written
from folkmoot.core.decide.opinions.files.refusing import short, wrong
from folkmoot.core.decide.opinions.files.told import Kind, Read
from folkmoot.core.decide.opinions.history import TAKEN_BACK, Casts, log_of
from folkmoot.core.decide.opinions.lineage import check_lineage
from folkmoot.core.decide.opinions.votes import ascending

FORMAT = "folkmoot opinions"
VERSION = 1
WORDS = {1: "agree", 0: "pass", -1: "disagree", TAKEN_BACK: "withdrawn"}
VALUES = {word: value for value, word in WORDS.items()}


def write_whole(
    conversation: Conversation,
    casts: Casts,
    aside: Mapping[str, str] | None = None,
    settings: Mapping[str, object] | None = None,
) -> bytes:
    """All of it as JSON in UTF-8: every cast in words, with its time, also those that were changed or taken
    back; statements with moderation and lineage; groups; who was set aside, and why; the settings.

    Raises ValueError where the casts do not come to the votes of the conversation, or a setting is not JSON.
    """
    if not _same(conversation, casts):
        raise ValueError("the casts are those of other votes")
    people, statements = list(casts.people), list(casts.statements)
    told = {
        "format": FORMAT,
        "version": VERSION,
        "topic": conversation.topic,
        "strict": conversation.strict,
        "agree_was": conversation.agree_is,
        "people": people,
        "asked": statements,
        "statements": [_record(one) for one in _in_order(conversation)],
        "groups": dict(sorted(conversation.group_of.items())),
        "aside": dict(sorted((aside or {}).items())),
        "settings": dict(settings or {}),
        "casts": [
            [person, statement, WORDS[value]] if at is None else [person, statement, WORDS[value], at]
            for person, statement, value, at in casts.rows()
        ],
    }
    return (json.dumps(told, ensure_ascii=False, allow_nan=False, indent=None) + "\n").encode()


def is_whole(told: object) -> bool:
    """Whether it is such a file."""
    return isinstance(told, dict) and told.get("format") == FORMAT


def read_whole(told: object, name: str) -> Read:
    """The conversation of such a file. Raises Refused, with the place, for whatever is of another shape."""
    record = _Record(told, name, "the file")
    if record.told.get("version") != VERSION:
        raise wrong(
            name, f"It is of version {short(str(record.told.get('version')))}; {VERSION} is read here."
        )
    people, asked = record.ids("people"), record.ids("asked")
    casts = _casts(record, people, asked)
    statements = {}
    for number, one in enumerate(record.list_of("statements"), start=1):
        statement = _statement(_Record(one, name, f"statement {number:,}"))
        if statement.id in statements:
            raise wrong(name, f"Statement {short(statement.id)} comes twice.")
        statements[statement.id] = statement
    check_lineage(statements)
    agree_is = record.number("agree_was", (-1, 1))
    conversation = Conversation(
        casts.votes,
        statements,
        record.text("topic"),
        record.flag("strict"),
        agree_is,
        record.texts("groups"),
    )
    settings = record.told.get("settings", {})
    if not isinstance(settings, dict):
        raise wrong(name, "“settings” is no record.")
    return Read(conversation, casts, Kind.WHOLE, (), record.texts("aside"), settings)


@dataclass
class _Record:
    """A record of the file, and what is under its keys; each refusal tells where it is."""

    told_as: object
    name: str
    place: str
    told: dict[str, object] = field(init=False)

    def __post_init__(self) -> None:
        if not isinstance(self.told_as, dict):
            raise wrong(self.name, f"In {self.place}: there is no record.")
        self.told = self.told_as

    def _odd(self, key: str) -> Exception:
        return wrong(self.name, f"In {self.place}: “{key}” is missing or of another kind.")

    def text(self, key: str) -> str:
        value = self.told.get(key)
        if not isinstance(value, str):
            raise self._odd(key)
        return written(value)

    def flag(self, key: str) -> bool:
        value = self.told.get(key)
        if not isinstance(value, bool):
            raise self._odd(key)
        return value

    def number(self, key: str, among: tuple[int, ...]) -> int:
        value = self.told.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or value not in among:
            raise self._odd(key)
        return value

    def list_of(self, key: str) -> list[object]:
        value = self.told.get(key)
        if not isinstance(value, list):
            raise self._odd(key)
        return value

    def ids(self, key: str) -> tuple[str, ...]:
        """Different ids, in ascending order."""
        ids = [one for one in self.list_of(key) if isinstance(one, str) and not id_fault(one)]
        if len(ids) != len(self.list_of(key)) or len(set(ids)) != len(ids):
            raise self._odd(key)
        return tuple(sorted(ids, key=ascending))

    def texts(self, key: str) -> dict[str, str]:
        value = self.told.get(key)
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            raise self._odd(key)
        if any(map(id_fault, value)):
            raise self._odd(key)
        return {one: written(str(text)) for one, text in value.items()}


def _casts(record: _Record, people: tuple[str, ...], asked: tuple[str, ...]) -> Casts:
    persons = {one: place for place, one in enumerate(people)}
    places = {one: place for place, one in enumerate(asked)}
    rows = record.list_of("casts")
    width = len(rows[0]) if rows and isinstance(rows[0], list) else 3
    person: list[int] = []
    statement: list[int] = []
    value: list[int] = []
    at: list[int] = []
    for number, row in enumerate(rows, start=1):
        parts: list[Any] = row if isinstance(row, list) else []
        try:
            person.append(persons[parts[0]])
            statement.append(places[parts[1]])
            value.append(VALUES[parts[2]])
            at += parts[3:]
            fits = len(parts) == width and width < 5 and all(map(_is_time, parts[3:]))
        except (TypeError, IndexError, KeyError):
            fits = False
        if not fits:
            raise wrong(record.name, f"Cast {number:,}: it is not person, statement, vote and time.")
    return log_of(
        people,
        asked,
        np.array(person, dtype=np.int32),
        np.array(statement, dtype=np.int32),
        np.array(value, dtype=np.int8),
        np.array(at, dtype=np.int64) if width == 4 else None,
    )


def _is_time(at: object) -> bool:
    return isinstance(at, int) and not isinstance(at, bool) and abs(at) <= LATEST


def _statement(record: _Record) -> Statement:
    id_, at = record.text("id"), record.told.get("at")
    if id_fault(id_) or not (at is None or _is_time(at)):
        raise wrong(record.name, f"In {record.place}: {id_fault(id_) or '“at” is no time.'}")
    return Statement(
        id_,
        record.text("text"),
        record.text("author"),
        record.number("moderated", (OUT, UNJUDGED, IN)),
        record.flag("meta"),
        record.flag("seed"),
        at if isinstance(at, int) else None,
        tuple(one for one in record.list_of("came_of") if isinstance(one, str)),
    )


def _record(one: Statement) -> dict[str, object]:
    return {
        "id": one.id,
        "text": one.text,
        "author": one.author,
        "moderated": one.moderated,
        "meta": one.meta,
        "seed": one.seed,
        "at": one.at,
        "came_of": list(one.came_of),
    }


def _in_order(conversation: Conversation) -> list[Statement]:
    return [conversation.statements[one] for one in sorted(conversation.statements, key=ascending)]


def _same(conversation: Conversation, casts: Casts) -> bool:
    votes, told = conversation.votes, casts.votes
    return (
        votes.people == told.people
        and votes.statements == told.statements
        and np.array_equal(votes.starts, told.starts)
        and np.array_equal(votes.seen, told.seen)
        and np.array_equal(votes.value, told.value)
    )
