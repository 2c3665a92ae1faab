"""The controllers' pages say what the command says."""

from __future__ import annotations

from pathlib import Path

import pytest

from grants.applications.register.importing import import_register
from grants.applications.register.reading import read_register
from grants.figures.library import indicators
from grants.kernel.models import User

REGISTER = (Path(__file__).parent.parent / "data" / "indicator_cases.csv").read_bytes()
ASKED = "from=2025-01-01&reference_date=2025-07-01&known_at=2025-07-15T00:00%2B02:00"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def register(module_world):
    import_register(read_register(REGISTER))


@pytest.fixture
def controller(client, register):
    client.force_login(User.objects.get(username="controller"))
    return client


def test_the_overview_says_each_indicator_in_words(controller):
    page = controller.get(f"/cijfers/?{ASKED}").content.decode()
    assert "ruim 25 projectsubsidies, ongeveer de helft van alle verleningen" in page
    for definition in indicators():
        assert definition.title in page


@pytest.mark.parametrize("code", [definition.code for definition in indicators()])
@pytest.mark.parametrize("by", ["scheme", "goal", "area", "municipality", "applicant_type", "form", "year", "wat-anders"])
def test_each_indicator_has_a_page_with_every_split(controller, code, by):
    answer = controller.get(f"/cijfers/indicatoren/{code}/?{ASKED}&by={by}")
    assert answer.status_code == 200 and "Controlegetal" in answer.content.decode()


def test_the_page_shows_the_exact_figures_and_the_cases(controller):
    page = controller.get(f"/cijfers/indicatoren/leefbaarheid-projectsubsidies/?{ASKED}&by=goal").content.decode()
    for words in ("253.500,00", "866.500,00", "50,0%", "24 van 26", "<li>N26</li>", "26 zaken", "meer dan het totaal", "<svg"):
        assert words in page, words
    assert "N27" not in page and "X01" not in page


@pytest.mark.parametrize(("query", "words"), [
    ("reference_date=2025-02-30", "kan de peildatum niet zijn"),
    ("known_at=2999-01-01", "ligt in de toekomst"),
    ("from=2026-01-01&reference_date=2025-01-01", "begindatum ligt na de peildatum"),
])
def test_a_parameter_that_cannot_be_is_told(controller, query, words):
    for address in ("/cijfers/", "/cijfers/indicatoren/leefbaarheid-projectsubsidies/"):
        answer = controller.get(f"{address}?{query}")
        assert answer.status_code == 400 and words in answer.content.decode()


def test_an_unknown_indicator_is_not_found(controller):
    assert controller.get("/cijfers/indicatoren/bestaat-niet/").status_code == 404
