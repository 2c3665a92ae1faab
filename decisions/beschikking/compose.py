"""Compose the letter of a decision: from its facts, topic by topic, in the words that are in force. L28 has the appeal clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from decisions import advice, hearing, objections
from decisions.aid import is_tested_per_case, last_test
from decisions.beschikking import money, objection, owed, request
from decisions.beschikking.case import Case, Topic
from decisions.beschikking.recipients import Recipient
from decisions.models import Beschikking, View
from decisions.money import ENDS_GRANT, ENDS_SETTLEMENT
from grants.applications import deadlines
from grants.applications.letterhead import ON_BEHALF, letter_for
from grants.applications.lifecycle.door import act_named
from grants.applications.models import Application
from grants.kernel.models import User
from grants.schemes.reading import arrangement_for
from letters.content import Closing, ContentError, Letter
from letters.texts.shipped import shipped
from letters.texts.values import Gathering, Values
from letters.texts.writing import MadeWith, write


def publication(case: Case, to: Gathering) -> None:
    """What becomes public (Woo 3.3a(1)): grants, settlements, changes and withdrawals, of others than persons; a refusal or a claim does not."""
    withdraws, claims = case.kind != "L28" and case.decision.act in ENDS_GRANT | ENDS_SETTLEMENT, case.kind == "L29"
    subsidised = objection.is_subsidised(case) if case.kind == "L28" else not withdraws and not claims and case.kind not in ("L04", "L10")
    to.when(
        public_subsidy=subsidised, public_withdrawal=withdraws, public_claim=claims, public_nothing=not (subsidised or withdraws or claims),
        is_person=case.application.applicant_type in ("natuurlijk_persoon", "bewonersinitiatief"),
    )


TOPICS: dict[str, Topic] = {**request.TOPICS, **money.TOPICS, **owed.TOPICS, **objection.TOPICS, "publication": publication}


@dataclass(frozen=True, slots=True)
class Composed:
    """The letter of a decision, and the text and values it was made with."""

    letter: Letter
    made_with: MadeWith


def kind_of(decision: Beschikking, application: Application) -> str:
    """The kind of letter for this decision, by its act and outcome."""
    if decision.act.startswith("settle_ex_officio"):
        return "L16e" if decision.amount == application.granted_amount else ("L18" if not decision.amount else "L17")
    return act_named(decision.act).letter


def compose(
    application: Application, decision: Beschikking, *, day: date, signer: User, mandate: str, view: View | None = None, version: str = "",
    recipient: Recipient | None = None,
) -> Composed:
    """The whole letter, as it would be sent on `day`: to the applicant, or to `recipient`.

    `view` is a note that is not stored while a draft is still being typed. `version` keeps the words of a letter that is made again. Raises `ContentError` with a sentence for people.
    """
    case = _case(application, decision, day, view, recipient)
    written = write(case.kind, _values(case), scheme=application.scheme_id, version=version)
    closing = Closing(on_behalf=ON_BEHALF, name=str(signer), function=signer.function_title or "gemandateerde", mandate=mandate)
    letter = letter_for(application, case.kind, written.subject, day, written.body, closing=closing, attachments=_attachments(case))
    return Composed(recipient.addressed(letter) if recipient is not None else letter, written.made_with)


def _values(case: Case) -> Values:
    text, gathering = shipped(case.kind), Gathering()
    for topic in text.topics:
        TOPICS[topic](case, gathering)
    return gathering.values(text.vocabulary)


def _attachments(case: Case) -> tuple[str, ...]:
    if case.kind == "L28":
        return objection.attachments(case.objection)
    return ("Overzicht van kosten en bedragen (opgenomen in deze brief)",) if case.kind in ("L17", "L18") else ()


def _case(application: Application, decision: Beschikking, day: date, view: View | None, recipient: Recipient | None) -> Case:
    definition, kind = application.definition, kind_of(decision, application)
    amount = decision.amount if decision.amount else application.granted_amount
    recovery = deadlines.latest(application, "RECOVERY_TERM")
    about = objections.objection_of(decision) if kind == "L28" else None
    if kind == "L28" and about is None:
        raise ContentError(objections.decision_refusal(None, decision) or "")
    return Case(
        application=application,
        decision=decision,
        kind=kind,
        definition=definition,
        arrangement=arrangement_for(definition, amount) if amount else None,
        aid=last_test(application) if is_tested_per_case(application) else None,
        view=hearing.view_for(application, decision.act, view),
        recovery_asked_on=recovery.starts_on if recovery else None,
        recovery_last_day=recovery.last_day if recovery else None,
        day=day,
        advices=tuple(advice.binding_for(application, decision.act)),
        recipient=recipient,
        about=about,
    )
