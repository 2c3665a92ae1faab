"""Draft, submit, complete, withdraw: what an applicant does before the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from applicants.models import Applicant
from grants.applications import deadlines
from grants.applications.correspondence import receipt, send_plain
from grants.applications.lifecycle.door import Mark, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application, ApplicationGoal, Document, Origin, Submission
from grants.applications.numbers import next_case_number
from grants.applications.services.locking import locked_case
from grants.applications.uploads import store_scan
from grants.budget.models import Ceiling
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.canonical import sha256
from grants.kernel.models import Chain, Event
from grants.kernel.recording import recording
from grants.schemes.definition_form import Question
from grants.schemes.models import Area, Goal, Municipality, Scheme
from grants.schemes.reading import remarks, typed_values, visible_questions


@dataclass(frozen=True, slots=True)
class Received:
    """The outcome of a submit: the case and what we noticed. A warning never blocks a lawful submit."""

    application: Application
    warnings: tuple[str, ...]


def new_case(*, applicant: Applicant, scheme: Scheme, origin: str, is_demo: bool = False) -> Application:
    """A case that is not stored yet; the first act stores it."""
    version = scheme.current_version()
    return Application(
        chain=Chain(),
        scheme=scheme,
        version=version,
        applicant=applicant,
        applicant_type=applicant.type,
        origin=origin,
        subsidy_form=version.definition.subsidy_form,
        is_demo=is_demo or applicant.is_demo,
    )


def start_draft(*, applicant: Applicant, scheme: Scheme, actor: Actor, day: date | None = None) -> Application:
    """Begin a draft (T01). It has no legal meaning and no number yet."""
    with recording():
        application = new_case(applicant=applicant, scheme=scheme, origin=Origin.PORTAL)
        perform(application, "start_draft", Facts(), actor, day or clock.today())
    return application


def save_draft(*, application_id: UUID, answers: dict[str, Any]) -> Application:
    """Keep what was typed, right or wrong. Only a draft changes; a submitted version never does."""
    with recording():
        application = Application.objects.select_for_update().get(id=application_id, status="draft")
        application.draft_answers = {**application.draft_answers, **answers}
        application.draft_saved_at = clock.now()
        _take_over(application)
        application.save()
    return application


def shown_questions(application: Application) -> tuple[Question, ...]:
    """The questions that this draft asks, given what was answered so far."""
    return visible_questions(application.definition.questions, application.draft_answers)


def minimum_is_there(application: Application) -> bool:
    """Name and address of the applicant and what is asked (Awb 4:2); the date is the day of receipt."""
    applicant = application.applicant
    asked = application.title.strip() or application.summary.strip() or application.requested_amount is not None
    return bool(applicant and applicant.name.strip() and applicant.street.strip() and applicant.city.strip() and asked)


def submit(*, application_id: UUID, actor: Actor, day: date | None = None, moment: datetime | None = None) -> Received:
    """Submit a draft (T02): number, receipt, decision term, all in one commit. Raises ActError when it cannot."""
    moment = moment or clock.now()
    day = day or clock.legal_day(moment)
    with recording():
        application = locked_case(application_id)
        warnings = warnings_for(application, day)
        _take_over(application)
        _receive(application, moment, day)
        event = perform(
            application, "submit", Facts(has_minimum=minimum_is_there(application)), actor, day, Mark(amount=application.requested_amount)
        )
        freeze_submission(application, event, Submission.Kind.APPLICATION, application.draft_answers, warnings, moment)
        _after_receipt(application, event, day, warnings)
    return Received(application, warnings)


def register_paper(
    *, applicant: Applicant, scheme: Scheme, answers: dict[str, Any], received_on: date, actor: Actor, scans: Sequence[UploadedFile[Any]] = (),
    case_id: UUID | None = None,
) -> Received:
    """Register an application on paper (T03): the day on the receipt stamp counts, and the scans stay with it.

    `case_id` is the id that the form carried, so that a second click finds the first case. Raises ActError or UploadRefused.
    """
    with recording():
        application = new_case(applicant=applicant, scheme=scheme, origin=Origin.PAPER)
        application.id = case_id or application.id
        application.draft_answers = answers
        values = typed_values(application.definition, answers)
        _copy_values(application, values)
        _receive(application, clock.start_of(received_on), received_on)
        event = perform(
            application, "register_paper", Facts(has_minimum=minimum_is_there(application)), actor, received_on,
            Mark(amount=application.requested_amount),
        )
        _set_goals(application, values)
        warnings = warnings_for(application, received_on)
        for scan in scans:
            store_scan(application=application, upload=scan, user=actor.person)
        freeze_submission(application, event, Submission.Kind.APPLICATION, answers, warnings, clock.start_of(received_on))
        _after_receipt(application, event, received_on, warnings)
    return Received(application, warnings)


def complete(*, application_id: UUID, answers: dict[str, Any], actor: Actor, day: date | None = None) -> Application:
    """The applicant sends what was missing (T06): the term runs again."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        application.draft_answers = {**application.draft_answers, **answers}
        _take_over(application)
        event = perform(application, "complete", Facts(), actor, day)
        freeze_submission(application, event, Submission.Kind.COMPLETION, application.draft_answers, (), clock.moment_on(day))
        deadlines.resume(application, event, deadlines.DECISION)
        deadlines.start(application, event, "NOT_HANDLED_4W", day)
        application.save()
        send_plain(application, event, "L01b", day)
    return application


