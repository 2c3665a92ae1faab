"""Case numbers: a year and a running number without gaps that matter to anybody."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Max

from grants.applications.models import Application

NUMBER_LOCK = 0x4E554D  # "NUM"


def next_case_number(day: date) -> str:
    """The next number of the year, as `SUB-2026-000123`. Two at once get two numbers: the lock lasts until commit."""
    prefix = f"SUB-{day.year}-"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBER_LOCK, day.year])
    last = Application.objects.filter(case_number__startswith=prefix).aggregate(last=Max("case_number"))["last"]
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:06d}"
