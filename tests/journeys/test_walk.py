"""A stranger walks one application from the public page to the settled subsidy, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.serial, pytest.mark.timeout(420)]
Visit = Callable[..., Visitor]


def apply_for(visitor: Visitor, scheme: str, title: str, amount: str, **answers: str) -> str:
    """Apply as the first applicant that may; answers the case number."""
    visitor.open("/")
    visitor.open(f"/regelingen/{scheme}/")
    visitor.press("Begin met de aanvraag")
    visitor.fill_in_sections(titel=title, bedrag=amount, **answers)
    assert title in visitor.text()
    visitor.page.get_by_role("checkbox", name=re.compile("naar waarheid")).check()
    visitor.press("Insturen")
    told = re.search(r"Uw zaaknummer is (\S+)\.", visitor.text())
    assert told, visitor.text()
    visitor.follow("Naar uw zaak")
    return told[1]


def open_case(official: Visitor, number: str) -> None:
    official.open(f"/behandelen/?q={number}")
    official.follow(number)


def assess(handler: Visitor, number: str, amount: str) -> None:
    open_case(handler, number)
    handler.press("Compleet verklaren")
    handler.follow("Staatssteun toetsen")
    handler.page.get_by_role("group", name="1. Is de aanvrager").get_by_role("radio", name="Nee", exact=True).check()
    handler.page.locator("[name=undertaking_why]").fill("De buurt doet dit zelf, er is geen markt.")
    handler.press("Toets vastleggen")
    assert "De uitkomst is: geen staatssteun" in handler.text()
    handler.follow("Beoordelen")
    page = handler.page
    page.get_by_role("radio", name="Nee", exact=True).check()
    page.locator("[name=facts]").fill("De plek is openbaar en de gemeente doet mee.")
    page.locator("[name=weighing]").fill("Het plan past bij de regeling.")
    page.locator("[name=advice]").select_option("positive")
    page.locator("[name=advised_amount]").fill(amount)
    handler.press("Bewaren en aanbieden aan de toetser")


def decide(visit: Visit, number: str, label: str, amount: str) -> None:
    """Prepare, review and sign: three people, none of them twice."""
    handler, reviewer, senior = visit("behandelaar"), visit("toetser"), visit("senior")
    open_case(handler, number)
    handler.follow(f"Besluit opstellen: {label}")
    handler.page.locator("[name=amount]").fill(amount)
    handler.page.locator("[name=motivation]").fill("Uw plan maakt de buurt leefbaarder.")
    handler.press("Concept bewaren")
    for official, button in ((reviewer, "Akkoord als toetser"), (senior, "Ondertekenen")):
        open_case(official, number)
        official.follow(label)
        official.press(button)
    assert "U hebt ondertekend" in senior.text()


def pay(visit: Visit, number: str) -> None:
    """Check, approve and follow the one payment of a case: two people."""
    officer, approver = visit("financien"), visit("budgethouder")
    for status, official, button in (
        ("planned", officer, "Betaling controleren"), ("checked", approver, "Betaling goedkeuren"), ("approved", officer, "Betaling naar de bank sturen"),
        ("exported", officer, "Betaling uitgevoerd"), ("executed", officer, "Betaling bijgeschreven"),
    ):
        official.open(f"/behandelen/betalingen/?status={status}")
        official.follow(number)
        official.press(button)
        assert "Het is vastgelegd" in official.text()


def read_letter(visitor: Visitor, case: str, name: str, *words: str) -> None:
    visitor.open(case)
    visitor.wait_for_link(name)
    visitor.follow(re.compile(name))
    for word in words:
        assert word in visitor.text()
    with visitor.page.expect_download() as coming:
        visitor.page.get_by_role("link", name="Brief als PDF").click()
    assert coming.value.path().read_bytes().startswith(b"%PDF-")
    assert coming.value.suggested_filename.endswith(".pdf")


def test_a_resident_gets_a_small_subsidy_settled_at_once(visit: Visit) -> None:
    resident = visit("bewoner")
    number = apply_for(resident, "LB-INW", "Bloembakken op de hoek", "3.000", ander_geld="nee", kosten="3.000")
    case = resident.path()

    assess(visit("behandelaar"), number, "3000")
    reviewer = visit("toetser")
    open_case(reviewer, number)
    reviewer.press("Beoordeling bevestigen (toetser)")
    assert "beoordeeld" in reviewer.text()
    decide(visit, number, "Direct vaststellen", "3000")

    read_letter(resident, case, "Beschikking directe vaststelling", number, "3.000,00")
    resident.open(case)
    assert "Vastgesteld" in resident.text()


def test_an_association_walks_the_long_way_without_javascript(visit: Visit) -> None:
    treasurer = visit("penningmeester", javascript=False)
    number = apply_for(treasurer, "LB-SVC", "Repareren in de wijk", "30.000", soort_plan="sociaal", verkoop="nee", toestemming="niet_nodig", kosten="37.500")
    case = treasurer.path()

    assess(visit("behandelaar"), number, "30000")
    reviewer = visit("toetser")
    open_case(reviewer, number)
    reviewer.press("Beoordeling bevestigen (toetser)")
    decide(visit, number, "Verlenen", "30000")
    read_letter(treasurer, case, "Verleningsbeschikking", number, "30.000,00")

    treasurer.open(case)
    treasurer.follow("Verantwoorden")
    treasurer.fill_in()
    treasurer.press("Bewaren en controleren")
    treasurer.page.locator("[name=verklaring]").check()
    treasurer.press("Insturen")
    assert "Wij hebben uw verantwoording ontvangen" in treasurer.text()

    decide(visit, number, "Vaststellen", "30000")
    read_letter(treasurer, case, "Vaststelling conform", number, "30.000,00")
    treasurer.open(case)
    assert re.search(r"Vastgesteld\s+€ 30\.000,00", treasurer.text())


def test_a_settled_case_is_closed_when_nobody_can_object_any_more(visit: Visit) -> None:
    archivist = visit("archief")
    archivist.open("/behandelen/?status=vastgesteld")
    row = archivist.page.get_by_role("row").filter(has_text="Samen koken").filter(has_text="demo")
    number = row.get_by_role("link").inner_text()
    open_case(archivist, number)
    archivist.follow("Afsluiten")
    archivist.press("Afsluiten")
    assert "Nog open: een betaling" in archivist.text()
    pay(visit, number)
    open_case(archivist, number)
    archivist.follow("Afsluiten")
    archivist.press("Afsluiten")
    assert "afgesloten" in archivist.text() and "vastgesteld → afgesloten" in archivist.text()


def test_what_goes_on_paper_becomes_a_pile_and_goes_in_the_post(visit: Visit) -> None:
    post = visit("intake")
    post.open("/behandelen/post/")
    waiting = re.search(r"Er wachten (\d+) brieven", post.text())
    assert waiting and "Pa Pier" in post.text()
    post.press("Stapel maken van de aangevinkte brieven")
    post.wait_for_text("klaar om te printen")
    post.press("De stapel is op de post")
    post.wait_for_text(f"{waiting[1]} van {waiting[1]} brieven verwerkt")
    assert "verzonden" in post.text()


@pytest.mark.parametrize(
    ("person", "paths"),
    [
        ("", ["/", "/regelingen/LB-INW/", "/inloggen/"]),
        ("bewoner", ["/mijn/"]),
        ("behandelaar", ["/behandelen/"]),
        ("controller", ["/cijfers/?from=2025-01-01&reference_date=2025-07-01"]),
        ("intake", ["/behandelen/post/", "/behandelen/post/meldingen/"]),
        ("beheer", ["/beheer/leidingen/"]),
    ],
)
def test_the_standing_pages_have_no_barrier(visit: Visit, person: str, paths: list[str]) -> None:
    visitor = visit(person)
    for path in paths:
        visitor.open(path)
    assert visitor.seen[-len(paths) :] == paths
