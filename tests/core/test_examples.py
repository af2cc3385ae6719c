"""Do the examples in the core's own words come out as they say?"""

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import folkmoot.core

MODULES = sorted(one.name for one in walk_packages(folkmoot.core.__path__, "folkmoot.core."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_come_out(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_the_core_is_found() -> None:
    assert {"folkmoot.core.kernel.money", "folkmoot.core.decide.ties"} < set(MODULES)
