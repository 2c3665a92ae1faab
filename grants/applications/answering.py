"""Between the page and the stored answers: read what was posted as it was typed, and offer it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.http import QueryDict

from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_form import Question
from grants.schemes.models import Area, Goal, Municipality

ROWS = 8
"""Rows that a table on the page offers."""
TABLES = {"cost_table": ("description", "amount"), "financing": ("financier", "amount", "status")}
LISTS = {"multi_choice", "goals"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page shows it: with what was typed, what can be chosen, and what is not right yet."""

    question: Question
    value: Any
    choices: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()


def collect(questions: Iterable[Question], data: QueryDict) -> dict[str, Any]:
    """The answers in a posted page, exactly as typed. A question that was not on the page keeps its answer."""
    found: dict[str, Any] = {}
    for question in questions:
        if f"asked-{question.key}" not in data:
            continue
        if question.kind in TABLES:
            rows = [
                {name: data.get(f"{question.key}-{i}-{name}", "").strip() for name in TABLES[question.kind]} for i in range(ROWS)
            ]
            found[question.key] = [row for row in rows if any(row.values())]
        elif question.kind in LISTS:
            found[question.key] = data.getlist(question.key)
        elif question.kind != "file":
            found[question.key] = data.get(question.key, "").strip()
    return {key: _storable(answer) for key, answer in found.items()}


def _storable(answer: Any) -> Any:
    """Without NUL, which no keyboard types and PostgreSQL cannot store."""
    if isinstance(answer, list):
        return [_storable(part) for part in answer]
    if isinstance(answer, dict):
        return {name: _storable(part) for name, part in answer.items()}
    return answer.replace("\x00", "")


Lists = dict[str, tuple[tuple[str, str], ...]]
"""By kind of question: the codes that can be chosen, with their names."""


def lists_of(definition: SchemeDefinition) -> Lists:
    """The lists that questions choose from: one query for all of them. A page with two forms asks once."""

    def rows(place: str, found: QuerySet, name: str, order: str) -> QuerySet:
        return found.order_by().values_list(Value(place, output_field=CharField()), F("code"), F(name), F(order))

    municipalities = rows("municipality", Municipality.objects.all(), "name", "name")
    areas = rows("area", Area.objects.all(), "name", "name")
    goals = rows("goals", Goal.objects.filter(code__in=definition.goals), "label", "code")
    found: Lists = {"municipality": (), "area": (), "goals": (), "yes_no": (("ja", "Ja"), ("nee", "Nee"))}
    for place, code, name, _order in sorted(municipalities.union(areas, goals, all=True), key=lambda row: (row[0], row[3])):
        found[place] += ((code, name),)
    return found


def asked(
    definition: SchemeDefinition, questions: Iterable[Question], answers: dict[str, Any], remarks: dict[str, list[str]] | None = None,
    lists: Lists | None = None,
) -> list[Asked]:
    """The questions of a page with their answers. One query for the lists, whatever the number of questions; none when they are given."""
    lists = lists_of(definition) if lists is None else lists
    return [
        Asked(
            question=question,
            value=answers.get(question.key, ""),
            choices=_choices(question, lists),
            remarks=tuple((remarks or {}).get(question.key, ())),
            rows=_rows(question, answers),
        )
        for question in questions
    ]


def _choices(question: Question, lists: Lists) -> tuple[tuple[str, str], ...]:
    if question.options:
        return tuple((option.value, option.label) for option in question.options)
    if question.maps_to == "main_goal":
        return lists["goals"]
    return lists.get(question.kind, ())


def _rows(question: Question, answers: dict[str, Any]) -> tuple[dict[str, str], ...]:
    if question.kind not in TABLES:
        return ()
    given = answers.get(question.key) or []
    filled = [row for row in given if isinstance(row, dict)] if isinstance(given, list) else []
    return tuple((filled + [{} for _ in range(ROWS)])[:ROWS])
