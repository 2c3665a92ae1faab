"""To which account a subsidy is paid: the one given with the application, else the one known of the applicant."""

from __future__ import annotations

from decisions.calculating import values_of
from decisions.models import CostReview
from grants.applications.models import Application


def account_of(application: Application) -> str:
    """The account number as given; '' when none was. Whether it is a right one is for the payment to check."""
    values = values_of(application, CostReview.Of.APPLICATION)
    given = values.iban if values is not None else None
    return given or (application.applicant.iban if application.applicant else "")
