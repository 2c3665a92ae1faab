"""May this step of a sample check happen on this day? Pure: facts and a day in, a refusal or None out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from grants.applications.lifecycle.guards import Refusal
from grants.law.formats import long_date

OUTCOMES = ("ok", "remark", "lower", "withdraw")
ANSWERS = ("yes", "no", "not_applicable")


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """What a guard of a sample check may look at."""

    case_is_closed: bool = False
    actor_id: int | None = None
    involved_ids: frozenset[int] = frozenset()  # the case handler, and who took the decision that is checked
    answers: tuple[str, ...] = ()
    no_notes: tuple[str, ...] = ()  # the points that are not in order and have no note
    outcome: str = ""
    note: str = ""
    asked_on: date | None = None
    last_day: date | None = None
    received_on: date | None = None
    reason: str = ""


def case_is_open(facts: SampleFacts, day: date) -> Refusal | None:
    if facts.case_is_closed:
        return Refusal("De zaak is afgesloten. Vraag de informatiebeheerder om de zaak eerst te heropenen.", "archiefregels")
    return None


def checker_is_another(facts: SampleFacts, day: date) -> Refusal | None:
    """Nobody checks the own work: not who handled the case, nor who signed (four eyes)."""
    if facts.actor_id is None or facts.actor_id in facts.involved_ids:
        return Refusal("U hebt zelf aan deze zaak gewerkt. Laat een collega de steekproef doen.", "vierogenprincipe")
    return None


def evidence_has_a_day(facts: SampleFacts, day: date) -> Refusal | None:
    received = facts.received_on
    if received is None or received > day or (facts.asked_on is not None and received < facts.asked_on):
        return Refusal("Vul de dag in waarop het bewijs binnenkwam. Die ligt na onze vraag en niet in de toekomst.", "artikel 4:37 Awb")
    return None


def every_point_answered(facts: SampleFacts, day: date) -> Refusal | None:
    if not facts.answers or any(answer not in ANSWERS for answer in facts.answers):
        return Refusal("Niet elk punt van de controle is beantwoord. Kies bij elk punt ja, nee of niet van toepassing.", "artikel 3:2 Awb")
    if facts.no_notes:
        return Refusal(f"Schrijf op wat er niet in orde is bij: {'; '.join(facts.no_notes)}.", "artikel 3:2 Awb")
    return None


def outcome_is_told(facts: SampleFacts, day: date) -> Refusal | None:
    """The outcome fits the answers, and is explained when it is not simply in order."""
    if facts.outcome not in OUTCOMES:
        return Refusal("Kies de uitkomst van de controle.", "artikel 3:2 Awb")
    if facts.outcome == "ok" and "no" in facts.answers:
        return Refusal("Een punt is niet in orde. Kies een uitkomst met een opmerking, of laat de subsidie wijzigen.", "artikel 3:2 Awb")
    if facts.outcome != "ok" and not facts.note.strip():
        return Refusal("Schrijf op waarom dit de uitkomst is.", "artikel 3:2 Awb")
    return None


def evidence_or_term_over(facts: SampleFacts, day: date) -> Refusal | None:
    """Who was asked for proof has until the last day to send it."""
    if facts.asked_on is not None and facts.received_on is None and facts.last_day is not None and day <= facts.last_day:
        return Refusal(
            f"De ontvanger heeft tot en met {long_date(facts.last_day)} de tijd om bewijs te sturen. Wacht daarop, of leg vast dat het bewijs er is.", "artikel 4:37 Awb"
        )
    return None


def reason_given(facts: SampleFacts, day: date) -> Refusal | None:
    return None if facts.reason.strip() else Refusal("Schrijf op waarom er geen ander besluit komt.", "artikel 3:46 Awb")
