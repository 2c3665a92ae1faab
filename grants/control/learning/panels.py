"""On the applicant's own case page: that a story is shared, and where to take that back."""

from __future__ import annotations

from django.http import HttpRequest

from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel
from grants.control.learning.models import LessonProposal


def register() -> None:
    panels.register(own_story, official=False)


def own_story(request: HttpRequest, application: Application) -> Panel | None:
    proposal = LessonProposal.objects.filter(application=application).first()
    return Panel("learning/own_panel.html", {"proposal": proposal}) if proposal is not None else None
