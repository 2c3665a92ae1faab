"""Enter and correct budget mutations, and what they come to per product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum

from grants.budget.models import Budget
from grants.budget.mutations import BudgetMutation
from grants.kernel.audit import Finding
from grants.kernel.models import User
from grants.kernel.money import ZERO
from grants.law.formats import euro

Kind = BudgetMutation.Kind


class MutationRefused(ValueError):
    """This mutation cannot be entered; `str()` is a sentence for people."""


@transaction.atomic
def enter(
    *, kind: str, source: Budget | None, target: Budget | None, amount: Decimal, subject: str, document: str, decided_on: date, by: User,
    is_structural: bool = False, precision: int = 1, is_demo: bool = False,
) -> BudgetMutation:
    """Enter one mutation as a paper shows it. Raises MutationRefused when the sides or the amount do not fit."""
    problem = _problem(kind, source, target, amount, precision)
    if problem:
        raise MutationRefused(problem)
    return BudgetMutation.objects.create(
        kind=kind, source=source, target=target, amount=amount, is_structural=is_structural, precision=precision, subject=subject,
        document=document, decided_on=decided_on, entered_by=by, is_demo=is_demo,
    )


@transaction.atomic
def correct(*, mutation_id: int, by: User, day: date) -> BudgetMutation:
    """A counter entry: the same amount the other way. The mistake stays to be seen. Raises MutationRefused when that was done."""
    wrong = BudgetMutation.objects.select_for_update().get(id=mutation_id)
    if wrong.corrects_id is not None or BudgetMutation.objects.filter(corrects=wrong).exists():
        raise MutationRefused("Deze wijziging is al teruggeboekt, of is zelf een terugboeking. Voer zo nodig een nieuwe wijziging in.")
    return BudgetMutation.objects.create(
        kind=wrong.kind, source=wrong.target, target=wrong.source, amount=wrong.amount, is_structural=wrong.is_structural,
        precision=wrong.precision, subject=wrong.subject, document=wrong.document, decided_on=day, corrects=wrong, entered_by=by,
        is_demo=wrong.is_demo,
    )


def _problem(kind: str, source: Budget | None, target: Budget | None, amount: Decimal, precision: int) -> str:
    if amount <= 0:
        return "Vul een bedrag boven nul in. Gaat er geld af, zet het product dan bij 'van'."
    if kind == Kind.TRANSFER and (source is None or target is None):
        return "Een overheveling gaat van een product naar een ander product. Kies ze allebei."
    if kind != Kind.TRANSFER and (source is None) == (target is None):
        return "Kies een product bij 'van' of bij 'naar', niet bij allebei. De andere kant zijn de algemene middelen."
    if source is not None and target is not None and source.year != target.year:
        return f"De producten zijn van verschillende jaren ({source.year} en {target.year}). Kies ze uit hetzelfde jaar."
    if source is not None and source == target:
        return "Kies twee verschillende producten."
    if precision not in BudgetMutation.PRECISIONS:
        return "Kies op welk bedrag het document heeft afgerond."
    if amount % precision:
        return f"Het bedrag {euro(amount)} is niet afgerond op {euro(Decimal(precision))}. Kies een andere afronding of een ander bedrag."
    return ""


@dataclass(frozen=True, slots=True)
class Line:
    """One mutation as it counts for one product."""

    mutation: BudgetMutation
    amount: Decimal


@dataclass(slots=True)
class Subject:
    """The lines about one subject, and their sum: papers print the lines, and often not what they come to."""

    name: str
    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)


@dataclass(frozen=True, slots=True)
class Account:
    """A product in a year: its mutations by subject, the sum of them, and which part of that is structural."""

    budget: Budget
    subjects: tuple[Subject, ...]

    @property
    def total(self) -> Decimal:
        return sum((subject.total for subject in self.subjects), ZERO)

    @property
    def structural(self) -> Decimal:
        lines = (line for subject in self.subjects for line in subject.lines)
        return sum((line.amount for line in lines if line.mutation.is_structural), ZERO)

    @property
    def now(self) -> Decimal | None:
        """The budget after the mutations; None when the first amount is not known."""
        return None if self.budget.amount is None else self.budget.amount + self.total


def account_of(budget: Budget) -> Account:
    subjects: dict[str, Subject] = {}
    found = BudgetMutation.objects.filter(Q(source=budget) | Q(target=budget)).select_related("source", "target", "corrects", "entered_by")
    for mutation in found.order_by("decided_on", "id"):
        lines = subjects.setdefault(mutation.subject, Subject(mutation.subject)).lines
        lines.append(Line(mutation, mutation.on(budget.pk)))
    return Account(budget, tuple(subjects.values()))


def balances() -> dict[int | None, Decimal]:
    """What all mutations come to, by product; None stands for outside. Two sums over the rows, made by the database."""
    found: dict[int | None, Decimal] = {}
    for side, sign in (("target", 1), ("source", -1)):
        for row in BudgetMutation.objects.order_by().values(side).annotate(sum=Sum("amount")):
            found[row[side]] = found.get(row[side], ZERO) + sign * row["sum"]
    return found


def mutations_balance() -> Iterator[Finding]:
    """Over all products and outside, nothing came and nothing went."""
    if sum(balances().values(), ZERO) != 0:
        yield Finding("begrotingswijzigingen", "de wijzigingen zijn samen niet nul")
