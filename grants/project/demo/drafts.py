"""An application half way: a resident answered the first section, and something in the second cannot be read yet."""

from __future__ import annotations

from datetime import timedelta

from applicants.models import Applicant
from grants.applications.merging import Posted
from grants.applications.services import applying
from grants.applications.services.saving import save_answers
from grants.kernel import clock
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from grants.schemes.models import Scheme


def begin_drafts() -> None:
    """A draft of scheme 1, typed as a person types it: question by question."""
    resident = person("bewoner", Role.APPLICANT)
    applicant = Applicant.objects.get(name="Bo Bewoner (verzonnen)")
    draft = applying.start_draft(applicant=applicant, scheme=Scheme.objects.get(code="LB-INW"), actor=resident)
    day = clock.today() + timedelta(days=60)
    typed = {
        "titel": "Een picknicktafel bij de vijver", "samenvatting": "Wij maken met de buurt een grote tafel bij de vijver.",
        "startdatum": day.isoformat(), "einddatum": (day + timedelta(days=30)).isoformat(), "gemeente": "GM0928", "bedrag": "drieduizend",
        "kosten": [{"description": "Hout", "amount": "2.400"}, {"description": "Schroeven en verf", "amount": "350,50"}],
    }
    save_answers(application_id=draft.id, posted=[Posted(key, answer) for key, answer in typed.items()], user=resident.person)
