"""The table of acts, T01 and on: where each starts, where it ends, who may do it, on which article.

Each method is thin: django-fsm moves the status, the door (`door.perform`) asks the rest and writes the event.
T01 to T40 are the domain reference's; T41 and on are ours: labels, annulment, resend, the outcomes of an objection
(B10), the steps of a decision that have no legal effect, import, a hearing beside the spine, an objection that changes
nothing, the decision to claim money back, an advance by a decision of its own, the first of two to forward, and who handles the case.
Those around a division (T60, T70 to T72) are in `dividing_acts`.
"""

from __future__ import annotations

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, FSMModelMixin, transition

from grants.applications.lifecycle import amount_guards as ag
from grants.applications.lifecycle import guards as g
from grants.applications.lifecycle import party_guards as pg
from grants.applications.lifecycle import reason_guards as rg
from grants.applications.lifecycle import term_guards as tg
from grants.applications.lifecycle import time_guards as ig
from grants.applications.lifecycle.acts import described as act
from grants.applications.lifecycle.advice_guards import deviation_has_reasons
from grants.applications.lifecycle.aid_guards import AID, aid_is_tested, de_minimis_has_room
from grants.applications.lifecycle.assign_guards import assignee_fits
from grants.applications.lifecycle.dividing_acts import DividingActs
from grants.applications.statuses import CLOSABLE, FINAL, NEW, RUNNING, UNDECIDED, Status
from grants.kernel.roles import Role as R

S = Status
BY_APPLICANT = (R.APPLICANT, R.REPRESENTATIVE)
SIGNED = (g.mandate_and_four_eyes, g.elements_present, g.channel_allowed, deviation_has_reasons)
"""Every decision: a mandate on that day, different people, a whole letter, an allowed channel, reasons to leave an advice aside."""
CALCULATED = (ag.not_above_the_calculation, ag.deviation_has_a_ground)
"""No more than the scheme's rule comes to, unless a deviation is reasoned (Awb 4:84)."""
ADVERSE = (g.ground_named, rg.ground_fits, g.motivated, g.weighed, g.view_heard)
"""To the detriment of the recipient: on a ground of the law, with reasons, weighed, and after a hearing (Awb 3:4, 3:46, 4:12(2))."""
IF_ADVERSE = (g.ground_if_adverse, rg.ground_fits, rg.motivated_if_adverse, rg.weighed_if_adverse, g.view_heard_if_adverse)
IN_OBJECTION = (g.objection_decider_is_another, g.objection_is_ready, g.motivated)
"""Every decision on an objection: another decider, heard where that is needed, and with reasons (Awb 7:11, 7:12)."""
IN_FIRST_ROOM = (g.first_ceiling_had_room, de_minimis_has_room)
ANY = tuple(Status)
DECIDED = (S.RECEIVED, *FINAL, *RUNNING, S.VASTGESTELD)
"""Where a case can stand when a decision on it was sent; received again after an objection."""


