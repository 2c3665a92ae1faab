"""How each constraint on what changes around a case is tried to be broken."""

from __future__ import annotations

from applicants.models import Applicant, Correspondent, PartyChange
from decisions.models import (
    Absence,
    BibobFile,
    BibobLine,
    BibobMember,
    BibobNote,
    DataBreach,
    DecisionCopy,
    LiabilityAgreement,
    LiablePerson,
    MemberAddress,
    PartyEffect,
    PartyReport,
    PostReturn,
    Transfer,
)
from letters.models import Dispatch, Letter


def correspondent_of(life, **values):
    given = {"kind": "curator", "name": "C", "street": "x 1", "postcode": "6211 AA", "city": "M", "valid_from": "2026-01-01"}
    return Correspondent.objects.create(applicant=life.case.applicant, **{**given, **values})


def report_of(life, **values):
    given = {"kind": "bankruptcy", "happened_on": "2026-01-01", "known_on": "2026-01-02", "source": "CIR", "registered_by": life.handler.user}
    return PartyReport.objects.create(applicant=life.case.applicant, **{**given, **values})


def effect_of(life, report=None, **values):
    given = {"state": "noticed", "stage": "running", "report": report or report_of(life)}
    return PartyEffect.objects.create(application=life.case, event=life.case.chain.events.get(position=1), **{**given, **values})


def effect_twice(life):
    report = report_of(life)
    effect_of(life, report), effect_of(life, report)


def change_of(life, **values):
    given = {"kind": "iban", "old": {}, "new": {}, "asked_on": "2026-01-01", "asked_at": "2026-01-01T10:00:00Z", "entered_by": life.handler.user}
    return PartyChange.objects.create(applicant=life.case.applicant, **{**given, **values})


def decided(life, **values):
    given = {"state": "confirmed", "how": "code", "decided_by": life.reviewer.user, "decided_on": "2026-01-02", "decided_at": "2026-01-02T10:00:00Z"}
    return change_of(life, **{**given, **values})


def absence_of(life, **values):
    given = {"user": life.handler.user, "substitute": life.reviewer.user, "valid_from": "2026-01-01", "valid_to": "2026-01-31", "entered_by": life.handler.user}
    return Absence.objects.create(**{**given, **values})


def return_of(life, **values):
    event = life.case.chain.events.get(position=1)
    given = {"state": "open", "kind": "returned", "found_on": "2026-01-01", "dispatch": Dispatch.objects.filter(letter__chain=life.case.chain).first()}
    return PostReturn.objects.create(application=life.case, event=event, **{**given, **values})


def breach_of(life, **values):
    given = {"known_at": "2026-01-01T10:00:00Z", "what": "naam", "noted_by": life.handler.user}
    return DataBreach.objects.create(application=life.case, **{**given, **values})


def member_of(life, **values):
    given = {"user": life.handler.user, "appointed_by": life.reviewer.user, "valid_from": "2026-01-01"}
    return BibobMember.objects.create(**{**given, **values})


def line_of(life, **values):
    return BibobLine.objects.create(**{"from_amount": 1, "basis": "x", "valid_from": "2026-01-01", **values})


def bibob_of(life, **values):
    given = {"state": "running", "opened_by": life.handler.user, "opened_on": "2026-01-01", "event": life.case.chain.events.get(position=1)}
    return BibobFile.objects.create(application=life.case, **{**given, **values})


def finished(life, **values):
    given = {"state": "finished", "result": "serious", "consequence": "refuse", "finished_by": life.reviewer.user, "finished_on": "2026-01-02"}
    return bibob_of(life, **{**given, **values})


def transfer_of(life, **values):
    other = Applicant.objects.exclude(id=life.case.applicant_id).first()
    given = {"state": "proposed", "basis": "agreement", "from_applicant": life.case.applicant, "to_applicant": other, "reason": "x",
             "proposed_by": life.handler.user, "proposed_on": "2026-01-01", "event": life.case.chain.events.get(position=1)}
    return Transfer.objects.create(application=life.case, **{**given, **values})


def person_of(life, agreement=None, **values):
    made = agreement or LiabilityAgreement.objects.create(
        application=life.case, kind="equal", accepted_by=life.asker.user, accepted_at="2026-01-01T10:00:00Z"
    )
    LiablePerson.objects.create(agreement=made, **{"position": 1, "name": "A", "address": "x 1", **values})
    return made


def address_of(life, **values):
    given = {"old": "x", "new": "y", "reason": "gebeld", "changed_by": life.handler.user, "changed_at": "2026-01-01T10:00:00Z"}
    return MemberAddress.objects.create(person=LiablePerson.objects.get(agreement=person_of(life)), **{**given, **values})


def copies_of(life):
    """The decision of the case goes to the same place in the list of addressees twice."""
    decision, letters = life.case.decisions.first(), Letter.objects.filter(chain=life.case.chain)[:2]
    for letter in letters:
        DecisionCopy.objects.create(decision=decision, position=1, letter=letter)


