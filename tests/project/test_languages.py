"""Pages for applicants follow the language that somebody chose; officials' pages, and whatever is stored or sent, stay Dutch."""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy, trans_real

from decisions.forms import MoneyField
from grants.kernel import outbox
from grants.kernel.models import User
from grants.kernel.permissions import Access
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from grants.kernel.wording import _catalogue, translated
from grants.project import catalogues
from grants.project.language import DUTCH_ONLY, follows_choice
from letters.models import Letter
from tests.living import lived

FOR_BOTH = ("brieven/",)
"""Pages of applicants and officials alike."""


def chosen(language: str) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def language_of(answer) -> str:
    return answer.content.decode().split('<html lang="')[1][:2]


@pytest.mark.parametrize("language", ["nl", "en", "de"])
def test_a_public_page_speaks_the_chosen_language(db, language):
    answer = chosen(language).get("/privacy/")
    assert language_of(answer) == language == answer["Content-Language"]
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("cookie", ["", "fr", "EN", "../../en", "x" * 5000])
def test_an_unknown_language_is_dutch(db, cookie):
    assert language_of(chosen(cookie).get("/privacy/")) == "nl"


def test_what_the_browser_prefers_is_no_choice(db):
    answer = Client().get("/privacy/", headers={"accept-language": "en-GB,en;q=0.9"})
    assert language_of(answer) == "nl"


def test_a_choice_goes_back_to_the_page_and_never_to_another_website(db):
    answer = Client().post("/taal/", {"language": "de", "next": "/privacy/?a=b"})
    assert (answer.status_code, answer["Location"]) == (302, "/privacy/?a=b")
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "de"
    assert Client().post("/taal/", {"language": "de", "next": "https://elders.example/"})["Location"] == "/"
    assert settings.LANGUAGE_COOKIE_NAME not in Client().post("/taal/", {"language": "fr", "next": "/"}).cookies
    assert Client().get("/taal/").status_code == 405


def pages(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def test_every_page_for_officials_alone_lies_where_dutch_is_spoken():
    for_officials = [page for page, view in pages() if (access := getattr(view, "access", Access())).roles and Role.APPLICANT not in access.roles]
    assert len(for_officials) > 60
    astray = [page for page in for_officials if follows_choice(f"/{page}") and not page.startswith(FOR_BOTH)]
    assert not astray, f"put these under one of {DUTCH_ONLY}"


def test_officials_pages_speak_dutch_whatever_was_chosen(world):
    client = chosen("en")
    client.force_login(User.objects.get(username="behandelaar"))
    answer = client.get("/behandelen/")
    assert language_of(answer) == "nl"
    assert 'name="language"' not in answer.content.decode()


# --- what is stored ---------------------------------------------------------------------------------------------------

WORD = gettext_lazy("This field is required.")


def test_recording_speaks_dutch_and_the_page_its_own_language_again(db):
    with translation.override("en"):
        with recording(), recording():
            inside = str(WORD)
        assert (inside, str(WORD)) == ("Dit veld is verplicht.", "This field is required.")
        with pytest.raises(ZeroDivisionError), recording():
            raise ZeroDivisionError
        assert translation.get_language() == "en"


def test_what_the_outbox_does_is_dutch_also_outside_a_transaction(db, monkeypatch):
    said: list[str] = []

    def work(payload):
        said.append(str(WORD))
        return outbox.nothing_more

    monkeypatch.setitem(outbox._outside, "tests.language", work)
    monkeypatch.setitem(outbox._handlers, "tests.language", lambda payload: None)
    outbox.enqueue("tests.language", key="one", payload={})
    with translation.override("de"):
        outbox.run_open()
    assert said == ["Dit veld is verplicht."]


MARK = "⟦"
OWNER = "penningmeester"


@pytest.fixture
def marked(monkeypatch):
    """German in which every word that is looked up carries a mark, so that none can slip into the record unseen."""
    german = trans_real.translation("de")
    monkeypatch.setattr(german, "gettext", lambda text: MARK + text)
    monkeypatch.setattr(german, "ngettext", lambda one, many, n: MARK + (one if n == 1 else many))
    with translation.override("de"):
        assert gettext("Regelingen").startswith(MARK)


def stored_with_a_mark() -> list[str]:
    """Table, column and text of whatever in the database is not Dutch."""
    found = []
    for model in apps.get_models():
        columns = [field.name for field in model._meta.concrete_fields if isinstance(field, models.CharField | models.TextField | models.JSONField)]
        for row in model._base_manager.values(*columns) if columns else ():
            found += [f"{model.__name__}.{name}: {value}"[:200] for name, value in row.items() if MARK in json.dumps(value, default=str, ensure_ascii=False)]
    return found


def test_a_case_that_is_lived_in_another_language_leaves_a_dutch_record(world, marked):
    with translation.override("de"):
        life = lived("vastgesteld")
    assert Letter.objects.filter(chain=life.case.chain).count() > 1
    assert not stored_with_a_mark()


def test_an_application_and_an_objection_made_in_another_language_leave_a_dutch_record(world, marked):
    life = lived("verleend")
    client = chosen("de")
    client.force_login(User.objects.get(username=OWNER))
    page = client.get(f"/aanvragen/{life.id}/bezwaar/")
    assert MARK in page.content.decode(), "the page itself speaks the other language"
    decision = page.context["form"].fields["decision"].choices[-1][0]
    answer = client.post(f"/aanvragen/{life.id}/bezwaar/", {"decision": decision, "grounds": "Het bedrag is te laag.", "asks_costs": "on"})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    outbox.run_open()
    assert not [place for place in stored_with_a_mark() if not place.startswith("Session")]


@pytest.mark.parametrize("language", ["nl", "en", "de"])
@pytest.mark.parametrize(("typed", "amount"), [("1.000,00", "1000"), ("€ 2.500", "2500"), ("2500,50", "2500.50")])
def test_an_amount_is_read_the_dutch_way_in_every_language(language, typed, amount):
    with translation.override(language):
        assert MoneyField().clean(typed) == Decimal(amount)


# --- the catalogues ---------------------------------------------------------------------------------------------------


@pytest.fixture
def german(tmp_path, settings):
    """A catalogue of its own, with one translated text of a regeling."""
    folder = tmp_path / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="de")
    catalogue.add("Uw plan", "Ihr Vorhaben")
    catalogue.add("Nog niet vertaald")
    with (folder / "schemes.po").open("wb") as file:
        write_po(file, catalogue)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    _catalogue.cache_clear()
    yield folder
    _catalogue.cache_clear()


