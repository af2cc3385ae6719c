"""What does every test share?"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

# The settings read the environment once, so the tests' own data folder is named before Django starts;
# that is why the settings are named here and not in pyproject.toml, which is read earlier.
_folder = tempfile.TemporaryDirectory(prefix="folkmoot-tests-")
os.environ["FOLKMOOT_DATA"] = _folder.name
KEPT = ("DATA", "OPEN_DATA", "CHROMIUM", "AXE", "PICTURES", "TEST_POSTGRES")
for name in set(os.environ) - {f"FOLKMOOT_{kept}" for kept in KEPT}:
    if name.startswith("FOLKMOOT_"):
        del os.environ[name]
# Somebody's own database is never tested with: tests/postgres/ad-hoc makes one, and names it by another name.
os.environ["DATABASE_URL"] = os.environ.get("FOLKMOOT_TEST_POSTGRES", "")
os.environ["DJANGO_SETTINGS_MODULE"] = "folkmoot.site.settings"
# The many processes that tests start need not compile everything anew; nothing of it stays in the tree.
_compiled = tempfile.TemporaryDirectory(prefix="folkmoot-compiled-")
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    os.environ.setdefault("PYTHONPYCACHEPREFIX", _compiled.name)
Path(_folder.name, "static").mkdir()
# A database of this run's own, so that two runs may ask one server.
if os.environ["DATABASE_URL"]:
    settings.DATABASES["default"]["TEST"] = {"NAME": f"test_{os.getpid()}"}
# A busy machine must not fail a law.
hypothesis_settings.register_profile("ours", deadline=None)
hypothesis_settings.load_profile("ours")
# Plain names for static files: no test needs them collected.
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()

from partnership import FoundedOnce, Town  # noqa: E402 - Django is set up first
from serving import Server, start_server, stop_server, tell_story  # noqa: E402 - Django is set up first


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A packed file is called by its place, not by its bytes: they hold the second at which it was packed,
    and the processes that share the tests must call them alike."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, then other long ones, so that the processes end together."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (item.path not in slow, "trust" not in item.path.parts))


@pytest.fixture
def town(db: None) -> Town:
    """A partnership with a convenor, a core member, a member, and an outsider from elsewhere."""
    return FoundedOnce.begin()


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's folder, told once a run: the processes that share the tests share it too."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "story" / "marram"
    folder.parent.mkdir(exist_ok=True)
    with folder.with_name("lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return folder if folder.exists() else tell_story(folder)


@pytest.fixture(scope="session")
def server(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One real server that all tests which change nothing share."""
    running = start_server(told, tmp_path_factory.mktemp("served") / "marram")
    yield running
    assert stop_server(running) == 0


@pytest.fixture
def own_server(told: Path, tmp_path: Path) -> Iterator[Server]:
    """A real server of one's own, for tests that change things."""
    running = start_server(told, tmp_path / "marram")
    yield running
    assert stop_server(running) == 0
