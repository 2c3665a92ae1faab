"""The name on the account is asked before a payment is checked; another name stops it until a person says why it is right."""

from __future__ import annotations

import pytest

from decisions import name_check
from decisions.models import AccountNameCheck
from decisions.models.naming import NameResult
from decisions.name_check import DemoNameCheck, NameAnswer, NameCheckFailed
from decisions.services import paying
from grants.applications.lifecycle.door import Refused
from grants.kernel import audit
from tests.decisions.money_lives import approver, officer, order_of

pytestmark = pytest.mark.django_db


class Bank:
    """A bank that gives one answer, and counts how often it was asked."""

    answer: NameAnswer | None = NameAnswer(NameResult.MATCH)
    asked: list[tuple[str, str]] = []

    def ask(self, iban, name):
        Bank.asked.append((iban, name))
        if Bank.answer is None:
            raise NameCheckFailed
        return Bank.answer


@pytest.fixture
def bank(settings):
    settings.NAME_CHECK = f"{__name__}.Bank"
    Bank.asked = []

    def answers(result, suggestion=""):
        Bank.answer = NameAnswer(result, suggestion) if result else None

    return answers


def check(life, act="check_payment", **values):
    return paying.step(order_id=order_of(life).id, act=act, actor=officer(), day=life.day, **values)


def test_an_answer_is_kept_with_the_payment_and_who_asked(live, bank):
    bank(NameResult.MATCH)
    life = live("vastgesteld_direct")
    assert check(life).state == "checked"
    found = AccountNameCheck.objects.get()
    assert (found.order, found.result, found.asked_by, found.iban) == (order_of(life), "match", officer().user, life.case.applicant.iban)
    assert Bank.asked == [(life.case.applicant.iban, life.case.applicant.name)]


@pytest.mark.parametrize("result", [NameResult.NO_MATCH, NameResult.CLOSE_MATCH])
def test_another_name_stops_the_check_and_the_answer_stays(live, bank, result):
    bank(result, "Stichting Anders")
    life = live("vastgesteld_direct")
    with pytest.raises(Refused, match="past volgens de bank niet.*Stichting Anders"):
        check(life)
    assert order_of(life).state == "planned" and AccountNameCheck.objects.get().result == result


def test_a_person_confirms_another_name_with_a_reason_and_then_it_is_checked(live, bank):
    bank(NameResult.NO_MATCH)
    life = live("vastgesteld_direct")
    with pytest.raises(Refused):
        check(life)
    with pytest.raises(Refused, match="Schrijf op waarom"):
        check(life, "confirm_name")
    check(life, "confirm_name", reason="kopie van het afschrift gezien")
    assert check(life).state == "checked" and len(Bank.asked) == 1
    found = AccountNameCheck.objects.get()
    assert (found.confirmed_by, found.reason) == (officer().user, "kopie van het afschrift gezien")
    assert life.case.chain.events.filter(act="confirm_name").count() == 1 and not list(audit.verify())


def test_there_is_nothing_to_confirm_when_the_name_fits(live, bank):
    bank(NameResult.MATCH)
    life = live("vastgesteld_direct")
    with pytest.raises(Refused, match="geen afwijkende naam"):
        check(life, "confirm_name", reason="voor de zekerheid")


@pytest.mark.parametrize("result", [NameResult.NOT_POSSIBLE, None])
def test_when_the_bank_gives_no_answer_the_payment_goes_on_and_says_so(live, bank, result):
    bank(result)
    life = live("vastgesteld_direct")
    assert check(life).state == "checked" and AccountNameCheck.objects.get().result == "not_possible"


def test_another_account_is_asked_anew_and_a_confirmation_does_not_go_with_it(live, bank, monkeypatch):
    from decisions.services import naming

    bank(NameResult.NO_MATCH)
    life = live("vastgesteld_direct")
    with pytest.raises(Refused):
        check(life)
    check(life, "confirm_name", reason="gezien")
    for module in (naming, paying):
        monkeypatch.setattr(module, "account_of", lambda application: "NL02 ABNA 0123 4567 89")
    with pytest.raises(Refused, match="past volgens de bank niet"):
        check(life)
    assert [iban for iban, _ in Bank.asked] == [life.case.applicant.iban, "NL02ABNA0123456789"]


def test_a_wrong_account_number_is_not_asked(live, bank, monkeypatch):
    from decisions.services import naming

    life = live("vastgesteld_direct")
    for module in (naming, paying):
        monkeypatch.setattr(module, "account_of", lambda application: "NL91ABNA0417164301")
    with pytest.raises(Refused, match="klopt niet"):
        check(life)
    assert Bank.asked == []


def test_the_approver_is_another_person_whatever_the_bank_said(live, bank):
    bank(NameResult.MATCH)
    life = live("vastgesteld_direct")
    check(life)
    assert paying.step(order_id=order_of(life).id, act="approve_payment", actor=approver(), day=life.day).state == "approved"


@pytest.mark.parametrize(
    ("iban", "result"),
    [("NL91ABNA0417164300", "match"), ("NL44RABO0123456789", "close_match"), ("NL20INGB0001234567", "no_match"), ("NL86INGB0002445588", "not_possible")],
)
def test_the_demonstration_shows_every_answer(iban, result):
    answer = DemoNameCheck().ask(iban, "Stichting Voorbeeld")
    assert answer.result == result and bool(answer.suggestion) is (result == "close_match")


@pytest.mark.parametrize(("name", "right"), [("decisions.name_check.NotConnected", True), ("decisions.name_check.Weg", False), ("datetime.date", False)])
def test_a_wrong_adapter_stops_the_start_with_a_sentence(settings, name, right):
    settings.NAME_CHECK = name
    found = name_check.name_check_can_be_made(None)
    assert [f.hint for f in found] == ([] if right else ["Zet NAME_CHECK op een klasse met een methode 'ask'."])
