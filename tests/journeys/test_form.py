"""The form with JavaScript: it saves by itself and says so, and a bad line, a reload or a colleague costs nobody a word."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.serial, pytest.mark.timeout(420)]
Visit = Callable[..., Visitor]
SAVED = re.compile(r"^Bewaard om \d\d\.\d\d uur\.$")
KEPT = "() => Object.keys(sessionStorage).filter(key => key.startsWith('verleend-draft-')).length"


def begin(visitor: Visitor) -> str:
    """A new draft of scheme 1; answers its address."""
    visitor.open("/regelingen/LB-INW/")
    visitor.press("Begin met de aanvraag")
    return visitor.path()


def refuse(route: Route) -> None:
    """No line for this request."""
    route.abort()


def says(visitor: Visitor) -> Locator:
    return visitor.page.locator("[data-saved]")


def type_in(visitor: Visitor, key: str, text: str) -> None:
    visitor.page.locator(f"#id_{key}").fill(text)


def shown(visitor: Visitor, case: str, section: str, key: str) -> str:
    """What a fresh page in another window shows."""
    page = visitor.context.new_page()
    try:
        page.goto(f"{case}invullen/{section}/")
        return page.locator(f"#id_{key}").input_value()
    finally:
        page.close()


@pytest.fixture
def resident(visit: Visit) -> Visitor:
    return visit("bewoner")


def test_it_saves_by_itself_and_says_so(resident: Visitor) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/plan/")
    type_in(resident, "titel", "Bloembakken")
    expect(says(resident)).to_have_text(SAVED)
    assert shown(resident, case, "plan", "titel") == "Bloembakken"
    assert resident.page.evaluate(KEPT) == 0, "what is saved is not kept in the browser"
    resident.page.reload()
    assert resident.page.locator("#id_titel").input_value() == "Bloembakken"


def test_a_button_right_after_typing_loses_nothing_and_meets_no_conflict_with_itself(resident: Visitor) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/plan/")
    type_in(resident, "titel", "Eerst dit")
    type_in(resident, "samenvatting", "En meteen verder")
    resident.press("Volgende")
    assert "/invullen/plek/" in resident.path()
    assert shown(resident, case, "plan", "titel") == "Eerst dit" and shown(resident, case, "plan", "samenvatting") == "En meteen verder"


def test_without_a_line_it_says_so_and_saves_when_the_line_is_back(resident: Visitor) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/plan/")
    resident.context.set_offline(True)
    type_in(resident, "titel", "Getypt in de trein")
    expect(says(resident)).to_contain_text("U hebt geen verbinding")
    resident.page.get_by_role("button", name="Volgende", exact=True).click()
    expect(says(resident)).to_contain_text("U hebt geen verbinding")
    assert resident.path().endswith("/invullen/plan/"), "nobody is sent to a page that cannot come"
    resident.context.set_offline(False)
    expect(says(resident)).to_have_text(SAVED, timeout=40_000)
    assert shown(resident, case, "plan", "titel") == "Getypt in de trein"


def test_a_reload_before_it_was_saved_brings_back_what_was_typed(resident: Visitor) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/geld/")
    resident.page.route("**/bewaren/", refuse)
    resident.page.get_by_role("button", name=re.compile("Nog een regel.*Wat kost het")).click()
    resident.page.locator("[name=kosten-3-description]").fill("Hout")
    resident.page.locator("[name=kosten-3-amount]").fill("1.250,50")
    expect(says(resident)).to_contain_text("Bewaren lukt nu niet")
    resident.page.reload()
    assert resident.page.locator("[name=kosten-3-amount]").input_value() == "1.250,50"
    expect(resident.page.locator("[data-question=kosten] [data-total]")).to_have_text("€\u00a01.250,50")
    resident.page.unroute("**/bewaren/", refuse)
    resident.page.evaluate("() => window.dispatchEvent(new Event('online'))")
    expect(says(resident)).to_have_text(SAVED, timeout=40_000)
    resident.page.reload()
    assert resident.page.locator("[name=kosten-0-amount]").input_value() == "1.250,50"


def test_what_was_not_saved_on_one_page_is_saved_from_the_next(resident: Visitor) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/plan/")
    resident.page.route("**/bewaren/", refuse)
    type_in(resident, "titel", "Nog niet bewaard")
    expect(says(resident)).to_contain_text("Bewaren lukt nu niet")
    resident.page.unroute("**/bewaren/", refuse)
    resident.page.goto(f"{case}invullen/plek/")
    expect(says(resident)).to_have_text(SAVED, timeout=40_000)
    assert shown(resident, case, "plan", "titel") == "Nog niet bewaard"


def test_the_back_button_shows_what_was_saved_last(resident: Visitor) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/plan/")
    type_in(resident, "titel", "Eerste naam")
    resident.press("Volgende")
    resident.page.go_back()
    assert resident.page.locator("#id_titel").input_value() == "Eerste naam"
    type_in(resident, "titel", "Tweede naam")
    expect(says(resident)).to_have_text(SAVED)
    assert not resident.page.locator("[id^=botsing-]").count()
    resident.page.go_forward()
    resident.page.go_back()
    assert resident.page.locator("#id_titel").input_value() == "Tweede naam"


def test_a_question_comes_up_at_once_and_the_sums_follow(resident: Visitor) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/geld/")
    page = resident.page
    expect(page.locator("#vraag-financiering")).to_be_hidden()
    page.get_by_role("radio", name="Ja").check()
    expect(page.locator("#vraag-financiering")).to_be_visible()
    page.locator("[name=kosten-0-amount]").fill("3.000")
    page.locator("[name=kosten-1-amount]").fill("€ 250,50")
    type_in(resident, "bedrag", "2500")
    page.locator("[name=financiering-0-amount]").fill("500")
    verdict = page.locator("[data-verdict]")
    expect(page.locator("[data-sum=costs]")).to_have_text("€\u00a03.250,50")
    expect(verdict).to_contain_text("Er mist nog €\u00a0250,50")
    page.locator("[name=financiering-0-status]").select_option("refused")
    expect(verdict).to_contain_text("Er mist nog €\u00a0750,50")
    page.get_by_role("radio", name="Nee").check()
    expect(page.locator("#vraag-financiering")).to_be_hidden()
    expect(verdict).to_contain_text("Er mist nog €\u00a0750,50")
    expect(says(resident)).to_have_text(SAVED)
    page.reload()
    expect(page.locator("[data-sum=costs]")).to_have_text("€\u00a03.250,50")
    expect(verdict).to_contain_text("Er mist nog €\u00a0750,50")
    resident.look()


def test_the_areas_follow_the_municipality(resident: Visitor) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/plek/")
    resident.page.locator("#id_gemeente").select_option("GM0917")
    options = resident.page.locator("#id_gebied option")
    expect(options).to_have_text(["Kies, of laat leeg", "Heerlen-Noord"])
    resident.page.locator("#id_gemeente").select_option("")
    expect(options).to_have_count(9)


def test_a_wrong_answer_is_told_beside_it_while_typing(resident: Visitor) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/geld/")
    type_in(resident, "bedrag", "drieduizend")
    expect(resident.page.locator("#id_bedrag_remarks")).to_contain_text("kunnen wij niet lezen")
    type_in(resident, "bedrag", "3000")
    expect(resident.page.locator("#id_bedrag_remarks")).to_have_text("")


@pytest.mark.parametrize(("button", "kept"), [("Mijn tekst bewaren", "Van hier"), ("De andere tekst houden", "Van daar")])
def test_two_windows_on_one_answer_are_both_shown(visit: Visit, button: str, kept: str) -> None:
    here, there = visit("bewoner"), visit("bewoner")
    case = begin(here)
    for visitor in (here, there):
        visitor.open(f"{case}invullen/plan/")
    type_in(there, "titel", "Van daar")
    expect(says(there)).to_have_text(SAVED)
    type_in(here, "titel", "Van hier")
    box = here.page.locator("#botsing-titel")
    expect(box).to_contain_text("Van daar")
    expect(box).to_contain_text("uzelf, in een ander venster")
    here.look()
    assert here.page.locator("#id_titel").input_value() == "Van hier"
    type_in(here, "samenvatting", "Een andere vraag gaat gewoon door")
    expect(says(here)).to_have_text(SAVED)
    box.get_by_role("button", name=button).click()
    expect(box).to_have_count(0)
    expect(here.page.locator("#id_titel")).to_have_value(kept)
    expect(says(here)).to_have_text(SAVED)
    here.press("Volgende")
    assert shown(here, case, "plan", "titel") == kept


def test_after_the_session_ended_one_signs_in_beside_it_and_goes_on(resident: Visitor) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/plan/")
    resident.context.clear_cookies()
    type_in(resident, "titel", "Lang nagedacht")
    expect(says(resident)).to_contain_text("U bent uitgelogd")
    with resident.context.expect_page() as opening:
        says(resident).get_by_role("link").click()
    beside = opening.value
    beside.locator("input[name=person][value=bewoner]").check()
    beside.get_by_role("main").get_by_role("button", name="Inloggen").click()
    expect(beside.locator("form[data-draft]")).to_be_visible()
    beside.close()
    resident.page.bring_to_front()
    resident.page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    expect(says(resident)).to_have_text(SAVED, timeout=40_000)
    assert shown(resident, case, "plan", "titel") == "Lang nagedacht"
    resident.press("Volgende")
    assert "/invullen/plek/" in resident.path()


@pytest.mark.parametrize("way", ["uitloggen", "insturen"])
def test_nothing_stays_behind_in_the_browser(resident: Visitor, way: str) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/plan/")
    type_in(resident, "titel", "Van mij alleen")
    expect(says(resident)).to_have_text(SAVED)
    resident.page.route("**/bewaren/", refuse)
    type_in(resident, "samenvatting", "Nog niet bewaard")
    expect(says(resident)).to_contain_text("Bewaren lukt nu niet")
    assert resident.page.evaluate(KEPT) == 1
    if way == "uitloggen":
        resident.open("/")
        assert resident.page.evaluate(KEPT) == 1
        resident.page.get_by_role("button", name=re.compile("Uitloggen")).click()
        expect(resident.page.get_by_text("U bent uitgelogd.")).to_be_visible()
    else:
        resident.open(f"{case}controleren/")
        resident.page.get_by_role("checkbox", name=re.compile("naar waarheid")).check()
        resident.press("Insturen")
        assert "Uw aanvraag is ontvangen" in resident.text()
    assert resident.page.evaluate(KEPT) == 0


def test_a_second_click_on_send_gives_one_case_and_its_receipt(resident: Visitor) -> None:
    case = begin(resident)
    resident.open(f"{case}invullen/plan/")
    type_in(resident, "titel", "Dubbel geklikt")
    resident.press("Volgende")
    resident.open(f"{case}controleren/")
    resident.page.get_by_role("checkbox", name=re.compile("naar waarheid")).check()
    resident.page.get_by_role("button", name="Insturen").dblclick()
    resident.page.wait_for_url(re.compile("/ontvangst/"))
    assert "Uw aanvraag is ontvangen" in resident.text()
    number = re.search(r"SUB-\d{4}-\d{6}", resident.text())
    resident.open("/mijn/")
    assert number and resident.text().count(number[0]) == 1
    assert resident.text().count("Dubbel geklikt") == 1


def test_the_receipt_gives_the_copy_in_both_forms(resident: Visitor) -> None:
    case = begin(resident)
    resident.fill_in_sections(titel="Bewaar mij", bedrag="3.000", ander_geld="nee", kosten="3.000")
    resident.page.get_by_role("checkbox", name=re.compile("naar waarheid")).check()
    resident.press("Insturen")
    assert "weken na" in resident.text()
    with resident.page.expect_download() as coming:
        resident.page.get_by_role("link", name="Kopie van uw aanvraag (PDF)").click()
    assert coming.value.path().read_bytes().startswith(b"%PDF-")
    with resident.page.expect_download() as coming:
        resident.page.get_by_role("link", name="Al uw gegevens als bestand").click()
    assert "Bewaar mij" in coming.value.path().read_text()
    resident.page.go_back()
    resident.open(case)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_quick_check_answers_without_signing_in(visit: Visit, javascript: bool) -> None:
    visitor = visit(javascript=javascript)
    visitor.open("/regelingen/LB-INW/")
    visitor.follow("Kijk in een minuut of deze regeling bij u past")
    for group, answer in (("Voor wie", "Voor mijzelf, of voor een groep inwoners"), ("Is de plek", "Ja"), ("Ligt de plek", "Ja"), ("Bent u al", "Nee"), ("Hoeveel geld", "2.500 tot en met 5.000 euro")):
        visitor.page.get_by_role("group", name=re.compile(group)).get_by_role("radio", name=answer, exact=True).check()
    visitor.press("Kijk of het past")
    assert "Deze regeling past waarschijnlijk bij u" in visitor.text()
    visitor.page.get_by_role("radio", name="Voor een vereniging, stichting of coöperatie").check()
    visitor.press("Kijk of het past")
    assert "past waarschijnlijk niet bij u" in visitor.text() and "Regeling, artikel 1" in visitor.text()
    visitor.follow(re.compile("^Bekijk: "))
    assert visitor.path() == "/regelingen/LB-SVC/"
