"""Payments go to the bank once: prepared by one, released by another, in a file that never changes."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction

from decisions import bank_proof
from decisions.models import BatchDownload, PaymentBatch, PaymentLine, PaymentOrder
from decisions.models.batching import FINANCE, digest_of
from decisions.services import batching, paying
from decisions.services.batching import BatchRefused
from grants.applications.lifecycle.door import NotPermitted, Refused
from grants.kernel import audit
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.project import environment
from grants.project.demo.lives import person
from tests.decisions.money_lives import approved, approver, officer, order_of, prepared, released

pytestmark = pytest.mark.django_db


def texts(batch, tag):
    return [node.text for node in ElementTree.fromstring(bytes(batch.file)).iter() if node.tag.endswith("}" + tag)]


def test_a_released_batch_holds_each_payment_with_its_reference_case_number_and_exact_amount(live):
    lives = [live("vastgesteld_direct"), live("verleend")]
    batch = released(*lives)
    orders = [order_of(life) for life in lives]
    assert [o.state for o in orders] == ["exported", "exported"]
    assert batch.total == sum(o.amount for o in orders) == sum(Decimal(t) for t in texts(batch, "InstdAmt")) and batch.count == 2
    assert set(texts(batch, "EndToEndId")) == set(PaymentLine.objects.values_list("reference", flat=True))
    for life in lives:
        assert any(life.case.case_number in text for text in texts(batch, "Ustrd"))
    assert not list(audit.verify())


def test_each_order_says_in_its_event_in_which_file_it_went_and_nothing_personal(live):
    life = live("vastgesteld_direct")
    batch = released(life)
    event = life.case.chain.events.get(act="release_payment")
    assert event.data["batch"] == batch.reference and event.data["reference"] == f"{batch.reference}-1"
    assert event.actor == approver().user and "NL91" not in str(event.data)


def test_a_reference_is_short_enough_for_a_bank_and_names_nobody(live):
    life = live("vastgesteld_direct")
    line = released(life).lines.get()
    assert len(line.reference) <= 35 and life.case.applicant.name.split()[0].lower() not in line.reference.lower()
    assert life.case.case_number not in line.reference


def test_the_cases_are_locked_in_their_order_before_the_payments(live, monkeypatch):
    """As every step of a payment does: else two at once could wait for each other."""
    lives = [live("vastgesteld_direct"), live("verleend"), live("vastgesteld_direct")]
    locked = []
    lock = batching.locked_case
    monkeypatch.setattr(batching, "locked_case", lambda pk: locked.append(pk) or lock(pk))
    batch = prepared(*lives)
    assert locked == sorted(life.id for life in lives)
    locked.clear()
    batching.release(batch_id=batch.id, actor=approver(), day=max(life.day for life in lives))
    assert locked == sorted(life.id for life in lives)


def test_who_prepares_does_not_release(live):
    life = live("vastgesteld_direct")
    batch = prepared(life)
    RoleAssignment.objects.create(user=officer().user, role=Role.FINANCE_APPROVER, valid_from="2024-01-01")
    with pytest.raises(BatchRefused, match="Laat een collega dat doen"):
        batching.release(batch_id=batch.id, actor=officer(), day=life.day)
    assert order_of(life).state == "approved"


def test_an_officer_does_not_release_what_a_colleague_prepared(live):
    life = live("vastgesteld_direct")
    batch = prepared(life)
    other = User.objects.get(username="behandelaar")
    RoleAssignment.objects.create(user=other, role=Role.FINANCE_OFFICER, valid_from="2024-01-01")
    with pytest.raises(BatchRefused, match="budgethouder"):
        batching.release(batch_id=batch.id, actor=person("behandelaar", Role.FINANCE_OFFICER), day=life.day)


def test_only_an_officer_of_the_scheme_prepares(live):
    life = live("vastgesteld_direct")
    RoleAssignment.objects.filter(user=officer().user).update(scheme_code="LB-SVC")
    approved_orders = PaymentOrder.objects.filter(application=life.id)
    with pytest.raises(BatchRefused, match="financieel medewerker van die regeling"):
        batching.prepare(order_ids=[o.id for o in approved_orders], execute_on=life.day + timedelta(days=1), actor=officer(), day=life.day)


def test_an_order_goes_into_one_file_and_to_the_bank_once(live):
    life = live("vastgesteld_direct")
    batch = released(life)
    values = {"order_ids": [order_of(life).id], "execute_on": batch.execute_on, "actor": officer(), "day": life.day}
    with pytest.raises(BatchRefused, match=f"staat al in bestand {batch.reference}"):
        batching.prepare(**values)
    with pytest.raises(BatchRefused, match="niet nog een keer"):
        batching.release(batch_id=batch.id, actor=approver(), day=life.day)
    assert not batching.ready(officer().user).exists() and life.case.chain.events.filter(act="release_payment").count() == 1


def test_who_releases_files_sends_no_payment_to_the_bank_by_hand(live):
    life = live("vastgesteld_direct")
    (order,) = approved(life)
    with pytest.raises(NotPermitted, match="financieel medewerker"):
        paying.step(order_id=order.id, act="export_payment", actor=approver(), day=life.day)


def test_an_order_that_waits_in_a_file_is_not_sent_by_hand(live):
    life = live("vastgesteld_direct")
    batch = prepared(life)
    with pytest.raises(Refused, match=f"staat in betaalbestand {batch.reference}"):
        paying.step(order_id=order_of(life).id, act="export_payment", actor=officer(), day=life.day)


def test_a_cancelled_file_needs_a_reason_and_gives_its_orders_back(live):
    life = live("vastgesteld_direct")
    batch = prepared(life)
    with pytest.raises(BatchRefused, match="Schrijf op waarom"):
        batching.cancel(batch_id=batch.id, actor=officer(), reason=" ")
    batching.cancel(batch_id=batch.id, actor=officer(), reason="verkeerde dag")
    assert list(batching.ready(officer().user)) == [order_of(life)]
    with pytest.raises(BatchRefused, match="al ingetrokken"):
        batching.release(batch_id=batch.id, actor=approver(), day=life.day)


def _only(username, scheme):
    """This person has finance roles for one scheme alone; other roles stay."""
    RoleAssignment.objects.filter(user__username=username, role__in=FINANCE).update(scheme_code=scheme)


@pytest.mark.parametrize("scheme", ["LB-SVC", "LB-INW", "ELDERS"])
def test_a_file_is_cancelled_only_by_finance_of_every_scheme_in_it(live, scheme):
    batch = prepared(live("vastgesteld_direct"), live("verleend"))
    _only("financien", scheme)
    with pytest.raises(BatchRefused, match="niet intrekken. Dit mag: financieel medewerker of budgethouder van elke regeling"):
        batching.cancel(batch_id=batch.id, actor=officer(), reason="x")
    assert PaymentBatch.objects.get().state == "prepared"
    assert batching.cancel(batch_id=batch.id, actor=approver(), reason="x").state == "cancelled"


@pytest.mark.parametrize("scheme", ["LB-SVC", "LB-INW", "ELDERS"])
def test_a_file_is_taken_only_by_finance_of_every_scheme_in_it_also_of_a_payment_that_was_left_out(live, scheme):
    stays, stopped = live("vastgesteld_direct"), live("verleend")
    batch = prepared(stays, stopped)
    paying.step(order_id=order_of(stopped).id, act="stop_payment", actor=officer(), reason="dubbel", day=stopped.day)
    batching.release(batch_id=batch.id, actor=approver(), day=max(stays.day, stopped.day))
    _only("financien", scheme)
    with pytest.raises(BatchRefused, match="niet ophalen"):
        batching.download(batch_id=batch.id, actor=officer())
    assert not BatchDownload.objects.exists()
    assert batching.download(batch_id=batch.id, actor=approver()).id == batch.id


def test_a_payment_that_was_stopped_in_the_meantime_is_left_out_with_the_reason(live):
    stays, stopped = live("vastgesteld_direct"), live("vastgesteld_direct")
    batch = prepared(stays, stopped)
    gone = order_of(stopped)
    paying.step(order_id=gone.id, act="stop_payment", actor=officer(), reason="dubbel", day=stopped.day)
    batch = batching.release(batch_id=batch.id, actor=approver(), day=stays.day)
    assert batch.count == 1 and batch.total == order_of(stays).amount and len(texts(batch, "InstdAmt")) == 1
    assert PaymentOrder.objects.get(id=gone.id).state == "stopped" and not list(audit.verify())


def test_a_case_under_a_payment_stop_stays_behind_and_may_go_along_later(live):
    goes, held = live("vastgesteld_direct"), live("verleend")
    batch = prepared(goes, held)
    held.decide("suspend_payment")
    batching.release(batch_id=batch.id, actor=approver(), day=held.day)
    line = PaymentLine.objects.get(order=order_of(held))
    assert not line.live and "opgeschort" in line.problem and order_of(held).state == "approved"
    assert list(batching.ready(officer().user)) == [order_of(held)]


def test_an_account_that_changed_after_approval_is_not_paid(live, monkeypatch):
    life = live("vastgesteld_direct")
    batch = prepared(life)
    monkeypatch.setattr(batching, "account_of", lambda application: "NL02ABNA0123456789")
    with pytest.raises(BatchRefused, match="Geen van deze betalingen"):
        batching.release(batch_id=batch.id, actor=approver(), day=life.day)
    assert PaymentBatch.objects.get().state == "prepared" and order_of(life).state == "approved"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda o, d: {"order_ids": []}, "ten minste een betaling"),
        (lambda o, d: {"order_ids": [o.application_id]}, "bestaat niet meer"),
        (lambda o, d: {"order_ids": [o.id] * 501}, "ten hoogste 500"),
        (lambda o, d: {"execute_on": d - timedelta(days=1)}, "is voorbij"),
        (lambda o, d: {"execute_on": o.due_on}, "Kies uiterlijk"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_in_words(live, change, words):
    life = live("vastgesteld_direct")
    (order,) = approved(life)
    values = {"order_ids": [order.id], "execute_on": life.day + timedelta(days=1), "actor": officer(), "day": life.day}
    with pytest.raises(BatchRefused, match=words):
        batching.prepare(**{**values, **change(order, life.day)})
    assert not PaymentBatch.objects.exists()


def test_a_payment_that_is_not_approved_does_not_go_along(live):
    life = live("vastgesteld_direct")
    with pytest.raises(BatchRefused, match="is nu gepland"):
        batching.prepare(order_ids=[order_of(life).id], execute_on=life.day + timedelta(days=1), actor=officer(), day=life.day)


def test_a_day_that_passed_before_the_release_is_refused(live):
    life = live("vastgesteld_direct")
    batch = prepared(life)
    with pytest.raises(BatchRefused, match="Trek dit bestand in"):
        batching.release(batch_id=batch.id, actor=approver(), day=batch.execute_on + timedelta(days=1))
    assert batching.release(batch_id=batch.id, actor=approver(), day=batch.execute_on).state == "released"


@pytest.mark.parametrize("number", ["", "NL00XXXX0000000000"])
def test_without_a_right_account_of_the_province_no_file_is_made(live, settings, number):
    life = live("vastgesteld_direct")
    batch = prepared(life)
    settings.PAYER_IBAN = number
    with pytest.raises(BatchRefused, match="PAYER_IBAN"):
        batching.release(batch_id=batch.id, actor=approver(), day=life.day)
    assert order_of(life).state == "approved"


def test_a_wrong_account_of_the_province_stops_the_start(monkeypatch):
    monkeypatch.setenv("PAYER_IBAN", "NL13TEST0123456788")
    with pytest.raises(ImproperlyConfigured, match="controlecijfers"):
        environment.account("PAYER_IBAN")
    monkeypatch.setenv("PAYER_IBAN", "NL13 TEST 0123 4567 89")
    assert environment.account("PAYER_IBAN") == "NL13TEST0123456789"
    monkeypatch.setenv("PAYMENT_SCHEMA", "pain.001.001.02")
    with pytest.raises(ImproperlyConfigured, match="PAYMENT_SCHEMA"):
        environment.one_of("PAYMENT_SCHEMA", "pain.001.001.09", ("pain.001.001.09",))


def test_taking_the_file_again_gives_the_same_bytes_and_keeps_who_took_it(live):
    batch = released(live("vastgesteld_direct"))
    first, second = (batching.download(batch_id=batch.id, actor=who) for who in (officer(), approver()))
    assert bytes(first.file) == bytes(second.file) and hashlib.sha256(bytes(first.file)).hexdigest() == batch.digest
    assert [d.by.username for d in BatchDownload.objects.order_by("id")] == ["financien", "budgethouder"]


def test_there_is_no_file_before_the_release(live):
    batch = prepared(live("vastgesteld_direct"))
    with pytest.raises(BatchRefused, match="nog geen bestand"):
        batching.download(batch_id=batch.id, actor=officer())


@pytest.mark.parametrize("change", [{"file": b"anders"}, {"digest": "0" * 64}, {"state": "prepared"}, {"total": Decimal(1)}])
def test_the_database_refuses_to_change_a_released_file(live, change):
    batch = released(live("vastgesteld_direct"))
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        PaymentBatch.objects.filter(id=batch.id).update(**change)
    with pytest.raises(DatabaseError, match="is kept"), transaction.atomic():
        PaymentBatch.objects.filter(id=batch.id)._raw_delete("default")


def test_a_changed_file_is_found_by_the_audit_and_not_given_out(live, monkeypatch):
    batch = released(live("vastgesteld_direct"))
    monkeypatch.setattr(PaymentBatch, "file", property(lambda self: b"anders", lambda self, value: None), raising=False)
    assert [f.where for f in bank_proof.files_are_as_released()] == [f"betaalbestand {batch.reference}"]
    with pytest.raises(BatchRefused, match="meld dit bij de beheerder"):
        batching.download(batch_id=batch.id, actor=officer())


def test_the_audit_and_the_download_ask_one_function_whether_a_file_is_as_it_was_released(live, monkeypatch):
    batch = released(live("vastgesteld_direct"))
    assert batch.is_as_released and batch.digest == digest_of(bytes(batch.file)) == hashlib.sha256(bytes(batch.file)).hexdigest()
    monkeypatch.setattr(PaymentBatch, "is_as_released", False)
    assert [f.where for f in bank_proof.files_are_as_released()] == [f"betaalbestand {batch.reference}"]
    with pytest.raises(BatchRefused, match="veranderd sinds het is vrijgegeven"):
        batching.download(batch_id=batch.id, actor=officer())


def test_a_returned_payment_may_go_along_again_under_a_new_reference(live):
    life = live("vastgesteld_direct")
    first = released(life).lines.get().reference
    paying.step(order_id=order_of(life).id, act="return_payment", actor=officer(), reason="rekening opgeheven", day=life.day)
    paying.step(order_id=order_of(life).id, act="replan_payment", actor=officer(), reason="nieuwe rekening", day=life.day)
    second = released(life).lines.get().reference
    assert first != second and PaymentLine.objects.filter(live=True).count() == 1 and not list(audit.verify())


def test_a_line_that_is_in_a_released_file_while_its_order_is_not_with_the_bank_is_found(live):
    life = live("vastgesteld_direct")
    released(life)
    PaymentOrder.objects.filter(application=life.id).update(state="approved")
    assert any("vrijgegeven bestand" in finding.problem for finding in bank_proof.orders_in_a_file_are_with_the_bank())
