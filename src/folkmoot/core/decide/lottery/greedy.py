"""Which panels come of filling the scarcest quota first, by chance, as was long done?"""

import numpy as np

from folkmoot.core.decide.lottery.pool import Pool, Whole
from folkmoot.core.kernel.draw import Draw
from folkmoot.core.kernel.errors import Refused

TRIES = 20  # for each panel that is wanted, on average


def greedy(pool: Pool, count: int, draw: Draw) -> tuple[tuple[int, ...], ...]:
    """So many panels, each filled one by one: the quota that is most in need first, then anybody who has it.

    The way in use before there were fair ones ("Legacy" in Flanigan et al., Nature 2021, supplementary
    information). It keeps the quotas, and promises nothing about chances. In need is the quota of which the
    greatest part of the people left has to be taken. Whoever would break a quota leaves; where nobody is
    left the panel is begun anew. Raises Refused where that hardly ever comes to an end.
    """
    answers = pool.answer_places()
    homes = np.unique(
        [one.household or f"\0{place}" for place, one in enumerate(pool.people)], return_inverse=True
    )
    panels: list[tuple[int, ...]] = []
    for _ in range(TRIES * count):
        panel = _filled(pool, answers, homes[1], draw)
        if panel is not None:
            panels.append(panel)
        if len(panels) == count:
            return tuple(panels)
    raise Refused(
        "The greedy draw found too few panels.",
        f"{len(panels):,} of {TRIES * count:,} tries kept the quotas.",
        "Use maximin or leximin, which always find one.",
        field="method",
    )


def _filled(pool: Pool, answers: Whole, homes: Whole, draw: Draw) -> tuple[int, ...] | None:
    low = np.array([quota.low for quota in pool.quotas])
    high = np.array([quota.high for quota in pool.quotas])
    left = ~(high[answers] == 0).any(axis=1)
    panel: list[int] = []
    while len(panel) < pool.size:
        there = np.bincount(answers[left].ravel(), minlength=len(low))
        if (low > there).any() or not left.any():
            return None
        need = np.where(low > 0, low / np.maximum(there, 1), 0)
        most = need.max(initial=0)
        scarce = draw.pick([int(one) for one in np.flatnonzero(need == most)]) if most > 0 else -1
        able = np.flatnonzero(left & (answers == scarce).any(axis=1)) if scarce >= 0 else np.flatnonzero(left)
        one = int(able[draw.below(len(able))])
        panel.append(one)
        low[answers[one]] -= 1
        high[answers[one]] -= 1
        left &= homes != homes[one]
        left &= ~(high[answers] <= 0).any(axis=1)
    return tuple(sorted(panel)) if (low <= 0).all() else None
