"""What comes after a journey: the case is closed, and the standing pages have no barrier."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.officials import Office, open_case, pay
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.serial, pytest.mark.timeout(420)]
Visit = Callable[..., Visitor]


def test_a_settled_case_is_closed_when_nobody_can_object_any_more(visit: Visit) -> None:
    archivist = visit("archief")
    archivist.open("/behandelen/?status=vastgesteld")
    row = archivist.page.get_by_role("row").filter(has_text="Samen koken").filter(has_text="demo")
    number = row.get_by_role("link").inner_text()
    open_case(archivist, number)
    archivist.follow("Afsluiten")
    archivist.press("Afsluiten")
    assert "Nog open: een betaling" in archivist.text()
    pay(Office(visit), number)
    open_case(archivist, number)
    archivist.follow("Afsluiten")
    archivist.press("Afsluiten")
    assert "afgesloten" in archivist.text() and "vastgesteld → afgesloten" in archivist.text()


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
