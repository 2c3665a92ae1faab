"""May this payment, or this step of a claim, happen on this day? Pure: facts and a day in, a refusal or None out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from grants.applications.lifecycle.guards import Refusal
from grants.law.formats import long_date


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """What a guard of a payment or a claim may look at."""

    iban_problem: str = ""
    iban_differs: bool = False
    stop: str = ""
    checked_by: int | None = None
    actor_id: int | None = None
    due_on: date | None = None
    lapses_on: date | None = None
    reason: str = ""
    name_problem: str = ""
    waiting_file: str = ""


def reason_given(facts: MoneyFacts, day: date) -> Refusal | None:
    return None if facts.reason.strip() else Refusal("Schrijf op waarom u dit doet.", "artikel 3:46 Awb")


def iban_is_right(facts: MoneyFacts, day: date) -> Refusal | None:
    return Refusal(facts.iban_problem, "artikel 4:89 Awb") if facts.iban_problem else None


def iban_unchanged(facts: MoneyFacts, day: date) -> Refusal | None:
    """What is approved is what was checked."""
    if facts.iban_differs:
        return Refusal("Het rekeningnummer is veranderd na de controle. Stop deze betaling of laat haar opnieuw controleren.", "vierogenprincipe")
    return None


def payment_not_stopped(facts: MoneyFacts, day: date) -> Refusal | None:
    return Refusal(facts.stop) if facts.stop else None


def name_fits(facts: MoneyFacts, day: date) -> Refusal | None:
    """The bank knows the account under this name, or a person confirmed why another name is right."""
    return Refusal(facts.name_problem, "controle van naam en rekening") if facts.name_problem else None


def name_differs(facts: MoneyFacts, day: date) -> Refusal | None:
    if not facts.name_problem:
        return Refusal("Er is geen afwijkende naam om te bevestigen. U kunt de betaling controleren.")
    return None


def not_in_a_waiting_file(facts: MoneyFacts, day: date) -> Refusal | None:
    if facts.waiting_file:
        return Refusal(f"Deze betaling staat in betaalbestand {facts.waiting_file}. Laat dat bestand vrijgeven, of trek het in.", "vierogenprincipe")
    return None


def approver_is_another(facts: MoneyFacts, day: date) -> Refusal | None:
    if facts.checked_by is None or facts.checked_by == facts.actor_id:
        return Refusal("Wie de betaling controleert, keurt haar niet goed. Laat een collega dat doen.", "vierogenprincipe")
    return None


def claim_term_is_over(facts: MoneyFacts, day: date) -> Refusal | None:
    if facts.due_on is None or day <= facts.due_on:
        until = f" tot en met {long_date(facts.due_on)}" if facts.due_on else ""
        return Refusal(f"De ontvanger heeft{until} de tijd om te betalen.", "artikel 4:87 Awb")
    return None


def claim_not_lapsed(facts: MoneyFacts, day: date) -> Refusal | None:
    """A claim lapses five years after the term for paying it (Awb 4:104)."""
    if facts.lapses_on is not None and day > facts.lapses_on:
        return Refusal(f"De vordering is verjaard na {long_date(facts.lapses_on)}.", "artikel 4:104 Awb")
    return None
