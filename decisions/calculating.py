"""What a grant or settlement comes to, from the answers, the reviewed costs and the scheme: as rows a reader can follow.

The sums themselves are in `grants.law.amounts`; here their inputs are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from decisions.models import CostReview
from grants.applications.lifecycle.amount_guards import not_above_the_calculation
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application, Submission
from grants.kernel import clock
from grants.kernel.money import ZERO
from grants.law.amounts import CalculationRow, cents, grant_amount, settlement_amount
from grants.law.errors import LawError
from grants.law.formats import euro
from grants.schemes.definition import SchemeDefinition
from grants.schemes.reading import TypedValues, arrangement_for, cost_totals, financing_totals, typed_values

GRANTS = {"grant", "grant_partly", "settle_directly", "grant_in_objection", "settle_directly_in_objection"}
SETTLES = {"settle", "settle_lower", "settle_nil", "settle_ex_officio", "settle_ex_officio_after_reminder"}
RAISES_GRANT, RAISES_SETTLEMENT = {"amend", "amend_in_objection"}, {"amend_settlement", "amend_settlement_in_objection"}
"""Decisions that can make an amount higher: then the same rule holds as when it was first given."""


@dataclass(frozen=True, slots=True)
class CostLine:
    """One cost as claimed, and how much of it counts; `reason` says why not all."""

    position: int
    description: str
    claimed: Decimal
    accepted: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """`amount` is what comes out, None when it cannot be told; `problem` then says what is missing, in Dutch."""

    rows: tuple[CalculationRow, ...] = ()
    amount: Decimal | None = None
    problem: str = ""

    def stored(self) -> list[dict[str, str]]:
        """Plain data for the decision and its letter."""
        return [{"label": row.label, "amount": str(row.amount)} for row in self.rows]


def answers_of(application: Application, of: str) -> dict[str, Any] | None:
    """The answers that count: the last version of the application, or of its account. None when nothing was sent in."""
    kinds = {
        CostReview.Of.APPLICATION: (Submission.Kind.APPLICATION, Submission.Kind.COMPLETION),
        CostReview.Of.REPORT: (Submission.Kind.REPORT, Submission.Kind.REPORT_COMPLETION),
    }[CostReview.Of(of)]
    last = application.submissions.filter(kind__in=kinds).order_by("-received_at", "-id").first()
    return last.answers if last else None


def values_of(application: Application, of: str) -> TypedValues | None:
    answers = answers_of(application, of)
    if answers is None or application.version is None:
        return None
    definition = application.version.definition
    return typed_values(definition, answers, form=definition.report if of == CostReview.Of.REPORT else None)


def cost_lines(application: Application, of: str) -> tuple[CostLine, ...]:
    """Each cost line with what counts of it: as reviewed, else as the scheme's categories say."""
    values = values_of(application, of)
    if values is None or application.version is None:
        return ()
    reviews = {review.position: review for review in CostReview.objects.filter(application=application, of=of)}
    lines = []
    for position, line in enumerate(values.costs, 1):
        totals = cost_totals([line], application.version.definition)
        review = reviews.get(position)
        if review is not None and review.claimed == totals.total:
            lines.append(CostLine(position, line.description, totals.total, review.accepted, review.reason))
        else:
            lines.append(CostLine(position, line.description, totals.total, totals.eligible))
    return tuple(lines)


def calculate(application: Application, act: str) -> Calculation:
    """The calculation that belongs to a decision; empty for one that has none."""
    if application.version is None:
        return Calculation()
    if act in GRANTS:
        return _grant(application, application.version.definition)
    if act in SETTLES:
        return settlement(application)
    return Calculation()


def bound(application: Application, act: str, amount: Decimal | None) -> Calculation:
    """What the scheme's rule comes to at most for this decision; empty where no rule sets a bound, or the amount goes down."""
    if application.version is None or amount is None:
        return Calculation()
    if act in GRANTS | SETTLES:
        return calculate(application, act)
    if act in RAISES_GRANT and amount > (application.granted_amount or ZERO):
        return _grant(application, application.version.definition)
    if act in RAISES_SETTLEMENT and amount > (application.settled_amount or ZERO):
        return _grant(application, application.version.definition) if application.settlement_mode == "direct" else settlement(application)
    return Calculation()


