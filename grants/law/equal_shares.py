"""The same amount for everybody, and never more than was asked (Awb 4:26: a way of distribution that is rare)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from grants.law.amounts import CENT, ZERO
from grants.law.ranking import Share, divided


def equal_shares(
    remaining: Decimal, requests: Mapping[str, Decimal], minimum: Decimal = Decimal(0), *, redistribute: bool = False
) -> tuple[Share, ...]:
    """Divide what remains in equal parts over all cases. Who asks less than a part gets what they asked, and the
    rest of that part goes to the others.

    Euros. A part is floored to the cent; the cents left over go one by one, by case number, to cases that asked
    more. Then a share under `minimum` is refused (Awb 4:25(2)), as with `pro_rata`. Sorted by case number. Raises
    LawError for a negative amount, a part of a cent, or a request of zero.
    """
    return divided(remaining, requests, minimum, _equal, redistribute=redistribute)


def _equal(left: Decimal, asked: Mapping[str, Decimal]) -> dict[str, Decimal]:
    shares: dict[str, Decimal] = {}
    cents = int(left * 100)
    smallest_first = sorted(asked, key=lambda number: (asked[number], number))
    while smallest_first:
        part = cents // len(smallest_first)
        number = smallest_first[0]
        if int(asked[number] * 100) > part:
            break
        shares[number] = asked[number]
        cents -= int(asked[number] * 100)
        smallest_first.pop(0)
    for number in sorted(smallest_first):
        over = cents % len(smallest_first)
        place = sorted(smallest_first).index(number)
        shares[number] = (cents // len(smallest_first) + (1 if place < over else 0)) * CENT
    return {number: shares.get(number, ZERO) for number in asked}
