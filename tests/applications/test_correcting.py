"""A letter that did not arrive is sent again; a registration that should not be there is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from grants.applications.lifecycle.door import Refused
from grants.applications.services import correcting
from grants.kernel import audit, clock, outbox
from grants.kernel.actor import Actor
from grants.kernel.models import OutboxMessage, User
from grants.kernel.roles import Role
from letters.models import Letter

pytestmark = pytest.mark.django_db


def person(name, role):
    return Actor(user=User.objects.get(username=name), role=role)


def test_a_decision_sent_again_starts_its_terms_again_and_gives_a_second_notice(live):
    life = live("rejected", days_ago=60)
    letter = Letter.objects.get(chain=life.case.chain, kind="L10")
    first = life.case.deadlines.get(rule="OBJECTION_6W")
    outbox.run_open()
    life.later(10)
    correcting.resend(
        application_id=life.id, letter_id=letter.id, reason="De bank gaf de e-mail terug.", actor=person("intake", Role.INTAKE_OFFICER), day=life.day
    )
    terms = list(life.case.deadlines.filter(rule="OBJECTION_6W").order_by("id"))
    assert [t.ended_on for t in terms] == [life.day, None] and terms[1].starts_on == life.day > first.starts_on
    assert letter.dispatches.count() == 2 and life.case.status == "rejected"
    assert OutboxMessage.objects.filter(topic="letters.notice", payload__letter=str(letter.id)).count() == 2
    assert not list(audit.verify())


def test_without_a_reason_nothing_is_sent_again(live):
    life = live("rejected", days_ago=60)
    letter = Letter.objects.get(chain=life.case.chain, kind="L10")
    with pytest.raises(Refused):
        correcting.resend(application_id=life.id, letter_id=letter.id, reason=" ", actor=person("intake", Role.INTAKE_OFFICER))
    assert letter.dispatches.count() == 1


def test_a_report_registered_on_the_wrong_case_is_taken_back(live):
    life = live("report_received")
    wrong = life.case.chain.events.get(act="submit_report")
    correcting.annul(
        application_id=life.id, event_id=wrong.id, reason="Hoort bij een andere zaak.", actor=person("archief", Role.RECORDS_OFFICER), day=clock.today()
    )
    assert life.case.status == "verleend"
    assert life.case.deadlines.get(rule="REPORT_DUE").ended_on is None
    assert life.case.deadlines.get(rule="SETTLEMENT").ended_on is not None
    assert life.case.chain.events.latest("position").annuls_id == wrong.id
    assert not list(audit.verify())


@pytest.mark.parametrize(("state", "act"), [("verleend", "grant"), ("received", "submit")])
def test_a_sent_decision_or_a_receipt_is_never_taken_back(live, state, act):
    life = live(state)
    event = life.case.chain.events.get(act=act)
    with pytest.raises(Refused, match="eerdere gebeurtenis"):
        correcting.annul(application_id=life.id, event_id=event.id, reason="vergissing", actor=person("archief", Role.RECORDS_OFFICER))
    assert life.case.status == state


def test_an_act_that_others_built_on_is_not_taken_back(live):
    life = live("assessed")
    event = life.case.chain.events.get(act="submit")
    with pytest.raises(Refused):
        correcting.annul(
            application_id=life.id, event_id=event.id, reason="x", actor=person("archief", Role.RECORDS_OFFICER), day=life.day + timedelta(days=0)
        )


def test_the_pages_do_both(live):
    life = live("report_received")
    client = Client()
    client.force_login(User.objects.get(username="archief"))
    page = client.get(f"/behandelen/{life.id}/herroepen/").content.decode()
    assert "Verantwoording insturen" in page
    assert "is herroepen" in client.post(f"/behandelen/{life.id}/herroepen/", {"reason": "vergissing"}, follow=True).content.decode()
    assert "geen registratie" not in page and "geen registratie" in client.get(f"/behandelen/{life.id}/herroepen/").content.decode()
    client.force_login(User.objects.get(username="intake"))
    outbox.run_open()
    letter = Letter.objects.get(chain=life.case.chain, kind="L08")
    done = client.post(f"/behandelen/{life.id}/opnieuw-verzenden/", {"letter": str(letter.pk), "how": "portal", "reason": "kwam terug"}, follow=True).content.decode()
    assert "opnieuw verzonden" in done
