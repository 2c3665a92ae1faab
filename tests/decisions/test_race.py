"""A ceiling that has room for ten: fifty decisions signed at once, by eight processes, on PostgreSQL."""

from __future__ import annotations

import json
import os
from collections import Counter

import psycopg
import pytest

from tests.services.databases import database, environment, migrated_database, run_well

pytestmark = pytest.mark.serial

COUNT, ROOM, PROCESSES = 50, 10, 8
WORKER = ("-m", "tests.decisions.race_worker")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """The name of a database with fifty reviewed decisions; every test signs in a copy of it."""
    name = f"verleend_race_{os.getpid()}"
    with migrated_database(name) as url:
        env = environment(url, tmp_path_factory.mktemp("race"))
        run_well(*WORKER, "prepare", str(COUNT), str(ROOM), env=env)
        yield name


@pytest.fixture
def copy(prepared, tmp_path):
    with database(f"{prepared}_copy", template=prepared) as url:
        yield url, environment(url, tmp_path)


def signed_at_once(env, *options):
    found = json.loads(run_well(*WORKER, "sign", str(PROCESSES), *options, env=env))
    return found, Counter(kind for kind, _ in found["outcomes"])


def without_the_constraint(url):
    with psycopg.connect(url) as connection:
        connection.execute("ALTER TABLE grants_ceiling DROP CONSTRAINT ceiling_never_overspent")


def test_exactly_the_ten_best_ranked_are_signed_and_the_others_hear_why_not(copy):
    _, env = copy
    found, kinds = signed_at_once(env)
    assert kinds == {"signed": ROOM, "refused": COUNT - ROOM}
    assert [kind for kind, _ in found["outcomes"][:ROOM]] == ["signed"] * ROOM
    for _, sentence in found["outcomes"][ROOM:]:
        assert "subsidieplafond" in sentence or "eerder compleet" in sentence, sentence
        assert sentence.endswith(")") or sentence.endswith("."), sentence
    assert found["signed"] == ROOM
    assert found["held"] == "30000.00" and found["booked"] == ["3000.00"] * ROOM
    assert found["findings"] == []


def test_without_the_lock_the_database_itself_holds_the_ceiling(copy):
    _, env = copy
    found, kinds = signed_at_once(env, "--without-lock")
    assert kinds["signed"] == found["signed"] == ROOM and kinds["stopped by the database"] > 0
    assert all("ceiling_never_overspent" in words for kind, words in found["outcomes"] if kind == "stopped by the database")
    assert kinds["failed"] == 0
    assert found["held"] == "30000.00" and found["findings"] == []


def test_without_lock_and_constraint_more_is_signed_than_there_is(copy):
    """The naive code: this is what the two tests above protect against."""
    url, env = copy
    without_the_constraint(url)
    found, kinds = signed_at_once(env, "--without-lock")
    assert kinds["failed"] == 0
    assert kinds["signed"] == found["signed"] > ROOM
    assert float(found["held"]) > float(found["room"])
