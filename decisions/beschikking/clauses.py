"""Clauses that every decision letter shares: remedy, publication, basis."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from django.conf import settings

from grants.law.formats import long_date
from grants.schemes.freedays import count
from letters.content import Block, Heading, Items, Paragraph


def objection(day: date) -> tuple[Block, ...]:
    """The objection clause (Awb 3:45, 6:4 to 6:9): who, within which term, where, how, and what it must say."""
    last = count("OBJECTION_6W", day).last_day
    received = last + timedelta(weeks=1)
    address = settings.LETTER_SENDER["postal_address"]
    return (
        Heading("Bent u het niet eens met dit besluit?"),
        Paragraph(
            f"Bent u belanghebbende? Dan kunt u bezwaar maken bij {settings.DECIDING_BODY}. Dat kan binnen zes weken. De zes weken "
            f"beginnen op de dag na de verzending van deze brief. Uw bezwaar is op tijd als wij het uiterlijk {long_date(last)} hebben. "
            f"Stuurt u het per post? Dan moet u het uiterlijk {long_date(last)} op de post doen en moeten wij het uiterlijk "
            f"{long_date(received)} hebben.",
            element="remedy",
        ),
        Paragraph(f"U kunt bezwaar maken op uw persoonlijke pagina of met een brief naar {address}. In uw bezwaar zet u:", element="remedy"),
        Items(
            ("uw naam en adres;", "de datum;", "met welk besluit u het niet eens bent;", "waarom u het er niet mee eens bent;", "uw handtekening."),
            element="remedy",
        ),
        Paragraph(
            "Het besluit blijft gelden terwijl wij uw bezwaar behandelen. Kunt u niet wachten? Dan kunt u de rechtbank om een voorlopige "
            "voorziening vragen.",
            element="remedy",
        ),
    )


def appeal(day: date) -> tuple[Block, ...]:
    """The appeal clause of a decision on an objection (Awb 6:23)."""
    last = count("APPEAL_6W", day).last_day
    return (
        Heading("Bent u het niet eens met dit besluit?"),
        Paragraph(
            "Bent u belanghebbende? Dan kunt u in beroep gaan bij de Rechtbank Limburg. Dat heet beroep. Dat kan binnen zes weken na de "
            f"verzending van deze brief, dus uiterlijk {long_date(last)}. Het kan met een brief of digitaal. U betaalt griffierecht aan de rechtbank. In uw beroep zet u:",
            element="remedy",
        ),
        Items(
            ("uw naam en adres;", "de datum;", "met welk besluit u het niet eens bent, met een kopie;", "waarom u het er niet mee eens bent;", "uw handtekening."),
            element="remedy",
        ),
    )


Public = Literal["nothing", "subsidy", "withdrawal", "claim"]
"""What of a decision becomes public: nothing (no subsidy), the subsidy, that it was withdrawn, or not the claim but what it follows from."""

_TOLD: dict[Public, str] = {
    "subsidy": "Deze subsidie komt in ons openbare subsidieregister. Wij gebruiken persoonsgegevens alleen voor deze subsidie.",
    "withdrawal": "Deze intrekking komt in ons openbare subsidieregister. Wij gebruiken persoonsgegevens alleen voor deze zaak.",
    "claim": (
        "Deze terugvordering komt niet in ons openbare subsidieregister. Het besluit waaruit zij volgt, komt daar wel in. Wij gebruiken persoonsgegevens alleen "
        "voor deze zaak."
    ),
}


def publication(is_person: bool, public: Public) -> tuple[Block, ...]:
    """What becomes public (Woo 3.3a(1)): grants, settlements, changes and withdrawals, of others than persons; a refusal does not."""
    if public == "nothing":
        text = "Wij gebruiken uw gegevens alleen voor de behandeling van deze aanvraag."
        return (Heading("Privacy"), Paragraph(text, element="publication"))
    if is_person:
        about = "subsidie" if public == "subsidy" else "zaak"
        text = f"Wij gebruiken uw gegevens alleen voor deze {about}. Uw naam komt niet in het openbare subsidieregister."
    else:
        text = _TOLD[public]
    return (Heading("Openbaar en privacy"), Paragraph(text, element="publication"))
