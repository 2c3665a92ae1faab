"""L28: the decision on an objection (Awb 7:11 to 7:13, 6:23).

Title 4.1 and article 3:45 do not hold for this decision (Awb 7:14): it rests on 7:11 and 7:12, and its clause is about appeal.
"""

from __future__ import annotations

from decisions import objection_guards, objections
from decisions.beschikking import parts, state_aid
from decisions.beschikking.case import Case
from decisions.models import Objection
from decisions.money import standing
from grants.kernel.money import ZERO
from grants.law.formats import euro, long_date
from letters.content import Block, Heading, Paragraph, Table

OUTCOMES = {
    "inadmissible": "Uw bezwaar is niet-ontvankelijk. Dat betekent: wij mogen niet naar de inhoud van uw bezwaar kijken.",
    "unfounded": "Uw bezwaar is ongegrond. Dat betekent: wij hebben uw bezwaar bekeken en u krijgt geen gelijk.",
    "well_founded": "Uw bezwaar is gegrond. Dat betekent: u krijgt gelijk.",
    "partly": "Uw bezwaar is voor een deel gegrond. Dat betekent: u krijgt op een deel gelijk.",
}
"""What was decided, with the official word explained at once."""

FULL_LETTER = {"grant_in_objection": parts.grant, "settle_directly_in_objection": parts.direct}
"""Acts that give a subsidy for the first time: the letter then says all that an ordinary grant says."""
REVIVES = ("revive_grant", "revive_settlement")
"""Acts that bring back what was withdrawn: nothing stood until then."""
FROM_HERE = "Waarvoor is de subsidie?"


def decision_on_objection(case: Case) -> tuple[Block, ...]:
    """L28: outcome, admissibility, what was said and heard, advice, reasons, and what changes."""
    objection = objections.objection_of(case.decision)
    if objection is None:
        return parts.general(case)
    return (
        Paragraph(f"{OUTCOMES.get(objection.outcome, '')} {_change(case, objection)}".strip(), element="decision amount" if case.decision.amount is not None else "decision"),
        Heading("Waarover gaat het?"),
        parts._application(case),
        _contested(objection),
        Heading("Was uw bezwaar op tijd?"),
        *_admissible(objection),
        Heading("Wat schreef u in uw bezwaar?"),
        *_grounds(objection),
        Heading("Hebben wij u gehoord?"),
        *_hearing(objection),
        *_advice(objection),
        Heading("Waarom beslissen wij zo?"),
        parts.motivation(case, ""),
        _basis(case, objection),
        *_side_requests(objection),
        *_money(case),
        *_new_grant(case),
        *(() if case.decision.act in FULL_LETTER else state_aid.paragraphs(case)),
    )


def is_subsidised(case: Case) -> bool:
    """Does a subsidy stand after this decision?"""
    gives = case.decision.act in ("grant_in_objection", "settle_directly_in_objection", "revive_grant", "revive_settlement")
    return gives or case.application.status in ("verleend", "report_overdue", "report_received", "report_incomplete", "vastgesteld")


def attachments(case: Case) -> tuple[str, ...]:
    """The advice goes along with the decision (Awb 7:13(7)); both texts stand in the letter itself."""
    objection = objections.objection_of(case.decision)
    if objection is None:
        return ()
    report = ("Verslag van de hoorzitting (opgenomen in deze brief)",) if objection.report.strip() else ()
    advice = ("Advies van de commissie (opgenomen in deze brief)",) if objection.advice.strip() else ()
    return (*report, *advice)


