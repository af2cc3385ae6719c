"""What is one measurement, and how is it told?"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Measured:
    """Seconds of ours against a peer's (or a budget) in the same run; above 1 the ratio is in our favour.

    Peak memory in MiB stands beside them where it was measured, else 0.
    """

    benchmark: str
    work: str
    ours: float
    against: str
    theirs: float
    note: str = ""
    ours_mib: float = 0
    theirs_mib: float = 0

    @property
    def ratio(self) -> float:
        """Theirs over ours."""
        return self.theirs / self.ours

    def line(self) -> str:
        """One line of the table."""
        told = (
            f"{self.benchmark:<9}{self.work:<44}{self.ours:>9.4f} s {self.against:>26}{self.theirs:>11.4f} s"
        )
        memory = f"{self.ours_mib:,.0f} MiB" if self.ours_mib else ""
        memory += f" against {self.theirs_mib:,.0f} MiB" if self.theirs_mib else ""
        return f"{told}{self.ratio:>10.2f}x  {'; '.join(part for part in (memory, self.note) if part)}"

    def as_row(self) -> dict[str, object]:
        """The same for a file."""
        return asdict(self) | {"ratio": round(self.ratio, 3)}


def timed(work: Callable[[], Result], rounds: int = 1) -> tuple[float, Result]:
    """The median seconds of some rounds, and the last round's result."""
    seconds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - begun)
    return median(seconds), result
