"""Who stands together, by the mathematics of Polis?"""

from folkmoot.core.decide.opinions.polis.axes import Axes
from folkmoot.core.decide.opinions.polis.grouping import Clusters
from folkmoot.core.decide.opinions.polis.map import Group, Map
from folkmoot.core.decide.opinions.polis.mapping import mapped
from folkmoot.core.decide.opinions.polis.representing import Counted, Telling
from folkmoot.core.decide.opinions.polis.routing import next_statement, weights_for
from folkmoot.core.decide.opinions.polis.running import Running
from folkmoot.core.decide.opinions.polis.settings import Settings

__all__ = [
    "Axes",
    "Clusters",
    "Counted",
    "Group",
    "Map",
    "Running",
    "Settings",
    "Telling",
    "mapped",
    "next_statement",
    "weights_for",
]
