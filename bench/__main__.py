"""`make bench`: letters beside two other programs, piles of them for the printer, the figure, the workbench at 1,000 and 100,000 cases, on databases of its own; and 1,000 letters through kill -9.

Each row is the median of several rounds in this very run, with the number of queries where that says something.
Compare rows with each other, not with another machine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="verleend-bench-")
os.environ.update(
    DJANGO_SETTINGS_MODULE="grants.project.settings", VERLEEND_DEMO="1", VERLEEND_DATA=FOLDER.name, LOG_LEVEL="ERROR",
    DATABASE_URL=f"sqlite:///{FOLDER.name}/bench.sqlite3", EMAIL_URL="dummymail://",
)

import django  # noqa: E402
import psycopg  # noqa: E402
from psycopg import sql  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from bench.letters import letters  # noqa: E402
from bench.piles import piles  # noqa: E402


def show(name: str, work: Callable[[], object], *, rounds: int = 9, per_round: int = 1) -> None:
    """Print the median time of `work`, and how many queries it asks."""
    work()  # warm
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        work()
    asked = len(queries)  # counted at once: the next request empties the log
    seconds = []
    for _ in range(rounds):
        before = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - before)
    median = statistics.median(seconds)
    print(f"{name:48} {median / per_round * 1000:10.2f} ms {per_round / median:10.0f} /s {asked:5} queries", flush=True)


def page(username: str, address: str) -> Callable[[], object]:
    from grants.kernel.models import User

    client = Client()
    client.force_login(User.objects.get(username=username))

    def get() -> object:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

    return get


def workbench() -> int:
    """The pages of the workbench at few and at many cases: on SQLite, and on the PostgreSQL server that BENCH_POSTGRES names."""
    numbers = os.environ.get("BENCH_CASES", "1000 100000").split()
    worse = _pages(f"sqlite:///{FOLDER.name}/pages.sqlite3", numbers)
    server = os.environ.get("BENCH_POSTGRES", "")
    if not server:
        print("not measured on PostgreSQL: name a server in BENCH_POSTGRES, such as postgres://postgres@127.0.0.1:5432")
        return worse
    name = sql.Identifier("verleend_bench_pages")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        admin.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            return _pages(f"{server}/verleend_bench_pages", numbers) or worse
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _pages(url: str, numbers: list[str]) -> int:
    return subprocess.run([sys.executable, "-m", "bench.pages", *numbers], env={**os.environ, "DATABASE_URL": url}, check=False).returncode


def crash() -> int:
    """Every process is killed again and again while 1,000 letters (BENCH_LETTERS) are made, sealed and sent: the long run of the crash test."""
    letters = os.environ.get("BENCH_LETTERS", "1000")
    print(f"\n{letters} letters while every process is killed:", flush=True)
    given = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VERLEEND_DATA", "EMAIL_URL")}
    command = [sys.executable, "-m", "pytest", "-q", "tests/kernel/test_crash.py"]
    return subprocess.run(command, env={**given, "CRASH_LETTERS": letters}, check=False).returncode


def main() -> int:
    from grants.figures import indicator
    from grants.figures.library import find
    from grants.figures.parameters import read
    from grants.project.demo.lives import LIVES, Life, Plan
    from grants.project.demo.load import load_demo
    from letters.models import Letter
    from letters.pdf import render_pdf

    setup_test_environment()
    call_command("migrate", verbosity=0)
    load_demo()
    print(f"Python {sys.version.split()[0]}, {connection.vendor}, {os.cpu_count()} processors")

    letter = Letter.objects.filter(kind="L08", state="sent").first()
    assert letter is not None
    content = letter.as_content()
    show("letter L08 to PDF/A-2a and PDF/UA-1", lambda: [render_pdf(content) for _ in range(20)], per_round=20)
    file = Path(FOLDER.name) / "letter.json"
    file.write_text(content.to_json())
    letters(file)
    printed = Path(FOLDER.name) / "letter.pdf"
    printed.write_bytes(render_pdf(content))
    piles(printed)
    parameters = read(start="2025-01-01", reference_date="2025-07-01", known_at="2025-07-15T00:00+02:00", gross=False)
    show("indicator over the example register", lambda: indicator.figure(find("leefbaarheid-projectsubsidies"), parameters))

    def live(number: int) -> Life:
        life = Life(Plan("LB-SVC", "Vereniging Buurthuis Voorbeeld (verzonnen)", f"Plan {number}", Decimal(30_000), 20, "received"))
        LIVES["received"](life)
        return life

    show("apply and submit (three transactions)", lambda: live(0), rounds=5)
    one = live(1)
    show("work list", page("behandelaar", "/behandelen/"))
    show("case page", page("behandelaar", f"/behandelen/{one.id}/"))
    worse = workbench()
    worse = crash() or worse
    FOLDER.cleanup()
    return worse


if __name__ == "__main__":
    sys.exit(main())
