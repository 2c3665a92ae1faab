"""Compose the letter of a decision. Every kind of decision has a text of its own; L28 has the appeal clause.

A kind without a text would stand in the general decision letter.
"""

from __future__ import annotations

from datetime import date

from decisions import advice, hearing, transfers
from decisions.aid import is_tested_per_case, last_test
from decisions.beschikking import advised, changes, clauses, money_back, objection, parts, paying, transfer, unhandled
from decisions.beschikking.case import Case
from decisions.beschikking.recipients import Recipient
from decisions.grounds import DEVIATIONS
from decisions.models import Beschikking, View
from decisions.money import ENDS_GRANT, ENDS_SETTLEMENT, IN_OBJECTION
from grants.applications import deadlines
from grants.applications.letterhead import ON_BEHALF, letter_for
from grants.applications.lifecycle.door import act_named
from grants.applications.models import Application
from grants.kernel.models import User
from grants.law.formats import euro
from grants.schemes.reading import arrangement_for
from letters.content import Block, Closing, Heading, Letter, Paragraph

WRITERS = {
    **parts.WRITERS, "L04": unhandled.not_handled, "L11": paying.advance, "L13": changes.amended, "L14": paying.suspended, "L19": changes.grant_withdrawn,
    "L20": changes.settlement_changed, "L28": objection.decision_on_objection, "L29": money_back.reclaim,
}


def kind_of(decision: Beschikking, application: Application) -> str:
    """The kind of letter for this decision, by its act and outcome."""
    kind = act_named(decision.act).letter
    if decision.act.startswith("settle_ex_officio"):
        granted = application.granted_amount
        kind = "L16e" if decision.amount == granted else ("L18" if not decision.amount else "L17")
    return kind if kind in WRITERS else "LBESLUIT"


def compose(
    application: Application, decision: Beschikking, *, day: date, signer: User, mandate: str, view: View | None = None,
    recipient: Recipient | None = None,
) -> Letter:
    """The whole letter, as it would be sent on `day`: to the applicant, or to `recipient`. `view` is a note that is not stored while a draft is still being typed."""
    case = _case(application, decision, day, view, recipient)
    kind = kind_of(decision, application)
    body: tuple[Block, ...] = WRITERS.get(kind, parts.general)(case)
    if decision.act == transfers.CONSENT:
        body = transfer.with_successor(case, body)
    body = (*body, *_deviation(decision))
    remedy = clauses.appeal(day) if kind == "L28" else clauses.objection(day)
    is_person = application.applicant_type in ("natuurlijk_persoon", "bewonersinitiatief")
    closing = Closing(on_behalf=ON_BEHALF, name=str(signer), function=signer.function_title or "gemandateerde", mandate=mandate)
    letter = letter_for(
        application, kind, _subject(case), day, (*body, *advised.paragraphs(case), *clauses.publication(is_person, _public(kind, case)), *remedy), closing=closing,
        attachments=_attachments(kind, case),
    )
    return recipient.addressed(letter) if recipient is not None else letter


def _deviation(decision: Beschikking) -> tuple[Block, ...]:
    """Why the amount is not what the rule comes to: the reader sees the sum, and why it was not followed (Awb 4:84)."""
    if not decision.deviation.strip():
        return ()
    return (
        Heading("Waarom wijken wij af van de berekening?"),
        Paragraph(f"De berekening volgt de regeling. Wij wijken daarvan af op grond van {DEVIATIONS.get(decision.deviation_ground, decision.deviation_ground)}."),
        Paragraph(decision.deviation.strip(), element="motivation"),
    )


def _public(kind: str, case: Case) -> clauses.Public:
    if kind == "L28":
        return "subsidy" if objection.is_subsidised(case) else "nothing"
    if kind == "L29":
        return "claim"
    if case.decision.act in ENDS_GRANT | ENDS_SETTLEMENT:
        return "withdrawal"
    return "nothing" if kind in ("L04", "L10") else "subsidy"


def _attachments(kind: str, case: Case) -> tuple[str, ...]:
    if kind == "L28":
        return objection.attachments(case)
    return ("Overzicht van kosten en bedragen (opgenomen in deze brief)",) if kind in ("L17", "L18") else ()


def _subject(case: Case) -> str:
    title = f" voor {case.application.title}" if case.application.title else ""
    names = {
        "decide_not_handle": "Wij behandelen uw aanvraag niet",
        "grant": "U krijgt subsidie",
        "grant_partly": "U krijgt een deel van de subsidie",
        "settle_directly": "U krijgt subsidie",
        "reject": "Wij wijzen uw aanvraag af",
        "settle": "Uw subsidie is vastgesteld",
        "settle_lower": "Uw subsidie is lager vastgesteld",
        "settle_nil": "Uw subsidie is vastgesteld op nul euro",
        "decide_penalty": "U krijgt een dwangsom van ons",
        "reclaim": "U moet subsidie terugbetalen",
        "grant_advance": "U krijgt een voorschot",
        "amend": "Wij wijzigen uw subsidie",
        "suspend_payment": "Wij stellen de betaling van uw subsidie uit",
        "withdraw_grant": "Wij trekken uw subsidie in",
        "amend_settlement": "Wij wijzigen de vaststelling van uw subsidie",
        "withdraw_settlement": "Wij trekken de vaststelling van uw subsidie in",
    }
    if case.decision.act.startswith("settle_ex_officio"):
        ends = {"L17": "Uw subsidie is lager vastgesteld", "L18": "Uw subsidie is vastgesteld op nul euro"}
        return ends.get(kind_of(case.decision, case.application), "Uw subsidie is vastgesteld") + title
    if case.decision.act in IN_OBJECTION:
        return "Wij hebben beslist op uw bezwaar" + title
    return names.get(case.decision.act, f"Besluit over uw subsidie: {act_named(case.decision.act).label.lower()}") + title


def _case(application: Application, decision: Beschikking, day: date, view: View | None, recipient: Recipient | None) -> Case:
    definition = application.definition
    amount = decision.amount if decision.amount else application.granted_amount
    recovery = deadlines.latest(application, "RECOVERY_TERM")
    return Case(
        application=application,
        decision=decision,
        definition=definition,
        arrangement=arrangement_for(definition, amount) if amount else None,
        aid=last_test(application) if is_tested_per_case(application) else None,
        view=hearing.view_for(application, decision.act, view),
        recovery_asked_on=recovery.starts_on if recovery else None,
        recovery_last_day=recovery.last_day if recovery else None,
        day=day,
        advices=tuple(advice.binding_for(application, decision.act)),
        recipient=recipient,
        requested=euro(application.requested_amount) if application.requested_amount is not None else "niet genoemd",
    )
