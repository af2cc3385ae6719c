"""Are texts read as they stand, and is what does not fit told by its line?"""

import pytest

from folkmoot.core.decide.arranging import Held
from folkmoot.core.decide.arranging.reading import read_texts
from folkmoot.core.kernel.errors import Refused


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_by_their_usual_names(delimiter: str) -> None:
    rows = [["ID", "Text", "theme"], ["a", '"Trees, ""now"";\tplease"', ""], ["b", "Bäume", "grün"]]
    content = "\r\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig")
    read = read_texts(content, held="theme")
    assert read.texts == ('Trees, "now";\tplease', "Bäume")
    assert read.ids == ("a", "b")
    assert read.held == (Held((1,), "grün"),)


def test_a_text_may_have_lines_and_be_empty() -> None:
    assert read_texts(b'id,text\n1,"Two\nlines"\n2,\n').texts == ("Two\nlines", "")


def test_a_plain_list_needs_no_heading() -> None:
    read = read_texts(b"More trees\n\nA later bus, please\n")
    assert (read.texts, read.ids) == (("More trees", "A later bus, please"), None)


def test_a_row_that_does_not_fit_is_told_with_its_line() -> None:
    read = read_texts(b"id,text\n1,Trees\n2,A bus, later\n3,Shade\n")
    assert read.texts == ("Trees", "Shade")
    assert read.remarks == ("line 3 has 3 cells where the heading has 2; left out",)
    assert read.rows == (1, 3)  # so that a member is still found in the file


@pytest.mark.parametrize(
    ("content", "options", "field"),
    [
        (b"", {}, "file"),
        (b"\n \n", {}, "file"),
        (b"text\nB\xe4ume\n", {}, "file"),
        (b"text\n\x00\n", {}, "file"),
        (b"name,where\nx,y\n", {}, "text"),
        (b"id,text\n1,a\n1,b\n", {}, "id"),
        (b"id,text\n,a\n", {}, "id"),
        (b"id,text\n1,a\n", {"text": "idea"}, "text"),
        (b"id,text\n1,a\n", {"id_": "number"}, "id"),
        (b"id,text\n1,a\n", {"held": "group"}, "held"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, options: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        read_texts(content, **options)
    assert refused.value.field == field
