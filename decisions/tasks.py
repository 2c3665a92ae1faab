"""What the outbox asks of the decisions floor."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from grants.kernel import outbox
from grants.kernel.outbox import handler
from letters.models import Letter


def ask_dispatch(letter: Letter) -> None:
    """A decision letter is ready: ask for its dispatch in a transaction of its own."""
    if letter.portal_allowed:
        outbox.enqueue("decisions.dispatch", key=f"{letter.id}:{letter.digest[:16]}", payload={"letter": str(letter.id)})


@handler("decisions.dispatch")
def dispatch(payload: dict[str, Any]) -> None:
    from decisions.services.dispatching import dispatch_letter

    dispatch_letter(letter_id=UUID(payload["letter"]))


def dispatch_posted(letter: Letter, day: date) -> None:
    """The post room put a decision in the post."""
    from decisions.services.dispatching import dispatch_letter

    dispatch_letter(letter_id=letter.id, day=day)
