"""Signing in with a real browser: our pages, the provider's page, the strict policy of both, and the warning before the end."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.visitor import DESKTOP, barriers_on
from tests.services import migrated, process
from tests.services.oidc import openid_provider

pytestmark = pytest.mark.serial
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """The application as production starts it (no demonstration), and a provider that knows the way back to it."""
    folder, port = tmp_path_factory.mktemp("production"), process.free_port()
    shutil.copy(migrated.sqlite_file(), folder / "verleend.sqlite3")
    address = f"http://127.0.0.1:{port}"
    with openid_provider(address) as provider:
        given = {"VERLEEND_DEMO": "0", "SECRET_KEY": os.urandom(32).hex(), "VERLEEND_DATA": str(folder), "PYTHONPATH": str(ROOT), "PUBLIC_URL": address, "CLAMD_URL": "tcp://127.0.0.1:9"}
        inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CELERY_BROKER_URL", "ALLOWED_HOSTS")}
        command = [str(Path(sys.executable).with_name("gunicorn")), "grants.project.wsgi", f"--bind=127.0.0.1:{port}", "--workers=1", "--threads=4", "--no-control-socket"]
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "make_ready"], cwd=folder, env={**inherited, **given, **provider.environment()}, check=True, capture_output=True, timeout=120
        )
        child = process.start(command, user=None, cwd=folder, env={**inherited, **given, **provider.environment()}, ready=lambda: process.listens(port))
        yield address, provider, folder / "verleend.sqlite3"
        process.stop(child)


@pytest.fixture
def page(production, chromium):
    """A window on it. `page.complaints`: what the policy of a page stopped."""
    address, provider, database = production
    context = chromium.new_context(base_url=address, viewport=DESKTOP, locale="nl-NL")
    window = context.new_page()
    window.complaints, window.provider, window.database = [], provider, database
    window.on("console", lambda said: window.complaints.append(said.text) if "Security Policy" in said.text else None)
    yield window
    context.close()


def people(page):
    with sqlite3.connect(page.database) as connection:
        return connection.execute("SELECT count(*) FROM kernel_user").fetchone()[0]


def sign_in(page, person, link="Inloggen met DigiD"):
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Inloggen").click()
    page.wait_for_url("**/inloggen/")
    assert not barriers_on(page)
    page.get_by_role("link", name=link).click()
    page.get_by_label("Who").fill(json.dumps(person))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/mijn/|/geen-rol/"))


def test_a_resident_signs_in_and_out_in_a_browser(page, resident):
    sign_in(page, resident)
    assert page.get_by_role("heading", level=1).inner_text() == "Voor wie vraagt u aan?"
    assert not barriers_on(page) and not page.complaints
    cookie = next(found for found in page.context.cookies() if found["name"] == "session")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax" and cookie["expires"] == -1
    page.get_by_role("button", name=re.compile("Uitloggen")).click()
    page.wait_for_url(f"{page.provider.issuer}/**")
    assert people(page) == 1
    page.goto("/mijn/")
    assert page.get_by_role("link", name="Inloggen met eHerkenning").is_visible()


def test_an_official_and_an_organisation_each_find_their_door(page, official, treasurer):
    sign_in(page, official, "Inloggen als medewerker")
    assert "nog geen rol" in page.get_by_role("heading", level=1).inner_text() and not barriers_on(page)
    page.context.clear_cookies()
    sign_in(page, treasurer, "Inloggen met eHerkenning")
    assert page.get_by_role("heading", level=1).inner_text() == "Voor wie vraagt u aan?"


def test_two_minutes_before_the_end_one_is_warned_and_can_stay(page, resident):
    sign_in(page, resident)
    left = {"seconds": 100}
    page.route("**/inloggen/tijd/", lambda route: route.fulfill(json=left))
    page.clock.install()
    page.reload()
    warning = page.get_by_role("dialog", name="Bent u er nog?")
    warning.wait_for()
    assert not barriers_on(page)
    assert page.evaluate("document.activeElement.textContent") == "Blijf ingelogd"
    page.keyboard.press("Enter")
    warning.wait_for(state="hidden")
    left["seconds"] = 0
    page.clock.fast_forward(14 * 60 * 1000)
    warning.wait_for()
    assert "staat nog op deze pagina" in warning.inner_text() and not barriers_on(page)
    assert page.evaluate("document.activeElement.textContent").startswith("Opnieuw inloggen")
    page.keyboard.press("Escape")
    warning.wait_for(state="hidden")
    assert not page.complaints


def test_without_a_script_the_line_under_the_page_keeps_one_signed_in(page, resident, chromium):
    sign_in(page, resident)
    plain = chromium.new_context(base_url=page.url.split("/mijn")[0], java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    window = plain.new_page()
    window.goto("/mijn/")
    assert not window.get_by_text("Bent u er nog?").is_visible()
    with plain.expect_page() as opened:
        window.get_by_role("button", name=re.compile("Blijf ingelogd")).click()
    assert "U blijft ingelogd" in opened.value.get_by_role("heading", level=1).inner_text()
    plain.close()
