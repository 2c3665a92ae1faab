"""Close a case when nothing that runs beside it is open any more (T39)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from decisions.models import Beschikking
from decisions.services import defaulting, objecting, paying, requesting, returning, sampling
from grants.applications.models import Application
from grants.applications.services import accounting
from grants.kernel.actor import Actor

OPEN_MATTERS: tuple[Callable[[Application], tuple[str, ...]], ...] = (
    defaulting.open_matters_of, objecting.open_matters_of, paying.open_matters_of, sampling.open_matters_of, returning.open_matters_of,
    requesting.open_matters_of,
)
"""What may keep a case open, each told in words."""


def open_matters_of(application: Application) -> tuple[str, ...]:
    """Everything of this floor that keeps the case open."""
    decision = ("een besluit in voorbereiding",) if Beschikking.objects.filter(application=application).open().exists() else ()
    return (*decision, *(matter for found in OPEN_MATTERS for matter in found(application)))


def close(*, application_id: UUID, actor: Actor, day: date | None = None) -> Application:
    """Close the case. Raises Refused, and names what is open."""
    application = Application.objects.get(id=application_id)
    return accounting.close(application_id=application_id, actor=actor, open_matters=open_matters_of(application), day=day)
