"""What comes in on paper after the application: a completion, or an account of the activity. The day of the stamp counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from grants.applications.files import store_scan
from grants.applications.models import Application
from grants.applications.services import accounting, applying
from grants.applications.services.locking import locked_case
from grants.applications.statuses import Status
from grants.kernel.actor import Actor
from grants.kernel.recording import recording


def receive(*, application_id: UUID, answers: dict[str, Any], received_on: date, scans: Sequence[UploadedFile[Any]], actor: Actor) -> Application:
    """Register a completion (T06) or an account (T25, T28) that came on paper, with its scans. Raises ActError or UploadRefused."""
    with recording():
        application = locked_case(application_id)
        for scan in scans:
            store_scan(application=application, upload=scan, user=actor.person)
        if application.status == Status.AWAITING_COMPLETION:
            return applying.complete(application_id=application_id, answers=answers, actor=actor, day=received_on)
        return accounting.submit_report(application_id=application_id, answers=answers, actor=actor, day=received_on)
