"""The datasets that can be exported: what a row is, which columns it has, and which rows belong to a cut-off.

No dataset holds the name, address or account of anybody: cases are named by their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from grants.control.exporting.columns import Column
from grants.figures.counting import state_sql
from grants.figures.counting.state import AsOf, CaseState, histories, state_of
from grants.figures.definition import Filter


@dataclass(frozen=True, slots=True)
class Cut:
    """`reference_date` does not count itself; only what was known strictly before `known_at` does. `schemes`: None for all."""

    reference_date: date
    known_at: datetime
    schemes: tuple[str, ...] | None = None

    @property
    def asof(self) -> AsOf:
        return AsOf(self.reference_date, self.known_at)


Sql = tuple[str, list[Any]]
Source = Callable[[Cut], tuple[str, str, list[Any]]]
"""Gives what stands before SELECT (a WITH, or nothing), what stands behind its columns, and the values for both."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """`source` gives the SQL around the columns. `extra` gives rows that SQL leaves out, as Python values."""

    code: str
    title: str
    description: str
    columns: tuple[Column, ...]
    source: Source
    order: str
    extra: Callable[[Cut], Iterator[tuple[Any, ...]]] | None = None

    def query(self, cut: Cut) -> Sql:
        """The rows as Python reads them, in a fixed order."""
        before, after, values = self.source(cut)
        return f"{before} SELECT {', '.join(c.selected() for c in self.columns)} {after} ORDER BY {self.order}", values

    def copy(self, cut: Cut, *, excel: bool) -> Sql:
        """The rows as PostgreSQL writes them in a CSV file."""
        before, after, values = self.source(cut)
        return f"{before} SELECT {', '.join(c.as_text(excel) for c in self.columns)} {after} ORDER BY {self.order}", values


def _schemes(cut: Cut, column: str) -> Sql:
    if cut.schemes is None:
        return "", []
    if not cut.schemes:
        return " AND 1 = 0", []
    return f" AND {column} IN ({', '.join(['%s'] * len(cut.schemes))})", list(cut.schemes)


def _moment(cut: Cut) -> Any:
    return connection.ops.adapt_datetimefield_value(cut.known_at)


def _applications(cut: Cut) -> tuple[str, str, list[Any]]:
    before, values = state_sql.state(cut.asof, Filter())
    narrow, more = _schemes(cut, "s.scheme")
    return before, f"FROM state s JOIN kernel_chain c ON c.id = s.chain_id WHERE s.is_real = 1{narrow}", [*values, *more]


def _corrected(cut: Cut) -> Iterator[tuple[Any, ...]]:
    """Cases whose history has a correction: read in Python, after the others."""
    chains = state_sql.odd_chains(cut.asof, Filter())
    cases = (state_of(history, cut.asof) for history in histories(chains, cut.known_at) if any(e.code != "concept" for e in history.events))
    for case in sorted(cases, key=lambda case: case.case_number):
        if cut.schemes is None or case.scheme in cut.schemes:
            yield _row_of(case)


def _row_of(case: CaseState) -> tuple[Any, ...]:
    goals = "|".join(sorted(case.goals))
    return (
        case.case_number, case.scheme, case.bundle, case.form, goals, case.area, case.municipality, case.applicant_type, case.received_on,
        case.decided_on, case.granted_on, case.settled_on, int(case.is_open), _cents(case.requested), _cents(case.granted), _cents(case.settled),
    )


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def _events(cut: Cut) -> tuple[str, str, list[Any]]:
    narrow, more = _schemes(cut, "e.scheme_code")
    after = f"FROM kernel_event e JOIN kernel_chain c ON c.id = e.chain_id WHERE e.valid_on < %s AND e.known_at < %s AND c.label <> ''{narrow}"
    return "", after, [cut.reference_date.isoformat(), _moment(cut), *more]


def _decisions(cut: Cut) -> tuple[str, str, list[Any]]:
    narrow, more = _schemes(cut, "a.scheme_id")
    after = (
        "FROM decisions_beschikking d JOIN grants_application a ON a.id = d.application_id JOIN kernel_event e ON e.id = d.sent_event_id "
        f"WHERE d.sent_on < %s AND e.known_at < %s{narrow}"
    )
    return "", after, [cut.reference_date.isoformat(), _moment(cut), *more]


def _payments(cut: Cut) -> tuple[str, str, list[Any]]:
    narrow, more = _schemes(cut, "a.scheme_id")
    after = (
        "FROM decisions_paymentorder p JOIN grants_application a ON a.id = p.application_id JOIN decisions_beschikking d ON d.id = p.decision_id "
        f"JOIN kernel_event e ON e.id = d.sent_event_id WHERE d.sent_on < %s AND e.known_at < %s{narrow}"
    )
    return "", after, [cut.reference_date.isoformat(), _moment(cut), *more]


def _ledger(cut: Cut) -> tuple[str, str, list[Any]]:
    narrow, more = _schemes(cut, "p.scheme_id")
    after = (
        "FROM grants_ledgerentry l JOIN grants_ceiling p ON p.code = l.ceiling_id JOIN kernel_event e ON e.id = l.event_id "
        f"JOIN kernel_chain c ON c.id = l.chain_id WHERE e.valid_on < %s AND e.known_at < %s{narrow}"
    )
    return "", after, [cut.reference_date.isoformat(), _moment(cut), *more]


def _objections(cut: Cut) -> tuple[str, str, list[Any]]:
    narrow, more = _schemes(cut, "a.scheme_id")
    after = (
        "FROM decisions_objection o JOIN grants_application a ON a.id = o.application_id JOIN decisions_beschikking d ON d.id = o.contested_id "
        f"WHERE o.received_on < %s{narrow}"
    )
    return "", after, [cut.reference_date.isoformat(), *more]


def _figures(cut: Cut) -> tuple[str, str, list[Any]]:
    return "", "FROM control_fixedfigure f WHERE f.reference_date <= %s AND f.fixed_at < %s", [cut.reference_date.isoformat(), _moment(cut)]


CASE = Column("zaaknummer", "text", "a.case_number", "Nummer van de aanvraag.")

APPLICATIONS = Dataset(
    "applications", "Aanvragen", "Elke aanvraag zoals zij stond op de peildatum, naar wat op het kennismoment bekend was.",
    (
        Column("zaaknummer", "text", "c.label", "Nummer van de aanvraag; de teleenheid van cijfers."),
        Column("regeling_code", "text", "s.scheme", "Code van de subsidieregeling."),
        Column("regelingbundel", "text", "s.bundle", "Groep van regelingen, voor cijfers."),
        Column("subsidievorm", "text", "s.form", "project, structureel of investering."),
        Column("doelen", "text", "s.goals", "Doelcodes met een verticale streep ertussen, zoals bevroren bij het laatste besluit."),
        Column("gebied_code", "text", "s.area", "Gebied van de gebiedsgerichte aanpak."),
        Column("gemeente_code", "text", "s.municipality", "CBS-gemeentecode."),
        Column("aanvragertype", "text", "s.applicant_type", "Soort aanvrager."),
        Column("ontvangen_op", "date", "s.received_on", "Dag van ontvangst (Awb 4:1)."),
        Column("eerste_besluit_op", "date", "s.decided_on", "Dag van bekendmaking van het eerste besluit (Awb 3:41)."),
        Column("verleend_op", "date", "s.granted_on", "Dag vanaf wanneer de aanvraag als verleend telt, netto; leeg als dat niet zo is."),
        Column("vastgesteld_op", "date", "s.settled_on", "Dag van de laatste vaststelling (Awb 4:46)."),
        Column("in_behandeling", "yes_no", "s.is_open", "Ontvangen en nog geen besluit op de peildatum."),
        Column("bedrag_aangevraagd", "money", "s.requested / 100.0", "Gevraagd bedrag bij ontvangst."),
        Column("bedrag_verleend", "money", "s.granted / 100.0", "Laatste verleende bedrag; nooit optellen bij het vastgestelde."),
        Column("bedrag_vastgesteld", "money", "s.settled / 100.0", "Laatste vastgestelde bedrag."),
    ),
    _applications, "c.label", _corrected,
)
EVENTS = Dataset(
    "events", "Gebeurtenissen", "Elke vastgelegde gebeurtenis die geldt voor de peildatum en bekend was voor het kennismoment.",
    (
        Column("volgnummer", "whole", "e.sequence", "Volgorde van vastleggen."),
        Column("zaaknummer", "text", "c.label", "Nummer van de aanvraag."),
        Column("handeling", "text", "e.act", "Naam van de handeling."),
        Column("gebeurtenis", "text", "e.register_code", "Code in het registerformaat; leeg als cijfers haar niet tellen."),
        Column("van_status", "text", "e.from_status", "Status ervoor."),
        Column("naar_status", "text", "e.to_status", "Status erna."),
        Column("besluitdatum", "date", "e.valid_on", "Dag waarop de gebeurtenis geldt."),
        Column("bekend_op", "moment", "e.known_at", "Moment waarop de bron het wist."),
        Column("geregistreerd_op", "moment", "e.recorded_at", "Moment van vastleggen hier."),
        Column("bedrag", "money", "e.amount", "Bedrag van het besluit; bij een wijziging het nieuwe totaal."),
        Column("regeling_code", "text", "e.scheme_code", "Code van de subsidieregeling."),
        Column("regelingbundel", "text", "e.bundle", "Groep van regelingen."),
        Column("subsidievorm", "text", "e.subsidy_form", "project, structureel of investering."),
        Column("doelen", "text", "e.goals", "Doelcodes met een verticale streep ertussen."),
        Column("aanvragertype", "text", "e.applicant_type", "Soort aanvrager."),
        Column("gemeente_code", "text", "e.municipality_code", "CBS-gemeentecode."),
        Column("gebied_code", "text", "e.area_code", "Gebied."),
        Column("ontvangen_op", "date", "e.received_on", "Dag van ontvangst."),
        Column("rol", "text", "e.role", "Rol van wie de handeling deed."),
        Column("artikel", "text", "e.article", "Artikel waarop de handeling rust."),
        Column("controlegetal", "text", "e.hash", "Schakel in de keten van deze zaak (SHA-256)."),
    ),
    _events, "e.sequence",
)
DECISIONS = Dataset(
    "decisions", "Besluiten", "Elk verzonden besluit.",
    (
        CASE,
        Column("regeling_code", "text", "a.scheme_id", "Code van de subsidieregeling."),
        Column("handeling", "text", "d.act", "Soort besluit."),
        Column("verzonden_op", "date", "d.sent_on", "Dag van bekendmaking (Awb 3:41)."),
        Column("bedrag", "money", "d.amount", "Bedrag van het besluit."),
        Column("grond", "text", "d.ground", "Weigerings- of intrekkingsgrond."),
        Column("geldt_vanaf", "date", "d.takes_effect_on", "Latere ingangsdag (Awb 4:50)."),
        Column("ondertekend_op", "date", "d.signed_on", "Dag van ondertekening."),
    ),
    _decisions, "d.sent_on, a.case_number, d.id",
)
PAYMENTS = Dataset(
    "payments", "Betalingen", "Elke betaling op een verzonden besluit. De stand is die van nu; de dag van betalen is een feit.",
    (
        CASE,
        Column("regeling_code", "text", "a.scheme_id", "Code van de subsidieregeling."),
        Column("soort", "text", "p.kind", "voorschot, vaststelling, dwangsom of kosten."),
        Column("deel", "whole", "p.number", "Volgnummer van een voorschot in delen."),
        Column("bedrag", "money", "p.amount", "Bedrag van de betaling."),
        Column("uiterlijk", "date", "p.due_on", "Laatste dag om te betalen (Awb 4:87)."),
        Column("stand", "text", "p.state", "Stand van de betaling, nu."),
        Column("bijgeschreven_op", "date", "p.credited_on", "Dag van bijschrijving (Awb 4:89, derde lid)."),
    ),
    _payments, "p.due_on, a.case_number, p.kind, p.number, p.id",
)
LEDGER = Dataset(
    "ledger", "Boekingen op plafonds", "Elke beweging van geld op een subsidieplafond.",
    (
        Column("plafond", "text", "l.ceiling_id", "Code van het plafond."),
        Column("regeling_code", "text", "p.scheme_id", "Code van de subsidieregeling."),
        Column("zaaknummer", "text", "c.label", "Nummer van de aanvraag."),
        Column("soort", "text", "l.kind", "Soort boeking."),
        Column("boekdatum", "date", "e.valid_on", "Dag waarop de boeking geldt."),
        Column("vastgehouden", "money", "l.held_delta", "Verandering van wat vastgehouden is."),
        Column("verplicht", "money", "l.committed_delta", "Verandering van wat verplicht is."),
        Column("meer_verleend", "money", "l.excess_delta", "Meer verleend in bezwaar (Awb 4:25, derde lid)."),
        Column("vervallen", "money", "l.lapsed_delta", "Vrijgekomen, en niet meer voor nieuwe besluiten."),
    ),
    _ledger, "e.sequence, l.id",
)
OBJECTIONS = Dataset(
    "objections", "Bezwaren", "Elk bezwaar dat voor de peildatum is ontvangen. De stand is die van nu.",
    (
        CASE,
        Column("regeling_code", "text", "a.scheme_id", "Code van de subsidieregeling."),
        Column("tegen", "text", "d.act", "Soort besluit waartegen het gaat."),
        Column("besluit_van", "date", "d.sent_on", "Dag van bekendmaking van dat besluit."),
        Column("ontvangen_op", "date", "o.received_on", "Dag van ontvangst (Awb 6:8, 6:9)."),
        Column("beslissen_voor", "date", "o.decide_by", "Laatste dag om te beslissen (Awb 7:10)."),
        Column("stand", "text", "o.state", "Stand van het bezwaar, nu."),
        Column("uitkomst", "text", "o.outcome", "Uitkomst, als die er is."),
    ),
    _objections, "o.received_on, a.case_number, o.id",
)
FIGURES = Dataset(
    "figures", "Vastgelegde cijfers", "Elk vastgelegd cijfer met zijn parameters en controlegetal.",
    (
        Column("nummer", "text", "f.number", "Nummer van het vastgelegde cijfer."),
        Column("indicator", "text", "f.code", "Code van de indicator."),
        Column("versie", "whole", "f.version", "Versie van de definitie."),
        Column("vanaf", "date", "f.start", "Eerste dag die telt."),
        Column("peildatum", "date", "f.reference_date", "Dag die zelf niet telt."),
        Column("kennismoment", "moment", "f.known_at", "Alleen wat daarvoor bekend was."),
        Column("in_woorden", "text", "f.words", "Zoals het is verteld."),
        Column("teller", "whole", "f.numerator", "Zaken in de teller."),
        Column("noemer", "whole", "f.denominator", "Zaken in de noemer."),
        Column("waarde", "text", "f.value", "Waarde in de eenheid van de indicator."),
        Column("controlegetal", "text", "f.digest", "SHA-256 over het cijfer."),
    ),
    _figures, "f.number",
)
DATASETS: dict[str, Dataset] = {d.code: d for d in (APPLICATIONS, EVENTS, DECISIONS, PAYMENTS, LEDGER, OBJECTIONS, FIGURES)}
