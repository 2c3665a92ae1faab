"""What was spent beside what was budgeted, line by line. An explanation is asked above a share that the scheme sets. Pure but for one read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from grants.applications.models import Application, Submission
from grants.law.amounts import ZERO
from grants.law.formats import euro
from grants.schemes import answer_values
from grants.schemes.answer_values import Unreadable, is_empty
from grants.schemes.costs import read_costs
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_form import Question

EXTRA = 5
"""Rows for costs that were not in the budget."""
OF_APPLICATION = (Submission.Kind.APPLICATION, Submission.Kind.COMPLETION)

Granted = Callable[[Application], list[Decimal]]
_granted: list[Granted] = []


def granted_from(function: Granted) -> None:
    """A higher floor says how much of each budget line was accepted, in the order of the lines."""
    if function not in _granted:
        _granted.append(function)


@dataclass(frozen=True, slots=True)
class Line:
    """One cost. `number` is the line of the budget, 0 for a cost that is not in it. Euros; None for what cannot be read.

    `difference` is what was spent more (or less, below zero) than budgeted; `asks_why` when that is above the share of the scheme.
    """

    place: int
    number: int
    description: str
    estimated: Decimal | None
    granted: Decimal | None
    typed: str
    spent: Decimal | None
    explanation: str
    share: Decimal

    @property
    def difference(self) -> Decimal | None:
        return None if self.spent is None or self.estimated is None else self.spent - self.estimated

    @property
    def difference_words(self) -> str:
        """The difference as a person reads it."""
        found = self.difference
        if found is None:
            return ""
        if found == ZERO:
            return _("gelijk")
        return (_("%(amount)s meer") if found > 0 else _("%(amount)s minder")) % {"amount": euro(abs(found))}

    @property
    def asks_why(self) -> bool:
        found = self.difference
        if found is None:
            return False
        return abs(found) * 100 > self.share * (self.estimated or ZERO)

    @property
    def lacks_why(self) -> bool:
        return self.asks_why and not self.explanation.strip()


def budget_of(application: Application) -> list[tuple[str, Decimal]]:
    """The lines of the last application: what for, and how many euros. Lines that cannot be read are left out."""
    definition = application.definition
    question = next((q for q in definition.questions if q.kind == "cost_table"), None)
    sent = application.submissions.filter(kind__in=OF_APPLICATION).order_by("-received_at", "-id").first()
    if question is None or sent is None:
        return []
    lines, _faults = read_costs(sent.answers.get(question.key))
    return [(line.description, line.amount + line.vat) for line in lines]


def lines_of(application: Application, answer: Any) -> list[Line]:
    """Every budget line with what was typed beside it, then the other costs, then empty rows."""
    budget = budget_of(application)
    accepted = next((function(application) for function in _granted), [])
    share = application.definition.report.explain_above
    rows = [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
    by_number = {str(row.get("line")): row for row in rows if row.get("line")}
    found = []
    for number, (description, estimated) in enumerate(budget, 1):
        row = by_number.pop(str(number), {})
        granted = accepted[number - 1] if len(accepted) == len(budget) else None
        found.append(_line(len(found), number, description, estimated, granted, row, share))
    others = [row for row in rows if str(row.get("line", "")) not in {str(n) for n in range(1, len(budget) + 1)}]
    for row in [*others, *({} for _n in range(EXTRA))][: max(EXTRA, len(others) + 1)]:
        found.append(_line(len(found), 0, str(row.get("description", "")), None, None, row, share))
    return found


def collect_lines(question: Question, data: QueryDict, application: Application) -> list[dict[str, str]]:
    """The rows as typed. A budget line of which nothing was typed is left out; its description is that of the budget."""
    budget, found = budget_of(application), []
    for place in range(len(budget) + 40):
        name = f"{question.key}-{place}"
        if f"{name}-amount" not in data:
            break
        typed = {part: data.get(f"{name}-{part}", "").replace("\x00", "").strip() for part in ("description", "amount", "explanation")}
        row = {key: value for key, value in typed.items() if value or key != "explanation"}
        if place < len(budget):
            if not (typed["amount"] or typed["explanation"]):
                continue
            description, estimated = budget[place]
            row |= {"line": str(place + 1), "description": description, "budget": f"{estimated:.2f}".replace(".", ",")}
        elif not any(typed.values()):
            continue
        found.append(row)
    return found


def remarks_of(lines: Iterable[Line]) -> tuple[str, ...]:
    """Where an explanation is missing, in plain sentences."""
    words = _("Leg uit waarom '%(what)s' anders uitkwam: %(difference)s dan begroot.")
    return tuple(words % {"what": line.description, "difference": line.difference_words} for line in lines if line.lacks_why)


def totals(lines: Iterable[Line]) -> dict[str, Decimal]:
    """What was budgeted, accepted and spent altogether; what cannot be read counts for nothing."""
    listed = list(lines)
    return {
        "estimated": sum((line.estimated or ZERO for line in listed), ZERO), "granted": sum((line.granted or ZERO for line in listed), ZERO),
        "spent": sum((line.spent or ZERO for line in listed), ZERO),
    }


def cost_question(definition: SchemeDefinition) -> Question | None:
    """The question of the report that asks for the costs; None when the scheme asks none."""
    return next((q for q in definition.report.questions if q.kind == "cost_table"), None)


def _line(place: int, number: int, description: str, estimated: Decimal | None, granted: Decimal | None, row: dict[str, Any], share: Decimal) -> Line:
    typed = str(row.get("amount", ""))
    return Line(place, number, description, estimated, granted, typed, _read(typed), str(row.get("explanation", "")), share)


def _read(typed: str) -> Decimal | None:
    if is_empty(typed):
        return None
    try:
        return answer_values.amount(typed)
    except Unreadable:
        return None
