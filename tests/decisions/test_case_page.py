"""The page of a case: few queries, the same number however much hangs on it, and what is to be done first."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions import casefile, todo
from decisions.models import AdviceRequest, Claim, DefaultNotice, InterestDeclaration, Objection, OutsidePosition, PaymentOrder, UndertakingMember
from decisions.services import advising, claiming, defaulting, noting
from grants.applications import panels
from grants.applications.models import Document
from grants.kernel import clock
from grants.kernel.models import User
from grants.project.demo.objections import Objector
from tests.project import aid_breaks, distribution_breaks, life_breaks, mine_breaks, sample_breaks

pytestmark = pytest.mark.django_db
MOST = 22
WATCHERS = ("behandelaar", "toetser", "directeur", "bezwaar")
"""Who act in a case, so that the page also looks for an interest of theirs."""


def page(username: str, address: str):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.get(address)


def queries(username: str, address: str) -> int:
    client = Client()
    client.force_login(User.objects.get(username=username))
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def more_of_everything(life, number: int) -> None:
    """Notes, files, advice, and for each advice an event."""
    for each in range(number):
        noting.write(application_id=life.id, kind="note", text=f"notitie {each}", actor=life.handler)
        mine_breaks.message_of(life, text=f"bericht {each}")
        Document.objects.create(
            application=life.case, question_key="scan", filename=f"scan-{each}.pdf", content_type="application/pdf", size=1, digest=str(each),
            file=f"scan-{each}.pdf", state="clean", uploaded_by=life.handler.user,
        )
        advising.ask(
            application_id=life.id, kind="colleague", about="change", question="Wat vindt u?", due_on=clock.today(), adviser=life.reviewer.user,
            actor=life.handler,
        )


@pytest.fixture
def full(live):
    """A case with every kind of record beside it."""
    life = live("report_received")
    more_of_everything(life, 1)
    Objector(life).register()
    claiming.draft(life.case, life.case.decisions.get(), Decimal(10), life.day)
    defaulting.record(application_id=life.id, received_on=life.day, actor=life.handler, day=life.day)
    return life


def more_around(life, number: int) -> None:
    """What there may be much of around a case: aid that counts, divisions that were void, breaches, other cases of the applicant."""
    club = life.case.applicant
    member = UndertakingMember.objects.filter(kvk_number=club.kvk_number).first() or aid_breaks.member(kvk_number=club.kvk_number)
    for _ in range(number):
        aid_breaks.entry(life, member=member)
        distribution_breaks.entry_of(life, distribution_breaks.draw_of(life, state="void", voided_by=life.signer.user, void_reason="verzonnen"))
        life_breaks.breach_of(life)


@pytest.fixture
def fullest(full, live):
    """With all that happens around a case too, so that every panel has something to show."""
    live("received")  # of the same applicant, so it looks like this one
    aid_breaks.tested(full, verdict="de_minimis")
    more_around(full, 1)
    club = full.case.applicant
    for user in User.objects.filter(username__in=WATCHERS):
        OutsidePosition.objects.create(user=user, organisation=club.name, kvk_number=club.kvk_number, position="lid", valid_from="2026-01-01")
        InterestDeclaration.objects.create(application=full.case, user=user, has_interest=False, remark="gewoon lid", declared_on=clock.today())
    sample_breaks.check_of(full)
    life_breaks.effect_of(full, life_breaks.report_of(full, correspondent=life_breaks.correspondent_of(full)))
    life_breaks.report_of(full, kind="suspension_of_payment")
    life_breaks.change_of(full, asked_on=clock.today())
    mine_breaks.completion_of(full)
    for make in (life_breaks.return_of, life_breaks.bibob_of, life_breaks.transfer_of):
        make(full)
    return full


def test_on_the_fullest_case_every_panel_has_something_to_show(fullest):
    content = page("behandelaar", f"/behandelen/{fullest.id}/").content.decode()
    assert content.count('<section id="deel-') == len(panels._for_officials)
    for sentence in ("brief teruggekomen", "datalek", "wacht op bevestiging", "Bibob-toets: loopt", "Ruimte voor de-minimissteun", "Deze zaak is getrokken"):
        assert sentence in content, sentence


@pytest.mark.parametrize("username", WATCHERS)
def test_the_fullest_case_asks_few_queries_and_no_more_with_thirty_of_everything(fullest, username):
    address = f"/behandelen/{fullest.id}/"
    for model in (Objection, PaymentOrder, Claim, DefaultNotice, AdviceRequest):
        assert model.objects.filter(application=fullest.id).exists(), model
    few = queries(username, address)
    more_of_everything(fullest, 29)
    more_around(fullest, 29)
    assert queries(username, address) == few <= MOST


def test_what_is_to_be_done_comes_first_with_its_day_and_the_nearest_first(live):
    life = live("received", days_ago=3)
    content = page("behandelaar", f"/behandelen/{life.id}/").content.decode()
    now = content.split('id="nu"')[1].split("</section>")[0]
    assert content.index('id="nu"') < content.index('id="gegevens"')
    assert re.search(r"Compleet verklaren</button> <span class=\"tag\">uiterlijk .* nog \d+ dagen", now)
    assert now.index("Compleet verklaren") < now.index("Kenmerken verbeteren")


@pytest.mark.parametrize(("days", "expected"), [(-1, "1 dagen te laat"), (0, "uiterlijk vandaag"), (1, "nog 1 dagen")])
def test_how_long_there_still_is(days, expected):
    today = clock.today()
    assert expected in todo.in_time(today + timedelta(days=days), today)


def test_each_entry_of_the_contents_leads_to_a_part_of_the_page(full):
    content = page("behandelaar", f"/behandelen/{full.id}/").content.decode()
    contents = content.split('class="contents"')[1].split("</nav>")[0]
    targets = re.findall(r'href="#([\w-]+)"', contents)
    assert len(targets) >= 9 and all(content.count(f'id="{target}"') == 1 for target in targets)


def test_the_records_of_the_page_are_those_of_the_tables(full):
    """What comes in one query for all kinds is what each kind of record says itself."""
    file = casefile.of(full.case)
    shown = {
        "decisions": (file.decisions, ("act", "state", "amount", "sent_on", "letter_id")), "letters": (file.letters, ("kind", "state", "day")),
        "payments": (file.payments, ("kind", "state", "amount", "due_on", "credited_on")), "claims": (file.claims, ("state", "amount", "due_on")),
        "objections": (file.objections, ("state", "outcome", "received_on", "decide_by", "contested_id")),
        "notices": (file.notices, ("state", "problem", "amount", "received_on", "first_day", "last_day", "decide_by")),
        "advices": (file.advices, ("state", "kind", "adviser_name", "asked_on", "due_on", "answered_on")),
    }
    for name, (records, columns) in shown.items():
        assert records, name
        model = type(records[0])
        own = model.objects.filter(chain=full.case.chain) if name == "letters" else model.objects.filter(application=full.id)
        said = [tuple(str(getattr(record, column)) for column in columns) for record in records]
        assert sorted(said) == sorted(tuple(str(getattr(record, column)) for column in columns) for record in own), name


def test_a_column_that_the_page_does_not_ask_is_still_right(full):
    file = casefile.of(full.case)
    assert file.payments[0].iban == PaymentOrder.objects.get(pk=file.payments[0].pk).iban
    assert file.objections[0].grounds == Objection.objects.get(application=full.id).grounds


def test_the_page_of_asked_advice_asks_as_many_queries_at_1_row_as_at_30(full):
    few = queries("toetser", "/behandelen/adviezen/")
    more_of_everything(full, 29)
    assert queries("toetser", "/behandelen/adviezen/") == few <= 10


def test_the_page_of_notes_asks_as_many_queries_at_1_row_as_at_30(full):
    few = queries("behandelaar", f"/behandelen/{full.id}/notities/")
    more_of_everything(full, 29)
    assert queries("behandelaar", f"/behandelen/{full.id}/notities/") == few <= 11
