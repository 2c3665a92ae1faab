"""Use of subsidy ceilings (Awb 4:22) at a day, from the ledger's rows: what is committed and held of what there is."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from grants.budget.models import Ceiling, LedgerEntry
from grants.figures.counting.tally import Parameters
from grants.figures.definition import IndicatorDefinition
from grants.figures.figure import Figure, percentage
from grants.kernel.money import ZERO, money_field
from grants.schemes.models import Scheme


def ceilings_of(definition: IndicatorDefinition, parameters: Parameters) -> dict[str, tuple[Ceiling, Decimal, Decimal]]:
    """By code: the ceiling, and what is committed and held of it. Ceilings whose period touches that of the figure."""
    schemes = Scheme.objects.filter(is_historical=False)
    if definition.population.bundles:
        schemes = schemes.filter(bundle__in=definition.population.bundles)
    if definition.population.schemes:
        schemes = schemes.filter(code__in=definition.population.schemes)
    ceilings = Ceiling.objects.filter(
        scheme__in=schemes, period_start__lt=parameters.reference_date, period_end__gte=parameters.start
    )
    known = Q(event__valid_on__lt=parameters.reference_date, event__known_at__lt=parameters.known_at)
    nothing = {"output_field": money_field()}
    sums = {
        row["code"]: (row["committed_then"], row["held_then"])
        for row in LedgerEntry.objects.filter(known, ceiling__in=ceilings)
        .values(code=F("ceiling_id"))
        .annotate(committed_then=Coalesce(Sum("committed_delta"), ZERO, **nothing), held_then=Coalesce(Sum("held_delta"), ZERO, **nothing))
    }
    return {ceiling.code: (ceiling, *_cents(*sums.get(ceiling.code, (ZERO, ZERO)))) for ceiling in ceilings}


def _cents(committed: Decimal, held: Decimal) -> tuple[Decimal, Decimal]:
    return committed.quantize(Decimal("0.01")), held.quantize(Decimal("0.01"))


def figure_of(definition: IndicatorDefinition, parameters: Parameters) -> Figure:
    """How much of the ceilings is used: the amounts are those of what is used and of the ceilings themselves."""
    found = ceilings_of(definition, parameters)
    used = sum((committed + held for _, committed, held in found.values()), ZERO)
    whole = sum((ceiling.amount for ceiling, _, _ in found.values()), ZERO)
    share = percentage(used, whole)
    return Figure(
        definition=definition, parameters=parameters, numerator=len(found), denominator=len(found), share=share,
        numerator_amount=used, denominator_amount=whole, within_term=0, value=share, cases=tuple(sorted(found)),
    )
