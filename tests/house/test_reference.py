"""Are the generated pages fresh, and is a stale one caught?"""

import shutil
from pathlib import Path

import pytest

from folkmoot.cli import reference
from folkmoot.core.access import TABLE
from folkmoot.site.environment import SETTINGS

TREE = Path(__file__).resolve().parents[2]
PAGES = {
    "api.md", "commands.md", "errors.md", "recipes.md", "reported-rows.md", "settings.md",
    "thousand-panels.svg",
    "who-may-do-what.md",
}  # fmt: skip


def stale_pages(tree: Path) -> list[str]:
    """The generated pages that do not say what the program says."""
    return [
        path.name
        for path, text in reference.pages(tree).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of our modules and of the generated pages."""
    ignored = shutil.ignore_patterns("__pycache__", "static", "templates", "files")
    shutil.copytree(TREE / "src" / "folkmoot", tmp_path / "src" / "folkmoot", ignore=ignored)
    for shelf in ("look-up", "pictures"):
        shutil.copytree(TREE / "docs" / shelf, tmp_path / "docs" / shelf)
    shutil.copy(TREE / "HOUSE.md", tmp_path)
    return tmp_path


def test_the_generated_pages_are_fresh() -> None:
    assert stale_pages(TREE) == [], "make docs"


def test_every_generated_page_is_watched(copy: Path) -> None:
    for path in reference.pages(copy):
        path.write_text(path.read_text(encoding="utf-8").replace("e", "a", 1), encoding="utf-8")
    assert set(stale_pages(copy)) >= PAGES  # the words of HOUSE.md, but for its tree, are written by hand


def test_a_new_error_and_a_new_folder_make_pages_stale(copy: Path) -> None:
    planted = copy / "src" / "folkmoot" / "core" / "planted"
    planted.mkdir()
    (planted / "__init__.py").write_text('"""What is planted?"""\n\nERROR = Refused("Planted.")\n')
    assert stale_pages(copy) == ["errors.md", "HOUSE.md"]


def test_pages_name_every_setting_act_and_command() -> None:
    settings, table = reference.settings_page(), reference.table_page()
    assert all(f"`{setting.name}`" in settings for setting in SETTINGS)
    assert all(rule.words in table for rule in TABLE.values())
    listed = reference.commands_page()
    for command in ("folkmoot spend read", "folkmoot network support"):
        assert f"## {command}\n" in listed
