"""File questions as a page shows them: `applications/files/question.html` takes one `FileQuestion` as `file_question`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from grants.applications.documents import Document
from grants.applications.files import kinds
from grants.applications.files.inspecting import MB
from grants.applications.files.taking import Problem
from grants.applications.models import Application
from grants.schemes.conditions import wanted_documents
from grants.schemes.definition_form import Form, Question, Report
from grants.schemes.reading import visible_questions

__all__ = ["FileQuestion", "file_questions", "place_beside", "report_is_asked"]


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """One place for files: what is asked, what we take, what there is, and what was not taken just now."""

    key: str
    label: str
    help: str
    required: bool
    accepts: tuple[str, ...]
    application_id: object
    files: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def accept(self) -> str:
        return kinds.accept_attribute(self.accepts)

    @property
    def takes(self) -> str:
        return kinds.words_for(self.accepts)

    @property
    def limit(self) -> int:
        """Megabytes that one file may have."""
        return int(settings.UPLOAD_LIMIT // MB)


def report_is_asked(application: Application) -> bool:
    """After the decision a file goes with the account of the activity."""
    return application.decided_on is not None


def file_questions(
    application: Application, form: Form | None = None, *, answers: dict[str, Any] | None = None, keys: Iterable[str] | None = None,
    problems: Iterable[Problem] = (), everything: bool = False,
) -> list[FileQuestion]:
    """The places for files of a form (default: the one that is asked now), given the answers so far; one query. `keys` chooses some.

    Without `answers` the draft's count for the application, and every place of the account is offered. A place
    that is no longer asked stays as long as it holds a file: it would be sent in unseen. `everything`: the chosen places also
    where the answers do not ask them, for a page on which an answer brings them up.
    """
    if form is None:
        form = application.definition.report if report_is_asked(application) else application.definition
    chosen = None if keys is None else set(keys)
    here: dict[str, list[Document]] = {}
    for document in application.documents.filter(submission__isnull=True):
        here.setdefault(document.question_key, []).append(document)
    wrong: dict[str, list[Problem]] = {}
    for problem in problems:
        wrong.setdefault(problem.key, []).append(problem)
    if answers is None and not isinstance(form, Report):
        answers = application.draft_answers
    asked = _asked(form, answers) if answers is not None else {place.key for place in (*form.questions, *form.documents)}
    return [
        FileQuestion(
            place.key, place.label, place.help, place.required, kinds.USUAL if isinstance(place, Question) else tuple(place.accepts), application.pk,
            tuple(here.get(place.key, ())), tuple(wrong.get(place.key, ())),
        )
        for place in (*(question for question in form.questions if question.kind == "file"), *form.documents)
        if (everything or place.key in asked or place.key in here) and (chosen is None or place.key in chosen)
    ]


def place_beside(application: Application, key: str, *, label: str, help: str = "", problems: Iterable[Problem] = ()) -> FileQuestion:
    """A voluntary place for files that no form of the scheme asks, such as with a view; one query."""
    files = tuple(application.documents.filter(submission__isnull=True, question_key=key))
    return FileQuestion(key, label, help, False, kinds.USUAL, application.pk, files, tuple(problem for problem in problems if problem.key == key))


def _asked(form: Form, answers: dict[str, Any]) -> set[str]:
    return {question.key for question in visible_questions(form.questions, answers)} | {document.key for document in wanted_documents(form, answers)}
