"""The files on the applicant's page of a case: what each is, and what to do about one that cannot be used."""

from __future__ import annotations

from django.http import HttpRequest

from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel


def register() -> None:
    panels.register(_of_applicant, official=False)


def _of_applicant(request: HttpRequest, application: Application) -> Panel | None:
    files = list(application.documents.all())
    if not files or application.version_id is None:
        return None
    values = {"files": files, "refused": [file for file in files if file.is_refused], "application": application}
    return Panel("applications/files/panel.html", values)
