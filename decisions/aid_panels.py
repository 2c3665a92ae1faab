"""State aid on the case page of officials: at most two queries."""

from __future__ import annotations

from django.http import HttpRequest

from decisions import aid
from decisions.models.aid import KIND_OF
from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel
from grants.kernel import clock
from grants.kernel.roles import Role
from grants.law.de_minimis import NoCeilingError, Room, room_on


def register() -> None:
    panels.register(state_aid, official=True)


def state_aid(request: HttpRequest, application: Application) -> Panel | None:
    if application.version is None:
        return None  # an imported case: nothing is tested here
    needed = aid.is_tested_per_case(application)
    test = aid.last_test(application) if needed else None
    room, own = None, []
    if test is not None and test.verdict in KIND_OF and application.applicant is not None:
        entries = list(aid.entries_beside(application.applicant).select_related("member"))
        own = [entry for entry in entries if entry.application_id == application.pk]
        room = room_today([entry.as_aid() for entry in entries], KIND_OF[test.verdict])
    handles = request.user.has_role(Role.CASE_HANDLER, Role.OBJECTION_HANDLER, scheme_code=application.scheme_id)
    values = {
        "application": application, "needed": needed, "reason": application.version.definition.state_aid.reason, "test": test, "room": room,
        "entries": own, "handles": handles,
    }
    return Panel("decisions/panels/state_aid.html", values)


def room_today(given, kind: str) -> Room | None:
    """None when no regulation is known for today."""
    try:
        return room_on(given, clock.today(), kind)  # type: ignore[arg-type]
    except NoCeilingError:
        return None