def above(application: Application, act: str, amount: Decimal | None, deviation: str = "") -> str:
    """What the signer will be told when this amount is more than the rule comes to and nobody says why; '' when it is not."""
    found = bound(application, act, amount)
    indicative = bool(application.version and application.version.definition.amount.indicative)
    known = Facts(amount=amount, calculated=found.amount, calculation_words=in_words(found), rule_is_indicative=indicative, deviation=deviation)
    refusal = not_above_the_calculation(known, clock.today())
    return refusal.reason if refusal is not None else ""


def in_words(calculation: Calculation) -> str:
    """The rows as one sentence part: "Gevraagd bedrag € 100,00; Subsidie € 80,00"."""
    rows = "; ".join(f"{row.label} {euro(row.amount)}" for row in calculation.rows)
    return f"{rows}. {calculation.problem}".rstrip(". ") if calculation.problem else rows


def with_decision(calculation: Calculation, amount: Decimal | None) -> list[dict[str, str]]:
    """The rows to store, with the decided amount as the last when it differs from what came out."""
    rows = calculation.stored()
    if rows and amount is not None and amount != calculation.amount:
        rows.append({"label": _("Ons besluit"), "amount": str(amount)})
    return rows


def _grant(application: Application, definition: SchemeDefinition) -> Calculation:
    requested = application.requested_amount
    if requested is None:
        return Calculation(problem=_("Er is geen bedrag gevraagd."))
    lines = cost_lines(application, CostReview.Of.APPLICATION)
    costs = sum((line.accepted for line in lines), ZERO) if lines else requested
    rule = definition.amount
    found = grant_amount(requested=requested, eligible_costs=costs, percentage=rule.percentage, cap=rule.cap, minimum=rule.minimum)
    rows, amount = found.rows, found.amount
    values = values_of(application, CostReview.Of.APPLICATION)
    if rule.at_most_own_share and values is not None and values.own_share is not None and found.refusal is None:
        own = cents(values.own_share)
        amount = min(amount, own)
        rows = (*rows[:-1], CalculationRow(_("Wat de aanvrager zelf betaalt"), own), CalculationRow(rows[-1].label, amount))
    return Calculation(rows, amount, found.refusal or "")


def settlement(application: Application) -> Calculation:
    """What the settlement comes to by the method that the grant names (Awb 4:46)."""
    granted = application.granted_amount
    if application.version is None or granted is None:
        return Calculation()
    definition = application.version.definition
    arrangement = arrangement_for(definition, granted)
    method = arrangement.settlement_method if arrangement else "fixed"
    values = values_of(application, CostReview.Of.REPORT)
    if method != "fixed" and values is None:
        return Calculation(problem=_("Er is nog geen verantwoording."))
    actual = sum((line.accepted for line in cost_lines(application, CostReview.Of.REPORT)), ZERO)
    planned = sum((line.accepted for line in cost_lines(application, CostReview.Of.APPLICATION)), ZERO)
    if method in ("actual_costs", "pro_rata_of_costs") and values is not None and not values.costs:
        return Calculation(problem=_("In de verantwoording staan geen kosten. Vraag die eerst na."))
    income = None
    if definition.costs.income_counts and values is not None and values.financing:
        income = financing_totals(values.financing).granted
    try:
        found = settlement_amount(
            method=method, granted=granted, budgeted_costs=planned or None, actual_costs=actual, income=income,
            percentage=definition.amount.percentage, units=values.units if values else None, unit_amount=definition.amount.unit_amount,
        )
    except LawError:
        return Calculation(problem=_("De verantwoording heeft niet alles wat nodig is om het bedrag te berekenen. Vraag dat eerst na."))
    return Calculation(found.rows, found.amount)
