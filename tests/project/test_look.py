"""The style sheet that is cut, the files that go out, the menu, and templates that obey the policy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from grants.kernel.models import User
from grants.project.look.components import OUR_NAMES, PackagesMissing, style_sheet, tokens_for
from grants.project.menu import menu
from grants.project.templatetags.form_parts import problems

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "grants" / "project" / "static" / "site"
TEMPLATES = sorted(path for wing in ("grants", "decisions", "letters", "applicants") for path in (ROOT / wing).rglob("templates/**/*.html"))
INLINE = (
    re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    re.compile(r"<style\b", re.IGNORECASE),
    re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    re.compile(r"(?:href|src|action)=[\"']?(?:javascript:|data:|//|https?://)", re.IGNORECASE),
)


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 100


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_nothing_inline_and_asks_no_other_host(path):
    found = [pattern.search(path.read_text()) for pattern in INLINE]
    assert not any(found), [match[0] for match in found if match]


def test_style_sheets_ask_no_other_host():
    for path in SITE.glob("*.css"):
        assert "url(" not in path.read_text() and "@import" not in path.read_text(), path.name


def cut() -> str:
    if not (settings.NODE_MODULES / "@utrecht").is_dir():
        pytest.skip("the packages of NL Design System are not there")
    return style_sheet(settings.NODE_MODULES, [path.read_text() for path in SITE.glob("*.css")])


def test_every_name_of_ours_stands_for_a_component_that_exists():
    text = cut()
    for theirs, ours in OUR_NAMES.items():
        assert f":is(.{theirs},.{ours})" in text, theirs


def test_every_token_that_the_pages_ask_for_has_a_value_or_another_choice():
    text = cut() + "".join(path.read_text() for path in SITE.glob("*.css"))
    known = set(re.findall(r"(--[\w-]+)\s*:", text))
    ours = "".join(path.read_text() for path in SITE.glob("*.css"))
    assert set(re.findall(r"var\(\s*(--[\w-]+)\s*\)", ours)) <= known


def test_only_the_tokens_that_are_asked_for_are_taken():
    tokens = ".t { --a: var(--b); --b: 1px; --c: 2px; /* --d: 3px; */ }"
    assert tokens_for(tokens, "p { margin: var(--a); padding: var(--d) }") == {"--a": "var(--b)", "--b": "1px"}


def test_packages_that_are_not_there_are_named(tmp_path):
    with pytest.raises(PackagesMissing, match="theme.css"):
        style_sheet(tmp_path, [])


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", "Regelingen"), ("/regelingen/LB-INW/", "Regelingen"), ("/aanvragen/x/", "Mijn subsidies"), ("/behandelen/zaak/", "Behandelen"),
     ("/behandelen/adviezen/", "Adviezen"), ("/privacy/", "")],
)
@pytest.mark.django_db
def test_the_menu_marks_the_part_that_the_page_belongs_to(world, path, current):
    entries = menu(User.objects.get(username="behandelaar"), path)
    assert [str(entry["label"]) for entry in entries if entry["is_current"]] == ([current] if current else [])


def test_a_visitor_sees_only_what_is_public_in_the_menu():
    assert [str(entry["label"]) for entry in menu(AnonymousUser(), "/")] == ["Regelingen", "Lerend netwerk"]


class Example(forms.Form):
    hidden = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label="Naam", widget=forms.TextInput(attrs={"id": "eigen"}))
    place = forms.ChoiceField(label="Plek", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    goals = forms.MultipleChoiceField(label="Doelen", widget=forms.CheckboxSelectMultiple, choices=[("a", "A")])
    agreed = forms.BooleanField(label="Akkoord")


def test_the_summary_links_to_the_first_control_of_each_field():
    form = Example({})
    places = [place for place, _words in problems(form)]
    assert places == ["", "eigen", "id_place_0", "id_goals_0", "id_agreed"]
    html = form.as_p()
    page = str(form)
    for place in places[1:]:
        assert f'id="{place}"' in page, html


def test_an_error_belongs_to_its_field_for_who_cannot_see_it():
    page = str(Example({}))
    assert page.count('aria-invalid="true"') >= 3
    assert 'aria-describedby="id_place_error"' in page and 'id="id_place_error"' in page


@pytest.mark.parametrize("path", ["/toegankelijkheid/", "/privacy/", "/contact/", "/stijl/"])
def test_the_pages_about_the_website_need_no_database(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


def test_the_page_of_parts_is_only_there_in_the_demonstration(settings, db):
    settings.VERLEEND_DEMO = False
    assert Client().get("/stijl/").status_code == 404
