"""Who owes how much when several residents together must pay a subsidy back."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

CENT = Decimal("0.01")


class Liability(StrEnum):
    """What the members accepted when they applied."""

    EQUAL = "equal"
    """Each an equal share (BW 6:6(1)): the rule when nothing else was agreed."""
    JOINT = "joint"
    """Each for the whole; what one pays frees the others (BW 6:6(2), 6:7)."""


def amounts_owed(amount: Decimal, people: int, kind: Liability) -> tuple[Decimal, ...]:
    """What each person owes, in euros, in the order of the people.

    Equal shares are in whole cents, and what is left over goes to the first, so that they add up to exactly `amount`. Joint:
    each owes the whole. Raises ValueError for nobody, or for an amount that is not above zero or not in whole cents.
    """
    if people < 1 or amount <= 0 or amount != amount.quantize(CENT):
        raise ValueError("a claim needs somebody who owes it, and a positive amount in whole cents")
    if kind is Liability.JOINT:
        return (amount,) * people
    cents = int(amount * 100)
    share, rest = divmod(cents, people)
    first = Decimal(share + rest) / 100
    return (first.quantize(CENT), *((Decimal(share) / 100).quantize(CENT),) * (people - 1))
