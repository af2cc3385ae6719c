"""Which shapes may programs send, and which do they get?

What comes in is held to its shape to the letter: no field that is not asked for, no number for a text, no
moment for a day. What it means is for the actions to say. What goes out is written out field by field.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

Item = TypeVar("Item")
MOST_A_PAGE, LAST_PAGE = 200, 1_000_000
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Nothing that no table of ours keeps and no person types: control characters, but for tabs and new lines.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Shape(Schema):
    """What goes out: read off a value field by field."""


class Sent(Schema):
    """What comes in: nothing but the fields that are named."""

    model_config = ConfigDict(extra="forbid")


def seen(text: str) -> str:
    """The text, where nothing in it is hidden from sight."""
    if UNSEEN.search(text):
        raise PydanticCustomError("unseen", "It holds a character that cannot be seen.")
    return text


def _day(given: Any) -> Any:
    if given is not None and not (isinstance(given, str) and DAY.fullmatch(given)):
        raise PydanticCustomError("day", "Give a day such as 2026-11-03.")
    return given


def _address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise PydanticCustomError("address", "This is no e-mail address.") from None
    return text


Text = Annotated[str, AfterValidator(seen)]
Short = Annotated[str, Field(max_length=40), AfterValidator(seen)]
Name = Annotated[str, Field(max_length=80), AfterValidator(seen)]
Purpose = Annotated[str, Field(max_length=300), AfterValidator(seen)]
Line = Annotated[str, Field(max_length=200), AfterValidator(seen)]
Words = Annotated[str, Field(max_length=500), AfterValidator(seen)]
Id = Annotated[str, Field(max_length=100), AfterValidator(seen)]
Email = Annotated[str, Field(max_length=254, json_schema_extra={"format": "email"}), AfterValidator(_address)]
Day = Annotated[date, BeforeValidator(_day)]
Yes = StrictBool
Count = Annotated[StrictInt, Field(ge=0, le=1_000_000)]


class Page(Sent):
    """Which page of a list, and how many on each."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description="Which page, from 1.")
    per_page: int = Field(50, ge=1, le=MOST_A_PAGE, description="How many on a page.")


class Listed(Shape, Generic[Item]):
    """One page of a list: how many there are in all, which page this is, and which is the last."""

    items: list[Item]
    total: int
    page: int
    last: int


WORDS = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field here.",
    "string_type": "It is a text.",
    "string_unicode": "It is no text: half a character stands in it.",
    "bool_type": "It is true or false.",
    "int_type": "It is a whole number.",
    "int_parsing": "It is a whole number.",
    "int_parsing_size": "This number is too large.",
    "int_from_float": "It is a whole number.",
    "list_type": "It is a list.",
    "dict_type": "It is an object with fields.",
    "model_type": "It is an object with fields.",
    "model_attributes_type": "It is an object with fields.",
    "date_from_datetime_parsing": "There is no such day.",
    "date_parsing": "There is no such day.",
    "string_too_long": "It is longer than {max_length} characters.",
    "string_too_short": "It is shorter than {min_length} characters.",
    "too_long": "There are more than {max_length} of them.",
    "too_short": "There are fewer than {min_length} of them.",
    "greater_than_equal": "It is at least {ge}.",
    "less_than_equal": "It is at most {le}.",
    "literal_error": "It is one of {expected}.",
    "enum": "It is one of {expected}.",
}
OWN = frozenset({"unseen", "day", "address"})


def words_of(error: Mapping[str, Any]) -> str:
    """What is wrong with a value, in words that say nothing of the value itself.

    >>> words_of({"type": "string_too_long", "ctx": {"max_length": 5}})
    'It is longer than 5 characters.'
    """
    if error["type"] in OWN:
        return str(error["msg"])
    return WORDS.get(error["type"], "This cannot be right.").format(**error.get("ctx", {}))


def where_of(error: Mapping[str, Any]) -> str:
    """Where it stands: a JSON pointer into the body, or the name of a parameter.

    >>> where_of({"loc": ("body", "body", "texts", 0)}), where_of({"loc": ("query", "page")})
    ('/texts/0', 'query: page')
    """
    source, *steps = error["loc"]
    if source == "body":
        # The first step is the name that our own view has for the body.
        named = (str(step).replace("~", "~0").replace("/", "~1")[:60] for step in steps[1:])
        return "".join(f"/{step}" for step in named) or "/"
    return f"{source}: {steps[-1] if steps else ''}"
