"""The versions of an application or an account, and two of them compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grants.applications.answering import asked
from grants.applications.comparing import Change, FileChange, compared, files_compared
from grants.applications.models import Application, Submission
from grants.applications.templatetags.answer_words import answer_words, masked
from grants.schemes.definition_form import Question

FORMS = {
    "application": (Submission.Kind.APPLICATION, Submission.Kind.COMPLETION),
    "report": (Submission.Kind.REPORT, Submission.Kind.REPORT_COMPLETION),
}
"""Which kinds of submission are versions of one form."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed between two versions; `same` counts the questions that did not."""

    changes: tuple[Change, ...]
    same: int
    files: tuple[FileChange, ...]


def form_of(submission: Submission) -> str:
    """The form that this is a version of; '' for a report on progress, which has no versions."""
    return next((name for name, kinds in FORMS.items() if submission.kind in kinds), "")


def versions_of(application: Application) -> list[Submission]:
    """What can be compared, oldest first. A submission never changes, so each stays as it came in."""
    return [s for s in application.submissions.order_by("received_at", "id") if form_of(s)]


def compare(application: Application, first: Submission, second: Submission, *, mask_iban: bool) -> Comparison:
    """The first against the second, which is of the same form."""
    definition = application.definition
    questions = definition.report.questions if form_of(first) == "report" else definition.questions
    before = asked(definition, questions, first.answers)
    answers = {question.question.key: question.value for question in asked(definition, questions, second.answers)}
    found = []
    for question in before:
        if question.question.kind == "file":
            continue

        def words(answer: Any, question: Any = question) -> str:
            return _words(question.question, question.choices, answer, mask_iban)

        found.append(compared(question.question.label, question.question.kind, question.value, answers[question.question.key], words))
    documents = list(application.documents.filter(submission__isnull=False).select_related("submission").order_by("uploaded_at", "id"))
    kinds = FORMS[form_of(first)]
    of_form = [d for d in documents if d.submission.kind in kinds]
    files = files_compared(
        (d for d in of_form if d.submission.received_at <= first.received_at),
        (d for d in of_form if first.received_at < d.submission.received_at <= second.received_at),
    )
    return Comparison(tuple(c for c in found if c.changed), sum(not c.changed for c in found), files)


def _words(question: Question, choices: tuple[tuple[str, str], ...], answer: Any, mask_iban: bool) -> str:
    """An answer as a reader expects it: labels for codes, a date in words, an account number masked."""
    if not answer:
        return ""
    if choices:
        labels = dict(choices)
        chosen = answer if isinstance(answer, list) else [answer]
        return ", ".join(labels.get(str(value), str(value)) for value in chosen)
    if question.kind == "iban" and mask_iban:
        return masked(answer)
    return answer_words(_Answer(question, answer))


@dataclass(frozen=True, slots=True)
class _Answer:
    question: Question
    value: Any
