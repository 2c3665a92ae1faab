"""May this request of an applicant be made or answered on this day? Pure: facts and a day in, a refusal or None out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from grants.applications.lifecycle.guards import Refusal
from grants.law.formats import long_date


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What a guard of a request may look at. `is_about_time`: more time for a view, else an advance."""

    reason: str = ""
    refusal: str = ""  # why it cannot be asked now
    is_about_time: bool = False
    present_last_day: date | None = None
    new_last_day: date | None = None
    decided_on: date | None = None  # when an advance was granted by a decision


def reason_given(facts: RequestFacts, day: date) -> Refusal | None:
    return None if facts.reason.strip() else Refusal("Schrijf op waarom.", "artikel 3:46 Awb: elk besluit heeft een reden")


def request_is_possible(facts: RequestFacts, day: date) -> Refusal | None:
    return Refusal(facts.refusal) if facts.refusal else None


def new_day_is_later(facts: RequestFacts, day: date) -> Refusal | None:
    """More time is more: the new last day lies after the present one, and not in the past."""
    if not facts.is_about_time:
        return None
    if facts.new_last_day is None:
        return Refusal("Vul de nieuwe laatste dag in.")
    least = max(day, facts.present_last_day or day)
    if facts.new_last_day <= least:
        return Refusal(f"De nieuwe laatste dag ligt niet na {long_date(least)}. Kies een latere dag.")
    return None


def advance_was_decided(facts: RequestFacts, day: date) -> Refusal | None:
    """No advance without a decision (Awb 4:95): sending that decision closes the request."""
    if facts.is_about_time or facts.decided_on is not None:
        return None
    return Refusal("Een voorschot geeft u met een besluit. Stel dat op; het verzoek is klaar zodra het besluit is verzonden.", "artikel 4:95 Awb")
