"""Copy answers from an earlier application."""

from __future__ import annotations

from uuid import UUID

from grants.applications.form.earlier import fitting_answers, without_account
from grants.applications.models import Application
from grants.applications.services.saving import write_answers
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.recording import recording


def copy_answers(*, application_id: UUID, source_id: UUID, user: User) -> int:
    """Answer what was not answered yet as the earlier application did; says how many. Raises Application.DoesNotExist."""
    with recording():
        application = Application.objects.select_for_update().get(id=application_id, status="draft")
        source = Application.objects.select_related("version").get(id=source_id, version__isnull=False)
        found = fitting_answers(source.definition, source.draft_answers, application.definition, application.draft_answers)
        if source.applicant_id != application.applicant_id:
            found = without_account(found, application.definition)
        versions = {row.key: row for row in application.answer_versions.all()}
        write_answers(application, found, versions, user, clock.now())
    return len(found)
