"""Draft, submit, complete, withdraw: what an applicant does before the decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from applicants.models import Applicant
from grants.applications import deadlines, drafts
from grants.applications.correspondence import receipt, send_plain
from grants.applications.files import VIEW, store_scan
from grants.applications.lifecycle.door import Mark, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application, Document, Origin, Submission
from grants.applications.numbers import next_case_number
from grants.applications.services.locking import locked_case
from grants.applications.services.saving import save_draft as save_draft
from grants.applications.services.taking_over import copy_values, set_goals, take_over
from grants.applications.statuses import Status
from grants.budget.models import Ceiling
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.canonical import sha256
from grants.kernel.models import Chain, Event
from grants.kernel.recording import recording
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_form import Question
from grants.schemes.models import Scheme
from grants.schemes.reading import Remark, remarks, typed_values, visible_questions


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
        application.draft_answers = known_answers(applicant, application.definition)
        perform(application, "start_draft", Facts(), actor, day or clock.today())
    return application


def untouched_draft(applicant: Applicant, scheme: Scheme) -> Application | None:
    """A draft of this applicant under the present text of the scheme in which nobody answered, added or asked anything yet."""
    drafts = Application.objects.filter(applicant=applicant, scheme=scheme, status=Status.DRAFT, draft_saved_at__isnull=True, documents__isnull=True)
    return drafts.filter(version=scheme.current_version()).order_by("-created_at").first()


def known_answers(applicant: Applicant, definition: SchemeDefinition) -> dict[str, Any]:
    """What the applicant need not type again: the account that we have. It can be changed like any answer."""
    known = {"iban": applicant.iban, "account_holder": applicant.name[:70] if applicant.iban else ""}
    return {question.key: answer for question in definition.questions if (answer := known.get(question.maps_to or ""))}


def sent_answers(application: Application) -> dict[str, Any]:
    """The answers that go along when this draft is sent in: of the questions that it asks. Others stay in the draft, unsent."""
    asked = {question.key for question in shown_questions(application)}
    unknown = application.draft_answers.keys() - {question.key for question in application.definition.questions}
    return {key: answer for key, answer in application.draft_answers.items() if key in asked or key in unknown}


def shown_questions(application: Application) -> tuple[Question, ...]:
    """The questions that this draft asks, given what was answered so far."""
    return visible_questions(application.definition.questions, application.draft_answers)


def minimum_is_there(application: Application) -> bool:
    """Name and address of the applicant and what is asked (Awb 4:2); the date is the day of receipt."""
    applicant = application.applicant
    asked = application.title.strip() or application.summary.strip() or application.requested_amount is not None
    return bool(applicant and applicant.name.strip() and applicant.street.strip() and applicant.city.strip() and asked)


def submit(
    *, application_id: UUID, actor: Actor, day: date | None = None, moment: datetime | None = None, declared: Iterable[str] = ()
) -> Received:
    """Submit a draft (T02): number, receipt, decision term, all in one commit. Raises ActError when it cannot.

    `declared`: the declarations that were ticked with the signature; they become answers of the application.
    """
    moment = moment or clock.now()
    day = day or clock.legal_day(moment)
    with recording():
        application = locked_case(application_id)
        application.draft_answers = {**application.draft_answers, **dict.fromkeys(declared, "ja")}
        warnings = warnings_for(application, day)
        take_over(application)
        _receive(application, moment, day)
        event = perform(
            application, "submit", Facts(has_minimum=minimum_is_there(application)), actor, day, Mark(amount=application.requested_amount)
        )
        freeze_submission(application, event, Submission.Kind.APPLICATION, sent_answers(application), warnings, moment)
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
        copy_values(application, values)
        _receive(application, clock.start_of(received_on), received_on)
        event = perform(
            application, "register_paper", Facts(has_minimum=minimum_is_there(application)), actor, received_on,
            Mark(amount=application.requested_amount),
        )
        set_goals(application, values)
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
        take_over(application)
        event = perform(application, "complete", Facts(), actor, day)
        freeze_submission(application, event, Submission.Kind.COMPLETION, sent_answers(application), (), clock.moment_on(day))
        drafts.drop(application, drafts.AnswerDraft.Form.COMPLETION)
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


def remarks_for(application: Application, day: date) -> tuple[Remark, ...]:
    """What is missing or not right yet, with the question that it is about. None of it blocks."""
    keys = frozenset(application.documents.usable().values_list("question_key", flat=True))
    return remarks(application.definition, application.draft_answers, documents=keys, today=day)


def warnings_for(application: Application, day: date) -> tuple[str, ...]:
    """What is not right yet, in plain sentences."""
    return tuple(remark.text for remark in remarks_for(application, day))


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
    """Keep what was sent in as it is, with the files that were added; the database refuses any later change.

    Files with a view go with that view, and with nothing else; all others go with the form.
    """
    submission = Submission.objects.create(
        application=application, event_id=event.id, kind=kind, answers=answers, warnings=list(warnings),
        digest=sha256(answers), received_at=moment,
    )
    added = Document.objects.filter(application=application, submission__isnull=True)
    added = added.filter(question_key=VIEW) if kind == Submission.Kind.VIEW else added.exclude(question_key=VIEW)
    added.update(submission=submission)
    return submission
