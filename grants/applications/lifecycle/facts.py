"""What a guard may look at: plain frozen values, put together by whoever asks for the act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grants.law.amounts import ZERO
from grants.law.de_minimis import Room


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one act on one case. What is not known stays None, and a guard that needs it refuses."""

    # the application
    received_on: date | None = None
    complete_on: date | None = None
    activity_end: date | None = None
    has_minimum: bool | None = None  # name, address, date, what is asked (Awb 4:2)
    decision_due_on: date | None = None

    # what moves a running term
    term_kind: str = ""  # a kind of TermChange
    term_first_day: date | None = None
    term_until: date | None = None
    term_running: bool | None = None  # does a decision term of ours run?
    term_due_on: date | None = None  # its last day as it stands
    term_weeks: int = 0
    extension_weeks: int = 0  # what the ordinance allows
    already_extended: bool = False
    already_suspended: bool = False  # by a suspension of this kind that has not ended

    # completion
    missing_items: tuple[str, ...] = ()
    term_last_day: date | None = None  # last day of a term we set (recovery, view, reminder)
    recovery_offered: bool = False
    wrong_channel_notice: bool = False
    not_handled_last_day: date | None = None
    still_missing: tuple[str, ...] = ()  # of what was asked, when the application is not handled

    # assessment
    assessment_complete: bool | None = None
    conflict_declared: bool | None = None  # None: nobody declared; True: an interest exists
    handler_id: int | None = None
    reviewer_id: int | None = None
    state_aid: str = ""  # the verdict of the test tree; '' when nobody tested

    # decision
    path: str = ""  # 'direct' or 'grant'
    amount: Decimal | None = None
    requested: Decimal | None = None
    granted: Decimal | None = None
    settled: Decimal | None = None
    method_result: Decimal | None = None  # what the settlement method of the grant comes to
    method_problem: str = ""  # why that cannot be told yet
    calculated: Decimal | None = None  # the most that the scheme's rule comes to; None when it has none
    calculation_words: str = ""
    rule_is_indicative: bool = False
    deviation: str = ""  # why the decision differs from the rule
    deviation_ground: str = ""  # what the deviation rests on
    advance_room: Decimal | None = None  # granted, and not yet paid or planned
    ground_refusal: str | None = None  # why the ground cannot carry this decision
    adverse: bool = False
    ground: str = ""
    motivation: str = ""
    proportionality: str = ""
    view_refusal: str | None = None  # None: heard, or rightly not; else why not
    view_checked: bool = False
    mandate_refusal: str | None = None
    four_eyes_refusal: str | None = None
    assignee_refusal: str | None = None  # why this person cannot become the handler
    interest_refusal: str | None = None  # why the person who acts keeps away from the case (Awb 2:4)
    ranking_refusal: str | None = None
    room: Decimal | None = None
    de_minimis: Room | None = None  # what the undertaking may still get; None when this is no de-minimis aid
    more_aid: Decimal = ZERO  # how much the decision adds to the aid
    missing_elements: tuple[str, ...] = ()
    channel_refusal: str | None = None
    advice_refusal: str | None = None  # what must still be said about an advice that the law asks (Awb 3:50)

    # settlement and after
    report_received: bool = False
    report_due_on: date | None = None
    progress_asked: bool | None = None
    ex_officio_on: date | None = None
    settlement_known_on: date | None = None
    takes_effect_on: date | None = None  # from when a decision for what lies ahead holds (Awb 4:50)
    notice_weeks: int = 0  # the least time between its sending and that day
    breach_on: date | None = None  # when an obligation was not met, after the settlement (Awb 4:49(1)(c))
    open_matters: tuple[str, ...] = ()
    payment_refusal: str | None = None
    put_off_until: date | None = None  # last day of a suspension of the payment that runs (Awb 4:56)
    notice_received_on: date | None = None
    penalty_ended_on: date | None = None
    penalty_due: Decimal | None = None
    first_decider_ids: frozenset[int] = frozenset()
    decider_id: int | None = None
    objection_refusal: str | None = None  # why the objection cannot be decided now
    first_room: Decimal | None = None  # room under the ceiling when the first decision was taken (Awb 4:25(3))
    claim_amount: Decimal | None = None  # what the claim beside the case says must come back
    claim_since: date | None = None  # from this day five years run (Awb 4:57(4))
    annulled_is_earlier: bool | None = None

    # a ceiling that is divided
    division: str = ""  # the record of the division in which the case stands
    scores_refusal: str | None = None  # '': whole; None: nobody looked
    # what runs around the case
    bibob_refusal: str | None = None  # why it cannot be assessed or granted yet (Wet Bibob)
    bibob_ground_refusal: str | None = None  # why the decision cannot rest on Bibob
    transfer_refusal: str | None = None  # why the case cannot pass to another applicant

    # any act
    actor_id: int | None = None
    proposed_by_id: int | None = None  # who proposed what another must do
    reason: str = ""
