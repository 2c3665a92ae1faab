"""Count cases by a definition: the plain ones in SQL, the odd ones in Python, added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from grants.figures.counting import state_sql
from grants.figures.counting.state import AsOf, CaseState, histories, state_of
from grants.figures.definition import Breakdown, Counted, Filter, IndicatorDefinition


@dataclass(frozen=True, slots=True)
class Parameters:
    """`start` is included; `reference_date` is not; only what was known strictly before `known_at` counts."""

    start: date
    reference_date: date
    known_at: datetime
    gross: bool = False

    @property
    def asof(self) -> AsOf:
        return AsOf(self.reference_date, self.known_at, self.gross)


@dataclass(slots=True)
class Tally:
    """What was counted of some cases. Amounts in whole cents; `days` says how many cases of the numerator took how many days."""

    numerator: int = 0
    denominator: int = 0
    numerator_cents: int = 0
    denominator_cents: int = 0
    days: Counter[int] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        self.numerator += other.numerator
        self.denominator += other.denominator
        self.numerator_cents += other.numerator_cents
        self.denominator_cents += other.denominator_cents
        self.days.update(other.days)

    def within(self, term_days: int) -> int:
        return sum(count for days, count in self.days.items() if days <= term_days)

    @property
    def numerator_amount(self) -> Decimal:
        return euros(self.numerator_cents)

    @property
    def denominator_amount(self) -> Decimal:
        return euros(self.denominator_cents)


def euros(cents: int) -> Decimal:
    return (Decimal(cents) / 100).quantize(Decimal("0.01"))


DAY_OF: dict[Counted, str] = {"granted": "granted_on", "received": "received_on", "decided": "decided_on", "settled": "settled_on", "open": "received_on"}
"""The day that places a case in the period."""

_COLUMNS: dict[Breakdown, str] = {
    "scheme": "scheme", "area": "area", "municipality": "municipality", "applicant_type": "applicant_type", "form": "form",
}


def takes(wanted: Filter, case: CaseState) -> bool:
    """Does the filter take this case?"""
    return (
        (not wanted.bundles or case.bundle in wanted.bundles)
        and (not wanted.schemes or case.scheme in wanted.schemes)
        and (not wanted.forms or case.form in wanted.forms)
        and (not wanted.areas or case.area in wanted.areas)
        and (not wanted.municipalities or case.municipality in wanted.municipalities)
        and (not wanted.applicant_types or case.applicant_type in wanted.applicant_types)
        and (not wanted.goals or not case.goals.isdisjoint(wanted.goals))
    )


def in_population(definition: IndicatorDefinition, parameters: Parameters, case: CaseState) -> bool:
    """Is the case one of those that the definition counts in this period?"""
    day: date | None = getattr(case, DAY_OF[definition.counts])
    if definition.counts == "open":
        return case.is_open and takes(definition.population, case)
    return day is not None and parameters.start <= day < parameters.reference_date and takes(definition.population, case)


def tally_cases(definition: IndicatorDefinition, parameters: Parameters, cases: Iterable[CaseState], by: Breakdown | None = None) -> dict[str, Tally]:
    """The definition itself, on plain states: what each case adds, under each key that it belongs to."""
    found: dict[str, Tally] = {}
    for case in cases:
        if not in_population(definition, parameters, case):
            continue
        cents = int(getattr(case, definition.amount) * 100)
        counted = definition.numerator is None or takes(definition.numerator, case)
        for key in _keys(definition, case, by):
            tally = found.setdefault(key, Tally())
            tally.denominator += 1
            tally.denominator_cents += cents
            if counted:
                tally.numerator += 1
                tally.numerator_cents += cents
                if case.days is not None:
                    tally.days[case.days] += 1
    return found


def _keys(definition: IndicatorDefinition, case: CaseState, by: Breakdown | None) -> Iterable[str]:
    if by is None:
        return ("",)
    if by == "goal":
        return sorted(case.goals) or ("",)
    if by in ("year", "month"):
        day: date | None = getattr(case, DAY_OF[definition.counts])
        return (day.isoformat()[: 4 if by == "year" else 7] if day else "",)
    return (getattr(case, _COLUMNS[by]),)


def odd_cases(definition: IndicatorDefinition, parameters: Parameters) -> Iterator[CaseState]:
    """The cases that SQL leaves out, read in Python."""
    chains = state_sql.odd_chains(parameters.asof, definition.population)
    return (state_of(history, parameters.asof) for history in histories(chains, parameters.known_at))


def tally(definition: IndicatorDefinition, parameters: Parameters, by: Breakdown | None = None) -> dict[str, Tally]:
    """Every key of the breakdown with what was counted under it; without a breakdown one key, ''. Two queries."""
    found = tally_cases(definition, parameters, odd_cases(definition, parameters), by)
    for key, days, denominator, denominator_cents, numerator, numerator_cents in _rows(*_grouped(definition, parameters, by)):
        part = Tally(numerator, denominator, int(numerator_cents or 0), int(denominator_cents or 0))
        if days is not None and numerator:
            part.days[int(days)] = numerator
        found.setdefault(key or "", Tally()).add(part)
    return found


def numerator_cases(definition: IndicatorDefinition, parameters: Parameters) -> tuple[str, ...]:
    """The numbers of the cases in the numerator, in order."""
    return _numbers(definition, parameters, definition.numerator)


def population_cases(definition: IndicatorDefinition, parameters: Parameters) -> tuple[str, ...]:
    """The numbers of all cases that the definition counts, in order."""
    return _numbers(definition, parameters, None)


@dataclass(frozen=True, slots=True)
class Line:
    """What one case adds to a figure: is it in the numerator, its amount in cents, its days to the first decision."""

    case_number: str
    counted: bool
    cents: int
    days: int | None

    @property
    def euros(self) -> Decimal:
        return euros(self.cents)


def population_lines(definition: IndicatorDefinition, parameters: Parameters) -> tuple[Line, ...]:
    """Every case that the definition counts, in order of number, with what it adds."""
    with_sql, values = _with(definition, parameters)
    where, more = _where(definition, parameters)
    counted, counting = state_sql.condition(definition.numerator or Filter(), "s.")
    sql = (
        f"{with_sql} SELECT c.label, CASE WHEN {counted} THEN 1 ELSE 0 END, s.{definition.amount}, {_days_between('s.received_on', 's.decided_on')} "
        f"FROM state s JOIN kernel_chain c ON c.id = s.chain_id WHERE {where}"
    )
    found = [Line(number, bool(one), int(cents or 0), None if days is None else int(days)) for number, one, cents, days in _rows(sql, [*values, *counting, *more])]
    found += [
        Line(case.case_number, definition.numerator is None or takes(definition.numerator, case), int(getattr(case, definition.amount) * 100), case.days)
        for case in odd_cases(definition, parameters)
        if in_population(definition, parameters, case)
    ]
    return tuple(sorted(found, key=lambda line: line.case_number))


def _numbers(definition: IndicatorDefinition, parameters: Parameters, narrowed: Filter | None) -> tuple[str, ...]:
    with_sql, values = _with(definition, parameters)
    where, more = _where(definition, parameters)
    narrow, narrowing = state_sql.condition(narrowed or Filter(), "s.")
    sql = f"{with_sql} SELECT c.label FROM state s JOIN kernel_chain c ON c.id = s.chain_id WHERE {where} AND {narrow}"
    numbers = [row[0] for row in _rows(sql, [*values, *more, *narrowing])]
    numbers += [
        case.case_number
        for case in odd_cases(definition, parameters)
        if in_population(definition, parameters, case) and (narrowed is None or takes(narrowed, case))
    ]
    return tuple(sorted(numbers))


def _grouped(definition: IndicatorDefinition, parameters: Parameters, by: Breakdown | None) -> tuple[str, list[Any]]:
    with_sql, values = _with(definition, parameters)
    where, more = _where(definition, parameters)
    counted, counting = state_sql.condition(definition.numerator or Filter(), "s.")
    day = DAY_OF[definition.counts]
    key, join = "''", ""
    if by == "goal":
        # A case without a goal stands under '': the left join keeps it.
        key, join = "COALESCE(g.code, '')", " LEFT JOIN grants_goal g ON '|' || s.goals || '|' LIKE '%%|' || g.code || '|%%'"
    elif by in ("year", "month"):
        key = _text_of_day(f"s.{day}", 4 if by == "year" else 7)
    elif by:
        key = f"s.{_COLUMNS[by]}"
    days = _days_between("s.received_on", "s.decided_on")
    one = f"CASE WHEN {counted} THEN 1 ELSE 0 END"
    sql = (
        f"{with_sql} SELECT {key} AS k, {days} AS d, COUNT(*), SUM(s.{definition.amount}), SUM({one}), "
        f"SUM(CASE WHEN {counted} THEN s.{definition.amount} ELSE 0 END) FROM state s{join} WHERE {where} GROUP BY 1, 2"
    )
    return sql, [*values, *counting, *counting, *more]


def _with(definition: IndicatorDefinition, parameters: Parameters) -> tuple[str, list[Any]]:
    return state_sql.state(parameters.asof, definition.population)


def _where(definition: IndicatorDefinition, parameters: Parameters) -> tuple[str, list[Any]]:
    wanted, values = state_sql.condition(definition.population, "s.")
    if definition.counts == "open":
        return f"s.is_open = 1 AND {wanted}", values
    day = f"s.{DAY_OF[definition.counts]}"
    return f"{day} >= %s AND {day} < %s AND {wanted}", [parameters.start.isoformat(), parameters.reference_date.isoformat(), *values]


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _text_of_day(column: str, size: int) -> str:
    return f"SUBSTR({column}, 1, {size})" if connection.vendor == "sqlite" else f"SUBSTR({column}::text, 1, {size})"


def _days_between(first: str, last: str) -> str:
    if connection.vendor == "sqlite":
        return f"CAST(JULIANDAY({last}) - JULIANDAY({first}) AS INTEGER)"
    return f"({last} - {first})"


__all__ = [
    "DAY_OF", "Line", "Parameters", "Tally", "euros", "in_population", "numerator_cases", "odd_cases", "population_cases", "population_lines", "takes", "tally", "tally_cases",
]
