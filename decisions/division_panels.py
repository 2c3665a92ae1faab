"""What a case page of officials tells about the order before the ceiling: the division, the points, the queue."""

from __future__ import annotations

from django.http import HttpRequest

from decisions.models import DrawEntry
from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel
from grants.applications.statuses import UNDECIDED


def register() -> None:
    panels.register(division, official=True)


def division(request: HttpRequest, application: Application) -> Panel | None:
    entries = list(DrawEntry.objects.filter(application=application).select_related("draw").order_by("id"))
    is_tender = application.version is not None and application.version.definition.distribution.method == "tender"
    is_undecided = application.status in UNDECIDED and application.complete_on is not None
    if not entries and not is_tender and not is_undecided:
        return None
    values = {"entries": entries, "is_tender": is_tender, "is_undecided": is_undecided, "application": application}
    return Panel("decisions/division/panel.html", values)
