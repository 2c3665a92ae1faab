"""How each constraint of a budget mutation is tried to be broken."""

from __future__ import annotations

from decimal import Decimal

from grants.budget.models import Budget
from grants.budget.mutations import BudgetMutation


def mutation_of(life, **values):
    """A whole transfer with one thing that cannot be."""
    one, other = (Budget.objects.create(product=code, year=2025, name="x") for code in ("8.1", "8.2"))
    given = {"kind": "transfer", "source": one, "target": other, "amount": Decimal(10), "subject": "x", "document": "x", "decided_on": "2025-11-07", "entered_by": life.handler.user, **values}
    return BudgetMutation.objects.create(**{name: one if value == "one" else value for name, value in given.items()})


BUDGET_BREAKS = {
    "mutation_above_zero": lambda life: mutation_of(life, amount=Decimal(0)),
    "mutation_known_kind": lambda life: mutation_of(life, kind="gift", source=None),
    "mutation_known_precision": lambda life: mutation_of(life, precision=7),
    "mutation_transfer_has_two_products": lambda life: mutation_of(life, source=None),
    "mutation_counter_side_is_outside": lambda life: mutation_of(life, kind="adjustment"),
    "mutation_moves_between_two": lambda life: mutation_of(life, target="one"),
}
