"""The pages of the division, the points, the ceilings and the budget, as people use them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.models import Assessment, Draw, ScoreSheet
from decisions.services import dividing
from grants.applications.services import applying
from grants.budget import mutating
from grants.budget.models import Budget, Ceiling
from grants.budget.mutations import BudgetMutation
from grants.kernel.models import RoleAssignment, User
from tests.decisions.divided import ASSESSORS, LOTTERY, PRO_RATA, queue_up, score, tender

pytestmark = pytest.mark.django_db
THREE = (("25000", 2), ("20000", 2), ("17500", 2))


def visitor(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def text_of(answer):
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().replace("&nbsp;", " ").split())


def day_of(lives, days=2):
    return (lives[0].today - timedelta(days=days)).isoformat()


# -- dividing --------------------------------------------------------------------------------------------------------
def test_the_handler_divides_in_proportion_from_the_page_and_prepares_the_share(live):
    lives = queue_up(live, PRO_RATA, "50000.00", *THREE)
    handler = visitor("behandelaar")
    assert "LB-SVC-2026" in text_of(handler.get("/behandelen/verdeling/"))
    page = text_of(handler.get("/behandelen/verdeling/LB-SVC-2026/"))
    assert "wordt het plafond bereikt" in page and "voor een deel" in page and "Verdeling maken" in page
    answer = handler.post("/behandelen/verdeling/LB-SVC-2026/maken/", {"dag": day_of(lives)})
    made = Draw.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    result = text_of(handler.get(made.get_absolute_url()))
    assert "€ 20.000,00" in result and "opnieuw berekend, en is dezelfde" in result
    assert "deel € 16.000,00 van € 20.000,00" in text_of(handler.get(f"/behandelen/{lives[1].id}/"))
    assert 'value="16000,00"' in text_of(handler.get(f"/behandelen/{lives[1].id}/besluit/grant_partly/"))


def test_what_is_in_the_way_is_told_on_the_page_and_no_button_is_there(live):
    lives = queue_up(live, PRO_RATA, "20000", ("25000", 0), ("20000", 0))
    handler = visitor("behandelaar")
    page = text_of(handler.get("/behandelen/verdeling/LB-SVC-2026/"))
    assert "nog niet voorbij" in page and "Verdeling maken" not in page
    answer = handler.post("/behandelen/verdeling/LB-SVC-2026/maken/", {"dag": day_of(lives, 0)}, follow=True)
    assert "nog niet voorbij" in text_of(answer) and not Draw.objects.exists()


@pytest.mark.parametrize("day", ["", "gisteren", "2026-02-30"])
def test_a_day_that_is_no_day_is_told(live, day):
    queue_up(live, PRO_RATA, "20000", ("25000", 2), ("20000", 2))
    answer = visitor("behandelaar").post("/behandelen/verdeling/LB-SVC-2026/maken/", {"dag": day}, follow=True)
    assert "Kies de dag die u wilt verdelen" in text_of(answer)


def test_the_secret_is_not_shown_before_the_draw_and_what_was_typed_is_kept(live):
    lives = queue_up(live, LOTTERY, "50000", *THREE)
    signer = visitor("directeur")
    signer.post("/behandelen/verdeling/DEMO-CUL-2026/maken/", {"dag": day_of(lives)})
    draw = Draw.objects.get()
    page = text_of(signer.get(draw.get_absolute_url()))
    assert draw.commitment in page and draw.secret not in page
    refused = text_of(signer.post(draw.get_absolute_url(), {"wat": "loten", "witnesses": "W. Getuige", "word": "één"}))
    assert "letters zonder accenten" in refused and 'value="W. Getuige"' in refused and draw.secret not in refused
    assert signer.post(draw.get_absolute_url(), {"wat": "loten", "witnesses": "W. Getuige", "word": "rood 7"}).status_code == 302
    page = text_of(signer.get(draw.get_absolute_url()))
    assert f"{draw.secret}-rood 7:ZAAKNUMMER" in page and "W. Getuige" in page
    again = text_of(signer.post(draw.get_absolute_url(), {"wat": "loten", "witnesses": "x", "word": "y"}))
    assert "Dit kan nu niet" in again


def test_the_signer_declares_it_void_and_the_handler_has_no_such_button(live):
    lives = queue_up(live, PRO_RATA, "50000", *THREE)
    made = dividing.divide(ceiling_code=PRO_RATA[1], day=lives[0].today - timedelta(days=2), actor=lives[0].signer)
    handler, signer = visitor("behandelaar"), visitor("directeur")
    assert "Laten vervallen" not in text_of(handler.get(made.get_absolute_url()))
    handler.post(made.get_absolute_url(), {"wat": "vervallen", "reason": "fout"})
    assert Draw.objects.get().state == "made"
    assert "Er klopt iets niet" in text_of(signer.post(made.get_absolute_url(), {"wat": "vervallen", "reason": ""}))
    assert "een zaak ontbrak" in text_of(signer.post(made.get_absolute_url(), {"wat": "vervallen", "reason": "een zaak ontbrak"}, follow=True))
    assert Draw.objects.get().state == "void"


def test_who_reads_other_schemes_does_not_find_this_ceiling(live):
    lives = queue_up(live, PRO_RATA, "50000", *THREE)
    made = dividing.divide(ceiling_code=PRO_RATA[1], day=lives[0].today - timedelta(days=2), actor=lives[0].signer)
    RoleAssignment.objects.filter(user__username="behandelaar").update(scheme_code="LB-INW")
    handler = visitor("behandelaar")
    for page in ("/behandelen/verdeling/LB-SVC-2026/", "/behandelen/plafonds/LB-SVC-2026/", made.get_absolute_url()):
        assert handler.get(page).status_code == 404, page
    assert handler.post("/behandelen/verdeling/LB-SVC-2026/maken/", {"dag": day_of(lives)}).status_code == 404
    assert "LB-SVC-2026" not in text_of(handler.get("/behandelen/plafonds/"))


# -- points ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def contest(live):
    lives = queue_up(live, LOTTERY, "45000", ("20000", 9), ("20000", 8))
    tender(lives[0].today - timedelta(days=1))
    return lives


def test_an_assessor_saves_hands_in_and_then_sees_the_other(contest):
    score(contest[0], ASSESSORS[1], "4.5", "4")
    page = f"/behandelen/{contest[0].id}/punten/"
    handler = visitor("behandelaar")
    before = text_of(handler.get(page))
    assert "1 van ten minste 2 beoordelaars" in before and "Tess Toetser" not in before and "4,5" not in before
    half = {"punten_kwaliteit": "3,5", "reden_kwaliteit": "goed plan", "punten_bereik": "", "reden_bereik": ""}
    handler.post(page, half)
    kept = text_of(handler.get(page))
    assert 'value="3,5"' in kept and "goed plan" in kept
    refused = text_of(handler.post(page, {**half, "inleveren": "1"}))
    assert "Geef punten voor" in refused and 'value="3,5"' in refused
    assert "hoogste" not in refused and "Er klopt iets niet" in text_of(handler.post(page, {**half, "punten_bereik": "6", "inleveren": "1"}))
    whole = {**half, "punten_bereik": "2", "reden_bereik": "weinig mensen", "inleveren": "1"}
    after = text_of(handler.post(page, whole, follow=True))
    assert "ingeleverd" in after and "Tess Toetser" in after and "4,5" in after
    assert ScoreSheet.objects.handed_in().count() == 2
    handler.post(page, whole)
    assert ScoreSheet.objects.count() == 2


def test_somebody_who_does_not_score_sees_nothing_before_the_list_is_closed(contest):
    for life in contest:
        for who in ASSESSORS:
            score(life, who, "4", "4")
    page = f"/behandelen/{contest[0].id}/punten/"
    assert "verzonnen reden" not in text_of(visitor("auditor").get(page))
    assert "verzonnen reden" not in text_of(visitor("senior").get(page))


def test_the_page_of_a_tender_asks_no_witness_when_nobody_is_equal(contest):
    for life, points in zip(contest, ("4", "3"), strict=True):
        for who in ASSESSORS:
            score(life, who, points, "4")
    signer = visitor("directeur")
    page = text_of(signer.get("/behandelen/verdeling/DEMO-CUL-2026/"))
    assert "Rangschikking op punten" in page and "Lijst sluiten" in page
    signer.post("/behandelen/verdeling/DEMO-CUL-2026/maken/", {"dag": day_of(contest, 1)})
    draw = Draw.objects.get()
    signer.post(draw.get_absolute_url(), {"wat": "loten"})
    assert "12" in text_of(signer.get(draw.get_absolute_url())) and draw.entries.get(rank=1).application_id == contest[0].id


def test_a_scheme_without_points_has_no_page_for_them(live):
    assert visitor("behandelaar").get(f"/behandelen/{live('assessed').id}/punten/").status_code == 404


# -- the ceiling -----------------------------------------------------------------------------------------------------
def test_the_page_of_a_ceiling_tells_where_every_euro_is(live):
    live("verleend", amount="10000", days_ago=200)
    live("vastgesteld", amount="20000", days_ago=200)
    signed = live("assessed", amount="5000", days_ago=200)
    signed.decide("grant", Decimal(5000), send=False)
    code = signed.case.ceiling_id
    ceiling = Ceiling.objects.get(code=code)
    page = text_of(visitor("controller").get(f"/behandelen/plafonds/{code}/"))
    for words in ("5.000,00", "10.000,00", "20.000,00", "Het klopt: de database telde"):
        assert words in page, words
    assert ceiling.held == 5000 and ceiling.committed == 30000
    assert str(signed.case.case_number) in page and f"/behandelen/{signed.id}/" in page


def test_a_total_that_is_not_its_ledger_is_told_in_red(live):
    life = live("verleend", days_ago=200)
    Ceiling.objects.filter(code=life.case.ceiling_id).update(held=Decimal(1))
    page = visitor("controller").get(f"/behandelen/plafonds/{life.case.ceiling_id}/")
    assert "Het klopt niet" in text_of(page)
    assert "tag-late" in text_of(visitor("controller").get("/behandelen/plafonds/"))


def test_who_keeps_the_scheme_sees_the_money_and_not_the_case(live):
    life = live("verleend", days_ago=200)
    page = text_of(visitor("regelingbeheer").get(f"/behandelen/plafonds/{life.case.ceiling_id}/"))
    assert "Het klopt" in page and f"/behandelen/{life.id}/" not in page and life.case.title not in page


# -- the budget ------------------------------------------------------------------------------------------------------
LINE = {
    "kind": "adjustment", "amount": "670.000", "precision": "10000", "subject": "Leefbaarheidsaanpak", "document": "Najaarsnota 2025", "decided_on": "2025-11-07",
}


def test_a_line_of_a_budget_paper_is_entered_and_booked_back(world):
    budget = Budget.objects.filter(year=2025).first()
    finance = visitor("financien")
    answer = finance.post("/behandelen/begroting/nieuw/", {**LINE, "source": budget.pk})
    assert answer["Location"] == f"/behandelen/begroting/{budget.pk}/"
    page = text_of(finance.get(answer["Location"]))
    assert "€ -670.000,00" in page and "naar algemene middelen" in page and "€ 10.000" in page
    wrong = BudgetMutation.objects.get()
    finance.post(f"/behandelen/begroting/terugboeken/{wrong.pk}/")
    assert mutating.account_of(budget).total == 0
    assert "al teruggeboekt" in text_of(finance.post(f"/behandelen/begroting/terugboeken/{wrong.pk}/", follow=True))
    assert "Samen" in text_of(finance.get("/behandelen/begroting/"))


def test_a_line_that_does_not_fit_is_told_and_kept(world):
    page = text_of(visitor("regelingbeheer").post("/behandelen/begroting/nieuw/", {**LINE, "amount": "670.001"}))
    assert "Kies een product" in page and "Leefbaarheidsaanpak" in page
    budget = Budget.objects.filter(year=2025).first()
    page = text_of(visitor("regelingbeheer").post("/behandelen/begroting/nieuw/", {**LINE, "amount": "670.001", "source": budget.pk}))
    assert "niet afgerond op" in page


def test_a_case_handler_reads_the_budget_and_changes_nothing(world):
    handler = visitor("behandelaar")
    assert "Wijziging invoeren" not in text_of(handler.get("/behandelen/begroting/"))
    assert handler.post("/behandelen/begroting/nieuw/", LINE).status_code == 403
    assert not BudgetMutation.objects.exists()


# -- the number of queries -------------------------------------------------------------------------------------------
def queries(username, address):
    client = visitor(username)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200, address
    return len(found)


PAGES = (
    ("behandelaar", "/behandelen/verdeling/", 14), ("behandelaar", "/behandelen/verdeling/LB-SVC-2026/", 34),
    ("controller", "/behandelen/plafonds/", 14), ("controller", "/behandelen/plafonds/LB-SVC-2026/", 18), ("controller", "/behandelen/begroting/", 12),
)


def test_the_lists_ask_as_many_queries_at_3_cases_as_at_12(live):
    def after(number):
        """So many more cases of each kind, and then a ceiling with too little room for who waits."""
        Ceiling.objects.filter(code="LB-SVC-2026").update(amount=Decimal(4_000_000))
        for n in range(number):
            live("assessed", amount="30000", days_ago=30)
            live("verleend", amount="30000", days_ago=30)
            Budget.objects.create(product=f"9.{Budget.objects.count()}.{n}", name="x", year=2026)
        committed = Ceiling.objects.get(code="LB-SVC-2026").committed
        Ceiling.objects.filter(code="LB-SVC-2026").update(amount=committed + 40_000)
        return [queries(user, page) for user, page, _ in PAGES]

    few, many = after(3), after(9)
    assert many == few and all(found <= most for found, (_, _, most) in zip(many, PAGES, strict=True)), (few, many)


def test_the_page_of_a_division_asks_the_same_for_3_cases_as_for_9(live):
    found = []
    for number in (3, 9):
        lives = queue_up(live, PRO_RATA, str(number * 5000), *(("10000", 2 + number),) * number)
        made = dividing.divide(ceiling_code=PRO_RATA[1], day=lives[0].today - timedelta(days=2 + number), actor=lives[0].signer)
        found.append(queries("behandelaar", made.get_absolute_url()))
        for life in lives:
            applying.withdraw(application_id=life.id, actor=life.asker, day=life.today)
    assert found[0] == found[1] <= 12


def test_who_is_advised_to_be_refused_shows_what_was_asked_and_why_that_does_not_count(live):
    lives = queue_up(live, PRO_RATA, "50000", ("25000", 4), ("20000", 2))
    Assessment.objects.filter(application=lives[0].id).update(advice="negative", advised_amount=0)
    page = text_of(visitor("behandelaar").get("/behandelen/verdeling/LB-SVC-2026/"))
    row = page.split(lives[0].case.case_number)[1].split("</tr>")[0]
    assert "€ 25.000,00" in row and "€ 0,00" not in row and "doet niet mee: het advies is afwijzen" in row
    other = page.split(lives[1].case.case_number)[1].split("</tr>")[0]
    assert other.count("€ 20.000,00") == 2 and "doet niet mee" not in other