LIFE_BREAKS = {
    "decision_goes_once_to_each_addressee": copies_of,
    "liability_known_kind": lambda life: LiabilityAgreement.objects.create(
        application=life.case, kind="half", accepted_by=life.asker.user, accepted_at="2026-01-01T10:00:00Z"
    ),
    "liable_person_one_per_place": lambda life: person_of(life, person_of(life)),
    "one_contact_per_initiative": lambda life: person_of(life, person_of(life, is_contact=True), position=2, is_contact=True),
    "liable_person_has_name_and_address": lambda life: person_of(life, address=""),
    "member_address_says_why": lambda life: address_of(life, reason=""),
    "member_address_is_another": lambda life: address_of(life, new="x"),
    "transfer_known_state": lambda life: transfer_of(life, state="kwijt"),
    "transfer_known_basis": lambda life: transfer_of(life, basis="zomaar"),
    "transfer_to_another": lambda life: transfer_of(life, to_applicant=life.case.applicant),
    "one_proposed_transfer_per_case": lambda life: [transfer_of(life) for _ in "ab"],
    "transfer_done_by_another": lambda life: transfer_of(life, state="done", done_by=life.handler.user, done_on="2026-01-02"),
    "bibob_member_period_in_order": lambda life: member_of(life, valid_to="2025-12-31"),
    "bibob_member_appointed_by_another": lambda life: member_of(life, appointed_by=life.handler.user),
    "bibob_member_once": lambda life: [member_of(life) for _ in "ab"],
    "bibob_line_not_negative": lambda life: line_of(life, from_amount=-1),
    "bibob_line_period_in_order": lambda life: line_of(life, valid_to="2025-12-31"),
    "bibob_known_state": lambda life: bibob_of(life, state="kwijt"),
    "one_running_bibob_file_per_case": lambda life: [bibob_of(life) for _ in "ab"],
    "bibob_finished_has_an_outcome": lambda life: finished(life, finished_on=None),
    "bibob_refuses_only_on_serious_danger": lambda life: finished(life, result="lesser"),
    "bibob_finished_by_another": lambda life: finished(life, finished_by=life.handler.user),
    "bibob_note_checked": lambda life: BibobNote.objects.create(bibob=bibob_of(life), written_by=life.handler.user, text="x", check_state="kwijt"),
    "party_report_checked": lambda life: report_of(life, check_state="kwijt"),
    "transfer_checked": lambda life: transfer_of(life, check_state="kwijt"),
    "bibob_note_says_something": lambda life: BibobNote.objects.create(bibob=bibob_of(life), written_by=life.handler.user),
    "post_return_known_state": lambda life: return_of(life, state="kwijt"),
    "post_return_known_kind": lambda life: return_of(life, kind="nat"),
    "post_return_handled_by_a_person": lambda life: return_of(life, state="handled", outcome="none", handled_on="2026-01-02"),
    "breach_says_what": lambda life: breach_of(life, what=""),
    "breach_reported_after_it_was_known": lambda life: breach_of(life, reported_at="2025-12-31T10:00:00Z"),
    "breach_reported_or_told_why_not": lambda life: breach_of(life, closed_by=life.handler.user),
    "absence_period_in_order": lambda life: absence_of(life, valid_to="2025-12-31"),
    "absence_substitute_is_another": lambda life: absence_of(life, substitute=life.handler.user),
    "correspondent_known_kind": lambda life: correspondent_of(life, kind="buurman"),
    "one_correspondent_at_a_time": lambda life: [correspondent_of(life) for _ in "ab"],
    "party_report_known_kind": lambda life: report_of(life, kind="verhuisd"),
    "party_report_known_after_it_happened": lambda life: report_of(life, known_on="2025-12-31"),
    "party_report_has_a_source": lambda life: report_of(life, source=""),
    "party_report_once_in_force": lambda life: [report_of(life) for _ in "ab"],
    "party_report_end_has_a_reason": lambda life: report_of(life, ended_on="2026-02-01", ended_by=life.handler.user),
    "party_effect_known_state": lambda life: effect_of(life, state="verloren"),
    "party_effect_known_stage": lambda life: effect_of(life, stage="ooit"),
    "party_effect_once_per_case": effect_twice,
    "party_effect_answered_by_a_person": lambda life: effect_of(
        life, state="answered", answer="continue", motivation="x", answered_on="2026-01-03"
    ),
    "party_change_known_kind": lambda life: change_of(life, kind="naam"),
    "party_change_known_state": lambda life: change_of(life, state="verloren"),
    "one_pending_change_of_a_kind": lambda life: [change_of(life) for _ in "ab"],
    "party_change_confirmed_by_somebody": lambda life: decided(life, decided_by=None),
    "party_change_called_back_by_another": lambda life: decided(life, how="call_back", note="gebeld", decided_by=life.handler.user),
    "party_change_five_tries": lambda life: change_of(life, tries=6),
}
