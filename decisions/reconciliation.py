"""Does the money add up, scheme by scheme? What was granted and settled (the ledger of the ceilings) against what was planned, paid and
claimed back (the orders and claims). A fixed number of queries, whatever the number of cases. Penalties (dwangsommen) are no subsidy and stay out.

    granted = planned + under way + paid - claimed + still to plan + difference
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from decisions.models import Claim, PaymentOrder
from decisions.models.batching import BANK_READERS
from decisions.models.paying import NOT_SENT, PaymentState
from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.budget.models import LedgerEntry
from grants.kernel.models import User
from grants.kernel.money import ZERO, cents
from grants.schemes.models import Scheme

MOST_CASES = 100
HALF_A_CENT = Decimal("0.005")
"""Less is no money, also where the database adds in floating point (SQLite)."""
AMOUNT: DecimalField[Any, Any] = DecimalField(max_digits=15, decimal_places=2)
SUBSIDY = ~Q(kind=PaymentOrder.Kind.PENALTY)
CLAIMED = Q(decision__isnull=False) | Q(state="drafted")
"""A claim that a decision fixed lowers what was paid, whatever came of it; one that was replaced before does not."""
ENDED = Q(settled_amount__isnull=False) | Q(status__in=(Status.GRANT_WITHDRAWN, Status.SETTLEMENT_WITHDRAWN))
"""All that is due is known: nothing is still to be planned."""


@dataclass(frozen=True, slots=True)
class Row:
    """One scheme, in euros. `still_to_plan` is what a grant leaves until its settlement; `cases` have a difference."""

    code: str
    title: str
    granted: Decimal
    settled: Decimal
    planned: Decimal
    under_way: Decimal
    paid: Decimal
    claimed: Decimal
    received: Decimal
    still_to_plan: Decimal
    difference: Decimal
    cases: int

    @property
    def adds_up(self) -> bool:
        """Is what was granted explained by what was done with it?"""
        return self.granted == self.planned + self.under_way + self.paid - self.claimed + self.still_to_plan + self.difference


@dataclass(frozen=True, slots=True)
class Odd:
    """A case that does not add up, in words."""

    case: Application
    difference: Decimal

    @property
    def more_granted(self) -> bool:
        return self.difference > 0

    @property
    def size(self) -> Decimal:
        return abs(self.difference)


def rows(user: User) -> list[Row]:
    """Every scheme of this person with money on it, by its title."""
    schemes = _schemes(user)
    ledger = _per_scheme(
        LedgerEntry.objects.filter(chain__application__scheme__in=schemes).values(scheme=F("chain__application__scheme")).annotate(
            granted=Sum("committed_delta"), settled=Sum("committed_delta", filter=Q(chain__application__settled_amount__isnull=False))
        )
    )
    orders = _per_scheme(
        PaymentOrder.objects.filter(SUBSIDY, application__scheme__in=schemes).values(scheme=F("application__scheme")).annotate(
            planned=Sum("amount", filter=Q(state__in=NOT_SENT)),
            under_way=Sum("amount", filter=Q(state__in=(PaymentState.EXPORTED, PaymentState.EXECUTED))),
            paid=Sum("amount", filter=Q(state=PaymentState.CREDITED)),
        )
    )
    claims = _per_scheme(
        Claim.objects.filter(application__scheme__in=schemes).values(scheme=F("application__scheme")).annotate(
            claimed=Sum("amount", filter=CLAIMED), received=Sum("received")
        )
    )
    rests = _per_scheme(
        _cases(schemes).order_by().values("scheme").annotate(still_to_plan=Sum("open_part"), difference=Sum("odd"), cases=Count("id", filter=_IS_ODD))
    )
    found = []
    for scheme in schemes.order_by("title", "code"):
        known = {**ledger[scheme.code], **orders[scheme.code], **claims[scheme.code], **rests[scheme.code]}
        amounts = {name: cents(Decimal(known.get(name) or ZERO)) for name in _AMOUNTS}
        if any(amounts.values()):
            found.append(Row(code=scheme.code, title=scheme.title, cases=known.get("cases") or 0, **amounts))
    return found


def odd_cases(user: User) -> list[Odd]:
    """The cases behind the differences, the largest first; at most a hundred."""
    found = _cases(_schemes(user)).filter(_IS_ODD).select_related("scheme")
    ranked = found.annotate(size=Case(When(odd__lt=0, then=-F("odd")), default=F("odd"), output_field=AMOUNT)).order_by("-size", "case_number")
    return [Odd(case, cents(Decimal(case.odd))) for case in ranked[:MOST_CASES]]


def total(found: list[Row]) -> Row:
    """The sum of all rows."""
    sums = {name: sum((getattr(row, name) for row in found), ZERO) for name in _AMOUNTS}
    return Row(code="", title="", cases=sum(row.cases for row in found), **sums)


_AMOUNTS = ("granted", "settled", "planned", "under_way", "paid", "claimed", "received", "still_to_plan", "difference")
_IS_ODD = Q(odd__gte=HALF_A_CENT) | Q(odd__lte=-HALF_A_CENT)


def _schemes(user: User) -> QuerySet[Scheme]:
    codes = user.scheme_codes_for(frozenset(BANK_READERS))
    return Scheme.objects.all() if codes is None else Scheme.objects.filter(code__in=codes)


def _per_scheme(grouped: Any) -> Mapping[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in grouped:
        found[row.pop("scheme")] = row
    return found


def _cases(schemes: QuerySet[Scheme]) -> QuerySet[Application]:
    """Cases with what is left of their money: `open_part` is still to be planned, `odd` cannot be explained."""
    zero = Value(ZERO, output_field=AMOUNT)

    def sum_of(query: Any, link: str, outer: str, field: str) -> Coalesce:
        inner = query.filter(**{link: OuterRef(outer)}).order_by().values(link).annotate(total=Sum(field)).values("total")
        return Coalesce(Subquery(inner, output_field=AMOUNT), zero, output_field=AMOUNT)

    return (
        Application.objects.filter(scheme__in=schemes)
        .exclude(status=Status.DRAFT)
        .annotate(
            committed=sum_of(LedgerEntry.objects.all(), "chain", "chain", "committed_delta"),
            out=sum_of(PaymentOrder.objects.filter(SUBSIDY).exclude(state=PaymentState.STOPPED), "application", "pk", "amount"),
            back=sum_of(Claim.objects.filter(CLAIMED), "application", "pk", "amount"),
        )
        .annotate(rest=F("committed") - F("out") + F("back"))
        .annotate(
            odd=Case(When(ENDED | Q(rest__lt=0), then=F("rest")), default=zero, output_field=AMOUNT),
            open_part=Case(When(ENDED | Q(rest__lt=0), then=zero), default=F("rest"), output_field=AMOUNT),
        )
    )
