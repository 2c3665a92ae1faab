"""The queue before a ceiling: who is ranked better, and who stands equal on the same day (Awb 4:26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from decisions.models import Assessment, Beschikking, Draw, DrawEntry
from grants.applications.models import Application, ApplicationQuerySet, Submission
from grants.applications.statuses import Status
from grants.budget.models import Ceiling
from grants.kernel import clock
from grants.kernel.money import ZERO
from grants.law.amounts import HUNDRED, percentage_of
from grants.law.formats import euro, long_date
from grants.law.ranking import Verdict, room_for
from grants.schemes.definition_fields import Distribution

WHERE = "Dat kan onder Behandelen, Verdeling."
NOT_SUPPORTED = (
    "Deze regeling verdeelt op criteria, zonder punten. Zo'n verdeling kan dit programma niet maken, en er is niet genoeg voor "
    "iedereen. Leg de volgorde vast in een besluit van Gedeputeerde Staten, of kies in de regeling een tender."
)


@dataclass(frozen=True, slots=True)
class Queue:
    """What the undecided, unsigned cases under the same ceiling ask, in euros."""

    better: tuple[Decimal, ...]
    same_day: dict[str, Decimal]
    incomplete: Decimal


def waiting_under(ceiling_id: str) -> ApplicationQuerySet:
    """The undecided cases under one ceiling without a signed decision, each with what it `asks`."""
    return waiting().filter(ceiling=ceiling_id)


def waiting() -> ApplicationQuerySet:
    """The undecided cases without a signed decision, each with what it `asks`.

    A case with a share on record counts for that share; an assessed one for its advised amount; another for what it
    asked. `drawn` is its rank in the division that is on record.
    """
    signed = Beschikking.objects.filter(state=Beschikking.State.SIGNED).values("application_id")
    entry = DrawEntry.objects.filter(application=OuterRef("pk"), draw__state=Draw.State.MADE)
    return (
        Application.objects.undecided()
        .exclude(id__in=signed)
        .annotate(
            drawn=Subquery(entry.values("rank")[:1]),
            asks=Case(
                When(Q(assessment__advice="negative"), then=Value(Decimal(0))),
                default=Coalesce(
                    Subquery(entry.values("share")[:1]), "assessment__advised_amount", F("requested_amount"), Value(Decimal(0))
                ),
            ),
        )
    )


def queue_of(application: Application) -> Queue:
    """The cases before, beside and (not yet complete) behind this one. After a draw, the order of that day is its ranks."""
    waiting = waiting_under(application.ceiling_id or "").exclude(id=application.id)
    complete = waiting.filter(complete_on__isnull=False)
    before, beside = Q(complete_on__lt=application.complete_on), Q(complete_on=application.complete_on, asks__gt=0)
    entry = entry_of(application)
    if entry is not None and entry.rank is not None:
        before |= Q(complete_on=application.complete_on, drawn__lt=entry.rank)
        beside = Q(pk__isnull=True)
    return Queue(
        better=tuple(complete.filter(before).values_list("asks", flat=True)),
        same_day=dict(complete.filter(beside).values_list("case_number", "asks")),
        incomplete=waiting.filter(complete_on__isnull=True).aggregate(sum=Sum("asks"))["sum"] or ZERO,
    )


def unseen_by(waiting: ApplicationQuerySet, day: date) -> ApplicationQuerySet:
    """Received by `day`, and nobody looked yet whether they are complete: they may turn out to rank before or beside.

    Who was asked to complete is not among them: those were looked at, and were not complete.
    """
    last = Submission.objects.filter(application=OuterRef("pk")).exclude(kind=Submission.Kind.VIEW).order_by("-received_at").values("received_at")[:1]
    unjudged = waiting.filter(status=Status.RECEIVED, complete_on__isnull=True).annotate(last=Subquery(last))
    return unjudged.filter(last__lt=clock.start_of(day + timedelta(days=1))).order_by("case_number")


def entry_of(application: Application) -> DrawEntry | None:
    """The place of this case in the division that is on record; None when there is none."""
    return DrawEntry.objects.filter(application=application, draw__state=Draw.State.MADE).select_related("draw").first()


def ranking_refusal(application: Application, amount: Decimal, ceiling: Ceiling, day: date) -> str | None:
    """Why this case must wait or get less because of the others, or None. `ceiling` is the locked row.

    Where the ceiling is reached, the division or the draw of that day must be on record first; an amount up to what it
    gave this case then passes.
    """
    if application.complete_on is None or application.version is None or amount <= 0:
        return None
    rules = application.version.definition.distribution
    entry = entry_of(application)
    if entry is not None and (entry.refusal or entry.share is not None):
        return _over_the_share(entry, amount)
    if rules.method == "criteria":
        asked = sum(waiting_under(ceiling.code).exclude(id=application.id).values_list("asks", flat=True), amount)
        return None if asked <= ceiling.available else NOT_SUPPORTED
    if rules.method in ("tender", "equal_shares"):
        return _in_the_ranking(entry, amount, ceiling, day) if entry is not None else _not_divided_yet(application, ceiling, rules)
    return _in_order(application, amount, ceiling, day, rules, entry)


def _over_the_share(entry: DrawEntry, amount: Decimal) -> str | None:
    if entry.refusal:
        return entry.refusal
    assert entry.share is not None
    if amount <= entry.share:
        return None
    return f"In de verdeling kreeg deze aanvraag {euro(entry.share)}. {euro(amount)} is meer. Weiger de rest (artikel 4:25, tweede lid, Awb)."


def _in_the_ranking(entry: DrawEntry, amount: Decimal, ceiling: Ceiling, day: date) -> str | None:
    """Who has a better rank and waits goes first; then what is left counts, also for a part."""
    others = DrawEntry.objects.filter(draw=entry.draw, rank__lt=entry.rank).values("application_id")
    better = waiting_under(ceiling.code).filter(id__in=others).values_list("asks", flat=True)
    found = room_for(
        remaining=ceiling.available, amount=amount, complete_on=entry.draw.day, better_ranked=tuple(better), same_day=(), today=day,
        minimum=entry.draw.minimum,
    )
    if found.kind == "passes":
        return None
    return found.reason.replace("Aanvragen die eerder compleet waren, vragen", "Aanvragen met een betere rang vragen")


def _not_divided_yet(application: Application, ceiling: Ceiling, rules: Distribution) -> str:
    what = "rangschikking" if rules.method == "tender" else "verdeling"
    if Draw.objects.filter(ceiling=ceiling, state=Draw.State.MADE).exists():
        return f"Deze aanvraag staat niet in de {what} van dit plafond. Laat de {what} vervallen en maak haar opnieuw. {WHERE}"
    return f"De {what} van dit plafond is er nog niet. Maak die eerst. {WHERE}"


def _in_order(
    application: Application, amount: Decimal, ceiling: Ceiling, day: date, rules: Distribution, entry: DrawEntry | None
) -> str | None:
    assert application.complete_on is not None
    complete_on, queue, by_lot = application.complete_on, queue_of(application), rules.same_day_rule == "lottery_same_day"
    reserve = percentage_of(rules.same_day_reserve, ceiling.amount)
    found: Verdict = room_for(
        remaining=ceiling.available,
        amount=amount,
        complete_on=complete_on,
        better_ranked=queue.better,
        same_day=tuple(queue.same_day.values()),
        today=day,
        minimum=rules.smallest_share,
        may_still_come=queue.incomplete + reserve if rules.same_day_reserve < HUNDRED else None,
        by_lot=by_lot,
    )
    if found.kind == "passes":
        return _unseen_refusal(application, ceiling, amount + sum((*queue.better, *queue.same_day.values()), ZERO))
    if entry is None and found.kind in ("tie_pro_rata", "tie_lottery"):
        return f"{found.reason} {_what_the_day_needs(ceiling, complete_on, by_lot)}"
    return found.reason


def _unseen_refusal(application: Application, ceiling: Ceiling, known: Decimal) -> str | None:
    """Nobody passes at the cost of an application that came no later and that we left lying."""
    assert application.complete_on is not None
    unseen = unseen_by(waiting_under(ceiling.code).exclude(id=application.id), application.complete_on)
    found = list(unseen.values_list("case_number", "asks"))
    if known + sum((asks for _, asks in found), ZERO) <= ceiling.available:
        return None
    names = ", ".join(str(number) for number, _ in found[:5]) + (" en meer" if len(found) > 5 else "")
    return f"Kijk eerst of deze aanvragen compleet zijn: {names}. Ze kwamen niet later binnen, en er is niet genoeg voor iedereen."


def _what_the_day_needs(ceiling: Ceiling, day: date, by_lot: bool) -> str:
    draw = Draw.objects.live().filter(ceiling=ceiling, day=day).first()
    what = "loting" if by_lot else "verdeling"
    if draw is None:
        return f"Maak eerst de {what} van {long_date(day)}. {WHERE}"
    if draw.state == Draw.State.ANNOUNCED:
        return f"De lijst van de loting is gesloten, maar er is nog niet geloot. {WHERE}"
    return f"De {what} van {long_date(day)} is gemaakt zonder deze aanvraag. Laat haar vervallen en maak haar opnieuw. {WHERE}"


def asked_by(application: Application) -> Decimal:
    """What this case asks in a division: its advised amount, as the others count, and else its request."""
    advised = Assessment.objects.filter(application=application).values_list("advised_amount", flat=True).first()
    return advised if advised is not None else application.requested_amount or ZERO
