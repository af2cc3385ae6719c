"""Which rules of the house can a machine keep?

Each rule takes a tree (the folder that holds `src`, `tests` and `pyproject.toml`) and answers with one
sentence for every place that breaks it, so that the real tree and a planted one are judged alike.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

Rule = Callable[[Path], list[str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef

LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_VIEW = 400, 60, 25
LONGEST_TEMPLATE, LONGEST_TEST = 120, 30
MOST_FILES, MOST_NAMES = 15, 15
BANNED_NAMES = {"util", "utils", "common", "base", "helper", "helpers", "manager", "managers", "data", "info"}
# A banned name that somebody else asks for, with the reason.
NAMED_BY_OTHERS = {"site/postgres/base.py": "Django loads a database's wrapper from a module of this name"}
FIRST_SENTENCE_ASKS = re.compile(r"\s*(?:[^.!?]|\.(?=\S))+\?(?:\s|$)")
INLINE = re.compile(r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.I)
MACHINE_PATH = re.compile(r"(?<![\w.:/<}])/(?:root|home|work|Users)/\w")
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?::\s*[A-Z0-9, ]+|\[[\w, -]+\])?(?P<reason>.*)")

# Public functions of queries and actions that do not take the actor first, each with its reason.
WITHOUT_ACTOR = {
    "places/queries.py:actor_for": "it makes the actor, from an account and an address",
    "places/queries.py:account_by_email": "it finds whoever has proved that an address is theirs",
    "places/queries.py:admitted": "it takes the act and then the actor, and turns a rule into a filter",
    "places/queries.py:only": "it takes rows that have been admitted already",
    "places/queries.py:token_actor": "it makes the actor, from a token",
    "places/queries.py:database_answers": "it says only whether there is a database",
}
# Actions that do not ask the table whether the actor may, each with its reason.
WITHOUT_TABLE = {
    "places/actions.py:accept_invitation": "the invitation says who may join: it is bound to one address",
}


def modules(tree: Path) -> Iterator[tuple[str, Path]]:
    """Our own modules, by their path below the package; migrations are as Django writes them."""
    package = tree / "src" / "folkmoot"
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(package).as_posix(), path


@cache
def parsed(path: Path) -> ast.Module:
    """The module's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[Function]:
    """Every function of a module, methods and nested ones too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, Function):
            yield node


def length(node: Function) -> int:
    """Lines from `def` to the end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def lines_of(path: Path) -> list[str]:
    """The lines of a file."""
    return path.read_text(encoding="utf-8").splitlines()


def first_argument(node: Function) -> str:
    """The name of a function's first parameter, or nothing."""
    arguments = [*node.args.posonlyargs, *node.args.args]
    return arguments[0].arg if arguments else ""


def public_functions(path: Path) -> Iterator[Function]:
    """The functions of a module that others may call."""
    for node in parsed(path).body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def gathered(tree: Path, path: Path) -> Iterator[tuple[Path, Function]]:
    """The public functions of a room's actions or queries, and those that it gathers under its own name from
    other modules of the room, each with the module that holds it."""
    shown: set[str] = set()
    for node in parsed(path).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            shown = set(ast.literal_eval(node.value))
    yield from ((path, node) for node in public_functions(path))
    for node in parsed(path).body:
        module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        source = tree / "src" / (module.replace(".", "/") + ".py")
        if module and source.parent == path.parent and source.exists():
            names = shown & {alias.name for alias in node.names}
            yield from ((source, one) for one in public_functions(source) if one.name in names)


def modules_are_short(tree: Path) -> list[str]:
    """A module has at most 400 lines."""
    return [name for name, path in modules(tree) if len(lines_of(path)) > LONGEST_MODULE]


def functions_are_short(tree: Path) -> list[str]:
    """A function has at most 60 lines."""
    return [
        f"{name}: {node.name} has {length(node)} lines"
        for name, path in modules(tree)
        for node in functions(path)
        if length(node) > LONGEST_FUNCTION
    ]


def views_are_short(tree: Path) -> list[str]:
    """A view has at most 25 lines."""
    return [
        f"{name}: {node.name} has {length(node)} lines"
        for name, path in modules(tree)
        if path.stem == "pages" or path.stem.endswith("views")
        for node in functions(path)
        if first_argument(node) == "request" and length(node) > LONGEST_VIEW
    ]


