"""The queue before a ceiling: who is ranked better, and who stands equal on the same day (Awb 4:26)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from decisions.models import Beschikking
from grants.applications.models import Application
from grants.law.ranking import room_for


def waiting_amounts(application: Application) -> tuple[list[Decimal], list[Decimal]]:
    """Amounts of complete, undecided, unsigned cases under the same ceiling: better ranked, and of the same day.

    An assessed case counts for its advised amount, another for what it asked.
    """
    signed = Beschikking.objects.filter(state=Beschikking.State.SIGNED).values("application_id")
    waiting = (
        Application.objects.filter(ceiling=application.ceiling_id, complete_on__isnull=False)
        .undecided()
        .exclude(id=application.id)
        .exclude(id__in=signed)
        .annotate(
            asks=Case(
                When(Q(assessment__advice="negative"), then=Value(Decimal(0))),
                default=Coalesce("assessment__advised_amount", F("requested_amount"), Value(Decimal(0))),
            )
        )
    )
    better = list(waiting.filter(complete_on__lt=application.complete_on).values_list("asks", flat=True))
    same_day = list(waiting.filter(complete_on=application.complete_on).values_list("asks", flat=True))
    return better, same_day


def ranking_refusal(application: Application, amount: Decimal, remaining: Decimal, day: date) -> str | None:
    """Why this case must wait for better-ranked ones, or None."""
    if application.complete_on is None:
        return None
    better, same_day = waiting_amounts(application)
    verdict = room_for(
        remaining=remaining, amount=amount, complete_on=application.complete_on, better_ranked=better, same_day=same_day, today=day
    )
    return None if verdict.kind == "passes" else verdict.reason
