"""An applicant with cases of two schemes: what an official of one does about the applicant reaches the other, in the official's name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from applicants.models import Applicant, PartyChange
from decisions.models import PartyEffect, PartyReport
from decisions.services import life_events, party_changes
from grants.applications.lifecycle.door import NotPermitted
from grants.kernel import audit, clock
from grants.kernel.models import Event, RoleAssignment, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person

pytestmark = pytest.mark.django_db
CLUB = "Vereniging Buurthuis Voorbeeld (verzonnen)"


@pytest.fixture
def lives(live):
    """A case of each scheme; the handler has a role in the first alone."""
    found = live("verleend", applicant=CLUB), live("received", scheme="LB-INW", applicant=CLUB)
    RoleAssignment.objects.filter(user__username="behandelaar").update(scheme_code="LB-SVC")
    return found


def handler():
    return person("behandelaar", Role.CASE_HANDLER)


def in_trouble(life, actor):
    return life_events.report(
        applicant_id=life.applicant.id, kind="insolvency_requested", happened_on=clock.today() - timedelta(days=3), source="Insolventieregister",
        actor=actor, instead=None,
    )


def who_did(act, life):
    event = Event.objects.get(act=act, chain=life.case.chain)
    return event.actor, event.on_behalf_of, event.role


def test_a_report_reaches_the_case_of_the_other_scheme_for_who_reported_it_and_ends_there_too(lives):
    here, there = lives
    made = in_trouble(here, handler())
    assert set(PartyEffect.objects.values_list("application_id", flat=True)) == {here.id, there.id}
    assert who_did("notice_party_event", here) == (handler().user, None, "case_handler")
    assert who_did("notice_party_event", there) == (None, handler().user, "system")
    life_events.end(report_id=made.id, reason="het verzoek is ingetrokken", actor=handler())
    assert set(PartyEffect.objects.values_list("state", flat=True)) == {"ended"}
    assert who_did("end_party_event", there) == (None, handler().user, "system") and not list(audit.verify())


def test_a_confirmed_change_reaches_the_case_of_the_other_scheme(lives):
    here, there = lives
    change = party_changes.ask(
        applicant_id=here.applicant.id, kind="email", new={"email": "nieuw@example.org"}, actor=person("intake", Role.INTAKE_OFFICER)
    )
    party_changes.confirm_by_call(change_id=change.id, note="gebeld met de voorzitter", actor=handler())
    assert PartyChange.objects.get().state == "confirmed" and Applicant.objects.get(id=here.applicant.id).email == "nieuw@example.org"
    assert who_did("change_details", here) == (handler().user, None, "case_handler")
    assert who_did("change_details", there) == (None, handler().user, "system") and not list(audit.verify())


def test_who_has_a_role_for_none_of_the_cases_reports_and_ends_nothing(lives):
    here, _ = lives
    made = in_trouble(here, handler())
    RoleAssignment.objects.filter(user__username="behandelaar").update(scheme_code="DEMO-CUL")
    stranger = User.objects.get(username="behandelaar")
    RoleAssignment.objects.create(user=stranger, role=Role.AUDITOR, valid_from="2024-01-01")
    with pytest.raises(NotPermitted, match="Dit mag: behandelaar, medewerker intake.$"):
        life_events.end(report_id=made.id, reason="toch niet", actor=handler())
    with pytest.raises(NotPermitted):
        life_events.report(
            applicant_id=here.applicant.id, kind="bankruptcy", happened_on=clock.today(), source="CIR", actor=handler(), instead=None
        )
    assert PartyReport.objects.get().ended_on is None
