"""A lock on a person, a scheme or an applicant keeps the same act out, and not everybody who only writes down its name."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from applicants.models import Representation
from decisions.services import absences, life_events, party_changes, sampling
from grants.applications.lifecycle.door import ActError
from grants.budget.models import Ceiling
from grants.kernel import clock
from grants.kernel.models import AccessLog, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person

TODAY = clock.today()


def arrange(life):
    absences.arrange(user=who("behandelaar"), substitute=who("toetser"), valid_from=TODAY, valid_to=TODAY, entered_by=who("behandelaar"))


def ask(life):
    party_changes.ask(applicant_id=life.case.applicant_id, kind="email", new={"email": "nieuw@example.org"}, actor=life.handler)


def report(life):
    life_events.report(applicant_id=life.case.applicant_id, kind="merger", happened_on=TODAY, source="", actor=life.handler)


def prepare_draw(life):
    start = TODAY - timedelta(days=9)
    sampling.prepare_draw(
        scheme_code=life.case.scheme_id, arrangement="-", period_start=start, period_end=start, actor=person("toetser", Role.REVIEWER)
    )


def who(username):
    return User.objects.get(username=username)


def names_a_person(life):
    AccessLog.objects.create(user=who("behandelaar"), what="proef")


def names_the_applicant(life):
    Representation.objects.create(applicant=life.case.applicant, user=who("bewoner"), valid_from=TODAY)


def names_the_scheme(life):
    Ceiling.objects.create(code="PROEF", scheme=life.case.scheme, period_start=TODAY, period_end=TODAY, amount=1)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole file")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("writing", "act"),
    [(names_a_person, arrange), (names_the_applicant, ask), (names_the_applicant, report), (names_the_scheme, prepare_draw)],
)
def test_the_act_does_not_wait_for_who_writes_down_a_name(live, writing, act):
    life, outcome = live("received"), []

    def do():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            act(life)
            outcome.append("done")
        except ActError:
            outcome.append("done")  # refused, after it had its lock
        except OperationalError as error:
            outcome.append(f"waited: {error}")
        finally:
            connection.close()

    with transaction.atomic():
        writing(life)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as at the end of every transaction
        thread = threading.Thread(target=do)
        thread.start()
        thread.join()
    assert outcome == ["done"]
