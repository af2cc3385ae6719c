"""Which small partnership do the trust tests work in?"""

import pytest

from partnership import Town, found_town


@pytest.fixture
def town(db: None) -> Town:
    """A partnership with a convenor, a core member, a member, and an outsider from elsewhere."""
    return found_town()


@pytest.fixture(autouse=True)
def _mail_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter is sent before the answer, so that a test can look at it; test_20_mail shows the real way."""
    monkeypatch.setattr("folkmoot.site.sign_in.beside", lambda act, letter: act(letter))
