"""Reading what somebody typed: lenient about the way of writing, strict about the meaning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.formats import euro, long_date, short_date
from grants.schemes import answer_values
from grants.schemes.answer_values import Unreadable


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("2500", "2500.00"),
        ("2.500", "2500.00"),
        ("2.500,00", "2500.00"),
        ("2500,5", "2500.50"),
        ("2500.50", "2500.50"),
        ("2.50", "2.50"),
        ("€ 2.500,-", "2500.00"),
        ("€\u00a02.500,--", "2500.00"),
        ("2 500 euro", "2500.00"),
        ("EUR 1.234.567,89", "1234567.89"),
        ("0", "0.00"),
        ("007", "7.00"),
        (2500, "2500.00"),
        (2500.5, "2500.50"),
    ],
)
def test_an_amount_as_dutch_people_write_it(typed: Any, amount: str) -> None:
    assert str(answer_values.amount(typed)) == amount


@pytest.mark.parametrize(
    "typed", ["veel", "", "-5", "−5", "2,500.00", "2.5000", "1.23.456", "12,345", "1e5", "99999999999", "9" * 40, [], {}, True, None, "2..5"]
)
def test_what_is_no_amount_is_not_guessed(typed: Any) -> None:
    with pytest.raises(Unreadable):
        answer_values.amount(typed)


@given(st.decimals(min_value=0, max_value=9_999_999_999, places=2))
def test_an_amount_as_our_letters_print_it_is_read_back(amount: Decimal) -> None:
    assert answer_values.amount(euro(amount)) == amount


@pytest.mark.parametrize("typed", ["2025-03-01", "1-3-2025", "01-03-2025", "1/3/2025", "1.3.2025", "1 3 2025", "1 maart 2025", "1 Maart 2025 "])
def test_a_day_in_the_usual_ways(typed: str) -> None:
    assert answer_values.day(typed) == date(2025, 3, 1)


@pytest.mark.parametrize(
    "typed", ["2025-02-30", "31-4-2025", "0-1-2025", "32 mei 2025", "1 march 2025", "morgen", "1-3-25", "20250301", 5, [], "0000-01-01"]
)
def test_a_day_that_does_not_exist_is_refused(typed: Any) -> None:
    with pytest.raises(Unreadable):
        answer_values.day(typed)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_as_our_letters_print_it_is_read_back(day: date) -> None:
    assert answer_values.day(long_date(day)) == answer_values.day(short_date(day)) == answer_values.day(day.isoformat()) == day


@pytest.mark.parametrize("typed", ["NL91 ABNA 0417 1643 00", "nl91abna0417164300", "BE68 5390 0754 7034"])
def test_an_account_number_with_the_right_check_digits(typed: str) -> None:
    assert answer_values.iban(typed) == typed.replace(" ", "").upper()


@pytest.mark.parametrize(
    "typed",
    [
        "NL91 ABNA 0417 1643 01",
        "NL19 ABNA 0417 1643 00",
        "NL91 ABNA 0417 1643",
        "123456789",
        "NL91 1234 0417 1643 00",
        "",
        "☃" * 18,
        "NL٩١ABNA0417164300",
    ],
)
def test_an_account_number_with_a_slip_is_noticed(typed: str) -> None:
    with pytest.raises(Unreadable):
        answer_values.iban(typed)


@pytest.mark.parametrize(
    ("read", "typed", "value"),
    [
        (answer_values.number, "25", Decimal(25)),
        (answer_values.number, "2,5", Decimal("2.5")),
        (answer_values.email, " a@b.nl ", "a@b.nl"),
        (answer_values.phone, "+31 (0)43-123 45 67", "+31 (0)43-123 45 67"),
        (answer_values.chosen, ["a", "b", "a", ""], ("a", "b")),
        (answer_values.chosen, "a", ("a",)),
    ],
)
def test_other_kinds_are_read(read: Callable[[Any], Any], typed: Any, value: Any) -> None:
    assert read(typed) == value


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (answer_values.number, "-1"),
        (answer_values.number, "tien"),
        (answer_values.number, "1,234"),
        (answer_values.email, "a@b"),
        (answer_values.email, "a b@c.nl"),
        (answer_values.email, "a@@b.nl"),
        (answer_values.phone, "1234567"),
        (answer_values.phone, "bel mij"),
        (answer_values.chosen, [["a"]]),
        (answer_values.text, {"a": "b"}),
    ],
)
def test_other_kinds_are_refused(read: Callable[[Any], Any], typed: Any) -> None:
    with pytest.raises(Unreadable):
        read(typed)


@pytest.mark.parametrize("nothing", [None, "", "  ", [], [""], {}, {"amount": " ", "vat": ""}, [{"amount": ""}, {}]])
def test_spaces_and_empty_rows_are_no_answer(nothing: Any) -> None:
    assert answer_values.is_empty(nothing)


@pytest.mark.parametrize("something", ["0", 0, False, ["", "a"], [{"amount": "0"}]])
def test_a_zero_is_an_answer(something: Any) -> None:
    assert not answer_values.is_empty(something)
