"""Divide what is left under a ceiling: close the list, draw or divide, or declare it void (T60, T70, T71).

Lock order: ceiling, application, event chain. The result only sets the order and the shares; each case still gets its own decision.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any
from uuid import UUID

from decisions.distribution import Method, Plan, asks_of, criteria_of, plan_for
from decisions.draw_outcome import Outcome, outcome_of
from decisions.models import Beschikking, Draw, DrawEntry, ScoreSheet
from grants.applications.lifecycle.door import Mark, NotPermitted, Refused, act_named, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.applications.statuses import UNDECIDED
from grants.budget import ledger
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.money import ZERO
from grants.kernel.recording import recording
from grants.law.lottery import DrawError, commitment
from grants.law.tender import TieError, Weighed


def announce(*, ceiling_code: str, day: date, actor: Actor, today: date | None = None) -> Draw:
    """Close the list of a draw or a tender, and fix the secret of the draw (T70). Raises Refused with what is in the way.

    The digest of the secret stands in the chain of every case on the list, before anybody knows the outcome.
    """
    today = today or clock.today()
    with recording():
        plan = _plan(ceiling_code, day, today, "list_for_draw")
        if not plan.is_by_lot:
            raise Refused(act_named("list_for_draw"), [Refusal("Deze verdeling is een rekensom. Er wordt niet geloot.")])
        return _open(plan, actor, today, secret=secrets.token_hex(32))


def divide(*, ceiling_code: str, day: date, actor: Actor, today: date | None = None) -> Draw:
    """Divide in proportion or in equal parts, at once and on record (T70, T60). Raises Refused with what is in the way."""
    today = today or clock.today()
    with recording():
        plan = _plan(ceiling_code, day, today, "rank_in_draw")
        if plan.is_by_lot:
            raise Refused(act_named("rank_in_draw"), [Refusal("Bij deze regeling gaat het om een rangschikking of loting. Sluit eerst de lijst.")])
        found = _open(plan, actor, today, secret="")
        entries = _entries(found)
        for number, outcome in outcome_of(found, entries).items():
            _rank(found, entries[number], actor, today, outcome)
        return _finish(found, actor, today)


def run(*, draw_id: UUID, word: str, witnesses: str, actor: Actor, today: date | None = None) -> Draw:
    """Draw the lot, or rank by points; witnesses saw it and gave the word (T60). Raises Refused when it cannot be."""
    today = today or clock.today()
    act = act_named("rank_in_draw")
    with recording():
        found = _locked(draw_id, Draw.State.ANNOUNCED, "rank_in_draw")
        entries = _entries(found)
        gone = [number for number, entry in entries.items() if entry.application.status not in UNDECIDED]
        if gone:
            raise Refused(act, [Refusal(f"Sinds de lijst is gesloten, zijn deze zaken beslist of ingetrokken: {', '.join(gone)}. Laat de lijst vervallen en maak een nieuwe.")])
        found.word, found.witnesses = " ".join(word.split()), witnesses.strip()
        try:
            outcomes = outcome_of(found, entries)
        except (DrawError, TieError) as error:
            raise Refused(act, [Refusal(str(error))]) from error
        for number, outcome in outcomes.items():
            _rank(found, entries[number], actor, today, outcome)
        return _finish(found, actor, today)


def void(*, draw_id: UUID, reason: str, actor: Actor, today: date | None = None) -> Draw:
    """Declare a division void, with the reason (T71). It stays on record. Raises Refused once a decision rests on it.

    A draw that was made is declared void by another mandate holder than who made it (decision record 5).
    """
    today = today or clock.today()
    act = act_named("void_draw")
    with recording():
        found = _locked(draw_id, None, "void_draw")
        if not actor.person.roles(found.ceiling.scheme_id) & act.roles:
            raise NotPermitted(act)
        if found.state == Draw.State.VOID:
            raise Refused(act, [Refusal("Deze verdeling is al vervallen.")])
        if found.must_be_voided_by_another(actor.person):
            raise Refused(act, [Refusal("U hebt zelf geloot. Laat een andere gemandateerde beslissen of de loting vervalt: zo loot niemand tot de uitslag bevalt.", "vierogenprincipe")])
        entries = _entries(found)
        resting = Beschikking.objects.filter(
            application__in=[entry.application_id for entry in entries.values()], state__in=("signed", "sent"), signed_on__gte=found.announced_on
        )
        if found.state == Draw.State.MADE and resting.exists():
            raise Refused(act, [Refusal("Er is al een besluit getekend op grond van deze verdeling. Zij kan niet meer vervallen.")])
        if not reason.strip():
            raise Refused(act, [Refusal("Schrijf op waarom de verdeling vervalt.", "artikel 3:46 Awb")])
        for entry in entries.values():
            if entry.application.status in UNDECIDED:
                perform(entry.application, "void_draw", Facts(division=str(found.pk), reason=reason), actor, today, Mark(data={"draw": str(found.pk)}))
        found.state, found.void_reason, found.voided_by = Draw.State.VOID, reason.strip(), actor.person
        found.save(update_fields=["state", "void_reason", "voided_by"])
        return found


def _plan(ceiling_code: str, day: date, today: date, act: str) -> Plan:
    """What is divided, under a locked ceiling and locked cases: read again once nobody can change it. Raises Refused with what is in the way.

    While the lock of a case was waited for, its advice or its amount may have changed, or it may have been withdrawn.
    """
    ceiling = ledger.locked(ceiling_code)
    seen = _possible(plan_for(ceiling, day, today), act)
    for case_id in sorted((case.pk for case in seen.cases), key=str):
        locked_case(case_id)
    plan = _possible(plan_for(ceiling, day, today), act)
    if {case.pk for case in plan.cases} - {case.pk for case in seen.cases}:
        raise Refused(act_named(act), [Refusal("Er kwam net een aanvraag bij op de lijst. Kijk op de pagina van het plafond en probeer het opnieuw.")])
    return plan


def _possible(plan: Plan | None, act: str) -> Plan:
    if plan is None:
        raise Refused(act_named(act), [Refusal("De regeling noemt geen manier van verdelen die hier kan worden uitgevoerd.", "artikel 4:26 Awb")])
    if plan.problem:
        raise Refused(act_named(act), [Refusal(plan.problem, "artikel 4:26 Awb")])
    return plan


def _open(plan: Plan, actor: Actor, today: date, *, secret: str) -> Draw:
    """Close the list: every case is on it with what it asks, and its chain says so."""
    criteria = criteria_of(plan.definition) if plan.method == Method.TENDER else ()
    found = Draw.objects.create(
        ceiling=plan.ceiling, method=plan.method, day=plan.day, remaining=plan.ceiling.available, minimum=plan.rules.smallest_share,
        rules=_rules(plan, criteria), secret=secret, commitment=commitment(secret) if secret else "", announced_by=actor.person, announced_on=today,
    )
    for case in sorted(plan.cases, key=lambda case: str(case.pk)):
        locked = locked_case(case.pk)
        mark = Mark(data={"draw": str(found.pk), "commitment": found.commitment, "asked": str(asks_of(case))})
        event = perform(locked, "list_for_draw", Facts(division=str(found.pk)), actor, today, mark)
        DrawEntry.objects.create(
            draw=found, application=locked, listed_event_id=event.id, asked=asks_of(case), scores=_sheets(locked) if criteria else []
        )
    return found


def _rules(plan: Plan, criteria: tuple[Weighed, ...]) -> dict[str, Any]:
    """The rules as they are now, in plain words and numbers: a later version of the scheme changes nothing here."""
    rules: dict[str, Any] = {"basis": plan.rules.basis, "again": plan.rules.share_refused_again}
    if criteria:
        rules |= {
            "criteria": [{"key": c.key, "label": c.label, "most": c.most, "least": c.least, "weight": c.weight} for c in criteria],
            "least_total": str(plan.rules.tender_minimum_score or ZERO), "assessors": plan.rules.tender_assessors, "tie": plan.rules.tender_tie,
        }
    return rules


def _sheets(application: Application) -> list[dict[str, str]]:
    """The points of every assessor who handed in, without names: by the order of handing in."""
    sheets = ScoreSheet.objects.filter(application=application).handed_in().prefetch_related("scores").order_by("event__sequence", "id")
    return [{score.criterion: str(score.points) for score in sheet.scores.all()} for sheet in sheets]


def _rank(found: Draw, entry: DrawEntry, actor: Actor, today: date, outcome: Outcome) -> None:
    said = {"rank": outcome.rank, "share": outcome.share, "total": outcome.total, "digest": outcome.digest or None}
    data = {"draw": str(found.pk), "seed": found.seed, **{name: str(value) for name, value in said.items() if value is not None}}
    event = perform(entry.application, "rank_in_draw", Facts(division=str(found.pk)), actor, today, Mark(amount=outcome.share, data=data))
    entry.rank, entry.share, entry.total, entry.digest, entry.refusal = outcome.rank, outcome.share, outcome.total, outcome.digest, outcome.refusal
    entry.ranked_event_id = event.id
    entry.save()


def _finish(found: Draw, actor: Actor, today: date) -> Draw:
    found.state, found.made_by, found.made_on = Draw.State.MADE, actor.person, today
    found.save(update_fields=["state", "made_by", "made_on", "word", "witnesses"])
    return found


def _locked(draw_id: UUID, state: str | None, act: str) -> Draw:
    ledger.locked(Draw.objects.values_list("ceiling_id", flat=True).get(id=draw_id))
    found = Draw.objects.select_for_update().select_related("ceiling").get(id=draw_id)
    if state is not None and found.state != state:
        raise Refused(act_named(act), [Refusal(f"Dit kan niet meer: de verdeling is {found.get_state_display()}.")])
    return found


def _entries(found: Draw) -> dict[str, DrawEntry]:
    """The entries by case number, each with its case locked, in the order of locking."""
    entries = {}
    for entry in sorted(found.entries.all(), key=lambda entry: str(entry.application_id)):
        entry.application = locked_case(entry.application_id)
        entries[str(entry.application.case_number)] = entry
    return entries

