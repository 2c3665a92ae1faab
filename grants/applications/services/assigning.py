"""Who handles a case: always by an act (T61), so that it is known since when, and by whom it was given."""

from __future__ import annotations

from datetime import date

from grants.applications.lifecycle.door import Mark, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application
from grants.kernel.actor import Actor
from grants.kernel.models import Event, User


def hand_over(application: Application, handler: User | None, actor: Actor, day: date, refusal: str | None = None) -> Event:
    """Make somebody, or nobody, the handler of a locked case (T61). `refusal` is why this person cannot be. Raises ActError."""
    application.handler = handler
    facts = Facts(assignee_refusal=refusal)
    return perform(application, "assign", facts, actor, day, Mark(data={"handler": handler.pk if handler else None}))


def keep_handler(application: Application, actor: Actor, day: date) -> None:
    """Whoever does a handler's work on a case that nobody handles becomes its handler."""
    if application.handler_id is None and actor.user is not None:
        hand_over(application, actor.user, actor, day)
