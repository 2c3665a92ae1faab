"""The figures of the example register come out, to the unit, and stay the same when asked again."""

from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from grants.applications.register.importing import import_register
from grants.applications.register.reading import RegisterErrors, read_register
from grants.kernel import audit
from grants.kernel.models import Event
from grants.schemes.services import load_lists

REGISTER = (Path(__file__).parent.parent / "data" / "indicator_cases.csv").read_bytes()
pytestmark = pytest.mark.django_db

PARAMETERS = [
    # from, reference, known at, gross, numerator, denominator, share, amount numerator, amount denominator, within term
    ("2025-01-01", "2025-07-01", "2025-07-15T00:00+02:00", False, 26, 52, 50.0, "253500.00", "866500.00", 24),
    ("2025-01-01", "2025-07-01", "2025-07-15T00:00+02:00", True, 28, 54, 51.9, "271500.00", "884500.00", 26),
    ("2025-01-01", "2025-07-01", "2025-07-01T00:00+02:00", False, 25, 51, 49.0, "246500.00", "859500.00", 24),
    ("2025-01-01", "2025-07-01", "2025-08-01T00:00+02:00", False, 25, 52, 48.1, "249500.00", "902500.00", 23),
    ("2025-01-01", "2025-04-01", "2025-07-15T00:00+02:00", False, 12, 25, 48.0, "126000.00", "436000.00", 11),
    ("2025-01-01", "2025-08-01", "2025-08-15T00:00+02:00", False, 25, 52, 48.1, "252500.00", "905500.00", 23),
    ("2025-01-01", "2025-10-01", "2025-10-15T00:00+02:00", False, 26, 53, 49.1, "261500.00", "914500.00", 24),
    ("2000-01-01", "2025-07-01", "2025-07-15T00:00+02:00", False, 27, 53, 50.9, "262500.00", "875500.00", 25),
]


@pytest.fixture
def register(db):
    load_lists()
    return import_register(read_register(REGISTER))


def ask(start, reference, known, gross=False):
    out = StringIO()
    arguments = ["--from", start, "--reference-date", reference, "--known-at", known, "--format", "json"]
    call_command("indicator", "leefbaarheid-projectsubsidies", *arguments, *(["--gross"] if gross else []), stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("row", PARAMETERS, ids=lambda row: "-".join(map(str, row[:4])))
def test_the_example_figures_come_out(register, row):
    start, reference, known, gross, numerator, denominator, share, amount, total, within = row
    found = ask(start, reference, known, gross)
    assert (found["numerator"], found["denominator"], found["share"]) == (numerator, denominator, share)
    assert (found["numerator_amount"], found["denominator_amount"], found["within_term"]) == (amount, total, within)
    assert len(found["cases"]) == numerator and found["cases"] == sorted(found["cases"])


def test_all_events_of_all_cases_are_imported_and_whole(register):
    assert (register.created, register.cases) == (74, 66)
    assert list(audit.verify()) == []


def test_a_figure_asked_again_after_later_events_is_the_same(register, live):
    first = ask(*PARAMETERS[0][:3])
    live("vastgesteld_direct")
    assert ask(*PARAMETERS[0][:3]) == first


def test_a_live_grant_joins_the_figure(world, live):
    life = live("vastgesteld_direct")
    from grants.kernel import clock

    day = life.case.decided_on
    found = ask(day.isoformat(), clock.today().isoformat(), clock.now().isoformat())
    assert (found["numerator"], found["denominator"], found["cases"]) == (1, 1, [life.case.case_number])


def test_importing_again_changes_nothing(register):
    again = import_register(read_register(REGISTER))
    assert (again.created, again.known) == (0, 74)
    assert Event.objects.count() == 74


def test_a_double_event_counts_once(db):
    load_lists()
    lines = REGISTER.splitlines(keepends=True)
    done = import_register(read_register(b"".join([*lines, lines[1]])))
    assert done.created == 74


def test_the_same_id_with_other_content_refuses_the_whole_file(register):
    changed = REGISTER.replace(b"E0001;N01;LB-B", b"E0001;N01;LB-C").replace(b"E0002;", b"E9002;")
    with pytest.raises(RegisterErrors, match="E0001 is al ingelezen"):
        import_register(read_register(changed))
    assert Event.objects.count() == 74


def test_a_wrong_column_is_named(db):
    with pytest.raises(RegisterErrors, match="kolom bedrag: Deze kolom ontbreekt"):
        read_register(REGISTER.replace(b";bedrag;", b";bedragen;", 1))


def test_every_wrong_cell_is_named_with_its_line(db):
    bad = REGISTER.replace(b"2025-01-14;2025-01-14T15:00:00+01:00;10000.00", b"2025-02-30;gisteren;tien", 1)
    with pytest.raises(RegisterErrors) as refused:
        read_register(bad)
    assert [(e.line, e.column) for e in refused.value.errors] == [(2, "besluitdatum"), (2, "geregistreerd_op"), (2, "bedrag")]


def test_an_annulment_points_to_an_earlier_event_of_the_same_case(db):
    load_lists()
    with pytest.raises(RegisterErrors, match="geen eerder geregistreerde gebeurtenis"):
        import_register(read_register(REGISTER.replace(b";E0069;", b";E0001;")))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["--reference-date", "2025-02-30"], "peildatum"), (["--known-at", "2999-01-01T00:00+01:00"], "toekomst")],
)
def test_an_impossible_parameter_is_a_clear_sentence(db, arguments, sentence):
    err = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("indicator", "leefbaarheid-projectsubsidies", *arguments, stderr=err)
    assert stop.value.code == 2 and sentence in err.getvalue()


def test_an_imported_settlement_shows_its_amount(register):
    from grants.applications.models import Application

    found = dict(Application.objects.filter(case_number__in=["N01", "N17", "N19"]).values_list("case_number", "settled_amount"))
    assert found["N01"] is None and found["N17"] == Decimal("11000.00") and found["N19"] == Decimal("2500.00")
