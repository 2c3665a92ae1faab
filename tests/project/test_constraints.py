"""What must always hold stands in the database: each constraint is tried to be broken."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from applicants.models import Applicant, Representation
from decisions.models import Assessment, Beschikking, DefaultNotice, MandateRule, View
from grants.applications.models import Application, ApplicationGoal
from grants.budget import ledger
from grants.budget.models import Budget, Ceiling, LedgerEntry
from grants.kernel.models import Chain, Event, RoleAssignment
from grants.schemes.models import Area, Criterion, Neighbourhood, Question, Scheme, SchemeVersion
from letters.models import Dispatch, Letter
from tests.project.objection_breaks import OBJECTION_BREAKS

pytestmark = pytest.mark.django_db
OURS = ("kernel", "grants", "applicants", "letters", "decisions")


@pytest.fixture
def life(live):
    return live("verleend")


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


BREAKS = {
    **OBJECTION_BREAKS,
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