def templates(tree: Path) -> Iterator[Path]:
    """Every template, of the site and of the rooms."""
    for folder in sorted((tree / "src" / "folkmoot").rglob("templates")):
        yield from sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".txt"))


def templates_are_short(tree: Path) -> list[str]:
    """A template has at most 120 lines."""
    return [path.name for path in templates(tree) if len(lines_of(path)) > LONGEST_TEMPLATE]


def templates_keep_the_policy(tree: Path) -> list[str]:
    """No inline script, style or handler, which the content security policy would block."""
    return [
        f"{path.name}:{number}"
        for path in templates(tree)
        for number, line in enumerate(lines_of(path), start=1)
        if INLINE.search(line)
    ]


def tests_are_short(tree: Path) -> list[str]:
    """A test function has at most 30 lines."""
    return [
        f"{path.name}: {node.name} has {length(node)} lines"
        for path in sorted((tree / "tests").rglob("test_*.py"))
        for node in functions(path)
        if node.name.startswith("test_") and length(node) > LONGEST_TEST
    ]


def core_folders_are_small(tree: Path) -> list[str]:
    """A folder of the core holds at most 15 files."""
    core = tree / "src" / "folkmoot" / "core"
    found = []
    for folder in [core, *(path for path in core.rglob("*") if path.is_dir())]:
        held = [path for path in folder.iterdir() if path.is_file() and folder.name != "__pycache__"]
        if len(held) > MOST_FILES:
            found.append(f"{folder.relative_to(core)} holds {len(held)} files")
    return found


def front_doors_are_narrow(tree: Path) -> list[str]:
    """An `__init__` offers at most 15 public names."""
    found = []
    for name, path in modules(tree):
        if path.name == "__init__.py" and len(offered := front_door(path)) > MOST_NAMES:
            found.append(f"{name} offers {len(offered)} names")
    return found


def front_door(path: Path) -> set[str]:
    """The public names of a module: its `__all__`, or else all that it binds."""
    names: set[str] = set()
    for node in parsed(path).body:
        if isinstance(node, ast.ImportFrom | ast.Import):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, Function | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            bound = {target.id for target in targets if isinstance(target, ast.Name)}
            if "__all__" in bound and node.value is not None:
                return set(ast.literal_eval(node.value))
            names |= bound
    return {name for name in names if not name.startswith("_")}


def modules_open_with_a_question(tree: Path) -> list[str]:
    """A module's docstring opens with the question that the module answers."""
    return [
        name
        for name, path in modules(tree)
        if not FIRST_SENTENCE_ASKS.match(ast.get_docstring(parsed(path)) or "")
    ]


def names_say_something(tree: Path) -> list[str]:
    """No module or package is called utils, common, base, helper, manager, data or info."""
    return [
        name
        for name, path in modules(tree)
        if name not in NAMED_BY_OTHERS
        and BANNED_NAMES & {piece for part in Path(name).with_suffix("").parts for piece in part.split("_")}
    ]


def actors_come_first(tree: Path) -> list[str]:
    """Every public function of actions and queries takes the actor first, but for those with a reason."""
    met, found = set(), []
    for name, path in modules(tree):
        if path.name not in ("actions.py", "queries.py"):
            continue
        for _, node in gathered(tree, path):
            key = f"{name.removeprefix('apps/')}:{node.name}"
            met.add(key)
            if first_argument(node) != "actor" and key not in WITHOUT_ACTOR:
                found.append(key)
    stale = set(WITHOUT_ACTOR) - met if (tree / "src/folkmoot/apps/places/queries.py").exists() else set()
    return found + [f"{key} has a reason but is not there" for key in sorted(stale)]


def actions_ask_first(tree: Path) -> list[str]:
    """Every action asks the table whether the actor may, itself or through what it calls with the actor."""
    found = []
    for name, path in modules(tree):
        if path.name != "actions.py":
            continue
        for source, node in gathered(tree, path):
            key = f"{name.removeprefix('apps/')}:{node.name}"
            if node.name not in _asking(source) and key not in WITHOUT_TABLE:
                found.append(f"{name}:{node.name}")
    return found


