"""When a transfer needs our consent, and why it cannot be."""

from __future__ import annotations

from applicants.models import Applicant
from decisions import party
from decisions.models.transferring import Transfer, TransferState
from grants.applications.models import Application
from grants.applications.statuses import RUNNING, Status

CONSENT = "consent_to_transfer"


def needs_consent(application: Application, basis: str) -> bool:
    """A granted subsidy passes by agreement only with consent. By merger or death the successor has it already (BW 2:309, 4:182)."""
    return basis == Transfer.Basis.AGREEMENT and application.status in (*RUNNING, Status.VASTGESTELD)


def refusal(application: Application, to: Applicant, basis: str) -> str:
    """Why this case cannot pass to this applicant; '' when it can. Who has it by law already (BW 2:309, 4:182) is not turned away by the scheme."""
    if application.status in party.ENDED or application.version is None:
        return "Deze zaak kan nu niet overgaan: zij is nog een concept, is ten einde, of is ingelezen uit een register."
    if application.applicant_id == to.pk:
        return "Dit is de aanvrager die de zaak al heeft."
    if basis == Transfer.Basis.AGREEMENT and to.type not in application.version.definition.applicants:
        return f"De regeling staat niet open voor een aanvrager van de soort '{to.get_type_display()}'. De zaak kan niet naar {to}."
    return ""


def proposed(application: Application) -> Transfer | None:
    found: Transfer | None = Transfer.objects.filter(application=application, state=TransferState.PROPOSED).select_related("to_applicant", "from_applicant").first()
    return found


def consent_refusal(application: Application) -> str | None:
    """Why there is nothing to consent to."""
    found = proposed(application)
    if found is None:
        return "Er is geen overdracht voorgesteld. Doe dat eerst op de pagina met veranderingen."
    if not needs_consent(application, found.basis):
        return "Voor deze overdracht is geen toestemming nodig. Voer haar uit op de pagina met veranderingen."
    return refusal(application, found.to_applicant, found.basis) or None
