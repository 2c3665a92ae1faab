"""Whole lives, at random: no euro unaccounted for, no clock after the end, no decision without mandate. And the machine bites."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.extra.django import TestCase
from hypothesis.stateful import run_state_machine_as_test

from decisions.services import closing, paying
from grants.applications.lifecycle import door
from grants.applications.lifecycle import guards as g
from tests.properties.whole_lives import WholeLives

RUN = settings(max_examples=14, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
HUNT = settings(
    max_examples=120, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], derandomize=True, database=None,
    report_multiple_bugs=False, print_blob=False,
)


class TestWholeLives(WholeLives.TestCase, TestCase):
    settings = RUN


def without(monkeypatch, guard):
    """Take one guard away from every act."""
    named = door.act_named

    def weaker(name):
        act = named(name)
        return replace(act, guards=tuple(other for other in act.guards if other is not guard))

    monkeypatch.setattr(door, "act_named", weaker)


def money_that_nobody_claims_back(monkeypatch):
    monkeypatch.setattr(paying.claiming, "draft", lambda *args, **values: None)


def a_second_payment(monkeypatch):
    monkeypatch.setattr(paying, "_stop_what_has_not_gone", lambda *args: None)


def one_person_for_everything(monkeypatch):
    without(monkeypatch, g.mandate_and_four_eyes)


def closing_with_money_on_its_way(monkeypatch):
    monkeypatch.setattr(closing, "OPEN_MATTERS", ())


MUTATIONS = {
    money_that_nobody_claims_back: "was paid, .* is claimed, and only",
    a_second_payment: "is planned above",
    one_person_for_everything: "by fewer than three people",
    closing_with_money_on_its_way: "closed with",
}
"""What is taken away, and what the machine then finds."""


@pytest.mark.django_db
@pytest.mark.parametrize("mutation", list(MUTATIONS), ids=[mutation.__name__ for mutation in MUTATIONS])
def test_the_machine_finds_a_life_that_breaks_what_must_hold(monkeypatch, mutation):
    mutation(monkeypatch)

    class Mutated(WholeLives):
        pass

    with pytest.raises(AssertionError, match=MUTATIONS[mutation]):
        run_one_by_one(Mutated)


def run_one_by_one(machine):
    from django.db import transaction

    class Undone(machine):
        """Each example in a savepoint of its own: the database is as before for the next."""

        def __init__(self):
            super().__init__()
            self.unit = transaction.atomic()
            self.unit.__enter__()

        def teardown(self):
            try:
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self.unit.__exit__(None, None, None)

    run_state_machine_as_test(Undone, settings=HUNT)
