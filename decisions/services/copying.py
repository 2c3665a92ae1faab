"""Send a decision to whoever it is addressed to beside the applicant (Awb 3:41): on paper the day in the post counts for each."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from decisions import mandates
from decisions.beschikking import Composed, compose
from decisions.beschikking.recipients import Recipient, others
from decisions.models import Beschikking, DecisionCopy
from decisions.services import claiming, objecting
from grants.applications.lifecycle.door import Mark, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.recording import recording
from letters.models import Letter
from letters.post import paper
from letters.services import order_letter, rewrite, send


def order_copies(application: Application, decision: Beschikking, event: Event, day: date) -> None:
    """The decision is being sent: order the letter for each of the others."""
    decision.application = application
    for position, recipient in enumerate(others(decision), 1):
        composed = _composed(decision, recipient, day)
        letter = order_letter(
            chain=application.chain, event_id=event.id, letter=composed.letter, portal_allowed=recipient.to_portal,
            waits_for_dispatch=not recipient.to_portal, made_with=composed.made_with,
        )
        DecisionCopy.objects.create(decision=decision, position=position, letter=letter)


def redate_copy(*, letter_id: UUID, day: date) -> bool:
    """Make such a letter again for the day on which it goes in the post. False when it is none."""
    with recording():
        copy = DecisionCopy.objects.select_related("decision__application").filter(letter=letter_id).first()
        if copy is None:
            return False
        copy.decision.application = locked_case(copy.decision.application_id)
        letter = Letter.objects.select_for_update().get(id=letter_id)
        if letter.state == Letter.State.RENDERED and letter.day != day:
            again = _composed(copy.decision, others(copy.decision)[copy.position - 1], day, version=letter.template_version)
            rewrite(letter, again.letter, again.made_with)
    return True


def readdress(application: Application) -> str:
    """Make the letters to the others that still wait again, for the addresses of now. Gives the pile in which such a letter lies, or ''."""
    copies = DecisionCopy.objects.select_related("decision__application").filter(
        decision__application=application, letter__state__in=[Letter.State.ORDERED, Letter.State.RENDERED]
    )
    for copy in copies.order_by("id"):
        copy.decision.application = application
        letter = Letter.objects.select_for_update().get(id=copy.letter_id)
        recipient = others(copy.decision)[copy.position - 1]
        if letter.as_content().addressee == recipient.addressed(letter.as_content()).addressee:
            continue
        if pile := paper.pile_of(letter):
            return pile
        again = _composed(copy.decision, recipient, letter.day, version=letter.template_version)
        rewrite(letter, again.letter, again.made_with)
    return ""


def copy_posted(*, letter_id: UUID, day: date) -> bool:
    """The post room put such a letter in the post, as it was printed. False when it is none."""
    with recording():
        copy = DecisionCopy.objects.select_related("decision__application").filter(letter=letter_id).first()
        if copy is None:
            return False
        application = locked_case(copy.decision.application_id)
        letter = Letter.objects.select_for_update().get(id=letter_id)
        if letter.state != Letter.State.RENDERED:
            return True
        decision = copy.decision
        decision.application = application
        data = {"decision": str(decision.id), "letter": str(letter.id)}
        event = perform(application, "send_copy", Facts(), Actor.system(), day, Mark(data=data))
        send(letter, event_id=event.id, day=day)
        claiming.copy_sent(decision, event, day)
        objecting.letter_sent_again(application, letter, event)
    return True


def _composed(decision: Beschikking, recipient: Recipient, day: date, *, version: str = "") -> Composed:
    assert decision.signed_by is not None and decision.mandate_rule is not None
    mandate = mandates.words(decision.mandate_rule, decision.signed_by, decision.signed_on or day)
    return compose(decision.application, decision, day=day, signer=decision.signed_by, mandate=mandate, version=version, recipient=recipient)
