"""What is known about state aid in a case, and how much de-minimis aid its undertaking may still get."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from applicants.models import Applicant
from decisions import money
from decisions.models import AidTest, Beschikking, DeMinimisEntry, UndertakingMember
from decisions.models.aid import KIND_OF, AidState
from grants.applications.lifecycle.door import ActError
from grants.applications.models import Application
from grants.kernel.money import ZERO
from grants.law import de_minimis
from grants.law.de_minimis import Aid, NoCeilingError, Room


class NoCeiling(ActError):
    """No ceiling for de-minimis aid is known on the day of the decision; `str()` says so and what to do."""


def is_tested_per_case(application: Application) -> bool:
    """Does the scheme ask for a test of each application? Some are tested as a whole, once."""
    return application.version is None or application.version.definition.state_aid.test == "per_application"


def last_test(application: Application) -> AidTest | None:
    return AidTest.objects.filter(application=application).select_related("tested_by").order_by("-number").first()


def verdict_of(application: Application) -> str:
    """The verdict that counts; '' when the case must be tested and nobody did."""
    if not is_tested_per_case(application):
        return "no_aid"
    found = AidTest.objects.filter(application=application).order_by("-number").values_list("verdict", flat=True).first()
    return found or ""


def member_is(applicant: Applicant) -> Q:
    """By its KvK number, or as itself when it has none."""
    return Q(kvk_number=applicant.kvk_number) if applicant.kvk_number else Q(applicant=applicant)


def member_of(applicant: Applicant) -> UndertakingMember | None:
    return UndertakingMember.objects.filter(member_is(applicant)).first()


def entries_beside(applicant: Applicant) -> QuerySet[DeMinimisEntry]:
    """The de-minimis aid to the undertaking of this applicant that counts, in one query."""
    undertaking = UndertakingMember.objects.filter(member_is(applicant)).values("undertaking")
    return counting().filter(member__undertaking__in=undertaking)


def counting() -> QuerySet[DeMinimisEntry]:
    return DeMinimisEntry.objects.exclude(state=AidState.TAKEN_BACK)


def room_for(application: Application, decision: Beschikking, verdict: str, day: date, *, with_signed: bool) -> Room | None:
    """What the undertaking may still get on `day` by the regulation of this verdict; None when this is no de-minimis aid.

    `with_signed` (at signing) also counts what others signed for the same undertaking and what was not sent yet. The
    caller holds the lock on the undertaking. Raises NoCeiling.
    """
    kind = KIND_OF.get(verdict)
    if kind is None or application.applicant is None:
        return None
    given = [entry.as_aid() for entry in entries_beside(application.applicant)]
    if with_signed:
        given += _signed(application.applicant, decision.pk, day)
    try:
        return de_minimis.room_on(given, day, kind)  # type: ignore[arg-type]
    except NoCeilingError as error:
        raise NoCeiling(str(error)) from error


def more_aid(application: Application, decision: Beschikking) -> Decimal:
    """By how much the decision raises the aid, in euros; nothing when it lowers it."""
    return max(money.effect(application, decision.act, decision.amount), ZERO)


def _signed(applicant: Applicant, besides: UUID, day: date) -> list[Aid]:
    """De-minimis aid in decisions that were signed and not sent: it will count once they are."""
    members = UndertakingMember.objects.filter(undertaking__members__in=UndertakingMember.objects.filter(member_is(applicant)))
    theirs = Q(application__applicant__kvk_number__in=members.exclude(kvk_number="").values("kvk_number")) | Q(
        application__applicant__in=members.exclude(applicant=None).values("applicant")
    )
    verdict = AidTest.objects.filter(application=OuterRef("application")).order_by("-number").values("verdict")[:1]
    waiting = (
        Beschikking.objects.filter(theirs, state=Beschikking.State.SIGNED).exclude(pk=besides)
        .annotate(verdict=Subquery(verdict)).filter(verdict__in=KIND_OF).select_related("application")
    )
    return [Aid(day, more_aid(d.application, d), KIND_OF[d.verdict]) for d in waiting]  # type: ignore[attr-defined]
