"""What the guards of an objection may look at: plain frozen values, put together by whoever asks for the act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    """The facts of one act on one objection. What is not known stays None, and a guard that needs it refuses."""

    # coming in
    contest_refusal: str | None = None  # why this decision is not open to objection
    application_received_on: date | None = None
    posted_on: date | None = None
    received_on: date | None = None

    # repair of what is missing (Awb 6:6)
    missing_items: tuple[str, ...] = ()
    term_last_day: date | None = None

    # hearing and advice (Awb 7:2 to 7:7, 7:13)
    involved_ids: frozenset[int] = frozenset()  # everybody who prepared or took the contested decision
    hearing_officer_id: int | None = None
    hearing_on: date | None = None
    hearing_place: str = ""
    documents_last_day: date | None = None  # until ten days before the hearing
    waived_ground: str = ""
    actor_id: int | None = None
    report: str = ""
    has_committee: bool = False
    heard_or_waived: bool = False
    advice: str = ""

    # costs (Awb 7:15)
    costs_asked_on: date | None = None

    # the clock (Awb 7:10)
    decide_by: date | None = None
    already_adjourned: bool = False
    weeks: int | None = None
    until: date | None = None
    consent: bool = False

    # withdrawing (Awb 6:21): 'portal', 'written' or 'hearing'
    withdrawn_how: str = ""

    # deciding (Awb 7:11 to 7:13, 10:3)
    objection_refusal: str | None = None
    first_decider_ids: frozenset[int] = frozenset()
    decider_id: int | None = None

    # appeal
    decided_on: date | None = None
    notice_on: date | None = None
    court_reference: str = ""
    outcome_text: str = ""

    # any act
    reason: str = ""
