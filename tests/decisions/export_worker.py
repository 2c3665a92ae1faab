"""The programs of the race to the bank: approve payments, prepare or release them from several processes at once, or die half-way.

    python -m tests.decisions.export_worker approve COUNT
    python -m tests.decisions.export_worker prepare PROCESSES [--naive]
    python -m tests.decisions.export_worker release PROCESSES
    python -m tests.decisions.export_worker die

`--naive` is the code that looks whether an order is in a file already, without a lock: nobody writes before everybody has looked.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys


def approve(count: int) -> None:
    from grants.project.demo.lives import LIVES, Life, Plan
    from grants.project.demo.world import load_world
    from tests.decisions.money_lives import approved
    from tests.decisions.prepared import AMOUNT

    load_world()
    for number in range(count):
        life = Life(Plan("LB-INW", "Bo Bewoner (verzonnen)", f"Bankjes {number}", AMOUNT, 20, ""))
        LIVES["vastgesteld_direct"](life)
        approved(life)


def be_naive(meeting) -> None:
    """Take the locks away, and make the overlap certain."""
    from decisions.models import PaymentOrder
    from decisions.services import batching
    from grants.applications.models import Application

    looked = batching._may_go_along

    class WithoutLock:
        def __getattr__(self, name):
            return getattr(PaymentOrder.objects, name)

        def select_for_update(self, **_):
            return PaymentOrder.objects.all()

    class Orders:
        objects = WithoutLock()

    def look(order, taken, *rest):
        looked(order, taken, *rest)
        meeting.wait(60)

    batching.PaymentOrder = Orders
    batching.locked_case = lambda pk: Application.objects.get(pk=pk)
    batching._may_go_along = look


def prepare_once(start, outcomes) -> None:
    from decisions.execution_day import next_bank_day
    from decisions.models import PaymentOrder
    from decisions.services import batching
    from grants.kernel import clock
    from tests.decisions.money_lives import officer

    ids = list(PaymentOrder.objects.filter(state="approved").order_by("id").values_list("id", flat=True))
    start.wait(60)
    report(outcomes, lambda: batching.prepare(order_ids=ids, execute_on=next_bank_day(clock.today()), actor=officer()))


def release_once(start, outcomes) -> None:
    from decisions.models import PaymentBatch
    from decisions.services import batching
    from tests.decisions.money_lives import approver

    batch = PaymentBatch.objects.get()
    start.wait(60)
    report(outcomes, lambda: batching.release(batch_id=batch.id, actor=approver()))


def report(outcomes, act) -> None:
    from django.db import IntegrityError

    from decisions.services.batching import BatchRefused

    try:
        act()
    except BatchRefused as refusal:
        outcomes.put(("refused", str(refusal)))
    except IntegrityError as error:
        outcomes.put(("stopped by the database", str(error)))
    except Exception as error:  # noqa: BLE001 - whatever else happens is the outcome to report
        outcomes.put(("failed", f"{type(error).__name__}: {error}"))
    else:
        outcomes.put(("done", ""))


def at_once(work, processes: int, naive: bool) -> dict[str, object]:
    from django.db import connection

    from decisions.models import PaymentBatch, PaymentLine
    from grants.kernel import audit
    from grants.kernel.models import Event

    connection.close()  # every process opens its own
    fork = multiprocessing.get_context("fork")
    start, meeting, outcomes = fork.Barrier(processes), fork.Barrier(processes), fork.SimpleQueue()
    if naive:
        be_naive(meeting)
    workers = [fork.Process(target=work, args=(start, outcomes)) for _ in range(processes)]
    for worker in workers:
        worker.start()
    found = [outcomes.get() for _ in workers]
    for worker in workers:
        worker.join()
    return {
        "outcomes": found,
        "batches": PaymentBatch.objects.count(),
        "files": PaymentBatch.objects.exclude(digest="").count(),
        "lines": PaymentLine.objects.filter(live=True).count(),
        "orders": PaymentLine.objects.filter(live=True).values("order").distinct().count(),
        "exported": Event.objects.filter(act="release_payment").count(),
        "findings": [f"{f.where}: {f.problem}" for f in audit.verify()],
    }


def die() -> None:
    """Release, and be killed after the file was made and every event was written, just before the commit."""
    from decisions.models import PaymentBatch
    from decisions.services import batching
    from grants.kernel.recording import Recording
    from tests.decisions.money_lives import approver

    flush = Recording.flush

    def flush_and_die(self) -> None:
        flush(self)
        assert PaymentBatch.objects.get().digest
        os.kill(os.getpid(), signal.SIGKILL)

    Recording.flush = flush_and_die
    batching.release(batch_id=PaymentBatch.objects.get().id, actor=approver())


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "approve":
        approve(int(sys.argv[2]))
    elif sys.argv[1] == "die":
        die()
    else:
        work = prepare_once if sys.argv[1] == "prepare" else release_once
        print(json.dumps(at_once(work, int(sys.argv[2]), "--naive" in sys.argv)))
