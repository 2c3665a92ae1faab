"""Acts of the case handler that are no decision: what they refuse, and what they leave behind."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from decisions.forms import MoneyField
from decisions.services import assessing
from grants.applications.lifecycle.door import Refused, WrongStatus
from grants.applications.services import handling, timing
from grants.figures import indicator
from grants.figures.library import find
from grants.figures.parameters import read
from grants.kernel import clock, outbox
from letters.models import Letter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "refused"), [(0, True), (1, False)])
def test_a_delay_notice_names_a_day_after_the_present_end_and_moves_nothing(live, days, refused):
    life = live("received", days_ago=20)
    due = life.case.decision_due_on
    values = {"application_id": life.id, "reason": "Er zijn veel aanvragen.", "until": due + timedelta(days=days), "actor": life.handler, "day": life.day}
    if refused:
        with pytest.raises(Refused, match="4:14"):
            timing.delay_notice(**values)
        return
    timing.delay_notice(**values)
    outbox.run_open()
    letter = Letter.objects.get(chain=life.case.chain, kind="L06")
    assert "U krijgt het besluit uiterlijk op" in letter.text and life.case.decision_due_on == due


def test_corrected_labels_move_the_figure_and_leave_the_earlier_one_as_it_was(live):
    life = live("vastgesteld_direct")
    before = clock.now()

    def counted(known_at):
        return indicator.figure(find("leefbaarheid-projectsubsidies"), read(start="2024-01-01", reference_date=str(clock.today()), known_at=known_at, gross=False)).numerator

    assert counted(before.isoformat()) == 1
    handling.correct_labels(application_id=life.id, goals=("F1",), area="", reason="Het is een fysiek plan.", actor=life.handler)
    assert counted("") == 0
    assert counted(before.isoformat()) == 1
    event = life.case.chain.events.latest("position")
    assert (event.register_code, event.goals) == ("kenmerk_gecorrigeerd", "F1")


def test_while_completion_is_awaited_the_term_stands_still(live):
    life = live("awaiting_completion", days_ago=20)
    due = life.case.decision_due_on
    life.later(6)
    life.complete()
    assert life.case.decision_due_on == due + timedelta(days=5), "the day after the request up to the day before completion"


def test_an_assessment_that_a_decision_rests_on_does_not_change(live):
    life = live("verleend")
    with pytest.raises(WrongStatus):
        assessing.save_assessment(application_id=life.id, actor=life.handler, values={"facts": "anders"})


@pytest.mark.parametrize(("typed", "amount"), [("1.000,50", "1000.50"), ("1000,50", "1000.50"), ("€ 1.000", "1000"), ("1.000.000", "1000000")])
def test_an_amount_is_read_the_way_people_write_it(typed, amount):
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["-1", "1,005", "veel"])
def test_an_amount_that_cannot_be_is_refused(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)
