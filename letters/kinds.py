"""Every kind of letter, and what each must say.

The lists follow the table of mandatory elements for decision letters and the minimum content of plain
letters; the legal basis stands beside each kind. M is must, C is only if it applies, a dot is not used. A
letter that misses a must-element does not go out: ask `missing_elements`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from letters.content import CASE_NUMBER, DATE, OUR_REFERENCE, SENT, Heading, Letter, block_texts

Remedy = Literal["", "bezwaar", "beroep"]

#: Element id -> what the reader of a message calls it.
ELEMENTS: MappingProxyType[str, str] = MappingProxyType(
    {
        # The frame: read from the fields of the letter.
        "sender": "afzender met bezoekadres, postadres en contactpersoon met telefoonnummer",
        "addressee": "geadresseerde met naam en adres",
        "date": "datum",
        "sent_date": "datum van verzending",
        "our_reference": "ons kenmerk",
        "case_number": "zaaknummer",
        "subject": "onderwerp",
        "salutation": "aanhef",
        "signature": "slot en ondertekening (namens wie, naam en functie)",
        "mandate": "verwijzing naar het mandaat",
        "attachments": "lijst van bijlagen",
        # What a decision says.
        "decision": "besluit in de eerste alinea",
        "application": "aanvraag: wanneer ontvangen, wanneer volledig en wat er is gevraagd",
        "legal_basis": "grondslag: de artikelen waarop het besluit rust",
        "amount": "bedrag in cijfers",
        "activities": "activiteiten",
        "period": "periode",
        "calculation": "berekening",
        "settlement_method": "wijze van vaststelling",
        "obligations": "verplichtingen, elk met het artikel",
        "notification_duty": "meldingsplicht",
        "advances": "bevoorschotting en betaling: bedrag, data en rekening",
        "accounting": "verantwoording: wat, hoe en wanneer",
        "state_aid": "verklaring over staatssteun",
        "motivation": "motivering",
        "view": "zienswijze en onze reactie, of waarom die niet is gevraagd",
        "missing_items": "wat er ontbreekt",
        "repayment": "terug te betalen bedrag met termijn, rekening en kenmerk",
        "publication": "openbaarmaking en privacy",
        "remedy": "rechtsmiddelenclausule",
        "suspension_end": "einde van de opschorting van de betaling",
        "ex_officio": "dat een aanvraag tot vaststelling niet nodig was",
        "payment": "uitbetaling: aan wie en wanneer",
        # What a plain letter says.
        "received": "wat wij hebben ontvangen en wanneer",
        "documents": "welke stukken wij hebben ontvangen",
        "decision_term": "beslistermijn met einddatum",
        "next_steps": "wat er hierna gebeurt",
        "withdraw": "hoe de aanvraag kan worden ingetrokken",
        "entered_data": "de ingevulde gegevens, of waar die staan",
        "forwarded_to": "aan wie wij de aanvraag hebben doorgestuurd",
        "response_date": "uiterste datum en waar het antwoord naartoe moet",
        "suspension": "dat de beslistermijn stilstaat en vanaf wanneer",
        "consequence": "wat er gebeurt als er geen reactie komt",
        "queue_effect": "gevolg voor de volgorde van behandeling",
        "outcome": "wat de intrekking betekent",
        "present_end": "huidige einddatum van de termijn",
        "delay_reason": "waarom het later wordt",
        "new_end": "datum waarop het besluit er uiterlijk is",
        "delay_status": "of dit een formele verlenging is of alleen een bericht",
        "default_right": "het recht om ons in gebreke te stellen",
        "intended_decision": "wat wij van plan zijn te besluiten",
        "facts": "feiten en bronnen",
        "how_to_respond": "hoe en tot wanneer iemand kan reageren, schriftelijk of mondeling",
        "report_due": "welke verantwoording er moet komen",
        "original_date": "de datum waarop die er had moeten zijn",
        "new_term": "de nieuwe termijn",
        "decision_concerned": "over welk besluit het gaat",
        "penalty_start": "vanaf wanneer er een dwangsom kan zijn",
        "committee": "of een commissie adviseert",
        "hearing": "hoorzitting: recht om te worden gehoord, of dag, tijd en plaats",
        "inspection": "inzage in de stukken en tot wanneer er stukken bij kunnen",
        "payment_term": "betaaltermijn",
    }
)

_FRAME = (
    "sender",
    "addressee",
    "date",
    "sent_date",
    "our_reference",
    "case_number",
    "subject",
    "salutation",
    "signature",
)

_DECISIONS = """
element            L04 L08 L09 L10 L13 L16 L17 L19 L28 L29
decision            M   M   M   M   M   M   M   M   M   M
application         M   M   M   M   M   M   M   C   M   C
legal_basis         M   M   M   M   M   M   M   M   M   M
amount              .   M   M   M   C   M   M   M   C   M
activities          .   M   M   C   C   M   M   C   C   .
period              .   M   C   .   C   C   C   .   .   .
calculation         .   M   C   C   C   C   M   C   C   M
settlement_method   .   M   .   .   C   M   M   .   .   .
obligations         .   M   M   .   C   C   C   .   .   .
notification_duty   .   M   M   .   C   .   .   .   .   .
advances            .   M   M   .   C   M   M   .   C   C
accounting          .   M   M   .   C   .   .   .   .   .
state_aid           .   C   C   C   C   C   C   C   .   C
motivation          M   M   M   M   M   M   M   M   M   M
view                .   C   .   C   C   .   M   M   M   M
missing_items       M   .   .   .   .   .   C   .   .   .
repayment           .   .   .   .   .   C   C   C   C   M
publication         C   M   M   C   C   C   C   C   C   C
remedy              M   M   M   M   M   M   M   M   M   M
mandate             M   M   M   M   M   M   M   M   M   M
attachments         C   C   C   C   C   C   M   C   C   C
"""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter: its id, its Dutch name, and the element ids it must and may hold.

    `remedy` says which rechtsmiddel the clause is about: bezwaar, beroep, or none for a letter that is no
    decision (Awb 6:3). `legal_basis` names the articles of the Awb unless another law is named.
    """

    id: str
    name: str
    is_decision: bool
    remedy: Remedy
    legal_basis: str
    must: tuple[str, ...]
    may: tuple[str, ...] = ()