def test_a_text_of_a_regeling_is_translated_or_stays_dutch(german):
    assert catalogues.compile_all() == 1
    assert catalogues.compile_all() == 0, "what is up to date is left alone"
    with translation.override("de"):
        assert [translated(text) for text in ("Uw plan", "Nog niet vertaald", "Onbekend", "")] == ["Ihr Vorhaben", "Nog niet vertaald", "Onbekend", ""]
    with translation.override("nl"):
        assert translated("Uw plan") == "Uw plan"


def test_the_texts_of_all_regelingen_stand_in_the_catalogues(german):
    catalogues.update_schemes()
    with (german / "schemes.po").open("rb") as file:
        found = read_po(file, locale="de")
    assert {"Hoe heet uw plan?", "Uw plan"} <= {message.id for message in found}
    assert found["Uw plan"].string == "Ihr Vorhaben", "a translation stays"
    assert "L01" not in {message.id for message in found}


def test_the_catalogues_that_come_along_are_up_to_date_with_the_regelingen():
    wanted = {text for path in catalogues.DEFINITIONS.glob("*.toml") for text in catalogues.texts_of(tomllib.loads(path.read_text()))}
    for language in catalogues.languages():
        path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "schemes.po"
        with path.open("rb") as file:
            known = {message.id for message in read_po(file, locale=language)}
        assert wanted <= known, f"run 'make messages': {sorted(wanted - known)[:3]}"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ["django", "schemes"])
def test_every_text_has_its_translation(language, name):
    """A page in another language never falls back to Dutch words, and keeps every value that the Dutch has."""
    path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / f"{name}.po"
    with path.open("rb") as source:
        messages = [message for message in read_po(source, locale=language) if message.id]
    assert len(messages) > 400
    for message in messages:
        ids, texts = ((message.id,), (message.string,)) if isinstance(message.id, str) else (message.id, message.string)
        assert all(texts), ids
        for dutch, text in zip(ids[:1], texts[:1], strict=True):
            assert sorted(VALUES.findall(dutch)) == sorted(VALUES.findall(text)), dutch


VALUES = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}|<[^>]+>")
