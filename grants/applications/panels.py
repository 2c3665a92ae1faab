"""Parts of a case page that a higher floor brings: it registers a function, the page shows what that gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from grants.applications.models import Application

MONEY, RIGHTS = "money", "rights"
"""The parts of an applicant's page in which a panel can stand; '' is the part with everything else."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a page: its template reads `panel`, the values here. With a `title` it stands in the list of contents."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    place: str = ""


MakePanel = Callable[[HttpRequest, Application], Panel | None]
_for_applicants: list[MakePanel] = []
_for_officials: list[MakePanel] = []


def register(make: MakePanel, *, official: bool) -> None:
    """`make` gives a panel for a case, or None when it has nothing to show. The case was fetched for this person."""
    panels = _for_officials if official else _for_applicants
    if make not in panels:
        panels.append(make)


def panels_for(request: HttpRequest, application: Application, *, official: bool) -> list[Panel]:
    """The panels of the case page of officials, or of the applicant, in the order in which they were registered."""
    made = (make(request, application) for make in (_for_officials if official else _for_applicants))
    return [panel for panel in made if panel is not None]
