"""Every state of the spine can be reached through the services, and the record stays whole."""

from __future__ import annotations

import pytest

from grants.applications.statuses import Status
from grants.kernel import audit, outbox
from grants.project.demo.lives import LIVES
from letters.models import Letter

pytestmark = pytest.mark.django_db


def test_there_is_a_life_for_every_state():
    assert set(Status.values) <= set(LIVES)


@pytest.mark.parametrize("state", LIVES)
def test_a_case_reaches_the_state_and_the_record_is_whole(live, state):
    life = live(state)
    assert life.case.status == ("vastgesteld" if state == "vastgesteld_direct" else state)
    outbox.run_open()
    assert list(audit.verify()) == []
    assert not Letter.objects.filter(chain=life.case.chain, state=Letter.State.ORDERED).exists()