def _change(case: Case, objection: Objection) -> str:
    made_known = long_date(objections.made_known_on(objection.contested))
    act, amount = case.decision.act, case.decision.amount or ZERO
    taken_back = f"Wij herroepen ons besluit van {made_known}."
    new = {
        "reconsider": "Wij behandelen uw aanvraag opnieuw. U krijgt daarna een nieuw besluit.",
        "grant_in_objection": f"Wij verlenen u een subsidie van ten hoogste {euro(amount)}. Verlenen betekent: u krijgt het geld als u doet wat in deze brief staat.",
        "settle_directly_in_objection": f"U krijgt een subsidie van {euro(amount)}. Wij stellen die meteen vast.",
        "amend_in_objection": f"De subsidie die wij u verlenen, wordt {euro(amount)}.",
        "amend_settlement_in_objection": f"Wij stellen uw subsidie vast op {euro(amount)}.",
        "revive_grant": f"U krijgt de subsidie toch. Wij verlenen u ten hoogste {euro(amount)}.",
        "revive_settlement": f"U krijgt de subsidie toch. Wij stellen die vast op {euro(amount)}.",
    }
    if act in new:
        return f"{taken_back} {new[act]}"
    if objection.outcome in ("well_founded", "partly"):
        return f"De uitkomst van ons besluit van {made_known} blijft wel hetzelfde. In deze brief leest u waarom."
    return f"Ons besluit van {made_known} blijft zoals het is."


def _contested(objection: Objection) -> Paragraph:
    contested = objection.contested
    made_known = long_date(objections.made_known_on(contested))
    amount = f" Het bedrag in dat besluit was {euro(contested.amount)}." if contested.amount is not None else ""
    return Paragraph(f"Op {made_known} stuurden wij u dit besluit: {contested.label.lower()}.{amount} Daartegen maakte u bezwaar.")


def _admissible(objection: Objection) -> tuple[Block, ...]:
    timely = objections.timeliness(objection)
    posted = f" U deed het op {long_date(objection.posted_on)} op de post." if objection.posted_on else ""
    blocks = [Paragraph(f"Wij ontvingen uw bezwaar op {long_date(objection.received_on)}.{posted} U kon bezwaar maken tot en met {long_date(timely.last_day)}.")]
    if timely.in_time:
        blocks.append(Paragraph("Uw bezwaar is dus op tijd."))
    elif timely.kind == "late":
        said = objection.late_reason.strip() or objection.repair_text.strip()
        why = f"U schreef hierover: {said}" if said else "U hebt daarvoor geen reden gegeven, ook niet toen wij ernaar vroegen."
        verdict = "Wij vinden dat geen goede reden" if said else "Zonder goede reden telt een later bezwaar niet mee"
        if objection.outcome == "inadmissible":
            blocks.append(Paragraph(f"Uw bezwaar is te laat. {why} {verdict} (artikel 6:11 Algemene wet bestuursrecht)."))
        else:
            blocks.append(Paragraph(f"Uw bezwaar is later. {why} Dat is een goede reden. Daarom telt uw bezwaar mee (artikel 6:11 Algemene wet bestuursrecht)."))
    elif objection.outcome != "inadmissible":
        blocks.append(Paragraph("Uw bezwaar kwam voordat de termijn begon. Uw bezwaar telt toch mee (artikel 6:10 Algemene wet bestuursrecht)."))
    return tuple(blocks)


def _grounds(objection: Objection) -> tuple[Block, ...]:
    blocks = [Paragraph(objection.grounds.strip() or "U schreef niet waarom u het niet eens bent met het besluit.")]
    if objection.repair_asked_on is not None:
        asked = f"Wij vroegen u op {long_date(objection.repair_asked_on)} om uw bezwaar aan te vullen."
        answer = f" U schreef toen: {objection.repair_text.strip()}" if objection.repair_text.strip() else " U hebt het niet aangevuld."
        blocks.append(Paragraph(asked + answer))
    return tuple(blocks)


def _hearing(objection: Objection) -> tuple[Block, ...]:
    if objection.report.strip() and objection.hearing_on is not None:
        return (
            Paragraph(f"Ja. De hoorzitting was op {long_date(objection.hearing_on)}. Dit is het verslag:", element="view"),
            Paragraph(objection.report.strip(), element="view"),
        )
    if not objection.waived_ground:
        return ()  # nobody was heard and nobody said why: the letter then lacks a must-element, and does not go out
    ground = objection_guards.WAIVERS[objection.waived_ground]
    article = objection.waived_ground.replace("(", ", onder ").replace(")", "")
    because = f" {objection.waived_because.strip()}" if objection.waived_because.strip() else ""
    return (Paragraph(f"Nee. Dat hoefde niet, want {ground} (artikel {article}, Algemene wet bestuursrecht).{because}", element="view"),)


