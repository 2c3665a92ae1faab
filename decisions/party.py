"""What is known about the applicant of a case: events in its life, and what they hold up or give a ground for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applicants.models import PartyChange
from decisions.models.party import EffectState, PartyEffect, PartyReport
from grants.applications.models import Application
from grants.applications.statuses import RUNNING, UNDECIDED, Status
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.law.formats import long_date
from grants.law.succession import Effect, PartyEvent, Stage, effect_of
from grants.schemes.reading import arrangement_for

ENDED = (Status.DRAFT, Status.WITHDRAWN, Status.FORWARDED, Status.CLOSED)
"""Where an event in the life of the applicant does nothing any more, or nothing yet."""


def stage_of(application: Application) -> Stage:
    if application.status in UNDECIDED:
        return Stage.BEFORE
    return Stage.RUNNING if application.status in RUNNING else Stage.SETTLED


def _is_direct(application: Application) -> bool:
    """Would this case be settled without an earlier grant (Awb 4:43)?"""
    if application.version is None or application.requested_amount is None:
        return False
    arrangement = arrangement_for(application.version.definition, application.requested_amount)
    return arrangement is not None and arrangement.path == "direct"


@dataclass(frozen=True, slots=True)
class Known:
    """One event as it bears on one case: the report, what the law attaches to it, and the answer if there is one."""

    report: PartyReport
    effect: Effect
    record: PartyEffect | None

    @property
    def is_answered(self) -> bool:
        return self.record is not None and self.record.state == EffectState.ANSWERED


def known_of(application: Application) -> list[Known]:
    """The events that hold for this case, newest first. Two queries."""
    if application.applicant_id is None:
        return []
    reports = list(PartyReport.objects.in_force().filter(applicant=application.applicant_id).select_related("correspondent", "registered_by"))
    if not reports:
        return []
    records = {r.report_id: r for r in PartyEffect.objects.filter(application=application, report__in=reports).select_related("answered_by")}
    stage, direct = stage_of(application), _is_direct(application)
    return [Known(r, effect_of(PartyEvent(r.kind), stage, direct=direct), records.get(r.id)) for r in reports]


def unanswered(application: Application) -> QuerySet[PartyReport]:
    """Events of which nobody said yet how this case goes on; also one that was reported before the case came in."""
    answered = PartyEffect.objects.filter(application=application, state=EffectState.ANSWERED).values("report_id")
    return PartyReport.objects.in_force().filter(applicant=application.applicant_id).exclude(id__in=answered)


def payment_hold(application: Application) -> str:
    """Why nothing is paid on this case until a person acted; '' when nothing is in the way."""
    if application.applicant_id is None:
        return ""
    report = unanswered(application).first()
    if report is not None:
        return _(
            "De betaling wacht. Bij de aanvrager is iets gebeurd: %(what)s. Leg op de zaak eerst vast hoe zij verdergaat. De betaaltermijn loopt door."
        ) % {"what": str(report.get_kind_display())}
    if _owes_the_estate(application):
        return _("De betaling wacht. Betalen mag nu alleen aan de boedel. Voer het rekeningnummer van de boedel in en laat een collega dat bevestigen.")
    if PartyChange.objects.waiting(clock.today()).filter(applicant=application.applicant_id, kind=PartyChange.Kind.IBAN).exists():
        return _("De betaling wacht. De aanvrager vroeg om een ander rekeningnummer, en dat is nog niet bevestigd. Bevestig of weiger dat eerst.")
    return ""


ESTATE = tuple(kind for kind in PartyEvent if effect_of(kind, Stage.RUNNING).pays_estate)
"""Events after which only the estate may be paid (Faillissementswet 23, 52, 296)."""


def _owes_the_estate(application: Application) -> bool:
    """Is the applicant bankrupt, while no account was confirmed since that became known?"""
    report = PartyReport.objects.in_force().filter(applicant=application.applicant_id, kind__in=ESTATE).order_by("-registered_at").first()
    if report is None:
        return False
    confirmed = PartyChange.objects.filter(applicant=application.applicant_id, kind=PartyChange.Kind.IBAN, state=PartyChange.State.CONFIRMED)
    return not confirmed.filter(asked_at__gte=report.registered_at).exists()


def warnings(application: Application) -> list[str]:
    """What somebody who decides must know, one sentence for each event."""
    found = []
    for known in known_of(application):
        words = {"what": str(known.report.get_kind_display()), "day": long_date(known.report.happened_on)}
        text = _("Bij de aanvrager: %(what)s, %(day)s.") % words
        if known.effect.ground is not None:
            text += " " + _("Mogelijke grond: %(article)s, %(when)s.") % {"article": known.effect.ground.article, "when": known.effect.ground.text}
        if not known.is_answered:
            text += " " + _("Nog niet vastgelegd hoe de zaak verdergaat.")
        found.append(f"{text} {known.effect.succession}")
    return found


def serves(user: User, applicant_id: int, roles: Collection[Role]) -> bool:
    """Does this official hold one of `roles` for the scheme of a case of the applicant? Never for an applicant that the official acts for."""
    codes = user.scheme_codes_for(frozenset(roles))
    cases = Application.objects.visible_to_official(user).filter(applicant=applicant_id).exclude(status=Status.DRAFT)
    return (cases if codes is None else cases.filter(scheme__in=codes)).exists()


def running_cases_of(applicant_id: int) -> QuerySet[Application]:
    """The cases on which an event in the life of this applicant is seen."""
    return Application.objects.filter(applicant=applicant_id).exclude(status__in=ENDED).order_by("id")


