"""Every dataset in every format, cut off at a day and a moment; the digest is the same whatever the format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from python_calamine import CalamineWorkbook

from grants.applications.register.importing import import_register
from grants.applications.register.reading import read_register
from grants.control.exporting.columns import DANGEROUS, Column, for_excel, guarded
from grants.control.exporting.datasets import DATASETS, EVENTS, Cut, Dataset
from grants.control.exporting.formats import FORMATS, export
from grants.kernel import clock
from grants.project.demo.objections import Objector
from tests.living import lived

REGISTER = (Path(__file__).parent.parent / "data" / "indicator_cases.csv").read_bytes()
pytestmark = pytest.mark.django_db
MAIN = Cut(date(2025, 7, 1), datetime.fromisoformat("2025-07-15T00:00+02:00"))


@pytest.fixture(scope="module")
def register(module_world):
    import_register(read_register(REGISTER))
    Objector(lived("verleend")).register()


def now() -> Cut:
    return Cut(clock.today().replace(year=clock.today().year + 1), clock.now())


def written(dataset: Dataset, cut: Cut, form: str) -> tuple[bytes, object]:
    out = io.BytesIO()
    return out, export(dataset, cut, FORMATS[form], out)


def as_rows(dataset: Dataset, cut: Cut) -> list[dict[str, str]]:
    out, _ = written(dataset, cut, "csv")
    return list(csv.DictReader(io.StringIO(out.getvalue().decode())))


@pytest.mark.parametrize("code", DATASETS)
def test_the_digest_and_the_number_of_rows_are_the_same_in_every_format(register, code):
    found = {form: written(DATASETS[code], now(), form)[1] for form in FORMATS}
    assert len({(about.count, about.digest) for about in found.values()}) == 1
    assert code == "figures" or found["csv"].count > 0


def test_the_applications_are_as_they_stood(register):
    rows = {row["zaaknummer"]: row for row in as_rows(DATASETS["applications"], MAIN)}
    counted = [row for row in rows.values() if row["regelingbundel"] == "LEEFB" and row["verleend_op"] >= "2025-01-01"]
    assert len(counted) == 52 and sum(Decimal(row["bedrag_verleend"]) for row in counted) == Decimal("866500.00")
    project = [row for row in counted if row["subsidievorm"] == "project" and set(row["doelen"].split("|")) & {"S1", "S2", "S3", "S4", "S5"}]
    assert len(project) == 26
    assert rows["N18"]["bedrag_verleend"] == "15000.00" and rows["X09"]["verleend_op"] == "" and "X14" not in rows


def test_events_after_the_cut_stay_out(register):
    rows = as_rows(EVENTS, MAIN)
    assert rows and all(row["besluitdatum"] < "2025-07-01" and row["bekend_op"] < "2025-07-14T22:00" for row in rows)
    assert len(as_rows(EVENTS, now())) > len(rows)


def test_one_scheme_alone(register):
    cut = Cut(MAIN.reference_date, MAIN.known_at, ("LB-B",))
    assert {row["regeling_code"] for row in as_rows(DATASETS["applications"], cut)} == {"LB-B"}
    assert as_rows(DATASETS["applications"], Cut(MAIN.reference_date, MAIN.known_at, ())) == []


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_spreadsheet_opens_with_the_right_types_and_sums(register, form):
    out, about = written(DATASETS["applications"], MAIN, form)
    out.seek(0)
    book = CalamineWorkbook.from_filelike(out)
    names, *rows = book.get_sheet_by_name("Aanvragen").to_python()
    assert names == [column.name for column in DATASETS["applications"].columns] and len(rows) == about.count
    counted = [row for row in rows if row[2] == "LEEFB" and row[10] != "" and row[10] >= date(2025, 1, 1)]
    assert len(counted) == 52 and sum(row[14] for row in counted) == 866500
    words = {row[0]: row[1] for row in book.get_sheet_by_name("Toelichting").to_python() if row}
    assert words["Controlegetal (SHA-256)"] == about.digest


def test_an_ods_package_begins_with_what_it_is(register):
    package = zipfile.ZipFile(written(DATASETS["applications"], MAIN, "ods")[0])
    assert package.namelist()[0] == "mimetype" and package.getinfo("mimetype").compress_type == zipfile.ZIP_STORED


def test_parquet_keeps_the_types(register):
    out, about = written(DATASETS["applications"], MAIN, "parquet")
    table = pq.read_table(out)
    assert table.num_rows == about.count and str(table.schema.field("bedrag_verleend").type) == "decimal128(14, 2)"
    assert str(table.schema.field("verleend_op").type) == "date32[day]"
    assert json.loads(pq.read_metadata(out).metadata[b"verleend"])["digest"] == about.digest


def test_json_holds_the_rows_and_what_they_are(register):
    out, about = written(DATASETS["decisions"], now(), "json")
    found = json.loads(out.getvalue())
    assert len(found["rows"]) == about.count == found["about"]["rows"] and found["about"]["digest"] == about.digest
    assert found["about"]["columns"][0]["name"] == "zaaknummer"


def test_the_file_for_excel_is_one_that_excel_takes(register):
    out, _ = written(DATASETS["applications"], MAIN, "csv-excel")
    raw = out.getvalue()
    assert raw.startswith(b"\xef\xbb\xbfzaaknummer;") and raw.count(b"\r\n") == raw.count(b"\n")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["bedrag_verleend"].endswith(",00")


ODD = ["=1+1", "-2", "@x", "\tx", "+31", "=cmd|' /C calc'!A0", "gewoon", 'met "aanhaling"; en, komma', "één\nregel"]


def odd_dataset() -> Dataset:
    """Texts that a spreadsheet could take for a formula, as a dataset of their own."""
    rows = " UNION ALL ".join(f"SELECT {place} AS n, {quoted(text)} AS t" for place, text in enumerate(ODD))
    columns = (Column("n", "whole", "x.n", "nummer"), Column("t", "text", "x.t", "tekst"), Column("bedrag", "money", "x.n - 5.5", "mag onder nul"))
    return Dataset("odd", "Proef", "Proef", columns, lambda cut: ("", f"FROM ({rows}) x", []), "x.n")


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


@pytest.mark.parametrize("form", FORMATS)
def test_no_text_becomes_a_formula(db, form):
    out, about = written(odd_dataset(), MAIN, form)
    raw = out.getvalue()
    if form == "csv-excel":
        cells = [row["t"] for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";")]
        assert not [cell for cell in cells if cell.startswith(DANGEROUS)] and "'=1+1" in cells and "gewoon" in cells
        assert [row["bedrag"] for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";")][0] == "-5,50"
    elif form == "xlsx":
        sheet = zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "<v>-5.5</v>" in sheet
    elif form == "ods":
        assert "table:formula" not in zipfile.ZipFile(out).read("content.xml").decode()
    elif form == "csv":
        assert [row["t"] for row in csv.DictReader(io.StringIO(raw.decode(), newline=""))] == ODD
    assert about.count == len(ODD)


def test_the_guard():
    assert [guarded(text) for text in ("=1", "a", "", "-x")] == ["'=1", "a", "", "'-x"]
    assert for_excel(Decimal("-2.50")) == "-2,50"


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_a_file_and_says_what(register, tmp_path, capsys, form):
    target = tmp_path / f"uit.{form}"
    call_command("export", "events", "--reference-date", "2025-07-01", "--known-at", "2025-07-15T00:00+02:00", "--format", form, "--output", str(target))
    assert target.stat().st_size > 1000 and "rijen geschreven" in capsys.readouterr().err
    beside = tmp_path / f"uit.{form}.about.json"
    assert beside.exists() != FORMATS[form].explains_itself
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".half") == []


@pytest.mark.parametrize(("arguments", "words"), [
    (["niets"], "bestaat niet"),
    (["events", "--reference-date", "2025-02-30"], "kan de peildatum niet zijn"),
    (["events", "--known-at", "2999-01-01"], "in de toekomst"),
    (["events", "--scheme", "XX"], "Deze regeling bestaat niet: XX"),
])
def test_the_command_says_what_is_wrong(register, tmp_path, capsys, arguments, words):
    with pytest.raises(SystemExit) as stop:
        call_command("export", *arguments, "--output", str(tmp_path / "x"))
    assert stop.value.code == 2 and words in capsys.readouterr().err and list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(register, tmp_path, capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("export", "events", "--output", str(tmp_path / "weg" / "x"))
    assert stop.value.code == 2 and "kan niet worden geschreven" in capsys.readouterr().err


def test_no_personal_data_leaves(register):
    for dataset in DATASETS.values():
        out, _ = written(dataset, now(), "csv")
        for word in ("Bo Bewoner", "verzonnen", "NL91", "example.org"):
            assert word not in out.getvalue().decode(), (dataset.code, word)
