"""On which day do the tests of this room stand?"""

from collections.abc import Iterator

import pytest

from folkmoot.apps.places import clock
from rooms.people.kept import NOON


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """A Monday in November, at noon."""
    clock.stand_at(NOON)
    yield
    clock.stand_at(None)
