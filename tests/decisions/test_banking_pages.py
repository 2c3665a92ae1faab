"""The pages of payment files and bank statements: the right person, words for what went wrong, nothing typed lost."""

from __future__ import annotations

import base64
import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from decisions.models import AccountNameCheck, BankEntry, BankStatement, BatchDownload, PaymentBatch
from decisions.services import batching
from grants.kernel.models import AccessLog, RoleAssignment, User
from grants.project.demo.lives import Life
from tests.decisions.bank_files import Move, camt
from tests.decisions.money_lives import approved, approver, line_of, order_of, prepared, released
from tests.project.test_query_counts import queries

pytestmark = pytest.mark.django_db


def get(username, address):
    return _client(username).get(address)


def post(username, address, data=None):
    return _client(username).post(address, data or {}, follow=True)


def _client(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.fixture
def today(live):
    """Cases decided so short ago that their payments are due from now on."""

    def make(**given) -> Life:
        return live("vastgesteld_direct", days_ago=20, **given)

    return make


def test_an_officer_prepares_a_colleague_releases_and_the_file_is_taken(today):
    lives = [today(), today()]
    approved(*lives)
    page = get("financien", "/behandelen/betaalbestanden/nieuw/").content.decode()
    assert all(life.case.case_number in page for life in lives)
    first = get("financien", "/behandelen/betaalbestanden/nieuw/").context["form"].initial["execute_on"]
    page = post("financien", "/behandelen/betaalbestanden/nieuw/", {"order": [str(order_of(lives[0]).id)], "execute_on": str(first)}).content.decode()
    batch = PaymentBatch.objects.get()
    assert f"{batch.reference} staat klaar" in page and batch.lines.count() == 1
    address = f"/behandelen/betaalbestanden/{batch.id}/"
    assert "Vrijgeven voor de bank" not in get("financien", address).content.decode()
    assert "Vrijgeven voor de bank" in get("budgethouder", address).content.decode()
    assert "vrijgegeven met 1 betaling." in post("budgethouder", address + "vrijgeven/").content.decode()
    answer = post("financien", address + "bestand/")
    assert answer["Content-Disposition"] == f'attachment; filename="{batch.reference}.xml"' and b"pain.001.001.09" in answer.content
    assert answer.content == post("budgethouder", address + "bestand/").content
    page = get("financien", address).content.decode()
    assert "al eens opgehaald" in page and page.count("Fien Finance (verzonnen), ") == 2
    assert AccessLog.objects.filter(what="paymentfile").count() == BatchDownload.objects.count() == 2


def test_what_was_chosen_stays_when_the_day_is_wrong(today):
    lives = [today(), today()]
    approved(*lives)
    ticked, other = (str(order_of(life).id) for life in lives)
    page = post("financien", "/behandelen/betaalbestanden/nieuw/", {"order": [ticked], "execute_on": "2020-01-01"}).content.decode()
    assert "is voorbij. Kies" in page and 'value="2020-01-01"' in page
    assert f'value="{ticked}" checked' in page and f'value="{other}" checked' not in page
    assert "Voer een geldige datum in" in post("financien", "/behandelen/betaalbestanden/nieuw/", {"order": [ticked], "execute_on": "morgen"}).content.decode()
    assert "ten minste een betaling" in post("financien", "/behandelen/betaalbestanden/nieuw/", {"execute_on": "2020-01-01"}).content.decode()
    assert not PaymentBatch.objects.exists()


def test_an_instalment_of_later_is_not_offered_until_it_is_asked_for(today):
    life = today()
    (order,) = approved(life)
    address = "/behandelen/betaalbestanden/nieuw/"
    assert life.case.case_number in get("financien", f"{address}?tot={order.due_on}").content.decode()
    assert life.case.case_number not in get("financien", f"{address}?tot={life.day}").content.decode()
    assert life.case.case_number in get("financien", f"{address}?tot=onzin").content.decode()


def test_who_prepared_cannot_release_and_a_reason_is_asked_to_cancel(today):
    life = today()
    batch = prepared(life)
    address = f"/behandelen/betaalbestanden/{batch.id}/"
    RoleAssignment.objects.create(user=User.objects.get(username="financien"), role="finance_approver", valid_from="2024-01-01")
    assert "Laat een collega dat doen" in post("financien", address + "vrijgeven/").content.decode()
    assert "Schrijf op waarom" in post("financien", address + "intrekken/", {"reason": " "}).content.decode()
    assert "kunnen in een nieuw bestand" in post("financien", address + "intrekken/", {"reason": "verkeerde dag"}).content.decode()
    assert "nog geen bestand" in post("financien", address + "bestand/").content.decode()


@pytest.mark.parametrize(("username", "whole"), [("financien", True), ("controller", False), ("auditor", False)])
def test_the_account_of_an_applicant_is_whole_only_for_finance(today, username, whole):
    batch = released(today())
    page = get(username, f"/behandelen/betaalbestanden/{batch.id}/").content.decode()
    number = batch.lines.first().order.application.applicant.iban
    assert (number in page) is whole and "NL13TEST0123456789" not in page and "[DEMO]" in page


def test_who_reads_every_file_sees_a_whole_account_only_of_the_scheme_of_his_finance_role(today, live):
    direct, granted = today(), live("verleend", days_ago=20)
    batch = prepared(direct, granted)
    RoleAssignment.objects.create(user=User.objects.get(username="controller"), role="finance_officer", scheme_code="LB-SVC", valid_from="2024-01-01")
    RoleAssignment.objects.create(user=User.objects.get(username="controller"), role="intake_officer", valid_from="2024-01-01")
    page = get("controller", f"/behandelen/betaalbestanden/{batch.id}/")
    shown = {line.order.application_id: line.account for line in page.context["lines"]}
    assert shown[granted.id] == order_of(granted).iban and "****" in shown[direct.id]
    assert not page.context["may_cancel"] and "Intrekken" not in page.content.decode()
    assert "U mag dit bestand niet intrekken" in post("controller", f"/behandelen/betaalbestanden/{batch.id}/intrekken/", {"reason": "x"}).content.decode()
    batching.release(batch_id=batch.id, actor=approver(), day=max(direct.day, granted.day))
    assert "U mag dit bestand niet ophalen" in post("controller", f"/behandelen/betaalbestanden/{batch.id}/bestand/").content.decode()


def test_finance_of_one_scheme_sees_no_file_with_another_scheme_and_no_statement(today, live):
    mixed = released(today(), live("verleend", days_ago=20))
    own = released(today())
    post("financien", "/behandelen/bankafschriften/inlezen/", {"statement": SimpleUploadedFile("a.xml", camt())})
    RoleAssignment.objects.filter(user__username="controller").update(scheme_code="LB-INW")
    assert get("controller", f"/behandelen/betaalbestanden/{mixed.id}/").status_code == 404
    assert get("controller", f"/behandelen/betaalbestanden/{own.id}/").status_code == 200
    page = get("controller", "/behandelen/betaalbestanden/").content.decode()
    assert own.reference in page and mixed.reference not in page
    assert "AFSCHRIFT-1" not in get("controller", "/behandelen/bankafschriften/").content.decode()


def upload(content, username="financien"):
    return post(username, "/behandelen/bankafschriften/inlezen/", {"statement": SimpleUploadedFile("afschrift.xml", content)}).content.decode()


def test_a_statement_is_read_and_every_line_says_what_it_meant(today):
    life = today()
    released(life)
    number = life.case.case_number
    move = Move(order_of(life).amount, life.day, reference=line_of(life).reference)
    page = upload(camt(move, Move("12.00", life.day, reference="ONBEKEND-1")))
    assert "is gelezen" in page and f"De betaling van {number} is uitgevoerd" in page and "ONBEKEND-1 kennen wij niet" in page
    assert "al gelezen op" in upload(camt(move)) and BankEntry.objects.count() == 2
    entry = BankEntry.objects.get(outcome="unmatched")
    assert "ONBEKEND-1" in get("auditor", "/behandelen/bankafschriften/").content.decode()
    address = f"/behandelen/bankregels/{entry.id}/"
    assert "u mag dit niet doen" in post("auditor", address, {"text": "iets"}).content.decode()
    assert "Dit veld is verplicht" in post("financien", address, {"text": " "}).content.decode()
    assert "vastgelegd" in post("financien", address, {"text": "Bankkosten"}).content.decode()
    assert "Elke regel is verwerkt" in get("auditor", "/behandelen/bankafschriften/").content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Het bestand is leeg"),
        (b"x" * (2 * 1024 * 1024 + 1), "groter dan 2 MB"),
        (b"geen xml", "geen leesbare XML"),
        (camt(Move("-1.00", "2026-01-05")), "zonder minteken"),
        (camt(Move("1.005", "2026-01-05")), "hele centen"),
        (camt(account="NL91ABNA0417164300"), "andere rekening"),
        (camt(before="<!DOCTYPE x>"), "DOCTYPE"),
    ],
)
def test_a_bad_file_is_refused_in_words_with_a_link_to_the_field(world, content, words):
    page = upload(content)
    assert words in page and 'href="#id_statement"' in page


