"""What the officials do with a case in between: each act by the person whose role may do it."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.journeys.visitor import Visitor

Visit = Callable[..., Visitor]


def open_case(official: Visitor, number: str) -> None:
    official.open(f"/behandelen/?q={number}")
    official.follow(number)


class Office:
    """The officials at their desks: each signs in once."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._there: dict[str, Visitor] = {}

    def __call__(self, person: str) -> Visitor:
        if person not in self._there:
            self._there[person] = self._visit(person)
        return self._there[person]


def assess(office: Visit, number: str, amount: str) -> None:
    """Declare complete, test for state aid, assess; the reviewer confirms."""
    handler = office("behandelaar")
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
    reviewer = office("toetser")
    open_case(reviewer, number)
    reviewer.press("Beoordeling bevestigen (toetser)")
    assert "beoordeeld" in reviewer.text()


def decide(office: Visit, number: str, label: str, amount: str) -> None:
    """Prepare, review and sign: three people, none of them twice."""
    handler, reviewer, senior = office("behandelaar"), office("toetser"), office("senior")
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


def pay(office: Visit, number: str) -> None:
    """Check, approve and follow the one payment of a case: two people."""
    officer, approver = office("financien"), office("budgethouder")
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
