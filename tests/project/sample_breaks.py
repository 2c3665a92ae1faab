"""How each constraint of a sample, a deviation and the costs of an objection is tried to be broken."""

from __future__ import annotations

import uuid
from decimal import Decimal

from decisions.models import Beschikking, SampleCheck, SampleDraw, SampleEntry
from tests.project.objection_breaks import objection_of


def draw_of(life, **values):
    given = {
        "scheme_id": life.case.scheme_id, "arrangement": "2", "period_start": "2026-01-01", "period_end": "2026-03-31", "percentage": Decimal(10),
        "list_hash": "x", "prepared_by": life.handler.user, "prepared_on": "2026-04-01",
    }
    return SampleDraw.objects.create(**{**given, **values})


def entry_of(life, **values):
    return SampleEntry.objects.create(draw=draw_of(life), application=life.case, **values)


def check_of(life, **values):
    given = {"state": "drawn", "event": life.case.chain.events.get(position=1)}
    return SampleCheck.objects.create(application=life.case, entry=entry_of(life), **{**given, **values})


def two_on_one_place(life):
    from grants.project.demo.lives import LIVES, Life

    other = Life(life.plan)
    LIVES["received"](other)
    draw = draw_of(life)
    for case in (life.case, other.case):
        SampleEntry.objects.create(draw=draw, application=case, key="a", place=1)


def deviating_without_ground(life):
    """A signed decision like the sent one, but for half a deviation."""
    decision = Beschikking.objects.get(application=life.id, state="sent")
    decision.pk, decision.state, decision.deviation = uuid.uuid4(), "signed", "zomaar"
    decision._state.adding = True
    decision.save(force_insert=True)


SAMPLE_BREAKS = {
    "sample_period_in_order": lambda life: draw_of(life, period_end="2025-12-31"),
    "sample_percentage_in_bounds": lambda life: draw_of(life, percentage=Decimal("100.01")),
    "sample_drawn_with_a_seed": lambda life: draw_of(life, seed="abc"),
    "sample_four_eyes": lambda life: draw_of(life, seed="abc", drawn_by=life.handler.user, drawn_on="2026-04-02"),
    "sample_place_once": two_on_one_place,
    "sample_place_has_its_key": lambda life: entry_of(life, is_drawn=True),
    "sample_check_known_state": lambda life: check_of(life, state="verloren", outcome="ok", checked_by=life.reviewer.user, checked_on="2026-05-01"),
    "sample_known_outcome": lambda life: check_of(life, state="checked", outcome="prima", checked_by=life.reviewer.user, checked_on="2026-05-01"),
    "sample_checked_has_an_outcome": lambda life: check_of(life, state="checked", checked_by=life.reviewer.user, checked_on="2026-05-01"),
    "sample_asked_has_a_term": lambda life: check_of(life, state="asked", asked_on="2026-05-01", last_day="2026-05-01"),
    "decision_deviation_has_a_ground": deviating_without_ground,
    "objection_costs_only_when_asked_and_our_mistake": lambda life: objection_of(life, costs_asked_on="2026-05-01", costs_amount=Decimal(10)),
}
