"""Which questions and documents does somebody get, given the answers so far?

A page that hides questions only helps; this is what decides.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from grants.schemes.definition_form import Condition, DocumentRequirement, Form, Question

Answers = Mapping[str, Any]
"""Answers as they were typed, by the key of the question: a text, a list of texts, or a list of rows."""


def visible_questions(questions: Iterable[Question], answers: Answers) -> tuple[Question, ...]:
    """The questions to ask, in order. What hangs on a question that is not asked, is not asked either."""
    asked: dict[str, Question] = {}
    for question in questions:
        if _holds(question.condition, asked, answers):
            asked[question.key] = question
    return tuple(asked.values())


def wanted_documents(form: Form, answers: Answers) -> tuple[DocumentRequirement, ...]:
    """The documents to offer a place for, required and voluntary."""
    asked = {question.key for question in visible_questions(form.questions, answers)}
    return tuple(document for document in form.documents if _holds(document.condition, asked, answers))


def _holds(condition: Condition | None, asked: Container[str], answers: Answers) -> bool:
    if condition is None:
        return True
    given = _given(answers.get(condition.question)) if condition.question in asked else ()
    if not given:
        return False
    if condition.is_not is not None:
        return condition.is_not not in given
    return any(value in given for value in condition.values)


def _given(answer: Any) -> tuple[str, ...]:
    """The answer as a list of texts; empty when there is none."""
    items = answer if isinstance(answer, (list, tuple)) else [answer]
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())
