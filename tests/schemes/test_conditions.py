"""Which questions and documents somebody gets."""

from __future__ import annotations

from typing import Any

import pytest

from grants.schemes.conditions import visible_questions, wanted_documents
from grants.schemes.definition_form import Condition, DocumentRequirement, Question, Report


def question(key: str, condition: Condition | None = None) -> Question:
    return Question(key=key, section="s", kind="text", label=key, purpose="omdat", condition=condition)


def shown(answers: dict[str, Any], *questions: Question) -> list[str]:
    return [visible.key for visible in visible_questions(questions, answers)]


@pytest.mark.parametrize(
    ("condition", "answer", "asked"),
    [
        (Condition(question="a", equals="ja"), "ja", True),
        (Condition(question="a", equals="ja"), " ja ", True),
        (Condition(question="a", equals="ja"), "nee", False),
        (Condition(question="a", equals="ja"), None, False),
        (Condition(question="a", equals="ja"), ["nee", "ja"], True),
        (Condition(question="a", equals="ja"), {"x": "ja"}, False),
        (Condition(question="a", any_of=("x", "y")), "y", True),
        (Condition(question="a", any_of=("x", "y")), "z", False),
        (Condition(question="a", any_of=("x", "y")), ["z", "x"], True),
        (Condition(question="a", is_not="nee"), "ja", True),
        (Condition(question="a", is_not="nee"), "nee", False),
        (Condition(question="a", is_not="nee"), ["ja", "nee"], False),
        (Condition(question="a", is_not="nee"), "", False),
        (Condition(question="a", is_not="nee"), [], False),
    ],
)
def test_a_condition_looks_at_the_answer(condition: Condition, answer: Any, asked: bool) -> None:
    assert ("b" in shown({"a": answer}, question("a"), question("b", condition))) is asked


def test_what_hangs_on_a_hidden_question_is_hidden_too() -> None:
    """Somebody answered b, then changed a: the old answer to b no longer counts."""
    questions = (
        question("a"),
        question("b", Condition(question="a", equals="ja")),
        question("c", Condition(question="b", equals="ja")),
        question("d", Condition(question="b", is_not="ja")),
    )

    assert shown({"a": "ja", "b": "ja"}, *questions) == ["a", "b", "c"]
    assert shown({"a": "nee", "b": "ja"}, *questions) == ["a"]
    assert shown({"a": "nee", "b": "x"}, *questions) == ["a"]


def test_a_document_is_asked_by_the_same_rules() -> None:
    proof = DocumentRequirement(key="d", label="d", purpose="omdat", condition=Condition(question="b", equals="ja"))
    form = Report(questions=(question("a"), question("b", Condition(question="a", equals="ja"))), documents=(proof,))

    assert wanted_documents(form, {"a": "ja", "b": "ja"}) == (proof,)
    assert wanted_documents(form, {"a": "nee", "b": "ja"}) == ()
