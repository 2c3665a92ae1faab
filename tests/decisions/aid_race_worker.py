"""The programs of the race for de-minimis room: two decisions for one undertaking, under two ceilings, at once.

    python -m tests.decisions.aid_race_worker prepare reviewed|signed
    python -m tests.decisions.aid_race_worker sign|send [--without-lock]

`--without-lock` is the naive code: it reads the room without a lock on the undertaking, and makes the overlap certain,
because nobody goes on before both have read.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from datetime import date, timedelta
from decimal import Decimal

CLUBS = ("Vereniging Buurthuis Voorbeeld (verzonnen)", "Stichting Repair Café Demo (verzonnen)")
AMOUNT, ELSEWHERE = Decimal(30_000), Decimal("240000.01")
"""A cent too little room for both."""


def prepare(signed: bool) -> None:
    from applicants.models import Applicant
    from decisions.models import UndertakingMember
    from decisions.services import aid, assessing, deciding
    from grants.applications.models import Application
    from grants.budget.models import Ceiling
    from grants.kernel import clock
    from grants.kernel.recording import recording
    from grants.project.demo.lives import Life, Plan
    from grants.project.demo.world import load_world
    from letters import services as post

    load_world()
    days_ago = (clock.today() - date(2025, 3, 3)).days
    lives = [Life(Plan("LB-SVC", club, f"Plan van {club}", AMOUNT, days_ago, "")) for club in CLUBS]
    for life in lives:
        life.draft()
        life.submit()
        life.later(3)
        life.mark_complete()
        life.test_aid("de_minimis")
        life.later(3)
        life.assess()
        assessing.note_view_not_required(application_id=life.id, about="grant", reason="4:7(1)")
    first, second = lives
    undertaking = UndertakingMember.objects.get(kvk_number=first.applicant.kvk_number).undertaking_id
    aid.link(
        undertaking_id=undertaking, kvk_number=Applicant.objects.get(name=CLUBS[1]).kvk_number, name=CLUBS[1], source="demo", actor=first.handler
    )
    ceiling = Ceiling.objects.get(code=first.case.ceiling_id)
    other = Ceiling.objects.create(
        code="TWEEDE", scheme=ceiling.scheme, period_start=ceiling.period_start, period_end=ceiling.period_end, amount=ceiling.amount
    )
    Application.objects.filter(id=second.id).update(ceiling=other)
    values = {"amount": AMOUNT, "motivation": "Dit is een verzonnen motivering voor de demonstratie."}
    for life in lives:
        decision = deciding.prepare(application_id=life.id, act="grant", actor=life.handler, values=values, day=life.day)
        deciding.review(decision_id=decision.id, actor=life.reviewer, day=life.day)
        if signed:
            letter = deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day).letter_id
            with recording():
                post.render(letter)
    given = {"kind": "general", "amount": ELSEWHERE, "granted_on": first.day - timedelta(days=9), "authority": "Gemeente"}
    aid.declare(application_id=first.id, actor=first.handler, values=given, day=first.day)


def be_naive(meeting) -> None:
    """Take the lock on the undertaking away from this process."""
    from decisions import aid as reading
    from decisions.services import aid

    honest = reading.room_for

    def read_and_wait(*args, **options):
        room = honest(*args, **options)
        meeting.wait(60)
        return room

    aid.lock_undertaking = lambda application: None
    reading.room_for = read_and_wait


def act(mode: str, decision_id, day, start, outcomes) -> None:
    from decisions.models import Beschikking
    from decisions.services import deciding
    from decisions.services.dispatching import dispatch_letter
    from grants.applications.lifecycle.door import Refused
    from grants.kernel.roles import Role
    from grants.project.demo.lives import person

    start.wait(60)
    try:
        if mode == "sign":
            done = deciding.sign(decision_id=decision_id, actor=person("directeur", Role.MANDATE_HOLDER), day=day)
        else:
            done = dispatch_letter(letter_id=Beschikking.objects.get(id=decision_id).letter_id, day=day)
    except Refused as refusal:
        outcomes.put(("refused", str(refusal)))
    except Exception as error:  # noqa: BLE001 - whatever else happens is the outcome to report
        outcomes.put(("failed", f"{type(error).__name__}: {error}"))
    else:
        outcomes.put((done.state, done.return_reason))


def race(mode: str, naive: bool) -> dict[str, object]:
    from django.db import connection

    from decisions.models import Beschikking, DeMinimisEntry
    from grants.kernel import audit

    found = list(Beschikking.objects.values_list("id", "prepared_event__valid_on"))
    connection.close()  # every process opens its own
    fork = multiprocessing.get_context("fork")
    start, meeting, outcomes = fork.Barrier(2), fork.Barrier(2), fork.SimpleQueue()
    if naive:
        be_naive(meeting)
    workers = [fork.Process(target=act, args=(mode, decision_id, day, start, outcomes)) for decision_id, day in found]
    for worker in workers:
        worker.start()
    told = sorted(outcomes.get() for _ in workers)
    for worker in workers:
        worker.join()
    return {
        "outcomes": told,
        "aid": str(sum(entry.amount for entry in DeMinimisEntry.objects.all())),
        "signed": str(sum(d.amount for d in Beschikking.objects.filter(state="signed"))),
        "findings": [f"{f.where}: {f.problem}" for f in audit.verify()],
    }


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "prepare":
        prepare(sys.argv[2] == "signed")
    else:
        print(json.dumps(race(sys.argv[1], "--without-lock" in sys.argv)))
