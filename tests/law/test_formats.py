"""Dutch formats as the domain table gives them."""

from datetime import date
from decimal import Decimal

import pytest

from grants.law.formats import euro, long_date, masked_iban, percent, short_date


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("12500", "€\u00a012.500,00"),
        ("0", "€\u00a00,00"),
        ("0.005", "€\u00a00,01"),
        ("-0.004", "€\u00a00,00"),
        ("999.995", "€\u00a01.000,00"),
        ("-670000", "-€\u00a0670.000,00"),
        ("1234567.89", "€\u00a01.234.567,89"),
    ],
)
def test_an_amount_is_written_as_a_dutch_letter_writes_it(amount: str, written: str) -> None:
    assert euro(Decimal(amount)) == written


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_what_is_no_amount_is_not_written(amount: str) -> None:
    with pytest.raises(ValueError):
        euro(Decimal(amount))


def test_a_date_is_long_in_text_and_short_in_tables() -> None:
    assert long_date(date(2025, 3, 3)) == "3 maart 2025"
    assert short_date(date(2025, 3, 3)) == "03-03-2025"


@pytest.mark.parametrize(
    ("value", "written"),
    [("50.9", "50,9%"), ("50", "50,0%"), ("33.35", "33,4%"), ("-0.04", "0,0%"), ("-2.5", "-2,5%")],
)
def test_a_percentage_has_one_decimal_and_a_comma(value: str, written: str) -> None:
    assert percent(Decimal(value)) == written


def test_an_iban_shows_its_ends_only() -> None:
    assert masked_iban("NL00 BANK 0123 4512 34") == "NL00 **** **** **12 34"


@pytest.mark.parametrize("text", ["", "NL00BANK", "N" * 35])
def test_a_text_that_is_no_iban_is_not_masked(text: str) -> None:
    with pytest.raises(ValueError):
        masked_iban(text)
