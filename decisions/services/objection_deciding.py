"""Hear, advise and decide on an objection (B04 to B06, B09). The decision itself is an act of the case (B10)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from decisions import objection_letters, objections
from decisions.models import Beschikking, Objection
from decisions.objection_facts import ObjectionFacts
from decisions.services import deciding, defaulting, paying
from decisions.services.objecting import locked_objection, stop_clock
from grants.applications import deadlines
from grants.applications.beside import perform_beside
from grants.applications.lifecycle.door import Mark, NotPermitted, Refused, act_named
from grants.applications.lifecycle.guards import Refusal
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.recording import recording
from grants.kernel.roles import Role


def plan_hearing(
    *, objection_id: UUID, at: datetime, place: str, officer: User, actor: Actor, day: date | None = None
) -> Objection:
    """Invite the objector to a hearing by somebody who had no part in the contested decision (B04, Awb 7:2 to 7:5)."""
    day = day or clock.today()
    with recording():
        objection = locked_objection(objection_id)
        hearing_on = clock.legal_day(at)
        facts = ObjectionFacts(
            hearing_officer_id=officer.pk, involved_ids=objections.involved_in(objection.contested), hearing_on=hearing_on, hearing_place=place,
            documents_last_day=objections.hearing_days(hearing_on)[1],
        )
        objection.hearing_at, objection.hearing_place, objection.hearing_officer = at, place.strip(), officer
        objection.waived_ground, objection.waived_because = "", ""
        event = perform_beside(objection, "plan_hearing", facts, actor, day)
        objection_letters.send(objection, event, "L25", day)
    return objection


def waive_hearing(*, objection_id: UUID, ground: str, reason: str, actor: Actor, day: date | None = None) -> Objection:
    """Note on which ground nobody is heard (B04b, Awb 7:3). The decision tells it."""
    with recording():
        objection = locked_objection(objection_id)
        objection.waived_ground, objection.waived_because = ground, reason.strip()
        objection.hearing_at, objection.hearing_place, objection.hearing_officer = None, "", None
        facts = ObjectionFacts(waived_ground=ground, reason=reason)
        perform_beside(objection, "waive_hearing", facts, actor, day or clock.today(), Mark(data={"ground": ground}))
    return objection


def hold_hearing(*, objection_id: UUID, report: str, actor: Actor, day: date | None = None) -> Objection:
    """The hearing was held; its officer stores the report (B05, Awb 7:7)."""
    with recording():
        objection = locked_objection(objection_id)
        facts = ObjectionFacts(
            actor_id=actor.person.pk, hearing_officer_id=objection.hearing_officer_id, involved_ids=objections.involved_in(objection.contested),
            hearing_on=objection.hearing_on, report=report,
        )
        objection.report = report.strip()
        perform_beside(objection, "hold_hearing", facts, actor, day or clock.today())
    return objection


def give_advice(*, objection_id: UUID, advice: str, actor: Actor, day: date | None = None) -> Objection:
    """The committee advised in writing (B06, Awb 7:13)."""
    day = day or clock.today()
    with recording():
        objection = locked_objection(objection_id)
        facts = ObjectionFacts(has_committee=objection.has_committee, heard_or_waived=objection.heard_or_waived, advice=advice)
        objection.advice, objection.advised_on = advice.strip(), day
        perform_beside(objection, "give_advice", facts, actor, day)
    return objection


def prepare(
    *, objection_id: UUID, outcome: str, act: str, actor: Actor, values: dict[str, Any], advice_followed: bool | None = None,
    deviation_reason: str = "", costs_amount: Decimal | None = None, costs_reason: str = "", is_our_mistake: bool | None = None,
    direct_appeal_answer: str = "", day: date | None = None,
) -> Beschikking:
    """Draft the decision on the objection: its outcome, and the act of the case that carries it out.

    Raises Refused when the two do not fit, WrongStatus when the case cannot go there (a closed case is reopened first),
    OpenDecision when another decision is in preparation.
    """
    day = day or clock.today()
    with recording():
        objection = locked_objection(objection_id)
        if not actor.person.has_role(Role.OBJECTION_HANDLER, scheme_code=objection.application.scheme_id):
            raise NotPermitted(act_named("ask_repair"))
        row = act_named(act)
        if not objection.is_open:
            raise Refused(row, [Refusal(f"Het bezwaar is al {objection.get_state_display()}.")])
        if act not in objections.OUTCOME_ACTS.get(outcome, frozenset()):
            raise Refused(row, [Refusal("Bij deze uitkomst past dit besluit niet. Alleen een gegrond bezwaar geeft een ander besluit.", "artikel 7:11 Awb")])
        decision = deciding.prepare(application_id=objection.application_id, act=act, actor=actor, values=values, day=day)
        objection.decision, objection.outcome = decision, outcome
        objection.advice_followed = advice_followed if objection.has_committee else None
        objection.deviation_reason = deviation_reason.strip()
        objection.costs_amount, objection.costs_reason, objection.is_our_mistake = costs_amount, costs_reason.strip(), is_our_mistake
        objection.direct_appeal_answer = direct_appeal_answer.strip()
        refusal = objections.costs_problem(objection, decision, day)
        if refusal is not None:
            raise Refused(row, [Refusal(refusal)])
        if objection.advice_followed is False and not objection.deviation_reason:
            raise Refused(row, [Refusal("Schrijf op waarom wij het advies van de commissie niet volgen.", "artikel 7:13, zevende lid, Awb")])
        objection.save()
    return decision


def decided(application: Application, decision: Beschikking, day: date) -> None:
    """The decision went out: the objection is decided in the same commit (B09), by the system for the signer."""
    found = Objection.objects.filter(decision=decision).values_list("id", flat=True).first()
    assert found is not None, "the guard of the case's act asked for an objection"
    objection = locked_objection(found)
    objection.application = application
    objection.contested.application = application
    facts = ObjectionFacts(
        first_decider_ids=objections.first_deciders(objection), decider_id=decision.signed_by_id,
        objection_refusal=objections.decision_refusal(objection, decision),
    )
    mark = Mark(data={"decision": str(decision.id), "outcome": objection.outcome})
    event = perform_beside(objection, "decide_on_objection", facts, Actor.system(on_behalf_of=decision.signed_by), day, mark)
    stop_clock(objection, event, day)
    defaulting.decision_made_known(application, event, deadlines.OBJECTION, day)
    if objection.costs_amount:
        paying.plan_costs(application, decision, objection.costs_amount, event, day)
