"""Does a result that was published come out again?"""

import json
from pathlib import Path
from typing import Any

from folkmoot.cli.opened import beginning_of, content_of
from folkmoot.core.kernel.errors import Refused


def is_published(file: Path) -> bool:
    """Whether the file is a result as JSON, and no export or backup."""
    return beginning_of(file, 64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def check_published(file: Path) -> dict[str, Any]:
    """Draw a published lottery again; of one that is not drawn yet, whether its list has its hash.

    Raises Refused where the file is no such result.
    """
    from folkmoot.core.decide.lottery import replay
    from folkmoot.core.decide.lottery.drawing import listed_as

    try:
        told = json.loads(content_of(file, "a published result"))
    except (ValueError, RecursionError) as error:
        raise Refused(
            f"{file.name} was not verified.",
            f"It is not whole JSON: {error}.",
            "Give it as it was published.",
        ) from error
    if "panels" in told and told.get("seed") is None:
        whole = listed_as(told)
        words = "the list has its hash; nothing was drawn yet" if whole else "the list has another hash"
        return {"name": "the list of panels", "ok": whole, "words": words}
    again = replay(told)
    drawn = f"seed “{again.drawn.seed}” draws panel {again.drawn.number}: {', '.join(again.drawn.selected)}"
    words = drawn if again.matches else f"{drawn}; it differs in {', '.join(again.differs)}"
    return {"name": "the draw", "ok": again.matches, "words": words}
