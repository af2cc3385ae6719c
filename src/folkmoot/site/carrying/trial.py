"""Does an exported file make the same place again, on an install that has nothing else?

`python -m folkmoot.site.carrying.trial FILE` takes it in on an install that is thrown away, so that every
figure is worked out by the very code that the pages use. It answers with one JSON object.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from folkmoot.core.kernel.errors import FolkmootError, Refused

OURS = "FOLKMOOT_"


def try_out(path: Path) -> list[dict[str, Any]]:
    """What was checked, one after the other, and whether it holds; nothing comes after what does not."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-verify-") as folder:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(OURS) and name not in ("DATABASE_URL", "PYTHONPATH")
        }
        own = {"FOLKMOOT_DATA": folder, "DJANGO_SETTINGS_MODULE": "folkmoot.site.settings"}
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", "folkmoot.site.carrying.trial", str(path.resolve())],
            env=kept | own,
            capture_output=True,
            text=True,
            check=False,
        )
    try:
        checks: list[dict[str, Any]] = json.loads(done.stdout)
    except ValueError as error:
        raise Refused(
            f"“{path.name}” could not be tried.",
            (done.stderr.strip().splitlines() or ["It said nothing."])[-1],
        ) from error
    return checks


def _try_here(path: Path) -> list[dict[str, Any]]:
    import django  # noqa: PLC0415 - this module is imported where nothing is set up, too

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from folkmoot.core.access import OPERATOR  # noqa: PLC0415 - as above
    from folkmoot.site.carrying.importing import import_partnership  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0, interactive=False)
    checks: list[dict[str, Any]] = []
    try:
        import_partnership(
            OPERATOR,
            path,
            passed=lambda name, words: checks.append({"name": name, "ok": True, "words": words}),
        )
    except FolkmootError as error:
        checks.append({"name": "refused", "ok": False, "words": f"{error.sentence} {error.reason}".strip()})
    return checks


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_try_here(Path(sys.argv[1]))))
