"""What happened in a case, to read: filtered by kind, a page at a time, and with names for who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from grants.applications.beside import side_acts
from grants.applications.lifecycle.door import machines
from grants.applications.lifecycle.table import rows
from grants.applications.models import Application
from grants.kernel.models import Event, User
from grants.kernel.roles import CASE_READERS, Role

PAGE = 50
WITHOUT_NAMES = frozenset({Role.CONTROLLER})
"""Who reads cases for their figures sees the role in which somebody acted, not the name."""


def shows_names(user: User, scheme_code: str) -> bool:
    return bool((user.roles(scheme_code) & CASE_READERS) - WITHOUT_NAMES)


@cache
def kinds() -> dict[str, tuple[str, Q]]:
    """The kinds of event that one can choose, with their label and filter."""
    found: dict[str, tuple[str, Q]] = {
        "stand": (str(_("veranderingen van de stand")), ~Q(from_status=F("to_status"))),
        "besluiten": (str(_("besluiten")), Q(act__in=[row.name for row in rows() if row.act.decision])),
    }
    for model in machines():
        if model is not Application:
            found[str(model._meta.model_name)] = (str(model._meta.verbose_name_plural), Q(act__in=side_acts(model)))
    return found


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Events, newest first. `before` is the position to go on from; None at the end."""

    events: list[Event]
    before: int | None


def newest(application: Application, count: int) -> list[Event]:
    """The tail of the history."""
    return list(_of(application)[:count])


def page(application: Application, kind: str, before: int | None) -> HistoryPage:
    """The events of a kind that come before a position, a page of them; one query however long the history is."""
    found = _of(application)
    if kind in kinds():
        found = found.filter(kinds()[kind][1])
    if before is not None:
        found = found.filter(position__lt=before)
    events = list(found[: PAGE + 1])
    more = len(events) > PAGE
    return HistoryPage(events[:PAGE], events[PAGE - 1].position if more else None)


def _of(application: Application) -> QuerySet[Event]:
    return Event.objects.filter(chain=application.chain_id).select_related("actor", "on_behalf_of").order_by("-position")
