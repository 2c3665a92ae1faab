"""To which account a subsidy is paid: one that was changed and confirmed since, the one given with the application, else the one known."""

from __future__ import annotations

from applicants.models import PartyChange
from decisions.calculating import values_of
from decisions.models import CostReview
from grants.applications.former_parties import FormerParty
from grants.applications.models import Application


def account_of(application: Application) -> str:
    """The account number as given; '' when none was. Whether it is a right one is for the payment to check."""
    applicant = application.applicant
    if applicant is not None and _changed_since(application):
        return applicant.iban
    values = values_of(application, CostReview.Of.APPLICATION)
    given = values.iban if values is not None else None
    return given or (applicant.iban if applicant else "")


def _changed_since(application: Application) -> bool:
    """Did the applicant change the account, with confirmation, after this application came in; or is it another applicant by now?"""
    if FormerParty.objects.filter(application=application).exists():
        return True
    changes = PartyChange.objects.filter(applicant=application.applicant_id, kind=PartyChange.Kind.IBAN, state=PartyChange.State.CONFIRMED)
    since = application.received_at
    return changes.filter(decided_at__gte=since).exists() if since else changes.exists()
