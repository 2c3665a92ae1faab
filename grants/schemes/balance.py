"""The balance of a plan: costs on one side; what is asked, own money and money of others on the other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from grants.law.amounts import ZERO
from grants.schemes.answers import TypedValues, typed_values
from grants.schemes.conditions import Answers
from grants.schemes.costs import cost_totals, financing_totals, read_costs, read_financing
from grants.schemes.definition import SchemeDefinition


@dataclass(frozen=True, slots=True)
class Balance:
    """Euros. `others` is what others gave or are still asked for; refused money does not count. `gap` is what is still missing: below zero, too much."""

    costs: Decimal
    requested: Decimal
    own: Decimal
    others: Decimal

    @property
    def gap(self) -> Decimal:
        return self.costs - self.requested - self.own - self.others

    @property
    def surplus(self) -> Decimal:
        return -self.gap


def balance(definition: SchemeDefinition, answers: Answers) -> Balance:
    """The balance of what was answered so far; an amount that cannot be read counts for nothing."""
    values: TypedValues = typed_values(definition, answers)
    money = financing_totals(values.financing)
    return Balance(
        costs=cost_totals(values.costs, definition).total,
        requested=values.requested_amount or ZERO,
        own=(values.own_share or ZERO) + money.own,
        others=money.granted + money.asked,
    )


def table_total(kind: str, answer: Any) -> Decimal:
    """The sum of the amounts in a cost or financing table, as far as they can be read; refused money does not count."""
    if kind == "cost_table":
        return sum((line.amount for line in read_costs(answer)[0]), ZERO)
    return financing_totals(read_financing(answer)[0]).counted
