"""The lines that explain a term to a person: what happens, on which article, and the day it leads to.

Written so that a lawyer can follow the sum from the event to the last day without reading code.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from grants.law.changes import Change, Delay, Suspension, Walk
from grants.law.days import ONE_DAY, free_day_name
from grants.law.formats import long_date
from grants.law.rules import DelayKind, Rule, SuspensionKind, Unit


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation: what happens (plain Dutch), on which article, and the day it leads to."""

    step: str
    article: str
    date: date


UNIT_NAMES = {
    Unit.HOURS: ("uur", "uur"),
    Unit.DAYS: ("dag", "dagen"),
    Unit.WEEKS: ("week", "weken"),
    Unit.MONTHS: ("maand", "maanden"),
    Unit.YEARS: ("jaar", "jaar"),
}
KIND_NAMES = {
    SuspensionKind.COMPLETION: "de aanvulling is afgewacht",
    SuspensionKind.FOREIGN_INFORMATION: "informatie uit het buitenland is afgewacht",
    SuspensionKind.AGREED: "de aanvrager heeft schriftelijk met uitstel ingestemd",
    SuspensionKind.ATTRIBUTABLE: "de vertraging komt door de aanvrager",
    SuspensionKind.FORCE_MAJEURE: "er is overmacht",
    SuspensionKind.BIBOB: "het advies van het Landelijk Bureau Bibob is afgewacht",
}


def explain(
    rule: Rule,
    start: date,
    nominal: date,
    walked: Walk,
    last_day: date,
    deadline: date,
    overrides: Collection[date],
) -> tuple[Step, ...]:
    """All lines in order: the event, the plain length, each change, what a free day does, and the last day."""
    steps = [_opening(rule, start), _counting(rule, nominal)]
    steps += [_changed(rule, change) for change in walked.changes]
    steps += _closing(rule, walked, last_day, deadline, overrides)
    return tuple(steps)


def _amount(number: int, unit: Unit) -> str:
    return f"{number} {UNIT_NAMES[unit][number != 1]}"


def _opening(rule: Rule, start: date) -> Step:
    if rule.backward:
        return Step(f"Terugtellen vanaf {rule.start_event}: {long_date(start)}.", rule.article, start)
    if rule.unit is Unit.HOURS:
        return Step(f"De uren tellen vanaf {rule.start_event}: {long_date(start)}.", rule.article, start)
    first = start + ONE_DAY
    text = f"De dag zelf telt niet mee. De eerste dag is de dag na {rule.start_event} ({long_date(start)}): {long_date(first)}."
    return Step(text, rule.article, first)


def _counting(rule: Rule, nominal: date) -> Step:
    length = _amount(rule.length, rule.unit)
    if rule.backward:
        return Step(f"{length} eerder is {long_date(nominal)}.", rule.article, nominal)
    if rule.unit is Unit.HOURS:
        text = f"{length} later is {long_date(nominal)}, op hetzelfde tijdstip."
        return Step(text, rule.article, nominal)
    return Step(f"De {rule.title} is {length} en loopt tot en met {long_date(nominal)}.", rule.article, nominal)


def _changed(rule: Rule, change: Change) -> Step:
    if isinstance(change.cause, Suspension):
        article = rule.suspension_article(change.cause.kind)
        return Step(_suspended(change.cause, change), article or rule.article, change.end)
    article = rule.delay_article(change.cause.kind)
    return Step(_delayed(change.cause, change), article or rule.article, change.end)


def _suspended(item: Suspension, change: Change) -> str:
    """What one suspension adds; a day that an earlier line counted is left out."""
    if item.days == 0:
        return "De aanvulling kwam zo snel dat er geen dagen wegvallen."
    period = f"Van {long_date(item.first_day)} tot en met {long_date(item.last_day)} staat de termijn stil: {KIND_NAMES[item.kind]}."
    if change.days == 0:
        return f"{period} Dat geeft geen extra dagen: die dagen telden al, of de termijn liep toen niet."
    return f"{period} Dat geeft {_amount(change.days, Unit.DAYS)} extra: {long_date(change.end)}."


