"""Is a published amount or date read as what it says, and a formula never run?"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spend.shapes import AMOUNTS, DATES
from folkmoot.core.spend.cells import safe_cell
from folkmoot.core.spend.reading.values.amounts import read_amount
from folkmoot.core.spend.reading.values.dates import order_evidence, read_day


@given(st.integers(-(10**14), 10**14), st.sampled_from(sorted(AMOUNTS)))
def test_every_style_of_amount_says_its_pence(pence: int, style: str) -> None:
    text = AMOUNTS[style](Decimal(pence) / 100)
    assert read_amount(text, decimal_mark="," if style == "comma" else ".") == pence


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("0", 0), ("-0.00", 0), (".5", 50), ("7", 700), ("+3.1", 310), ("£ 1,234 ", 123400), ("GBP 5", 500),
        ("5.00 CR", -500), ("5.00DR", 500), ("−5", -500), ("- £5", -500), ("£-5", -500), ("£(5.00)", -500),
        ("\xa01\xa0234.50", 123450), ("1'234.50", 123450), ("Â£5", 500), ("\ufffd5", 500), ("œ5", 500),
        ("0.005", 1), ("-0.005", -1), ("1.004999", 100), ("1.23E+05", 12300000), ("'12.50", 1250),
        ("12,34,567.00", 123456700),
    ],
)  # fmt: skip
def test_amounts_as_they_are_met(text: str, pence: int) -> None:
    assert read_amount(text) == pence


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "£", "()", "9..9", "9.9.", "1,23", "1,2345", "12%", "1 2", "(-5)", "--5", "5-5", "nan",
     "inf", "1e999", "1" * 40, "٣", "1_000", "0x10", "2020-04-30", "=1+1", "1.234,56"],
)  # fmt: skip
def test_what_is_no_amount_is_never_one(text: str) -> None:
    assert read_amount(text) == "amount_unreadable"


@pytest.mark.parametrize("text", ["€5", "$5.00", "EUR 5", "5 USD", "-€5"])
def test_another_currency_is_no_amount_of_this_one(text: str) -> None:
    assert read_amount(text) == "currency_unknown"
    assert read_amount("€5", currency="EUR") == 500


@given(st.dates(date(1971, 1, 1), date(2068, 12, 31)), st.sampled_from(sorted(DATES)))
def test_every_style_of_date_says_its_day(day: date, style: str) -> None:
    order = "mdy" if style == "month_first" else "dmy"
    assert read_day(DATES[style](day), order) == day
    assert order_evidence(DATES["day_first"](day)) == ("dmy" if day.day > 12 else "")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20200430", date(2020, 4, 30)), ("30.4.20", date(2020, 4, 30)), ("43951", date(2020, 4, 30)),
        ("30/04/2020 00:00", date(2020, 4, 30)), ("30 Sept 2020", date(2020, 9, 30)),
        ("April 30, 2020", date(2020, 4, 30)), ("30th April 2020", date(2020, 4, 30)),
        ("2020-04-30 13:45:00", date(2020, 4, 30)), ("2020-04-30T00:00:00Z", date(2020, 4, 30)),
        ("29/02/2020", date(2020, 2, 29)), ("29/02/2021", None), ("00/00/0000", None),
            ("Apr-20", date(2020, 4, 1)), ("April 2020", date(2020, 4, 1)), ("2020-04", date(2020, 4, 1)),
        ("2020-13-01", None), ("12.50", None), ("", None), ("1234567890", None), ("٣٠/٠٤/٢٠٢٠", None),
    ],
)  # fmt: skip
def test_dates_as_they_are_met(text: str, day: date | None) -> None:
    assert read_day(text) == day


@given(st.text(max_size=8))
def test_no_exported_cell_begins_a_formula_and_no_data_is_lost(text: str) -> None:
    safe = safe_cell(text)
    assert safe in (text, f"'{text}")
    assert safe[:1] not in ("=", "@", "\t", "\r")
    if safe[:1] in ("+", "-"):
        assert set(safe[1:]) <= set("0123456789.,")
        assert any(map(str.isdigit, safe))
