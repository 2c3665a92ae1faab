"""The programs of the race: prepare the decisions, or sign them all at once from several processes.

    python -m tests.decisions.race_worker prepare COUNT ROOM
    python -m tests.decisions.race_worker sign PROCESSES [--without-lock]

`--without-lock` is the naive code: it reads the ceiling without a lock, asks no queue, and makes the overlap certain,
because nobody books before everybody has read.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from datetime import date

CEILING = "LB-INW-2025"


def prepare(count: int, room: int) -> None:
    from grants.budget.models import Ceiling
    from grants.project.demo.world import load_world
    from tests.decisions.prepared import AMOUNT, days_from, reviewed

    load_world()
    Ceiling.objects.filter(code=CEILING).update(amount=AMOUNT * room)
    for number, day in enumerate(days_from(date(2025, 2, 1), count)):
        reviewed(number, day)


def be_naive(meeting) -> None:
    """Take the lock and the queue away from this process."""
    from decisions import facts
    from grants.budget import ledger
    from grants.budget.models import Ceiling

    def read_without_lock(code: str) -> Ceiling:
        ceiling = Ceiling.objects.get(code=code)
        meeting.wait(60)
        return ceiling

    ledger.locked = read_without_lock
    facts.ranking_refusal = lambda *_: None


def sign_each(ids: list[str], start, outcomes) -> None:
    from django.db import IntegrityError

    from decisions.services import deciding
    from grants.applications.lifecycle.door import Refused
    from grants.kernel.roles import Role
    from grants.project.demo.lives import person

    signer = person("directeur", Role.MANDATE_HOLDER)
    start.wait(60)
    for decision_id in ids:
        try:
            deciding.sign(decision_id=decision_id, actor=signer)
        except Refused as refusal:
            outcomes.put((decision_id, "refused", str(refusal)))
        except IntegrityError as error:
            outcomes.put((decision_id, "stopped by the database", str(error)))
        except Exception as error:  # noqa: BLE001 - whatever else happens is the outcome to report
            outcomes.put((decision_id, "failed", f"{type(error).__name__}: {error}"))
        else:
            outcomes.put((decision_id, "signed", ""))


def sign(processes: int, naive: bool) -> dict[str, object]:
    from django.db import connection

    from decisions.models import Beschikking
    from grants.budget.models import Ceiling
    from grants.kernel import audit

    ranked = [str(i) for i in Beschikking.objects.order_by("application__complete_on").values_list("id", flat=True)]
    connection.close()  # every process opens its own
    fork = multiprocessing.get_context("fork")
    start, meeting, outcomes = fork.Barrier(processes), fork.Barrier(processes), fork.SimpleQueue()
    if naive:
        be_naive(meeting)
        ranked = ranked[: len(ranked) // processes * processes]  # equal shares: nobody is left waiting at the meeting
    workers = [fork.Process(target=sign_each, args=(ranked[i::processes], start, outcomes)) for i in range(processes)]
    for worker in workers:
        worker.start()
    found = {d: (kind, words) for d, kind, words in (outcomes.get() for _ in ranked)}
    for worker in workers:
        worker.join()
    ceiling = Ceiling.objects.get(code=CEILING)
    return {
        "outcomes": [found[d] for d in ranked],
        "signed": Beschikking.objects.filter(state="signed").count(),
        "held": str(ceiling.held),
        "room": str(ceiling.amount),
        "booked": [str(d) for d in ceiling.entries.values_list("held_delta", flat=True)],
        "findings": [f"{f.where}: {f.problem}" for f in audit.verify()],
    }


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]), int(sys.argv[3]))
    else:
        print(json.dumps(sign(int(sys.argv[2]), "--without-lock" in sys.argv)))