@cache
def _asking(path: Path) -> frozenset[str]:
    """The functions of a module that ask, as deep as they call one another."""
    nodes = [node for node in parsed(path).body if isinstance(node, Function)]
    asking: set[str] = set()
    for _ in nodes:
        asking |= {node.name for node in nodes if _asks(node, asking)}
    return frozenset(asking)


def _asks(node: Function, asking: set[str]) -> bool:
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if called in ("require", "admitted") or called.endswith("_for") or called in asking:
                return True
    return False


def public_core_functions_are_explained(tree: Path) -> list[str]:
    """Every public function of the core says what it does."""
    return [
        f"{name}:{node.name}"
        for name, path in modules(tree)
        if name.startswith("core/")
        for node in public_functions(path)
        if not ast.get_docstring(node)
    ]


def functions_are_typed(tree: Path) -> list[str]:
    """Every function says what it takes and what it gives."""
    return [
        f"{name}:{node.name}"
        for name, path in modules(tree)
        for node in functions(path)
        if node.returns is None
    ]


def silence_has_a_reason(tree: Path) -> list[str]:
    """A linter is silenced only with a rule's name, and with the reason beside it."""
    return [
        f"{name}:{number}"
        for name, path in modules(tree)
        for number, line in enumerate(lines_of(path), start=1)
        if (found := SILENCED.search(line)) and not found["reason"].strip(" -–:")
    ]


def paths_are_nobodys(tree: Path) -> list[str]:
    """No text names a folder of the machine that it was written on."""
    kinds = (".py", ".md", ".toml", ".html", ".txt", ".css", ".js", ".lock")
    looked_at = [
        tree / name for name in ("src", "tests", "docs", "benchmarks", "theme") if (tree / name).exists()
    ]
    files = [path for folder in looked_at for path in folder.rglob("*") if "node_modules" not in path.parts]
    return [
        path.name
        for path in [*files, *tree.glob("*")]
        if path.is_file()
        and (path.suffix in kinds or path.name == "Makefile")
        and MACHINE_PATH.search(path.read_text(encoding="utf-8", errors="replace"))
    ]


def lock_is_anonymous_and_hashed(tree: Path) -> list[str]:
    """The lock pins exact versions with hashes and names no registry host."""
    text = (tree / "requirements.lock").read_text(encoding="utf-8")
    found = [line for line in text.splitlines() if "://" in line or line.startswith(("-i", "-f", "--"))]
    entries = re.split(r"\n(?=\S)", text.replace("\\\n", " "))
    for entry in entries:
        bare = "\n".join(line for line in entry.splitlines() if not line.strip().startswith("#")).strip()
        if bare and ("==" not in bare or "--hash=sha256:" not in bare):
            found.append(f"not pinned with a hash: {bare.split()[0]}")
    return found


def dependencies_have_reasons(tree: Path) -> list[str]:
    """Each dependency stands on its own line with its reason, and the lock holds it."""
    text = (tree / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    wanted = [
        *project["dependencies"],
        *(one for group in project["optional-dependencies"].values() for one in group),
    ]
    lock = (tree / "requirements.lock").read_text(encoding="utf-8").lower()
    found = []
    for requirement in wanted:
        line = next((line for line in text.splitlines() if line.strip().startswith(f'"{requirement}"')), "")
        if not re.search(r'",?\s*#\s*\S+', line):
            found.append(f"{requirement} has no reason beside it")
        name = re.match(r"[\w.-]+", requirement)[0].lower()
        if not re.search(rf"^{re.escape(name)}==", lock, re.M):
            found.append(f"{requirement} is not in the lock")
    return found


RULES: tuple[Rule, ...] = (
    modules_are_short,
    functions_are_short,
    views_are_short,
    templates_are_short,
    templates_keep_the_policy,
    tests_are_short,
    core_folders_are_small,
    front_doors_are_narrow,
    modules_open_with_a_question,
    names_say_something,
    actors_come_first,
    actions_ask_first,
    public_core_functions_are_explained,
    functions_are_typed,
    silence_has_a_reason,
    paths_are_nobodys,
    lock_is_anonymous_and_hashed,
    dependencies_have_reasons,
)
