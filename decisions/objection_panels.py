"""The objections of a case, on the page of officials and on that of the applicant."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from decisions import casefile, objections
from decisions.models import Beschikking, Objection
from grants.applications import panels, standing
from grants.applications.models import Application
from grants.applications.panels import Panel
from grants.kernel import clock
from grants.kernel.roles import Role
from letters import parts
from letters.models import Letter
from letters.parts import Part


def register() -> None:
    panels.register(for_officials, official=True)
    panels.register(for_applicants, official=False)
    parts.register(on_the_letter)


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
    """One's own objections, and the decisions to which one can object, with the last day of each and how long there still is."""
    found = _of(application)
    open_to = [_open(decision) for decision in objections.contestable(application)]
    if not found and not open_to:
        return None
    return Panel("decisions/panels/my_objections.html", {"objections": found, "application": application, "open_to": open_to}, place=panels.RIGHTS)


def _open(decision: Beschikking) -> dict[str, Any]:
    last_day, today = objections.objection_last_day(decision), clock.today()
    return {"decision": decision, "last_day": last_day, "when": standing.days_words(last_day, today), "is_late": last_day < today}


def on_the_letter(request: HttpRequest, letter: Letter) -> Part | None:
    """Below a decision: until when one can object and where, or why one cannot. Only for who acts for the applicant."""
    decision = Beschikking.objects.filter(letter=letter, state="sent").select_related("letter", "application").first()
    if decision is None or not decision.application.is_represented_by(request.user):
        return None
    decision.application.chain = letter.chain
    refusal = objections.contest_refusal(decision)
    return Part("decisions/parts/object.html", {**_open(decision), "refusal": refusal})