def test_the_payment_page_shows_the_answer_of_the_bank_and_lets_a_person_confirm(today, settings):
    settings.NAME_CHECK = "tests.decisions.test_name_check.Bank"
    from decisions.name_check import NameAnswer
    from tests.decisions.test_name_check import Bank

    Bank.answer = NameAnswer("close_match", "Stichting Anders")
    life = today()
    address = f"/behandelen/betalingen/{order_of(life).id}/"
    assert "Andere naam bij de rekening bevestigen" not in get("financien", address).content.decode()
    assert "past volgens de bank niet" in post("financien", address, {"act": "check_payment"}).content.decode()
    assert "Stichting Anders" in get("financien", address).content.decode() and "Stichting Anders" not in get("behandelaar", address).content.decode()
    post("financien", address, {"act": "confirm_name", "reason": "kopie gezien"})
    assert AccountNameCheck.objects.get().reason == "kopie gezien"
    assert "Het is vastgelegd" in post("financien", address, {"act": "check_payment"}).content.decode()


def test_the_part_of_a_claim_is_no_button(live):
    from decisions.models import Claim
    from decisions.services import claiming

    life = live("vastgesteld_direct")
    claim = claiming.draft(life.case, life.case.decisions.get(), order_of(life).amount, life.day)
    Claim.objects.filter(id=claim.id).update(state="determined", decision=life.case.decisions.get(), due_on=life.day, lapses_on=life.day)
    page = get("financien", f"/behandelen/terugvorderingen/{claim.id}/").content.decode()
    assert "receive_part" not in page and "claim_paid" in page
    assert "Dit kan nu niet" in post("financien", f"/behandelen/terugvorderingen/{claim.id}/", {"act": "receive_part"}).content.decode()