def _advice(objection: Objection) -> tuple[Block, ...]:
    if not objection.advice.strip():
        return ()
    blocks: list[Block] = [
        Heading("Wat adviseerde de commissie?"),
        Paragraph("Een onafhankelijke commissie gaf ons dit advies:", element="view"),
        Paragraph(objection.advice.strip(), element="view"),
    ]
    if objection.advice_followed:
        blocks.append(Paragraph("Wij volgen dit advies.", element="view"))
    else:
        blocks.append(Paragraph(f"Wij volgen dit advies niet. Dit is de reden: {objection.deviation_reason.strip()}", element="view"))
    return tuple(blocks)


def _side_requests(objection: Objection) -> tuple[Block, ...]:
    """What was asked besides: the costs of the objection (Awb 7:15), and to go to the court at once (7:1a)."""
    blocks: list[Block] = []
    if objection.costs_asked_on is not None and objection.costs_amount is not None:
        because = f" {objection.costs_reason.strip()}" if objection.costs_reason.strip() else ""
        blocks.append(Heading("Krijgt u de kosten van uw bezwaar terug?"))
        if objection.costs_amount:
            text = (
                f"Ja. Wij betalen u {euro(objection.costs_amount)} binnen zes weken na deze brief, omdat wij het besluit herroepen, het onrechtmatig was en dat aan ons "
                f"ligt (artikel 7:15 Algemene wet bestuursrecht).{because}"
            )
        else:
            text = f"Nee.{because} Wij betalen kosten alleen terug als wij het besluit herroepen, het onrechtmatig was en dat aan ons ligt (artikel 7:15 Algemene wet bestuursrecht)."
        blocks.append(Paragraph(text, element="motivation"))
    if objection.direct_appeal_asked:
        blocks.append(Heading("Kon u meteen naar de rechter?"))
        blocks.append(Paragraph(f"Dat vroeg u. Wij stemden daar niet mee in (artikel 7:1a Algemene wet bestuursrecht). {objection.direct_appeal_answer.strip()}", element="motivation"))
    return tuple(blocks)


def _basis(case: Case, objection: Objection) -> Paragraph:
    scheme = "; ".join(basis.text for basis in case.definition.legal_basis)
    extra = {
        "grant_in_objection": ", en op artikel 4:25 en 4:29 Awb", "settle_directly_in_objection": ", en op artikel 4:43 Awb",
    }.get(case.decision.act, "")
    return Paragraph(f"Deze beslissing rust op artikel 7:11 en 7:12 Algemene wet bestuursrecht (Awb){extra}, en op {scheme}.", element="legal_basis")


def _money(case: Case) -> tuple[Block, ...]:
    amount, act = case.decision.amount, case.decision.act
    if amount is None or act in FULL_LETTER:
        return ()
    before = ZERO if act in REVIVES else standing(case.application, act)
    rows = (("Eerst", euro(before)), ("Nu", euro(amount)), ("Verschil", euro(amount - before)))
    blocks: list[Block] = [
        Heading("Wat verandert er aan het bedrag?"),
        Table("Zo verandert het bedrag", ("Onderdeel", "Bedrag"), rows, numeric=frozenset({1}), element="calculation"),
    ]
    if act in ("amend_settlement_in_objection", "revive_settlement"):
        blocks.append(Paragraph("Krijgt u nog geld van ons? Dan betalen wij dat binnen zes weken na deze brief.", element="advances"))
    return tuple(blocks)


def _new_grant(case: Case) -> tuple[Block, ...]:
    """From the purpose on, what an ordinary grant or direct settlement says: period, method, obligations, payment, account."""
    write = FULL_LETTER.get(case.decision.act)
    if write is None:
        return ()
    blocks = write(case)
    start = next(place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.text == FROM_HERE)
    return blocks[start:]
