"""What we notice about an application: the form, and what its answers say together with the scheme and the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from grants.law.amounts import HUNDRED, ZERO, percentage_of
from grants.law.formats import euro, long_date, percent
from grants.schemes.answers import Remark, TypedValues, form_remarks, typed_values
from grants.schemes.conditions import Answers
from grants.schemes.costs import cost_totals, financing_totals
from grants.schemes.definition import SchemeDefinition
from grants.schemes.reference import areas, municipalities


def remarks(
    definition: SchemeDefinition,
    answers: Answers,
    *,
    today: date,
    documents: frozenset[str] = frozenset(),
    applicant_type: str = "",
) -> tuple[Remark, ...]:
    """Everything worth a look before (or just after) a submit on the legal day `today`, in the order of the form.

    None of it blocks. `documents` are the keys of the files received; an empty `applicant_type` is not looked at.
    """
    values = typed_values(definition, answers)
    found = [
        *_about_scheme(definition, today, applicant_type),
        *form_remarks(definition, answers, documents=documents, offered_goals=definition.goals),
        *_about_amount(definition, values),
        *_about_period(definition, values, today),
        *_about_place(definition, values, today),
        *_about_goals(definition, values),
    ]
    order = ["", *(question.key for question in definition.questions), *(document.key for document in definition.documents)]
    return tuple(sorted(dict.fromkeys(found), key=lambda remark: order.index(remark.key)))


def _key(definition: SchemeDefinition, target: str) -> str:
    """The key of the question that fills a typed value; empty when the scheme does not ask it."""
    return next((question.key for question in definition.questions if question.maps_to == target), "")


def _about_scheme(d: SchemeDefinition, today: date, applicant_type: str) -> Iterator[Remark]:
    if today < d.opens_on:
        yield Remark("", "warning", f"U kunt vanaf {long_date(d.opens_on)} aanvragen. Eerdere aanvragen kunnen wij afwijzen.")
    if today > d.closes_on:
        yield Remark(
            "",
            "warning",
            f"Deze regeling is gesloten: aanvragen kon tot en met {long_date(d.closes_on)}. "
            "De kans is groot dat wij uw aanvraag afwijzen. Overleg eerst met ons.",
        )
    if applicant_type and applicant_type not in d.applicants:
        yield Remark("", "warning", "Deze regeling is niet voor uw soort aanvrager. Kijk eerst of een andere regeling past.")


def _about_amount(d: SchemeDefinition, values: TypedValues) -> Iterator[Remark]:
    asked, key = values.requested_amount, _key(d, "requested_amount")
    if asked is None:
        return
    if asked > d.amount.maximum:
        yield Remark(
            key,
            "warning",
            f"U vraagt {euro(asked)}. Deze regeling geeft hoogstens {euro(d.amount.maximum)}. Wij kunnen dan niet alles toekennen.",
        )
    if asked < d.amount.minimum:
        yield Remark(
            key,
            "warning",
            f"U vraagt {euro(asked)}. Deze regeling begint bij {euro(d.amount.minimum)}. Een lager bedrag kunnen wij afwijzen.",
        )
    if values.costs:
        totals = cost_totals(values.costs, d)
        most = percentage_of(d.amount.percentage, totals.eligible)
        if asked > most:
            part = (
                "De kosten die meetellen zijn" if d.amount.percentage == HUNDRED else f"{percent(d.amount.percentage)} van de kosten die meetellen is"
            )
            yield Remark(key, "warning", f"U vraagt {euro(asked)}. {part} {euro(most)}. Pas het bedrag of de kosten aan.")
        counted = asked + (values.own_share or ZERO) + financing_totals(values.financing).counted
        if counted > max(asked, totals.total):
            yield Remark(
                _key(d, "financing") or key,
                "warning",
                f"Met deze subsidie, eigen geld en geld van anderen komt u op {euro(counted)}. De kosten zijn {euro(totals.total)}. "
                "Kijk de bedragen na.",
            )
    if d.amount.at_most_own_share and values.own_share is not None and asked > values.own_share:
        yield Remark(
            key,
            "warning",
            f"U vraagt {euro(asked)}. U betaalt zelf {euro(values.own_share)}. De subsidie is nooit hoger dan wat u zelf betaalt.",
        )


def _about_period(d: SchemeDefinition, values: TypedValues, today: date) -> Iterator[Remark]:
    start, end = values.activity_start, values.activity_end
    if start is not None and start < today:
        yield Remark(
            _key(d, "activity_start"),
            "warning",
            f"De begindatum, {long_date(start)}, ligt in het verleden. Kosten van voor uw aanvraag tellen meestal niet mee.",
        )
    if end is not None and end < today:
        yield Remark(
            _key(d, "activity_end"),
            "warning",
            f"De einddatum, {long_date(end)}, ligt in het verleden. Voor iets dat al klaar is, kunnen wij meestal geen subsidie geven.",
        )
    if start is not None and end is not None and end < start:
        yield Remark(_key(d, "activity_end"), "warning", "De einddatum ligt voor de begindatum. Kijk de datums na.")


def _about_place(d: SchemeDefinition, values: TypedValues, today: date) -> Iterator[Remark]:
    if values.municipality:
        row = next(row for row in municipalities() if row.code == values.municipality)
        if not row.valid_from <= today or (row.valid_to is not None and today > row.valid_to):
            yield Remark(_key(d, "municipality"), "warning", f"De gemeente {row.name} bestaat op deze dag niet. Kies de gemeente van nu.")
    if values.area and values.municipality:
        area = next(area for area in areas() if area.code == values.area)
        if area.municipality != values.municipality:
            yield Remark(_key(d, "area"), "warning", f"{area.name} ligt niet in de gemeente die u koos. Kijk het gebied of de gemeente na.")
    if values.area and d.areas and values.area not in d.areas:
        yield Remark(_key(d, "area"), "warning", "Dit gebied hoort niet bij deze regeling.")


def _about_goals(d: SchemeDefinition, values: TypedValues) -> Iterator[Remark]:
    if values.main_goal and values.goals and values.main_goal not in values.goals:
        yield Remark(_key(d, "main_goal"), "warning", "Het belangrijkste doel staat niet bij de doelen die u koos. Kijk de doelen na.")
    key = _key(d, "needs")
    if key and values.needs and len(values.needs) < d.needs_least:
        yield Remark(key, "warning", f"Kies minstens {d.needs_least} punten waar uw plan aan bijdraagt. U koos er {len(values.needs)}.")
