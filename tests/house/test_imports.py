"""Do imports only go down, and is each contract's breach caught?"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

TREE = Path(__file__).resolve().parents[2]
STOREYS = "Imports only go down the storeys"

# For each contract the imports that break it: from one module to another.
PLANTS = {
    "Imports only go down the storeys": [
        ("core.kernel.money", "core.access"),
        ("core.access.actor", "core.network"),
        ("core.spend", "core.network"),
        ("core.network", "core.spend"),
        ("apps.places.clock", "apps.spend.models"),
        ("apps.network.apps", "apps.spend.models"),
        ("apps.spend.apps", "apps.network.models"),
        ("apps.spend.models", "site.pages"),
        ("site.guide", "cli"),
    ],
    "The core is free of frameworks": [
        ("core.kernel.money", "django"),
        ("core.access.actor", "click"),
        ("core.network", "httpx"),
    ],
    "Order inside a room": [
        ("apps.places.models", "apps.places.queries"),
        ("apps.places.queries", "apps.places.actions"),
        ("apps.network.models", "apps.network.urls"),
    ],
    "Views, forms and api leave the tables to queries and actions": [
        ("apps.network.views", "apps.network.models"),
        ("apps.spend.forms", "apps.places.models"),
    ],
}


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """What the import linter says of a tree, not of the installed package."""
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [command, "--no-cache", "--no-logo", "--config", TREE / "pyproject.toml"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of our modules, to plant breaches in."""
    ignored = shutil.ignore_patterns("__pycache__", "static", "templates", "files")
    shutil.copytree(TREE / "src" / "folkmoot", tmp_path / "src" / "folkmoot", ignore=ignored)
    return tmp_path


def plant(copy: Path, importer: str, imported: str) -> str:
    """One import more; the arrow as the linter writes it."""
    path = copy / "src" / "folkmoot" / importer.replace(".", "/")
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    ours = (copy / "src" / "folkmoot" / imported.split(".")[0]).is_dir()
    target = f"folkmoot.{imported}" if ours else imported
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n\nimport {target}\n")
    return f"folkmoot.{importer} -> {target}"


def test_imports_only_go_down(copy: Path) -> None:
    found = lint(copy)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "BROKEN" not in found.stdout


def test_every_contract_has_breaches_planted() -> None:
    contracts = tomllib.loads((TREE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == set(PLANTS)


@pytest.mark.parametrize("contract", PLANTS)
def test_planted_imports_break_their_contract(copy: Path, contract: str) -> None:
    arrows = [plant(copy, importer, imported) for importer, imported in PLANTS[contract]]
    found = lint(copy)
    assert found.returncode == 1, found.stderr
    assert f"{contract} BROKEN" in found.stdout
    told = " ".join(found.stdout.split())
    assert [arrow for arrow in arrows if arrow not in told] == []
