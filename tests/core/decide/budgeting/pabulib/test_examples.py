"""Do the examples in the documentation of the `.pb` reader still hold?"""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import folkmoot.core.decide.budgeting.pabulib

FOLDER = Path(folkmoot.core.decide.budgeting.pabulib.__file__).parent


@pytest.mark.parametrize("module", sorted(path.stem for path in FOLDER.glob("*.py")))
def test_examples_hold(module: str) -> None:
    name = f"folkmoot.core.decide.budgeting.pabulib.{module}".removesuffix(".__init__")
    assert doctest.testmod(import_module(name)).failed == 0
