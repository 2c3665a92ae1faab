"""Between the page and the stored answers: read what was posted as it was typed, and offer it again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.http import QueryDict

from grants.applications.merging import Posted, read_token
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_form import Question
from grants.schemes.models import Area, Goal, Municipality

ROWS = 8
"""Rows that a table offers on a page that cannot grow."""
LEAST_ROWS = 3
"""Rows that an empty table offers on a page that can grow."""
MOST_ROWS = 200
"""No table has more rows than this: a row beyond it is not read."""
TABLES = {"cost_table": ("description", "amount"), "financing": ("financier", "amount", "status")}
NO_ANSWER = {"status"}
"""Columns that are no answer by themselves: a row with only this is empty."""
LISTS = {"multi_choice", "goals"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page shows it: with what was typed, what can be chosen, and what is not right yet.

    `token` is there on a page that saves question by question. `hidden`: asked only after another answer on the same page.
    `total` is the sum of a table in euros. `areas` are code, name and municipality of every area.
    """

    question: Question
    value: Any
    choices: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    token: str = ""
    hidden: bool = False
    total: Decimal | None = None
    areas: tuple[tuple[str, str, str], ...] = ()

    @property
    def as_text(self) -> bool:
        """A date that no date field can show stays as it was typed."""
        return bool(self.value) and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(self.value))


def collect(questions: Iterable[Question], data: QueryDict) -> dict[str, Any]:
    """The answers in a posted page, exactly as typed. A question that was not on the page keeps its answer."""
    found: dict[str, Any] = {}
    for question in questions:
        if f"asked-{question.key}" not in data:
            continue
        if question.kind in TABLES:
            found[question.key] = _posted_rows(question, data)
        elif question.kind in LISTS:
            found[question.key] = data.getlist(question.key)
        elif question.kind != "file":
            found[question.key] = data.get(question.key, "").strip()
    return {key: _storable(answer) for key, answer in found.items()}


def posted_answers(questions: Iterable[Question], data: QueryDict) -> list[Posted]:
    """The answers in a posted page with what the page showed before. Of two versions that were both shown, the chosen one."""
    found = []
    for key, answer in collect(questions, data).items():
        if f"botsing-{key}" not in data:
            found.append(Posted(key, answer, read_token(data.get(f"versie-{key}", ""))))
        elif data.get(f"keuze-{key}") == "mine":
            found.append(Posted(key, answer, read_token(data.get(f"botsing-{key}", ""))))
        elif data.get(f"keuze-{key}") != "theirs":
            found.append(Posted(key, answer))
    return found


def _posted_rows(question: Question, data: QueryDict) -> list[dict[str, str]]:
    pattern = re.compile(rf"{re.escape(question.key)}-(\d{{1,4}})-[a-z]+")
    numbers = sorted({int(found[1]) for name in data if (found := pattern.fullmatch(name))})[:MOST_ROWS]
    rows = [{name: data.get(f"{question.key}-{i}-{name}", "").strip() for name in TABLES[question.kind]} for i in numbers]
    return [row for row in rows if any(value for name, value in row.items() if name not in NO_ANSWER)]


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
    places = rows("place", Area.objects.all(), "municipality_id", "code")
    goals = rows("goals", Goal.objects.filter(code__in=definition.goals), "label", "code")
    found: Lists = {"municipality": (), "area": (), "place": (), "goals": (), "yes_no": (("ja", "Ja"), ("nee", "Nee"))}
    for place, code, name, _order in sorted(municipalities.union(areas, places, goals, all=True), key=lambda row: (row[0], row[3])):
        found[place] += ((code, name),)
    return found


def asked(
    definition: SchemeDefinition, questions: Iterable[Question], answers: Mapping[str, Any], remarks: Mapping[str, list[str]] | None = None,
    lists: Lists | None = None, rows: Mapping[str, int] | None = None,
) -> list[Asked]:
    """The questions of a page with their answers. One query for the lists, whatever the number of questions; none when they are given.

    `rows`: how many rows a table shows at least, by question, on a page that can grow.
    """
    lists = lists_of(definition) if lists is None else lists
    return [
        Asked(
            question=question,
            value=_value(question, answers),
            choices=_choices(question, lists),
            remarks=tuple((remarks or {}).get(question.key, ())),
            rows=_rows(question, answers, rows),
        )
        for question in questions
    ]


def narrowed(area: Asked, municipality: str, lists: Lists) -> Asked:
    """An area question with the areas of the municipality that was answered; the answer that stands there stays among them."""
    place = dict(lists["place"])
    rows = tuple((code, name, place.get(code, "")) for code, name in area.choices)
    kept = tuple((code, name) for code, name, where in rows if not municipality or where == municipality or code == area.value)
    return replace(area, areas=rows, choices=kept)


def _value(question: Question, answers: Mapping[str, Any]) -> Any:
    value = answers.get(question.key, "")
    if question.kind in LISTS and isinstance(value, str):
        return [value] if value else []
    return value


def _choices(question: Question, lists: Lists) -> tuple[tuple[str, str], ...]:
    if question.options:
        return tuple((option.value, option.label) for option in question.options)
    if question.maps_to == "main_goal":
        return lists["goals"]
    return lists.get(question.kind, ())


def _rows(question: Question, answers: Mapping[str, Any], wanted: Mapping[str, int] | None) -> tuple[dict[str, str], ...]:
    if question.kind not in TABLES:
        return ()
    given = answers.get(question.key) or []
    filled = [row for row in given if isinstance(row, dict)] if isinstance(given, list) else []
    shown = max(ROWS, len(filled) + 1) if wanted is None else max(LEAST_ROWS, len(filled) + 1, min(wanted.get(question.key, 0), MOST_ROWS))
    return tuple(filled + [{} for _ in range(shown - len(filled))])
