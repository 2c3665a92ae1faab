"""Lock a case for the length of a transaction. Lock order: ceiling, application, event chain."""

from __future__ import annotations

from uuid import UUID

from grants.applications.models import Application


def locked_case(application_id: UUID) -> Application:
    """The case with what every act needs beside it, locked until the end of the transaction."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("version", "scheme", "applicant", "chain")
        .get(id=application_id)
    )