def _matrix() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The table above, per column: (must, may)."""
    head, *rows = (line.split() for line in _DECISIONS.strip().splitlines())
    columns = head[1:]
    return {
        column: (
            tuple(row[0] for row in rows if row[place] == "M"),
            tuple(row[0] for row in rows if row[place] == "C"),
        )
        for place, column in enumerate(columns, 1)
    }


def _decision(
    id: str, name: str, basis: str, like: str, *, plus: str = "", minus: str = "", remedy: Remedy = "bezwaar"
) -> LetterKind:
    """A decision with the elements of column `like`, with some more and some less."""
    must, may = _matrix()[like]
    added, dropped = tuple(plus.split()), set(minus.split())
    return LetterKind(
        id=id,
        name=name,
        is_decision=True,
        remedy=remedy,
        legal_basis=basis,
        must=_FRAME + tuple(e for e in must if e not in dropped) + added,
        may=tuple(e for e in may if e not in added and e not in dropped),
    )


def _short_decision(id: str, name: str, basis: str, must: str) -> LetterKind:
    """A decision without a column of its own: the frame and what is named here."""
    may = (
        "application amount activities calculation state_aid motivation "
        "view repayment publication attachments"
    )
    named = tuple(must.split())
    return LetterKind(
        id, name, True, "bezwaar", basis, _FRAME + named, tuple(e for e in may.split() if e not in named)
    )


def _plain(id: str, name: str, basis: str, must: str, may: str = "") -> LetterKind:
    """A letter that is no decision."""
    return LetterKind(
        id, name, False, "", basis, _FRAME + tuple(must.split()), (*may.split(), "attachments", "mandate")
    )


_KINDS = (
    _plain(
        "L01",
        "Ontvangstbevestiging aanvraag",
        "2:17",
        "received documents decision_term next_steps withdraw entered_data",
    ),
    _plain(
        "L01b",
        "Ontvangstbevestiging aanvulling",
        "2:17",
        "received documents decision_term next_steps",
        "entered_data missing_items",
    ),
    _plain("L01c", "Ontvangstbevestiging voortgang", "2:17", "received documents next_steps", "entered_data"),
    _plain(
        "L01d",
        "Ontvangstbevestiging verantwoording",
        "2:17",
        "received documents decision_term next_steps",
        "entered_data",
    ),
    _plain("L02", "Doorzending", "2:3", "received forwarded_to next_steps", "motivation"),
    _plain(
        "L03",
        "Verzoek om aanvulling van de aanvraag",
        "4:5, 4:15",
        "missing_items response_date suspension consequence queue_effect",
    ),
    _plain(
        "L03b",
        "Verzoek om aanvulling van de verantwoording",
        "4:5, 4:15",
        "missing_items response_date consequence",
        "suspension",
    ),
    _decision("L04", "Besluit buiten behandeling stellen", "4:5", "L04"),
    _plain("L05", "Bevestiging intrekking aanvraag", "", "received outcome"),
    _plain(
        "L06",
        "Bericht later besluit",
        "4:14 of de Algemene subsidieverordening",
        "present_end delay_reason new_end delay_status default_right",
    ),
    _plain("L07", "Verzoek om zienswijze", "4:7, 4:8", "intended_decision facts how_to_respond"),
    _decision("L08", "Verleningsbeschikking", "4:29-4:38", "L08"),
    _decision("L09", "Beschikking directe vaststelling", "4:42, 4:43", "L09"),
    _decision("L10", "Afwijzing", "4:25, 4:35 of de Algemene subsidieverordening", "L10"),
    _short_decision("L11", "Voorschotbeschikking", "4:95", "decision legal_basis advances remedy mandate"),
    _plain(
        "L12",
        "Ontvangstbevestiging melding",
        "de Algemene subsidieverordening",
        "received next_steps",
        "documents",
    ),
    _decision("L13", "Wijzigingsbeschikking", "de Algemene subsidieverordening; 4:48, 4:50", "L13"),
    _decision(
        "L14",
        "Kennisgeving opschorting betaling",
        "4:56",
        "L19",
        plus="suspension_end",
        minus="amount repayment",
    ),
    _plain(
        "L15", "Rappel verantwoording", "4:44, derde lid", "report_due original_date new_term consequence"
    ),
    _decision("L16", "Vaststelling conform", "4:46, eerste lid", "L16"),
    _decision("L16e", "Ambtshalve vaststelling conform", "4:47, onder a", "L16", plus="ex_officio"),
    _decision("L17", "Vaststelling lager", "4:46, tweede en derde lid", "L17"),
    _decision("L18", "Vaststelling op nihil", "4:46, tweede lid", "L17"),
    _decision("L19", "Intrekking verlening", "4:48, 4:50", "L19"),
    _decision("L20", "Intrekking of wijziging vaststelling", "4:49", "L19"),
    _plain(
        "L21", "Ontvangstbevestiging ingebrekestelling", "4:17", "received decision_concerned penalty_start"
    ),
    _decision("L22", "Dwangsombeschikking", "4:18", "L29", plus="payment", minus="repayment view"),
    _plain(
        "L23",
        "Ontvangstbevestiging bezwaar",
        "6:14; 7:13, tweede lid",
        "received decision_concerned committee decision_term hearing",
        "missing_items",
    ),
    _plain("L24", "Herstel verzuim bezwaar", "6:6", "missing_items response_date consequence", "suspension"),
    _plain("L25", "Uitnodiging hoorzitting", "7:2-7:4", "decision_concerned hearing inspection", "committee"),
    _plain(
        "L26",
        "Verdaging bezwaar",
        "7:10, derde tot en met vijfde lid",
        "present_end delay_reason new_end delay_status",
    ),
    _plain("L27", "Bevestiging intrekking bezwaar", "6:21", "received outcome"),
    _decision("L28", "Beslissing op bezwaar", "7:11, 7:12, 6:23", "L28", remedy="beroep"),
    _decision("L29", "Terugvorderingsbeschikking", "4:57; 4:95, vierde lid; 4:86", "L29"),
    _plain("L30", "Aanmaning betaling", "4:112", "amount payment_term payment consequence"),
    _plain("L31", "Betaalspecificatie", "", "amount payment decision_concerned"),
    _plain("L32", "Bericht steekproef", "4:37", "report_due response_date consequence", "decision_concerned"),
    _short_decision("LBESLUIT", "Besluit", "1:3", "decision legal_basis motivation remedy mandate"),
)

KINDS: MappingProxyType[str, LetterKind] = MappingProxyType({kind.id: kind for kind in _KINDS})


def missing_elements(letter: Letter) -> tuple[str, ...]:
    """Which must-elements of its kind the letter lacks, by their Dutch names; empty when it may go out.

    Raises `KeyError` for a kind that does not exist. The decision must stand in the first block that is no
    heading; a remedy clause counts only if it speaks of the right remedy (a decision on bezwaar leads to
    beroep, Awb 6:23).
    """
    kind = KINDS[letter.kind]
    present = _frame_elements(letter) | _body_elements(letter, kind)
    return tuple(ELEMENTS[element] for element in kind.must if element not in present)


def _frame_elements(letter: Letter) -> set[str]:
    sender, closing = letter.sender, letter.closing
    checks = {
        "sender": all(
            (
                sender.name,
                sender.visiting_address,
                sender.postal_address,
                sender.contact_name,
                sender.contact_phone,
            )
        ),
        "addressee": len([line for line in letter.addressee if line]) >= 2,
        "date": bool(letter.reference_value(DATE)),
        "sent_date": bool(letter.reference_value(SENT)),
        "our_reference": bool(letter.reference_value(OUR_REFERENCE)),
        "case_number": bool(letter.reference_value(CASE_NUMBER)),
        "subject": bool(letter.subject),
        "salutation": bool(letter.salutation),
        "signature": all((closing.on_behalf, closing.name, closing.function)),
        "mandate": bool(closing.mandate),
        "attachments": any(letter.attachments),
    }
    return {element for element, present in checks.items() if present}


def _body_elements(letter: Letter, kind: LetterKind) -> set[str]:
    texts: dict[str, str] = {}
    first = True
    for block in letter.body:
        text = " ".join(part for part in block_texts(block) if part)
        if isinstance(block, Heading) or not text:
            continue
        for element in block.element.split():
            if element == "decision" and not first:
                continue
            texts[element] = f"{texts.get(element, '')} {text}"
        first = False
    if kind.remedy and kind.remedy not in texts.get("remedy", "").lower():
        texts.pop("remedy", None)
    return set(texts)
