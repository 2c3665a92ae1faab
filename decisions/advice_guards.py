"""May this act on a request for advice happen on this day? Pure: facts and a day in, a refusal or None out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from grants.applications.lifecycle.guards import Refusal
from grants.law.formats import long_date


@dataclass(frozen=True, slots=True)
class AdviceFacts:
    """What a guard of a request for advice may look at."""

    question: str = ""
    is_statutory: bool = False
    is_outside: bool = False
    adviser_id: int | None = None
    actor_id: int | None = None
    expert_name: str = ""
    organisation: str = ""
    basis: str = ""
    interest_refusal: str | None = None  # why the adviser keeps away from the case (Awb 2:4)
    asked_on: date | None = None
    due_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    reason: str = ""


def question_given(facts: AdviceFacts, day: date) -> Refusal | None:
    return None if facts.question.strip() else Refusal("Schrijf op wat u wilt weten van de adviseur.")


def adviser_is_known(facts: AdviceFacts, day: date) -> Refusal | None:
    """A colleague is chosen; somebody outside has a name and an organisation, and a statutory adviser a basis (Awb 3:5)."""
    if not facts.is_outside:
        return None if facts.adviser_id is not None else Refusal("Kies de collega aan wie u advies vraagt.")
    if not facts.expert_name.strip() or not facts.organisation.strip():
        return Refusal("Vul de naam en de organisatie van de adviseur in.")
    if facts.is_statutory and not facts.basis.strip():
        return Refusal("Noem het wettelijk voorschrift waarin staat dat deze adviseur advies geeft.", "artikel 3:50 Awb")
    return None


def adviser_is_another(facts: AdviceFacts, day: date) -> Refusal | None:
    if facts.adviser_id is not None and facts.adviser_id == facts.actor_id:
        return Refusal("U kunt uzelf geen advies vragen. Kies een collega.")
    if facts.interest_refusal is not None:
        return Refusal("Deze collega heeft misschien een persoonlijk belang bij de zaak. Vraag een ander om advies.", "artikel 2:4 Awb")
    return None


def adviser_has_no_interest(facts: AdviceFacts, day: date) -> Refusal | None:
    return Refusal(facts.interest_refusal, "artikel 2:4 Awb") if facts.interest_refusal is not None else None


def due_day_is_ahead(facts: AdviceFacts, day: date) -> Refusal | None:
    if facts.due_on is None or facts.due_on < day:
        return Refusal("Noem de dag waarop het antwoord er moet zijn. Die dag ligt niet in het verleden.")
    return None


def answer_given(facts: AdviceFacts, day: date) -> Refusal | None:
    return None if facts.answer.strip() else Refusal("Het advies is leeg. Schrijf het advies op.")


def answer_day_is_possible(facts: AdviceFacts, day: date) -> Refusal | None:
    """Given between the question and today."""
    given, asked = facts.answered_on, facts.asked_on
    if given is None or given > day or (asked is not None and given < asked):
        since = f" Het is gevraagd op {long_date(asked)}." if asked else ""
        return Refusal(f"De dag van het advies kan niet in de toekomst liggen, en niet voor de vraag.{since}")
    return None


def reason_given(facts: AdviceFacts, day: date) -> Refusal | None:
    return None if facts.reason.strip() else Refusal("Schrijf op waarom het advies niet meer nodig is.")
