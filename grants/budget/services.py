"""Put the ceilings of a published scheme in the books."""

from __future__ import annotations

from django.db import transaction

from grants.budget.models import Budget, Ceiling
from grants.schemes.definition import SchemeDefinition


@transaction.atomic
def store_ceilings(definition: SchemeDefinition) -> None:
    """Make or adjust the ceilings of a scheme. The database refuses one below what is held and committed.

    The budget products that pay for the scheme get their place too, without an amount: a ceiling is no budget.
    """
    for product in definition.products:
        for year in sorted({period.period_start.year for period in definition.ceilings}):
            Budget.objects.get_or_create(product=product.code, year=year, defaults={"name": product.name})
    for period in definition.ceilings:
        Ceiling.objects.update_or_create(
            code=period.code,
            defaults={
                "scheme_id": definition.code,
                "period_start": period.period_start,
                "period_end": period.period_end,
                "amount": period.amount,
                "is_demo": period.is_demo,
            },
        )