def _delayed(letter: Delay, change: Change) -> str:
    sent = long_date(letter.sent_on)
    if letter.kind is DelayKind.NOTICE:
        return f"Op {sent} schreven wij dat het besluit later komt. Dat verandert de termijn niet: {long_date(change.end)}."
    if letter.kind is DelayKind.NEW_TERM:
        named = long_date(letter.until or change.end)
        if change.days == 0:
            return f"Op {sent} noemden wij {named} als nieuwe laatste dag. Dat verandert de termijn niet: de brief kwam te laat, of de dag is niet later."
        return f"Op {sent} noemden wij op tijd een nieuwe laatste dag: {named}."
    weeks = _amount(letter.weeks, Unit.WEEKS)
    if change.days == 0:
        return f"Op {sent} schreven wij dat de termijn {weeks} langer is. Dat verandert de termijn niet: hij was toen al voorbij."
    return f"Op {sent} verlengden wij de termijn met {weeks}: {long_date(change.end)}."


def _closing(rule: Rule, walked: Walk, last_day: date, deadline: date, overrides: Collection[date]) -> list[Step]:
    steps: list[Step] = []
    raw_end = walked.end
    free = free_day_name(raw_end, overrides)
    day = long_date(raw_end)
    if last_day != raw_end and not rule.under_atw:
        text = f"{day} is {free}. Wij kiezen daarom de volgende werkdag: {long_date(last_day)}."
        steps.append(Step(text, "geen wettelijke regel, maar dienstverlening", last_day))
    elif last_day != raw_end and free is not None:
        text = f"{day} is {free}. De termijn loopt door tot en met de volgende werkdag: {long_date(last_day)}."
        steps.append(Step(text, "artikel 1, eerste lid, Algemene termijnenwet", last_day))
    elif last_day != raw_end:
        until = long_date(last_day)
        text = f"In de termijn zitten minder dan twee werkdagen. Daarom loopt hij door tot en met {until}."
        steps.append(Step(text, "artikel 2 Algemene termijnenwet", last_day))
    elif free is not None and rule.under_atw:
        text = f"{day} is {free}. Dat verschuift de termijn niet: wij hebben deze dag zelf genoemd in een brief."
        steps.append(Step(text, "artikel 1 Algemene termijnenwet", last_day))
    elif free is not None:
        text = f"{day} is {free}. Dat verschuift de termijn niet: {_why_fixed(rule)}."
        steps.append(Step(text, _fixed_by(rule), last_day))
    steps.append(Step(f"De laatste dag is {long_date(last_day)}.", rule.article, last_day))
    if deadline != last_day:
        text = f"De laatste werkdag voor die tijd is {long_date(deadline)}."
        steps.append(Step(text, "werkafspraak", deadline))
    return steps


def _why_fixed(rule: Rule) -> str:
    if rule.backward:
        return "er wordt teruggeteld vanaf een gebeurtenis"
    if rule.too_long_for_atw:
        return "de Algemene termijnenwet geldt niet voor een termijn van deze lengte"
    if rule.id == "PENALTY_42D":
        return "de wet sluit de Algemene termijnenwet hier uit"
    if rule.id == "OBJ_ADJOURN_6W":
        return "wij rekenen hier voorzichtig zonder de Algemene termijnenwet"
    return "de termijn staat niet in een wet, dus de Algemene termijnenwet geldt niet"


def _fixed_by(rule: Rule) -> str:
    if rule.backward:
        return "artikel 1, tweede lid, Algemene termijnenwet"
    if rule.too_long_for_atw:
        return "artikel 4 Algemene termijnenwet"
    if rule.id == "PENALTY_42D":
        return rule.article
    return "artikel 1 Algemene termijnenwet"
