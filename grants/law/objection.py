"""Is an objection in time (Awb 6:7 to 6:11)?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from grants.law.days import PUT_ON_A_PAR
from grants.law.errors import LawError
from grants.law.formats import long_date
from grants.law.terms import atw_last_day, compute

TimelinessKind = Literal["in_time", "late", "early"]


@dataclass(frozen=True, slots=True)
class Timeliness:
    """`last_day` is the last day of the objection term; `reason` a Dutch sentence."""

    kind: TimelinessKind
    last_day: date
    reason: str
    article: str

    @property
    def in_time(self) -> bool:
        """True only when the dates alone settle it; an early objection is judged by a person (6:10)."""
        return self.kind == "in_time"


def objection_timeliness(
    *,
    made_known_on: date,
    received_on: date,
    posted_on: date | None = None,
    overrides: Collection[date] = PUT_ON_A_PAR,
) -> Timeliness:
    """In time when received on or before the last day of the six weeks (Awb 6:9(1)).

    Also when posted on or before that day and received at most a week later (6:9(2)); that week too ends on a
    working day. `posted_on` None: not sent by post, or the day is unknown. Late is not yet inadmissible:
    first ask why (6:11). Raises LawError when it was posted after it was received.
    """
    if posted_on is not None and posted_on > received_on:
        raise LawError("Het bezwaar kan niet later zijn gepost dan het is ontvangen.")
    last_day = compute("OBJECTION_6W", made_known_on, overrides=overrides).last_day
    until = long_date(last_day)
    if received_on < made_known_on:
        reason = "Het bezwaar kwam voordat het besluit was bekendgemaakt. Beoordeel of het toch meetelt."
        return Timeliness("early", last_day, reason, "artikel 6:10 Awb")
    if received_on <= last_day:
        reason = f"Het bezwaar is ontvangen binnen de termijn, die liep tot en met {until}."
        return Timeliness("in_time", last_day, reason, "artikel 6:9, eerste lid, Awb")
    week_later = atw_last_day(last_day, last_day + timedelta(weeks=1), overrides)
    if posted_on is not None and posted_on <= last_day and received_on <= week_later:
        reason = f"Het bezwaar is gepost binnen de termijn, die liep tot en met {until}, en binnen een week daarna ontvangen."
        return Timeliness("in_time", last_day, reason, "artikel 6:9, tweede lid, Awb")
    reason = (
        f"De termijn voor bezwaar liep tot en met {until}. Het bezwaar is later ontvangen. "
        "Vraag eerst waarom het later is: een goede reden kan het verontschuldigen."
    )
    return Timeliness("late", last_day, reason, "artikel 6:11 Awb")
