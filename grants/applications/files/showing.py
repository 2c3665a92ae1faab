"""File questions as a page shows them: `applications/files/question.html` takes one `FileQuestion` as `file_question`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from grants.applications.documents import Document
from grants.applications.files import kinds
from grants.applications.files.inspecting import MB
from grants.applications.files.taking import Problem
from grants.applications.models import Application
from grants.schemes.conditions import wanted_documents
from grants.schemes.definition_form import Form, Question
from grants.schemes.reading import visible_questions

__all__ = ["FileQuestion", "file_questions", "report_is_asked"]


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
    application: Application, form: Form | None = None, *, keys: Iterable[str] | None = None, problems: Iterable[Problem] = ()
) -> list[FileQuestion]:
    """The places for files of a form (default: the one that is asked now), given the answers so far; one query. `keys` chooses some."""
    if form is None:
        form = application.definition.report if report_is_asked(application) else application.definition
    answers = application.draft_answers
    wanted: list[tuple[str, str, str, bool, tuple[str, ...]]] = [
        (q.key, q.label, q.help, q.required, kinds.USUAL) for q in _file_questions(form, answers)
    ]
    wanted += [(d.key, d.label, d.help, d.required, tuple(d.accepts)) for d in wanted_documents(form, answers)]
    chosen = None if keys is None else set(keys)
    here: dict[str, list[Document]] = {}
    for document in application.documents.filter(submission__isnull=True):
        here.setdefault(document.question_key, []).append(document)
    wrong: dict[str, list[Problem]] = {}
    for problem in problems:
        wrong.setdefault(problem.key, []).append(problem)
    return [
        FileQuestion(key, label, help_text, required, accepts, application.pk, tuple(here.get(key, ())), tuple(wrong.get(key, ())))
        for key, label, help_text, required, accepts in wanted
        if chosen is None or key in chosen
    ]


def _file_questions(form: Form, answers: dict[str, object]) -> list[Question]:
    return [question for question in visible_questions(form.questions, answers) if question.kind == "file"]
