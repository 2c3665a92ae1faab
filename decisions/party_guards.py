"""May this act on what changes about an applicant, or around a case, happen on this day? Pure: facts and a day in, a refusal or None out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from grants.applications.lifecycle.guards import Refusal


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What a guard of these records may look at."""

    reason: str = ""
    actor_id: int | None = None
    first_person_id: int | None = None  # who entered, proposed or began it


def reason_given(facts: PartyFacts, day: date) -> Refusal | None:
    return None if facts.reason.strip() else Refusal("Schrijf op waarom u dit doet.", "artikel 3:46 Awb: elk besluit heeft een reden")
