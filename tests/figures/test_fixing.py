"""A fixed figure stays; asked again it is the same, or says which cases and events make it another."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from grants.applications.models import Application
from grants.applications.register.importing import import_register
from grants.applications.register.reading import read_register
from grants.control.fixing.models import FixedFigure
from grants.control.fixing.services import compare, fix
from grants.figures.library import find, indicators
from grants.figures.parameters import read
from grants.kernel import clock
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role

REGISTER = (Path(__file__).parent.parent / "data" / "indicator_cases.csv").read_bytes()
pytestmark = pytest.mark.django_db
KNOWN = "2025-07-15T00:00+02:00"
HEADER = REGISTER.split(b"\n")[0]


@pytest.fixture(scope="module")
def register(module_world):
    import_register(read_register(REGISTER))


@pytest.fixture
def controller(register):
    return User.objects.get(username="controller")


def fixed_by(user, code="leefbaarheid-projectsubsidies", known=KNOWN):
    parameters = read(start="2025-01-01", reference_date="2025-07-01", known_at=known, gross=False)
    return fix(definition=find(code), parameters=parameters, used_for="Najaarsnota 2025", user=user)


def late_row(event: str, case: str, code: str = "verleend", known: str = "2025-07-10T10:00:00+02:00", amount: str = "1000.00") -> bytes:
    return f"{event};{case};LB-A;LEEFB;project;S1;stichting;GM0917;2025-01-10;{code};2025-03-03;{known};{amount};;0;0;te laat aangeleverd".encode()


def test_each_indicator_can_be_fixed_and_is_the_same_afterwards(controller):
    for place, definition in enumerate(indicators(), 1):
        fixed = fixed_by(controller, definition.code)
        assert fixed.number == f"CIJ-{fixed.fixed_at.year}-{place:05}"
        assert compare(FixedFigure.objects.get(pk=fixed.pk)).same


def test_the_certificate_holds_the_figure(controller):
    fixed = fixed_by(controller)
    assert (fixed.numerator, fixed.denominator, str(fixed.share)) == (26, 52, "50.0")
    assert fixed.words == "ruim 25 projectsubsidies, ongeveer de helft van alle verleningen"
    assert len(fixed.lines) == 52 and len(fixed.data["cases"]) == 26
    assert fixed.digest == fixed.data["digest"]


def test_a_moment_of_knowing_never_lies_after_the_fixing(controller):
    assert fixed_by(controller, known="").known_at <= FixedFigure.objects.get().fixed_at


def test_a_back_dated_import_names_the_fixed_figure_and_the_cases(controller):
    fixed = fixed_by(controller)
    later = fixed_by(controller, known="2025-07-01T00:00+02:00")
    done = import_register(read_register(HEADER + b"\n" + late_row("E9001", "Z99") + b"\n"))
    assert [fixed.number in warning and "nu zou het zijn: 27 van 53" in warning for warning in done.warnings] == [True]
    found = compare(fixed)
    assert not found.same and found.counts == "27 van 53, € 254.500,00"
    (difference,) = found.differences
    assert (difference.case_number, difference.then, difference.now.counted) == ("Z99", None, True)
    assert [event.source_id for event in difference.events] == ["E9001"]
    assert compare(later).same


def test_a_changed_amount_is_named_too(controller):
    fixed = fixed_by(controller)
    import_register(read_register(HEADER + b"\n" + late_row("E9002", "N01", "verlening_gewijzigd", amount="900.00") + b"\n"))
    (difference,) = compare(fixed).differences
    assert (difference.case_number, difference.then.euros, difference.now.euros) == ("N01", 10000, 900)


def test_an_import_that_changes_nothing_fixed_warns_of_nothing(controller):
    fixed_by(controller)
    done = import_register(read_register(HEADER + b"\n" + late_row("E9003", "Z98", known="2025-07-16T10:00:00+02:00") + b"\n"))
    assert done.warnings == ()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_a_fixed_figure(controller, act):
    fixed_by(controller)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FixedFigure.objects.update(words="anders") if act == "update" else FixedFigure.objects.all().delete()


def test_a_controller_fixes_on_the_page_and_reads_the_certificate(controller, client):
    client.force_login(controller)
    asked = {"code": "leefbaarheid-projectsubsidies", "from": "2025-01-01", "reference_date": "2025-07-01", "known_at": KNOWN, "used_for": "Najaarsnota"}
    page = client.post("/cijfers/vastgelegd/vastleggen/", asked, follow=True).content.decode()
    assert "Opnieuw berekend: hetzelfde" in page and "<li>N26</li>" in page
    assert "Najaarsnota" in client.get("/cijfers/vastgelegd/").content.decode()
    import_register(read_register(HEADER + b"\n" + late_row("E9004", "Z97") + b"\n"))
    page = client.get(FixedFigure.objects.get().get_absolute_url()).content.decode()
    assert "niet meer hetzelfde" in page and "Z97" in page and "telde niet" in page


def test_a_wrong_parameter_comes_back_to_the_page(controller, client):
    client.force_login(controller)
    answer = client.post("/cijfers/vastgelegd/vastleggen/", {"code": "leefbaarheid-projectsubsidies", "reference_date": "2025-02-30"}, follow=True)
    assert "kan de peildatum niet zijn" in answer.content.decode() and not FixedFigure.objects.exists()


@pytest.mark.parametrize("person", ["auditor", "behandelaar", "bewoner"])
def test_nobody_else_fixes_figures(register, client, person):
    client.force_login(User.objects.get(username=person))
    assert client.post("/cijfers/vastgelegd/vastleggen/", {"code": "leefbaarheid-projectsubsidies"}).status_code == 403


def test_a_reader_without_cases_sees_no_case_numbers(controller, client):
    fixed = fixed_by(controller)
    client.force_login(User.objects.get(username="beleid"))
    page = client.get(fixed.get_absolute_url()).content.decode()
    assert "ruim 25" in page and "N26" not in page


def test_the_moment_is_kept_to_the_microsecond(controller):
    fixed = fixed_by(controller, known="2025-07-15T00:00:00.123456+02:00")
    assert FixedFigure.objects.get(pk=fixed.pk).known_at == datetime.fromisoformat("2025-07-15T00:00:00.123456+02:00")


def test_the_page_names_to_a_controller_of_one_scheme_only_its_cases(controller, client):
    fixed = fixed_by(controller)
    import_register(read_register(HEADER + b"\n" + late_row("E9001", "Z99") + b"\n"))
    every = {*fixed.data["cases"], "Z99"}
    of_scheme = dict(Application.objects.filter(case_number__in=every).values_list("case_number", "scheme"))
    user = User.objects.create(username="controller-van-een")
    RoleAssignment.objects.create(user=user, role=Role.CONTROLLER, scheme_code=of_scheme["Z99"], valid_from=clock.today())
    mine = {number for number, scheme in of_scheme.items() if scheme == of_scheme["Z99"]}
    assert mine < every
    for who, expected in ((controller, every), (user, mine)):
        client.force_login(who)
        page = client.get(fixed.get_absolute_url()).content.decode()
        assert {number for number in every if f">{number}<" in page} == expected
        assert "1 zaak telt anders" in page
