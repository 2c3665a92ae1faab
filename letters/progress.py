"""How far a number of letters is: made, sealed, sent. "412 van 800 brieven"."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from letters.models import Letter
from letters.post.paper import is_sealed

State = Letter.State


@dataclass(frozen=True, slots=True)
class Progress:
    """Letters that have to go (cancelled ones do not count), how many are made and sealed, how many sent, how many wait for paper."""

    total: int
    ready: int
    sent: int
    on_paper: int
    cancelled: int


def of(letters: QuerySet[Letter]) -> Progress:
    """Count them in one query."""
    made = Q(state=State.RENDERED) & is_sealed()
    found = letters.order_by().aggregate(
        total=Count("pk", filter=~Q(state=State.CANCELLED)), ready=Count("pk", filter=made | Q(state=State.SENT)), sent=Count("pk", filter=Q(state=State.SENT)),
        on_paper=Count("pk", filter=made & Q(portal_allowed=False)), cancelled=Count("pk", filter=Q(state=State.CANCELLED)),
    )
    return Progress(**found)
