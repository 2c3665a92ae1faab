"""Keep the mandate register: a rule is never changed, only ended."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from decisions.models import MandateRule


@transaction.atomic
def end_mandate(*, rule_id: int, last_day: date) -> MandateRule:
    """Give a rule its last day. Decisions of earlier days keep resting on it."""
    rule = MandateRule.objects.select_for_update().get(id=rule_id)
    rule.valid_to = last_day
    rule.save(update_fields=["valid_to"])
    return rule
