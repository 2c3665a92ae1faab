"""May this de-minimis aid be declared, or a report of it be taken back? Pure: facts and a day in, a refusal or None out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from grants.applications.lifecycle.guards import Refusal


@dataclass(frozen=True, slots=True)
class AidFacts:
    """What a guard of an entry of de-minimis aid may look at."""

    reason: str = ""
    granted_on: date | None = None


def reason_is_given(facts: AidFacts, day: date) -> Refusal | None:
    return None if facts.reason.strip() else Refusal("Schrijf op waarom u dit doet.")


def declared_in_the_past(facts: AidFacts, day: date) -> Refusal | None:
    if facts.granted_on is None or facts.granted_on > day:
        return Refusal("Vul de dag in waarop de steun is verleend. Die ligt niet in de toekomst.")
    return None
