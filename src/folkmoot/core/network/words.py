"""How is the count of support said in a sentence?"""

from folkmoot.core.network.support import Support


def in_words(counted: Support) -> str:
    """The panel's sentence: how many of how many wanted, in how many parts.

    >>> from datetime import date
    >>> from folkmoot.core.network.support import support
    >>> in_words(support([], [], as_of=date(2026, 11, 16)))
    'None of the 20 active supporters you want yet.'
    """
    active, target = counted.active, counted.target
    if not active:
        return f"None of the {_supporters(target)} you want yet."
    held = sum(1 for number in counted.parts.values() if number)
    where = f", in {held} of {_parts(len(counted.parts))} of the system" if counted.parts else ""
    if active > target:
        return f"{_supporters(active)}, more than the {target} you want{where}."
    return f"{active} of the {_supporters(target)} you want{where}."


def breadth_in_words(counted: Support) -> str:
    """Whether the support is broad, and if not, what is in the way.

    >>> from datetime import date
    >>> from folkmoot.core.network.support import support
    >>> breadth_in_words(support([], [], as_of=date(2026, 11, 16), parts=["Health", "Housing"]))
    'Nobody is active yet in Health and Housing.'
    """
    if not counted.parts:
        return "No part of the system is named yet."
    if counted.breadth_ok:
        return "Every part has somebody, and no part holds more than a third."
    empty = [part for part, number in counted.parts.items() if not number]
    if len(empty) == len(counted.parts):
        return f"Nobody is active yet in {_listed(empty)}."
    largest = max(counted.parts.values())
    total = sum(counted.parts.values())
    told = [f"{_listed(empty)} {'has' if len(empty) == 1 else 'have'} nobody active yet"] if empty else []
    if 3 * largest > total:
        most = [part for part, number in counted.parts.items() if number == largest]
        told.append(f"{_listed(most)} {_holds(most)} {largest} of {total}, more than a third")
    return "; ".join(told) + "."


def _supporters(number: int) -> str:
    return "1 active supporter" if number == 1 else f"{number} active supporters"


def _parts(number: int) -> str:
    return "1 part" if number == 1 else f"{number} parts"


def _holds(names: list[str]) -> str:
    return "holds" if len(names) == 1 else "each hold"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
