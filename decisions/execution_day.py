"""On which day a payment leaves our account, so that it is on the other account in time. Pure: days in, a day out.

Banks work on the days of TARGET. A transfer that is executed on one bank day is on the other account on the next at
the latest, and "paid" means credited (Awb 4:89(3)): so the last day to execute is a bank day before the last bank
day of the term.
"""

from __future__ import annotations

from datetime import date, timedelta

from grants.law.days import is_bank_day, previous_bank_day
from grants.law.formats import long_date


def next_bank_day(day: date) -> date:
    """The first bank day after this day, never the day itself."""
    day += timedelta(days=1)
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day


def last_execution_day(due_on: date) -> date:
    """The last day on which the bank may execute, to have the money there on `due_on` at the latest."""
    arrives = due_on if is_bank_day(due_on) else previous_bank_day(due_on)
    return previous_bank_day(arrives)


def credited_at_the_latest(executed_on: date) -> date:
    """When the money is on the other account, when nothing came back: the bank day after execution."""
    return next_bank_day(executed_on)


def problem_with(execute_on: date, due_on: date, today: date) -> str:
    """Why a payment that is due on `due_on` cannot be executed on this day, in Dutch; '' when it can.

    When it is too late to be on time, the first possible day is the only one that is right.
    """
    if execute_on < today:
        return f"{long_date(execute_on)} is voorbij. Kies {long_date(next_bank_day(today))} of later."
    if not is_bank_day(execute_on):
        return f"Op {long_date(execute_on)} werken de banken niet. Kies {long_date(previous_bank_day(execute_on))} of {long_date(next_bank_day(execute_on))}."
    last = max(last_execution_day(due_on), next_bank_day(today))
    if execute_on > last:
        return (
            f"Het geld moet uiterlijk {long_date(due_on)} op de rekening staan, en dat duurt een bankdag. Kies uiterlijk {long_date(last)}."
        )
    return ""
