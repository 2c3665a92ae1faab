"""On which day the bank must execute, so that the money is there in time (Awb 4:89)."""

from __future__ import annotations

from datetime import date

import pytest

from decisions.execution_day import credited_at_the_latest, last_execution_day, next_bank_day, problem_with


@pytest.mark.parametrize(
    ("due", "last", "why"),
    [
        (date(2026, 11, 26), date(2026, 11, 25), "a plain Thursday: the day before"),
        (date(2026, 11, 30), date(2026, 11, 27), "a Monday: the Friday before"),
        (date(2026, 11, 29), date(2026, 11, 26), "a Sunday: on the account by Friday, so executed on Thursday"),
        (date(2026, 4, 6), date(2026, 4, 1), "Easter Monday: on the account by Maundy Thursday, so executed on Wednesday"),
        (date(2026, 4, 7), date(2026, 4, 2), "after Easter: Good Friday and Easter Monday are no bank days"),
        (date(2026, 5, 1), date(2026, 4, 29), "1 May is a working day but no bank day"),
        (date(2026, 4, 28), date(2026, 4, 27), "Koningsdag is a bank day"),
        (date(2026, 5, 15), date(2026, 5, 14), "Ascension Day is a bank day"),
        (date(2026, 12, 28), date(2026, 12, 24), "Christmas"),
        (date(2027, 1, 1), date(2026, 12, 30), "New Year's Day"),
    ],
)
def test_the_last_day_to_execute_is_a_bank_day_before_the_last_bank_day_of_the_term(due, last, why):
    assert last_execution_day(due) == last, why
    assert credited_at_the_latest(last) <= due


def test_the_next_bank_day_is_never_the_day_itself():
    assert next_bank_day(date(2026, 11, 25)) == date(2026, 11, 26)
    assert next_bank_day(date(2026, 12, 24)) == date(2026, 12, 28)


TODAY, DUE = date(2026, 11, 25), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (date(2026, 11, 24), "is voorbij"),
        (date(2026, 11, 25), ""),
        (date(2026, 11, 28), "werken de banken niet"),
        (date(2026, 11, 30), ""),
        (date(2026, 12, 1), "Kies uiterlijk 30 november 2026"),
    ],
)
def test_a_chosen_day_is_a_bank_day_in_time(chosen, words):
    found = problem_with(chosen, DUE, TODAY)
    assert words in found and bool(found) is bool(words)


def test_what_is_too_late_already_goes_on_the_first_possible_day():
    assert problem_with(date(2026, 11, 26), date(2026, 11, 1), TODAY) == ""
    assert "Kies uiterlijk 26 november 2026" in problem_with(date(2026, 11, 27), date(2026, 11, 1), TODAY)
