"""May this act happen on this day? Each guard is pure: facts and a day in, a refusal or None out.

A refusal says what the matter is, why, and what can be done, with the article in plain words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.applications.lifecycle.facts import Facts
from grants.law.formats import euro, long_date


@dataclass(frozen=True, slots=True)
class Refusal:
    reason: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.reason} ({self.article})" if self.article else self.reason


Guard = Callable[[Any, date], Refusal | None]
"""Facts and a day in. The acts of a case look at `Facts`; a record beside the spine has facts of its own."""


def has_minimum(facts: Facts, day: date) -> Refusal | None:
    """Name, address, date and what is asked: the least an application needs (Awb 4:2)."""
    if facts.has_minimum:
        return None
    return Refusal("Vul in elk geval uw naam, uw adres en wat u vraagt in. Dan kunt u de aanvraag insturen.", "artikel 4:2 Awb")


def reason_given(facts: Facts, day: date) -> Refusal | None:
    return None if facts.reason.strip() else Refusal("Schrijf op waarom u dit doet.", "artikel 3:46 Awb")


def items_listed(facts: Facts, day: date) -> Refusal | None:
    """A request to complete says what is missing and until when (Awb 4:5(1))."""
    if not facts.missing_items:
        return Refusal("Noem ten minste een ding dat ontbreekt.", "artikel 4:5, eerste lid, Awb")
    if facts.term_last_day is None or facts.term_last_day <= day:
        return Refusal("Geef een termijn die na vandaag eindigt.", "artikel 4:5, eerste lid, Awb")
    return None


def decision_term_runs(facts: Facts, day: date) -> Refusal | None:
    if facts.decision_due_on is not None and day > facts.decision_due_on:
        return Refusal(
            f"De beslistermijn liep tot en met {long_date(facts.decision_due_on)}. Daarna kan aanvulling niet meer gevraagd "
            "worden. Neem een besluit over de inhoud.",
            "artikel 4:15, eerste lid, Awb",
        )
    return None


def term_has_ended(facts: Facts, day: date) -> Refusal | None:
    """A term that we set must have passed: its last day still belongs to the applicant."""
    if facts.term_last_day is None or day <= facts.term_last_day:
        until = f" tot en met {long_date(facts.term_last_day)}" if facts.term_last_day else ""
        return Refusal(f"De termijn loopt nog{until}. Wacht tot die voorbij is.", "artikel 4:15 Awb")
    return None


def recovery_was_offered(facts: Facts, day: date) -> Refusal | None:
    if facts.recovery_offered or facts.wrong_channel_notice:
        return None
    return Refusal(
        "De aanvrager heeft nog geen kans gehad om de aanvraag aan te vullen. Vraag eerst om aanvulling.", "artikel 4:5, eerste lid, Awb"
    )


def not_handled_in_time(facts: Facts, day: date) -> Refusal | None:
    last = facts.not_handled_last_day
    if facts.wrong_channel_notice and last is None:
        return None
    if last is None or day > last:
        until = f" Dat kon tot en met {long_date(last)}." if last else ""
        return Refusal(
            f"Buiten behandeling stellen kan niet meer.{until} Neem een besluit over de inhoud.", "artikel 4:5, vierde lid, Awb"
        )
    return None


def missing_is_said(facts: Facts, day: date) -> Refusal | None:
    """Of what was asked something is still missing, and the decision says what (Awb 4:5(1), 3:46)."""
    if facts.wrong_channel_notice or not facts.recovery_offered or facts.still_missing:
        return None
    return Refusal(
        "Kruis aan wat er nog ontbreekt van wat u hebt gevraagd. Is alles binnen? Dan moet de aanvraag worden behandeld.", "artikel 4:5, eerste lid, Awb"
    )


def is_complete(facts: Facts, day: date) -> Refusal | None:
    return None if facts.complete_on else Refusal("De aanvraag is nog niet als compleet gemarkeerd.", "artikel 4:2 Awb")


def assessment_is_whole(facts: Facts, day: date) -> Refusal | None:
    if not facts.assessment_complete:
        return Refusal("Het beoordelingsformulier is nog niet af. Vul de ontbrekende onderdelen in.", "artikel 3:2 Awb")
    if facts.conflict_declared is None:
        return Refusal("Verklaar eerst of u een persoonlijk belang hebt bij deze zaak.", "artikel 2:4 Awb")
    if facts.conflict_declared:
        return Refusal("U hebt een persoonlijk belang bij deze zaak. Draag de zaak over aan een collega.", "artikel 2:4 Awb")
    return None


def reviewer_is_another(facts: Facts, day: date) -> Refusal | None:
    if facts.reviewer_id is None or facts.reviewer_id == facts.handler_id:
        return Refusal("De toetser moet een ander zijn dan de behandelaar.", "vierogenprincipe")
    return None


def no_interest(facts: Facts, day: date) -> Refusal | None:
    """Who has a personal interest in the case does not act in it."""
    return Refusal(facts.interest_refusal, "artikel 2:4 Awb") if facts.interest_refusal else None


def mandate_and_four_eyes(facts: Facts, day: date) -> Refusal | None:
    """The signer holds a mandate for this kind, amount, scheme and day, and is not the one who prepared it."""
    if facts.four_eyes_refusal:
        return Refusal(facts.four_eyes_refusal, "vierogenprincipe")
    if facts.mandate_refusal:
        return Refusal(facts.mandate_refusal, "artikel 10:1 en verder Awb")
    return no_interest(facts, day)


def elements_present(facts: Facts, day: date) -> Refusal | None:
    if facts.missing_elements:
        return Refusal(f"In de brief ontbreekt: {', '.join(facts.missing_elements)}.", "artikel 3:45 tot en met 3:47 Awb")
    return None


def channel_allowed(facts: Facts, day: date) -> Refusal | None:
    return Refusal(facts.channel_refusal, "artikel 2:8 Awb") if facts.channel_refusal else None


def applied_before_the_end(facts: Facts, day: date) -> Refusal | None:
    if facts.received_on and facts.activity_end and facts.activity_end < facts.received_on:
        return Refusal(
            f"De activiteit was op {long_date(facts.activity_end)} al voorbij toen de aanvraag binnenkwam. Dan kan er geen verlening meer komen.",
            "artikel 4:29 Awb",
        )
    return None


def amount_is_right(facts: Facts, day: date) -> Refusal | None:
    amount = facts.amount
    if amount is None or amount <= 0:
        return Refusal("Vul een bedrag in dat hoger is dan nul.", "artikel 4:31 Awb")
    if amount != amount.quantize(amount.__class__("0.01")):
        return Refusal("Het bedrag mag niet meer dan twee cijfers achter de komma hebben.", "artikel 4:31 Awb")
    return None


def ceiling_has_room(facts: Facts, day: date) -> Refusal | None:
    """Refuse for as far as granting would exceed the ceiling (Awb 4:25(2)), and after better-ranked cases."""
    if facts.amount is not None and facts.room is not None and facts.amount > facts.room:
        return Refusal(
            f"Het subsidieplafond laat nog {euro(facts.room)} toe. {euro(facts.amount)} is te veel. "
            "Verleen een lager bedrag of wijs (deels) af.",
            "artikel 4:25, tweede lid, Awb",
        )
    if facts.ranking_refusal:
        return Refusal(facts.ranking_refusal, "artikel 4:26 Awb")
    return None


def path_is_grant(facts: Facts, day: date) -> Refusal | None:
    if facts.path == "direct":
        return Refusal("Bij dit bedrag hoort directe vaststelling, geen verlening.", "artikel 4:43 Awb")
    return None


def path_is_direct(facts: Facts, day: date) -> Refusal | None:
    if facts.path != "direct":
        return Refusal("Bij dit bedrag kan de subsidie niet direct worden vastgesteld. Neem een verleningsbesluit.", "artikel 4:43 Awb")
    return None


def view_heard(facts: Facts, day: date) -> Refusal | None:
    if not facts.view_checked:
        return Refusal("Leg vast of een zienswijze nodig is, en zo nee waarom niet.", "artikel 4:7 en 4:8 Awb")
    return Refusal(facts.view_refusal, "artikel 4:7 tot en met 4:12 Awb") if facts.view_refusal else None


def view_heard_if_adverse(facts: Facts, day: date) -> Refusal | None:
    return view_heard(facts, day) if facts.adverse else None


def view_heard_if_less(facts: Facts, day: date) -> Refusal | None:
    """The refused part of a partial grant, or a lower settlement ex officio."""
    base = facts.granted if facts.granted is not None else facts.requested
    if base is not None and facts.amount is not None and facts.amount < base:
        return view_heard(facts, day)
    return None


def ground_named(facts: Facts, day: date) -> Refusal | None:
    return None if facts.ground else Refusal("Kies de grond waarop het besluit rust.", "artikel 3:46 Awb")


def ground_if_adverse(facts: Facts, day: date) -> Refusal | None:
    return ground_named(facts, day) if facts.adverse else None


def motivated(facts: Facts, day: date) -> Refusal | None:
    return None if facts.motivation.strip() else Refusal("Schrijf op waarom wij zo besluiten.", "artikel 3:46 Awb")


def weighed(facts: Facts, day: date) -> Refusal | None:
    if facts.proportionality.strip():
        return None
    return Refusal("Schrijf op waarom het gevolg niet te zwaar is voor de aanvrager.", "artikel 3:4, tweede lid, Awb")


def partly_is_less(facts: Facts, day: date) -> Refusal | None:
    if facts.amount is not None and facts.requested is not None and facts.amount >= facts.requested:
        return Refusal("Gedeeltelijk verlenen is minder dan gevraagd. Kies anders voor volledig verlenen.", "artikel 4:29 Awb")
    return None


def not_more_than_requested(facts: Facts, day: date) -> Refusal | None:
    if facts.amount is not None and facts.requested is not None and facts.amount > facts.requested:
        return Refusal(f"Het bedrag is hoger dan gevraagd ({euro(facts.requested)}).", "artikel 4:31 Awb")
    return None


def not_more_than_granted(facts: Facts, day: date) -> Refusal | None:
    if facts.amount is None or facts.granted is None:
        return Refusal("Het bedrag van de verlening of de vaststelling ontbreekt.", "artikel 4:46 Awb")
    if facts.amount > facts.granted:
        return Refusal(f"Vaststellen kan niet op meer dan verleend is ({euro(facts.granted)}).", "artikel 4:46 Awb")
    return None


def settled_as_granted(facts: Facts, day: date) -> Refusal | None:
    """In accordance with the grant: the amount that its method of settlement comes to (Awb 4:46(1))."""
    if facts.method_problem:
        return Refusal(facts.method_problem, "artikel 4:45 Awb")
    if facts.method_result is not None and facts.amount != facts.method_result:
        if facts.deviation.strip() and facts.amount is not None and facts.method_result < facts.amount and facts.amount <= (facts.granted or facts.amount):
            return None  # above the calculation, with the reason that `amount_guards` asks
        return not_more_than_granted(facts, day) or Refusal(
            f"Volgens de wijze van vaststelling komt de subsidie uit op {euro(facts.method_result)}. Vul dat bedrag in, of kies voor lager "
            "vaststellen met een grond.",
            "artikel 4:46, eerste lid, Awb",
        )
    if facts.method_result is None and facts.amount != facts.granted:
        return not_more_than_granted(facts, day) or Refusal(
            "Dit bedrag is lager dan verleend. Kies voor lager vaststellen, met een grond en een zienswijze.", "artikel 4:46, tweede lid, Awb"
        )
    return None


def settled_lower(facts: Facts, day: date) -> Refusal | None:
    refusal = not_more_than_granted(facts, day)
    if refusal is None and (facts.amount == facts.granted or not facts.amount):
        return Refusal("Lager vaststellen is meer dan nul en minder dan verleend.", "artikel 4:46, tweede lid, Awb")
    return refusal


def report_is_due(facts: Facts, day: date) -> Refusal | None:
    if facts.report_due_on is None or day <= facts.report_due_on:
        until = f" tot en met {long_date(facts.report_due_on)}" if facts.report_due_on else ""
        return Refusal(f"De aanvrager heeft{until} nog tijd voor de verantwoording.", "artikel 4:44, derde lid, Awb")
    return None


def progress_is_asked(facts: Facts, day: date) -> Refusal | None:
    """A report on progress is only given when the grant asks for it (Awb 4:37)."""
    if facts.progress_asked is False:
        return Refusal("Bij deze subsidie hoeft u geen voortgang te melden. Verandert er iets? Meld dan een wijziging.", "artikel 4:37 Awb")
    return None


def no_report_came(facts: Facts, day: date) -> Refusal | None:
    if facts.report_received:
        return Refusal("Er is een verantwoording binnen. Beoordeel die eerst.", "artikel 4:44, vierde lid, Awb")
    return None


def ex_officio_day_reached(facts: Facts, day: date) -> Refusal | None:
    if facts.ex_officio_on is None or day < facts.ex_officio_on:
        until = f" Dat kan vanaf {long_date(facts.ex_officio_on)}." if facts.ex_officio_on else ""
        return Refusal(f"Ambtshalve vaststellen kan nu nog niet.{until}", "artikel 4:47, onderdeel a, Awb")
    return None


def payment_allowed(facts: Facts, day: date) -> Refusal | None:
    return Refusal(facts.payment_refusal, "artikel 4:95 Awb") if facts.payment_refusal else None


def penalty_is_over(facts: Facts, day: date) -> Refusal | None:
    if facts.penalty_ended_on is None or day <= facts.penalty_ended_on:
        return Refusal("De dwangsom loopt nog, of er loopt geen dwangsom.", "artikel 4:18 Awb")
    return None


def penalty_as_counted(facts: Facts, day: date) -> Refusal | None:
    """The law gives the penalty, nobody chooses it: so many days, at so much a day (Awb 4:17(2))."""
    if facts.penalty_due is not None and facts.amount != facts.penalty_due:
        return Refusal(f"De dwangsom is volgens de telling {euro(facts.penalty_due)}. Vul dat bedrag in.", "artikel 4:17, tweede lid, Awb")
    return None


def notice_is_received(facts: Facts, day: date) -> Refusal | None:
    """A notice of default has a day of receipt, after the application and not in the future."""
    received = facts.notice_received_on
    if received is None or received > day or (facts.received_on is not None and received < facts.received_on):
        return Refusal("Vul de dag in waarop de ingebrekestelling binnenkwam. Die ligt na de aanvraag en niet in de toekomst.", "artikel 4:17, derde lid, Awb")
    return None


def nothing_is_open(facts: Facts, day: date) -> Refusal | None:
    if facts.open_matters:
        return Refusal(f"De zaak kan nog niet dicht. Nog open: {', '.join(facts.open_matters)}.", "archiefregels")
    return None


def objection_decider_is_another(facts: Facts, day: date) -> Refusal | None:
    if facts.decider_id is None or facts.decider_id in facts.first_decider_ids:
        return Refusal("Wie het eerste besluit nam, beslist niet op het bezwaar.", "artikel 10:3, derde lid, Awb")
    return None


def objection_is_ready(facts: Facts, day: date) -> Refusal | None:
    """There is an objection to decide, heard and advised where that is needed (Awb 7:2, 7:3, 7:13)."""
    return Refusal(facts.objection_refusal, "artikel 7:2 en verder Awb") if facts.objection_refusal else None


def first_ceiling_had_room(facts: Facts, day: date) -> Refusal | None:
    """In objection the ceiling counts as it stood when the first decision was taken (Awb 4:25(3))."""
    if facts.amount is not None and facts.first_room is not None and facts.amount > facts.first_room:
        return Refusal(
            f"Toen het eerste besluit werd genomen, liet het subsidieplafond nog {euro(facts.first_room)} toe. "
            f"{euro(facts.amount)} was ook toen te veel.",
            "artikel 4:25, derde lid, Awb",
        )
    return None


def claim_as_counted(facts: Facts, day: date) -> Refusal | None:
    """What comes back is what was paid too much; a claim that differs from the count has a mistake in it."""
    if facts.claim_amount is None:
        return Refusal("Er is in deze zaak niets te veel betaald. Dan is er niets terug te vorderen.", "artikel 4:57, eerste lid, Awb")
    if facts.amount != facts.claim_amount:
        return Refusal(f"Er is {euro(facts.claim_amount)} te veel betaald. Vul dat bedrag in.", "artikel 4:57, eerste lid, Awb")
    return None


def annuls_an_earlier_event(facts: Facts, day: date) -> Refusal | None:
    if not facts.annulled_is_earlier:
        return Refusal("Een herroeping wijst naar een eerdere gebeurtenis van dezelfde zaak.", "registratie")
    return None
