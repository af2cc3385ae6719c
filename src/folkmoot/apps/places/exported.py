"""Where does the file lie in which a partnership was put together, and for how long?

It holds everything about everybody, so it is kept for a day at most, and not at all once somebody was erased.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from folkmoot.apps.places import clock
from folkmoot.core.kernel.ids import is_id

KEPT_FOR = timedelta(days=1)


def exported_file(partnership_id: str) -> Path:
    """The file's path, whether it is there or not; its folder is there."""
    if not is_id(partnership_id):
        raise ValueError("a partnership's id")
    folder = Path(settings.FOLKMOOT_DATA) / "exports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{partnership_id}.zip"


def forget_exported(partnership_id: str) -> None:
    """The file of one partnership is gone."""
    exported_file(partnership_id).unlink(missing_ok=True)


def sweep_exported() -> int:
    """Files that were made more than a day ago go, half-written ones among them; answers how many went."""
    folder = Path(settings.FOLKMOOT_DATA) / "exports"
    old = [path for path in folder.glob("*") if clock.real() - _made_at(path) > KEPT_FOR]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _made_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=clock.real().tzinfo)
