"""Does the house keep its own rules, and is each breach of one caught?"""

from pathlib import Path

import pytest

from house import rules
from house.rules import RULES, Rule

TREE = Path(__file__).resolve().parents[2]
QUESTION = '"""What is planted here?"""\n'


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert rule(TREE) == [], rule.__doc__


def body(lines: int) -> str:
    """So many lines that say nothing."""
    return "    x = 1\n" * lines


# For each rule the places that break it: path and text of one planted file.
PLANTS: dict[Rule, list[tuple[str, str]]] = {
    rules.modules_are_short: [("src/folkmoot/core/long.py", "x = 1\n" * 401)],
    rules.functions_are_short: [("src/folkmoot/core/one.py", "def long() -> None:\n" + body(60))],
    rules.views_are_short: [
        ("src/folkmoot/apps/room/views.py", "def page(request: object) -> None:\n" + body(25)),
        ("src/folkmoot/site/pages.py", "def page(request: object) -> None:\n" + body(25)),
        ("src/folkmoot/apps/room/notes_views.py", "def page(request: object) -> None:\n" + body(25)),
    ],
    rules.templates_are_short: [("src/folkmoot/apps/room/templates/room/a.html", "<p>a</p>\n" * 121)],
    rules.templates_keep_the_policy: [
        ("src/folkmoot/site/templates/a.html", '<p style="color: red">a</p>'),
        ("src/folkmoot/site/templates/b.html", "<script>run()</script>"),
        ("src/folkmoot/site/templates/c.html", '<button onclick="run()">a</button>'),
        ("src/folkmoot/site/templates/d.html", '<a href="javascript:run()">a</a>'),
    ],
    rules.tests_are_short: [("tests/core/test_long.py", "def test_long() -> None:\n" + body(30))],
    rules.core_folders_are_small: [(f"src/folkmoot/core/room/m{n}.py", QUESTION) for n in range(16)],
    rules.front_doors_are_narrow: [
        ("src/folkmoot/core/a/__init__.py", f"__all__ = {[f'n{n}' for n in range(16)]}"),
        ("src/folkmoot/core/b/__init__.py", "from c import " + ", ".join(f"n{n}" for n in range(16))),
    ],
    rules.modules_open_with_a_question: [
        ("src/folkmoot/core/a.py", "x = 1\n"),
        ("src/folkmoot/core/b.py", '"""Reads rows."""\n'),
        ("src/folkmoot/core/c.py", '"""Reads rows. Which?"""\n'),
    ],
    rules.names_say_something: [
        ("src/folkmoot/core/utils.py", QUESTION),
        ("src/folkmoot/core/row_helpers.py", QUESTION),
        ("src/folkmoot/core/common/rows.py", QUESTION),
    ],
    rules.actors_come_first: [
        ("src/folkmoot/apps/room/queries.py", "def people_for(slug: str) -> None: ..."),
        ("src/folkmoot/apps/room/actions.py", "def record(*, actor: object) -> None: ..."),
    ],
    rules.actions_ask_first: [
        ("src/folkmoot/apps/room/actions.py", "def record(actor: object) -> None:\n    save(actor)\n"),
    ],
    rules.public_core_functions_are_explained: [("src/folkmoot/core/a.py", "def f() -> None: ...")],
    rules.functions_are_typed: [("src/folkmoot/apps/a.py", "def f(): ...")],
    rules.silence_has_a_reason: [
        ("src/folkmoot/core/a.py", "import os  # " + "noqa\n"),
        ("src/folkmoot/core/b.py", "import os  # " + "noqa: F401\n"),
        ("src/folkmoot/core/c.py", "x = 1  # type" + ": ignore[assignment]\n"),
    ],
    rules.paths_are_nobodys: [
        ("docs/a.md", "It lies in /ho" + "me/ada/folkmoot.\n"),
        ("tests/a.py", "FOLDER = '/ro" + "ot/var'\n"),
    ],
    rules.lock_is_anonymous_and_hashed: [
        ("requirements.lock", "--index-url https://registry.example/simple\n"),
        ("requirements.lock", "click==8.5.1\n"),
        ("requirements.lock", "click>=8 \\\n    --hash=sha256:00\n"),
    ],
    rules.dependencies_have_reasons: [
        (
            "pyproject.toml",
            '[project]\ndependencies = [\n  "click>=8",\n]\n[project.optional-dependencies]\n',
        ),
        (
            "pyproject.toml",
            '[project]\ndependencies = [\n  "x>=8", # why\n]\n[project.optional-dependencies]\n',
        ),
    ],
}


def plant(tree: Path, path: str, text: str) -> None:
    """One file in a planted tree."""
    (tree / path).parent.mkdir(parents=True, exist_ok=True)
    (tree / path).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_planted_breach_is_caught(rule: Rule, tmp_path: Path) -> None:
    assert PLANTS[rule], "every rule has a breach planted against it"
    together = rule is rules.core_folders_are_small  # only many files break this one
    for number, (path, text) in enumerate(PLANTS[rule]):
        tree = tmp_path / ("tree" if together else str(number))
        plant(tree, "requirements.lock", "click==8.5.1 \\\n    --hash=sha256:00\n")
        plant(tree, path, text)
        if not together:
            assert rule(tree), f"{path} was not caught"
    assert rule(tree)


def test_what_a_room_gathers_from_its_own_modules_is_held_to_the_same(tmp_path: Path) -> None:
    gathering = 'from folkmoot.apps.room.members import admit, hold\n__all__ = ["admit"]\n'
    plant(tmp_path, "src/folkmoot/apps/room/actions.py", QUESTION + gathering)
    members = "def {}({}: object) -> None:\n    save()\n"
    text = QUESTION + members.format("admit", "email") + members.format("hold", "row")
    plant(tmp_path, "src/folkmoot/apps/room/members.py", text)
    assert rules.actors_come_first(tmp_path) == ["room/actions.py:admit"]
    assert rules.actions_ask_first(tmp_path) == ["apps/room/actions.py:admit"]


def test_a_tree_in_order_passes_every_rule(tmp_path: Path) -> None:
    plant(tmp_path, "requirements.lock", "click==8.5.1 \\\n    --hash=sha256:00\n")
    plant(
        tmp_path,
        "pyproject.toml",
        '[project]\ndependencies = [\n  "click>=8", # the commands\n]\n[project.optional-dependencies]\n',
    )
    plant(tmp_path, "src/folkmoot/core/rows.py", QUESTION)
    plant(
        tmp_path,
        "src/folkmoot/apps/room/actions.py",
        QUESTION + "def record(actor: object) -> None:\n    require(actor)\n",
    )
    plant(tmp_path, "src/folkmoot/site/templates/a.html", '<script src="/static/a.js" defer></script>')
    plant(tmp_path, "tests/test_rows.py", "def test_rows() -> None:\n" + body(29))
    assert [problem for rule in RULES for problem in rule(tmp_path)] == []
