"""Money is Decimal euros with two decimals. This is the one place that rounds."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.db import models

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def cents(amount: Decimal) -> Decimal:
    """Round to whole cents, half away from zero, as a decision does."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def money_field(**kwargs: object) -> models.DecimalField:
    """A column for euros: two decimals, up to 99,999,999,999.99."""
    return models.DecimalField(max_digits=13, decimal_places=2, **kwargs)  # type: ignore[arg-type]
