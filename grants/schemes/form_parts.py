"""The form in the parts in which a person fills it in: the sections, and the declarations that stand with the signature."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from grants.schemes.answer_values import is_empty
from grants.schemes.answers import Remark
from grants.schemes.conditions import Answers, visible_questions
from grants.schemes.definition_form import Form, Question, Section


class State(StrEnum):
    """How far somebody is with a section."""

    NEW = "new"
    BUSY = "busy"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Part:
    """A section with the questions that are asked on its page, given the answers of other sections.

    `offered` are all that the page may have to show; `shown` those that the answers so far ask for.
    """

    section: Section
    offered: tuple[Question, ...]
    shown: tuple[Question, ...]


def declarations(form: Form) -> tuple[Question, ...]:
    """The declarations that are ticked when the application is signed: those on which no other question hangs."""
    deciding = {item.condition.question for item in (*form.questions, *form.documents) if item.condition}
    return tuple(q for q in form.questions if q.kind == "declaration" and q.condition is None and q.key not in deciding)


def parts(form: Form, answers: Answers) -> tuple[Part, ...]:
    """The sections that have something to ask, in their order."""
    signed = {question.key for question in declarations(form)}
    visible = {question.key for question in visible_questions(form.questions, answers)}
    found = []
    for section in form.sections:
        questions = [q for q in form.questions if q.section == section.key and q.key not in signed]
        offered = _offered(questions, visible)
        if offered:
            found.append(Part(section, offered, tuple(q for q in offered if q.key in visible)))
    return tuple(found)


def state(part: Part, answers: Answers, remarks: Iterable[Remark], begun: Iterable[str]) -> State:
    """Ready: everything that is asked has an answer. `begun`: keys of questions that somebody answered (what we filled in is no beginning)."""
    keys = {question.key for question in part.shown}
    missing = {remark.key for remark in remarks if remark.severity == "missing"}
    if not keys & missing and any(not is_empty(answers.get(key)) for key in keys):
        return State.READY
    return State.BUSY if keys & set(begun) else State.NEW


def _offered(questions: Iterable[Question], visible: set[str]) -> tuple[Question, ...]:
    """What the answers ask for, and what an answer on this same page can bring up."""
    here: set[str] = set()
    found = []
    for question in questions:
        if question.key in visible or (question.condition is not None and question.condition.question in here):
            here.add(question.key)
            found.append(question)
    return tuple(found)
