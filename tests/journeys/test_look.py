"""What a page weighs, where it comes from, what it may do, and how it looks on a small screen, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.visitor import Visitor, barriers_on

pytestmark = pytest.mark.serial

MOST = 100_000
"""Bytes over the wire that a first visit may cost."""
PUBLIC = ("/", "/regelingen/LB-INW/", "/stijl/", "/toegankelijkheid/", "/privacy/", "/contact/", "/inloggen/", "/bestaat-niet/")
ZOOMED = {"width": 640, "height": 450}
"""The room that a window of 1280 by 900 has left at 200 %."""


def first_visit(browser: Browser, address: str, path: str) -> dict[str, int]:
    """Every address that a first visit asks for -> the bytes that came over the wire, heads and all."""
    context = browser.new_context(base_url=address, locale="nl-NL")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
    session.on("Network.loadingFinished", lambda event: sizes.update({names[event["requestId"]]: int(event["encodedDataLength"])}))
    page.goto(path, wait_until="networkidle")
    context.close()
    return sizes


@pytest.mark.parametrize("path", ["/", "/regelingen/LB-INW/", "/inloggen/"])
def test_a_first_visit_is_light_and_asks_nobody_else(address: str, chromium: Browser, path: str) -> None:
    sizes = first_visit(chromium, address, path)
    assert len(sizes) >= 6, sizes
    assert sum(sizes.values()) < MOST, sizes
    assert {urlsplit(url).hostname for url in sizes} == {"127.0.0.1"}


def test_files_are_compressed_and_kept_for_long(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.context.request.get("/").text()
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(files) >= 6
    for file in files:
        assert re.search(r"\.[0-9a-f]{12}\.", file), f"{file} has no hash in its name"
        head = visitor.context.request.get(file, headers={"accept-encoding": "gzip"}).headers
        assert "immutable" in head["cache-control"], file
        assert head.get("content-encoding") == "gzip" or file.endswith(".svg"), file


@pytest.mark.parametrize("path", PUBLIC)
def test_the_policy_allows_nothing_inline(visit: Callable[..., Visitor], path: str) -> None:
    policy = visit().context.request.get(path).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy and "data:" not in policy and "*" not in policy


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_public_pages_have_no_barrier(visit: Callable[..., Visitor], javascript: bool) -> None:
    visitor = visit(javascript=javascript)
    for path in PUBLIC:
        visitor.page.goto(path)
        visitor.look()


def test_nothing_is_cut_off_at_double_size(visit: Callable[..., Visitor]) -> None:
    page = visit().page
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None)
    for path in PUBLIC:
        page.set_viewport_size(ZOOMED)
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        found = barriers_on(page)
        assert not found, found
    assert not complaints


def test_the_menu_opens_on_a_phone_without_javascript(visit: Callable[..., Visitor]) -> None:
    page = visit("behandelaar", javascript=False).page
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/behandelen/")
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    assert not menu.get_by_role("link", name="Adviezen").is_visible()
    menu.get_by_text("Menu", exact=True).click()
    menu.get_by_role("link", name="Adviezen").click()
    assert urlsplit(page.url).path == "/behandelen/adviezen/"


def test_main_buttons_and_links_of_the_menu_are_large_enough(visit: Callable[..., Visitor]) -> None:
    page = visit().page
    page.goto("/stijl/")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .button, .site-menu a, input:not([type=hidden]), select, textarea')]
        .filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height])
        .filter(([html, height]) => height < (/type="(radio|checkbox)"/.test(html) ? 24 : 43.9))"""
    )
    assert not small


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_focus_goes_to_what_is_wrong_and_on_to_the_field(visit: Callable[..., Visitor], javascript: bool) -> None:
    page = visit(javascript=javascript).page
    page.goto("/stijl/")
    assert page.locator(".error-summary:focus").count() == 1
    links = page.locator(".error-summary").get_by_role("link")
    assert links.count() == 5
    for link in links.all():
        link.click()
        assert page.locator("input:focus, select:focus, textarea:focus").count() == 1, link.inner_text()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_somebody_chooses_a_language_and_stays_on_the_page(visit: Callable[..., Visitor], javascript: bool) -> None:
    page = visit(javascript=javascript).page
    page.goto("/regelingen/LB-INW/?van=kaart")
    _choose(page, "English")
    assert page.url.endswith("/regelingen/LB-INW/?van=kaart")
    assert page.locator("html").get_attribute("lang") == "en"
    _choose(page, "Deutsch")
    assert page.locator("html").get_attribute("lang") == "de"
    _choose(page, "Nederlands")
    assert page.locator("html").get_attribute("lang") == "nl"


def test_officials_pages_stay_dutch(visit: Callable[..., Visitor]) -> None:
    page = visit("behandelaar").page
    page.goto("/mijn/")
    _choose(page, "English")
    page.goto("/behandelen/")
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.get_by_role("button", name="English").count() == 0


def test_a_printed_page_has_no_menu(visit: Callable[..., Visitor]) -> None:
    page = visit().page
    page.goto("/")
    page.emulate_media(media="print")
    assert not page.locator(".site-menu").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def _choose(page: Page, language: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=language).click()
