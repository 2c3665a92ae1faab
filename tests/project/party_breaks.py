"""How each constraint of who asks and who acts is tried to be broken."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from applicants.invitations import prepared
from applicants.models import ColleagueInvitation, InitiativeMember, MandateStep, PartyPaper, RegisterCheck, Representation
from grants.applications.collaborating import CaseInvitation, Collaborator
from grants.kernel import clock
from grants.kernel.models import User

DAY = clock.today()


def mandate_of(life, username="meehelper", **values):
    user = User.objects.get(username=username)
    return Representation.objects.create(**{"applicant": life.case.applicant, "user": user, "valid_from": DAY, **values})


def paper_of(life, **values):
    given = {"applicant": life.case.applicant, "kind": "authorisation", "filename": "a.pdf", "content_type": "application/pdf", "size": 5, "digest": "0" * 64}
    file = SimpleUploadedFile("a.pdf", b"%PDF-")
    return PartyPaper.objects.create(**{**given, "file": file, "uploaded_by": life.handler.user, **values})


def step_of(life, **values):
    return MandateStep.objects.create(**{"representation": mandate_of(life), "kind": "given", "at": clock.now(), **values})


def invitation_of(life, **values):
    given, _code = prepared(email="a@example.org", user=life.asker.user)
    return ColleagueInvitation.objects.create(**{**given, "applicant": life.case.applicant, **values})


def case_invitation_of(life, **values):
    given, _code = prepared(email="a@example.org", user=life.asker.user)
    return CaseInvitation.objects.create(**{**given, "application": life.case, **values})


def member_of(life, **values):
    given = {"applicant": life.case.applicant, "name": "A", "email": "a@example.org", "added_by": life.asker.user, "added_at": clock.now()}
    return InitiativeMember.objects.create(**{**given, **values})


def check_of(life, **values):
    return RegisterCheck.objects.create(**{"applicant": life.case.applicant, "source": "typed", "at": clock.now(), **values})


def collaborator_of(life):
    user = User.objects.get(username="meehelper")
    return Collaborator.objects.create(application=life.case, user=user, invited_by=life.asker.user, since=clock.now())


PARTY_BREAKS = {
    "representation_once_per_case": lambda life: [mandate_of(life, chain=life.case.chain) for _ in "ab"],
    "one_self_per_account": lambda life: [mandate_of(life, kind="self", chain=chain) for chain in (None, life.case.chain)],
    "representation_known_kind": lambda life: mandate_of(life, kind="vriend"),
    "representation_known_paper": lambda life: mandate_of(life, paper="kwijt"),
    "representation_period_in_order": lambda life: mandate_of(life, valid_to=DAY - timedelta(days=1)),
    "representation_ends_after_it_began": lambda life: mandate_of(life, ended_on=DAY - timedelta(days=1)),
    "mandate_step_known_kind": lambda life: step_of(life, kind="gegroet"),
    "mandate_step_says_why": lambda life: step_of(life, kind="refused"),
    "party_paper_checked": lambda life: paper_of(life, check_state="infected"),
    "party_paper_known_kind": lambda life: paper_of(life, kind="foto"),
    "colleague_invitation_known_kind": lambda life: invitation_of(life, kind="self"),
    "colleague_invitation_five_tries": lambda life: invitation_of(life, tries=6),
    "colleague_invitation_used_once": lambda life: invitation_of(life, accepted_at=clock.now(), accepted_by=life.asker.user, token_digest="x"),
    "case_invitation_five_tries": lambda life: case_invitation_of(life, tries=6),
    "case_invitation_used_once": lambda life: case_invitation_of(life, accepted_at=clock.now()),
    "collaborator_once": lambda life: [collaborator_of(life) for _ in "ab"],
    "member_can_be_reached": lambda life: member_of(life, email=""),
    "one_contact_per_applicant": lambda life: [member_of(life, is_contact=True) for _ in "ab"],
    "member_accepted_in_a_known_way": lambda life: member_of(life, accepted_at=clock.now(), accepted_how="fax"),
    "member_on_paper_has_the_paper": lambda life: member_of(life, accepted_at=clock.now(), accepted_how="paper"),
    "register_check_known_source": lambda life: check_of(life, source="krant"),
    "organisation_registered_once": lambda life: [check_of(life, kvk_number="12345678", is_first=True) for _ in "ab"],
    "municipality_registered_once": lambda life: [check_of(life, municipality_code="GM0935", is_first=True) for _ in "ab"],
    "register_check_oin_20_digits": lambda life: check_of(life, oin="1"),
}
