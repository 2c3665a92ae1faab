"""Two scheme managers change the text of a letter: the preview follows what is typed, and it works as well without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.serial, pytest.mark.timeout(420)]


@pytest.mark.parametrize(("javascript", "kind"), [(True, "L05"), (False, "L12")])
def test_a_text_is_written_by_one_and_published_by_another(visit: Callable[..., Visitor], javascript: bool, kind: str) -> None:
    writer = visit("regelingbeheer", javascript=javascript)
    writer.open(f"/beheer/brieven/{kind}/")
    writer.press("Verander de tekst voor alle regelingen")
    field = writer.page.get_by_role("textbox", name="Tekst van received")
    field.fill("Wij lazen op {dag} uw bericht.")
    if javascript:
        expect(writer.page.locator("#oordeel")).to_contain_text("Het gegeven {dag} bestaat niet in deze brief. Bedoelt u day?")
        expect(writer.page.locator("#voorbeeld-brief")).to_contain_text("Wij lazen op [dag: dit gegeven is er niet]")
        expect(field).to_be_focused()
        field.fill("Wij lazen op {day} uw bericht.")
        expect(writer.page.locator("#voorbeeld-brief")).to_contain_text("2026 uw bericht.")
        assert not writer.page.locator("#oordeel .notice-warning").count()
    else:
        with writer.page.expect_navigation() as going:
            writer.page.get_by_role("button", name="Bewaar het concept").click()
        assert going.value.status == 400
        assert "Alles wat u typte, staat er nog" in writer.text()
        writer.page.get_by_role("textbox", name="Tekst van received").fill("Wij lazen op {day} uw bericht.")
    writer.press("Bewaar het concept")
    assert "Uw tekst is bewaard als concept" in writer.text()
    writer.follow("Bekijk de verschillen en publiceer")
    assert "Een collega moet de tekst lezen" in writer.text()
    reader = visit("teksten", javascript=javascript)
    reader.open(f"/beheer/brieven/{kind}/")
    reader.follow("Versie 1")
    reader.press("Publiceer deze tekst")
    assert "De tekst is gepubliceerd" in reader.text() and "in gebruik" in reader.text()
    reader.follow("Versie 1")
    reader.press("Trek in: de tekst bij de software geldt weer")
    reader.follow("Versie 1")
    reader.press("Zet deze tekst terug")
    assert "Versie 1 is teruggezet." in reader.text()
