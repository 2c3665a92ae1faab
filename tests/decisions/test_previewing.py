"""The letter beside the form: with what is typed and the real case, and nothing is kept."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.test import Client

from decisions.models import Beschikking, View
from decisions.previewing import of_draft
from grants.kernel.models import Event, User
from grants.law.formats import long_date
from grants.project.demo.lives import LIVES
from letters.models import Letter
from letters.rendering.plain import render_text

pytestmark = pytest.mark.django_db
TYPED = {"amount": "28.000,00", "motivation": "Het plan is goed voor de buurt.", "ground": "", "proportionality": "", "view_not_required": "4:7(1)"}


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    return client


def counts():
    return {model.__name__: model._default_manager.count() for model in apps.get_models() if model._meta.app_label in ("decisions", "grants", "letters", "kernel")}


def without_day_and_signer(text, *days):
    """The words of a letter but for its dates and who signs."""
    for day in days:
        text = text.replace(long_date(day), "DAG")
    body, _, rest = text.partition("Namens ")
    return re.sub(r"\s+", " ", body + rest.split("\n\n", 4)[-1] if "Bijlage" in rest else body).strip()


def words(html):
    """The words of the letter in a page."""
    letter = html.split('<article class="letter"')[1].split("</article>")[0].split(">", 1)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", letter)).replace("&#x27;", "'").strip()


def test_a_preview_shows_what_is_typed_and_keeps_nothing(client, live):
    life = live("assessed")
    before, events = counts(), Event.objects.count()
    page = client.post(f"/behandelen/{life.id}/besluit/grant/", {**TYPED, "voorbeeld": "1"}).content.decode()
    assert counts() == before and Event.objects.count() == events
    assert page.count("Het plan is goed voor de buurt.") == 2  # in the form and in the letter
    assert "€ 28.000,00" in words(page).replace("\xa0", " ") and 'value="28.000,00"' in page
    assert "Concept." in page and not Beschikking.objects.filter(application=life.id).exists()


def test_the_letter_that_is_signed_says_what_the_preview_said(client, live):
    life = live("assessed")
    shown = words(client.post(f"/behandelen/{life.id}/besluit/grant/", {**TYPED, "voorbeeld": "1"}).content.decode())
    client.post(f"/behandelen/{life.id}/besluit/grant/", TYPED)
    decision = life.case.decisions.get()
    preview = render_text(of_draft(decision, life.today).letter)
    from decisions.services import deciding

    deciding.review(decision_id=decision.pk, actor=life.reviewer)
    signed = deciding.sign(decision_id=decision.pk, actor=life.signer)
    real = Letter.objects.get(id=signed.letter_id).text
    assert without_day_and_signer(preview, life.today) == without_day_and_signer(real, life.today)
    body = without_day_and_signer(preview, life.today)
    for sentence in ("Het plan is goed voor de buurt.", "Wij hebben u vooraf niet om een reactie gevraagd."):
        assert sentence in body and sentence in shown
    assert len(body) > 1000


def test_everything_typed_stays_when_a_preview_is_asked_of_what_is_not_right_yet(client, live):
    life = live("assessed")
    page = client.post(f"/behandelen/{life.id}/besluit/grant/", {**TYPED, "amount": "veel", "voorbeeld": "1"}).content.decode()
    assert 'value="veel"' in page and "Het plan is goed voor de buurt." in page and 'href="#id_amount"' in page
    assert '<article class="letter"' in page


def test_a_preview_as_a_file_is_a_concept_and_is_not_kept(client, live):
    life = live("assessed")
    answer = client.post(f"/behandelen/{life.id}/besluit/grant/", {**TYPED, "pdf": "1"})
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store" and answer.content.startswith(b"%PDF")
    assert "concept" in answer["Content-Disposition"] and not Letter.objects.filter(kind="L08").exists()


def test_a_character_that_cannot_be_printed_gives_a_sentence_and_the_page(client, live):
    life = live("assessed")
    answer = client.post(f"/behandelen/{life.id}/besluit/grant/", {**TYPED, "motivation": "\U00013000 plan", "pdf": "1"})
    assert "kan niet worden afgedrukt" in answer.content.decode() and "plan" in answer.content.decode()


def test_a_stored_draft_is_previewed_with_the_change_and_stays_as_it_is(client, live):
    life = live("assessed")
    client.post(f"/behandelen/{life.id}/besluit/grant/", TYPED)
    decision = life.case.decisions.get()
    address = f"/behandelen/besluit/{decision.pk}/"
    page = client.post(address, {**TYPED, "motivation": "Heel anders.", "voorbeeld": "1"}).content.decode()
    assert "Heel anders." in words(page)
    assert Beschikking.objects.get(pk=decision.pk).motivation == TYPED["motivation"] and View.objects.count() == 1


def test_an_act_that_cannot_start_has_no_preview_but_a_reason(client, live):
    life = live("verleend")
    page = client.get(f"/behandelen/{life.id}/besluit/reject/").content.decode()
    assert '<article class="letter"' not in page and "geen voorbeeld" in page


@pytest.mark.parametrize("state", sorted(set(LIVES) - {"draft"}))
def test_every_decision_that_can_start_can_be_previewed(client, live, state):
    from decisions.selectors import decision_acts

    life = live(state)
    user = User.objects.get(username="behandelaar")
    for choice in decision_acts(life.case, user):
        answer = client.get(choice.address)
        assert answer.status_code == 200 and '<article class="letter"' in answer.content.decode(), choice.name
        assert client.post(choice.address, {"pdf": "1"})["Content-Type"] == "application/pdf", choice.name
