"""The same check for files that belong to no case: papers about applicants, and the evidence of officials."""

from __future__ import annotations

from typing import Any

import structlog
from django.conf import settings

from grants.applications.files import checking, clamd, photos
from grants.kernel import checked, clock, outbox
from grants.kernel.checked import UNDER_WAY, Checked, CheckState

TELL = "files.tell_beside"
log = structlog.get_logger(__name__)


def check(payload: dict[str, Any]) -> outbox.Finish:
    """Scan one file and make it safe, without a transaction; what comes back notes the verdict. Raises ScanUnavailable: it waits."""
    model, pk = checked.model_named(payload["record"]), payload["pk"]
    record: Any = model._default_manager.filter(pk=pk, check_state__in=UNDER_WAY).exclude(file="").first()
    if record is None:
        return outbox.nothing_more
    with record.file.open("rb") as content:
        try:
            values = checking.made_safe(content, record.content_type, f"checked/{model._meta.label_lower}/{pk}")
        except checking.Infected as error:
            return _refuses(model, pk, CheckState.INFECTED, str(error))
        except clamd.ScanUnavailable:
            model._default_manager.filter(pk=pk, check_state=CheckState.RECEIVED).update(check_state=CheckState.WAITING)
            raise
        except photos.Unreadable as error:
            return _refuses(model, pk, CheckState.UNREADABLE, str(error))
    return _accepts(model, pk, values)


def _accepts(model: type[Checked], pk: str, values: dict[str, Any]) -> outbox.Finish:
    def accept() -> None:
        _close(model, pk, CheckState.CLEAN if settings.CLAMD_URL else CheckState.UNCHECKED, values)

    return accept


def _refuses(model: type[Checked], pk: str, state: str, finding: str) -> outbox.Finish:
    """The content goes, the row stays with what was found, and whoever sent it is told."""

    def refuse() -> None:
        if _close(model, pk, state, {"file": "", "finding": finding[:300]}):
            log.warning("file_refused", record=pk, model=model._meta.label_lower, state=state)
            outbox.enqueue(TELL, key=f"{model._meta.label_lower}:{pk}", payload={"record": model._meta.label_lower, "pk": pk})

    return refuse


def _close(model: type[Checked], pk: str, state: str, values: dict[str, Any]) -> bool:
    record: Any = model._default_manager.select_for_update(of=("self",)).filter(pk=pk, check_state__in=UNDER_WAY).first()
    if record is None:
        return False
    if "file" in values:
        checking.remove_later(record.file.name)
    own = {name: value for name, value in values.items() if name != "size" or hasattr(record, "size")}
    model._default_manager.filter(pk=pk).update(**own, check_state=state, checked_at=clock.now())
    return True