def withdraw(*, application_id: UUID, actor: Actor, day: date | None = None) -> Application:
    """Withdraw before the decision (T09); every running term ends."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        had_number = application.case_number is not None
        event = perform(application, "withdraw_application", Facts(), actor, day)
        deadlines.end(application, event)
        if had_number:
            send_plain(application, event, "L05", day)
    return application


def warnings_for(application: Application, day: date) -> tuple[str, ...]:
    """What is not right yet, in plain sentences."""
    keys = frozenset(application.documents.values_list("question_key", flat=True))
    found = remarks(application.definition, application.draft_answers, documents=keys, today=day)
    return tuple(remark.text for remark in found)


def _receive(application: Application, moment: datetime, day: date) -> None:
    application.case_number = next_case_number(day)
    application.chain.label = application.case_number
    application.received_at, application.received_on = moment, day
    application.ceiling = Ceiling.objects.filter(
        scheme=application.scheme, period_start__lte=day, period_end__gte=day
    ).first()


def _after_receipt(application: Application, event: Event, day: date, warnings: tuple[str, ...]) -> None:
    application.chain.save(update_fields=["label"])
    if application.definition.terms.starts_from == "receipt":
        deadlines.start_decision(application, event, day)
    application.save()
    receipt(application, event, day, warnings)


def freeze_submission(
    application: Application, event: Event, kind: str, answers: dict[str, Any], warnings: tuple[str, ...], moment: datetime
) -> Submission:
    """Keep what was sent in as it is, with the files that were added; the database refuses any later change."""
    submission = Submission.objects.create(
        application=application, event_id=event.id, kind=kind, answers=answers, warnings=list(warnings),
        digest=sha256(answers), received_at=moment,
    )
    Document.objects.filter(application=application, submission__isnull=True).update(submission=submission)
    return submission


def _take_over(application: Application) -> None:
    """Copy the answers that are filtered or counted by into their typed columns; a wrong value leaves the column empty."""
    values = typed_values(application.definition, application.draft_answers)
    _copy_values(application, values)
    _set_goals(application, values)


def _copy_values(application: Application, values: Any) -> None:
    application.title = (values.title or "")[:200]
    application.summary = values.summary or ""
    application.requested_amount = values.requested_amount
    application.activity_start, application.activity_end = values.activity_start, values.activity_end
    application.municipality = Municipality.objects.filter(code=values.municipality or "").first()
    application.area = Area.objects.filter(code=values.area or "").first()


def _set_goals(application: Application, values: Any) -> None:
    chosen = list(dict.fromkeys([*([values.main_goal] if values.main_goal else []), *values.goals]))
    known = set(Goal.objects.filter(code__in=chosen).values_list("code", flat=True))
    chosen = [code for code in chosen if code in known]
    current = {link.goal_id: link.is_main for link in application.goal_links.all()}
    if current == {code: position == 0 for position, code in enumerate(chosen)}:
        return
    application.goal_links.all().delete()
    ApplicationGoal.objects.bulk_create(
        ApplicationGoal(application=application, goal_id=code, is_main=position == 0) for position, code in enumerate(chosen)
    )
