"""The members of an initiative accept how they answer for the money, while the application is a draft."""

from __future__ import annotations

from uuid import UUID

from applicants.models import ApplicantType
from decisions.models import LiabilityAgreement, LiablePerson
from grants.applications.lifecycle.door import ActError
from grants.applications.services.locking import locked_case
from grants.applications.statuses import Status
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording


class LiabilityRefused(ActError):
    """It cannot be accepted so; `str()` says why and what to do."""


def accept(*, application_id: UUID, kind: str, people: tuple[tuple[str, str], ...], actor: Actor) -> LiabilityAgreement:
    """Keep who takes part (name, address) and how they answer for the money; the first is the contact. Raises LiabilityRefused.

    What was accepted before is replaced while the case is a draft, and never after it was sent in.
    """
    with recording():
        case = locked_case(application_id)
        if case.applicant_type != ApplicantType.BEWONERSINITIATIEF:
            raise LiabilityRefused("Alleen een bewonersinitiatief heeft deelnemers die samen instaan voor het geld.")
        if case.status != Status.DRAFT:
            raise LiabilityRefused("De aanvraag is al ingestuurd. Wie instaat voor het geld, verandert daarna niet meer.")
        if len(people) < 2:
            raise LiabilityRefused("Noem ten minste twee deelnemers, elk met naam en adres op een eigen regel.")
        if len({name.casefold() for name, _address in people}) < len(people):
            raise LiabilityRefused("Een deelnemer staat er twee keer. Noem ieder een keer.")
        LiabilityAgreement.objects.filter(application=case).delete()
        made = LiabilityAgreement.objects.create(application=case, kind=kind, accepted_by=actor.person, accepted_at=clock.now())
        LiablePerson.objects.bulk_create(
            LiablePerson(agreement=made, position=place, name=name[:200], address=address[:300], is_contact=place == 1)
            for place, (name, address) in enumerate(people, 1)
        )
    return made
