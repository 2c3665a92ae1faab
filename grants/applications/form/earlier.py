"""Copy what was answered before: an application of one's own whose answers fit this form."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.models import User
from grants.schemes.answer_values import Unreadable, day, is_empty
from grants.schemes.definition_form import Form, Question

MOST = 20
NEVER = {"file", "declaration"}
"""A file and a declaration are given anew each time."""
ACCOUNT = {"iban", "account_holder"}
"""What answers about an account fill."""


def earlier_cases(application: Application, user: User) -> QuerySet[Application]:
    """The newest cases of all for whom the user acts from which answers can be copied."""
    found = Application.objects.acted_for_by(user).filter(version__isnull=False).exclude(pk=application.pk).exclude(draft_answers={})
    return found.select_related("scheme", "version").order_by("-created_at")[:MOST]


def fitting_answers(source: Form, answers: dict[str, Any], target: Form, present: dict[str, Any]) -> dict[str, Any]:
    """What can be copied: to a question of the same kind with the same meaning or key, that has no answer yet and knows this one.

    A day that has passed is left out.
    """
    by_key = {question.key: question for question in source.questions}
    by_meaning = {question.maps_to: question for question in source.questions if question.maps_to}
    found = {}
    for question in target.questions:
        other = by_meaning.get(question.maps_to) if question.maps_to else by_key.get(question.key)
        if other is None or other.kind != question.kind or question.kind in NEVER or not is_empty(present.get(question.key)):
            continue
        answer = _known(question, answers.get(other.key))
        if not is_empty(answer):
            found[question.key] = answer
    return found


def without_account(found: dict[str, Any], target: Form) -> dict[str, Any]:
    """What is copied from another applicant: not the account, so that no money goes to the wrong one."""
    account = {question.key for question in target.questions if question.maps_to in ACCOUNT}
    return {key: answer for key, answer in found.items() if key not in account}


def _known(question: Question, answer: Any) -> Any:
    if question.options:
        known = {option.value for option in question.options}
        return [value for value in answer if value in known] if isinstance(answer, list) else (answer if answer in known else "")
    if question.kind == "date":
        try:
            return answer if day(answer) >= clock.today() else ""
        except Unreadable:
            return ""
    return answer
