"""Put the facts of a decision together for the guards: everything they may look at, as one frozen value."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from decisions import advice, aid, bibob, calculating, hearing, interest, money, objections, people, transfers
from decisions.grounds import WRONG_CHANNEL
from decisions.models import Beschikking
from decisions.paid import advance_room, paid_out
from decisions.queue import ranking_refusal
from decisions.services import claiming, defaulting
from decisions.services.paying import payment_stop
from grants.applications import deadlines, letterhead
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application
from grants.budget.models import Ceiling
from grants.kernel.models import User
from grants.law.grounds import ground_refusal
from grants.law.mandate import four_eyes
from grants.law.zienswijze import view_ok
from grants.schemes.reading import arrangement_for


def path_of(application: Application, amount: Decimal | None) -> str:
    """'direct' or 'grant', by the arrangement that belongs to the amount."""
    if application.version is None or amount is None:
        return ""
    arrangement = arrangement_for(application.version.definition, amount)
    return arrangement.path if arrangement else ""


def view_refusal(application: Application, decision: Beschikking, day: date) -> tuple[bool, str | None]:
    """(was the hearing looked at, why it is not in order). The rule itself is `grants.law.zienswijze`."""
    view = hearing.view_for(application, decision.act)
    if view is None:
        return False, None
    return True, view_ok(
        act_kind=decision.act,
        ground=ground_article(application, decision.ground),
        not_required_reason=view.not_required or None,
        asked_on=view.asked_on,
        received_on=view.received_on,
        term_last_day=view.last_day,
        today=day,
    )


PARAGRAPHS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}


def ground_article(application: Application, ground: str) -> str:
    """A ground as the law's rules write it, such as "4:35(1)(a)"; a code of the scheme is looked up there."""
    grounds = application.version.definition.refusal_grounds if application.version else ()
    text = next((g.article for g in grounds if g.code == ground), ground)
    found = re.search(r"4:(\d+)(?:, (\w+) lid)?(?:, onder (\w))?", text)
    if found is None or "(" in text:
        return text
    number, paragraph, letter = found.groups()
    return f"4:{number}" + (f"({PARAGRAPHS[paragraph]})" if paragraph in PARAGRAPHS else "") + (f"({letter})" if letter else "")


