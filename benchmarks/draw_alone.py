"""How long do we take to find everybody's chance, and what are the chances?

`python -m benchmarks.draw_alone PEOPLE.csv QUOTAS.csv SIZE METHOD`: one JSON object, as the peer's script.
"""

import json
import sys
import time
from pathlib import Path

from folkmoot.core.decide.lottery import Method
from folkmoot.core.decide.lottery.lot import FAIR, lottery
from folkmoot.core.decide.lottery.panels import Panels
from folkmoot.core.decide.lottery.reading import read_pool, read_quotas


def main(people: str, quotas: str, size: str, method: str) -> None:
    """Read, then find the chances (timed, as the peer's), then write the thousand panels (told beside it)."""
    asked = read_quotas(Path(quotas).read_bytes())
    pool = read_pool(Path(people).read_bytes(), asked, int(size))
    begun = time.perf_counter()
    panels, types = Panels.of(pool), pool.types
    first = panels.best(types.counts * 0.0)
    assert first is not None, "no panel keeps the quotas"
    mix = FAIR[Method(method)](panels, types.counts, first, lambda _: None)
    chances = types.each(mix.expected / types.counts, len(pool.people))
    took = time.perf_counter() - begun
    begun = time.perf_counter()
    whole = lottery(pool, Method(method))
    answer = {
        "seconds": took,
        "with_panels": time.perf_counter() - begun,
        "furthest_off": whole.furthest_off,
        "types": len(types),
        "chances": dict(zip(pool.ids, map(float, chances), strict=True)),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
