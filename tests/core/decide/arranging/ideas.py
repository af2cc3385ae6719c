"""Ideas of an invented town, in three topics and two languages, and what tests ask of any arrangement."""

from folkmoot.core.decide.arranging import Arrangement

TREES = [
    "Plant more street trees on Mill Lane",
    "We need street trees for shade",
    "Trees along every street, please",
    "Plant trees where children wait",
    "More trees and less asphalt",
]
BUSES = [
    "A later bus on Fridays",
    "The last bus leaves too early",
    "Run the bus every ten minutes",
    "Cheaper bus tickets for young people",
    "The bus should stop at the clinic",
]
LIBRARY = [
    "Open the library on Sundays",
    "Library opening hours are too short",
    "A warm room in the library",
    "Borrow tools at the library",
    "The library needs new books",
]
GERMAN = [
    "Mehr Radwege in der Stadt",
    "Sichere Radwege zur Schule",
    "Der Radweg am Fluss ist kaputt",
    "Radwege im Winter räumen",
    "Das Freibad soll länger öffnen",
    "Eintritt ins Freibad ist zu teuer",
    "Ein Freibad für alle Kinder",
    "Schatten im Freibad fehlt",
]
TOWN = TREES + BUSES + LIBRARY


def sets(found: Arrangement, texts: list[str]) -> set[frozenset[str]]:
    """The groups as sets of texts."""
    return {frozenset(texts[place] for place in group.members) for group in found.groups}


def all_places(found: Arrangement) -> list[int]:
    """Every place that the arrangement names, in order."""
    return sorted([place for group in found.groups for place in group.members] + list(found.apart))
