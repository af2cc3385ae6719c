"""Which small partnership do the trust tests work in?"""

import pytest

from partnership import Town, found_town


@pytest.fixture
def town(db: None) -> Town:
    """A partnership with a convenor, a core member, a member, and an outsider from elsewhere."""
    return found_town()
