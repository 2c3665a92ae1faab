"""The trade register behind its adapter: against a server that answers, refuses, is silent, breaks off or lies."""

from __future__ import annotations

import json
import socket
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.checks import run_checks

from applicants import kvk
from applicants.kinds import ApplicantType
from applicants.kvk.basisprofiel import BasisprofielKvk, read
from applicants.kvk.others import DOWN, RECORDED, NotConnected, RecordedKvk
from applicants.kvk.records import type_of

FOUND = (RECORDED / "00000011.json").read_bytes()
NOT_THERE = json.dumps({"fout": [{"code": "IPD0005", "omschrijving": "Er is geen inschrijving gevonden."}]}).encode()


class Register(BaseHTTPRequestHandler):
    """Answers by the number that is asked for; `asked` keeps the path and the key of each question."""

    asked: list[tuple[str, str]] = []
    silent = threading.Event()

    def do_GET(self) -> None:
        Register.asked.append((self.path, self.headers.get("apikey", "")))
        number = self.path.rpartition("/")[2]
        if number == "00000503":
            Register.silent.wait(20)
            return
        if number == "00000302":
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_address[1]}/elsewhere")
            self.end_headers()
            return
        status, body = {
            "00000011": (200, FOUND), "00000404": (404, NOT_THERE), "00000405": (404, b"<html>Not Found</html>"), "00000500": (500, b"kapot"),
            "00000401": (401, b"{}"), "00000429": (429, b"{}"), "00000200": (200, b"{half"), "00000201": (200, b"[]"), "00000202": (200, FOUND),
            "00000203": (200, b'{"kvkNummer": "00000203", "naam": ""}'), "00000204": (200, b'{"kvkNummer": "00000204"}'),
            "00000205": (200, b"x" * 1_100_000),
        }[number]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) + (10 if number == "00000201" else 0)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def register(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Register)
    Register.asked, Register.silent = [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.KVK_API_URL, settings.KVK_API_KEY, settings.KVK_API_CA, settings.KVK_TIMEOUT = f"http://127.0.0.1:{server.server_address[1]}/api/v1/", "geheim", "", 1
    yield BasisprofielKvk()
    Register.silent.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_organisation_is_found_with_the_key_that_was_set(register):
    found = register.lookup("00000011")
    assert (found.name, found.legal_form, found.street, found.postcode, found.city) == (
        "Stichting Samen Sterk (verzonnen)", "Stichting", "Proefstraat 12", "6411AB", "Heerlen",
    )
    assert found.applicant_type == ApplicantType.STICHTING and found.dissolved_on is None and found.source == "kvk"
    assert Register.asked == [("/api/v1/basisprofielen/00000011", "geheim")]


def test_a_number_that_is_not_in_the_register_is_no_failure(register):
    assert register.lookup("00000404") is None


@pytest.mark.parametrize("number", ["00000405", "00000500", "00000401", "00000429", "00000200", "00000201", "00000202", "00000203", "00000204", "00000205", "00000503"])
def test_an_answer_that_says_nothing_about_the_number_is_no_answer(register, number):
    """A wrong address, a wrong key, an error, half an answer, an answer about another number, too much, or nothing at all."""
    with pytest.raises(kvk.KvkUnavailable):
        register.lookup(number)


def test_the_key_is_not_carried_to_another_address(register):
    with pytest.raises(kvk.KvkUnavailable):
        register.lookup("00000302")
    assert [path for path, _key in Register.asked] == ["/api/v1/basisprofielen/00000302"]


def test_a_server_that_is_not_there_is_no_answer(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.KVK_API_URL = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(kvk.KvkUnavailable):
            BasisprofielKvk().lookup("00000011")


def test_what_is_no_number_is_never_asked(register):
    assert register.lookup("0000001/") is None and not Register.asked


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("Stichting", ApplicantType.STICHTING), ("Vereniging", ApplicantType.VERENIGING), ("Vereniging van Eigenaars", ApplicantType.VERENIGING),
        ("Coöperatie", ApplicantType.COOPERATIE), ("Coöperatie U.A.", ApplicantType.COOPERATIE), ("VerenigingMetVolledigeRechtsbevoegdheid", ApplicantType.VERENIGING),
        ("Besloten Vennootschap", None), ("Kerkgenootschap", None), ("Publiekrechtelijke Rechtspersoon", None), ("", None),
    ],
)
def test_the_legal_form_decides_the_kind_of_applicant(form, kind):
    assert type_of(form) == kind


def test_every_recorded_answer_is_of_somebody_who_does_not_exist():
    for path in sorted(RECORDED.glob("*.json")):
        answer = json.loads(path.read_text())
        assert "verzonnen" in answer["naam"] and RecordedKvk().lookup(path.stem).source == "recorded"
        assert answer["kvkNummer"] == path.stem and path.stem.startswith("000000")


def test_an_end_and_a_shielded_address_are_read():
    assert RecordedKvk().lookup("00000014").dissolved_on == date(2026, 1, 31)
    silent = RecordedKvk().lookup("00000016")
    assert (silent.street, silent.postcode, silent.city) == ("", "", "")


def test_the_address_for_letters_goes_before_that_of_visits_and_a_day_may_be_half_known():
    answer = json.loads(FOUND)
    post = {"type": "correspondentieadres", "postbusnummer": 55, "postcode": "6400AA", "plaats": "Heerlen"}
    answer["_embedded"]["eigenaar"]["adressen"] = [post]
    answer["materieleRegistratie"]["datumEinde"] = "20250000"
    found = read(answer, "00000011")
    assert (found.street, found.postcode, found.dissolved_on) == ("Postbus 55", "6400AA", date(2025, 1, 1))


def test_the_doubles_and_the_check_of_the_setting(settings):
    for adapter, number in ((NotConnected(), "00000011"), (RecordedKvk(), DOWN)):
        with pytest.raises(kvk.KvkUnavailable):
            adapter.lookup(number)
    assert RecordedKvk().lookup("12345678") is None
    for wrong in ("applicants.kvk.nergens.Klasse", "json.dumps", "pathlib.Path"):
        settings.KVK_LOOKUP = wrong
        assert "applicants.E001" in [found.id for found in run_checks()], wrong
    assert Path(RECORDED).is_dir()
