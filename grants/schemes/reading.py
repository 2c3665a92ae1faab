"""Read a person's answers against a definition: which questions show, what the typed values are, what is not right yet.

Answers are JSON-ready: texts, lists of texts, or lists of rows. Nothing here refuses an application: a lawful submit
is never blocked, only warned (Awb 4:1, 4:5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from grants.law.formats import euro, long_date
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_fields import Arrangement
from grants.schemes.definition_form import Condition, Question

Answers = Mapping[str, Any]
TABLES = frozenset({"cost_table", "financing"})


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that is not right yet, with the key of its question ('' for the whole)."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class TypedValues:
    """The answers that cases are filtered and counted by. What could not be read is None or empty."""

    title: str = ""
    summary: str = ""
    requested_amount: Decimal | None = None
    activity_start: date | None = None
    activity_end: date | None = None
    municipality: str = ""
    area: str = ""
    goals: tuple[str, ...] = ()
    main_goal: str = ""
    iban: str = ""


def parse_amount(text: object) -> Decimal | None:
    """An amount as people type it: '2500', '2.500', '2.500,00', '€ 2500,5'. None when it is no amount in whole cents."""
    plain = re.sub(r"[€\s\u00a0]", "", str(text or ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d{1,2})?", plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".", 1)
    if not re.fullmatch(r"\d{1,10}(\.\d{1,2})?", plain):
        return None
    try:
        return Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def parse_day(text: object) -> date | None:
    """A day as JJJJ-MM-DD or dd-mm-jjjj; None when it is no day of the calendar."""
    plain = str(text or "").strip()
    if found := re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", plain):
        plain = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    try:
        return date.fromisoformat(plain)
    except ValueError:
        return None


def visible_questions(questions: Iterable[Question], answers: Answers) -> tuple[Question, ...]:
    """The questions whose condition is met, in order. A hidden question meets no condition of another."""
    shown: dict[str, Question] = {}
    for question in questions:
        if question.condition is None or (question.condition.question in shown and _met(question.condition, answers)):
            shown[question.key] = question
    return tuple(shown.values())


def _met(condition: Condition, answers: Answers) -> bool:
    answer = answers.get(condition.question)
    given = set(answer) if isinstance(answer, list) else ({str(answer)} if answer else set())
    if not given:
        return False
    if condition.equals is not None:
        return condition.equals in given
    if condition.any_of:
        return bool(given & set(condition.any_of))
    return condition.is_not not in given


def typed_values(definition: SchemeDefinition, answers: Answers) -> TypedValues:
    """The typed values that the visible questions fill by their `maps_to`."""
    found: dict[str, Any] = {}
    for question in visible_questions(definition.questions, answers):
        answer = answers.get(question.key)
        match question.maps_to:
            case "requested_amount":
                found["requested_amount"] = parse_amount(answer)
            case "activity_start" | "activity_end":
                found[question.maps_to] = parse_day(answer)
            case "goals":
                found["goals"] = tuple(str(code) for code in answer) if isinstance(answer, list) else ()
            case "title" | "summary" | "municipality" | "area" | "main_goal" | "iban":
                found[question.maps_to] = str(answer or "").strip()
    return TypedValues(**found)


def remarks(definition: SchemeDefinition, answers: Answers, *, documents: frozenset[str], today: date) -> tuple[Remark, ...]:
    """Everything that is not right yet, as warnings in plain Dutch."""
    found = list(_about_the_scheme(definition, today))
    for question in visible_questions(definition.questions, answers):
        found += _about_question(question, answers.get(question.key), documents)
    for document in definition.documents:
        wanted = document.condition is None or _met(document.condition, answers)
        if document.required and wanted and document.key not in documents:
            found.append(Remark(document.key, f"Het bestand «{document.label}» ontbreekt nog. Voeg het toe, of stuur het later na."))
    return (*found, *_about_values(definition, typed_values(definition, answers), today))


def _about_the_scheme(definition: SchemeDefinition, today: date) -> Iterable[Remark]:
    if today > definition.closes_on:
        yield Remark("", f"De regeling is gesloten sinds {long_date(definition.closes_on)}. U kunt wel insturen; waarschijnlijk wijzen wij de aanvraag af.")
    elif today < definition.opens_on:
        yield Remark("", f"De regeling gaat open op {long_date(definition.opens_on)}. Wacht tot die dag als dat kan.")


def _about_question(question: Question, answer: object, documents: frozenset[str]) -> Iterable[Remark]:
    if question.kind == "file":
        if question.required and question.key not in documents:
            yield Remark(question.key, f"Het bestand bij «{question.label}» ontbreekt nog. Voeg het toe, of stuur het later na.")
        return
    if not answer:
        if question.required:
            yield Remark(question.key, f"U hebt de vraag «{question.label}» nog niet beantwoord.")
        return
    if question.kind == "amount" and parse_amount(answer) is None:
        yield Remark(question.key, f"Het bedrag bij «{question.label}» kunnen wij niet lezen. Schrijf het zo: 2.500,00.")
    if question.kind == "date" and parse_day(answer) is None:
        yield Remark(question.key, f"De datum bij «{question.label}» bestaat niet. Schrijf dag, maand en jaar.")


def _about_values(definition: SchemeDefinition, values: TypedValues, today: date) -> Iterable[Remark]:
    amount, rule = values.requested_amount, definition.amount
    if amount is not None and amount > rule.maximum:
        yield Remark("requested_amount", f"U vraagt {euro(amount)}. Deze regeling geeft hoogstens {euro(rule.maximum)}. Het meerdere kunnen wij niet geven.")
    if amount is not None and amount < rule.minimum:
        yield Remark("requested_amount", f"U vraagt {euro(amount)}. Deze regeling geeft minstens {euro(rule.minimum)}. Een lager bedrag wijzen wij af.")
    if values.activity_end is not None and values.activity_end < today:
        yield Remark("activity_end", f"De activiteit is al voorbij ({long_date(values.activity_end)}). Daarvoor kunnen wij meestal geen subsidie geven.")
    elif values.activity_start is not None and values.activity_start < today:
        yield Remark("activity_start", f"De activiteit begint in het verleden ({long_date(values.activity_start)}). Kosten van voor uw aanvraag tellen meestal niet mee.")
    if values.activity_start and values.activity_end and values.activity_end < values.activity_start:
        yield Remark("activity_end", "De activiteit eindigt voor zij begint. Kijk de datums na.")


def arrangement_for(definition: SchemeDefinition, amount: Decimal) -> Arrangement | None:
    """The arrangement of an amount in euros: from its lower bound, up to but not including its upper bound."""
    for arrangement in definition.arrangements:
        if arrangement.amount_from <= amount and (arrangement.amount_below is None or amount < arrangement.amount_below):
            return arrangement
    return None
