"""L29: the decision to claim money back (Awb 4:57, 4:86, 4:95(4))."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings

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
        Paragraph(f"Bij de aanvraag hebt u dit zo afgesproken. {shares.words}"),
        Table("Wat ieder moet betalen", ("Deelnemer", "Bedrag"), rows, numeric=frozenset({1})),
    )


def reclaim(case: Case) -> Body:
    """What must come back, how that was counted, and how and by when to pay."""
    amount = case.decision.amount or ZERO
    claim = Claim.objects.filter(application=case.application, state="drafted").select_related("cause").first()
    application = case.application
    cause = f" Dat volgt uit ons besluit van {long_date(claim.cause.sent_on)}." if claim and claim.cause.sent_on else ""
    keeps = ZERO if application.status == "grant_withdrawn" else (
        application.settled_amount if application.settled_amount is not None else application.granted_amount or ZERO
    )
    rows = (("Al betaald", euro(keeps + amount)), ("Waar u recht op hebt", euro(keeps)), ("Terug te betalen", euro(amount)))
    last = long_date(count("PAYMENT_6W", case.day).last_day)
    return (
        Paragraph(f"U moet {euro(amount)} aan ons terugbetalen. Dat heet terugvordering.", element="decision amount"),
        Heading("Waarom?"),
        Paragraph(f"Wij hebben meer betaald dan waar u recht op hebt.{cause}", element="motivation"),
        motivation(case, ""),
        basis(case),
        Table("Zo hebben wij het bedrag berekend", ("Onderdeel", "Bedrag"), rows, numeric=frozenset({1}), element="calculation"),
        *_who_owes(case, amount),
        Heading("Hoe betaalt u terug?"),
        Paragraph(
            f"Maak {euro(amount)} uiterlijk {last} over op rekening {settings.PAYMENT_ACCOUNT}. Zet erbij: {application.case_number}. Dat is binnen zes weken na "
            "deze brief (artikel 4:87 Awb). Kunt u niet in een keer betalen? Vraag ons dan om te betalen in delen.",
            element="repayment",
        ),
    )
