"""Which queries and actions have no route, and why?

Every other public query and action of a room has one: `uncovered` finds what has neither.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

APPS = Path(__file__).resolve().parent.parent / "apps"
OPERATORS = "only whoever runs the server may, on its own command line"
WORKERS = "the worker's own"
WITHIN = "a step of another that has a route"

LEFT_OUT: dict[str, str] = {
    "places.found_partnership": OPERATORS,
    "places.admit_member": "members come by invitation, so that their address is proved",
    "places.make_token": "a token that made tokens would choose its own scopes",
    "places.accept_invitation": "whoever is invited accepts on the page that their letter opens",
    "places.waiting_for": "whoever is invited accepts on the page that their letter opens",
    "places.invitation_for": "invitations tell the same",
    "places.part_held_for": "parts tell the same",
    "places.people_without_account_for": "it fills a form's box; people and members tell the same",
    "places.my_partnerships_for": "a token opens one partnership and tells of no other",
    "places.changes_for": "it feeds the feed of changes, which programs read as it is",
    "places.setting_up_for": "a list for the convenor's own page; what it asks about has routes",
    "places.whole_of": "it names what is asked about",
    "places.person_for": "network’s people tell the same",
    "places.people_for": "network’s people tell the same",
    "places.posts_for": "network’s people tell the same",
    "network.support_shown_for": "support tells the same",
    "network.newest_change_for": "support tells the same",
    "network.support_both_ways_for": "support and its count have a route each",
    "network.support_and_next_for": "support and what is next have a route each",
    "network.person_names_for": "it fills a form's box; people tell the same",
    "network.stances_read_for": WITHIN,
    "people.import_contacts": "taking a file in and confirming it have a route each",
    "people.due_count_for": "due tells the same",
    "people.look_after_records": WORKERS,
    "spend.upload_file": "files does the same for a file that holds one list",
    "spend.carry_out": WORKERS,
    "spend.mend_uploads": OPERATORS,
}


def uncovered() -> list[str]:
    """Public queries and actions with neither a route nor a reason, and reasons that nothing needs."""
    offered, asked = set(_offered()), set(_asked())
    without = sorted(offered - asked - set(LEFT_OUT))
    stale = [f"{name} has a reason but needs none" for name in sorted(set(LEFT_OUT) - (offered - asked))]
    return without + stale


def _offered() -> Iterator[str]:
    """Every function that the queries and actions of a room offer, made there or gathered there."""
    for kind in ("queries", "actions"):
        for path in sorted(APPS.glob(f"*/{kind}.py")):
            for name in _public(path):
                yield f"{path.parent.name}.{name}"


def _public(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    gathered = {
        alias.asname or alias.name: APPS.parent.parent.joinpath(*node.module.split(".")).with_suffix(".py")
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("folkmoot.apps.")
        for alias in node.names
    }
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and _takes_actor(node):
            yield node.name
        if isinstance(node, ast.Assign) and any(getattr(one, "id", "") == "__all__" for one in node.targets):
            for name in ast.literal_eval(node.value):
                if name in gathered and _is_function(gathered[name], name):
                    yield name


def _is_function(path: Path, name: str) -> bool:
    """Whether the module at the path makes a function of that name that takes the actor first."""
    if not path.exists():
        return False
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    made = [node for node in nodes if isinstance(node, ast.FunctionDef) and _takes_actor(node)]
    return name in {node.name for node in made}


def _takes_actor(node: ast.FunctionDef) -> bool:
    first = [*node.args.posonlyargs, *node.args.args][:1]
    return not node.name.startswith("_") and [one.arg for one in first] == ["actor"]


def _asked() -> Iterator[str]:
    """Every query and action that a room's routes call."""
    for path in sorted(APPS.glob("*/api.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in ("queries", "actions"):
                yield f"{path.parent.name}.{node.attr}"
