"""The door to a definition for the floors above: what a person answered, and what the scheme says about an amount or a day."""

from grants.schemes.answers import Remark, TypedValues, form_remarks, typed_values
from grants.schemes.application_remarks import remarks
from grants.schemes.conditions import Answers, visible_questions, wanted_documents
from grants.schemes.costs import cost_totals, financing_totals
from grants.schemes.rules import (
    advances_of,
    arrangement_for,
    ceiling_for,
    is_open,
    obligations_for,
    refusal_grounds_for,
)

__all__ = [
    "Answers",
    "Remark",
    "TypedValues",
    "advances_of",
    "arrangement_for",
    "ceiling_for",
    "cost_totals",
    "financing_totals",
    "form_remarks",
    "is_open",
    "obligations_for",
    "refusal_grounds_for",
    "remarks",
    "typed_values",
    "visible_questions",
    "wanted_documents",
]
