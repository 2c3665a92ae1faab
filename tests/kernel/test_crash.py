"""Whatever process is killed at whatever moment, nothing is lost and nothing is done twice.

PostgreSQL, RabbitMQ, the web process, a Celery worker, its clock (beat), a program that signs, one that submits on the pages and one that brings what
goes on paper to the post; each is killed with SIGKILL in the middle of its work and started again. CRASH_LETTERS says how many letters there are:
230 here, 1,000 in `make bench`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from letters.seal.demo import make_demo_seal
from tests.services.databases import ROOT, environment, migrated_database, run, run_well
from tests.services.process import free_port
from tests.services.rabbitmq import own_queue

pytestmark = pytest.mark.serial

LETTERS = int(os.environ.get("CRASH_LETTERS", "230"))
SIGNS = LETTERS * 3 // 23
SUBMITS = LETTERS - 2 * SIGNS
"""A signed case has two letters, a receipt and a decision; a submitted one has its receipt."""
SEED = 2025
TIMES = max(1, LETTERS // 230)
KILLS = TIMES * (["worker"] * 2 + ["child of the worker"] * 2 + ["beat"] + ["web"] * 3 + ["sign"] * 2 + ["submit"] * 2 + ["post"] * 2)
DRIVERS = ("sign", "submit", "post")
PART_OF = {"child of the worker": "worker"}
LIMIT = 420 * TIMES  # seconds; only a guard against waiting for ever, on a machine that does other work too
DRIVER = ("-m", "tests.kernel.crash_driver")
CELERY = ("-m", "celery", "-A", "grants.project")
DONE_BY = {
    "worker": "SELECT count(*) FROM kernel_outboxmessage WHERE done_at IS NOT NULL",
    "beat": "SELECT count(*) FROM kernel_outboxmessage WHERE published_at IS NOT NULL",
    "sign": "SELECT count(*) FROM decisions_beschikking WHERE state IN ('signed', 'sent')",
    "web": "SELECT count(*) FROM grants_application WHERE status <> 'draft'",
    "submit": "SELECT count(*) FROM grants_application WHERE status <> 'draft'",
    "post": "SELECT count(*) FROM letters_paperline",
}
LEFT = """SELECT (SELECT count(*) FROM kernel_outboxmessage WHERE done_at IS NULL)
             + (SELECT count(*) FROM decisions_beschikking WHERE state = 'reviewed')
             + (SELECT count(*) FROM grants_application WHERE status = 'draft')
             + (SELECT count(*) FROM letters_letter WHERE state IN ('ordered', 'rendered'))"""


class Parts:
    """The processes of the test, each in a group of its own, so that a kill takes all of it."""

    def __init__(self, env: dict[str, str], folder: Path, connection: psycopg.Connection, port: int) -> None:
        self.env, self.folder, self.connection = env, folder, connection
        lean = ("--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "WARNING")
        self.commands = {
            "worker": (*CELERY, "worker", "-c", "2", *lean),
            "beat": (*CELERY, "beat", "-l", "WARNING", "--pidfile=", "-s", str(folder / "beat")),
            "web": ("-m", "gunicorn", "grants.project.wsgi", "--worker-class=gthread", "--workers=2", "--threads=4", f"--bind=127.0.0.1:{port}", "--no-control-socket"),
            "sign": (*DRIVER, "sign"),
            "submit": (*DRIVER, "submit"),
            "post": (*DRIVER, "post"),
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.done_at_start: dict[str, int] = {}

    def number(self, query: str) -> int:
        row = self.connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])

    def start(self, name: str) -> None:
        self.done_at_start[name] = self.number(DONE_BY[name])
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *self.commands[name]], cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )

    def has_worked(self, name: str) -> bool:
        return self.number(DONE_BY[name]) > self.done_at_start[name]

    def kill(self, name: str) -> None:
        process = self.running[name]
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def kill_child(self, chance: random.Random) -> None:
        pid = self.running["worker"].pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        os.kill(int(chance.choice(children)), signal.SIGKILL)
        self.done_at_start["worker"] = self.number(DONE_BY["worker"])

    def no_driver_failed(self) -> None:
        """A program that signs, submits or posts may be killed, but never stops with an error by itself."""
        for name in DRIVERS:
            assert self.running[name].poll() in (None, 0), (self.folder / f"{name}.log").read_text()[-3000:]

    def until(self, condition, deadline: float, what: str) -> None:
        while not condition():
            self.no_driver_failed()
            if time.monotonic() > deadline:
                logs = "\n".join(f"{p.name}: {p.read_text()[-1500:]}" for p in self.folder.glob("*.log"))
                pytest.fail(f"not within {LIMIT} seconds: {what}; {self.number(LEFT)} left\n{logs}")
            time.sleep(0.05)


def kill_and_restart(parts: Parts, kills: list[str], chance: random.Random, deadline: float) -> None:
    """Each kill hits a process that has worked since its start and still has work to do."""
    left = list(kills)
    while left:
        at_work: list[str] = []

        def somebody_works(left=left, at_work=at_work) -> bool:
            at_work[:] = [v for v in left if parts.has_worked(PART_OF.get(v, v))]
            return bool(at_work)

        parts.until(somebody_works, deadline, f"work by {' or '.join(sorted(set(left)))}")
        victim = chance.choice(at_work)
        left.remove(victim)
        name = PART_OF.get(victim, victim)
        time.sleep(chance.uniform(0, 0.3))
        assert parts.running[name].poll() is None, f"{name} had finished before it could be killed"
        if victim == "child of the worker":
            parts.kill_child(chance)
        else:
            parts.kill(name)
            parts.start(name)


@pytest.mark.timeout(900 + LIMIT)
def test_every_letter_is_made_sealed_and_sent_once_whatever_process_is_killed(tmp_path):
    with migrated_database(f"verleend_crash_{os.getpid()}") as url, own_queue() as broker, psycopg.connect(url, autocommit=True) as connection:
        port = free_port()
        seal = make_demo_seal(tmp_path / "seal.p12", moment=datetime.now(UTC))
        env = environment(
            url, tmp_path / "data", OUTBOX_REPUBLISH_SECONDS="3", CRASH_TEST_ADDRESS=f"http://127.0.0.1:{port}", SEAL=f"file://{seal}", SEAL_SECRET="", **broker.environment
        )
        run_well(*DRIVER, "prepare", str(SIGNS), str(SUBMITS), env=env)
        parts, chance = Parts(env, tmp_path, connection, port), random.Random(SEED)
        deadline = time.monotonic() + LIMIT
        try:
            for name in parts.commands:
                parts.start(name)
            kill_and_restart(parts, KILLS, chance, deadline)
            parts.until(lambda: parts.number(LEFT) == 0, deadline, "everything done")
        finally:
            for name in parts.running:
                parts.kill(name)
        found = json.loads(run_well(*DRIVER, "report", env=env))
        audit = run("manage.py", "verify_audit", env=env)

    assert audit.returncode == 0, audit.stderr
    before = "start_draft,submit"
    decided = "mark_complete,assign,test_state_aid,assess,prepare_decision,review_decision,sign_decision,settle_directly,plan_payment"
    assert found["acts_of_case"] == {f"{before},{decided}": SIGNS, before: SUBMITS}, "one event for every act"
    assert found["positions"] and all(p == list(range(1, len(p) + 1)) for p in found["positions"])
    assert found["sequences"] == list(range(1, len(found["sequences"]) + 1))
    assert found["numbers"] == SIGNS + SUBMITS, "every case has a number of its own"
    assert found["decisions"] == {"sent": SIGNS} and found["letters_of_decisions"] == SIGNS
    assert all(sort.endswith(" sent 1x") for sort in found["letters"]), "every letter is sent, once"
    assert sum(found["letters"].values()) == (SIGNS + SUBMITS) + SIGNS, "a receipt for each case, a letter for each decision"
    assert found["broken_files"] == [] and found["without_its_seal"] == []
    on_paper, in_inbox = found["channels"]["post"], found["channels"]["portal"]
    assert on_paper + in_inbox == LETTERS and on_paper >= LETTERS // 5, "a quarter of the people want paper"
    assert found["paper_lines"] == {"posted": on_paper} and found["notices"] == {"sent 1x": in_inbox}, "each in one pile, each told once"
    assert found["committed"] == {"LB-INW-2025": f"{SIGNS * 3000}.00"} and found["held"] == {}
    assert found["outbox_open"] == 0
    assert found["deadlocks"] == 0
