"""The proof that the totals of each ceiling equal its ledger."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum

from grants.budget.models import Ceiling
from grants.kernel import audit
from grants.kernel.audit import Finding
from grants.kernel.money import ZERO


def register() -> None:
    audit.register(ledger_adds_up)


def ledger_adds_up() -> Iterator[Finding]:
    ceilings = Ceiling.objects.annotate(
        sum_held=Sum("entries__held_delta"), sum_committed=Sum("entries__committed_delta"), sum_excess=Sum("entries__excess_delta")
    )
    for ceiling in ceilings:
        booked = (ceiling.sum_held or ZERO, ceiling.sum_committed or ZERO, ceiling.sum_excess or ZERO)
        if booked != (ceiling.held, ceiling.committed, ceiling.excess):
            yield Finding(f"plafond {ceiling.code}", "de standen zijn niet de som van de boekingen")
