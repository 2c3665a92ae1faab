"""May this act on an objection happen on this day? Each guard is pure: facts and a day in, a refusal or None out."""

from __future__ import annotations

from datetime import date

from decisions.objection_facts import ObjectionFacts
from grants.applications.lifecycle.guards import Refusal
from grants.law.formats import long_date

ADJOURN_WEEKS = 6
"""Most weeks of one adjournment (Awb 7:10(3))."""

WAIVERS = {
    "7:3(a)": "het bezwaar is duidelijk niet-ontvankelijk",
    "7:3(b)": "het bezwaar is duidelijk ongegrond",
    "7:3(c)": "de bezwaarmaker wil niet worden gehoord",
    "7:3(d)": "de bezwaarmaker liet niet op tijd weten of hij gehoord wil worden",
    "7:3(e)": "de bezwaarmaker krijgt helemaal gelijk, en niemand anders heeft daar nadeel van",
}
"""When nobody needs to be heard (Awb 7:3), in plain words."""


def can_be_contested(facts: ObjectionFacts, day: date) -> Refusal | None:
    return Refusal(facts.contest_refusal, "artikel 6:4 en 7:1 Awb") if facts.contest_refusal else None


def dates_are_possible(facts: ObjectionFacts, day: date) -> Refusal | None:
    """Posted before it was received, received before today, and not before the application itself."""
    received, first = facts.received_on, facts.application_received_on
    if received is None or received > day or (first is not None and received < first):
        return Refusal("Vul de dag in waarop het bezwaar binnenkwam. Die ligt na de aanvraag en niet in de toekomst.", "artikel 6:9 Awb")
    if facts.posted_on is not None and facts.posted_on > received:
        return Refusal("Het bezwaar kan niet later zijn gepost dan het is ontvangen. Kijk de twee dagen na.", "artikel 6:9, tweede lid, Awb")
    return None


def items_and_term(facts: ObjectionFacts, day: date) -> Refusal | None:
    if not facts.missing_items:
        return Refusal("Noem ten minste een ding dat ontbreekt.", "artikel 6:6 Awb")
    if facts.term_last_day is None or facts.term_last_day <= day:
        return Refusal("Geef een termijn die na vandaag eindigt.", "artikel 6:6 Awb")
    return None


def repair_term_is_over(facts: ObjectionFacts, day: date) -> Refusal | None:
    if facts.term_last_day is None or day <= facts.term_last_day:
        until = f" tot en met {long_date(facts.term_last_day)}" if facts.term_last_day else ""
        return Refusal(f"De bezwaarmaker heeft nog tijd{until}.", "artikel 6:6 en 7:10, tweede lid, Awb")
    return None


def text_given(facts: ObjectionFacts, day: date) -> Refusal | None:
    return None if facts.reason.strip() else Refusal("Schrijf op wat u wilt aanvullen.", "artikel 6:6 Awb")


def hearing_has_a_moment(facts: ObjectionFacts, day: date) -> Refusal | None:
    """A day and place, so far ahead that papers can still come in until ten days before (Awb 7:4(1))."""
    if facts.hearing_on is None or facts.hearing_on <= day or not facts.hearing_place.strip():
        return Refusal("Noem de dag, de tijd en de plaats van de hoorzitting. De dag ligt na vandaag.", "artikel 7:2 Awb")
    if facts.documents_last_day is None or facts.documents_last_day < day:
        return Refusal(
            "Deze dag is te dichtbij. De bezwaarmaker mag tot tien dagen voor de hoorzitting stukken insturen. Kies een latere dag.",
            "artikel 7:4, eerste lid, Awb",
        )
    return None


def hearing_officer_was_not_involved(facts: ObjectionFacts, day: date) -> Refusal | None:
    """Who hears had no part in the contested decision: by person, not by role (Awb 7:5)."""
    if facts.hearing_officer_id is None:
        return Refusal("Kies wie de bezwaarmaker hoort.", "artikel 7:5 Awb")
    if facts.hearing_officer_id in facts.involved_ids:
        return Refusal("Wie aan het eerste besluit meewerkte, hoort de bezwaarmaker niet. Kies een ander.", "artikel 7:5, eerste lid, Awb")
    return None


def waiver_has_a_ground(facts: ObjectionFacts, day: date) -> Refusal | None:
    if facts.waived_ground not in WAIVERS:
        return Refusal("Kies de grond waarop u niet hoort. Zonder grond hoort u de bezwaarmaker.", "artikel 7:2 en 7:3 Awb")
    return None


def held_by_its_officer(facts: ObjectionFacts, day: date) -> Refusal | None:
    if facts.actor_id is None or facts.actor_id != facts.hearing_officer_id:
        return Refusal("Alleen wie de hoorzitting hield, legt het verslag vast.", "artikel 7:5 en 7:7 Awb")
    return None


