"""The controllers' pages say what the command says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from applicants.models import Applicant, Representation
from grants.applications.models import Application
from grants.applications.register.importing import import_register
from grants.applications.register.reading import read_register
from grants.figures import indicator
from grants.figures.library import find, indicators
from grants.figures.parameters import read
from grants.kernel import clock
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role

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


def bound(client, *codes):
    """A controller of these schemes alone."""
    user = User.objects.create(username="controller-van-een")
    for code in codes:
        RoleAssignment.objects.create(user=user, role=Role.CONTROLLER, scheme_code=code, valid_from=clock.today())
    client.force_login(user)
    return user


def shown(client, address=f"/cijfers/indicatoren/leefbaarheid-projectsubsidies/?{ASKED}"):
    return set(re.findall(r"<li>(N\d\d)</li>", client.get(address).content.decode()))


def test_a_controller_of_one_scheme_sees_the_numbers_of_its_cases_and_all_totals(client, register, monkeypatch):
    everything = indicator.figure(find("leefbaarheid-projectsubsidies"), read(start="2025-01-01", reference_date="2025-07-01", known_at="2025-07-15T00:00+02:00", gross=False)).cases
    of_scheme = dict(Application.objects.filter(case_number__in=everything).values_list("case_number", "scheme"))
    code = of_scheme["N01"]
    mine = {number for number, scheme in of_scheme.items() if scheme == code}
    assert mine and mine < set(everything)
    bound(client, code)
    assert shown(client) == mine
    monkeypatch.setattr("grants.figures.shown.FEW", 3)
    assert shown(client) == mine
    assert "253.500,00" in client.get(f"/cijfers/indicatoren/leefbaarheid-projectsubsidies/?{ASKED}").content.decode()


def test_nobody_sees_the_number_of_a_case_of_ones_own_side(controller):
    user = User.objects.get(username="controller")
    before = shown(controller)
    party = Applicant.objects.first()
    Representation.objects.create(applicant=party, user=user, valid_from=clock.today())
    Application.objects.filter(case_number="N01").update(applicant=party)
    assert before - shown(controller) == {"N01"}
