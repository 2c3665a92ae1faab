"""Put the ceilings of a published scheme in the books."""

from __future__ import annotations

from django.db import transaction

from grants.budget.models import Ceiling
from grants.schemes.definition import SchemeDefinition


@transaction.atomic
def store_ceilings(definition: SchemeDefinition) -> None:
    """Make or adjust the ceilings of a scheme. The database refuses one below what is held and committed."""
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
