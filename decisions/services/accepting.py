"""The members of an initiative accept how they answer for the money, while the application is a draft; later only a wrong address is put right."""

from __future__ import annotations

from uuid import UUID

from applicants.models import ApplicantType
from decisions.models import LiabilityAgreement, LiablePerson, MemberAddress
from decisions.services import copying
from grants.applications.lifecycle.door import ActError
from grants.applications.services.locking import locked_case
from grants.applications.statuses import Status
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from letters.pdf import unprintable

CORRECTORS = (Role.INTAKE_OFFICER, Role.CASE_HANDLER)
"""Who puts the address of a member right."""


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


def correct_address(*, person_id: int, address: str, reason: str, actor: Actor) -> MemberAddress:
    """Put the address of a member right after the application was sent in. Raises LiabilityRefused.

    Letters to this member that still wait are made again; what went out stays, and can be sent again to the new address.
    """
    lines = [part.strip() for part in address.split(",") if part.strip()]
    new = ", ".join(lines)[:300]
    with recording():
        case = locked_case(LiablePerson.objects.values_list("agreement__application_id", flat=True).get(id=person_id))
        person = LiablePerson.objects.select_for_update(of=("self",)).get(id=person_id)
        if not actor.person.has_role(*CORRECTORS, scheme_code=case.scheme_id):
            raise LiabilityRefused("U mag dit adres niet verbeteren. Dit mag: medewerker intake of behandelaar van de regeling van de zaak.")
        if case.status == Status.DRAFT:
            raise LiabilityRefused("De aanvraag is nog niet ingestuurd. De aanvrager verbetert het adres zelf.")
        if len(lines) < 2:
            raise LiabilityRefused("Schrijf straat en huisnummer, en na een komma de postcode en de plaats.")
        if wrong := unprintable(lines):
            raise LiabilityRefused(f"Het teken «{wrong}» in het adres kan niet worden afgedrukt. Vervang het door een ander teken.")
        if new == person.address:
            raise LiabilityRefused("Dit adres hebben wij al. Er is niets veranderd.")
        if not reason.strip():
            raise LiabilityRefused("Schrijf op hoe u weet dat dit het goede adres is.")
        changed = MemberAddress.objects.create(
            person=person, old=person.address, new=new, reason=reason.strip()[:300], changed_by=actor.person, changed_at=clock.now()
        )
        person.address = new
        person.save(update_fields=["address"])
        if pile := copying.readdress(case):
            raise LiabilityRefused(f"Een brief aan een deelnemer ligt in stapel {pile}. Vraag de postkamer om die stapel eerst in te trekken of te posten.")
    return changed
