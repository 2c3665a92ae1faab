"""An intake officer and somebody without an account: from two scans to a subsidy that is settled at once, with every letter on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.journeys.officials import Office, assess, decide, open_case
from tests.journeys.visitor import Visitor, fill
from tests.papers import pdf, photo

pytestmark = [pytest.mark.serial, pytest.mark.timeout(900)]
TODAY = date.today().isoformat()
TITLE = "Een bank bij de bushalte"
ANSWERS = {
    "titel": TITLE, "samenvatting": "Een houten bank bij de bushalte, met een afdak.", "toestemming": "niet_nodig", "ander_geld": "nee", "kosten": "2.800", "bedrag": "2.800",
}


@pytest.fixture
def scans(tmp_path: Path) -> list[Path]:
    found = {"formulier.pdf": pdf("formulier"), "bijlage.jpg": photo((900, 1200))}
    for name, content in found.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in found]


def register(intake: Visitor, scans: list[Path], day: str) -> str:
    """What stands on the paper, with the day of the stamp; the number that the case gets."""
    intake.open("/")
    intake.open("/behandelen/papier/")
    intake.follow(re.compile("inwoners"))
    fill(intake, received_on=day, name="Opa Postma (verzonnen)", street="Demoweg 8", postcode="6411 AA", city="Heerlen")
    intake.page.locator("[name=scan]").set_input_files(scans)
    intake.page.locator("[name=type]").select_option("natuurlijk_persoon")
    intake.fill_in(**ANSWERS)
    intake.shot("papier-inschrijven")
    intake.press("Inschrijven")
    told = re.search(r"ingeschreven onder nummer (SUB-\d{4}-\d{6})", intake.page.inner_text("body"))
    assert told, intake.text()
    for scan in scans:
        assert scan.name in intake.text()
    return told[1]


def post_everything(intake: Visitor, number: str, kind: str) -> None:
    """All that waits becomes one pile and goes in the post; then what was decided counts."""
    intake.open("/behandelen/post/")
    intake.wait_for_row(number, kind)
    waiting = re.search(r"Er wachten (\d+) brieven", intake.text())
    assert waiting, intake.text()
    intake.shot("post")
    intake.press("Stapel maken van de aangevinkte brieven")
    intake.wait_for_text("klaar om te printen")
    intake.press("De stapel is op de post")
    intake.wait_for_text(f"{waiting[1]} van {waiting[1]} brieven verwerkt")
    assert "verzonden" in intake.text()


def test_an_application_on_paper_is_settled_and_every_letter_goes_in_the_post(visit: Callable[..., Visitor], scans: list[Path]) -> None:
    office = Office(visit)
    intake = office("intake")
    number = register(intake, scans, TODAY)
    assess(office, number, "2800")
    decide(office, number, "Direct vaststellen", "2800")
    post_everything(intake, number, "directe vaststelling")

    handler = office("behandelaar")
    open_case(handler, number)
    handler.wait_for_text("Vastgesteld")
    assert re.search(r"Vastgesteld\s+€ 2\.800,00", handler.text())
    assert TITLE in handler.text()
