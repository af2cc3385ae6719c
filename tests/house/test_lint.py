"""Does the linter catch what the house forbids, where it forbids it?"""

import subprocess
import sys
from pathlib import Path

import pytest

TREE = Path(__file__).resolve().parents[2]
CORE, ROOM, COMMANDS = (
    "src/folkmoot/core/kernel/a.py",
    "src/folkmoot/apps/spend/a.py",
    "src/folkmoot/cli/a.py",
)
OPENING = '"""What is planted here?"""\n\n'
INLINE = "def read() -> None:\n    import json\n\n    json.loads('1')\n"

# Where it is planted, what, and the code by which it is caught.
PLANTS = [
    (CORE, "from datetime import datetime\n\nNOW = datetime.now()\n", "TID251"),
    (ROOM, "from django.utils.timezone import now\n\nNOW = now()\n", "TID251"),
    (CORE, "import random\n\nDRAWN = random.random()\n", "TID251"),
    (ROOM, "import importlib\n\nSPEND = importlib.import_module('folkmoot')\n", "TID251"),
    (ROOM, INLINE, "PLC0415"),
    (CORE, "from . import money\n\nprint(money)\n", "TID252"),
    (CORE, "def read(path):\n    return path\n", "ANN"),
    (
        ROOM,
        "def read() -> None:\n    try:\n        open('a')\n    except Exception:\n        pass\n",
        "BLE001",
    ),
    (CORE, "print('read')\n", "T201"),
]


def codes(path: str, text: str) -> str:
    """What the linter says of a text as if it lay there."""
    command = [Path(sys.executable).with_name("ruff"), "check", "--stdin-filename", path, "-"]
    found = subprocess.run(
        command, cwd=TREE, input=OPENING + text, capture_output=True, text=True, check=False
    )
    return found.stdout


@pytest.mark.parametrize(("path", "text", "code"), PLANTS, ids=[f"{p[0]}-{p[2]}" for p in PLANTS])
def test_a_planted_breach_is_caught(path: str, text: str, code: str) -> None:
    assert code in codes(path, text)


def test_commands_may_import_where_they_need_it() -> None:
    assert "PLC0415" not in codes(COMMANDS, INLINE)
