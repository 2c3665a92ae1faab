"""The queue before a ceiling: who is ranked better, and who stands equal on the same day (Awb 4:26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from decisions.models import Assessment, Beschikking
from grants.applications.models import Application, ApplicationQuerySet
from grants.budget.models import Ceiling
from grants.kernel.money import ZERO
from grants.law.amounts import HUNDRED, percentage_of
from grants.law.ranking import Verdict, pro_rata, room_for


@dataclass(frozen=True, slots=True)
class Queue:
    """What the undecided, unsigned cases under the same ceiling ask, in euros."""

    better: tuple[Decimal, ...]
    same_day: dict[str, Decimal]
    incomplete: Decimal


def queue_of(application: Application) -> Queue:
    """The cases before, beside and (not yet complete) behind this one.

    An assessed case counts for its advised amount, another for what it asked.
    """
    waiting = _waiting(application)
    complete = waiting.filter(complete_on__isnull=False)
    return Queue(
        better=tuple(complete.filter(complete_on__lt=application.complete_on).values_list("asks", flat=True)),
        same_day=dict(complete.filter(complete_on=application.complete_on, asks__gt=0).values_list("case_number", "asks")),
        incomplete=waiting.filter(complete_on__isnull=True).aggregate(sum=Sum("asks"))["sum"] or ZERO,
    )


def _waiting(application: Application) -> ApplicationQuerySet:
    signed = Beschikking.objects.filter(state=Beschikking.State.SIGNED).values("application_id")
    return (
        Application.objects.filter(ceiling=application.ceiling_id)
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


def ranking_refusal(application: Application, amount: Decimal, ceiling: Ceiling, day: date) -> str | None:
    """Why this case must wait or get less because of the others, or None. `ceiling` is the locked row.

    At the ceiling the remainder is divided over the cases of one day, in proportion to what they ask; an amount up
    to this case's share then passes.
    """
    if application.complete_on is None or application.version is None or amount <= 0:
        return None
    complete_on, rules = application.complete_on, application.version.definition.distribution
    queue = queue_of(application)
    reserve = percentage_of(rules.same_day_reserve, ceiling.amount)

    def verdict(asked: Decimal) -> Verdict:
        return room_for(
            remaining=ceiling.available,
            amount=asked,
            complete_on=complete_on,
            better_ranked=queue.better,
            same_day=tuple(queue.same_day.values()),
            today=day,
            minimum=rules.smallest_share,
            may_still_come=queue.incomplete + reserve if rules.same_day_reserve < HUNDRED else None,
        )

    found = verdict(amount)
    if found.kind == "passes":
        return None
    asked = _asked(application)
    if asked > amount and verdict(asked).kind == "tie_pro_rata":
        number = str(application.case_number)
        shares = pro_rata(ceiling.available, {**queue.same_day, number: asked}, rules.smallest_share)
        own = next(share for share in shares if share.case_number == number)
        if amount <= own.amount and not own.refused:
            return None
    return found.reason


def _asked(application: Application) -> Decimal:
    """What this case asks in the division: its advised amount, as the others count, and else its request."""
    advised = Assessment.objects.filter(application=application).values_list("advised_amount", flat=True).first()
    return advised if advised is not None else application.requested_amount or ZERO
