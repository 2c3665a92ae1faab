"""The parts that this floor brings to a case page."""

from __future__ import annotations

from django.http import HttpRequest

from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel


def register() -> None:
    panels.register(default_notices, official=True)


def default_notices(request: HttpRequest, application: Application) -> Panel | None:
    notices = list(application.default_notices.all())
    return Panel("decisions/panels/notices.html", {"notices": notices}) if notices else None
