"""What a case looks like, and what connects the person who looks at it to the applicant: two queries together."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from decisions import interest, related
from grants.applications import panels
from grants.applications.models import Application, Submission
from grants.applications.panels import Panel
from grants.kernel.roles import Role

ACTORS = (Role.CASE_HANDLER, Role.REVIEWER, Role.MANDATE_HOLDER, Role.OBJECTION_HANDLER, Role.OBJECTION_DECIDER)
"""Who acts in a case, and so tells of an interest in it."""


def register() -> None:
    panels.register(own_interest, official=True)
    panels.register(look_alikes, official=True)


def own_interest(request: HttpRequest, application: Application) -> Panel | None:
    if not request.user.has_role(*ACTORS, scheme_code=application.scheme_id):
        return None
    found = interest.look(application, request.user)
    if not found.hints:
        return None
    return Panel("decisions/panels/interest.html", {"application": application, "hints": found.hints, "refusal": found.refusal, "said": found.said})


def look_alikes(request: HttpRequest, application: Application) -> Panel | None:
    found = related.related_to(application, request.user)
    return Panel("decisions/panels/related.html", {"found": found}) if found else None


def submission_stored(sender: Any, instance: Submission, created: bool, **kwargs: Any) -> None:
    """Signal handler: the keys of a case are made in the transaction that stores what was sent in."""
    if created and instance.kind in (Submission.Kind.APPLICATION, Submission.Kind.COMPLETION):
        related.index(instance.application)
