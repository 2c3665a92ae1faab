"""No letter asks its reader to wait for an article: what the demonstration sends is filled in."""

from __future__ import annotations

import pytest

from grants.kernel import outbox
from grants.project.demo.lives import LIVES
from grants.schemes.printed_checks import is_placeholder
from letters.models import Letter

pytestmark = pytest.mark.django_db


def test_no_letter_of_any_demo_life_prints_something_to_fill_in(live):
    for state in LIVES:
        live(state)
    live("verleend", scheme="LB-GPI", applicant="Gemeente Voorbeeldstad (verzonnen)", amount="200000")
    outbox.run_open()
    letters = list(Letter.objects.all())
    assert {"L01", "L03", "L04", "L08", "L09", "L10", "L16", "L19", "L20"} <= {letter.kind for letter in letters}
    for letter in letters:
        assert "nog in te vullen" not in letter.text and "[CFG" not in letter.text, letter.kind
        assert not is_placeholder(letter.text), letter.kind
