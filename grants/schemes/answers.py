"""The answers to a form: the typed values in them, and what we notice about them.

Nothing here blocks: a lawful submit is only warned (Awb 4:1, 4:5). The legal minimum of an application (name, address,
date, what is asked: Awb 4:2) is looked at elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from grants.law.formats import euro, long_date
from grants.schemes import answer_values
from grants.schemes.answer_values import Unreadable, is_empty
from grants.schemes.conditions import Answers, visible_questions, wanted_documents
from grants.schemes.costs import CostLine, FinancingLine, read_costs, read_financing
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_form import Form, Question
from grants.schemes.form_checks import NO_AREA, answers_of


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at. `key` is the question or document, empty for the application as a whole."""

    key: str
    severity: Literal["warning", "missing"]
    text: str


@dataclass(slots=True)
class _Reading:
    """What the visible questions gave: values by key, and the remarks made on the way."""

    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedValues:
    """The answers that are filtered, counted or calculated by; None or empty when not given or not readable.

    `unreadable` says which answers could not be read. Money is euros; `area` is None outside the area approaches.
    """

    title: str | None = None
    summary: str | None = None
    location: str | None = None
    requested_amount: Decimal | None = None
    own_share: Decimal | None = None
    activity_start: date | None = None
    activity_end: date | None = None
    municipality: str | None = None
    area: str | None = None
    goals: tuple[str, ...] = ()
    main_goal: str | None = None
    needs: tuple[str, ...] = ()
    costs: tuple[CostLine, ...] = ()
    financing: tuple[FinancingLine, ...] = ()
    units: Decimal | None = None
    iban: str | None = None
    account_holder: str | None = None
    unreadable: tuple[Remark, ...] = ()


def typed_values(definition: SchemeDefinition, answers: Answers, *, form: Form | None = None) -> TypedValues:
    """The typed values in the answers, from the questions that are asked. Never raises on what somebody typed.

    `form` is the form that was filled in: the application's when left out, or the report's.
    """
    asked: Form = definition if form is None else form
    reading = _read(asked, answers, definition.goals)
    found: dict[str, Any] = {}
    for question in asked.questions:
        if question.maps_to and question.key in reading.values:
            found[question.maps_to] = reading.values[question.key]
    if found.get("area") == NO_AREA:
        found["area"] = None
    return TypedValues(**found, unreadable=tuple(reading.remarks))


def form_remarks(form: Form, answers: Answers, *, documents: frozenset[str] = frozenset(), offered_goals: tuple[str, ...] = ()) -> tuple[Remark, ...]:
    """What is missing or not readable in one form, question by question. `documents`: keys of the files received."""
    reading = _read(form, answers, offered_goals)
    found = {remark.key: remark for remark in reversed(reading.remarks)}
    remarks: list[Remark] = []
    for question in visible_questions(form.questions, answers):
        present = question.key in documents if question.kind == "file" else not is_empty(answers.get(question.key))
        if not present and question.required:
            remarks.append(Remark(question.key, "missing", _missing(question)))
        elif question.key in found:
            remarks.append(found[question.key])
        elif question.key in reading.values:
            remarks += _bounds(question, reading.values[question.key])
    for document in wanted_documents(form, answers):
        if document.required and document.key not in documents:
            text = f"Dit stuk is er nog niet: {document.label}. Stuur het mee, of stuur het later na."
            remarks.append(Remark(document.key, "missing", text))
    return tuple(remarks)


def _missing(question: Question) -> str:
    if question.kind == "declaration":
        return f"U hebt dit nog niet aangevinkt: {question.label}"
    if question.kind == "file":
        return f"Dit stuk is er nog niet: {question.label}"
    return f"Deze vraag is nog niet beantwoord: {question.label}"


def _bounds(question: Question, value: Any) -> list[Remark]:
    texts = []
    if isinstance(value, Decimal):
        show: Callable[[Decimal], str] = euro if question.kind == "amount" else str
        if question.minimum is not None and value < question.minimum:
            texts.append(f"{question.label} U vulde {show(value)} in. Het laagste is {show(question.minimum)}.")
        if question.maximum is not None and value > question.maximum:
            texts.append(f"{question.label} U vulde {show(value)} in. Het hoogste is {show(question.maximum)}.")
    if isinstance(value, str) and question.longest is not None and len(value) > question.longest:
        texts.append(f"Uw antwoord heeft {len(value)} tekens. Hier passen er {question.longest}. Maak het korter: {question.label}")
    if isinstance(value, date):
        if question.earliest is not None and value < question.earliest:
            texts.append(f"{question.label} Deze dag ligt voor {long_date(question.earliest)}.")
        if question.latest is not None and value > question.latest:
            texts.append(f"{question.label} Deze dag ligt na {long_date(question.latest)}.")
    return [Remark(question.key, "warning", text) for text in texts]


def _read(form: Form, answers: Answers, offered_goals: tuple[str, ...]) -> _Reading:
    reading = _Reading()
    for question in visible_questions(form.questions, answers):
        answer = answers.get(question.key)
        if question.kind == "file" or is_empty(answer):
            continue
        try:
            value, faults = _value(question, answer, offered_goals)
        except Unreadable as error:
            reading.remarks.append(Remark(question.key, "warning", f"{question.label} {error}"))
            continue
        reading.values[question.key] = value
        reading.remarks += [Remark(question.key, "warning", f"{question.label} {fault}") for fault in faults]
    return reading


_SIMPLE: dict[str, Callable[[Any], Any]] = {
    "text": answer_values.text,
    "long_text": answer_values.text,
    "number": answer_values.number,
    "amount": answer_values.amount,
    "date": answer_values.day,
    "iban": answer_values.iban,
    "email": answer_values.email,
    "phone": answer_values.phone,
}


def _value(question: Question, answer: Any, offered_goals: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
    """The value of an answer and the faults inside it. Raises `Unreadable` when there is no value at all."""
    if question.kind in _SIMPLE:
        return _SIMPLE[question.kind](answer), ()
    if question.kind == "cost_table":
        return read_costs(answer)
    if question.kind == "financing":
        return read_financing(answer)
    possible = answers_of(question, offered_goals)
    choices = answer_values.chosen(answer)
    known = tuple(choice for choice in choices if choice in possible)
    faults = tuple(f'"{choice}" kunt u hier niet kiezen.' for choice in choices if choice not in possible)
    if question.kind in ("multi_choice", "goals"):
        return known, faults
    if len(choices) != 1 or faults:
        raise Unreadable(faults[0] if faults else "Kies een van de antwoorden.")
    return known[0], ()
