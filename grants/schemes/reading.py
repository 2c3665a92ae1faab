"""The door to a definition for the floors above: what a person answered, and what the scheme says about an amount or a day."""

from grants.schemes.answers import Remark, TypedValues, form_remarks, typed_values
from grants.schemes.application_remarks import remarks
from grants.schemes.balance import Balance, balance, table_total
from grants.schemes.conditions import Answers, visible_questions, wanted_documents
from grants.schemes.costs import cost_totals, financing_totals
from grants.schemes.form_parts import Part, State, declarations, parts, state
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
    "Balance",
    "Part",
    "Remark",
    "State",
    "TypedValues",
    "advances_of",
    "arrangement_for",
    "balance",
    "ceiling_for",
    "cost_totals",
    "declarations",
    "financing_totals",
    "form_remarks",
    "is_open",
    "obligations_for",
    "parts",
    "refusal_grounds_for",
    "remarks",
    "state",
    "table_total",
    "typed_values",
    "visible_questions",
    "wanted_documents",
]
