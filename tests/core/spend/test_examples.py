"""Do the examples in the documentation of the spend core still hold?"""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import folkmoot.core.spend

FOLDER = Path(folkmoot.core.spend.__file__).parent
MODULES = sorted(".".join(path.relative_to(FOLDER).with_suffix("").parts) for path in FOLDER.rglob("*.py"))


@pytest.mark.parametrize("module", MODULES)
def test_examples_hold(module: str) -> None:
    name = f"folkmoot.core.spend.{module}".removesuffix(".__init__")
    assert doctest.testmod(import_module(name)).failed == 0
