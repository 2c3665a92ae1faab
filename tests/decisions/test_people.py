"""Who keeps away from a case (Awb 2:4), and who signs in whose place (Awb 10:3, 10:5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from applicants.models import Applicant, Representation
from decisions.interest_rules import Party, hints
from decisions.models import InterestDeclaration, MandateRule, Substitution
from decisions.services import assessing, deciding
from grants.applications.lifecycle.door import Refused
from grants.kernel import clock
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from letters.models import Letter

CLUB = Party(1, "Buurtclub de Linde", "NL91 ABNA 0417 1643 00", "6411 AA", "Demoplein 2", ("Jansen", "de Vries"))
OTHER = Party(2, "Iemand anders", "NL91ABNA0417164300", "6411aa", "demoplein 2")


@pytest.mark.parametrize(
    ("surname", "own", "expected"),
    [
        ("Pietersen", [], []),
        ("Pietersen", [CLUB], [("board", True)]),
        ("Pietersen", [Party(2, "x", iban="nl91abna0417164300")], [("iban", True)]),
        ("Pietersen", [Party(2, "x", postcode="6411AA", street="Demoplein 2")], [("address", False)]),
        ("Jansen", [], [("surname", False)]),
        ("jansen (verzonnen)", [], [("surname", False)]),
        ("de Vries", [Party(2, "x", postcode="6411AA", street="Demoplein 2")], [("household", True)]),
        ("Linde", [], [("surname", False)]),
        ("", [Party(2, "x")], []),
    ],
)
def test_signs_of_an_interest(surname, own, expected):
    assert [(hint.kind, hint.strong) for hint in hints(surname, own, CLUB)] == expected


def test_an_empty_account_or_address_connects_nobody():
    assert hints("Pietersen", [Party(2, "x")], Party(1, "y")) == ()


pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(live):
    life = live("assessed", scheme="LB-INW")
    assessing.note_view_not_required(application_id=life.id, about="settle_directly", reason="4:7(1)")
    return life


def prepared(life):
    values = {"amount": life.plan.amount, "motivation": "omdat"}
    return deciding.prepare(application_id=life.id, act="settle_directly", actor=life.handler, values=values, day=life.day)


def reviewed(life):
    decision = prepared(life)
    return deciding.review(decision_id=decision.id, actor=life.reviewer, day=life.day)


def joins_the_applicant(username, life):
    Representation.objects.create(applicant=life.case.applicant, user=User.objects.get(username=username), valid_from=clock.today() - timedelta(days=9))


def test_a_board_member_of_the_applicant_neither_prepares_nor_reviews_nor_signs(ready):
    joins_the_applicant("behandelaar", ready)
    with pytest.raises(Refused, match="2:4"):
        prepared(ready)
    Representation.objects.filter(user__username="behandelaar").delete()
    decision = prepared(ready)
    joins_the_applicant("toetser", ready)
    with pytest.raises(Refused, match="2:4"):
        deciding.review(decision_id=decision.id, actor=ready.reviewer, day=ready.day)
    Representation.objects.filter(user__username="toetser").delete()
    deciding.review(decision_id=decision.id, actor=ready.reviewer, day=ready.day)
    joins_the_applicant("directeur", ready)
    with pytest.raises(Refused, match="2:4"):
        deciding.sign(decision_id=decision.id, actor=ready.signer, day=ready.day)


def test_a_declared_interest_keeps_the_signer_away_until_it_is_declared_otherwise(ready):
    decision = reviewed(ready)
    assessing.declare_interest(application_id=ready.id, has_interest=True, actor=ready.signer)
    with pytest.raises(Refused, match="belang"):
        deciding.sign(decision_id=decision.id, actor=ready.signer, day=ready.day)
    assessing.declare_interest(application_id=ready.id, has_interest=False, actor=ready.signer)
    assert deciding.sign(decision_id=decision.id, actor=ready.signer, day=ready.day).state == "signed"


def test_a_weak_sign_asks_for_a_declaration_first(ready):
    Applicant.objects.filter(id=ready.case.applicant_id).update(name="Familie Toetser")
    with pytest.raises(Refused, match="Verklaar eerst"):
        reviewed(ready)
    assessing.declare_interest(application_id=ready.id, has_interest=False, actor=ready.reviewer)
    decision = ready.case.decisions.get()
    assert deciding.review(decision_id=decision.id, actor=ready.reviewer, day=ready.day).state == "reviewed"


def test_the_answer_on_the_assessment_form_is_a_declaration(ready):
    assert InterestDeclaration.objects.get(user__username="behandelaar", application=ready.id).has_interest is False


def test_a_declaration_is_never_changed_or_removed(ready):
    for change in (lambda: InterestDeclaration.objects.update(has_interest=True), InterestDeclaration.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def stand_in(first, last, username="senior"):
    return Substitution.objects.create(
        absent=User.objects.get(username="directeur"), substitute=User.objects.get(username=username), basis="Vervangingsbesluit (demo)",
        valid_from=first, valid_to=last,
    )


@pytest.mark.parametrize(("first", "last", "signs"), [(0, 0, True), (-5, -1, False), (1, 5, False), (-5, 5, True)])
def test_a_substitute_signs_under_the_mandate_of_who_is_away_on_those_days_only(ready, first, last, signs):
    MandateRule.objects.exclude(holder__username="directeur").delete()
    stand_in(ready.day + timedelta(days=first), ready.day + timedelta(days=last))
    decision, senior = reviewed(ready), person("senior", Role.MANDATE_HOLDER)
    if not signs:
        with pytest.raises(Refused, match="10:1"):
            deciding.sign(decision_id=decision.id, actor=senior, day=ready.day)
        return
    decision = deciding.sign(decision_id=decision.id, actor=senior, day=ready.day)
    assert decision.mandate_rule.holder.username == "directeur"
    assert "bij vervanging volgens Vervangingsbesluit" in Letter.objects.get(id=decision.letter_id).text


def test_a_substitute_without_the_role_of_a_mandate_holder_still_does_not_sign(ready):
    stand_in(ready.day, ready.day, username="controller")
    decision = reviewed(ready)
    with pytest.raises(Refused):
        deciding.sign(decision_id=decision.id, actor=person("controller", Role.MANDATE_HOLDER), day=ready.day)


def page(username, address, data=None):
    client = Client()
    client.force_login(User.objects.get(username=username))
    answer = client.post(address, data, follow=True) if data is not None else client.get(address)
    return answer.content.decode()


def test_the_page_shows_the_signs_and_takes_the_declaration(ready):
    Applicant.objects.filter(id=ready.case.applicant_id).update(name="Familie Toetser")
    address = f"/behandelen/{ready.id}/belang/"
    assert "dezelfde achternaam" in page("toetser", address)
    assert "is vastgelegd" in page("toetser", address, {"has_interest": "ja", "remark": "mijn broer"})
    assert InterestDeclaration.objects.get(user__username="toetser").has_interest


def test_the_register_shows_a_day_and_only_the_administrator_changes_it(world):
    rule = {"wat": "regel", "regel-decision_kind": "grant", "regel-role": "mandate_holder", "regel-basis": "Nieuw besluit", "regel-valid_from": "2027-01-01"}
    assert "Alleen de functioneel beheerder" in page("auditor", "/behandelen/mandaten/", rule)
    assert "is bijgewerkt" in page("beheer", "/behandelen/mandaten/", rule)
    assert "Nieuw besluit" not in page("auditor", "/behandelen/mandaten/?dag=2026-12-31")
    assert "Nieuw besluit" in page("auditor", "/behandelen/mandaten/?dag=2027-01-01")


def test_a_rule_ends_today_at_the_earliest(world):
    rule = MandateRule.objects.filter(valid_to=None).first()
    yesterday, today = clock.today() - timedelta(days=1), clock.today()
    values = {"wat": "einde", "einde-rule": rule.pk}
    assert "ligt voor vandaag" in page("beheer", "/behandelen/mandaten/", {**values, "einde-last_day": yesterday})
    assert "is bijgewerkt" in page("beheer", "/behandelen/mandaten/", {**values, "einde-last_day": today})
    rule.refresh_from_db()
    assert rule.valid_to == today


def test_a_mandate_given_to_a_role_follows_who_holds_that_role_on_the_day(ready):
    MandateRule.objects.exclude(holder=None).delete()
    RoleAssignment.objects.filter(user__username="directeur", role=Role.MANDATE_HOLDER).update(valid_to=ready.day - timedelta(days=1))
    decision = reviewed(ready)
    with pytest.raises(Refused, match="10:1"):
        deciding.sign(decision_id=decision.id, actor=ready.signer, day=ready.day)
