"""What does every test share?"""

import os
import tempfile
from pathlib import Path

import pytest

# The settings read the environment once, so the tests' own data folder is named before Django starts.
_folder = tempfile.TemporaryDirectory(prefix="folkmoot-tests-")
os.environ["FOLKMOOT_DATA"] = _folder.name
for name in ("FOLKMOOT_DEMO", "FOLKMOOT_CLOCK", "FOLKMOOT_MAIL_HOST", "FOLKMOOT_HTTPS", "FOLKMOOT_HOSTS"):
    os.environ.pop(name, None)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's folder, told once a run."""
    from serving import tell_story

    return tell_story(tmp_path_factory.mktemp("story") / "marram")
