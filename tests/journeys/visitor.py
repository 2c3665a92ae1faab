"""Somebody at the screen. Every page they come to is looked at: no barrier that axe can find, and no sideways
scrolling on the narrowest screen that WCAG 1.4.10 asks for."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Response

from tests.journeys import pictures
from tests.journeys.effort import Effort

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 640}
LETTER_PATIENCE = 120.0
"""Seconds in which a signed letter must have reached its reader, on a loaded machine: the outbox is carried every two seconds."""
STEP_PATIENCE = 60_000
"""Milliseconds that a loaded machine may take to show a page."""
START = date.today() + timedelta(days=30)
END = START + timedelta(days=60)
IBAN = "NL91ABNA0417164300"  # the specimen account of the banks themselves

FIND_BARRIERS = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return found.violations.map(v => v.id + ' (' + v.impact + '): ' + v.nodes.map(n => n.html.slice(0, 160)).slice(0, 3).join(' | '));
}"""
FIND_INLINE = """() => [...document.querySelectorAll('*')]
  .filter(e => e.matches('script:not([src]), style, [style]') || e.getAttributeNames().some(name => name.startsWith('on')))
  .map(e => e.outerHTML.slice(0, 120))"""
READ = """main => {
  const choices = [...main.querySelectorAll('select')].map(e => e.innerText.split('\\n').length > 1 ? e.innerText : '').filter(Boolean);
  return choices.reduce((text, list) => text.replace(list, ''), main.innerText);
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Visitor:
    """One signed-in person in a browser of their own.

    Without JavaScript the pages are walked as they are; a second window with the same session then looks at
    them, since axe itself is a script.
    """

    def __init__(self, browser: Browser, address: str, person: str = "", *, javascript: bool = True, phone: bool = False) -> None:
        screen: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if phone else {"viewport": DESKTOP}
        screen |= {"base_url": address, "locale": "nl-NL"}
        self.context = browser.new_context(java_script_enabled=javascript, **screen)
        self.context.set_default_timeout(STEP_PATIENCE)
        self.page = self.context.new_page()
        self.javascript = javascript
        self.looking = None if javascript else browser.new_context(**screen)
        self.seen: list[str] = []
        self.effort: Effort | None = None
        if person:
            self.sign_in(person)

    def close(self) -> None:
        self.context.close()
        if self.looking:
            self.looking.close()

    def sign_in(self, person: str) -> None:
        self.open("/inloggen/")
        self.page.locator(f"input[name=person][value={person}]").check()
        self.press("Inloggen")

    # --- going about ---------------------------------------------------------------------------------------

    def open(self, path: str) -> Response:
        answer = self.page.goto(path)
        assert answer is not None and answer.ok, f"{path} answers {answer and answer.status}"
        self.look()
        return answer

    def press(self, name: str) -> None:
        self._act(self.page.get_by_role("main").get_by_role("button", name=name, exact=True))

    def follow(self, name: str | re.Pattern[str]) -> None:
        self._act(self.page.get_by_role("main").get_by_role("link", name=name, exact=isinstance(name, str)).first)

    def _act(self, place: Locator) -> None:
        if self.effort:
            self.effort.clicks += 1
        with self.page.expect_navigation() as going:
            place.click()
        assert going.value.ok, f"{self.page.url} answers {going.value.status}"
        self.look()

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def path(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def wait_for_link(self, name: str) -> None:
        """Load the page again until the link is there: letters are made behind the page's back."""
        self._wait(lambda: bool(self.page.get_by_role("link", name=name).count()), f"link '{name}'")

    def wait_for_text(self, words: str) -> None:
        """Load the page again until it says so: letters are made and posted behind the page's back."""
        self._wait(lambda: words in self.text(), f"'{words}'")

    def wait_for_row(self, *words: str) -> None:
        """Load the page again until a row of a table has all these words."""
        rows = self.page.get_by_role("row")
        for word in words:
            rows = rows.filter(has_text=word)
        self._wait(lambda: bool(rows.count()), f"row with {words}")

    def _wait(self, is_there: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + LETTER_PATIENCE
        while not is_there():
            assert time.monotonic() < until, f"no {what} within {LETTER_PATIENCE:.0f} seconds on: {self.text()}"
            time.sleep(0.5)
            self.page.goto(self.page.url)
        self.look()

    # --- looking -------------------------------------------------------------------------------------------

    def look(self) -> None:
        self.seen.append(self.path())
        if self.effort:
            self.effort.see(self.page.locator("main").evaluate(READ))
        if self.looking is None:
            found = barriers_on(self.page)
            assert not found, found
            return
        self.looking.clear_cookies()
        self.looking.add_cookies(self.context.cookies())
        window = self.looking.new_page()
        try:
            window.goto(self.page.url)
            found = barriers_on(window)
            assert not found, found
        finally:
            window.close()

    def shot(self, name: str, part: str = "") -> None:
        """Keep this page, or the `part` of it, as a picture of the handbook, when KEEP_SHOTS=1 says so."""
        if pictures.wanted():
            pictures.keep(self.page, name, part)

    # --- filling in ----------------------------------------------------------------------------------------

    def fill_in_sections(self, *, on_page: Callable[[], None] = lambda: None, **known: str) -> None:
        """From the task list: answer section after section, until the check. `on_page` does what else there is on a page."""
        self._act(self.page.locator("ol.tasks a").first)
        while self.page.locator("form[data-draft]").count():
            before = self.path()
            self.fill_in(**known)
            on_page()
            self.press("Volgende")
            if self.path().split("?")[0] == before.split("?")[0]:  # a question came up, or a warning is shown once
                self.fill_in(**known)
                self.press("Volgende")

    def fill_in(self, **known: str) -> None:
        """Answer every question of the page by the kind of field it has; `known` holds those that must be exact."""
        form = self.page.locator("main form", has=self.page.locator("input[name^='asked-']"))
        for marker in form.locator("input[name^='asked-']").all():
            key = (marker.get_attribute("name") or "").removeprefix("asked-")
            hidden = form.locator(f"[data-question='{key}'][hidden]")
            if not hidden.count():
                self._answer(form, key, known.get(key, ""))

    def _answer(self, form: Locator, key: str, known: str) -> None:
        did = self.effort or Effort()
        table = form.locator(f"input[name^='{key}-0-']")
        if form.locator(f"[name='{key}-0-status']").count():
            form.locator(f"[name='{key}-0-status']").select_option("granted")
            did.chooses(f"{key}-0-status")
        if table.count():
            cells = form.locator(f"[name^='{key}-']:not([type=hidden])").all()
            did.fields_shown |= {cell.get_attribute("name") or "" for cell in cells}
            for cell in table.all():
                name = cell.get_attribute("name") or ""
                self._type(cell, (known or "500") if name.endswith("-amount") else "Hout en verf", name, did)
            return
        field = form.locator(f"[name='{key}']")
        if not field.count():
            return
        did.fields_shown.add(key)
        kind = field.first.evaluate("e => e.tagName == 'INPUT' ? e.type : e.tagName")
        if kind in ("radio", "checkbox"):
            (form.locator(f"[name='{key}'][value='{known}']") if known else field.last).check()
            did.chooses(key)
        elif kind == "SELECT" and not known and field.locator("option").count() < 2:
            return  # nothing to choose from
        elif kind == "SELECT":
            field.select_option(known or field.locator("option").nth(1).get_attribute("value"))
            did.chooses(key)
        elif kind == "date":
            self._type(field, known or (END if "eind" in key else START).isoformat(), key, did)
        elif field.get_attribute("inputmode") == "decimal":
            self._type(field, known or "100", key, did)
        else:
            self._type(field, known or (IBAN if key == "iban" else "Wij doen dit samen met de buurt."), key, did)

    def _type(self, field: Locator, text: str, key: str, did: Effort) -> None:
        """What stands there already is left: nobody types what we know."""
        if field.input_value() != text:
            field.fill(text)
            did.types(text)
        did.fields_filled.add(key)


def fill(visitor: Visitor, **values: str) -> None:
    """Type in fields of the page by their names."""
    for name, value in values.items():
        visitor.page.locator(f"main [name={name}]").fill(value)
        if visitor.effort:
            visitor.effort.types(value)


def barriers_on(page: Page) -> list[str]:
    """What axe finds at the levels A and AA, whether the page scrolls sideways at 320 pixels, and what script or style stands in its text."""
    found = [f"{page.url} has in its text: {words}" for words in page.evaluate(FIND_INLINE)]
    page.evaluate(AXE.read_text())
    found += [f"{page.url}: {words}" for words in page.evaluate(FIND_BARRIERS, WCAG)]
    screen = page.viewport_size or DESKTOP
    page.set_viewport_size(NARROWEST)
    over = page.evaluate(SIDEWAYS)
    page.set_viewport_size(screen)
    return found + [f"{page.url} is {over} pixels too wide for a screen of 320"] * (over > 0)
