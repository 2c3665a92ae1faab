"""What this wing does by the clock."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command


@shared_task(name="applicants.forget_sessions", ignore_result=True)
def forget_sessions() -> None:
    """Sessions that ended go, and with them what somebody typed and never came back for."""
    call_command("clearsessions")
