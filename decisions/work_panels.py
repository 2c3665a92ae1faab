"""Who handles the case, on the case page, with what this person can do about it."""

from __future__ import annotations

from django.http import HttpRequest

from decisions.services.assigning import SENIORS
from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel
from grants.kernel.roles import Role


def register() -> None:
    panels.register(handler, official=True)


def handler(request: HttpRequest, application: Application) -> Panel:
    user = request.user
    is_senior = user.has_role(*SENIORS, scheme_code=application.scheme_id)
    is_own = application.handler_id == user.pk
    may_take = user.has_role(Role.CASE_HANDLER, scheme_code=application.scheme_id) and not is_own and (application.handler_id is None or is_senior)
    values = {
        "application": application, "may_take": may_take, "may_give_back": application.handler_id is not None and (is_own or is_senior),
        "may_hand_over": is_senior or is_own,
    }
    return Panel("decisions/panels/handler.html", values)
