"""What we asked the applicant to complete: the items of a request stand in its letter, and nowhere else."""

from __future__ import annotations

from grants.applications import deadlines
from grants.applications.models import Application
from letters.content import Items
from letters.models import Letter


def items_asked(application: Application) -> tuple[str, ...]:
    """The items of the newest request to complete the application (Awb 4:5(1)), as its letter L03 says them; empty without a request."""
    request = deadlines.latest(application, "RECOVERY_TERM")
    if request is None:
        return ()
    letter = Letter.objects.filter(chain_id=application.chain_id, event_id=request.event_id, kind="L03").first()
    blocks = letter.as_content().body if letter is not None else ()
    return tuple(item for block in blocks if isinstance(block, Items) and block.element == "missing_items" for item in block.items)
