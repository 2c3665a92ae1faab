"""The one clock. A legal day is a calendar date in Europe/Amsterdam; a moment is an aware datetime, stored in UTC."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def legal_day(moment: datetime) -> date:
    """The calendar day in the Netherlands on which `moment` falls (Awb 2:20: the local date decides)."""
    return moment.astimezone(AMSTERDAM).date()


def today() -> date:
    """The legal day of now."""
    return legal_day(now())


def start_of(day: date) -> datetime:
    """The first moment of a legal day, aware."""
    return datetime.combine(day, time.min, tzinfo=AMSTERDAM)


def moment_on(day: date) -> datetime:
    """The moment of something that came in on `day`: now for today; the last instant of an earlier day, after all else of that day."""
    return now() if day == today() else start_of(day + timedelta(days=1)) - timedelta(microseconds=1)
