"""The lerend netwerk without JavaScript: from a story to the site and off again, and a visitor who reads and comes to a meeting."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.serial
TITLE = "Kijk in het donker voor u begint"


def open_first(visitor: Visitor, links: str) -> None:
    visitor.open(visitor.page.locator(links).first.get_attribute("href") or "")


def test_a_story_becomes_a_lesson_and_is_taken_back_by_its_giver(visit: Callable[..., Visitor]) -> None:
    officer = visit("beleid", javascript=False)
    officer.open("/beheer/lerend-netwerk/")
    assert officer.page.locator("tbody tr").count() == 3
    row = officer.page.locator("tbody a", has_text="Jongeren kozen")
    officer.open(row.get_attribute("href") or "")
    officer.page.locator("[name=title]").fill(TITLE)
    officer.page.locator("[name=themes][value=veiligheid]").check()
    officer.press("Zet op de site")
    assert "gepubliceerd" in officer.text()
    for page in ("lessen/", "lessen/nieuw/", "experts/", "experts/nieuw/", "bijeenkomsten/", "bijeenkomsten/nieuw/"):
        officer.open(f"/beheer/lerend-netwerk/{page}")

    reader = visit(javascript=False)
    reader.open(f"/lerend-netwerk/?q={TITLE.split()[-1]}&thema=veiligheid")
    reader.follow(TITLE)
    place = reader.path()
    assert "Pip" not in reader.text() and not reader.context.cookies()

    giver = visit("penningmeester", javascript=False)
    giver.open("/lerend-netwerk/mijn/")
    card = giver.page.locator(".cards > li", has_text=TITLE)
    giver.open(card.get_by_role("link", name="Toestemming intrekken").get_attribute("href") or "")
    giver.press("Trek mijn toestemming in")
    answer = reader.page.goto(place)
    assert answer is not None and answer.status == 404


def test_a_visitor_reads_and_comes_to_a_meeting(visit: Callable[..., Visitor]) -> None:
    visitor = visit(javascript=False)
    visitor.open("/lerend-netwerk/")
    visitor.open("/lerend-netwerk/?soort=question")
    open_first(visitor, ".cards h3 a")
    visitor.open("/lerend-netwerk/experts/")
    visitor.open("/lerend-netwerk/bijeenkomsten/")
    open_first(visitor, ".cards h3 a")
    visitor.page.locator("[name=name]").fill("Bo Bezoeker (verzonnen)")
    visitor.page.locator("[name=email]").fill("bezoeker@example.org")
    visitor.press("Meld mij aan")
    assert "U bent aangemeld" in visitor.text() and not visitor.context.cookies()
