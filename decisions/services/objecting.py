"""An objection comes in, is repaired, put off, withdrawn, or goes to court (B01 to B03, B07, B08, B11).

Each is one act by `perform_beside`: one event on the case, and the letter that belongs to it.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from decisions import objection_letters, objections
from decisions.models import Beschikking, DecisionCopy, Objection, ObjectionPause
from decisions.models.objecting import OPEN
from decisions.objection_facts import ObjectionFacts
from decisions.services import deciding, defaulting
from grants.applications import deadlines
from grants.applications.beside import perform_beside
from grants.applications.lifecycle.door import Mark
from grants.applications.models import Application, Deadline
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.recording import recording
from grants.law.days import ONE_DAY
from grants.law.terms import completion_suspension
from letters.models import Letter

CLOCK = deadlines.OBJECTION
"""The name of the 7:10 term in the list of terms of a case."""
REPAIR_WEEKS = 2


def register(
    *, decision_id: UUID, actor: Actor, grounds: str, channel: str, received_on: date | None = None, posted_on: date | None = None,
    late_reason: str = "", has_committee: bool = False, asks_costs: bool = False, asks_direct_appeal: bool = False, day: date | None = None,
) -> Objection:
    """Take in an objection to a sent decision (B01). A late one comes in too: lateness is judged in the decision (Awb 6:11).

    Raises Refused for a decision that is not open to objection, and for days that cannot be.
    """
    day = day or clock.today()
    with recording():
        contested = Beschikking.objects.select_related("letter").get(id=decision_id)
        application = locked_case(contested.application_id)
        contested.application = application
        objection = Objection(
            application=application, contested=contested, channel=channel, grounds=grounds.strip(), late_reason=late_reason.strip(),
            received_on=received_on or day, posted_on=posted_on, has_committee=has_committee, committee_told_on=day if has_committee else None,
            costs_asked_on=(received_on or day) if asks_costs else None, direct_appeal_asked=asks_direct_appeal,
        )
        refusal = objections.contest_refusal(contested)
        if refusal is None:
            objection.decide_by = objections.clock_of(objection, pauses=()).last_day
        facts = ObjectionFacts(
            contest_refusal=refusal, application_received_on=application.received_on, received_on=objection.received_on, posted_on=posted_on
        )
        event = perform_beside(objection, "register_objection", facts, actor, day, Mark(data={"contested": str(contested.id), "channel": channel}))
        _show_clock(objection, event)
        objection_letters.send(objection, event, "L23", day)
    return objection


def tell_committee(*, objection_id: UUID, actor: Actor, day: date | None = None) -> Objection:
    """A committee will advise: the objector is told, and has twelve weeks to wait when told in time (B01b, Awb 7:13(2))."""
    day = day or clock.today()
    with recording():
        objection = locked_objection(objection_id)
        facts = ObjectionFacts(has_committee=objection.has_committee)
        objection.has_committee, objection.committee_told_on = True, objection.committee_told_on or day
        event = perform_beside(objection, "tell_committee", facts, actor, day)
        recount(objection)
        objection_letters.send(objection, event, "L23", day)
    return objection


def ask_costs(*, objection_id: UUID, actor: Actor, asked_on: date | None = None, day: date | None = None) -> Objection:
    """The objector asks to be paid back for the costs of the objection (B12). Too late once it is decided (Awb 7:15(3))."""
    day = day or clock.today()
    with recording():
        objection = locked_objection(objection_id)
        facts = ObjectionFacts(costs_asked_on=objection.costs_asked_on)
        objection.costs_asked_on = objection.costs_asked_on or min(asked_on or day, day)
        perform_beside(objection, "ask_costs", facts, actor, day)
    return objection


def ask_repair(
    *, objection_id: UUID, items: tuple[str, ...], actor: Actor, last_day: date | None = None, day: date | None = None
) -> Objection:
    """Ask for what the objection lacks (B02, Awb 6:6). The clock stands still from tomorrow."""
    day = day or clock.today()
    with recording():
        objection = locked_objection(objection_id)
        last_day = last_day or deadlines.own_last_day(day, REPAIR_WEEKS)
        facts = ObjectionFacts(missing_items=items, term_last_day=last_day)
        objection.repair_items, objection.repair_asked_on, objection.repair_last_day = list(items), day, last_day
        event = perform_beside(objection, "ask_repair", facts, actor, day)
        objection_letters.send(objection, event, "L24", day)
    return objection


def repair_received(*, objection_id: UUID, text: str, actor: Actor, day: date | None = None) -> Objection:
    """The objector sent what was missing (B03). What was sent first stays as it was."""
    day = day or clock.today()
    with recording():
        objection = locked_objection(objection_id)
        objection.repair_text = "\n\n".join(part for part in (objection.repair_text, text.strip()) if part)
        event = perform_beside(objection, "repair_received", ObjectionFacts(reason=text), actor, day)
        _end_repair(objection, event, day)
    return objection


def repair_lapsed(*, objection_id: UUID, actor: Actor, day: date | None = None) -> Objection:
    """The time to repair passed unused (B03b): the clock runs on from its last day."""
    day = day or clock.today()
    with recording():
        objection = locked_objection(objection_id)
        event = perform_beside(objection, "repair_lapsed", ObjectionFacts(term_last_day=objection.repair_last_day), actor, day)
        _end_repair(objection, event, day)
    return objection


def adjourn(*, objection_id: UUID, weeks: int, reason: str, actor: Actor, day: date | None = None) -> Objection:
    """Put the decision off once, by at most six weeks, before the present term ends (B07, Awb 7:10(3))."""
    day = day or clock.today()
    with recording():
        objection = locked_objection(objection_id)
        before = objection.decide_by
        facts = ObjectionFacts(decide_by=before, weeks=weeks, already_adjourned=objection.adjourned_on is not None, reason=reason)
        objection.adjourned_weeks, objection.adjourned_on = weeks, day
        event = perform_beside(objection, "adjourn_objection", facts, actor, day, Mark(data={"weeks": weeks}))
        recount(objection)
        objection_letters.send_later(objection, event, day, present_end=before, reason=reason, agreed=False)
    return objection


def agree_on_delay(
    *, objection_id: UUID, until: date, consent: bool, reason: str, actor: Actor, day: date | None = None
) -> Objection:
    """The objector agrees that the decision comes later, on `until` at the latest (B07b, Awb 7:10(4))."""
    day = day or clock.today()
    with recording():
        objection = locked_objection(objection_id)
        before = objections.clock_of(objection)
        facts = ObjectionFacts(decide_by=objection.decide_by, until=until, consent=consent, reason=reason)
        event = perform_beside(objection, "agree_on_delay", facts, actor, day)
        ObjectionPause.objects.create(
            objection=objection, kind=ObjectionPause.Kind.AGREED, first_day=before.raw_end + ONE_DAY, last_day=until, event_id=event.id
        )
        recount(objection)
        objection_letters.send_later(objection, event, day, present_end=before.last_day, reason=reason, agreed=True)
    return objection


def withdraw(*, objection_id: UUID, how: str, actor: Actor, day: date | None = None) -> Objection:
    """The objector withdraws: 'portal', 'written', or aloud at the 'hearing' (B08, Awb 6:21).

    A decision that was in preparation goes back first, and its money comes free.
    """
    day = day or clock.today()
    with recording():
        deciding.lock_ceiling(Objection.objects.select_related("application").get(id=objection_id).application)
        objection = locked_objection(objection_id)
        prepared = objection.decision
        objection.withdrawn_on, objection.outcome, objection.decision = day, Objection.Outcome.WITHDRAWN, None
        facts = ObjectionFacts(withdrawn_how=how, hearing_on=objection.hearing_on)
        event = perform_beside(objection, "withdraw_objection", facts, actor, day, Mark(data={"how": how}))
        stop_clock(objection, event, day)
        defaulting.decision_made_known(objection.application, event, CLOCK, day)
        if prepared is not None and prepared.state in Beschikking.OPEN:
            deciding.give_back(decision_id=prepared.id, reason="Het bezwaar is ingetrokken.", actor=Actor.system(), day=day)
        objection_letters.send(objection, event, "L27", day)
    return objection


def register_appeal(*, objection_id: UUID, notice_on: date, reference: str, actor: Actor, day: date | None = None) -> Objection:
    """The court told us of an appeal (B11)."""
    with recording():
        objection = locked_objection(objection_id)
        objection.appeal_notice_on, objection.court_reference = notice_on, reference.strip()
        facts = ObjectionFacts(notice_on=notice_on, court_reference=reference, decided_on=_decided_on(objection))
        perform_beside(objection, "register_appeal", facts, actor, day or clock.today())
    return objection


def register_judgment(*, objection_id: UUID, judged_on: date, judgment: str, actor: Actor, day: date | None = None) -> Objection:
    """The court decided (B11). What follows from it for the case is a new act of the case."""
    with recording():
        objection = locked_objection(objection_id)
        objection.judged_on, objection.judgment = judged_on, judgment.strip()
        facts = ObjectionFacts(notice_on=judged_on, outcome_text=judgment, decided_on=objection.appeal_notice_on)
        perform_beside(objection, "register_judgment", facts, actor, day or clock.today())
    return objection


def open_matters_of(application: Application) -> tuple[str, ...]:
    """What keeps the case open: an objection that was not decided, or an appeal that the court has."""
    states = set(Objection.objects.filter(application=application).values_list("state", flat=True))
    found = ("een bezwaar",) if states & set(OPEN) else ()
    return (*found, "een beroep bij de rechter") if "appeal_pending" in states else found


def letter_sent_again(application: Application, letter: Letter, event: Event) -> None:
    """A decision was sent again because it did not arrive, or later to one more addressee: the terms of the objections to it move along
    (Awb 3:41, 6:8, 7:10).
    """
    decisions = Beschikking.objects.filter(Q(letter=letter) | Q(id__in=DecisionCopy.objects.filter(letter=letter).values("decision")))
    for objection in Objection.objects.open().filter(contested__in=decisions).select_related("contested__letter", "deadline"):
        objection.application = application
        recount(objection)


# -- shared by the acts ----------------------------------------------------------------------------------------------
def locked_objection(objection_id: UUID) -> Objection:
    """The objection with its case, locked in the order of the house: case first."""
    application = locked_case(Objection.objects.values_list("application_id", flat=True).get(id=objection_id))
    objection: Objection = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("contested__letter", "deadline", "decision", "hearing_officer")
        .get(id=objection_id)
    )
    objection.application = application
    objection.contested.application = application
    return objection


def recount(objection: Objection) -> None:
    """Count the clock of 7:10 again, on the objection and in the list of terms."""
    found = objections.clock_of(objection)
    objection.decide_by = found.last_day
    objection.save()
    term = objection.deadline
    if term is not None:
        term.starts_on, term.raw_end, term.last_day, term.suspended_days = found.starts_on, found.raw_end, found.last_day, found.suspended_days
        term.explanation = found.explained()
        term.save()


def recount_term(term: Deadline) -> None:
    """Count the term of an objection again, when the table of free days changed. The case is locked."""
    for objection in Objection.objects.filter(deadline=term).select_related("contested__letter", "deadline", "decision", "application"):
        recount(objection)


def _show_clock(objection: Objection, event: Event) -> None:
    found = objections.clock_of(objection)
    objection.deadline = Deadline.objects.create(
        application=objection.application, event_id=event.id, rule=CLOCK, starts_on=found.starts_on, raw_end=found.raw_end,
        last_day=found.last_day, suspended_days=found.suspended_days, explanation=found.explained(),
    )
    objection.save()


def stop_clock(objection: Objection, event: Event, day: date) -> None:
    """End the term of this objection, and of no other."""
    if objection.deadline_id is not None:
        Deadline.objects.filter(id=objection.deadline_id, ended_by__isnull=True).update(ended_by=event.id, ended_on=day)


def _end_repair(objection: Objection, event: Event, day: date) -> None:
    """Count the days of the request as a pause; a repair on the same or the next day pauses nothing."""
    assert objection.repair_asked_on is not None and objection.repair_last_day is not None
    pause = completion_suspension(objection.repair_asked_on, min(day, objection.repair_last_day))
    if pause.last_day >= pause.first_day:
        ObjectionPause.objects.create(
            objection=objection, kind=ObjectionPause.Kind.COMPLETION, first_day=pause.first_day, last_day=pause.last_day, event_id=event.id
        )
    recount(objection)


def _decided_on(objection: Objection) -> date | None:
    return objection.decision.sent_on if objection.decision is not None else None
