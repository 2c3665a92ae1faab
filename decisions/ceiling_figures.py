"""Where every euro under a ceiling is, read from its ledger: sums of rows, made by the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from decisions.queue import waiting
from grants.budget.models import Budget, Ceiling, LedgerEntry
from grants.kernel.money import ZERO

SETTLED = Q(chain__application__settled_on__isnull=False)
DELTAS = {"held": Sum("held_delta"), "committed": Sum("committed_delta"), "excess": Sum("excess_delta"), "lapsed": Sum("lapsed_delta")}


@dataclass(frozen=True, slots=True)
class Figures:
    """One ceiling in euros. `committed` is what the decisions bind and is not settled yet; `settled` is the rest of what they bind.

    `freed` is all that came free by a lower settlement or withdrawal; `lapsed` is the part of it that did not come back.
    `booked` says whether the totals equal the sum of the ledger.
    """

    ceiling: Ceiling
    settled: Decimal
    freed: Decimal
    rows: int
    booked: bool
    queued: Decimal
    cases: int

    @property
    def available(self) -> Decimal:
        return self.ceiling.available

    @property
    def committed(self) -> Decimal:
        return self.ceiling.committed - self.settled

    @property
    def whole(self) -> Decimal:
        """The ceiling, and what was granted over it in objection."""
        return self.ceiling.amount + self.ceiling.excess

    @property
    def accounted(self) -> Decimal:
        return self.available + self.ceiling.held + self.committed + self.settled + self.ceiling.lapsed

    @property
    def proved(self) -> bool:
        return self.booked and self.accounted == self.whole


def figures_of(ceilings: Iterable[Ceiling]) -> list[Figures]:
    """Three queries, however many ceilings."""
    found = list(ceilings)
    codes = [ceiling.code for ceiling in found]
    sums = {
        row["ceiling"]: row
        for row in LedgerEntry.objects.filter(ceiling__in=codes)
        .order_by()
        .values("ceiling")
        .annotate(
            **DELTAS, settled=Sum("committed_delta", filter=SETTLED), freed=Sum("committed_delta", filter=Q(kind=LedgerEntry.Kind.REDUCE)),
            rows=Count("id"),
        )
    }
    queued = {
        row["ceiling"]: row
        for row in waiting().filter(ceiling__in=codes, complete_on__isnull=False).order_by().values("ceiling").annotate(asked=Sum("asks"), cases=Count("id"))
    }
    return [_figures(ceiling, sums.get(ceiling.code, {}), queued.get(ceiling.code, {})) for ceiling in found]


def _figures(ceiling: Ceiling, sums: dict[str, Decimal | None], queued: dict[str, Decimal | None]) -> Figures:
    booked = all((sums.get(name) or ZERO) == getattr(ceiling, name) for name in DELTAS)
    return Figures(
        ceiling=ceiling, settled=sums.get("settled") or ZERO, freed=-(sums.get("freed") or ZERO), rows=int(sums.get("rows") or 0), booked=booked,
        queued=queued.get("asked") or ZERO, cases=int(queued.get("cases") or 0),
    )


def by_case(ceiling: Ceiling) -> QuerySet[LedgerEntry, dict[str, object]]:
    """What each case has under the ceiling, by case number."""
    rows = LedgerEntry.objects.filter(ceiling=ceiling).order_by()
    return rows.values(
        "chain__application", "chain__application__case_number", "chain__application__title", "chain__application__settled_on"
    ).annotate(**DELTAS).order_by("chain__application__case_number")


def budgets_of(ceiling: Ceiling) -> QuerySet[Budget]:
    """The budget products that pay for the scheme, in the years of the ceiling. A link, no more: a ceiling is no budget."""
    version = ceiling.scheme.versions.order_by("-number").first()
    codes = [product.code for product in version.definition.products] if version is not None else []
    years = range(ceiling.period_start.year, ceiling.period_end.year + 1)
    return Budget.objects.filter(product__in=codes, year__in=years).order_by("product", "year")
