"""What must always hold stands in the database: each constraint is tried to be broken."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from applicants.models import Applicant, Representation
from decisions.models import Assessment, Beschikking, Claim, CostReview, DefaultNotice, DueSignal, MandateRule, PaymentOrder, Substitution, View
from grants.applications.models import Application, ApplicationGoal
from grants.applications.term_changes import TermChange
from grants.budget import ledger
from grants.budget.models import Budget, Ceiling, LedgerEntry
from grants.kernel.models import Chain, Event, RoleAssignment
from grants.schemes.models import Area, Criterion, Neighbourhood, Question, Scheme, SchemeVersion
from letters.models import Dispatch, Letter
from tests.living import lived
from tests.project.aid_breaks import AID_BREAKS
from tests.project.banking_breaks import BANKING_BREAKS
from tests.project.budget_breaks import BUDGET_BREAKS
from tests.project.control_breaks import CONTROL_BREAKS
from tests.project.desk_breaks import DESK_BREAKS
from tests.project.distribution_breaks import DISTRIBUTION_BREAKS
from tests.project.file_breaks import FILE_BREAKS
from tests.project.lesson_breaks import LESSON_BREAKS
from tests.project.life_breaks import LIFE_BREAKS
from tests.project.mine_breaks import MINE_BREAKS
from tests.project.objection_breaks import OBJECTION_BREAKS
from tests.project.party_breaks import PARTY_BREAKS
from tests.project.post_breaks import POST_BREAKS
from tests.project.reminder_breaks import REMINDER_BREAKS
from tests.project.sample_breaks import SAMPLE_BREAKS
from tests.project.seal_breaks import SEAL_BREAKS
from tests.project.signin_breaks import SIGN_IN_BREAKS
from tests.project.text_breaks import TEXT_BREAKS
from tests.project.work_breaks import WORK_BREAKS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("module_world")]
OURS = ("kernel", "grants", "applicants", "letters", "decisions", "control")


@pytest.fixture(scope="module")
def life(module_world):
    return lived("verleend")


def change(model, **values):
    """Change one row past the services."""
    model.objects.filter(pk=model.objects.order_by("pk").first().pk).update(**values)


def again(instance, **values):
    """The same row once more."""
    for name, value in values.items():
        setattr(instance, name, value)
    instance.pk = None
    instance._state.adding = True
    models.Model.save(instance, force_insert=True)


def draft_of(life):
    return Beschikking(
        application=life.case, act="amend", state="draft", prepared_by=life.handler.user, prepared_event=life.case.chain.events.get(position=1)
    )


def event_like(life, **values):
    event = life.case.chain.events.order_by("-position").first()
    last = Event.objects.order_by("-sequence").first().sequence
    import uuid

    for name, value in {"sequence": last + 1, "position": event.position + 1, "source_id": None, **values}.items():
        setattr(event, name, value)
    event.id = uuid.uuid4()
    event._state.adding = True
    event.save(force_insert=True)


def notice_of(life, **values):
    """A valid notice of default, or one with something changed."""
    event = life.case.chain.events.get(position=values.pop("position", 1))
    given = {
        "state": "valid", "term": "DECISION", "received_on": "2026-06-01", "two_weeks_end": "2026-06-15", "first_day": "2026-06-16",
        "last_day": "2026-07-27", "decide_by": "2026-08-10",
    }
    return DefaultNotice.objects.create(application=life.case, event=event, **{**given, **values})


def change_of(life, **values):
    """An agreed delay on the first term of the case, with something changed."""
    given = {"kind": "agreed", "first_day": "2026-01-10", "last_day": "2026-01-20"}
    deadline, event = life.case.deadlines.order_by("id").first(), life.case.chain.events.get(position=1)
    return TermChange.objects.create(deadline=deadline, event=event, **{**given, **values})


def signal_of(life, stage):
    return DueSignal.objects.create(
        deadline=life.case.deadlines.order_by("id").first(), stage=stage, last_day="2026-01-10", found_on="2026-01-10"
    )


def substitution_of(life, **values):
    given = {"absent": life.signer.user, "substitute": life.reviewer.user, "basis": "x", "valid_from": "2026-01-01", "valid_to": "2026-01-31"}
    return Substitution.objects.create(**{**given, **values})


def cost_of(life, **values):
    given = {"of": "application", "position": 1, "claimed": Decimal(10), "accepted": Decimal(10), "reviewed_by": life.handler.user}
    return CostReview.objects.create(application=life.case, **{**given, **values})


def payment_of(life, position=1, **values):
    given = {"state": "planned", "kind": "advance", "number": 9, "amount": Decimal(10), "due_on": "2026-01-01"}
    decision, event = life.case.decisions.first(), life.case.chain.events.get(position=position)
    return PaymentOrder.objects.create(application=life.case, decision=decision, event=event, **{**given, **values})


def claim_of(life, cause=None, **values):
    given = {"state": "drafted", "amount": Decimal(10), "since": "2026-01-01"}
    cause = cause or life.case.decisions.first()
    return Claim.objects.create(application=life.case, cause=cause, event=life.case.chain.events.get(position=1), **{**given, **values})


def another_decision(life):
    decision = draft_of(life)
    decision.save()
    return decision


BREAKS = {
    "payment_known_state": lambda life: payment_of(life, state="verloren"),
    "payment_above_zero": lambda life: payment_of(life, amount=Decimal(0)),
    "payment_planned_once": lambda life: [payment_of(life) for _ in "ab"],
    "payment_four_eyes": lambda life: payment_of(life, checked_by=life.handler.user, approved_by=life.handler.user),
    "payment_approved_before_it_goes": lambda life: payment_of(life, state="exported"),
    "payment_credited_has_its_day": lambda life: payment_of(
        life, state="credited", iban="x", checked_by=life.handler.user, approved_by=life.reviewer.user
    ),
    "claim_known_state": lambda life: claim_of(life, state="verloren", decision=life.case.decisions.first(), due_on="2026-01-01", lapses_on="2031-01-01"),
    "claim_above_zero": lambda life: claim_of(life, amount=Decimal(0)),
    "claim_once_per_cause": lambda life: [claim_of(life, state=state) for state in ("drafted", "written_off")],
    "one_drafted_claim_per_case": lambda life: [claim_of(life), claim_of(life, cause=another_decision(life))],
    "claim_fixed_by_a_decision": lambda life: claim_of(life, state="due"),
    "claim_paid_has_its_day": lambda life: claim_of(
        life, state="paid", received=Decimal(10), decision=life.case.decisions.first(), due_on="2026-01-01", lapses_on="2031-01-01"
    ),
    "cost_line_reviewed_once": lambda life: [cost_of(life) for _ in "ab"],
    "cost_accepted_at_most_as_claimed": lambda life: cost_of(life, accepted=Decimal("10.01")),
    "cost_cut_has_a_reason": lambda life: cost_of(life, accepted=Decimal(9)),
    "cost_review_known_kind": lambda life: cost_of(life, of="x"),
    "substitution_period_in_order": lambda life: substitution_of(life, valid_to="2025-12-31"),
    "substitute_is_another": lambda life: substitution_of(life, substitute=life.signer.user),
    "due_signal_once_per_stage": lambda life: [signal_of(life, "late") for _ in "ab"],
    "due_signal_known_stage": lambda life: signal_of(life, "ooit"),
    "term_change_known_kind": lambda life: change_of(life, kind="vakantie"),
    "term_change_in_order": lambda life: change_of(life, last_day="2026-01-09"),
    "term_change_agreed_has_its_end": lambda life: change_of(life, last_day=None),
    "term_change_weeks_only_extend": lambda life: change_of(life, weeks=2),
    "term_extended_once": lambda life: [change_of(life, kind="extension", weeks=2) for _ in "ab"],
    "one_open_suspension_of_a_kind": lambda life: [change_of(life, kind="bibob", last_day=None) for _ in "ab"],
    **FILE_BREAKS,
    **LIFE_BREAKS,
    **MINE_BREAKS,
    **OBJECTION_BREAKS,
    **SEAL_BREAKS,
    **PARTY_BREAKS, **POST_BREAKS, **REMINDER_BREAKS,
    **SAMPLE_BREAKS,
    **BUDGET_BREAKS,
    **DISTRIBUTION_BREAKS,
    **AID_BREAKS,
    **BANKING_BREAKS,
    **DESK_BREAKS,
    **WORK_BREAKS,
    **TEXT_BREAKS,
    **CONTROL_BREAKS,
    **LESSON_BREAKS,
    **SIGN_IN_BREAKS,
    "default_notice_known_state": lambda life: notice_of(life, state="verloren"),
    "default_notice_premature_starts_nothing": lambda life: notice_of(life, state="premature", problem="te vroeg"),
    "default_notice_valid_has_no_problem": lambda life: notice_of(life, problem="te vroeg"),
    "default_notice_decided_by_a_decision": lambda life: notice_of(life, state="decided", amount=Decimal(23)),
    "one_running_default_notice_per_term": lambda life: [notice_of(life, position=p) for p in (1, 2)],
    "role_assignment_known_role": lambda life: change(RoleAssignment, role="koning"),
    "role_assignment_period_in_order": lambda life: change(RoleAssignment, valid_to="2000-01-01"),
    "event_position_in_chain": lambda life: event_like(life, position=1),
    "event_position_from_one": lambda life: event_like(life, position=0),
    "event_amount_not_negative": lambda life: event_like(life, amount=Decimal(-1)),
    "event_known_before_recorded": lambda life: event_like(life, known_at="2999-01-01T00:00:00Z"),
    "neighbourhood_once_per_area": lambda life: again(Neighbourhood.objects.first()),
    "scheme_period_in_order": lambda life: change(Scheme, closes_on="2000-01-01"),
    "scheme_version_number_once": lambda life: again(SchemeVersion.objects.first()),
    "scheme_version_from_one": lambda life: again(SchemeVersion.objects.first(), number=0),
    "question_key_once_per_version": lambda life: again(Question.objects.first()),
    "criterion_key_once_per_version": lambda life: again(Criterion.objects.first()),
    "budget_product_once_a_year": lambda life: [Budget.objects.create(product="2.2.1", name="x", year=2025) for _ in "ab"],
    "ceiling_period_in_order": lambda life: change(Ceiling, period_end="2000-01-01"),
    "ceiling_not_negative": lambda life: change(Ceiling, held=Decimal(-1)),
    "ceiling_never_overspent": lambda life: change(Ceiling, amount=Decimal(0), committed=Decimal("0.01")),
    "ledger_once_per_event_and_kind": lambda life: again(LedgerEntry.objects.first()),
    "ledger_excess_names_its_decision": lambda life: ledger.allow_excess(
        ceiling_id=life.case.ceiling_id, chain_id=life.case.chain_id, event_id=life.case.chain.events.get(position=1).id, amount=Decimal(1), basis=""
    ),
    "ledger_excess_never_taken_back": lambda life: ledger.allow_excess(
        ceiling_id=life.case.ceiling_id, chain_id=life.case.chain_id, event_id=life.case.chain.events.get(position=1).id, amount=Decimal(-1), basis="x"
    ),
    "applicant_known_type": lambda life: change(Applicant, type="bedrijf"),
    "applicant_kvk_8_digits": lambda life: change(Applicant, kvk_number="1234567x"),
    "representation_once": lambda life: again(Representation.objects.first()),
    "application_known_status": lambda life: change(Application, status="verloren"),
    "application_has_applicant": lambda life: change(Application, applicant=None),
    "application_has_number_once_received": lambda life: change(Application, case_number=None),
    "application_requested_not_negative": lambda life: change(Application, requested_amount=Decimal(-1)),
    "application_granted_not_negative": lambda life: change(Application, granted_amount=Decimal(-1)),
    "application_settled_not_negative": lambda life: change(Application, settled_amount=Decimal(-1)),
    "application_complete_after_receipt": lambda life: change(Application, complete_on="2000-01-01"),
    "goal_once_per_application": lambda life: again(ApplicationGoal.objects.first(), is_main=False),
    "one_main_goal_per_application": lambda life: ApplicationGoal.objects.create(application=life.case, goal_id="S5", is_main=True),
    "letter_made_has_file": lambda life: again(Letter.objects.first(), state="rendered", file=""),
    "letter_sent_once_per_event": lambda life: again(Dispatch.objects.first()),
    "mandate_period_in_order": lambda life: change(MandateRule, valid_to="2000-01-01"),
    "mandate_known_role": lambda life: change(MandateRule, role="koning"),
    "assessment_amount_not_negative": lambda life: change(Assessment, advised_amount=Decimal(-1)),
    "assessment_reviewer_is_another": lambda life: change(Assessment, reviewer=models.F("handler")),
    "view_lawful_reason": lambda life: change(View, not_required="geen zin"),
    "view_asked_or_not_required": lambda life: change(View, not_required="", asked_on=None),
    "view_received_after_asked": lambda life: View.objects.create(
        application=life.case, about="x", asked_on="2026-02-01", last_day="2026-03-01", received_on="2026-01-01"
    ),
    "one_open_decision_per_case": lambda life: [draft_of(life).save() for _ in "ab"],
    "decision_amount_not_negative": lambda life: again(draft_of(life), amount=Decimal(-1)),
    "decision_signed_with_mandate_and_letter": lambda life: again(draft_of(life), state="signed"),
    "decision_sent_has_its_event": lambda life: again(
        Beschikking.objects.filter(state="sent").first(), sent_event=None, application=Application.objects.get(id=life.id)
    ),
    "decision_signer_is_not_preparer": lambda life: again(draft_of(life), signed_by=life.handler.user),
    "decision_reviewer_is_not_preparer": lambda life: again(draft_of(life), reviewed_by=life.handler.user),
}


def test_every_named_constraint_is_tried():
    named = {c.name for model in apps.get_models() if model._meta.app_label in OURS for c in model._meta.constraints}
    assert named == set(BREAKS)


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(life, name):
    assert Chain.objects.exists() and Area.objects.exists()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKS[name](life)
    message = str(refused.value)
    assert name in message or "UNIQUE constraint failed" in message, message


def test_the_totals_of_a_ceiling_follow_its_ledger(life):
    before = Ceiling.objects.get(code=life.case.ceiling_id)
    event = life.case.chain.events.get(position=1)
    ledger.hold(ceiling_id=before.code, chain_id=life.case.chain_id, event_id=event.id, amount=Decimal("12.34"))
    after = Ceiling.objects.get(code=before.code)
    assert after.held - before.held == Decimal("12.34") and after.available == before.available - Decimal("12.34")


def test_one_cent_over_the_ceiling_is_refused_by_the_database(life):
    ceiling = Ceiling.objects.get(code=life.case.ceiling_id)
    event = life.case.chain.events.get(position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.hold(ceiling_id=ceiling.code, chain_id=life.case.chain_id, event_id=event.id, amount=ceiling.available + Decimal("0.01"))
    ledger.hold(ceiling_id=ceiling.code, chain_id=life.case.chain_id, event_id=event.id, amount=ceiling.available)


@pytest.mark.parametrize("parts", [["38254.73", "-8254.73", "-30000.00"], ["0.10", "0.20", "-0.30"], ["0.70", "0.10", "-0.80"]])
def test_amounts_with_cents_add_up_to_exactly_nothing(life, parts):
    ceiling = Ceiling.objects.create(code="C", scheme_id=life.case.scheme_id, period_start="2026-01-01", period_end="2026-12-31", amount=Decimal(99999))
    for event, part in zip(life.case.chain.events.order_by("position")[:3], parts, strict=True):
        kind = LedgerEntry.Kind.HOLD if Decimal(part) > 0 else LedgerEntry.Kind.RELEASE
        LedgerEntry.objects.create(ceiling=ceiling, chain=life.case.chain, event=event, kind=kind, held_delta=Decimal(part))
    assert Ceiling.objects.get(code="C").held == 0


@pytest.mark.parametrize(("amount", "part"), [("0.30", "0.10"), ("0.80", "0.70"), ("38254.73", "12751.58")])
def test_a_ceiling_is_filled_to_the_last_cent_in_parts_and_no_further(life, amount, part):
    """0,10 and 0,20 are 0,30, also where the database adds in floating point."""
    whole, first_part = Decimal(amount), Decimal(part)
    Ceiling.objects.create(code="C", scheme_id=life.case.scheme_id, period_start="2026-01-01", period_end="2026-12-31", amount=whole)
    first, second, third = life.case.chain.events.order_by("position")[:3]
    booking = {"ceiling_id": "C", "chain_id": life.case.chain_id}
    ledger.hold(event_id=first.id, amount=first_part, **booking)
    ledger.commit(event_id=first.id, amount=first_part, **booking)
    ledger.hold(event_id=second.id, amount=whole - first_part, **booking)
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.hold(event_id=third.id, amount=Decimal("0.01"), **booking)
