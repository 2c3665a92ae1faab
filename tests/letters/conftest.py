"""Letters to test with. The province is the real addressee of the law; the people are fictitious (demo)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from letters.content import (
    CASE_NUMBER,
    DATE,
    OUR_REFERENCE,
    SENT,
    YOUR_REFERENCE,
    Closing,
    Facts,
    Heading,
    Items,
    Letter,
    Link,
    Paragraph,
    Reference,
    Sender,
    Table,
)

SENDER = Sender(
    name="Provincie Limburg",
    visiting_address="Limburglaan 10, 6229 GA Maastricht",
    postal_address="Postbus 5700, 6202 MA Maastricht",
    contact_name="D. Demo",
    contact_phone="0800 000 00 00",
    contact_email="subsidies@provincie.example",
)

CLOSING = Closing(
    on_behalf="Namens Gedeputeerde Staten van Limburg,",
    name="mr. A. Voorbeeld (demo)",
    function="clustermanager Subsidies",
    mandate="Dit besluit is genomen op grond van het Mandaatbesluit (demo), onderdeel 4.2.",
)

REFERENCE = (
    Reference(DATE, "3 maart 2025"),
    Reference(SENT, "3 maart 2025"),
    Reference(OUR_REFERENCE, "DOC-2025-004711"),
    Reference(CASE_NUMBER, "SUB-2025-000123"),
    Reference(YOUR_REFERENCE, "Speeltuin Heer"),
)

BODY = (
    Paragraph(
        "U krijgt van ons een subsidie van € 12.500,00. Met dit geld maakt u de speeltuin aan de Demostraat"
        " in Heer opnieuw. U doet dat tussen 1 april 2025 en 31 december 2025.",
        element="decision amount activities period",
    ),
    Heading("Waarom?"),
    Paragraph(
        "Uw plan past bij de regeling. Het helpt bewoners om elkaar te ontmoeten. Uw aanvraag was compleet "
        "op 20 februari 2025. Wij ontvingen de aanvraag op 14 februari 2025. U vroeg om € 12.500,00.",
        element="motivation application",
    ),
    Paragraph(
        "Wij baseren dit besluit op artikel 4:29 van de Algemene wet bestuursrecht en op de Algemene "
        "subsidieverordening.",
        element="legal_basis",
    ),
    Heading("Hoe is het bedrag berekend?"),
    Table(
        caption="Begroting die wij hebben goedgekeurd",
        header=("Kostenpost", "Gevraagd", "Subsidiabel"),
        rows=(
            ("Speeltoestellen", "€ 14.000,00", "€ 13.000,00"),
            ("Grondwerk", "€ 6.000,00", "€ 6.000,00"),
            (
                "Beplanting met inheemse struiken en bomen, inclusief nazorg in het eerste jaar",
                "€ 2.000,00",
                "€ 1.833,33",
            ),
            ("Totaal", "€ 22.000,00", "€ 20.833,33"),
        ),
        numeric=frozenset({1, 2}),
        total_row=True,
        element="calculation",
    ),
    Facts(
        pairs=(("Percentage", "60,0%"), ("Hoogste bedrag", "€ 12.500,00"), ("Eigen bijdrage", "€ 8.333,33")),
        caption="Van kosten naar subsidie",
        element="calculation",
    ),
    Paragraph(
        "Dit is een subsidie met een vast bedrag. U hoeft de werkelijke kosten niet te laten zien.",
        element="settlement_method",
    ),
    Heading("Wat moet u doen?"),
    Items(
        (
            "U voert de activiteit uit vóór 1 januari 2026 (artikel 4:37).",
            "U laat het ons meteen weten als er iets verandert (artikel 15 van de Algemene "
            "subsidieverordening).",
            "U bewaart foto's waarop te zien is dat de speeltuin klaar is.",
        ),
        ordered=True,
        element="obligations notification_duty",
    ),
    Heading("Wanneer krijgt u het geld?"),
    Paragraph(
        "Wij betalen het hele bedrag binnen twee weken op rekening NL00 **** **** **12 34.",
        element="advances",
    ),
    Paragraph("Wij kunnen u na afloop vragen om te laten zien wat u hebt gedaan.", element="accounting"),
    Heading("Openbaar en privacy"),
    Paragraph(
        "Wij zetten dit besluit in het openbare register. Namen van personen staan daar niet in.",
        element="publication",
    ),
    Heading("Bent u het niet eens met dit besluit?"),
    Paragraph(
        "Dan kunt u bezwaar maken bij Gedeputeerde Staten van Limburg. Doe dat binnen zes weken nadat wij "
        "deze brief hebben verzonden, dus uiterlijk op 14 april 2025. U kunt uw bezwaar insturen via het "
        "portaal subsidies.provincie.example of per post.",
        links=(Link("subsidies.provincie.example", "https://subsidies.provincie.example/bezwaar"),),
        element="remedy",
    ),
)


@pytest.fixture(scope="session")
def make_letter() -> Callable[..., Letter]:
    """A complete verleningsbeschikking; name the fields that matter to the test."""

    def make(**changes: Any) -> Letter:
        values: dict[str, Any] = {
            "kind": "L08",
            "subject": "Besluit op uw aanvraag: subsidie voor de speeltuin in Heer",
            "date": date(2025, 3, 3),
            "sender": SENDER,
            "addressee": (
                "Stichting Buurtdemo Heer",
                "t.a.v. het bestuur",
                "Demostraat 1",
                "6227 AA Maastricht",
            ),
            "reference": REFERENCE,
            "salutation": "Geacht bestuur,",
            "body": BODY,
            "closing": CLOSING,
            "attachments": ("Begroting", "Uw ingevulde aanvraag"),
        }
        return Letter(**(values | changes))

    return make


@pytest.fixture(scope="session")
def letter(make_letter: Callable[..., Letter]) -> Letter:
    """An ordinary letter of one or two pages."""
    return make_letter()


@pytest.fixture(scope="session")
def long_letter(make_letter: Callable[..., Letter]) -> Letter:
    """About five pages of odd input: a long surname, 40 cost rows, Greek, an emoji, empty parts, a huge
    cell."""
    surname = "Van-der-Achterbergsteinhovenbroekenmanswaardigheidskerkhofpad"
    rows = tuple(
        (f"Post {n}: materiaal en uren voor onderdeel {n} van de buurttuin", "Kosten", f"€ {n * 137},50")
        for n in range(1, 41)
    )
    clause = (
        "Omdat veel bewoners aan dit plan meewerken, leggen wij hier uit hoe wij het plan hebben "
        "beoordeeld. Wij keken naar de doelen van de regeling, naar de kosten en naar de mensen die het "
        "plan dragen. "
    )
    extra = (
        Heading("Hoe hebben wij uw plan beoordeeld?"),
        *(Paragraph(f"{n}. {clause * 3}") for n in range(1, 9)),
        Heading("Bijzonderheden", level=3),
        Paragraph(
            "De groep heet «Ελλάδα & Łódź İğüş» en gebruikt het teken 🌳 in de naam. <b>Dit is geen "
            "opmaak</b>."
        ),
        Paragraph(""),
        Items((), ordered=True),
        Items(("", "Een punt met een heel lang woord: " + "abcdefghij" * 14, clause * 2)),
        Table("Alle kosten", ("Omschrijving", "Soort", "Bedrag"), rows, numeric=frozenset({2})),
        Table(
            "",
            ("Vraag", "Antwoord"),
            (("Wat gaat u doen?", clause * 14), ("En daarna?", "")),
            row_headers=True,
        ),
        Facts((("Toelichting", ""), ("Plaats", "Sint Geertruid")), caption="Gegevens"),
    )
    return make_letter(
        addressee=(
            "Bewonersgroep Demotuin",
            f"mevrouw X.Y.Z. {surname}",
            "Demolaan 12",
            "6211 AB Maastricht",
        ),
        representative=("mr. G. Machtigde (demo)", "Demoplein 3", "6211 CD Maastricht"),
        salutation=f"Geachte mevrouw {surname},",
        body=BODY[:4] + extra + BODY[4:],
        attachments=(),
    )
