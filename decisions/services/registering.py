"""Keep the mandate register and the positions outside work: a row is never changed, only ended."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from decisions.models import MandateRule, OutsidePosition
from grants.kernel.models import User


@transaction.atomic
def end_mandate(*, rule_id: int, last_day: date) -> MandateRule:
    """Give a rule its last day. Decisions of earlier days keep resting on it."""
    rule = MandateRule.objects.select_for_update().get(id=rule_id)
    rule.valid_to = last_day
    rule.save(update_fields=["valid_to"])
    return rule


def tell_position(*, user: User, organisation: str, kvk_number: str, position: str, valid_from: date) -> OutsidePosition:
    """An official tells of a position outside work (Ambtenarenwet 2017, article 8)."""
    return OutsidePosition.objects.create(
        user=user, organisation=organisation, kvk_number=kvk_number, position=position, valid_from=valid_from
    )


@transaction.atomic
def end_position(*, position_id: int, last_day: date) -> OutsidePosition:
    """Say on which day a position ended."""
    found: OutsidePosition = OutsidePosition.objects.select_for_update().get(id=position_id)
    found.valid_to = last_day
    found.save(update_fields=["valid_to"])
    return found
