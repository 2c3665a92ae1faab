"""Somebody without an applicant comes from a scheme, says for whom she asks, and invites another, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.visitor import Visitor, fill

pytestmark = [pytest.mark.serial, pytest.mark.timeout(420)]


def test_a_newcomer_asks_for_herself_and_lets_a_neighbour_help_without_javascript(visit: Callable[..., Visitor]) -> None:
    gerda = visit("ambtenaar", javascript=False)
    gerda.open("/regelingen/LB-INW/")
    gerda.follow(re.compile("Voor iemand anders aanvragen|Voor wie vraagt u aan"))
    assert "past bij de regeling" in gerda.text()
    gerda.follow("Ikzelf")
    fill(gerda, name="Gerda Gemeente (verzonnen)", street="Demoweg 1", postcode="12", city="Heerlen", email="gerda@example.org")
    gerda.press("Bewaren")
    assert "Dit is geen postcode" in gerda.text() and gerda.page.locator("[name=street]").input_value() == "Demoweg 1"
    fill(gerda, postcode="6411aa")
    gerda.press("Bewaren")
    assert gerda.path() == "/regelingen/LB-INW/"
    gerda.press("Begin met de aanvraag")
    gerda.follow("Samen met iemand invullen")
    fill(gerda, email="buur@example.org")
    gerda.press("Uitnodigen")
    assert re.search(r"\b[0-9]{6}\b", gerda.text())
    gerda.follow("Ik heb de code opgeschreven")
    assert "buur@example.org" in gerda.text()
    gerda.press("Trek de uitnodiging voor buur@example.org in")
    assert "buur@example.org" not in gerda.text()


def test_a_treasurer_adds_a_foundation_and_invites_an_adviser(visit: Callable[..., Visitor]) -> None:
    pip = visit("penningmeester")
    pip.open("/mijn/aanvragers/")
    pip.follow("Een vereniging, stichting of coöperatie")
    fill(pip, kvk_number="00000012")
    pip.press("Zoek op")
    assert "Vereniging De Speeltuin (verzonnen)" in pip.text()
    fill(pip, email="speeltuin@example.org")
    pip.page.get_by_role("radio", name="Ik ben bestuurslid").check()
    pip.press("Bewaren")
    pip.follow("Vereniging De Speeltuin (verzonnen)")
    pip.follow("Iemand uitnodigen")
    fill(pip, email="adviseur@example.org")
    pip.page.get_by_role("radio", name="Als gemachtigde").check()
    pip.press("Uitnodigen")
    pip.follow("Ik heb de code opgeschreven")
    pip.follow(re.compile("Beëindig de toegang"))
    pip.press("Beëindig de toegang")
    assert "Er moet iemand overblijven" in pip.text()
    pip.open("/mijn/aanvragers/gemeente/")
    pip.open("/mijn/aanvragers/uitnodiging/geen-goede-link/")
    pip.open("/mijn/aanvragers/meedoen/geen-goede-link/")


def test_a_group_of_residents_names_who_take_part(visit: Callable[..., Visitor]) -> None:
    bo = visit("bewoner")
    bo.open("/mijn/aanvragers/")
    bo.follow("Bewonersgroep Bloemstraat (verzonnen)")
    bo.follow("Deelnemers noemen of wijzigen")
    fill(bo, name="Bert Buur (verzonnen)", email="bert@example.org")
    bo.press("Toevoegen")
    bo.follow("Wijzig Bert Buur (verzonnen)")
    bo.press("Haal Bert Buur (verzonnen) van de lijst")
    assert "Bert Buur" not in bo.page.locator("main .cards").inner_text()
