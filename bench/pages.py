"""`python -m bench.pages FEW MANY`: the pages of the workbench at FEW and at MANY cases, on the database of DATABASE_URL.

That database is to be new: it is migrated and filled here. For each page: requests per second, the 95th percentile, CPU of
this process per request (on PostgreSQL the server's own work is beside it), the number of queries, and the ratio of the two.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grants.project.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

ROUNDS = 25
USER, ONE_SCHEME = "synthetisch-01", "synthetisch-02"


@dataclass(frozen=True, slots=True)
class Measured:
    mean: float
    p95: float
    cpu: float
    queries: int


def addresses() -> Iterator[tuple[str, str, str]]:
    """What is measured: name, who asks, and address."""
    from decisions.views.work import SHOWN
    from decisions.work_query import SORTS
    from grants.applications.models import Application
    from grants.kernel import keyset

    work = "/behandelen/"
    cases = Application.objects.select_related("applicant", "handler").only(*SHOWN)
    for sort in SORTS.values():
        yield f"list by {sort.name}", USER, f"{work}?sorteer={sort.name}"
        middle = cases.filter(case_number__isnull=False).order_by(*sort.columns)[Application.objects.count() // 2]
        yield f"list by {sort.name}, halfway through all", USER, f"{work}?status=alle&sorteer={sort.name}&na={keyset.cursor_of(middle, sort)}"
    for name in ("werk=mijn", "werk=mijn&sorteer=bijgewerkt", "werk=vrij", "status=received", "status=closed&sorteer=bedrag", "regeling=LB-SVC",
                 "termijn=laat", "termijn=week&sorteer=bedrag", "gemeente=GM0928", "soort=gemeente&sorteer=ontvangen",
                 "gemeente=GM0928&status=awaiting_view&soort=cooperatie", "werk=mijn&status=awaiting_view"):
        yield f"list, {name}", USER, f"{work}?{name}"
    yield "list, who sees one scheme", ONE_SCHEME, work
    last = cases.filter(case_number__isnull=False).order_by("-case_number").first()
    assert last is not None and last.case_number is not None
    for name, words in (("number", last.case_number), ("part of a number", last.case_number[:-2]), ("one word in every fourth case", "stichting"),
                        ("two broad words", "vereniging heerlen"), ("a word and a number", f"{last.title.split()[0]} {last.title.split()[-1]}"),
                        ("KvK number", "00000012"), ("nothing", "zzzz onvindbaar")):
        yield f"search, {name}", USER, f"{work}?q={words.replace(' ', '+')}"
    for status in ("received", "verleend", "closed"):
        yield f"case page, {status}", USER, f"{work}{Application.objects.filter(status=status).latest('received_key').pk}/"


def measure(username: str, address: str) -> Measured:
    from grants.kernel.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=username))

    def get() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    for _ in range(3):
        get()
    with transaction.atomic(), CaptureQueriesContext(connection) as found:
        get()
        asked = len(found)
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        get()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return Measured(sum(walls) / ROUNDS, sorted(walls)[int(ROUNDS * 0.95)], sum(cpus) / ROUNDS, asked)


def fill(number: int) -> None:
    from grants.kernel.models import RoleAssignment

    before = time.perf_counter()
    call_command("synthesize", str(number))
    RoleAssignment.objects.filter(user__username=ONE_SCHEME).update(scheme_code="LB-SVC")
    print(f"  {number} cases written in {time.perf_counter() - before:.0f} s", flush=True)


def main(few: int, many: int) -> int:
    call_command("migrate", verbosity=0)
    print(f"\n{connection.vendor}, {os.cpu_count()} processors: at {few} and at {many} cases")
    fill(few)
    first = {name: measure(who, address) for name, who, address in addresses()}
    fill(many - few)
    print(f"{'':46}{'requests/s':>16}{'p95 ms':>18}{'CPU ms':>18}{'queries':>10}{'CPU ratio':>11}")
    worse = []
    for name, who, address in addresses():
        one, other = first[name], measure(who, address)
        print(
            f"{name[:45]:46}{1 / one.mean:7.0f} {1 / other.mean:8.0f}{one.p95 * 1000:9.1f} {other.p95 * 1000:8.1f}"
            f"{one.cpu * 1000:9.1f} {other.cpu * 1000:8.1f}{one.queries:5} {other.queries:4}{other.cpu / one.cpu:11.2f}",
            flush=True,
        )
        if one.queries != other.queries:
            worse.append(name)
    if worse:
        print(f"more queries at {many} cases than at {few}: {', '.join(worse)}")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(*(int(number) for number in sys.argv[1:3])))
