"""Are the rows of a small CSV file found, whatever wrote it?"""

import pytest

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.kernel.rows import rows_of


def test_lines_are_those_of_the_file() -> None:
    header, rows = rows_of(b'\n A ,b\r\n1,"two\nlines"\r\n\r\n,\n3\n', "The rows")
    assert header == ("a", "b")
    assert rows == [(4, {"a": "1", "b": "two\nlines"}), (7, {"a": "3", "b": ""})]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b" \n\n", "is empty"),
        (b"a,A\n", "column a comes twice"),
        (b"a,b\n1,2,3\n", "Line 2: It has 3 cells under 2 headings"),
        (b"a\n\xff\n", "not in UTF-8: byte 3"),
        (b"a\n\x00\n", "not text"),
        (b"a\n" + b"x" * 200_000, "field larger than field limit"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        rows_of(content, "The rows", "people")
    assert refused.value.field == "people"
    assert refused.value.sentence == "The rows were not read."
