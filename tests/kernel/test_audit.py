"""Events cannot be changed, and when somebody does so past the triggers, the proof names the broken link."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from grants.kernel import audit, clock, triggers
from grants.kernel.models import Chain, DailyDigest, Event

pytestmark = pytest.mark.django_db


def raw(sql, *arguments):
    """As a superuser would: the triggers out of the way for one statement."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
    triggers.install(connection)


@pytest.fixture
def case(live):
    life = live("vastgesteld_direct")
    assert list(audit.verify()) == []
    return life.case


@pytest.mark.parametrize("table", ["kernel_event", "kernel_accesslog", "grants_ledgerentry", "grants_schemeversion", "grants_question"])
def test_the_database_refuses_update_and_delete(case, table):
    column = {"kernel_event": "article", "kernel_accesslog": "what", "grants_ledgerentry": "basis", "grants_schemeversion": "digest", "grants_question": "label"}[table]
    if table == "kernel_accesslog":
        from grants.kernel.access import log_read
        from grants.project.demo.lives import person

        log_read(person("behandelaar", "case_handler").user, "case", case.chain)
    for sql in (f"UPDATE {table} SET {column} = 'anders'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_submission_a_sent_letter_and_a_sent_decision_never_change(case):
    for sql in (
        "UPDATE grants_submission SET digest = 'x'",
        "UPDATE letters_letter SET text = 'x' WHERE state = 'sent'",
        "UPDATE decisions_beschikking SET amount = 1 WHERE state = 'sent'",
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def first_finding():
    return next(iter(audit.verify()))


def test_a_changed_event_is_named(case):
    event = case.chain.events.get(position=3)
    raw("UPDATE kernel_event SET amount = 1 WHERE position = 3 AND sequence = %s", event.sequence)
    finding = first_finding()
    assert finding.where == case.case_number and "gebeurtenis 3" in finding.problem and "gewijzigd" in finding.problem


def test_an_event_taken_from_the_middle_is_named(case):
    event = case.chain.events.get(act="mark_complete")  # nothing points to this one
    raw("DELETE FROM kernel_event WHERE sequence = %s", event.sequence)
    assert f"gebeurtenis {event.position} ontbreekt" in first_finding().problem


def test_a_changed_chain_head_is_named(case):
    Chain.objects.filter(id=case.chain_id).update(length=99)
    assert "het zouden er 99 moeten zijn" in first_finding().problem


def test_a_status_set_past_the_door_is_named(case):
    statement = "UPDATE grants_application SET status = 'verleend' WHERE case_number = %s"
    if connection.vendor == "postgresql":  # there the database itself refuses it at commit
        with pytest.raises(DatabaseError, match="last event"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [case.case_number])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    raw(statement, case.case_number)
    assert "laatste gebeurtenis" in first_finding().problem


def test_a_total_that_is_not_its_ledger_is_named(case):
    raw("UPDATE grants_ceiling SET committed = committed + 1 WHERE code = %s", case.ceiling_id)
    assert "som van de boekingen" in first_finding().problem


def test_a_missing_trigger_is_named(case):
    triggers.remove(connection)
    assert first_finding().problem == "trigger ontbreekt in de database"
    triggers.install(connection)


def test_the_days_are_sealed_and_a_broken_seal_is_named(case):
    assert audit.seal_days(until=clock.today() + timedelta(days=1)) == 1
    assert list(audit.verify()) == []
    raw("UPDATE kernel_dailydigest SET digest = 'x'")
    assert first_finding().where.startswith("dagzegel")
    assert DailyDigest.objects.count() == 1


def test_the_command_exits_1_and_names_the_first_break(case):
    Chain.objects.filter(id=case.chain_id).update(length=99)
    err = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("verify_audit", stderr=err)
    assert stop.value.code == 1 and f"Eerste breuk: {case.case_number}" in err.getvalue()


def test_the_events_hold_no_personal_data(case):
    text = " ".join(str(e.data) + e.article for e in Event.objects.all())
    assert "Bewoner" not in text and "Voorbeeldstraat" not in text


def test_a_trigger_cannot_take_the_name_of_another():
    first, other = (triggers.refuse("decisions_draw", "UPDATE", reason) for reason in ("a", "b"))
    with pytest.raises(ValueError, match="verleend_decisions_draw_no_update"):
        triggers.register(first, other)
    assert triggers.refuse("decisions_draw", "UPDATE", "a", about="void").name == "verleend_decisions_draw_no_update_void"
