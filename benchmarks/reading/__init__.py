"""How fast are payments read from messy files, how exactly, and against whom?"""

from benchmarks.reading.contest import measure

__all__ = ["measure"]
