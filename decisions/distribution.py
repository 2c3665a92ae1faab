"""What there is to divide under a ceiling, day by day, and why it cannot be divided yet (Awb 4:25, 4:26)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from decisions.models import Assessment, Draw, ScoreSheet
from decisions.queue import unseen_by, waiting_under
from grants.applications.models import Application, ApplicationQuerySet
from grants.applications.statuses import Status
from grants.budget.models import Ceiling
from grants.kernel.money import ZERO
from grants.law.formats import euro, long_date
from grants.law.tender import Weighed
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_fields import Distribution
from grants.schemes.models import SchemeVersion

Method = Draw.Method
WHOLE = (Method.TENDER, Method.EQUAL)
"""Divided once for the whole ceiling, after the last day to apply; the others day by day."""
NAMED = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """One division that a ceiling may need: by which method, over which day, with the cases in it and what is in the way."""

    ceiling: Ceiling
    definition: SchemeDefinition
    method: Method
    day: date
    cases: tuple[Application, ...]
    problem: str = ""

    @property
    def rules(self) -> Distribution:
        return self.definition.distribution

    @property
    def asked(self) -> Decimal:
        return sum((asks_of(case) for case in self.cases), ZERO)

    @property
    def is_by_lot(self) -> bool:
        return self.method in Draw.BY_LOT


def asks_of(case: Application) -> Decimal:
    """What a case of the queue asks, as `waiting_under` put beside it."""
    asked: Decimal = case.asks  # type: ignore[attr-defined]
    return asked


def definition_of(ceiling: Ceiling) -> SchemeDefinition | None:
    """The rules under which a ceiling is divided: those that the waiting cases came in under, else the newest of its scheme."""
    of_cases = SchemeVersion.objects.filter(applications__in=waiting_under(ceiling.code).filter(complete_on__isnull=False).values("pk"))
    version = of_cases.order_by("-number").first() or ceiling.scheme.versions.order_by("-number").first()
    return version.definition if version is not None else None


def method_of(rules: Distribution) -> Method | None:
    """How a day, or the whole ceiling, is divided; None when the scheme names no way that can be run."""
    if rules.method == "order_of_receipt":
        return Method(rules.same_day_rule) if rules.same_day_rule else None
    return Method(rules.method) if rules.method in (Method.TENDER, Method.EQUAL) else None


def closing_day(ceiling: Ceiling, definition: SchemeDefinition) -> date:
    """The last day to apply under this ceiling, for what is divided as a whole."""
    return definition.distribution.tender_closes_on or min(ceiling.period_end, definition.closes_on)


def group_of(ceiling: Ceiling, method: Method, day: date) -> ApplicationQuerySet:
    """The cases that are divided together: complete on one day, or for a whole ceiling in by its last day."""
    waiting = waiting_under(ceiling.code).filter(complete_on__isnull=False, asks__gt=0).select_related("version", "chain", "scheme", "applicant")
    chosen = waiting.filter(received_on__lte=day) if method in WHOLE else waiting.filter(complete_on=day)
    return chosen.order_by("case_number")


def plan_for(ceiling: Ceiling, day: date, today: date) -> Plan | None:
    """The division of this day with what is in its way; None when the scheme has no way that can be run here."""
    definition = definition_of(ceiling)
    method = method_of(definition.distribution) if definition else None
    if definition is None or method is None:
        return None
    cases = tuple(group_of(ceiling, method, day))
    plan = Plan(ceiling, definition, method, day, cases)
    return replace(plan, problem=_problem(plan, today))


def _problem(plan: Plan, today: date) -> str:
    """Why this division cannot be made now, in Dutch; '' when it can."""
    day, whole = plan.day, plan.method in WHOLE
    if day >= today:
        last = "De laatste dag om aan te vragen" if whole else "Deze dag"
        return f"{last}, {long_date(day)}, is nog niet voorbij. Er kunnen nog aanvragen bij komen. Verdeel op zijn vroegst de dag erna."
    if whole and day != closing_day(plan.ceiling, plan.definition):
        return "Deze regeling wordt in één keer verdeeld, na de laatste dag om aan te vragen."
    if Draw.objects.live().filter(ceiling=plan.ceiling, day=day).exists():
        return "Deze verdeling is al gemaakt of aangekondigd."
    if len(plan.cases) < (1 if whole else 2):
        return "Er zijn geen aanvragen om over te verdelen."
    if any(case.version is None or case.version.definition.distribution != plan.rules for case in plan.cases):
        return "De aanvragen vallen onder versies van de regeling met verschillende regels voor de verdeling. Dat kan niet in één verdeling."
    return _order_problem(plan) or _judged_problem(plan) or _need_problem(plan)


def _order_problem(plan: Plan) -> str:
    """Who ranks before, or may turn out to belong in the group, comes first."""
    waiting = waiting_under(plan.ceiling.code)
    if plan.method not in WHOLE:
        earlier = waiting.filter(complete_on__lt=plan.day, asks__gt=0).order_by("complete_on", "case_number")
        if earlier:
            return f"Beslis eerst over de aanvragen die eerder compleet waren: {_named(earlier)}."
    unseen = unseen_by(waiting, plan.day)
    if unseen:
        return f"Kijk eerst of deze aanvragen compleet zijn: {_named(unseen)}. Zijn ze dat, dan horen ze misschien bij deze verdeling."
    return ""


def _judged_problem(plan: Plan) -> str:
    """Money is only divided over what can be granted. A draw of the order can come before."""
    if plan.method == Method.LOTTERY:
        return ""
    judged = (Status.ASSESSED, Status.AWAITING_VIEW)
    advised = set(Assessment.objects.filter(application__in=plan.cases, advised_amount__isnull=False).values_list("application_id", flat=True))
    open_ones = [case for case in plan.cases if case.status not in judged or case.pk not in advised]
    if open_ones:
        return f"Beoordeel eerst deze aanvragen: {_named(open_ones)}. Wie op de inhoud wordt afgewezen, deelt niet mee."
    if plan.method != Method.TENDER:
        return ""
    need = plan.rules.tender_assessors
    counts = dict.fromkeys((case.pk for case in plan.cases), 0)
    for key in ScoreSheet.objects.filter(application__in=plan.cases).handed_in().values_list("application_id", flat=True):
        counts[key] += 1
    short = [case for case in plan.cases if counts[case.pk] < need]
    return f"Deze aanvragen hebben nog geen punten van {need} beoordelaars: {_named(short)}." if short else ""


def _need_problem(plan: Plan) -> str:
    left = plan.ceiling.available
    if left <= 0:
        return "Het subsidieplafond is bereikt. Er is niets meer te verdelen."
    if plan.method not in WHOLE and plan.asked <= left:
        return f"Er is nog {euro(left)} en er wordt {euro(plan.asked)} gevraagd. Alles past: verdelen is niet nodig."
    return ""


def _named(cases: Any) -> str:
    numbers = [str(case.case_number) for case in cases[: NAMED + 1]]
    return ", ".join(numbers[:NAMED]) + (" en meer" if len(numbers) > NAMED else "")


def criteria_of(definition: SchemeDefinition) -> tuple[Weighed, ...]:
    """The criteria with points, as the law of the ranking takes them."""
    return tuple(Weighed(c.key, c.label, c.most, c.least, c.weight) for c in definition.criteria if c.scale == "score")
