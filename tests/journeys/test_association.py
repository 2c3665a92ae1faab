"""An association's treasurer with a colleague: they fill in together, complete, ask, get the grant, account for it, and share what they learnt."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.officials import Office, assess, decide, open_case, read_letter
from tests.journeys.server import mailed
from tests.journeys.visitor import LETTER_PATIENCE, Visitor, fill
from tests.papers import pdf, photo

pytestmark = [pytest.mark.serial, pytest.mark.timeout(1200)]
Visit = Callable[..., Visitor]
TITLE = "Repareren in de wijk"
LESSON = "Vraag eerst wat mensen kunnen"
ANSWERS = {
    "titel": TITLE, "soort_plan": "beide", "toestemming": "niet_nodig", "verkoop": "nee", "btw": "nee", "kosten": "37.500", "bedrag": "30.000", "financiering": "7.500",
}
SAVED = re.compile(r"^Bewaard om \d\d\.\d\d uur\.$")
LINK = r"/aanvragen/uitnodiging/([\w-]+)/"


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    found = {"offerte.pdf": pdf("offerte"), "de werkplaats.jpg": photo((800, 600))}
    for name, content in found.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in found]


def begin(treasurer: Visitor) -> str:
    """From the public page to a draft for the association; its address."""
    treasurer.open("/")
    treasurer.follow(re.compile("verenigingen"))
    treasurer.follow("Log in om aan te vragen")
    treasurer.page.locator("input[name=person][value=penningmeester]").check()
    treasurer.press("Inloggen")
    treasurer.page.get_by_role("radio", name=re.compile("Vereniging Buurthuis Voorbeeld")).check()
    treasurer.press("Begin met de aanvraag")
    return treasurer.path()


def invite(treasurer: Visitor, folder: Path) -> tuple[str, str]:
    """(the link in the e-mail, the code that only the treasurer sees)"""
    before = len((folder / "server.log").read_text(errors="replace"))
    treasurer.follow("Samen met iemand invullen")
    fill(treasurer, email="collega@example.org")
    treasurer.press("Uitnodigen")
    code = treasurer.page.locator("main .notice strong").inner_text()
    treasurer.follow("Ik heb de code opgeschreven")
    until = time.monotonic() + LETTER_PATIENCE
    while not (token := mailed(folder, LINK, after=before)):
        assert time.monotonic() < until, "no invitation was mailed"
        time.sleep(0.5)
    return f"/aanvragen/uitnodiging/{token}/", code


def says(visitor: Visitor) -> Locator:
    return visitor.page.locator("[data-saved]")


def write_together(treasurer: Visitor, colleague: Visitor, case: str) -> None:
    """Both at one answer: each sees what the other wrote, and each decides what to keep."""
    for visitor in (treasurer, colleague):
        visitor.open(f"{case}invullen/plan/")
    theirs, ours = colleague.page.locator("#id_samenvatting"), treasurer.page.locator("#id_samenvatting")
    theirs.fill("Elke zaterdag repareren wij fietsen.")
    expect(says(colleague)).to_have_text(SAVED)
    ours.fill("Elke week repareren wij kapotte spullen.")
    clash = treasurer.page.locator("#botsing-samenvatting")
    expect(clash).to_contain_text("Elke zaterdag repareren wij fietsen.")
    expect(ours).to_have_value("Elke week repareren wij kapotte spullen.")
    treasurer.look()
    treasurer.shot("samen-invullen", "#botsing-samenvatting")
    clash.get_by_role("button", name="Mijn tekst bewaren").click()
    expect(says(treasurer)).to_have_text(SAVED)
    theirs.fill("Elke zaterdag repareren wij fietsen en radio's.")
    clash = colleague.page.locator("#botsing-samenvatting")
    expect(clash).to_contain_text("Elke week repareren wij kapotte spullen.")
    colleague.look()
    clash.get_by_role("button", name="De andere tekst houden").click()
    expect(theirs).to_have_value("Elke week repareren wij kapotte spullen.")
    colleague.open(f"{case}invullen/plek/")
    colleague.fill_in(**ANSWERS, locatie="Demoplein 2, door de collega ingevuld")
    colleague.press("Volgende")


def add_files(visitor: Visitor, key: str, files: list[Path]) -> None:
    place = visitor.page.locator(f".file-question[data-key={key}]")
    place.locator("input[type=file]").set_input_files(files)
    for file in files:
        expect(place.get_by_role("button", name=f"Verwijderen {file.name}")).to_be_visible()
    visitor.look()


def complete(treasurer: Visitor, office: Office, case: str, number: str) -> None:
    """The official misses something; the treasurer answers it on the page."""
    handler = office("behandelaar")
    open_case(handler, number)
    handler.follow("Aanvulling vragen")
    handler.page.locator("[name=items]").fill("Schrijf op hoe u vrijwilligers vindt.\nZet erbij hoe vaak u open bent.")
    handler.page.locator("[name=questions][value=toelichting]").check()
    handler.press("Vragen")
    treasurer.open(case)
    treasurer.wait_for_link("Aanvullen")
    treasurer.follow("Aanvullen")
    treasurer.page.locator("#id_toelichting").fill("Wij hangen een briefje in de supermarkt. Wij zijn elke zaterdag open.")
    treasurer.page.locator("[id^=id_toelichting_]").first.fill("Met een briefje, en via de school.")
    treasurer.shot("aanvullen")
    treasurer.press("Stuur de aanvulling in")


def talk(treasurer: Visitor, office: Office, case: str, number: str) -> None:
    """A question and its answer."""
    treasurer.open(case)
    treasurer.follow("Berichten lezen of schrijven")
    fill(treasurer, text="Mogen wij ook tweedehands gereedschap kopen?")
    treasurer.press("Versturen")
    handler = office("behandelaar")
    open_case(handler, number)
    handler.follow("Berichten lezen en schrijven")
    assert "tweedehands gereedschap" in handler.text()
    fill(handler, text="Ja, dat mag. Bewaar de rekening.")
    handler.press("Versturen")
    treasurer.open(f"{case}berichten/")
    assert "Ja, dat mag. Bewaar de rekening." in treasurer.text()
    treasurer.shot("berichten")


def ask_advance(treasurer: Visitor, office: Office, case: str, number: str) -> None:
    treasurer.open(case)
    treasurer.follow("Voorschot vragen")
    fill(treasurer, amount="2.000", text="De werkbank moet vooraf worden betaald.")
    treasurer.press("Vragen")
    decide(office, number, "Voorschot geven", "2000")
    read_letter(treasurer, case, "Voorschot", "2.000,00")


def account(treasurer: Visitor, case: str, photos: list[Path]) -> None:
    treasurer.open(case)
    treasurer.follow("Verantwoorden")
    treasurer.fill_in(
        uitgevoerd="helemaal", verplichtingen="ja", bereik="140", prestaties="Wij waren veertig zaterdagen open en maakten 300 spullen.",
        wat_werkte="Buren die samen iets maken, praten vanzelf met elkaar.", wat_werkte_niet="Reclame op papier leverde weinig op.",
        tip_andere_buurt=LESSON, delen_toegestaan="ja",
    )
    add_files(treasurer, "fotos", photos)
    treasurer.shot("verantwoorden")
    treasurer.press("Bewaren en controleren")
    treasurer.page.locator("[name=verklaring]").check()
    treasurer.press("Insturen")
    assert "Wij hebben uw verantwoording ontvangen" in treasurer.text()


def publish_lesson(office: Office, visit: Visit) -> None:
    officer = office("beleid")
    officer.open("/beheer/lerend-netwerk/")
    officer.follow(re.compile("Buren die samen iets maken"))
    assert "Penning" not in officer.text() and "Buurthuis Voorbeeld" not in officer.text()
    officer.page.locator("[name=title]").fill(LESSON)
    officer.page.locator("[name=themes]").first.check()
    officer.press("Zet op de site")
    assert "gepubliceerd" in officer.text()
    reader = visit()
    reader.open("/lerend-netwerk/?q=repareren")
    reader.open(f"/lerend-netwerk/?q={LESSON.split()[0]}")
    reader.follow(LESSON)
    reader.shot("lerend-netwerk-les")
    assert "Penning" not in reader.text() and "Buurthuis Voorbeeld" not in reader.text()


def test_a_treasurer_and_a_colleague_come_from_the_public_page_to_a_settled_subsidy(visit: Visit, folder: Path, papers: list[Path]) -> None:
    treasurer, office = visit(), Office(visit)
    case = begin(treasurer).removesuffix("invullen/")
    link, code = invite(treasurer, folder)
    colleague = visit("bewoner")
    colleague.open(link)
    fill(colleague, code=code)
    colleague.press("Ik help mee")
    write_together(treasurer, colleague, case)

    treasurer.open(f"{case}invullen/")

    def add_offers() -> None:
        if treasurer.page.locator(".file-question[data-key=offertes]:visible").count():
            add_files(treasurer, "offertes", papers)
            treasurer.shot("bestanden", ".file-question[data-key=offertes]")

    treasurer.fill_in_sections(on_page=add_offers, **ANSWERS, locatie="Demoplein 2, door de collega ingevuld", samenvatting="Elke week repareren wij kapotte spullen.")
    colleague.open(f"{case}controleren/")
    assert "Insturen doet iemand die optreedt voor de aanvrager" in colleague.text()
    for answer in (TITLE, papers[0].name, papers[1].name, "door de collega ingevuld", "Elke week repareren wij kapotte spullen."):
        assert answer in treasurer.text()
    treasurer.page.get_by_role("checkbox", name=re.compile("naar waarheid")).check()
    treasurer.press("Insturen")
    told = re.search(r"SUB-\d{4}-\d{6}", treasurer.text())
    assert told, treasurer.text()
    number = told[0]

    complete(treasurer, office, case, number)
    talk(treasurer, office, case, number)
    assess(office, number, "30000")
    decide(office, number, "Verlenen", "30000")
    read_letter(treasurer, case, "Verleningsbeschikking", number, "30.000,00")
    treasurer.open(case)
    ask_advance(treasurer, office, case, number)
    account(treasurer, case, papers[1:])
    decide(office, number, "Vaststellen", "30000")
    read_letter(treasurer, case, "Vaststelling conform", number, "30.000,00")
    treasurer.open(case)
    assert re.search(r"Vastgesteld\s+€ 30\.000,00", treasurer.text())
    publish_lesson(office, visit)


def test_whoever_accounts_for_costs_sees_the_budget_beside_each_line(visit: Visit) -> None:
    clerk = visit("ambtenaar")
    clerk.open("/mijn/")
    clerk.follow("Speelplein voor iedereen")
    case = clerk.path()
    clerk.follow("Verantwoorden")
    lines = clerk.page.locator("ol.budget > li")
    first = lines.first
    amount = first.locator("input[name$=-amount]")
    amount.fill("95.000")
    first.locator("textarea").fill("")
    clerk.press("Bewaren")
    assert "Leg dit verschil uit." in lines.first.inner_text() and lines.first.locator("input[name$=-amount]").input_value() == "95.000"
    lines.first.locator("textarea").fill("Er lag oud asfalt onder het plein.")
    clerk.press("Bewaren en controleren")
    assert "Er lag oud asfalt onder het plein." in clerk.text() and "95.000,00" in clerk.text()
    clerk.shot("verantwoorden-kosten")
    clerk.open(case)