@pytest.mark.parametrize("address", ["/behandelen/betaalbestanden/", "/behandelen/betaalbestanden/nieuw/", "/behandelen/bankafschriften/"])
def test_a_list_asks_as_many_queries_at_2_rows_as_at_8(today, address):
    def more(number, first):
        for n in range(number):
            life = today()
            released(life)
            entries = [Move("1.00", life.day, reference=f"X{i}") for i in range(3)]
            upload(camt(*entries, name=f"A{first + n}"))
            approved(today())

    more(2, 0)
    few = queries("financien", address)
    more(6, 2)
    assert queries("financien", address) == few <= 14


@pytest.mark.parametrize("page", ["betaalbestanden", "bankafschriften"])
def test_a_page_asks_as_many_queries_at_2_lines_as_at_6(today, page):
    def made(count, name):
        lives = [today() for _ in range(count)]
        batch = released(*lives)
        if page == "betaalbestanden":
            return batch.id
        upload(camt(*[Move(order_of(life).amount, life.day, reference=line_of(life).reference) for life in lives], name=name))
        return BankEntry.objects.filter(statement__statement_id=name).first().statement_id

    few = queries("financien", f"/behandelen/{page}/{made(2, 'A')}/")
    assert queries("financien", f"/behandelen/{page}/{made(6, 'B')}/") == few <= 14


def test_a_long_list_goes_on_where_it_stopped(world):
    from datetime import timedelta

    from grants.kernel import clock

    user = User.objects.get(username="financien")
    for number in range(52):
        PaymentBatch.objects.create(
            reference=f"VL-{number:03d}", execute_on="2026-01-05", made_by=user, made_at=clock.now() - timedelta(days=number // 2)
        )
    first = get("financien", "/behandelen/betaalbestanden/")
    second = get("financien", f"/behandelen/betaalbestanden/?na={first.context['next']}")
    seen = [b.reference for b in (*first.context["batches"], *second.context["batches"])]
    assert len(first.context["batches"]) == 50 and len(seen) == len(set(seen)) == 52 and second.context["next"] == ""
    forged = cursor("nieuwste", "2026-01-05T10:00:00+00:00", "geen-sleutel")
    for wrong in ("onzin", forged, cursor("nieuwste", "2026-01-05", str(uuid4())), cursor("anders", "2026-01-05T10:00:00+00:00", str(uuid4()))):
        assert len(get("financien", f"/behandelen/betaalbestanden/?na={wrong}").context["batches"]) == 50


def test_a_long_list_of_statements_goes_on_where_it_stopped(world):
    from datetime import timedelta

    from grants.kernel import clock

    user = User.objects.get(username="financien")
    for number in range(52):
        at = clock.now() - timedelta(days=number // 2)
        BankStatement.objects.create(account="x", statement_id=f"A-{number:03d}", made_at=at, digest="x", read_by=user, read_at=at)
    first = get("financien", "/behandelen/bankafschriften/")
    second = get("financien", f"/behandelen/bankafschriften/?na={first.context['next']}")
    seen = [s.statement_id for s in (*first.context["statements"], *second.context["statements"])]
    assert len(first.context["statements"]) == 50 and len(seen) == len(set(seen)) == 52 and second.context["next"] == ""


def cursor(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()
