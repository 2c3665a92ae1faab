"""A wrong setting of signing in stops the start with a sentence; the table of levels hangs together; every page names its kind."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from applicants.signin import guard
from applicants.signin.levels import Level, WrongTable, read_table
from grants.project import environment, signin
from tests.project.test_permissions import ALL

WHOLE = {"OIDC_STAFF_ISSUER": "https://inloggen.example.org", "OIDC_STAFF_CLIENT_ID": "verleend", "OIDC_STAFF_CLIENT_SECRET": "geheim"}


@pytest.fixture
def start(monkeypatch):
    """The settings of signing in as they are read at the start, with this environment."""
    def read(demo=False, **values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        entries = signin.read_entries()
        signin.check_keys(entries, environment.numbered_keys("PSEUDONYM_KEYS"))
        signin.check_open(entries, demo)
        return entries
    return read


def test_a_whole_entry_opens_and_the_others_stay_closed(start):
    entries = start(**WHOLE, PSEUDONYM_KEYS=f"2026:{'k' * 32}")
    assert [name for name, entry in entries.items() if entry["issuer"]] == ["staff"]
    assert entries["residents"]["levels"]["http://eidas.europa.eu/LoA/high"] == "high"


def test_the_demonstration_needs_none(start):
    assert start(demo=True)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "OIDC_STAFF_ISSUER ontbreekt: niemand kan inloggen. Zet OIDC_STAFF_ISSUER"),
        ({**WHOLE}, "PSEUDONYM_KEYS ontbreekt. Zet PSEUDONYM_KEYS"),
        ({**WHOLE, "OIDC_STAFF_CLIENT_SECRET": ""}, "Zet OIDC_STAFF_CLIENT_SECRET op wat de inlogdienst u gaf"),
        ({**WHOLE, "OIDC_STAFF_CLIENT_ID": " "}, "Zet OIDC_STAFF_CLIENT_ID"),
        ({**WHOLE, "OIDC_STAFF_ISSUER": "http://inloggen.example.org"}, "dat begint met https://"),
        ({**WHOLE, "OIDC_STAFF_ISSUER": "inloggen.example.org"}, "dat begint met https://"),
        ({**WHOLE, "OIDC_STAFF_SCOPES": "profile"}, "Zet openid in OIDC_STAFF_SCOPES"),
        ({**WHOLE, "OIDC_STAFF_GROUP_ROLES": "team=case_handler"}, "OIDC_STAFF_GROUPS_CLAIM niet"),
        ({**WHOLE, "OIDC_STAFF_GROUP_ROLES": "team=koning"}, "team=koning"),
        ({"OIDC_RESIDENTS_CLIENT_ID": "x"}, "OIDC_RESIDENTS_ISSUER ontbreekt"),
        ({"OIDC_RESIDENTS_LEVELS": "urn:x=zeer hoog"}, "rechts een van: basic, low, substantial, high"),
        ({**WHOLE, "PSEUDONYM_KEYS": "2026:kort"}, "minstens 32 willekeurige tekens"),
        ({**WHOLE, "PSEUDONYM_KEYS": "k" * 40}, "Schrijf nummer:geheim"),
        ({**WHOLE, "PSEUDONYM_KEYS": f"1:{'a' * 32},1:{'b' * 32}"}, "twee keer"),
    ],
)
def test_a_wrong_value_stops_the_start_and_says_what_to_set(start, values, words):
    with pytest.raises(ImproperlyConfigured) as stopped:
        start(**values)
    assert words in str(stopped.value)
    assert "geheim" not in str(stopped.value).replace("nummer:geheim", "").replace("als geheim", ""), "no secret in a message"


def test_a_session_may_not_last_longer_than_a_day_of_work(monkeypatch):
    monkeypatch.setenv("SESSION_HOURS", "13")
    with pytest.raises(ImproperlyConfigured, match="hoogstens 12"):
        environment.number_up_to("SESSION_HOURS", 10, 12)


ROW = '[[message]]\nkind = "object"\nwhat = "bezwaar maken"\nresidents = "{}"\norganisations = "substantial"\nvalid_from = {}\n'


def test_a_level_changes_from_a_day_on():
    table = read_table(ROW.format("low", "2026-01-01\nvalid_to = 2026-06-30") + ROW.format("high", "2026-07-01"))
    levels = [table.on("object", day).levels["residents"] for day in (date(2025, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2030, 1, 1))]
    assert levels == [Level.LOW, Level.LOW, Level.HIGH, Level.HIGH]


@pytest.mark.parametrize(
    "text",
    [
        ROW.format("low", "2026-01-01\nvalid_to = 2026-06-30") + ROW.format("high", "2026-07-02"),
        ROW.format("low", "2026-01-01") + ROW.format("high", "2026-07-01"),
        ROW.format("low", "2026-01-01\nvalid_to = 2026-06-30"),
        ROW.format("heel hoog", "2026-01-01"),
        ROW.format("low", "2026-01-01").replace("organisations", "organisation"),
        "[[message]",
        "",
    ],
    ids=["a gap", "two at once", "ends", "no level", "a column lacks", "no toml", "empty"],
)
def test_a_table_with_a_hole_is_refused(text):
    with pytest.raises(WrongTable):
        read_table(text)


def kinds():
    return {page: getattr(view, "message_kind", "") for page, view in ALL.items()}


NO_MESSAGE = {"uitloggen/", "inloggen/blijven/", "inloggen/geen-rol/", "inloggen/terug/"}
"""Pages for whoever is signed in that carry no message of an applicant."""


def test_every_page_for_applicants_names_the_kind_of_message_that_it_takes():
    """Awb 2:13, second paragraph: no message slips in on a means that is too weak for it."""
    nameless = {
        page for page, kind in kinds().items() if not kind and not ALL[page].access.public and not ALL[page].access.roles
    }
    assert nameless == NO_MESSAGE


def test_every_kind_that_a_page_names_stands_in_the_table():
    assert {kind for kind in kinds().values() if kind} == set(guard.table().kinds)


@pytest.mark.parametrize("kind", ["submit_application", "change_details", "submit_report", "withdraw_application"])
def test_what_is_about_money_needs_substantial_on_both_sides(kind):
    assert {guard.needed(kind, audience) for audience in ("residents", "organisations")} == {Level.SUBSTANTIAL}


def test_nobody_is_kept_from_objecting_by_the_strongest_means():
    assert guard.needed("object", "residents") == Level.LOW
