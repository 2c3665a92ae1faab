"""Not handled (Awb 4:5): the letter says what was asked and what is still missing, and only then it goes out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from grants.applications.asked import items_asked
from grants.applications.lifecycle.door import Refused
from grants.applications.services import handling
from grants.kernel import outbox
from grants.kernel.models import User
from grants.law.formats import long_date
from letters.models import Letter

pytestmark = pytest.mark.django_db
BUDGET, PHOTO = "Een begroting: daarmee zien wij de kosten.", "Een foto van het plein: dan weten wij waar het is."
MOTIVATION = "Zonder deze stukken kunnen wij niet oordelen (verzonnen)."


@pytest.fixture
def lapsed(live):
    """An application of which two things were asked, and nothing came."""
    life = live("received", days_ago=60)
    handling.request_completion(application_id=life.id, items=(BUDGET, PHOTO), actor=life.handler, day=life.day)
    life.asked_on, life.until = life.day, life.case.deadlines.get(rule="RECOVERY_TERM").last_day
    life.day = life.until + timedelta(days=1)
    life.lapse()
    return life


def text_of(decision):
    outbox.run_open()
    return " ".join(Letter.objects.get(decisions=decision).text.split())


def test_the_letter_lists_what_was_asked_and_until_when(lapsed):
    text = text_of(lapsed.decide("decide_not_handle"))
    told = f"Wij vroegen u op {long_date(lapsed.asked_on)} om uw aanvraag aan te vullen. U had tot en met {long_date(lapsed.until)} de tijd. Dit vroegen wij:"
    assert told in text and text.count(BUDGET) == text.count(PHOTO) == 1 and "Dit alles missen wij nog steeds." in text


def test_what_came_is_not_called_missing(lapsed):
    text = text_of(lapsed.decide("decide_not_handle", still_missing=[PHOTO]))
    asked, missing = text.split("Dit missen wij nog steeds:")
    assert BUDGET in asked and PHOTO in asked and PHOTO in missing and BUDGET not in missing


def test_nothing_missing_is_a_reason_to_handle_it(lapsed):
    with pytest.raises(Refused, match="Kruis aan wat er nog ontbreekt.*moet de aanvraag worden behandeld.*4:5, eerste lid"):
        lapsed.decide("decide_not_handle", still_missing=[])


def test_after_a_second_request_the_items_are_those_of_the_second(lapsed):
    handling.request_completion(application_id=lapsed.id, items=(PHOTO,), actor=lapsed.handler, day=lapsed.day)
    assert items_asked(lapsed.case) == (PHOTO,)


def test_the_wrong_channel_needs_no_request_and_the_letter_names_none(live):
    life = live("received", days_ago=20)
    text = text_of(life.decide("decide_not_handle", ground="4:5(5)", ground_text="verkeerde weg"))
    assert life.case.status == "not_handled" and "4:5, vijfde lid, Awb" in text and "Wij wezen u op de goede weg." in text
    assert "Wij vroegen u op" not in text and "op eerder" not in text


def test_without_request_and_without_that_ground_the_preview_invents_none(live):
    life = live("received", days_ago=20)
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    page = client.get(f"/behandelen/{life.id}/besluit/decide_not_handle/").content.decode()
    assert "buiten behandeling stellen" in page and "Wij vroegen u" not in page and 'name="still_missing"' not in page


def test_the_form_starts_with_everything_missing_and_keeps_what_was_unticked(lapsed):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    address = f"/behandelen/{lapsed.id}/besluit/decide_not_handle/"
    assert client.get(address).content.decode().count("checked") == 2
    client.post(address, {"motivation": MOTIVATION, "still_missing": ["1"]})
    decision = lapsed.case.decisions.get()
    assert decision.still_missing == [PHOTO]
    page = client.get(decision.get_absolute_url()).content.decode()
    assert page.count("checked") == 1 and "Dit missen wij nog steeds:" in page
    client.post(decision.get_absolute_url(), {"motivation": MOTIVATION, "still_missing": ["0", "1"]})
    decision.refresh_from_db()
    assert decision.still_missing == [BUDGET, PHOTO]
