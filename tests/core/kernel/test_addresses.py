"""Are addresses read as people write them, and never as lines of a letter's head?"""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from folkmoot.core.kernel.addresses import MOST, is_address, masked, read_addresses

WRITTEN = """Ada Quill <Ada@Marram.example>
ben@marram.example

Oakes, Cleo; cleo@marram.example
"Dee" dee@marram.example,
nobody
ada@marram.example
two@marram.example or three@marram.example"""


def test_lines_as_people_write_them() -> None:
    lines = read_addresses(WRITTEN)
    assert [(line.email, line.name) for line in lines if line.email] == [
        ("ada@marram.example", "Ada Quill"),
        ("ben@marram.example", ""),
        ("cleo@marram.example", "Oakes Cleo"),
        ("dee@marram.example", "Dee"),
    ]
    assert [(line.number, line.why_not) for line in lines if line.why_not] == [
        (6, "There is no e-mail address in this line."),
        (7, "This address stands in a line above already."),
        (8, "There is no e-mail address in this line."),
    ]


def test_what_lies_past_the_hundredth_line_is_told() -> None:
    lines = read_addresses("\n".join(f"a{number}@marram.example" for number in range(MOST + 2)))
    assert [line.why_not != "" for line in lines] == [False] * MOST + [True] * 2


@given(some.text())
def test_every_line_that_says_something_is_answered_and_nothing_breaks_out(text: str) -> None:
    lines = read_addresses(text)
    assert len(lines) == sum(bool(line.strip()) for line in text.splitlines())
    for line in lines:
        assert bool(line.email) != bool(line.why_not)
        assert not line.email or is_address(line.email)
        assert not set("\r\n") & set(line.email + line.name)


@pytest.mark.parametrize(
    "text",
    [
        "a@b.example ",
        "a@b.example\n",
        "a@@b.example",
        "a@b..example",
        "a@-b.example",
        "é@b.example",
        "a" * 260 + "@b.example",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)


def test_a_masked_address_shows_its_first_letter_and_its_house() -> None:
    assert masked("ada.quill@marram.example") == "a…@marram.example"
