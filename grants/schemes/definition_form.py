"""The form of a scheme: sections, questions, conditions and documents. The same types serve the account afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

QuestionKind = Literal[
    "text",
    "long_text",
    "number",
    "amount",
    "date",
    "choice",
    "multi_choice",
    "yes_no",
    "municipality",
    "area",
    "goals",
    "cost_table",
    "financing",
    "file",
    "iban",
    "email",
    "phone",
    "declaration",
]
Target = Literal[
    "title",
    "summary",
    "location",
    "requested_amount",
    "own_share",
    "activity_start",
    "activity_end",
    "municipality",
    "area",
    "goals",
    "main_goal",
    "needs",
    "costs",
    "financing",
    "units",
    "iban",
    "account_holder",
]

WITH_OPTIONS: frozenset[str] = frozenset({"choice", "multi_choice"})
WITH_BOUNDS: frozenset[str] = frozenset({"number", "amount"})
WITH_LENGTH: frozenset[str] = frozenset({"text", "long_text"})
CAN_DECIDE: frozenset[str] = frozenset({"choice", "multi_choice", "yes_no", "municipality", "area", "goals", "declaration"})
"""Kinds whose answer a condition can look at."""

TARGET_KINDS: dict[str, frozenset[str]] = {
    "title": frozenset({"text"}),
    "summary": frozenset({"text", "long_text"}),
    "location": frozenset({"text", "long_text"}),
    "requested_amount": frozenset({"amount"}),
    "own_share": frozenset({"amount"}),
    "activity_start": frozenset({"date"}),
    "activity_end": frozenset({"date"}),
    "municipality": frozenset({"municipality"}),
    "area": frozenset({"area"}),
    "goals": frozenset({"goals"}),
    "main_goal": frozenset({"choice"}),
    "needs": frozenset({"multi_choice"}),
    "costs": frozenset({"cost_table"}),
    "financing": frozenset({"financing"}),
    "units": frozenset({"number"}),
    "iban": frozenset({"iban"}),
    "account_holder": frozenset({"text"}),
}
"""Which kinds of question can fill which typed value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Ask this only when an earlier question has a certain answer. Exactly one of the three tests is filled in.

    Of an answer that is a list, one member is enough for `equals` and `in`, and `not` wants none. A question without an
    answer, or one that is not shown itself, meets no condition.
    """

    question: str
    equals: str | None = None
    any_of: tuple[str, ...] = field(default=(), metadata={"key": "in"})
    is_not: str | None = field(default=None, metadata={"key": "not"})

    @property
    def values(self) -> tuple[str, ...]:
        """The answers that the condition names."""
        return tuple(value for value in (self.equals, *self.any_of, self.is_not) if value is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A page of the form."""

    key: str
    title: str
    intro: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `purpose` says why we ask (Awb 4:4); what is not `required` is marked as voluntary.

    `minimum` and `maximum` are bounds of a number or an amount in euros, `longest` the most characters of a text.
    `maps_to` names the typed value that the answer fills.
    """

    key: str
    section: str
    kind: QuestionKind
    label: str
    purpose: str
    help: str = ""
    required: bool = True
    condition: Condition | None = None
    options: tuple[Option, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    longest: int | None = None
    earliest: date | None = None
    latest: date | None = None
    maps_to: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRequirement:
    """A file that belongs to the application. Its key stands among those of the questions."""

    key: str
    label: str
    purpose: str
    help: str = ""
    required: bool = True
    condition: Condition | None = None
    accepts: tuple[Literal["pdf", "image", "spreadsheet", "text"], ...] = ("pdf", "image")


class Form(Protocol):
    """What has sections, questions and documents: a definition, or the report in it."""

    @property
    def sections(self) -> tuple[Section, ...]: ...
    @property
    def questions(self) -> tuple[Question, ...]: ...
    @property
    def documents(self) -> tuple[DocumentRequirement, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The form in which a recipient accounts for the activity (Awb 4:45).

    `explain_above` is a share in percent: a cost that differs more than that from its budget line asks for an explanation.
    """

    intro: str = ""
    sections: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = ()
    documents: tuple[DocumentRequirement, ...] = ()
    explain_above: Decimal = Decimal(25)
