"""When we remind an applicant by e-mail, in whole days. The one place to change; a reminder gives no right and moves no term.

Each list says how many days before the last day we remind. On a day that fits more than one, only the most urgent goes; what was
missed because nothing ran is not sent afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

DRAFT_IDLE = 7
"""An application that was begun and not sent in: after so many days in which nobody touched it."""
DRAFT_CLOSING = (7, 1)
"""An application that was begun and not sent in: before the last day on which the scheme is open."""
COMPLETION = (7, 2)
"""Something is missing in the application or in the account (Awb 4:5): before the last day to complete it."""
REPORT = (28, 7)
"""The account of the activity: before the last day to send it in (Awb 4:44)."""
REPORT_LATE = 14
"""The account did not come: once, within so many days after that last day. Later it is for a person (T26)."""
NOT_BEFORE = 3
"""A term that began fewer days ago is still known: nobody is reminded of a letter of yesterday."""


def reached(last_day: date, day: date, before: Iterable[int]) -> int | None:
    """Which of these days before `last_day` was reached on `day`: the smallest that still holds. None: not yet, or past."""
    left = (last_day - day).days
    return min((days for days in before if left <= days), default=None) if left >= 0 else None


def is_just_late(last_day: date, day: date, within: int) -> bool:
    """Is `last_day` past, and no longer than so many days?"""
    return 0 < (day - last_day).days <= within