def hearing_was_held(facts: ObjectionFacts, day: date) -> Refusal | None:
    if facts.hearing_on is None or day < facts.hearing_on:
        return Refusal("De hoorzitting is nog niet geweest.", "artikel 7:7 Awb")
    if not facts.report.strip():
        return Refusal("Schrijf het verslag van de hoorzitting.", "artikel 7:7 Awb")
    return None


def committee_advises(facts: ObjectionFacts, day: date) -> Refusal | None:
    """Advice comes from a committee, in writing, after the hearing or its lawful waiver (Awb 7:13)."""
    if not facts.has_committee:
        return Refusal("Over dit bezwaar adviseert geen commissie.", "artikel 7:13 Awb")
    if not facts.heard_or_waived:
        return Refusal("De bezwaarmaker is nog niet gehoord, en er is niet vastgelegd waarom dat niet hoeft.", "artikel 7:2 en 7:13 Awb")
    if not facts.advice.strip():
        return Refusal("Schrijf het advies van de commissie op.", "artikel 7:13, zesde lid, Awb")
    return None


def has_no_committee_yet(facts: ObjectionFacts, day: date) -> Refusal | None:
    return Refusal("De bezwaarmaker weet al dat een commissie adviseert.", "artikel 7:13, tweede lid, Awb") if facts.has_committee else None


def costs_not_asked_yet(facts: ObjectionFacts, day: date) -> Refusal | None:
    if facts.costs_asked_on is not None:
        return Refusal(f"Om vergoeding van kosten is al gevraagd op {long_date(facts.costs_asked_on)}.", "artikel 7:15, derde lid, Awb")
    return None


def term_still_runs(facts: ObjectionFacts, day: date) -> Refusal | None:
    """More time is only possible before the present term ended (Awb 7:10(3), (4))."""
    if facts.decide_by is None or day > facts.decide_by:
        until = f" op {long_date(facts.decide_by)}" if facts.decide_by else ""
        return Refusal(f"De termijn eindigde{until}. Uitstel kan dan niet meer. Beslis zo snel mogelijk.", "artikel 7:10, derde en vierde lid, Awb")
    return None


def adjourned_once(facts: ObjectionFacts, day: date) -> Refusal | None:
    """Once, for at most six weeks (Awb 7:10(3))."""
    if facts.already_adjourned:
        return Refusal("U hebt de beslissing al een keer uitgesteld. Nog een keer kan alleen als de bezwaarmaker dat goed vindt.", "artikel 7:10, derde lid, Awb")
    if facts.weeks is None or not 1 <= facts.weeks <= ADJOURN_WEEKS:
        return Refusal("Uitstellen kan met ten hoogste zes weken.", "artikel 7:10, derde lid, Awb")
    return None


def consent_is_given(facts: ObjectionFacts, day: date) -> Refusal | None:
    if not facts.consent:
        return Refusal("Verder uitstel kan alleen als de bezwaarmaker dat goed vindt.", "artikel 7:10, vierde lid, Awb")
    if facts.until is None or facts.decide_by is None or facts.until <= facts.decide_by:
        return Refusal("Noem de afgesproken dag. Die ligt na de termijn die nu geldt.", "artikel 7:10, vierde lid, Awb")
    return None


def withdrawn_as_the_law_asks(facts: ObjectionFacts, day: date) -> Refusal | None:
    """In writing, or aloud at the hearing (Awb 6:21)."""
    if facts.withdrawn_how in ("portal", "written"):
        return None
    if facts.withdrawn_how == "hearing" and facts.hearing_on is not None and facts.hearing_on <= day:
        return None
    return Refusal("Intrekken kan met een brief, op de persoonlijke pagina, of op de hoorzitting zelf.", "artikel 6:21 Awb")


def court_is_named(facts: ObjectionFacts, day: date) -> Refusal | None:
    """An appeal has the court's own number, and came after our decision."""
    if not facts.court_reference.strip():
        return Refusal("Vul het kenmerk van de rechtbank in.", "artikel 8:1 Awb")
    if facts.notice_on is None or facts.notice_on > day or (facts.decided_on is not None and facts.notice_on < facts.decided_on):
        return Refusal("Vul de dag van het bericht in. Die ligt na de beslissing op bezwaar en niet in de toekomst.", "artikel 8:1 Awb")
    return None


def judgment_is_told(facts: ObjectionFacts, day: date) -> Refusal | None:
    if not facts.outcome_text.strip() or facts.notice_on is None or facts.notice_on > day or (facts.decided_on is not None and facts.notice_on < facts.decided_on):
        return Refusal("Vul in wat de rechter besliste en op welke dag. Die ligt na het beroep en niet in de toekomst.", "artikel 8:66 Awb")
    return None
