"""What cannot be, said to people; and who may not be an applicant with this account."""

from __future__ import annotations

from django.utils.translation import gettext as _

from applicants.models import Applicant
from grants.kernel import clock
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role


class PartyRefused(Exception):
    """It cannot be so; `str()` is a sentence for people. `field` is the field of the form that it is about, '' for all of it."""

    def __init__(self, text: str, field: str = "") -> None:
        self.field = field
        super().__init__(text)


def refuse_official(user: User) -> None:
    """Raises PartyRefused for an official's account: work and private matters stay apart (Awb 2:4)."""
    if user.is_official:
        raise PartyRefused(_("U bent ingelogd als medewerker. Log uit, en log in als inwoner of voor uw organisatie. Dan kunt u aanvragen."))


def becomes_applicant(user: User) -> None:
    """Let this account act for applicants. Raises PartyRefused for an official."""
    refuse_official(user)
    if not user.has_role(Role.APPLICANT):
        RoleAssignment.objects.create(user=user, role=Role.APPLICANT, valid_from=clock.today())
        user.__dict__.pop("_assignments", None)  # read before


def locked(applicant_id: int) -> Applicant:
    """The applicant, locked until the end of the transaction: who acts for it is changed by one at a time."""
    found: Applicant = Applicant.objects.select_for_update(no_key=True).get(pk=applicant_id)
    return found


def must_manage(applicant: Applicant, user: User) -> None:
    """Raises PartyRefused for somebody who may not say who acts for the applicant."""
    if not Applicant.objects.managed_by(user).filter(pk=applicant.pk).exists():
        raise PartyRefused(_("U mag dit niet regelen voor deze aanvrager. Vraag het aan iemand die bij de aanvrager hoort."))