class Lifecycle(DividingActs, FSMModelMixin, models.Model):
    """The spine `draft -> received -> assessed -> verleend -> vastgesteld -> closed`, and its side exits."""

    status = FSMField(max_length=30, choices=Status, default=NEW, protected=True)

    class Meta:
        abstract = True

    # -- application ---------------------------------------------------------------------------------------------
    @transition(status, NEW, S.DRAFT, **act("T01", "Concept beginnen", *BY_APPLICANT, R.INTAKE_OFFICER))
    def start_draft(self) -> None: ...

    @transition(status, S.DRAFT, S.RECEIVED, **act("T02", "Insturen", *BY_APPLICANT, article="4:1, 4:2 Awb", letter="L01",
        guards=(g.has_minimum,), register_code="aanvraag_ontvangen"))
    def submit(self) -> None: ...

    @transition(status, NEW, S.RECEIVED, **act("T03", "Papieren aanvraag inschrijven", R.INTAKE_OFFICER, article="4:1, 2:7 Awb",
        letter="L01", guards=(g.has_minimum,), register_code="aanvraag_ontvangen"))
    def register_paper(self) -> None: ...

    @transition(status, S.RECEIVED, None, **act("T66", "Doorzenden voorstellen", R.INTAKE_OFFICER, article="2:3 Awb",
        guards=(g.reason_given,)))
    def propose_forward(self) -> None:
        """The first of two pairs of eyes: another person forwards (T04)."""

    @transition(status, S.RECEIVED, S.FORWARDED, **act("T04", "Doorzenden", R.INTAKE_OFFICER, R.CASE_HANDLER, R.REVIEWER, article="2:3 Awb",
        letter="L02", guards=(g.reason_given, rg.forwarded_by_two)))
    def forward(self) -> None: ...

    @transition(status, S.RECEIVED, S.AWAITING_COMPLETION, **act("T05", "Aanvulling vragen", R.CASE_HANDLER,
        article="4:5, 4:15 Awb", letter="L03", guards=(g.items_listed, g.decision_term_runs)))
    def request_completion(self) -> None: ...

    @transition(status, S.AWAITING_COMPLETION, S.RECEIVED, **act("T06", "Aanvulling insturen", *BY_APPLICANT, R.INTAKE_OFFICER,
        article="4:15 Awb", letter="L01b"))
    def complete(self) -> None: ...

    @transition(status, S.AWAITING_COMPLETION, S.RECEIVED, **act("T07", "Hersteltermijn voorbij", R.SYSTEM, R.CASE_HANDLER,
        article="4:5 Awb", guards=(g.term_has_ended,)))
    def recovery_lapsed(self) -> None: ...

    @transition(status, S.RECEIVED, S.NOT_HANDLED, **act("T08", "Buiten behandeling stellen", R.MANDATE_HOLDER, article="4:5 Awb",
        letter="L04", decision=True, guards=(g.recovery_was_offered, g.missing_is_said, g.not_handled_in_time, g.motivated, *SIGNED),
        register_code="buiten_behandeling"))
    def decide_not_handle(self) -> None: ...

    @transition(status, (S.DRAFT, S.RECEIVED, S.AWAITING_COMPLETION, S.ASSESSED, S.AWAITING_VIEW), S.WITHDRAWN,
        **act("T09", "Aanvraag intrekken", *BY_APPLICANT, letter="L05", register_code="aanvraag_ingetrokken"))
    def withdraw_application(self) -> None: ...

    @transition(status, S.RECEIVED, S.RECEIVED, **act("T10", "Compleet verklaren", R.CASE_HANDLER, article="ASV"))
    def mark_complete(self) -> None: ...

    @transition(status, (*UNDECIDED, S.REPORT_RECEIVED), None, **act("T11", "Bericht later besluit", R.CASE_HANDLER, R.MANDATE_HOLDER,
        article="4:14 Awb", letter="L06", guards=(g.reason_given, tg.delay_is_dated, tg.extension_is_allowed, g.mandate_and_four_eyes)))
    def delay_notice(self) -> None:
        """Only a notice (4:14(1)), or an extension that the ordinance gives."""

    @transition(status, S.RECEIVED, S.ASSESSED, **act("T12", "Beoordeling afsluiten", R.CASE_HANDLER, R.REVIEWER,
        article="3:2, 3:4, 4:35 Awb", guards=(g.is_complete, g.assessment_is_whole, aid_is_tested, g.reviewer_is_another,
        g.no_interest, pg.bibob_is_finished)))
    def assess(self) -> None: ...

    @transition(status, S.ASSESSED, S.RECEIVED, **act("T13", "Beoordeling heropenen", R.REVIEWER, R.MANDATE_HOLDER, article="3:2 Awb",
        guards=(g.reason_given,)))
    def reopen_assessment(self) -> None: ...

    @transition(status, S.ASSESSED, S.AWAITING_VIEW, **act("T14", "Zienswijze vragen", R.CASE_HANDLER, article="4:7, 4:8, 4:12 Awb",
        letter="L07", guards=(g.reason_given,)))
    def ask_view(self) -> None: ...

    @transition(status, S.AWAITING_VIEW, S.ASSESSED, **act("T15", "Zienswijze ontvangen", *BY_APPLICANT, R.INTAKE_OFFICER, R.CASE_HANDLER,
        article="4:9 Awb", guards=(g.reason_given,)))
    def view_received(self) -> None: ...

    @transition(status, S.AWAITING_VIEW, S.ASSESSED, **act("T15b", "Termijn zienswijze voorbij", R.SYSTEM, R.CASE_HANDLER,
        article="4:9 Awb", guards=(g.term_has_ended,)))
    def view_lapsed(self) -> None: ...

    # -- decision on the application -----------------------------------------------------------------------------
    @transition(status, S.ASSESSED, S.VERLEEND, **act("T16", "Verlenen", R.MANDATE_HOLDER, article="4:29-4:38 Awb", letter="L08",
        decision=True, guards=(g.path_is_grant, g.amount_is_right, g.not_more_than_requested, *CALCULATED, g.applied_before_the_end,
        *AID, g.ceiling_has_room, pg.bibob_is_finished, *SIGNED), register_code="verleend"))
    def grant(self) -> None: ...

    @transition(status, S.ASSESSED, S.VERLEEND, **act("T17", "Gedeeltelijk verlenen", R.MANDATE_HOLDER, article="4:25, 4:29 Awb",
        letter="L08", decision=True, guards=(g.path_is_grant, g.amount_is_right, g.partly_is_less, *CALCULATED, g.applied_before_the_end,
        *AID, g.ceiling_has_room, g.motivated, g.view_heard, pg.bibob_is_finished, *SIGNED), register_code="verleend"))
    def grant_partly(self) -> None: ...

    @transition(status, S.ASSESSED, S.VASTGESTELD, **act("T18", "Direct vaststellen", R.MANDATE_HOLDER, article="4:42, 4:43 Awb",
        letter="L09", decision=True, guards=(g.path_is_direct, g.amount_is_right, g.not_more_than_requested, *CALCULATED, *AID,
        g.ceiling_has_room, pg.bibob_is_finished, *SIGNED), register_code="direct_vastgesteld"))
    def settle_directly(self) -> None: ...

    @transition(status, S.ASSESSED, S.REJECTED, **act("T19", "Afwijzen", R.MANDATE_HOLDER, article="4:25, 4:35 Awb", letter="L10",
        decision=True, guards=(g.ground_named, rg.ground_fits, g.motivated, g.view_heard, pg.bibob_ground_holds, *SIGNED), register_code="afgewezen"))
    def reject(self) -> None: ...

    # -- while the grant runs ------------------------------------------------------------------------------------
    @transition(status, S.VERLEEND, S.VERLEEND, **act("T20", "Voorschot betalen", R.FINANCE_APPROVER, article="4:95, 4:87 Awb",
        guards=(g.payment_allowed,)))
    def pay_advance(self) -> None: ...

    @transition(status, S.VERLEEND, S.VERLEEND, **act("T65", "Voorschot geven", R.MANDATE_HOLDER, article="4:95 Awb", letter="L11",
        decision=True, guards=(g.amount_is_right, ag.advance_within_the_grant, g.payment_allowed, g.motivated, *SIGNED)))
    def grant_advance(self) -> None:
        """An advance besides those that stand in the grant."""

    @transition(status, S.VERLEEND, S.VERLEEND, **act("T99", "Geen voorschot geven", R.MANDATE_HOLDER, article="4:95 Awb", letter="LBESLUIT",
        decision=True, guards=(g.motivated, g.view_heard, *SIGNED)))
    def refuse_advance(self) -> None:
        """The recipient asked for an advance and does not get it: a decision on a request, open to objection (Awb 1:3)."""

    @transition(status, S.VERLEEND, S.VERLEEND, **act("T21", "Wijziging melden", *BY_APPLICANT, article="ASV", letter="L12",
        guards=(g.reason_given,)))
    def report_change(self) -> None: ...

    @transition(status, S.VERLEEND, S.VERLEEND, **act("T22", "Verlening wijzigen", R.MANDATE_HOLDER, article="4:48, 4:50 Awb",
        letter="L13", decision=True, guards=(g.amount_is_right, *CALCULATED, *IF_ADVERSE, g.ceiling_has_room, de_minimis_has_room, ig.reasonable_term,
        g.motivated, *SIGNED), register_code="verlening_gewijzigd"))
    def amend(self) -> None: ...

    @transition(status, S.VERLEEND, S.VERLEEND, **act("T23", "Voortgang melden", *BY_APPLICANT, article="4:37 Awb", letter="L01c",
        guards=(g.progress_is_asked, g.reason_given)))
    def progress_report(self) -> None: ...

    @transition(status, S.VERLEEND, S.VERLEEND, **act("T24", "Betaling opschorten", R.MANDATE_HOLDER, article="4:56, 4:96 Awb",
        letter="L14", decision=True, guards=(tg.not_put_off_already, g.motivated, *SIGNED)))
    def suspend_payment(self) -> None: ...

    @transition(status, (S.VERLEEND, S.REPORT_OVERDUE), S.REPORT_RECEIVED, **act("T25", "Verantwoording insturen", *BY_APPLICANT,
        R.INTAKE_OFFICER, article="4:44, 4:45 Awb", letter="L01d"))
    def submit_report(self) -> None: ...

    @transition(status, S.VERLEEND, S.REPORT_OVERDUE, **act("T26", "Rappel sturen", R.CASE_HANDLER, article="4:44 Awb", letter="L15",
        guards=(g.report_is_due,)))
    def send_reminder(self) -> None: ...

    @transition(status, S.REPORT_RECEIVED, S.REPORT_INCOMPLETE, **act("T27", "Aanvulling verantwoording vragen", R.CASE_HANDLER,
        article="4:5, 4:15 Awb", letter="L03b", guards=(g.items_listed,)))
    def request_report_completion(self) -> None: ...

    @transition(status, S.REPORT_INCOMPLETE, S.REPORT_RECEIVED, **act("T28", "Verantwoording aanvullen", *BY_APPLICANT,
        R.INTAKE_OFFICER, article="4:15 Awb", letter="L01d"))
    def complete_report(self) -> None: ...

    @transition(status, S.REPORT_INCOMPLETE, S.REPORT_RECEIVED, **act("T28b", "Termijn aanvulling voorbij", R.SYSTEM, R.CASE_HANDLER,
        article="4:15 Awb", guards=(g.term_has_ended,)))
    def report_lapsed(self) -> None: ...

    # -- settlement ----------------------------------------------------------------------------------------------
    @transition(status, S.REPORT_RECEIVED, S.VASTGESTELD, **act("T29", "Vaststellen", R.MANDATE_HOLDER, article="4:46 Awb", letter="L16",
        decision=True, guards=(g.settled_as_granted, ag.deviation_has_a_ground, *SIGNED), register_code="vastgesteld"))
    def settle(self) -> None: ...

    @transition(status, S.REPORT_RECEIVED, S.VASTGESTELD, **act("T30", "Lager vaststellen", R.MANDATE_HOLDER, article="4:46 Awb",
        letter="L17", decision=True, guards=(g.settled_lower, *CALCULATED, *ADVERSE, *SIGNED),
        register_code="vastgesteld"))
    def settle_lower(self) -> None: ...

    @transition(status, S.REPORT_RECEIVED, S.VASTGESTELD, **act("T31", "Op nihil vaststellen", R.MANDATE_HOLDER, article="4:46 Awb",
        letter="L18", decision=True, guards=(ag.nil_is_nothing, *ADVERSE, *SIGNED),
        register_code="vastgesteld"))
    def settle_nil(self) -> None: ...

    @transition(status, S.VERLEEND, S.VASTGESTELD, **act("T32", "Ambtshalve vaststellen", R.MANDATE_HOLDER, article="4:47 Awb",
        letter="L16e", decision=True, guards=(g.ex_officio_day_reached, g.not_more_than_granted, *CALCULATED, *IF_ADVERSE, g.view_heard_if_less, *SIGNED),
        register_code="vastgesteld"))
    def settle_ex_officio(self) -> None: ...

    @transition(status, S.REPORT_OVERDUE, S.VASTGESTELD, **act("T33", "Ambtshalve vaststellen na rappel", R.MANDATE_HOLDER,
        article="4:44, 4:47 Awb", letter="L17", decision=True, guards=(g.term_has_ended, g.no_report_came, g.not_more_than_granted,
        g.ground_if_adverse, rg.ground_fits, g.motivated, g.weighed, g.view_heard_if_less, *SIGNED), register_code="vastgesteld"))
    def settle_ex_officio_after_reminder(self) -> None: ...

    @transition(status, RUNNING, S.GRANT_WITHDRAWN, **act("T34", "Verlening intrekken", R.MANDATE_HOLDER, article="4:48, 4:50 Awb",
        letter="L19", decision=True, guards=(*ADVERSE, pg.bibob_ground_holds, ig.reasonable_term, *SIGNED),
        register_code="verlening_ingetrokken"))
    def withdraw_grant(self) -> None: ...

    @transition(status, S.VASTGESTELD, S.VASTGESTELD, **act("T35", "Vaststelling wijzigen", R.MANDATE_HOLDER, article="4:49 Awb",
        letter="L20", decision=True, guards=(g.amount_is_right, *CALCULATED, *IF_ADVERSE, ig.within_five_years, g.motivated,
        g.ceiling_has_room, de_minimis_has_room, *SIGNED), register_code="vaststelling_gewijzigd"))
    def amend_settlement(self) -> None: ...

    @transition(status, S.VASTGESTELD, S.SETTLEMENT_WITHDRAWN, **act("T36", "Vaststelling intrekken", R.MANDATE_HOLDER,
        article="4:49 Awb", letter="L20", decision=True, guards=(ig.within_five_years, *ADVERSE, *SIGNED),
        register_code="vaststelling_ingetrokken"))
    def withdraw_settlement(self) -> None: ...

    # -- beside the spine ----------------------------------------------------------------------------------------
    @transition(status, ANY, None, **act("T37", "Ingebrekestelling inschrijven", *BY_APPLICANT, R.INTAKE_OFFICER, R.CASE_HANDLER,
        article="4:17, 6:12 Awb", letter="L21", guards=(g.notice_is_received,)))
    def record_default_notice(self) -> None: ...

    @transition(status, ANY, None, **act("T38", "Dwangsom vaststellen", R.MANDATE_HOLDER, article="4:18 Awb", letter="L22",
        decision=True, guards=(g.penalty_is_over, g.penalty_as_counted, g.motivated, *SIGNED)))
    def decide_penalty(self) -> None: ...

    @transition(status, CLOSABLE, S.CLOSED, **act("T39", "Afsluiten", R.SYSTEM, R.RECORDS_OFFICER, guards=(g.nothing_is_open,)))
    def close(self) -> None: ...

    @transition(status, S.CLOSED, RETURN_VALUE(*CLOSABLE), **act("T40", "Heropenen", R.RECORDS_OFFICER, R.MANDATE_HOLDER,
        guards=(g.reason_given,)))
    def reopen(self, target: str) -> str:
        """Back to the state before closing (a new fact: 4:49, a court order, a late objection)."""
        return target

    @transition(status, ANY, None, **act("T41", "Kenmerken verbeteren", R.CASE_HANDLER, R.POLICY_OFFICER, guards=(g.reason_given,),
        register_code="kenmerk_gecorrigeerd"))
    def correct_labels(self) -> None: ...

    @transition(status, ANY, RETURN_VALUE(*Status), **act("T42", "Registratie herroepen", R.RECORDS_OFFICER,
        guards=(g.reason_given, g.annuls_an_earlier_event), register_code="herroeping"))
    def annul_event(self, target: str) -> str:
        """An administrative correction: a registration that should never have existed. Not a decision."""
        return target

    @transition(status, ANY, None, **act("T43", "Opnieuw verzenden", R.INTAKE_OFFICER, R.CASE_HANDLER, R.SYSTEM, article="3:41 Awb",
        guards=(g.reason_given,)))
    def resend(self) -> None: ...

    @transition(status, (*RUNNING, S.VASTGESTELD), None, **act("T54", "Zienswijze vragen over een later besluit", R.CASE_HANDLER,
        article="4:8, 4:12 Awb", letter="L07", guards=(g.reason_given,)))
    def ask_view_aside(self) -> None:
        """A view before an adverse decision on a running or settled subsidy: a record beside the spine."""

    @transition(status, (*RUNNING, S.VASTGESTELD), None, **act("T55", "Zienswijze over een later besluit ontvangen", *BY_APPLICANT,
        R.INTAKE_OFFICER, R.CASE_HANDLER, article="4:9 Awb", guards=(g.reason_given,)))
    def receive_view_aside(self) -> None: ...

    @transition(status, (*UNDECIDED, S.REPORT_RECEIVED, S.REPORT_INCOMPLETE), None, **act("T62", "Termijn opschorten", R.CASE_HANDLER,
        article="4:15 Awb", letter="L06", guards=(g.reason_given, tg.term_runs, tg.suspension_is_lawful)))
    def suspend_term(self) -> None:
        """Days that do not count, of a kind that the law knows (4:15, Wet Bibob 31)."""

    @transition(status, (*UNDECIDED, S.REPORT_RECEIVED, S.REPORT_INCOMPLETE), None, **act("T63", "Opschorting beëindigen", R.CASE_HANDLER,
        article="4:15 Awb", letter="L06", guards=(tg.suspension_ends_after_it_began,)))
    def end_suspension(self) -> None: ...

    @transition(status, (*UNDECIDED, S.REJECTED, S.NOT_HANDLED), None, **act("T75", "Staatssteun toetsen", R.CASE_HANDLER,
        R.OBJECTION_HANDLER, article="4:35 Awb, 107 VWEU", guards=(aid_is_tested, g.no_interest)))
    def test_state_aid(self) -> None:
        """Walk the test tree; also after a refusal, for an objection against it."""

    @transition(status, ANY, None, **act("T61", "Behandelaar toewijzen", R.CASE_HANDLER, R.MANDATE_HOLDER, guards=(assignee_fits,),
        hidden=True))
    def assign(self) -> None: ...

    @transition(status, (*RUNNING, S.VASTGESTELD), None, **act("T95", "Instemmen met overdracht", R.MANDATE_HOLDER, article="ASV",
        letter="LBESLUIT", decision=True, guards=(pg.transfer_is_ready, g.motivated, *SIGNED)))
    def consent_to_transfer(self) -> None:
        """The case passes to another applicant when this is sent; the status stays."""

    @transition(status, ANY, None, **act("T97", "Adres, e-mailadres of rekening wijzigen", *BY_APPLICANT, R.INTAKE_OFFICER, R.CASE_HANDLER,
        R.FINANCE_OFFICER, R.SYSTEM))
    def change_details(self) -> None:
        """A change that was confirmed over a second way; it is the applicant's, and each running case remembers it.

        The system: on a case of a scheme in which who confirmed it has no role.
        """

    @transition(status, ANY, None, **act("T98", "Besluit aan een andere geadresseerde verzenden", R.SYSTEM, article="3:41 Awb", hidden=True))
    def send_copy(self) -> None:
        """A member who must pay back, or who takes a case over, gets the decision too: on this day it is made known to them."""

    # -- what a decision on an objection does to the case (B10) ----------------------------------------------------
    @transition(status, (S.REJECTED, S.NOT_HANDLED), S.RECEIVED, **act("T44", "Na bezwaar opnieuw behandelen", R.OBJECTION_DECIDER,
        article="7:11 Awb", letter="L28", decision=True, guards=(*IN_OBJECTION, *SIGNED)))
    def reconsider(self) -> None: ...

    @transition(status, (S.REJECTED, S.NOT_HANDLED), S.VERLEEND, **act("T45", "Na bezwaar verlenen", R.OBJECTION_DECIDER,
        article="7:11, 4:25 Awb", letter="L28", decision=True, guards=(*IN_OBJECTION, g.path_is_grant, g.amount_is_right,
        g.not_more_than_requested, *CALCULATED, *AID, g.first_ceiling_had_room, pg.bibob_is_finished, *SIGNED), register_code="verleend"))
    def grant_in_objection(self) -> None: ...

    @transition(status, (S.REJECTED, S.NOT_HANDLED), S.VASTGESTELD, **act("T46", "Na bezwaar direct vaststellen", R.OBJECTION_DECIDER,
        article="7:11, 4:43 Awb", letter="L28", decision=True, guards=(*IN_OBJECTION, g.path_is_direct, g.amount_is_right,
        g.not_more_than_requested, *CALCULATED, *AID, g.first_ceiling_had_room, pg.bibob_is_finished, *SIGNED), register_code="direct_vastgesteld"))
    def settle_directly_in_objection(self) -> None: ...

    @transition(status, RUNNING, None, **act("T47", "Na bezwaar verlening wijzigen", R.OBJECTION_DECIDER, article="7:11 Awb",
        letter="L28", decision=True, guards=(*IN_OBJECTION, g.amount_is_right, *CALCULATED, *IN_FIRST_ROOM, *SIGNED),
        register_code="verlening_gewijzigd"))
    def amend_in_objection(self) -> None: ...

    @transition(status, S.VASTGESTELD, S.VASTGESTELD, **act("T48", "Na bezwaar vaststelling wijzigen", R.OBJECTION_DECIDER,
        article="7:11 Awb", letter="L28", decision=True, guards=(*IN_OBJECTION, g.amount_is_right, *CALCULATED, *IN_FIRST_ROOM, *SIGNED),
        register_code="vaststelling_gewijzigd"))
    def amend_settlement_in_objection(self) -> None: ...

    @transition(status, DECIDED, None, **act("T56", "Beslissen op bezwaar zonder ander besluit", R.OBJECTION_DECIDER,
        article="7:11, 7:12 Awb", letter="L28", decision=True, guards=(*IN_OBJECTION, *SIGNED)))
    def uphold(self) -> None:
        """Inadmissible, unfounded, or well-founded without another decision: the case stays where it is."""

    @transition(status, S.GRANT_WITHDRAWN, S.VERLEEND, **act("T58", "Na bezwaar verlening herstellen", R.OBJECTION_DECIDER,
        article="7:11 Awb", letter="L28", decision=True, guards=(*IN_OBJECTION, g.amount_is_right, *IN_FIRST_ROOM, *SIGNED),
        register_code="verleend"))
    def revive_grant(self) -> None: ...

    @transition(status, S.SETTLEMENT_WITHDRAWN, S.VASTGESTELD, **act("T59", "Na bezwaar vaststelling herstellen", R.OBJECTION_DECIDER,
        article="7:11 Awb", letter="L28", decision=True, guards=(*IN_OBJECTION, g.amount_is_right, *IN_FIRST_ROOM, *SIGNED),
        register_code="vaststelling_gewijzigd"))
    def revive_settlement(self) -> None: ...

    # -- money back ----------------------------------------------------------------------------------------------
    @transition(status, (*RUNNING, S.VASTGESTELD, S.GRANT_WITHDRAWN, S.SETTLEMENT_WITHDRAWN), None, **act("T57", "Terugvorderen",
        R.MANDATE_HOLDER, article="4:57, 4:86, 4:95 Awb", letter="L29", decision=True,
        guards=(g.claim_as_counted, ig.claim_within_five_years, g.motivated, *SIGNED)))
    def reclaim(self) -> None:
        """Fix what must be paid back (Awb 4:86): the claim runs beside the spine."""

    # -- steps without legal effect ------------------------------------------------------------------------------
    @transition(status, ANY, None, **act("T49", "Besluit opstellen", R.CASE_HANDLER, R.OBJECTION_HANDLER, guards=(g.no_interest,),
        hidden=True))
    def prepare_decision(self) -> None: ...

    @transition(status, ANY, None, **act("T50", "Besluit toetsen", R.REVIEWER, R.OBJECTION_HANDLER, guards=(g.no_interest,), hidden=True))
    def review_decision(self) -> None: ...

    @transition(status, ANY, None, **act("T51", "Besluit ondertekenen", R.MANDATE_HOLDER, R.OBJECTION_DECIDER, article="10:1 Awb",
        hidden=True))
    def sign_decision(self) -> None: ...

    @transition(status, ANY, None, **act("T52", "Besluit teruggeven", R.REVIEWER, R.MANDATE_HOLDER, R.OBJECTION_DECIDER, R.SYSTEM,
        guards=(g.reason_given,), hidden=True))
    def return_decision(self) -> None: ...

    @transition(status, (NEW, *ANY), RETURN_VALUE(*Status), **act("T53", "Inlezen uit register", R.SYSTEM, hidden=True))
    def import_event(self, target: str) -> str:
        """A row of a register that another system kept."""
        return target
