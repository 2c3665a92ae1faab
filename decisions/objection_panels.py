"""The objections of a case, on the page of officials and on that of the applicant."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from decisions import casefile, objections
from decisions.models import Objection
from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel
from grants.kernel.roles import Role


def register() -> None:
    panels.register(for_officials, official=True)
    panels.register(for_applicants, official=False)


def _of(application: Application) -> list[Objection]:
    return list(Objection.objects.filter(application=application).select_related("contested").order_by("received_on", "id"))


def for_officials(request: HttpRequest, application: Application) -> Panel | None:
    """What objections there are; intake sees where to register one that came on paper."""
    found = casefile.of(application)
    may_register = request.user.has_role(Role.INTAKE_OFFICER, scheme_code=application.scheme_id) and bool(found.contestable())
    if not found.objections and not may_register:
        return None
    return Panel(
        "decisions/panels/objections.html", {"objections": found.objections, "application": application, "may_register": may_register}, _("Bezwaar")
    )


def for_applicants(request: HttpRequest, application: Application) -> Panel | None:
    """One's own objections, and the decisions to which one can object, with the last day of each."""
    found = _of(application)
    open_to = [(decision, objections.objection_last_day(decision)) for decision in objections.contestable(application)]
    if not found and not open_to:
        return None
    return Panel("decisions/panels/my_objections.html", {"objections": found, "application": application, "open_to": open_to})
