"""We are late: the notice of default, the penalty per day, and the decision that fixes it (Awb 4:17, 4:18)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from decisions.models import Beschikking, DefaultNotice, Objection
from grants.applications import deadlines
from grants.applications.correspondence import send_plain
from grants.applications.lifecycle.door import Mark, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application, Deadline
from grants.applications.services.locking import locked_case
from grants.applications.term_changes import TermChange
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.recording import recording
from grants.law.formats import long_date
from grants.law.penalty import penalty_timeline, premature_notice
from grants.schemes.freedays import count, put_on_a_par

TERM_NAMES = {deadlines.DECISION: "uw aanvraag", deadlines.SETTLEMENT: "de vaststelling van uw subsidie", deadlines.OBJECTION: "uw bezwaar"}
"""Which decisions we can be late with: on the application, on the settlement, and on an objection (Awb 4:17, 7:14)."""


def record(*, application_id: UUID, received_on: date, actor: Actor, term: str = "", day: date | None = None) -> DefaultNotice:
    """Register a notice of default (T37). A premature one starts nothing, and L21 says from which day a new one counts.

    `term` is the decision that it is about, one of TERM_NAMES; '' for the one that we owe now.
    """
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        term = term or _term_of(application)
        problem = problem_of(application, term, received_on)
        facts = Facts(received_on=application.received_on, notice_received_on=received_on)
        event = perform(application, "record_default_notice", facts, actor, day, Mark(data={"valid": not problem}))
        notice = DefaultNotice(application=application, event_id=event.id, term=term, received_on=received_on, problem=problem)
        notice.state = DefaultNotice.State.PREMATURE
        last = owed(application, term)
        if not problem and last is not None:
            line = penalty_timeline(received_on, term_last_day=last.last_day, overrides=put_on_a_par())
            notice.state = DefaultNotice.State.VALID
            notice.two_weeks_end, notice.first_day, notice.last_day, notice.decide_by = line.two_weeks_end, line.first_day, line.last_day, line.decide_by
            deadlines.start(application, event, "DEFAULT_NOTICE_2W", received_on)
            deadlines.start(application, event, "PENALTY_42D", line.two_weeks_end)
        notice.save()
        send_plain(application, event, "L21", day, received_on=received_on, concerns=TERM_NAMES[term], problem=problem, first_day=notice.first_day)
    return notice


def owed_terms(application: Application) -> list[str]:
    """The decisions that we owe in this case now, the one that is due first in front."""
    rows = application.deadlines.filter(rule__in=TERM_NAMES, ended_by__isnull=True).order_by("last_day", "id").values_list("rule", flat=True)
    return list(dict.fromkeys(rows))


def _term_of(application: Application) -> str:
    """Which decision we owe now: the one that was due first; when none runs any more, the one that came last in the procedure."""
    owed = owed_terms(application)
    if owed:
        return owed[0]
    return deadlines.SETTLEMENT if deadlines.latest(application, deadlines.SETTLEMENT) else deadlines.DECISION


def owed(application: Application, term: str) -> Deadline | None:
    """The running term of this decision, the one due first of several objections; else the newest that ended."""
    running = application.deadlines.filter(rule=term, ended_by__isnull=True).order_by("last_day", "id").first()
    return running or deadlines.latest(application, term)


def _stands_still(application: Application, last: Deadline) -> str:
    """Why the term runs on no further, so that its last day is not known yet (Awb 4:15, 7:10(2), Wet Bibob 31); '' when it runs."""
    asked = "omdat wij u om een aanvulling vroegen"
    if last.rule == deadlines.OBJECTION:
        return asked if Objection.objects.filter(application=application, state="obj_repair").exists() else ""
    if deadlines.current(application, deadlines.REQUESTS[last.rule]) is not None:
        return asked
    if last.changes.filter(kind__in=TermChange.SUSPENSIONS, last_day__isnull=True).exists():
        return "zoals wij u schreven"
    return ""


def problem_of(application: Application, term: str, received_on: date) -> str:
    """Why a notice of this day starts nothing, in Dutch; '' when it is valid."""
    last = owed(application, term)
    if last is None:
        return "In deze zaak loopt geen termijn voor een besluit van ons. Daarom begint er niets te lopen (artikel 4:17 Awb)."
    if last.ended_on is not None:
        return f"Wij waren al klaar op {long_date(last.ended_on)}. Daarom begint er geen dwangsom te lopen (artikel 4:17 Awb)."
    if DefaultNotice.objects.filter(application=application, term=term, state=DefaultNotice.State.VALID).exists():
        return "U hebt ons al eerder in gebreke gesteld. De dagen van die eerste brief blijven tellen (artikel 4:17 Awb)."
    still = _stands_still(application, last)
    if still:
        return (
            f"De termijn staat nu stil, {still}. Hij is dus nog niet voorbij. Stuurt u na de termijn een nieuwe brief, dan telt die (artikel 4:15 en 4:17 "
            "Awb)."
        )
    return premature_notice(received_on, term_last_day=last.last_day) or ""


def running(application: Application) -> DefaultNotice | None:
    """The valid notice whose penalty was not fixed yet; None when there is none."""
    return DefaultNotice.objects.filter(application=application, state=DefaultNotice.State.VALID).order_by("id").first()


def decision_made_known(application: Application, event: Event, term: str, day: date) -> None:
    """The late decision went out: the penalty stops, and two weeks start to fix it (Awb 4:18)."""
    notice = DefaultNotice.objects.filter(application=application, term=term, state=DefaultNotice.State.VALID, stopped_on=None).first()
    if notice is None or notice.last_day is None:
        return
    deadlines.end(application, event, "DEFAULT_NOTICE_2W", "PENALTY_42D", day=day)
    notice.stopped_on = day
    if notice.days_on(day):
        last_counted = min(notice.last_day, day - timedelta(days=1))
        notice.decide_by = count("PENALTY_DECISION_2W", last_counted).last_day
        deadlines.start(application, event, "PENALTY_DECISION_2W", last_counted)
    notice.save()


def penalty_decided(application: Application, event: Event, decision: Beschikking) -> None:
    """The decision on the penalty went out: it stands on the notice, and its term ends."""
    notice = running(application)
    if notice is None:
        return
    deadlines.end(application, event, "DEFAULT_NOTICE_2W", "PENALTY_42D", "PENALTY_DECISION_2W")
    notice.decision, notice.amount, notice.state = decision, decision.amount, DefaultNotice.State.DECIDED
    notice.save()


def open_matters_of(application: Application) -> tuple[str, ...]:
    """What keeps the case open: a penalty that runs or was not fixed yet."""
    return ("een dwangsom",) if running(application) else ()
