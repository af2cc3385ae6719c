"""On which day do the tests of this room stand?"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from folkmoot.apps.places import clock


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """A Monday in November, at noon."""
    clock.stand_at(datetime(2026, 11, 16, 12, tzinfo=UTC))
    yield
    clock.stand_at(None)
