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
        sum_held=Sum("entries__held_delta"), sum_committed=Sum("entries__committed_delta"), sum_excess=Sum("entries__excess_delta"),
        sum_lapsed=Sum("entries__lapsed_delta"),
    )
    for ceiling in ceilings:
        sums = (ceiling.sum_held, ceiling.sum_committed, ceiling.sum_excess, ceiling.sum_lapsed)
        if tuple(sum or ZERO for sum in sums) != (ceiling.held, ceiling.committed, ceiling.excess, ceiling.lapsed):
            yield Finding(f"plafond {ceiling.code}", "de standen zijn niet de som van de boekingen")