def assemble(
    application: Application, decision: Beschikking, *, day: date, signer: User | None = None, ceiling: Ceiling | None = None,
    mandate_refusal: str | None = None, missing_elements: tuple[str, ...] = (), ranked: bool = False,
    to_portal: bool = False,
) -> Facts:
    """The facts of this decision on `day`. `ceiling` is the locked row; `ranked` asks the queue (at signing)."""
    amount = decision.amount
    verdict = aid.verdict_of(application)
    standing = money.standing(application, decision.act)
    room = None
    if ceiling is not None and decision.act not in money.IN_OBJECTION:
        room = ceiling.available + decision.held_amount
        if decision.act not in money.NEW_MONEY:
            room += standing
    refusal, is_first = None, decision.act in ("grant", "grant_partly", "settle_directly")
    room_then = objections.room_then(application) if is_first and room is not None else None
    if room is not None and room_then is not None:
        room = max(room, room_then)
    if ranked and ceiling is not None and amount is not None and is_first and (room_then is None or amount > room_then):
        refusal = ranking_refusal(application, amount, ceiling, day)
    recovery = deadlines.latest(application, "RECOVERY_TERM")
    not_handled = deadlines.latest(application, "NOT_HANDLED_4W")
    reminder = deadlines.latest(application, "REPORT_REMINDER")
    checked, view_problem = view_refusal(application, decision, day)
    channel_problem = None
    if to_portal and not letterhead.to_portal(application):
        channel_problem = "De aanvrager krijgt geen digitale post meer. Onderteken opnieuw; de brief gaat dan op papier."
    on_objection = decision.act in money.IN_OBJECTION
    objection = objections.objection_of(decision) if on_objection else None
    put_off = deadlines.current(application, "PAY_SUSPENSION_13W") if decision.act == "suspend_payment" else None
    eyes = None
    if signer is not None:
        eyes = four_eyes(
            prepared_by=decision.prepared_by_id, reviewed_by=decision.reviewed_by_id, signed_by=signer.pk,
            reviewer_may_sign=bool(application.version and application.version.definition.reviewer_may_sign),
        )
        if eyes is None and application.handler_id == signer.pk:
            eyes = "De behandelaar van de zaak tekent het besluit niet."
        eyes = eyes or people.same_desk_refusal(signer, decision.prepared_by_id, application.handler_id)
    settled_or_granted = application.settled_amount if decision.act in money.CHANGED_SETTLEMENT else application.granted_amount
    is_adverse = money.is_adverse_change(application, decision.act, amount, decision.ground)
    lower_ex_officio = decision.act.startswith("settle_ex_officio") and amount is not None and amount < standing
    notice = defaulting.running(application) if decision.act == "decide_penalty" else None
    claim = claiming.drafted(application) if decision.act == "reclaim" else None
    result = calculating.settlement(application) if decision.act == "settle" else calculating.Calculation()
    bound = calculating.bound(application, decision.act, amount)
    path = path_of(application, amount)
    if decision.act == "reject":  # which grounds may be used depends on the way the subsidy would have gone
        path = path_of(application, application.requested_amount)
    return Facts(
        received_on=application.received_on,
        complete_on=application.complete_on,
        activity_end=application.activity_end,
        decision_due_on=application.decision_due_on,
        recovery_offered=recovery is not None and recovery.ended_on is not None,
        still_missing=tuple(decision.still_missing),
        wrong_channel_notice=decision.ground == WRONG_CHANNEL,
        not_handled_last_day=not_handled.last_day if not_handled else None,
        term_last_day=reminder.last_day if reminder else None,
        state_aid=verdict,
        de_minimis=aid.room_for(application, decision, verdict, day, with_signed=ranked),
        more_aid=aid.more_aid(application, decision),
        path=path,
        amount=amount,
        requested=application.requested_amount,
        granted=settled_or_granted,
        settled=application.settled_amount,
        method_result=result.amount,
        method_problem=result.problem,
        calculated=bound.amount,
        calculation_words=calculating.in_words(bound),
        rule_is_indicative=bool(application.version and application.version.definition.amount.indicative),
        deviation=decision.deviation,
        deviation_ground=decision.deviation_ground,
        advance_room=advance_room(application) if decision.act == "grant_advance" else None,
        payment_refusal=payment_stop(application, day) or None if decision.act == "grant_advance" else None,
        put_off_until=put_off.last_day if put_off else None,
        ground_refusal=ground_refusal(act=decision.act, ground=ground_article(application, decision.ground), path=path, paid=paid_out(application) > 0)
        if decision.ground else None,
        adverse=is_adverse or lower_ex_officio or decision.act in ("withdraw_grant", "withdraw_settlement"),
        ground=decision.ground,
        motivation=decision.motivation,
        proportionality=decision.proportionality,
        view_checked=checked,
        view_refusal=view_problem,
        mandate_refusal=mandate_refusal,
        transfer_refusal=transfers.consent_refusal(application) if decision.act == transfers.CONSENT else None,
        bibob_refusal=bibob.refusal(application, day),
        bibob_ground_refusal=bibob.ground_refusal(application, decision.ground),
        four_eyes_refusal=eyes,
        interest_refusal=interest.refusal(application, signer) if signer is not None else None,
        ranking_refusal=refusal,
        room=room,
        missing_elements=missing_elements,
        channel_refusal=channel_problem,
        advice_refusal=advice.refusal(decision, advice.binding_for(application, decision.act)),
        report_received=application.submissions.filter(kind="report").exists(),
        report_due_on=application.report_due_on,
        ex_officio_on=application.report_due_on,
        settlement_known_on=application.settled_on,
        breach_on=decision.breach_on,
        takes_effect_on=decision.takes_effect_on,
        notice_weeks=application.version.definition.terms.change_weeks if application.version else 0,
        first_decider_ids=objections.first_deciders(objection),
        objection_refusal=objections.decision_refusal(objection, decision, signer) if on_objection else None,
        first_room=objections.first_room(objection),
        penalty_ended_on=notice.ended_on() if notice else None,
        claim_amount=claim.amount if claim else None,
        claim_since=claim.since if claim else None,
        penalty_due=notice.amount_on(day) if notice else None,
        decider_id=signer.pk if signer else decision.signed_by_id,
    )
