"""The plain letters of an objection: L23 to L27. None of them is a decision (Awb 6:3); the decision itself is L28."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from decisions import objections
from decisions.models import Objection
from grants.applications.letterhead import letter_for, to_portal
from grants.kernel.clock import AMSTERDAM
from grants.kernel.models import Event
from grants.law.formats import long_date
from letters.content import Block, Heading, Items, Letter, Paragraph
from letters.services import order_letter

Body = tuple[Block, ...]


def send(objection: Objection, event: Event, letter: Letter) -> None:
    """Order the letter. On paper unless the applicant chose digital post (Awb 2:8)."""
    application = objection.application
    order_letter(
        chain=application.chain, event_id=event.id, letter=letter,
        portal_allowed=to_portal(application),
    )


def _letter(objection: Objection, kind: str, subject: str, day: date, body: Body) -> Letter:
    return letter_for(objection.application, kind, f"{subject} {objection.application.case_number}", day, body)


def _concerned(objection: Objection) -> Paragraph:
    made_known = long_date(objections.made_known_on(objection.contested))
    return Paragraph(
        f"Uw bezwaar gaat over ons besluit van {made_known}: {objection.contested.label.lower()} (zaak {objection.application.case_number}).",
        element="decision_concerned",
    )


def _committee(objection: Objection) -> Paragraph:
    if objection.has_committee:
        text = "Een onafhankelijke commissie geeft ons advies over uw bezwaar. "
        if objections.clock_of(objection).rule == "OBJ_DECISION_12W":
            text += "Daarom is de termijn om te beslissen twaalf weken (artikel 7:10 en 7:13 Awb)."
        else:
            text += "De termijn om te beslissen wordt daar niet langer van."
    else:
        text = "Er is geen commissie die over uw bezwaar adviseert. Wij behandelen uw bezwaar zelf."
    return Paragraph(text, element="committee")


def receipt(objection: Objection, day: date) -> Letter:
    """L23: it came in, and what happens next (Awb 6:14, 7:13(2)). A late one is told so, in plain words."""
    timely = objections.timeliness(objection)
    body: list[Block] = [
        Paragraph(f"Wij hebben op {long_date(objection.received_on)} uw bezwaar ontvangen.", element="received"),
        _concerned(objection),
    ]
    if timely.kind == "late":
        body += [
            Heading("Uw bezwaar kwam later dan de termijn"),
            Paragraph(
                f"U kon bezwaar maken tot en met {long_date(timely.last_day)}. Wij nemen uw bezwaar toch in behandeling. Had u een goede reden "
                "om later te zijn? Dan kan uw bezwaar toch meetellen."
            ),
            Paragraph(
                f"U schreef hierover: {objection.late_reason.strip()}" if objection.late_reason.strip()
                else "Schrijf ons waarom uw bezwaar later kwam. Zonder goede reden kunnen wij niet naar de inhoud van uw bezwaar kijken (artikel 6:11 Awb)."
            ),
        ]
    if not objection.grounds.strip():
        body += [
            Heading("Wat missen wij nog?"),
            Paragraph("Wij weten nog niet waarom u het niet eens bent met het besluit. Wij vragen u daar in een aparte brief om.", element="missing_items"),
        ]
    if objection.costs_asked_on is not None:
        body.append(Paragraph("U vroeg om vergoeding van uw kosten. In de beslissing op uw bezwaar leest u of u kosten terugkrijgt (artikel 7:15 Awb)."))
    if objection.direct_appeal_asked:
        body.append(Paragraph("U wilt meteen naar de rechter. Dat kan alleen als wij het daarmee eens zijn (artikel 7:1a Awb). Zijn wij dat niet, dan beslissen wij zelf op uw bezwaar."))
    body += [
        Heading("Wanneer hoort u van ons?"),
        Paragraph(
            f"U krijgt uiterlijk {long_date(objection.decide_by)} een beslissing op uw bezwaar. Wij tellen vanaf de dag na de termijn om bezwaar te "
            "maken (artikel 7:10 Awb). Het besluit blijft ondertussen gelden.",
            element="decision_term",
        ),
        _committee(objection),
        Heading("Mag u uw verhaal vertellen?"),
        Paragraph(
            "Ja. Voordat wij beslissen, mag u uw bezwaar toelichten. Dat heet een hoorzitting. U krijgt daarvoor een uitnodiging. Soms hoeft een "
            "hoorzitting niet. In de beslissing leest u dan waarom.",
            element="hearing",
        ),
        Heading("Wilt u stoppen?"),
        Paragraph("U kunt uw bezwaar altijd intrekken. Dat kan op uw persoonlijke pagina of met een brief."),
    ]
    return _letter(objection, "L23", "Wij hebben uw bezwaar ontvangen:", day, tuple(body))


def repair(objection: Objection, day: date) -> Letter:
    """L24: what is missing, until when, and what follows if it stays away (Awb 6:6)."""
    assert objection.repair_last_day is not None
    return _letter(objection, "L24", "Vul uw bezwaar aan:", day, (
        Paragraph("Uw bezwaar is nog niet compleet. Wij vragen u om deze punten aan te vullen."),
        Heading("Wat ontbreekt er?"),
        Items(tuple(objection.repair_items), ordered=True, element="missing_items"),
        Heading("Wat moet u doen?"),
        Paragraph(
            f"Stuur de aanvulling uiterlijk {long_date(objection.repair_last_day)}. Dat kan op uw persoonlijke pagina of met een brief naar "
            f"{settings.LETTER_SENDER['postal_address']}.",
            element="response_date",
        ),
        Heading("Wat betekent dit voor u?"),
        Paragraph(
            "De termijn waarin wij op uw bezwaar beslissen, staat stil vanaf morgen. De termijn loopt verder als uw aanvulling binnen is of als de "
            "tijd om is (artikel 7:10, tweede lid, Awb).",
            element="suspension",
        ),
        Paragraph("Krijgen wij niets van u? Dan mogen wij uw bezwaar niet-ontvankelijk verklaren. Wij kijken dan niet naar de inhoud (artikel 6:6 Awb).", element="consequence"),
    ))


def invitation(objection: Objection, day: date) -> Letter:
    """L25: the hearing, with the two days that are counted back from it (Awb 7:2 to 7:4)."""
    assert objection.hearing_at is not None and objection.hearing_on is not None and objection.hearing_officer is not None
    file_from, documents_until = objections.hearing_days(objection.hearing_on)
    local = objection.hearing_at.astimezone(AMSTERDAM)
    by = "een commissie" if objection.has_committee else "een medewerker die niet aan het eerste besluit heeft meegewerkt"
    return _letter(objection, "L25", "Uitnodiging voor de hoorzitting:", day, (
        Paragraph("U hebt bezwaar gemaakt. Wij nodigen u uit om uw bezwaar toe te lichten. Dat heet een hoorzitting."),
        _concerned(objection),
        Heading("Wanneer en waar?"),
        Paragraph(
            f"De hoorzitting is op {long_date(objection.hearing_on)} om {local:%H.%M} uur. De plaats is: {objection.hearing_place}. U wordt gehoord "
            f"door {by}.",
            element="hearing",
        ),
        Paragraph("U mag iemand meenemen of iemand anders voor u laten spreken. Wilt u niet komen of kunt u niet? Laat het ons dan snel weten."),
        Heading("Stukken lezen en sturen"),
        Paragraph(
            f"U kunt alle stukken over uw bezwaar lezen. Ze liggen klaar vanaf {long_date(file_from)}, op ons bezoekadres. U kunt zelf nog stukken "
            f"sturen tot en met {long_date(documents_until)} (artikel 7:4 Awb).",
            element="inspection",
        ),
        *((_committee(objection),) if objection.has_committee else ()),
    ))


def later(objection: Objection, day: date, *, present_end: date, reason: str, agreed: bool) -> Letter:
    """L26: the decision comes later, by adjournment (Awb 7:10(3)) or because the objector agreed (7:10(4))."""
    status = (
        "U vond dit uitstel goed. Het is een formeel uitstel van de termijn (artikel 7:10, vierde lid, Awb)."
        if agreed
        else "Dit is een formeel uitstel van de termijn. Dat mogen wij een keer doen, met ten hoogste zes weken (artikel 7:10, derde lid, Awb)."
    )
    return _letter(objection, "L26", "Wij beslissen later op uw bezwaar:", day, (
        Paragraph(f"U zou uiterlijk {long_date(present_end)} een beslissing op uw bezwaar krijgen.", element="present_end"),
        Paragraph(f"Wij hebben meer tijd nodig. {reason}", element="delay_reason"),
        Paragraph(f"U krijgt de beslissing nu uiterlijk {long_date(objection.decide_by)}.", element="new_end"),
        Paragraph(status, element="delay_status"),
    ))


def withdrawn(objection: Objection, day: date) -> Letter:
    """L27: the objection was withdrawn (Awb 6:21)."""
    assert objection.withdrawn_on is not None
    return _letter(objection, "L27", "U hebt uw bezwaar ingetrokken:", day, (
        Paragraph(f"Op {long_date(objection.withdrawn_on)} hebt u uw bezwaar ingetrokken.", element="received"),
        _concerned(objection),
        Paragraph("Wij stoppen met de behandeling. U krijgt geen beslissing op uw bezwaar. Het besluit blijft zoals het is.", element="outcome"),
    ))
