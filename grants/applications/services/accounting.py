"""The applicant accounts for the activity, and the case is closed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from grants.applications import deadlines, drafts
from grants.applications.correspondence import send_plain
from grants.applications.lifecycle.door import Mark, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application, Submission
from grants.applications.reporting import budget
from grants.applications.services.applying import freeze_submission
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording
from grants.schemes.reading import form_remarks


def submit_report(*, application_id: UUID, answers: dict[str, Any], actor: Actor, day: date | None = None) -> Application:
    """Send in the account of the activity (T25), or complete it (T28)."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        again = application.status == "report_incomplete"
        event = perform(application, "complete_report" if again else "submit_report", Facts(), actor, day)
        kind = Submission.Kind.REPORT_COMPLETION if again else Submission.Kind.REPORT
        freeze_submission(application, event, kind, answers, report_warnings(application, answers), clock.moment_on(day))
        drafts.drop(application, drafts.AnswerDraft.Form.REPORT)
        if again:
            deadlines.resume(application, event, deadlines.SETTLEMENT)
        else:
            deadlines.end(application, event, "REPORT_DUE", "PROGRESS_DUE", "REPORT_REMINDER")
            deadlines.start_settlement(application, event, day)
        send_plain(application, event, "L01d", day)
    return application


def report_warnings(application: Application, answers: dict[str, Any]) -> tuple[str, ...]:
    """What is not right yet in an account, in plain sentences. None of it blocks."""
    report, costs = application.definition.report, budget.cost_question(application.definition)
    keys = frozenset(application.documents.usable().values_list("question_key", flat=True))
    found = tuple(remark.text for remark in form_remarks(report, answers, documents=keys))
    return found + (budget.remarks_of(budget.lines_of(application, answers.get(costs.key))) if costs is not None else ())


def report_progress(*, application_id: UUID, text: str, actor: Actor, day: date | None = None) -> Application:
    """Tell how it goes while the activity runs (T23). The next report is due so many weeks later, until the activity ends."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        asked = deadlines.current(application, "PROGRESS_DUE")
        event = perform(application, "progress_report", Facts(progress_asked=asked is not None, reason=text), actor, day)
        deadlines.end(application, event, "PROGRESS_DUE")
        freeze_submission(application, event, Submission.Kind.PROGRESS, {"progress": text}, (), clock.moment_on(day))
        if asked is not None:
            deadlines.start_progress(application, event, asked.last_day)
        send_plain(application, event, "L01c", day)
    return application


def close(*, application_id: UUID, actor: Actor, open_matters: tuple[str, ...] = (), day: date | None = None) -> Application:
    """Nothing is open any more (T39): retention starts."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        application.closed_on = day
        facts = Facts(open_matters=(*open_matters, *running_terms(application, day)))
        event = perform(application, "close", facts, actor, day)
        deadlines.end(application, event)
    return application


def reopen(*, application_id: UUID, reason: str, actor: Actor, day: date | None = None) -> Application:
    """A new fact opens a closed case (T40): back to where it stood."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        last_close = application.chain.events.filter(act="close").order_by("-position").first()
        application.closed_on = None
        target = last_close.from_status if last_close else None
        perform(application, "reopen", Facts(reason=reason), actor, day, Mark(target=target))
    return application


def running_terms(application: Application, day: date) -> tuple[str, ...]:
    """Terms that still keep a case open on `day`: somebody may yet object, or is owed money."""
    names = {"OBJECTION_6W": "de bezwaartermijn", "APPEAL_6W": "de beroepstermijn"}
    rules = application.deadlines.filter(ended_by__isnull=True, last_day__gte=day, rule__in=names).values_list("rule", flat=True)
    return tuple(names[rule] for rule in dict.fromkeys(rules))
