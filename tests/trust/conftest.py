"""How do the trust tests see the mail?"""

import pytest


@pytest.fixture(autouse=True)
def _mail_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter is sent before the answer, so that a test can look at it; test_20_mail shows the real way."""
    for sender in ("folkmoot.site.sign_in.beside", "folkmoot.apps.places.letters.beside"):
        monkeypatch.setattr(sender, lambda act, letters: act(letters))
