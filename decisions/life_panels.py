"""One panel for everything that changed around a case: short sentences, and the link to the page behind them."""

from __future__ import annotations

from django.http import HttpRequest

from decisions import party
from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel


def register() -> None:
    panels.register(around_the_case, official=True)
    panels.register(own_changes, official=False)


def around_the_case(request: HttpRequest, application: Application) -> Panel | None:
    """What an official must know before anything else; at most three queries."""
    if application.applicant_id is None:
        return None
    return Panel("decisions/panels/life.html", {"application": application, "warnings": party.warnings(application)})


def own_changes(request: HttpRequest, application: Application) -> Panel | None:
    """Where the applicant changes an address or an account."""
    return Panel("decisions/panels/own_life.html", {"application": application})
