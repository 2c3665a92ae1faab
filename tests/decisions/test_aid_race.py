"""Two companies of one undertaking get de-minimis aid at once, under two ceilings, a cent over the room: PostgreSQL."""

from __future__ import annotations

import json
import os

import pytest

from tests.services.databases import database, environment, migrated_database, run_well

pytestmark = pytest.mark.serial
WORKER = ("-m", "tests.decisions.aid_race_worker")
BEFORE = "240000.01"


@pytest.fixture(scope="module", params=["reviewed", "signed"])
def prepared(request, tmp_path_factory):
    """(the step to race, the name of a database with two decisions before it)."""
    name = f"verleend_aid_{request.param}_{os.getpid()}"
    with migrated_database(name) as url:
        env = environment(url, tmp_path_factory.mktemp("race"))
        run_well(*WORKER, "prepare", request.param, env=env)
        yield {"reviewed": "sign", "signed": "send"}[request.param], name


@pytest.fixture
def at_once(prepared, tmp_path):
    mode, name = prepared
    with database(f"{name}_copy", template=name) as url:
        env = environment(url, tmp_path)
        yield mode, lambda *options: json.loads(run_well(*WORKER, mode, *options, env=env))


def test_one_gets_the_room_and_the_other_hears_how_much_is_left(at_once):
    mode, race = at_once
    found = race()
    states = [state for state, _ in found["outcomes"]]
    said = next(words for _, words in found["outcomes"] if words)
    assert states == (["refused", "signed"] if mode == "sign" else ["returned", "sent"])
    assert "nog ruimte voor" in said and "29.999,99" in said
    assert found["aid"] == (BEFORE if mode == "sign" else "270000.01")
    assert found["findings"] == []


def test_without_the_lock_on_the_undertaking_both_get_it(at_once):
    """The naive code: this is what the lock protects against. Two ceilings, so their locks do not help."""
    mode, race = at_once
    found = race("--without-lock")
    assert [state for state, _ in found["outcomes"]] == ["signed" if mode == "sign" else "sent"] * 2
    assert (found["signed"] if mode == "sign" else found["aid"]) == ("60000.00" if mode == "sign" else "300000.01")
