"""One page of a list that begins with the newest, and the key from which the next page goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

PAGE = 50


def newest_first(rows: QuerySet[Any], moment: str, after: str) -> tuple[list[Any], str]:
    """Fifty rows after the key `after` ('' for the first page), and the key of the next page ('' on the last one)."""
    parts = after.rsplit("_", 1)
    try:
        before, last = datetime.fromisoformat(parts[0]), UUID(parts[-1])
    except ValueError:
        pass  # no key, or not one of ours: the first page
    else:
        rows = rows.filter(Q(**{f"{moment}__lt": before}) | Q(**{moment: before, "id__lt": last}))
    found = list(rows.order_by(f"-{moment}", "-id")[: PAGE + 1])
    more = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{getattr(more, moment):%Y-%m-%dT%H:%M:%S.%fZ}_{more.pk}" if more else ""
