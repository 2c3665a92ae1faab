"""Topics of L28, the decision on an objection (Awb 7:11 to 7:13, 6:23).

Title 4.1 and article 3:45 do not hold for this decision (Awb 7:14): it rests on 7:11 and 7:12, and its clause is about appeal.
"""

from __future__ import annotations

from decisions import objection_guards
from decisions.beschikking.case import Case, Topic
from decisions.beschikking.money import CHANGED, sums
from decisions.models import Objection
from decisions.money import standing
from decisions.objection_topics import OBJECTION_TOPICS
from grants.applications.letter_topics import day_or_none
from grants.kernel.money import ZERO
from grants.law.formats import euro, long_date
from grants.schemes.freedays import count
from letters.texts.values import Gathering

CHANGES = {
    "reconsider": "reconsiders",
    "grant_in_objection": "gives_grant",
    "settle_directly_in_objection": "gives_direct",
    "amend_in_objection": "changes_grant",
    "amend_settlement_in_objection": "changes_settlement",
    "revive_grant": "revives_grant",
    "revive_settlement": "revives_settlement",
}
"""Act -> what it changes. The two that give a subsidy for the first time say all that an ordinary grant says."""
REVIVES = ("revive_grant", "revive_settlement")
"""Acts that bring back what was withdrawn: nothing stood until then."""


def is_subsidised(case: Case) -> bool:
    """Does a subsidy stand after this decision?"""
    gives = case.decision.act in ("grant_in_objection", "settle_directly_in_objection", *REVIVES)
    return gives or case.application.status in ("verleend", "report_overdue", "report_received", "report_incomplete", "vastgesteld")


def attachments(objection: Objection) -> tuple[str, ...]:
    """The advice goes along with the decision (Awb 7:13(7)); both texts stand in the letter itself."""
    report = ("Verslag van de hoorzitting (opgenomen in deze brief)",) if objection.report.strip() else ()
    advice = ("Advies van de commissie (opgenomen in deze brief)",) if objection.advice.strip() else ()
    return (*report, *advice)


def outcome(case: Case, to: Gathering) -> None:
    found = case.objection.outcome
    to.when(is_inadmissible=found == "inadmissible", is_unfounded=found == "unfounded", is_well_founded=found == "well_founded", is_partly_founded=found == "partly")


def change(case: Case, to: Gathering) -> None:
    act, amount = case.decision.act, case.decision.amount
    to.when(**{name: CHANGES.get(act) == name for name in CHANGES.values()})
    anew = CHANGES.get(act) in ("gives_grant", "gives_direct")
    shows = amount is not None and not anew
    to.when(
        keeps_decision=act not in CHANGES, gives_nothing_anew=not anew, shows_difference=shows,
        pays_rest=shows and act in ("amend_settlement_in_objection", "revive_settlement"),
    )
    if amount is None or anew:
        to.block(objection_difference=())
        return
    before = ZERO if act in REVIVES else standing(case.application, act)
    to.block(objection_difference=sums(CHANGED, ("Eerst", euro(before)), ("Nu", euro(amount)), ("Verschil", euro(amount - before))))


def contested_amount(case: Case, to: Gathering) -> None:
    amount = case.objection.contested.amount
    to.when(has_contested_amount=amount is not None)
    to.fact(contested_amount=euro(amount) if amount is not None else None)


def posted(case: Case, to: Gathering) -> None:
    to.when(was_posted=case.objection.posted_on)
    to.fact(posted_on=day_or_none(case.objection.posted_on))


def repair_asked(case: Case, to: Gathering) -> None:
    objection = case.objection
    text = objection.repair_text.strip() if objection.repair_asked_on is not None else ""
    to.when(repair_asked=objection.repair_asked_on, has_repair_text=text)
    to.fact(repair_asked_on=day_or_none(objection.repair_asked_on), repair_text=text or None)


def heard(case: Case, to: Gathering) -> None:
    """Nobody heard and nobody said why: then the letter lacks a must-element, and does not go out."""
    objection = case.objection
    was_heard = bool(objection.report.strip()) and objection.hearing_on is not None
    waived = not was_heard and bool(objection.waived_ground)
    because = objection.waived_because.strip() if waived else ""
    to.when(was_heard=was_heard, hearing_waived=waived, has_waiver_reason=because)
    to.fact(
        heard_on=day_or_none(objection.hearing_on) if was_heard else None, report=objection.report.strip() if was_heard else None,
        waiver_ground=objection_guards.WAIVERS[objection.waived_ground] if waived else None,
        waiver_article=objection.waived_ground.replace("(", ", onder ").replace(")", "") if waived else None, waiver_reason=because or None,
    )


def committee_advice(case: Case, to: Gathering) -> None:
    objection = case.objection
    advice = objection.advice.strip()
    departs = bool(advice) and not objection.advice_followed
    to.when(has_committee_advice=advice, follows_advice=advice and objection.advice_followed, departs_from_advice=departs)
    to.fact(committee_advice=advice or None, departing_reason=objection.deviation_reason.strip() if departs else None)


def side_requests(case: Case, to: Gathering) -> None:
    """What was asked besides: the costs of the objection (Awb 7:15), and to go to the court at once (7:1a)."""
    objection = case.objection
    amount = objection.costs_amount if objection.costs_asked_on is not None else None
    because = objection.costs_reason.strip() if amount is not None else ""
    to.when(decides_costs=amount is not None, pays_costs=amount, has_costs_reason=because, answers_direct_appeal=objection.direct_appeal_asked)
    to.fact(
        costs_amount=euro(amount) if amount else None, costs_reason=because or None,
        direct_appeal_answer=objection.direct_appeal_answer.strip() if objection.direct_appeal_asked else None,
    )


def appeal_clause(case: Case, to: Gathering) -> None:
    """Within which term (Awb 6:7, 6:8, 6:23)."""
    to.fact(appeal_last_day=long_date(count("APPEAL_6W", case.day).last_day))


def _shared(name: str) -> Topic:
    """A topic that the plain letters of an objection have too."""

    def topic(case: Case, to: Gathering) -> None:
        OBJECTION_TOPICS[name](case.objection, to)

    return topic


TOPICS: dict[str, Topic] = {
    **{name: _shared(name) for name in ("objection", "contested", "timeliness", "grounds")},
    "outcome": outcome,
    "change": change,
    "contested_amount": contested_amount,
    "posted": posted,
    "repair_asked": repair_asked,
    "heard": heard,
    "committee_advice": committee_advice,
    "side_requests": side_requests,
    "appeal_clause": appeal_clause,
}
