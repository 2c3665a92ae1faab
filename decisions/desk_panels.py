"""The parts of a case page that the desk brings: notes and advice. Officials see them; applicants never."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from decisions import casefile
from decisions.models import CaseNote
from decisions.models.advising import ASKERS
from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel
from grants.kernel import clock

SHOWN = 3
"""Newest notes on the case page; the others have a page of their own."""


def register() -> None:
    panels.register(notes, official=True)
    panels.register(advices, official=True)


def notes(request: HttpRequest, application: Application) -> Panel | None:
    found = CaseNote.objects.visible_to(request.user).filter(application=application).select_related("author", "corrected_by")
    newest = list(found.order_by("-id")[: SHOWN + 1])
    return Panel(
        "decisions/panels/notes.html",
        {"notes": newest[:SHOWN], "has_more": len(newest) > SHOWN, "application": application}, _("Notities"),
    )


def advices(request: HttpRequest, application: Application) -> Panel | None:
    """What was asked of whom, and where to ask for more."""
    found = casefile.of(application).advices
    may_ask = application.version_id is not None and request.user.has_role(*ASKERS, scheme_code=application.scheme_id)
    if not found and not may_ask:
        return None
    return Panel(
        "decisions/panels/advices.html", {"advices": found, "may_ask": may_ask, "application": application, "today": clock.today()}, _("Adviezen")
    )
