"""What officials get wrong when they decide: each is refused with the rule in plain words and what can be done, and changes nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from decisions.models import Beschikking, MandateRule
from decisions.services import assessing, deciding
from grants.applications.lifecycle.door import Refused
from grants.budget.models import Ceiling
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(live):
    """A reviewed decision to grant 30,000, ready to sign."""
    life = live("assessed")
    assessing.note_view_not_required(application_id=life.id, about="grant", reason="4:7(1)")
    decision = deciding.prepare(application_id=life.id, act="grant", actor=life.handler, values={"amount": Decimal(30000), "motivation": "Past."}, day=life.day)
    deciding.review(decision_id=decision.id, actor=life.reviewer, day=life.day)
    return life, decision


def refusal(act) -> str:
    with pytest.raises(Refused) as found:
        act()
    return str(found.value).replace("\xa0", " ")


def sign(life, decision, who=None, day=None):
    return deciding.sign(decision_id=decision.id, actor=who or life.signer, day=day or life.day)


def test_signing_without_a_mandate_says_who_can(ready):
    life, decision = ready
    MandateRule.objects.update(role=Role.FINANCE_APPROVER)
    said = refusal(lambda: sign(life, decision))
    assert "mandaat voor dit besluit" in said and "Leg het voor aan iemand die dat mandaat wel heeft" in said


@pytest.mark.parametrize(("below", "passes"), [("30000.01", True), ("30000.00", False)])
def test_signing_at_the_bound_of_a_mandate_names_the_bound_and_the_amount(ready, below, passes):
    life, decision = ready
    MandateRule.objects.update(amount_below=Decimal(below))
    if passes:
        assert sign(life, decision).state == "signed"
        return
    said = refusal(lambda: sign(life, decision))
    assert "onder € 30.000,00; dit besluit gaat over € 30.000,00" in said and "hoger mandaat" in said


@pytest.mark.parametrize(("after", "passes"), [(-1, True), (0, True), (1, False)])
def test_signing_on_the_day_after_the_last_day_of_a_mandate_names_the_day(ready, after, passes):
    life, decision = ready
    MandateRule.objects.update(valid_to=life.day - timedelta(days=after))
    if passes:
        assert sign(life, decision).state == "signed"
        return
    said = refusal(lambda: sign(life, decision))
    assert "geen mandaat voor dit besluit dat geldt op" in said and "Vraag na of er een nieuw mandaat is" in said


@pytest.mark.parametrize(("after", "passes"), [(-1, True), (0, True), (1, False)])
def test_a_role_counts_until_its_last_day_and_not_the_day_after(ready, after, passes):
    life, decision = ready
    RoleAssignment.objects.filter(user=life.signer.user).update(valid_to=life.today - timedelta(days=after))
    signer = person("directeur", Role.MANDATE_HOLDER)
    if passes:
        assert sign(life, decision, signer, life.today).state == "signed"
        return
    assert "Uw rol heeft geen mandaat voor dit besluit. Leg het voor aan iemand" in refusal(lambda: sign(life, decision, signer, life.today))


@pytest.mark.parametrize(("room", "passes"), [("29999.99", False), ("30000.00", True)])
def test_one_cent_over_the_ceiling_names_the_room_and_what_to_do(ready, room, passes):
    life, decision = ready
    Ceiling.objects.filter(code=life.case.ceiling_id).update(amount=Decimal(room))
    if passes:
        assert sign(life, decision).state == "signed"
        return
    said = refusal(lambda: sign(life, decision))
    assert "subsidieplafond laat nog € 29.999,99 toe" in said and "Verleen een lager bedrag of wijs (deels) af" in said


def test_signing_twice_says_how_it_stands(ready):
    life, decision = ready
    sign(life, decision)
    with pytest.raises(deciding.WrongState, match="kan niet meer: het besluit is nu ondertekend"):
        sign(life, decision)


def test_the_preparer_does_not_sign_and_is_told_who_must(ready):
    life, decision = ready
    RoleAssignment.objects.create(user=life.handler.user, role=Role.MANDATE_HOLDER, valid_from=life.day)
    said = refusal(lambda: sign(life, decision, person("behandelaar", Role.MANDATE_HOLDER)))
    assert "zelf voorbereid. Daarom moet iemand anders het ondertekenen" in said


@pytest.mark.parametrize(("amount", "words"), [("-0.01", "niet lager dan nul"), ("100.001", "twee cijfers achter de komma"), ("NaN", "geen getal"), ("99999999999999", "te groot")])
def test_an_amount_that_is_no_amount_is_refused_before_it_is_stored(live, amount, words):
    life = live("assessed")
    said = refusal(lambda: deciding.prepare(application_id=life.id, act="grant", actor=life.handler, values={"amount": Decimal(amount)}, day=life.day))
    assert words in said and "Vul" in said
    assert not Beschikking.objects.exists()


@pytest.mark.parametrize("amount", ["-0,01", "100,001", "veel"])
def test_the_page_keeps_what_was_typed_when_the_amount_is_wrong(live, amount):
    life = live("assessed")
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    page = client.post(f"/behandelen/{life.id}/besluit/grant/", {"amount": amount, "motivation": "Een heel verhaal."}).content.decode()
    assert "Een heel verhaal." in page and amount in page and not Beschikking.objects.exists()


@pytest.mark.parametrize(
    ("act", "state", "ground", "words"),
    [
        ("settle_lower", "report_received", "4:48(1)(a)", "4:46 .lager vaststellen"), ("withdraw_grant", "verleend", "4:46(2)(a)", "4:48 .*of artikel 4:50"),
        ("amend_settlement", "vastgesteld_direct", "4:48", "4:49 .een vaststelling"), ("withdraw_settlement", "vastgesteld_direct", "4:490", "4:49"),
    ],
)
def test_a_ground_that_does_not_carry_the_decision_is_refused_with_those_that_do(live, act, state, ground, words):
    life = live(state)
    with pytest.raises(Refused, match=rf"Deze grond draagt dit besluit niet. Kies een grond uit artikel {words}"):
        life.decide(act, None if act.startswith("withdraw") else Decimal(1), ground=ground, ground_text="x", proportionality="x")


def test_a_direct_settlement_is_not_refused_because_it_might_not_go_on(live):
    life = live("assessed", scheme="LB-INW")
    with pytest.raises(Refused, match="Bij directe vaststelling kan niet worden geweigerd.*Kies een grond van de regeling"):
        life.decide("reject", ground="4:35(1)(a)", ground_text="x")


def test_each_decision_offers_the_grounds_that_can_carry_it(live):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    page = client.get(f"/behandelen/{live('verleend').id}/besluit/withdraw_grant/").content.decode()
    assert 'value="4:48(1)(a)"' in page and 'value="4:46(2)(a)"' not in page and 'value="4:49(1)(a)"' not in page and "Waarom wijkt u af" not in page


def test_an_amount_at_nil_is_refused(live):
    life = live("report_received")
    with pytest.raises(Refused, match="nihil vaststellen is nul euro.*kies voor lager vaststellen"):
        life.decide("settle_nil", Decimal(1), ground="4:46(2)(a)", ground_text="x", proportionality="x")


@pytest.mark.parametrize("amount", [None, Decimal(0)])
def test_a_settlement_cannot_be_changed_into_nothing(live, amount):
    life = live("vastgesteld_direct")
    with pytest.raises(Refused, match="Vul een bedrag in dat hoger is dan nul"):
        life.decide("amend_settlement", amount, ground="4:49(1)(a)", ground_text="x", proportionality="x")
