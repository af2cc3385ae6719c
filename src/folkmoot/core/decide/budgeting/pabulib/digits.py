"""Which number is written here, to the last digit?"""

import re
from fractions import Fraction

LONGEST = 30  # digits before or after the point
_NUMBER = re.compile(r"([+-]?)([0-9]+)(?:([.,])([0-9]*))?(?:[eE]([+-]?[0-9]{1,4}))?")
_LONGEST_TEXT = 100  # characters that are looked at


def exact(text: str) -> Fraction:
    """The number of a decimal text: whole, with a point, with a decimal comma, or with a power of ten.

    Nothing is rounded. Raises ValueError with a sentence. A comma before exactly three digits is refused
    where it may as well part thousands ("400,000"): nobody can say which is meant.

    >>> exact("400000.0"), exact("12,5"), exact("1e6"), exact("0,125")
    (Fraction(400000, 1), Fraction(25, 2), Fraction(1000000, 1), Fraction(1, 8))
    >>> exact("400,000")
    Traceback (most recent call last):
    ValueError: the comma may part thousands or begin decimals
    """
    text = text.strip()
    if len(text) <= LONGEST and text.isascii() and text.isdigit():  # nearly all numbers are whole
        return Fraction(int(text))
    if not text:
        raise ValueError("there is no number")
    found = _NUMBER.fullmatch(text[:_LONGEST_TEXT])
    if found is None:
        raise ValueError("this is not a number in digits")
    sign, whole, mark, part, power = found.groups()
    part, shift = part or "", int(power or 0)
    if max(len(whole), len(part), abs(shift)) > LONGEST or len(text) > _LONGEST_TEXT:
        raise ValueError(f"the number has more than {LONGEST} digits before or after the point")
    if mark == "," and len(part) == len("000") and len(whole) <= len("000") and whole.strip("0"):
        raise ValueError("the comma may part thousands or begin decimals")
    number = Fraction(int(whole + part)) * Fraction(10) ** (shift - len(part))
    return -number if sign == "-" else number


def decimal(number: Fraction) -> str:
    """The number in digits, with as many decimals as it needs. Raises ValueError where they never end.

    >>> decimal(Fraction(25, 2)), decimal(Fraction(-1, 8)), decimal(Fraction(400000)), decimal(Fraction())
    ('12.5', '-0.125', '400000', '0')
    """
    rest, powers = number.denominator, []
    for factor in (2, 5):
        powers.append(0)
        while rest % factor == 0:
            rest //= factor
            powers[-1] += 1
    if rest != 1:
        raise ValueError("the number has no end in decimals")
    places = max(powers)
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    told = f"{digits[: len(digits) - places]}.{digits[len(digits) - places :]}" if places else digits
    return f"-{told}" if number < 0 else told
