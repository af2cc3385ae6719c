"""Which panel was drawn, from which list and which seed, and does it come out again?"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from folkmoot.core.kernel.draw import Draw
from folkmoot.core.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Drawn:
    """One panel of a published list: its number from 0, and the ids of its members in the list's order."""

    seed: str
    number: int
    selected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """Whether a published draw comes out again; if not, in what it differs."""

    matches: bool
    drawn: Drawn
    differs: tuple[str, ...] = ()


def hash_of(ids: Sequence[str], panels: Sequence[Sequence[int]]) -> str:
    """SHA-256 of a list of panels: of {"ids": ..., "panels": ...} as JSON in UTF-8 without spaces.

    To be published with the list before anybody can know the seed.

    >>> hash_of(["a", "b"], [[0], [1]])[:16]
    '600fd92ebc42d68e'
    """
    told = {"ids": list(ids), "panels": [list(panel) for panel in panels]}
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def draw(ids: Sequence[str], panels: Sequence[Sequence[int]], seed: str) -> Drawn:
    """The panel of this list that a public seed draws, each as likely as the next.

    Raises Refused for a seed that is empty or no text.

    >>> draw(["a", "b", "c"], [[0, 1], [0, 2], [1, 2]], "3 14 22 31 40 49")
    Drawn(seed='3 14 22 31 40 49', number=2, selected=('b', 'c'))
    """
    if not seed.strip():
        raise Refused(
            "Nothing was drawn.", "The seed is empty.", "Give a seed that all can look up.", field="seed"
        )
    number = Draw(seed).below(len(panels))
    return Drawn(seed, number, tuple(ids[one] for one in panels[number]))


def replay(told: Mapping[str, Any]) -> Replayed:
    """Draw again from a published answer (the JSON of `folkmoot decide lottery`), and compare.

    Needs its `ids`, `panels`, `hash`, `seed`, `number` and `selected`; `appearances` are counted again. Of
    an answer with a `replacement` that is replayed, and that its panel holds whoever was drawn, and nobody
    who declined. Raises Refused where something is missing or not of its form.

    >>> published = {"ids": ["a", "b"], "panels": [[0], [1]], "hash": hash_of(["a", "b"], [[0], [1]])}
    >>> replay(published | {"seed": "x", "number": 0, "selected": ["a"]}).matches
    True
    >>> replay(published | {"seed": "x", "number": 0, "selected": ["b"]}).differs
    ('selected',)
    """
    with _published():
        drawn, differs = _drawn_anew(told.get("replacement", told))
        if "replacement" in told:
            differs += _not_replaced(told, drawn)
    return Replayed(not differs, drawn, tuple(differs))


def listed_as(told: Mapping[str, Any]) -> bool:
    """Whether a published list of panels has the hash that it was published under.

    Raises Refused where something is missing or not of its form.

    >>> listed_as({"ids": ["a", "b"], "panels": [[0], [1]], "hash": hash_of(["a", "b"], [[0], [1]])})
    True
    """
    with _published():
        ids, panels = _list_of(told)
        return bool(hash_of(ids, panels) == told["hash"])


@contextmanager
def _published() -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise Refused(
            "This draw was not replayed.",
            f"It is not a published lottery ({error}).",
            "Give the JSON as it was.",
        ) from error


def _list_of(told: Mapping[str, Any]) -> tuple[list[str], list[list[int]]]:
    ids = [str(one) for one in told["ids"]]
    panels = [[int(one) for one in panel] for panel in told["panels"]]
    if any(not 0 <= one < len(ids) for panel in panels for one in panel):
        raise IndexError("a panel has a member who is not in the list of ids")
    return ids, panels


def _drawn_anew(told: Mapping[str, Any]) -> tuple[Drawn, list[str]]:
    if told["seed"] is None:
        raise ValueError("it has no seed: nothing was drawn yet")
    ids, panels = _list_of(told)
    drawn = draw(ids, panels, str(told["seed"]))
    found: dict[str, Any] = {
        "hash": hash_of(ids, panels),
        "number": drawn.number,
        "selected": sorted(drawn.selected),
    }
    claimed = {"hash": told["hash"], "number": told["number"], "selected": sorted(told["selected"])}
    if "appearances" in told:  # what people are told of their chances
        came = Counter(ids[one] for panel in panels for one in panel)
        found["appearances"], claimed["appearances"] = {one: came[one] for one in ids}, told["appearances"]
    return drawn, [name for name in found if found[name] != claimed[name]]


def _not_replaced(told: Mapping[str, Any], drawn: Drawn) -> list[str]:
    panel, came, declined = (list(told[name]) for name in ("selected", "replaced_by", "declined"))
    right = {
        "replaced_by": sorted(came) == sorted(drawn.selected) and set(came) <= set(panel),
        "declined": not set(declined) & set(panel),
        "panel": len(set(panel)) == len(panel),
    }
    return [name for name, holds in right.items() if not holds]
