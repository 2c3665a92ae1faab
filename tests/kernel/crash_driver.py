"""The programs of the crash test. Each can be killed at any moment and started again: the database says what is left.

    python -m tests.kernel.crash_driver prepare SIGNS SUBMITS
    python -m tests.kernel.crash_driver sign              sign what is left, one act after the other
    python -m tests.kernel.crash_driver submit            submit what is left, on the pages of the web process
    python -m tests.kernel.crash_driver post              bring what waits for paper to the post, five letters at a time
    python -m tests.kernel.crash_driver report            what there is, as JSON
"""

from __future__ import annotations

import http.client
import http.cookiejar
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from datetime import date

DAY = date(2025, 3, 3)
FEW = 5
PAUSE = 0.05  # seconds between two acts: the work lasts long enough to be interrupted


def prepare(signs: int, submits: int) -> None:
    from applicants.models import Applicant, Representation
    from grants.project.demo.world import load_world
    from tests.decisions.prepared import drafted, reviewed

    load_world()
    bo = Applicant.objects.get(name="Bo Bewoner (verzonnen)")
    user = bo.representations.get().user
    bo.pk, bo._state.adding, bo.name, bo.channel_consent = None, True, "Pen Papier (verzonnen)", False
    bo.save()
    Representation.objects.create(applicant=bo, user=user, valid_from=DAY)
    for number in range(signs):
        reviewed(number, DAY, **({"applicant": bo.name} if number % 4 == 0 else {}))
    for number in range(submits):
        drafted(signs + number, DAY, **({"applicant": bo.name} if number % 4 == 0 else {}))


def sign_what_is_left() -> None:
    """Signed yesterday, so that each letter is made again for the day on which it goes out."""
    from datetime import timedelta

    from decisions.models import Beschikking
    from decisions.services import deciding
    from grants.kernel import clock
    from grants.kernel.roles import Role
    from grants.project.demo.lives import person

    signer = person("directeur", Role.MANDATE_HOLDER)
    for decision_id in list(Beschikking.objects.filter(state="reviewed").values_list("id", flat=True)):
        deciding.sign(decision_id=decision_id, actor=signer, day=clock.today() - timedelta(days=1))
        time.sleep(PAUSE)


def submit_what_is_left() -> None:
    """As a browser does it, on the pages of the web process; when that is gone, the same button is pressed again."""
    from grants.applications.models import Application

    resident = Browser(os.environ["CRASH_TEST_ADDRESS"])
    resident.insist("/inloggen/", person="bewoner")
    for application_id in list(Application.objects.filter(status="draft").values_list("id", flat=True)):
        resident.insist(f"/aanvragen/{application_id}/insturen/", verklaring="ja")
        time.sleep(PAUSE)


def post_what_waits() -> None:
    """As the post room does it: piles dated today, so that each letter of an earlier day is made again, that go in the post today."""
    from decisions.models import Beschikking
    from grants.applications.models import Application
    from grants.kernel import clock
    from grants.kernel.roles import Role
    from grants.project.demo.lives import person
    from letters.models import Letter, PaperBatch
    from letters.post import paper

    user = person("intake", Role.INTAKE_OFFICER).person
    to_do = (Beschikking.objects.filter(state__in=["reviewed", "signed"]), Application.objects.filter(status="draft"), Letter.objects.filter(state__in=["ordered", "rendered"]))
    while any(rows.exists() for rows in to_do):
        for batch in PaperBatch.objects.filter(state="ready"):
            paper.confirm(batch_id=batch.pk, posted_on=batch.day, other_day=False, user=user)
        if letters := list(paper.to_print(user)[:FEW]):
            paper.make(letters=letters, again=[], day=clock.today(), duplex=True, user=user)
        time.sleep(PAUSE)


class Browser:
    """A visitor with cookies who posts a form again when the server does not answer."""

    def __init__(self, address: str) -> None:
        self.address, self.cookies = address, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def insist(self, path: str, **fields: str) -> None:
        while True:
            try:
                self.opener.open(f"{self.address}/inloggen/", timeout=10).read()  # gives the token that a form needs
                token = next(c.value or "" for c in self.cookies if c.name == "csrftoken")
                data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
                self.opener.open(f"{self.address}{path}", data=data, timeout=30).read()
                return
            except urllib.error.HTTPError:
                raise
            except (OSError, http.client.HTTPException):
                time.sleep(0.2)


def report() -> dict[str, object]:
    from django.db import connection
    from django.db.models import Count, Q

    from decisions.models import Beschikking
    from grants.applications.models import Application
    from grants.budget.models import Ceiling
    from grants.kernel.models import Chain, Event, OutboxMessage
    from letters.models import Dispatch, Letter, Notice, PaperLine
    from letters.pdf import content_digest
    from letters.seal.services import current_seal

    acts_of_case = Counter()
    for chain in Chain.objects.all():
        acts_of_case[",".join(chain.events.order_by("position").values_list("act", flat=True))] += 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        deadlocks = cursor.fetchone()[0]
    letters = Letter.objects.annotate(times=Count("dispatches"))
    lines = PaperLine.objects.all()
    notices = Notice.objects.annotate(times=Count("steps", filter=Q(steps__kind="accepted")))
    return {
        "acts_of_case": acts_of_case,
        "positions": [list(c.events.order_by("position").values_list("position", flat=True)) for c in Chain.objects.all()],
        "sequences": list(Event.objects.order_by("sequence").values_list("sequence", flat=True)),
        "drafts": Application.objects.filter(status="draft").count(),
        "numbers": Application.objects.exclude(case_number=None).values("case_number").distinct().count(),
        "decisions": Counter(Beschikking.objects.values_list("state", flat=True)),
        "letters_of_decisions": Beschikking.objects.values("letter").distinct().count(),
        "letters": Counter(f"{kind} {state} {times}x" for kind, state, times in letters.values_list("kind", "state", "times")),
        "broken_files": [str(x.id) for x in letters if not x.file or content_digest(x.file.read()) != x.file_digest],
        "without_its_seal": [str(x.id) for x in letters if current_seal(x) is None],
        "channels": Counter(Dispatch.objects.values_list("channel", flat=True)),
        "paper_lines": Counter("posted" if line.dispatch_id else f"{line.problem or 'open'}" for line in lines),
        "notices": Counter(f"{state} {times}x" for state, times in notices.values_list("state", "times")),
        "committed": {c.code: str(c.committed) for c in Ceiling.objects.exclude(committed=0)},
        "held": {c.code: str(c.held) for c in Ceiling.objects.exclude(held=0)},
        "outbox": Counter(OutboxMessage.objects.values_list("topic", flat=True)),
        "outbox_open": OutboxMessage.objects.filter(done_at__isnull=True).count(),
        "outbox_attempts": Counter(OutboxMessage.objects.values_list("attempts", flat=True)),
        "deadlocks": deadlocks,
    }


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1] == "report":
        print(json.dumps(report()))
    else:
        {"sign": sign_what_is_left, "submit": submit_what_is_left, "post": post_what_waits}[sys.argv[1]]()
