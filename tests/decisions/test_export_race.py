"""Six people press the button at once, and a process dies half-way: each payment goes to the bank once, on PostgreSQL."""

from __future__ import annotations

import json
import os
from collections import Counter

import psycopg
import pytest

from tests.services.databases import database, environment, migrated_database, run, run_well

pytestmark = pytest.mark.serial

COUNT, PROCESSES = 4, 6
WORKER = ("-m", "tests.decisions.export_worker")


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """The name of a database with approved payments; every test works in a copy of it."""
    name = f"verleend_export_{os.getpid()}"
    with migrated_database(name) as url:
        env = environment(url, tmp_path_factory.mktemp("export"))
        run_well(*WORKER, "approve", str(COUNT), env=env)
        yield name


@pytest.fixture
def copy(ready, tmp_path):
    with database(f"{ready}_copy", template=ready) as url:
        yield url, environment(url, tmp_path)


def at_once(env, what, *options, processes=PROCESSES):
    found = json.loads(run_well(*WORKER, what, str(processes), *options, env=env))
    return found, Counter(kind for kind, _ in found["outcomes"])


def test_prepared_by_six_at_once_each_payment_is_in_one_file_and_five_hear_why_not(copy):
    found, kinds = at_once(copy[1], "prepare")
    assert kinds == {"done": 1, "refused": PROCESSES - 1}
    assert all("staat al in bestand" in words for kind, words in found["outcomes"] if kind == "refused")
    assert (found["batches"], found["lines"], found["orders"]) == (1, COUNT, COUNT)


def test_without_the_lock_the_database_itself_keeps_a_payment_in_one_file(copy):
    found, kinds = at_once(copy[1], "prepare", "--naive")
    assert kinds == {"done": 1, "stopped by the database": PROCESSES - 1}
    assert (found["batches"], found["lines"], found["orders"]) == (1, COUNT, COUNT)


def test_without_lock_and_constraint_each_payment_would_be_in_six_files(copy):
    """The naive code: this is what the two tests above protect against."""
    url, env = copy
    with psycopg.connect(url) as connection:
        connection.execute("DROP INDEX payment_in_one_live_batch")
    found, kinds = at_once(env, "prepare", "--naive")
    assert kinds == {"done": PROCESSES}
    assert (found["lines"], found["orders"]) == (COUNT * PROCESSES, COUNT)


def test_released_by_six_at_once_there_is_one_file_and_each_payment_goes_once(copy):
    at_once(copy[1], "prepare", processes=1)
    found, kinds = at_once(copy[1], "release")
    assert kinds == {"done": 1, "refused": PROCESSES - 1}
    assert (found["files"], found["exported"], found["findings"]) == (1, COUNT, [])


def test_a_process_that_is_killed_before_its_commit_leaves_nothing_and_the_next_one_does_it_once(copy):
    env = copy[1]
    at_once(env, "prepare", processes=1)
    assert run(*WORKER, "die", env=env).returncode == -9
    found, kinds = at_once(env, "release", processes=1)
    assert kinds == {"done": 1}
    assert (found["files"], found["exported"], found["findings"]) == (1, COUNT, [])
