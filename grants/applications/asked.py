"""What we asked the applicant to complete: the items of a request stand in its letter, and nowhere else."""

from __future__ import annotations

from grants.applications import deadlines
from grants.applications.models import Application, Deadline
from letters.content import Items
from letters.models import Letter


def items_asked(application: Application) -> tuple[str, ...]:
    """The items of the newest request to complete the application (Awb 4:5(1)), as its letter L03 says them; empty without a request."""
    return _items(application, deadlines.latest(application, "RECOVERY_TERM"), "L03")


def report_items_asked(application: Application) -> tuple[str, ...]:
    """As `items_asked`, of the newest request to complete the account of the activity (L03b)."""
    return _items(application, deadlines.latest(application, "RECOVERY_TERM_REPORT"), "L03b")


def questions_asked(application: Application) -> frozenset[str]:
    """The keys of the questions that the newest request names; empty when it names none."""
    request = deadlines.latest(application, "RECOVERY_TERM")
    return frozenset(request.event.data.get("questions", ())) if request is not None else frozenset()


def _items(application: Application, request: Deadline | None, kind: str) -> tuple[str, ...]:
    if request is None:
        return ()
    letter = Letter.objects.filter(chain_id=application.chain_id, event_id=request.event_id, kind=kind).first()
    blocks = letter.as_content().body if letter is not None else ()
    return tuple(item for block in blocks if isinstance(block, Items) and block.element == "missing_items" for item in block.items)
