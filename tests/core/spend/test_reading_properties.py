"""Do the same payments come back from every shape, and does no file break the reader?"""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.spend.shapes import Shape, published, reading_of, shapes, tables
from folkmoot.core.kernel.errors import FolkmootError
from folkmoot.core.spend import Payment, Reported
from folkmoot.core.spend.reading import Reading

pytestmark = pytest.mark.filterwarnings("error")
here = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@here
@given(rows=tables, shape=shapes)
@example(rows=[], shape=Shape())
def test_every_shape_reads_back_to_the_same_payments(tmp_path: Path, rows, shape) -> None:
    content, lines = published(rows, shape)
    reading, read = reading_of(content, tmp_path)
    payments = [row for row in read if isinstance(row, Payment)]
    assert [(one.paid_on, one.pence, one.payee, one.reference, one.unit) for one in payments] == rows
    assert [one.line for one in payments] == lines
    tally = reading.tally
    blanks = shape.blanks if shape.form == "text" else 0  # a sheet ends at its last filled row
    assert tally.rows_in == len(rows) + shape.total + blanks == len(read)
    assert tally.pence_accepted == sum(row[1] for row in rows)
    assert tally.pence_in == tally.pence_accepted * (2 if shape.total else 1)
    expected = {"blank": blanks, "total_line": int(shape.total)}
    assert dict(tally.reasons) == {reason: count for reason, count in expected.items() if count}
    assert not any("total printed" in warning for warning in tally.warnings())


@st.composite
def broken(draw) -> bytes:
    """A published file with some of its bytes cut, doubled or replaced."""
    content = bytearray(published(draw(tables), draw(shapes))[0])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        until = min(len(content), at + draw(st.integers(0, 8)))
        content[at:until] = draw(st.sampled_from((b"", b'"', b"\0", b"\r", b"\n", b",", b'"\n"', b"\xff\xfe"))
                                 | st.binary(max_size=8))  # fmt: skip
    return bytes(content)


@here
@given(content=broken() | st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
@example(content=b'a,"b\n' * 300)
@example(content=b"Date,Supplier,Amount\n" + b"\0" * 500)
@example(content=b"\xff\xfe\n\0")
def test_no_bytes_break_the_reader_or_the_identity(tmp_path: Path, content: bytes) -> None:
    with suppress(FolkmootError):
        check_the_identity(*reading_of(content, tmp_path))


def check_the_identity(reading: Reading, rows: list) -> None:
    tally = reading.tally
    accepted = [row for row in rows if isinstance(row, Payment)]
    reported = [row for row in rows if isinstance(row, Reported)]
    assert (tally.accepted, tally.reported) == (len(accepted), len(reported))
    assert tally.pence_in == sum(row.pence or 0 for row in rows)
    assert tally.pence_accepted == sum(row.pence for row in accepted)
    assert [row.line for row in rows] == sorted({row.line for row in rows})
    assert sum(tally.reasons.values()) == len(reported)
