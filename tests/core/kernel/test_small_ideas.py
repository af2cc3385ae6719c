"""Do ids, errors and outcomes hold what they promise?"""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from folkmoot.core.kernel.errors import FolkmootError, NotAllowed, NotFound, Refused
from folkmoot.core.kernel.ids import is_id, new_id
from folkmoot.core.kernel.outcome import Outcome


def test_fresh_ids_are_ids_and_differ() -> None:
    fresh = {new_id() for _ in range(1000)}
    assert len(fresh) == 1000
    assert all(is_id(text) and text[14] == "4" for text in fresh)


@given(some.text(max_size=40))
def test_only_an_id_as_we_write_it_is_an_id(text: str) -> None:
    assert not is_id(text)
    fresh = new_id()
    assert not is_id(fresh.upper())
    assert not is_id(fresh.replace("-", ""))
    assert not is_id(f"{{{fresh}}}")


@pytest.mark.parametrize("kind", [FolkmootError, NotAllowed, NotFound, Refused])
def test_an_error_says_sentence_reason_and_next_step(kind: type[FolkmootError]) -> None:
    error = kind("This was not read.", "It is empty.", "Choose another.")
    assert (error.sentence, error.reason, error.next_step) == tuple(error.args)
    assert str(kind("This was not read.")) == "This was not read."


def test_a_refusal_names_its_field_and_an_outcome_stays_as_it_is() -> None:
    assert Refused("No.", field="slug").field == "slug"
    with pytest.raises(AttributeError):
        Outcome(13).value = 14
