"""Pass a case to another applicant (T92, T93): its history stays, its letters and money follow, the old applicant keeps what was theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from applicants.models import Applicant
from applicants.services import register_applicant
from decisions import transfers
from decisions.models import Beschikking, Transfer
from decisions.party_guards import PartyFacts
from decisions.services.party_changes import check_again
from grants.applications.beside import perform_beside
from grants.applications.correspondence import send_plain
from grants.applications.files import Inspected
from grants.applications.finding import index_cases
from grants.applications.former_parties import FormerParty
from grants.applications.lifecycle.door import ActError, Mark
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording


class TransferRefused(ActError):
    """The case cannot pass; `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class NewParty:
    """Who takes the case over. Known by its KvK number, or by name and postcode; else it is registered."""

    type: str
    name: str
    street: str
    postcode: str
    city: str
    kvk_number: str = ""

    def found(self) -> Applicant:
        known = Applicant.objects.filter(kvk_number=self.kvk_number) if self.kvk_number else Applicant.objects.filter(name=self.name, postcode=self.postcode)
        return known.order_by("id").first() or register_applicant(
            type=self.type, name=self.name, street=self.street, postcode=self.postcode, city=self.city, kvk_number=self.kvk_number
        )


def propose(
    *, application_id: UUID, to: NewParty, basis: str, reason: str, actor: Actor, evidence: Inspected | None, day: date | None = None
) -> Transfer:
    """Propose that the case passes (T92), with the deed or contract. The present applicant hears of it. Raises ActError."""
    day = day or clock.today()
    with recording():
        case = locked_case(application_id)
        if evidence is None:
            raise TransferRefused("Voeg het bewijs toe: de akte van fusie, de verklaring van erfrecht of de overeenkomst.")
        if transfers.proposed(case) is not None:
            raise TransferRefused("Er is al een overdracht voorgesteld. Voer die eerst uit, of trek haar in.")
        successor = to.found()
        assert case.applicant is not None, "the page is not there for a case without an applicant"
        record = Transfer(
            application=case, basis=basis, from_applicant=case.applicant, to_applicant=successor, reason=reason.strip(), proposed_by=actor.person,
            proposed_on=day,
        )
        record.take(evidence)
        facts = PartyFacts(reason=reason, actor_id=actor.person.pk, transfer_refusal=transfers.refusal(case, successor, basis))
        event = perform_beside(record, "propose_transfer", facts, actor, day, Mark(data={"to": successor.pk, "basis": basis}))
        send_plain(case, event, "L12", day, reason=f"zaak {case.case_number} gaat over naar {successor}. Klopt dat niet? Laat het ons dan meteen weten.")
    return record


def carry_out(*, transfer_id: UUID, actor: Actor, day: date | None = None) -> Transfer:
    """Pass the case on (T93), by somebody who did not propose it. Raises ActError: with agreement on a grant, consent comes first."""
    day = day or clock.today()
    with recording():
        case = locked_case(Transfer.objects.values_list("application_id", flat=True).get(id=transfer_id))
        record = _locked(transfer_id, case)
        _pass_on(record, case, actor, day, consented=False)
        case.save()
        index_cases([case])
    return record


def consented(application: Application, decision: Beschikking, day: date) -> None:
    """The decision to consent went out: the case passes in the same commit, by the system for the signer."""
    found = transfers.proposed(application)
    assert found is not None, "a guard asks for a proposed transfer"
    record = _locked(found.id, application)
    record.decision = decision
    _pass_on(record, application, Actor.system(on_behalf_of=decision.signed_by), day, consented=True)


def cancel(*, transfer_id: UUID, reason: str, actor: Actor, day: date | None = None) -> Transfer:
    """The transfer does not go on. Raises ActError."""
    with recording():
        case = locked_case(Transfer.objects.values_list("application_id", flat=True).get(id=transfer_id))
        record = _locked(transfer_id, case)
        perform_beside(record, "cancel_transfer", PartyFacts(reason=reason), actor, day or clock.today())
    return record


def _locked(transfer_id: UUID, case: Application) -> Transfer:
    record: Transfer = Transfer.objects.select_for_update(of=("self",)).select_related("from_applicant", "to_applicant").get(id=transfer_id)
    record.application = case
    return record


def _pass_on(record: Transfer, case: Application, actor: Actor, day: date, *, consented: bool) -> None:
    person = actor.principal
    assert person is not None, "somebody carries it out, or signed for it"
    record.done_by, record.done_on = person, day
    facts = PartyFacts(
        actor_id=person.pk, first_person_id=record.proposed_by_id, consented=consented or not transfers.needs_consent(case, record.basis),
        transfer_refusal=transfers.refusal(case, record.to_applicant, record.basis),
    )
    event = perform_beside(record, "carry_out_transfer", facts, actor, day, Mark(data={"to": record.to_applicant_id, "basis": record.basis}))
    FormerParty.objects.create(application=case, applicant=record.from_applicant, event_id=event.id, until=day)
    case.applicant, case.applicant_type = record.to_applicant, record.to_applicant.type
    case.save()
    index_cases([case])
    check_again(case, day)
    send_plain(case, event, "L12", day, reason=f"zaak {case.case_number} is overgegaan van {record.from_applicant} naar {record.to_applicant}.")
