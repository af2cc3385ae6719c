"""How are a publisher's files read, as persons have said?"""

import hashlib
import os
import re
from pathlib import Path

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.ledger.manifest import sync_folder
from folkmoot.core.spend.reading import Recipe
from folkmoot.core.spend.reading.guessing.headings import fold

MOST = 20  # publishers change their headings now and then, not more often


def keep_recipe(folder: Path, key: str, recipe: Recipe, anchor: str) -> Path:
    """Write a recipe where it will be found again, in one step; one for each set of headings."""
    shelf = _shelf(folder, key)
    shelf.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256("\n".join(map(fold, recipe.headings)).encode()).hexdigest()[:12]
    path, fresh = shelf / f"{name}.toml", shelf / f"{name}.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(recipe.as_toml(f"those of {anchor}"))
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
    sync_folder(shelf)
    return path


def load_recipes(folder: Path, key: str) -> list[Recipe]:
    """The recipes kept under a key, the newest first. Refused when one was edited and is no recipe now."""
    found = sorted(_shelf(folder, key).glob("*.toml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    recipes = []
    for path in found[:MOST]:
        try:
            recipes.append(Recipe.from_toml(path.read_text(encoding="utf-8")))
        except Refused as error:
            raise Refused(
                f"The kept recipe {path.parent.name}/{path.name} cannot be read.",
                f"{error.sentence} {error.reason}",
                "Mend it, or delete it: the files are then read by guess again.",
            ) from error
    return recipes


def _shelf(folder: Path, key: str) -> Path:
    """A publisher's folder, by a name that a person knows again and no name can lead out of."""
    plain = re.sub(r"[^a-z0-9]+", "-", key.casefold()).strip("-")[:40]
    return folder / "recipes" / f"{plain or 'publisher'}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
