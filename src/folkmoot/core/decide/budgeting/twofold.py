"""How is it reckoned with twice as many digits as the machine has?

A number is the sum of two floats, the second at most half a last digit of the first. Sources: Dekker 1971, A
floating-point technique for extending the available precision; Hida, Li and Bailey 2001, Algorithms for
quad-double precision floating point arithmetic. Compiled, for the inner loops of compiled.
"""

from numba import njit

FINE = 2.0**-98  # relative: no step errs by more than 2**-102, and bounds need no rounding of their own
SPLITTER = 2.0**27 + 1.0


@njit(cache=True)
def _sum(a: float, b: float) -> tuple[float, float]:
    """Two floats as their sum and what rounding took from it, exactly."""
    whole = a + b
    part = whole - a
    return whole, (a - (whole - part)) + (b - part)


@njit(cache=True)
def _product(a: float, b: float) -> tuple[float, float]:
    """The same of a product."""
    whole = a * b
    spread = SPLITTER * a
    a_high = spread - (spread - a)
    a_low = a - a_high
    spread = SPLITTER * b
    b_high = spread - (spread - b)
    b_low = b - b_high
    return whole, ((a_high * b_high - whole) + a_high * b_low + a_low * b_high) + a_low * b_low


@njit(cache=True)
def add(high: float, low: float, more: float, more_low: float) -> tuple[float, float]:
    """The sum of two numbers of two floats each; of numbers that nearly cancel, relative to the larger.

    >>> add(1.0, 0.0, 2.0**-80, 0.0)
    (1.0, 8.271806125530277e-25)
    """
    whole, rest = _sum(high, more)
    lower, lowest = _sum(low, more_low)
    whole, rest = _sum(whole, rest + lower)
    return _sum(whole, rest + lowest)


@njit(cache=True)
def times(factor: float, high: float, low: float) -> tuple[float, float]:
    """A number of two floats times a float."""
    whole, rest = _product(factor, high)
    return _sum(whole, rest + factor * low)


@njit(cache=True)
def over(high: float, low: float, divisor: float) -> tuple[float, float]:
    """A number of two floats divided by a float.

    >>> third = over(1.0, 0.0, 3.0)
    >>> times(3.0, *third)
    (1.0, 0.0)
    """
    first = high / divisor
    back, rest = _product(first, divisor)
    left, more = add(high, low, -back, -rest)
    second = left / divisor
    back, rest = _product(second, divisor)
    left, more = add(left, more, -back, -rest)
    whole, rest = _sum(first, second)
    return _sum(whole, rest + left / divisor)
