"""The residents of an initiative: name them, ask them by e-mail, keep their yes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from applicants import papers
from applicants.acts.refusing import PartyRefused, locked, must_manage
from applicants.models import Applicant, ApplicantType, InitiativeMember, PartyPaper
from grants.kernel import clock, outbox
from grants.kernel.models import User

MOST = 50
How = InitiativeMember.How


def _initiative(applicant_id: int, user: User) -> Applicant:
    applicant = locked(applicant_id)
    must_manage(applicant, user)
    if applicant.type != ApplicantType.BEWONERSINITIATIEF:
        raise PartyRefused(_("Alleen een bewonersinitiatief heeft deelnemers."))
    return applicant


@transaction.atomic
def add(*, applicant_id: int, name: str, email: str, address: str, user: User) -> InitiativeMember:
    """Name somebody who takes part; with an e-mail address a link goes there, to say yes. Raises PartyRefused."""
    applicant = _initiative(applicant_id, user)
    if not email and not address:
        raise PartyRefused(_("Vul een e-mailadres of een adres in. Anders kunnen wij deze deelnemer niet bereiken."), "email")
    present = list(InitiativeMember.objects.present().filter(applicant=applicant))
    if any(member.name.casefold() == name.casefold() for member in present):
        raise PartyRefused(_("Deze deelnemer staat er al. Noem ieder een keer."), "name")
    if InitiativeMember.objects.filter(added_by=user, added_at__gt=clock.now() - timedelta(days=1)).count() >= MOST:
        raise PartyRefused(_("U noemde vandaag al veel deelnemers. Probeer het morgen weer."), "name")
    if len(present) >= MOST:
        raise PartyRefused(_("Er staan al %(most)s deelnemers. Meer zijn er niet nodig.") % {"most": MOST}, "name")
    made = InitiativeMember.objects.create(applicant=applicant, name=name, email=email, address=address, added_by=user, added_at=clock.now())
    if email:
        _ask(made)
    return made


def _ask(member: InitiativeMember) -> None:
    member.asked_at = clock.now()
    member.save(update_fields=["asked_at"])
    outbox.enqueue("applicants.member_asked", key=f"{member.pk}:{member.asked_at.isoformat()}", payload={"member": member.pk})


def _member(member_id: int, user: User) -> InitiativeMember:
    applicant_id = InitiativeMember.objects.values_list("applicant_id", flat=True).get(pk=member_id)
    _initiative(applicant_id, user)
    found = InitiativeMember.objects.present().filter(pk=member_id).first()
    if found is None:
        raise PartyRefused(_("Deze deelnemer doet al niet meer mee."))
    return found


@transaction.atomic
def remind(*, member_id: int, user: User) -> None:
    """Send the link again; the earlier one no longer works. Raises PartyRefused."""
    found = _member(member_id, user)
    if found.accepted_at is not None or not found.email:
        raise PartyRefused(_("Deze deelnemer heeft al ja gezegd, of heeft geen e-mailadres."))
    if found.asked_at is not None and found.asked_at > clock.now() - timedelta(days=1):
        raise PartyRefused(_("Deze deelnemer kreeg vandaag al een e-mail. Probeer het morgen weer."))
    _ask(found)


@transaction.atomic
def remove(*, member_id: int, user: User) -> None:
    """Somebody takes part no longer. What was accepted at an application does not change by it. Raises PartyRefused."""
    found = _member(member_id, user)
    if found.is_contact:
        raise PartyRefused(_("De contactpersoon kan niet weg. Het initiatief heeft altijd een contactpersoon."))
    found.left_at, found.token_digest = clock.now(), ""
    found.save(update_fields=["left_at", "token_digest"])


@transaction.atomic
def accept(*, token: str) -> InitiativeMember:
    """The yes of somebody who got the link. Raises PartyRefused for a link that no longer works."""
    found: InitiativeMember | None = InitiativeMember.objects.with_token(token).select_for_update(of=("self",)).first()
    if found is None:
        raise PartyRefused(_("Deze link werkt niet meer. U hebt al geantwoord, of de link is ouder dan vier weken. Vraag om een nieuwe link."))
    found.accepted_at, found.accepted_how, found.token_digest = clock.now(), How.EMAIL, ""
    found.save(update_fields=["accepted_at", "accepted_how", "token_digest"])
    return found


@transaction.atomic
def accept_on_paper(*, member_id: int, upload: UploadedFile[Any] | None, user: User) -> InitiativeMember:
    """The signed paper of somebody who takes part. Raises PartyRefused or PaperRefused."""
    found = _member(member_id, user)
    if found.accepted_at is not None:
        raise PartyRefused(_("Deze deelnemer heeft al ja gezegd. U hoeft niets te doen."))
    found.paper = papers.store(applicant=found.applicant, kind=PartyPaper.Kind.PARTICIPATION, upload=upload, user=user)
    found.accepted_at, found.accepted_how, found.token_digest = clock.now(), How.PAPER, ""
    found.save(update_fields=["accepted_at", "accepted_how", "token_digest", "paper"])
    return found
