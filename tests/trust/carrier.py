"""What does a process do that carries a place and may be killed at it, and what is found afterwards?

Each act works in a data folder of its own and expects a process with Django that opened no database yet.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from folkmoot.apps.network import actions as network
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.queries import actor_for
from folkmoot.core.access import OPERATOR
from folkmoot.core.kernel.errors import FolkmootError
from folkmoot.site.carrying import restoring
from folkmoot.site.carrying.backing_up import back_up
from folkmoot.site.carrying.exporting import export_partnership
from folkmoot.site.carrying.figures import figures_of
from folkmoot.site.carrying.importing import import_partnership
from partnership import found_town
from trust.carried import furnish


def make(folder: Path) -> None:
    """A furnished install, a backup and an export of it; the same install later; and an empty one."""
    _work_in(folder / "early")
    call_command("migrate", verbosity=0)
    town = found_town()
    furnish(town)
    back_up(OPERATOR, folder / "early.zip")
    export_partnership(OPERATOR, "marram", folder / "place.zip")
    connection.close()
    shutil.copytree(folder / "early", folder / "late")
    _work_in(folder / "late")
    network.make_ask(town.convenor, text="Asked later")
    shutil.rmtree(folder / "late" / "ledgers" / town.partnership.id / "recipes")
    connection.close()
    _work_in(folder / "empty")
    call_command("migrate", verbosity=0)
    connection.close()


def restore(data: Path, file: Path) -> None:
    """The command's own act."""
    _work_in(data)
    restoring.restore(OPERATOR, file, lambda: True)


def take_in(data: Path, file: Path) -> str:
    """As above; answers what was said against it."""
    _work_in(data)
    try:
        import_partnership(OPERATOR, file)
    except FolkmootError as error:
        return str(error)
    return ""


def export(data: Path, file: Path) -> None:
    """As above."""
    _work_in(data)
    export_partnership(OPERATOR, "marram", file)


def finish(data: Path) -> bool:
    """What the next tick does, or the next start."""
    _work_in(data)
    return restoring.finish_left()


def seen(data: Path) -> dict[str, Any]:
    """What an install holds: the figures of each partnership, and its files."""
    _work_in(data)
    told = {one.slug: figures_of(one.id, clock.today()) for one in Partnership.objects.order_by("slug")}
    files = {
        str(path.relative_to(data)): path.stat().st_size
        for shelf in ("ledgers", "originals")
        for path in sorted((data / shelf).rglob("*"))
        if path.is_file() and path.name != "lock"
    }
    return json.loads(json.dumps({"told": told, "files": files}))


def _work_in(data: Path) -> None:
    connection.close()
    settings.FOLKMOOT_DATA = data
    data.mkdir(exist_ok=True)
    connection.settings_dict["NAME"] = data / "folkmoot.sqlite3"
    assert actor_for  # the ground is loaded before a process forks
