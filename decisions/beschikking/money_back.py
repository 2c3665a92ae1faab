"""L29: the decision to claim money back (Awb 4:57, 4:86, 4:95(4))."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db.models import Q

from decisions.beschikking.case import Case
from decisions.beschikking.parts import Body, basis, motivation
from decisions.liabilities import shares_of
from decisions.models import Claim
from grants.kernel.money import ZERO
from grants.law.formats import euro, long_date
from grants.schemes.freedays import count
from letters.content import Heading, Paragraph, Table


def _who_owes(case: Case, amount: Decimal) -> Body:
    """The members of an initiative, each with what they owe, as they accepted with the application (BW 6:6, 6:7)."""
    shares = shares_of(case.application, amount)
    if shares is None:
        return ()
    rows = tuple((f"{owed.name}, {owed.address}", euro(owed.amount)) for owed in shares.people)
    return (
        Heading("Wie moet betalen?"),
        Paragraph(f"Bij de aanvraag hebt u dit zo afgesproken. {shares.words} Ieder krijgt dit besluit op het eigen adres."),
        Table("Wat ieder moet betalen", ("Deelnemer", "Bedrag"), rows, numeric=frozenset({1})),
    )


def _told(case: Case, amount: Decimal) -> tuple[str, str]:
    """(what this reader must pay back, what this reader transfers): the applicant, a group together, or one member of it."""
    shares, reader = shares_of(case.application, amount), case.recipient.owes if case.recipient else None
    if shares is None:
        return f"U moet {euro(amount)} aan ons terugbetalen.", f"Maak {euro(amount)}"
    if reader is None:
        pays = "Maak ieder uw eigen deel" if shares.kind == "equal" else f"Maak samen {euro(amount)}"
        return f"U moet samen {euro(amount)} aan ons terugbetalen.", pays
    if shares.kind == "equal":
        return f"U moet {euro(reader.amount)} aan ons terugbetalen. Dat is uw deel van {euro(amount)}.", f"Maak {euro(reader.amount)}"
    return f"U moet {euro(amount)} aan ons terugbetalen. U staat samen met de andere deelnemers in voor dit hele bedrag.", f"Maak {euro(amount)}"


def reclaim(case: Case) -> Body:
    """What must come back, how that was counted, and how and by when to pay."""
    amount = case.decision.amount or ZERO
    this = Q(state="drafted") | Q(decision_id=case.decision.pk)
    claim = Claim.objects.filter(this, application=case.application).select_related("cause").first()
    application = case.application
    cause = f" Dat volgt uit ons besluit van {long_date(claim.cause.sent_on)}." if claim and claim.cause.sent_on else ""
    keeps = ZERO if application.status == "grant_withdrawn" else (
        application.settled_amount if application.settled_amount is not None else application.granted_amount or ZERO
    )
    rows = (("Al betaald", euro(keeps + amount)), ("Waar u recht op hebt", euro(keeps)), ("Terug te betalen", euro(amount)))
    last = long_date(count("PAYMENT_6W", case.day).last_day)
    owed, pay = _told(case, amount)
    return (
        Paragraph(f"{owed} Dat heet terugvordering.", element="decision amount"),
        Heading("Waarom?"),
        Paragraph(f"Wij hebben meer betaald dan waar u recht op hebt.{cause}", element="motivation"),
        motivation(case, ""),
        basis(case),
        Table("Zo hebben wij het bedrag berekend", ("Onderdeel", "Bedrag"), rows, numeric=frozenset({1}), element="calculation"),
        *_who_owes(case, amount),
        Heading("Hoe betaalt u terug?"),
        Paragraph(
            f"{pay} uiterlijk {last} over op rekening {settings.PAYMENT_ACCOUNT}. Zet erbij: {application.case_number}. Dat is binnen zes weken na "
            "deze brief (artikel 4:87 Awb). Kunt u niet in een keer betalen? Vraag ons dan om te betalen in delen.",
            element="repayment",
        ),
    )
