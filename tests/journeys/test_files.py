"""Files in a real browser: several at once, a line that is lost, a page that is loaded again; and without JavaScript."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.applications.files.test_safe_copies import active
from tests.journeys.visitor import Visitor
from tests.papers import pdf, photo

pytestmark = [pytest.mark.serial, pytest.mark.timeout(420)]
Visit = Callable[..., Visitor]
PART = 1024 * 1024


@pytest.fixture
def papers(tmp_path: Path) -> dict[str, Path]:
    """A photo, a PDF, one that lies, and one of more than three parts."""
    found = {
        "de plek.jpg": photo((800, 600)), "plan.pdf": pdf("journey"), "fout.pdf": photo(),
        "groot.pdf": active(lambda document: document.Root.__setitem__("/Extra", document.make_stream(os.urandom(int(3.4 * PART))))),
    }
    for name, content in found.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in found}


def at_files(visitor: Visitor) -> None:
    """A new draft, on the page for its files."""
    visitor.open("/regelingen/LB-INW/")
    visitor.press("Begin met de aanvraag")
    case = visitor.path().removesuffix("invullen/")
    visitor.open(f"{case}bestanden/")


def sketch(page: Page):
    return page.locator(".file-question[data-key=schets]")


def kept(page: Page) -> list[str]:
    return [name.split(" (")[0].split(" wordt")[0].strip() for name in sketch(page).locator("li").all_inner_texts()]


def test_several_files_at_once_and_one_that_lies_is_told_beside_the_others(visit: Visit, papers: dict[str, Path]) -> None:
    resident = visit("bewoner")
    at_files(resident)
    sketch(resident.page).locator("input[type=file]").set_input_files([papers["de plek.jpg"], papers["fout.pdf"], papers["plan.pdf"]])
    place = sketch(resident.page)
    expect(place.get_by_role("button", name="Verwijderen plan.pdf")).to_be_visible()
    expect(place.get_by_role("button", name="Verwijderen de plek.jpg")).to_be_visible()
    expect(place.locator("li.field-warning")).to_contain_text("fout.pdf: De naam eindigt op .pdf")
    resident.look()
    resident.page.reload()
    assert {name.split("\n")[0].split(".")[0] for name in kept(resident.page)} == {"de plek", "plan"}
    resident.wait_for_link("plan.pdf")
    resident.press("Verwijderen plan.pdf")
    assert "plan.pdf is verwijderd" in resident.text()


def test_a_lost_line_costs_one_part_and_a_reload_nothing_either(visit: Visit, papers: dict[str, Path]) -> None:
    resident = visit("bewoner")
    at_files(resident)
    page, offsets = resident.page, []
    lost = {"is": True}

    def line(route: Route, request: Request) -> None:
        offset = int(request.headers.get("upload-offset", "-1"))
        if lost["is"] and offset >= 2 * PART:
            route.abort("internetdisconnected")
        else:
            offsets.append(offset)
            route.continue_()

    page.route("**/bestanddeel/**", line)
    field = sketch(page).locator("input[type=file]")
    field.set_input_files(papers["groot.pdf"])
    expect(sketch(page).locator(".files-status")).to_contain_text("De verbinding is weg")
    assert offsets == [0, PART]
    page.on("dialog", lambda dialog: dialog.accept())  # "leave this page?": files are on their way
    page.reload()
    field.set_input_files(papers["groot.pdf"])
    expect(sketch(page).locator(".files-status")).to_contain_text("De verbinding is weg")
    assert offsets == [0, PART], "what was sent before the reload is not sent again"
    lost["is"] = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(sketch(page).get_by_role("button", name="Verwijderen groot.pdf")).to_be_visible(timeout=30_000)
    assert offsets[:4] == [0, PART, 2 * PART, 3 * PART] and offsets[4:] == [-1], "then it is finished"
    page.unroute("**/bestanddeel/**")
    resident.wait_for_link("groot.pdf")
    with page.expect_download() as coming:
        page.get_by_role("link", name="groot.pdf").click()
    assert coming.value.path().read_bytes() == papers["groot.pdf"].read_bytes()


def test_without_javascript_the_form_sends_them_whole(visit: Visit, papers: dict[str, Path]) -> None:
    resident = visit("bewoner", javascript=False)
    at_files(resident)
    sketch(resident.page).locator("input[type=file]").set_input_files([papers["de plek.jpg"], papers["fout.pdf"], papers["plan.pdf"]])
    with resident.page.expect_navigation():
        resident.page.locator("main .actions").get_by_role("button", name="Bewaren").click()
    assert "Niet elk bestand is bewaard" in resident.text() and "fout.pdf: De naam eindigt op .pdf" in resident.text()
    resident.look()
    resident.wait_for_link("plan.pdf")
    resident.wait_for_link("de plek.jpg")
