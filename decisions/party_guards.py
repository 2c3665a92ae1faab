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
    not_before: date | None = None
    happened_on: date | None = None
    transfer_refusal: str = ""
    consented: bool = False


def reason_given(facts: PartyFacts, day: date) -> Refusal | None:
    return None if facts.reason.strip() else Refusal("Schrijf op waarom u dit doet.", "artikel 3:46 Awb: elk besluit heeft een reden")


def day_is_possible(facts: PartyFacts, day: date) -> Refusal | None:
    """What is found is found after the letter went out, and not later than today."""
    if facts.happened_on is None or facts.happened_on > day:
        return Refusal("De dag ligt in de toekomst. Kies de dag waarop dit bleek.")
    if facts.not_before is not None and facts.happened_on < facts.not_before:
        return Refusal("De dag ligt voor de dag van verzending. Kijk de datum na.")
    return None


def another_person(facts: PartyFacts, day: date) -> Refusal | None:
    if facts.actor_id is None or facts.actor_id == facts.first_person_id:
        return Refusal("Wie dit voorstelt, voert het niet uit. Laat een collega dat doen.", "vierogenprincipe")
    return None


def transfer_is_possible(facts: PartyFacts, day: date) -> Refusal | None:
    return Refusal(facts.transfer_refusal) if facts.transfer_refusal else None


def consent_is_given(facts: PartyFacts, day: date) -> Refusal | None:
    """A granted subsidy passes by agreement only after a decision of Gedeputeerde Staten."""
    if facts.consented:
        return None
    return Refusal("De subsidie is verleend. Zij gaat door een overeenkomst pas over na een besluit met toestemming. Stel dat besluit op.", "ASV")
