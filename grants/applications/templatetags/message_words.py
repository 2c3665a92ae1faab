"""When a message was read, on pages that show messages."""

from __future__ import annotations

from datetime import datetime

from django import template

from grants.applications.messages.models import CaseMessage

register = template.Library()


@register.filter
def moment_of(moments: dict[int, datetime], message: CaseMessage) -> datetime | None:
    """When the other side first opened this message; None when it did not."""
    return moments.get(message.pk)
