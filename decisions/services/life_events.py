"""Something befell an applicant: reported once, seen on all its running cases, and answered case by case (T90, T91)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from applicants.models import Applicant
from applicants.services import Instead, write_to, write_to_applicant_again
from decisions import party
from decisions.models import PartyEffect, PartyReport
from decisions.models.party import EffectState
from decisions.party_guards import PartyFacts
from grants.applications.beside import may_perform_beside, perform_beside
from grants.applications.files import Inspected
from grants.applications.lifecycle.door import ActError, Mark, NotPermitted, act_named
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording
from grants.law.succession import PartyEvent, Recipient, Stage, effect_of, kinds_for


class ReportRefused(ActError):
    """The report cannot be taken in; `str()` says why and what to do."""


def report(
    *, applicant_id: int, kind: str, happened_on: date, source: str, actor: Actor, instead: Instead | None = None, evidence: Inspected | None = None,
    day: date | None = None,
) -> PartyReport:
    """Take in an event in the life of an applicant. Every running case of the applicant gets an event (T90); letters go elsewhere.

    `instead` is who gets the letters, when the law says that it is not the applicant. Raises ReportRefused or ActError.
    """
    day = day or clock.today()
    with recording():
        cases = [locked_case(case_id) for case_id in party.running_cases_of(applicant_id).values_list("id", flat=True)]
        applicant = Applicant.objects.select_for_update(no_key=True).get(id=applicant_id)
        event = PartyEvent(kind)
        _may(applicant_id, "notice_party_event", actor)
        _refuse(applicant, event, happened_on, source, instead, day)
        made = PartyReport(
            applicant=applicant, kind=event, happened_on=happened_on, known_on=day, source=source.strip()[:200], registered_by=actor.person
        )
        made.take(evidence)
        if instead is not None:
            made.correspondent = write_to(applicant=applicant, instead=instead, day=day)
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError as error:
            raise ReportRefused("Deze gebeurtenis staat al vast bij deze aanvrager. Kijk op de pagina met veranderingen.") from error
        for case in cases:
            _notice(case, made, actor, day)
    return made


def _may(applicant_id: int, act: str, actor: Actor) -> None:
    """An official of a scheme in which the applicant has a case. The other cases follow, by the system for that official."""
    if not party.serves(actor.person, applicant_id, act_named(act).roles):
        raise NotPermitted(act_named(act))


def _refuse(applicant: Applicant, event: PartyEvent, happened_on: date, source: str, instead: Instead | None, day: date) -> None:
    if event not in kinds_for(applicant.type):
        raise ReportRefused(f"Dit kan een aanvrager van de soort '{applicant.get_type_display()}' niet overkomen. Kies iets anders.")
    if happened_on > day:
        raise ReportRefused("De dag van de gebeurtenis ligt in de toekomst. Leg haar vast als zij er is.")
    if not source.strip():
        raise ReportRefused("Noem de bron: waaruit weten wij dit? Bijvoorbeeld het insolventieregister, met het nummer.")
    recipient = effect_of(event, Stage.RUNNING).recipient
    if recipient == Recipient.APPLICANT and instead is not None:
        raise ReportRefused("Bij deze gebeurtenis blijven de brieven naar de aanvrager gaan. Laat naam en adres leeg.")
    if recipient != Recipient.APPLICANT and instead is None:
        raise ReportRefused("Vul in wie de brieven van nu af krijgt, met naam en adres. De aanvrager zelf mag ze niet meer krijgen.")


def _notice(case: Application, made: PartyReport, actor: Actor, day: date) -> PartyEffect:
    record = PartyEffect(application=case, report=made, stage=party.stage_of(case))
    who = actor.or_system(may_perform_beside(record, "notice_party_event", actor))
    perform_beside(record, "notice_party_event", PartyFacts(), who, day, Mark(data={"report": str(made.id)}))
    return record


def answer(*, application_id: UUID, report_id: UUID, answer: str, motivation: str, actor: Actor, day: date | None = None) -> PartyEffect:
    """A person says how one case goes on after the event (T91). From then on it may be paid again. Raises ActError."""
    day = day or clock.today()
    with recording():
        case = locked_case(application_id)
        made = PartyReport.objects.in_force().filter(id=report_id, applicant=case.applicant_id).first()
        if made is None:
            raise ReportRefused("Deze gebeurtenis geldt niet meer, of hoort bij een andere aanvrager.")
        record: PartyEffect | None = PartyEffect.objects.select_for_update().filter(application=case, report=made).first()
        if record is None:  # the case came in after the report
            record = _notice(case, made, actor, day)
        record.application = case
        record.answer, record.motivation, record.answered_by, record.answered_on = answer, motivation.strip(), actor.person, day
        facts = PartyFacts(reason=motivation, actor_id=actor.person.pk)
        perform_beside(record, "answer_party_event", facts, actor, day, Mark(data={"report": str(made.id), "answer": answer}))
    return record


def end(*, report_id: UUID, reason: str, actor: Actor, day: date | None = None) -> PartyReport:
    """The event no longer holds: the bankruptcy was ended, or the report was wrong. Letters go to the applicant again."""
    day = day or clock.today()
    with recording():
        seen_on = PartyEffect.objects.filter(report=report_id).exclude(state=EffectState.ENDED).order_by("application_id")
        cases = {case_id: locked_case(case_id) for case_id in seen_on.values_list("application_id", flat=True)}
        made = PartyReport.objects.select_for_update(of=("self",)).select_related("correspondent").get(id=report_id)
        _may(made.applicant_id, "end_party_event", actor)
        if made.ended_on is not None:
            raise ReportRefused("Deze gebeurtenis was al beëindigd.")
        if not reason.strip():
            raise ReportRefused("Schrijf op waarom dit niet meer geldt, met de bron.")
        made.ended_on, made.ended_by, made.end_reason = day, actor.person, reason.strip()[:300]
        made.save()
        if made.correspondent is not None:
            write_to_applicant_again(correspondent=made.correspondent, day=day)
        for record in seen_on.filter(application__in=cases):
            record.application = cases[record.application_id]
            who = actor.or_system(may_perform_beside(record, "end_party_event", actor))
            perform_beside(record, "end_party_event", PartyFacts(reason=reason), who, day, Mark(data={"report": str(made.id)}))
    return made
