"""Meetings, experts, and what is removed by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.test import Client

from decisions.services import daily
from grants.control.learning.errors import NotNow
from grants.control.learning.models import Expert, ExpertMessage, LessonProposal, LessonRevision, Meeting, Registration
from grants.control.learning.services import cleaning, proposing, reviewing
from grants.control.learning.services import meeting as service
from grants.kernel import clock, outbox
from grants.kernel.models import OutboxMessage
from tests.control.stories import lesson, meeting, officer, user, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("module_world")]


def register(found, name="An", email="an@example.org"):
    return service.register(meeting_id=found.pk, name=name, email=email)


def expert(**changed):
    today = clock.today()
    values = {"name": "Gien", "email": "gien@example.org", "text": "Tuinen", "themes": "|wonen|", "consent_on": today, "consent_until": today + timedelta(days=9), "entered_by": officer()}
    return Expert.objects.create(**{**values, **changed})


def test_a_visitor_registers_without_cookie_and_gets_a_mail_with_a_link_to_withdraw():
    found, client = meeting(), Client(enforce_csrf_checks=True)
    answer = client.post(found.get_absolute_url(), {"name": "An", "email": "An@Example.org"})
    assert answer.status_code == 302 and not client.get(answer["Location"]).cookies
    outbox.run_open()
    (sent,) = mail.outbox
    assert sent.to == ["an@example.org"] and "Huis" in sent.body
    link = next(word for word in sent.body.split() if "/afmelden/" in word)
    path = link[link.index("/lerend-netwerk/") :]
    assert "Meld mij af" in client.get(path).content.decode() and Registration.objects.count() == 1
    assert client.post(path).status_code == 200 and not Registration.objects.exists()
    assert "U was al afgemeld" in client.get(path).content.decode()


@pytest.mark.parametrize("forged", ["x", "1:abc", pytest.param(signing.dumps(1, salt="iets anders"), id="another purpose"), "%00"])
def test_a_forged_link_does_nothing(forged):
    register(meeting())
    answer = Client().post(f"/lerend-netwerk/afmelden/{forged}/")
    assert answer.status_code == 404 and Registration.objects.count() == 1


def test_the_last_place_goes_once_and_comes_free_again():
    found = meeting(capacity=1)
    first = register(found)
    with pytest.raises(NotNow):
        register(found, "Bo", "bo@example.org")
    service.unregister(registration_id=first.pk)
    assert register(found, "Bo", "bo@example.org")


def test_the_same_address_twice_is_one_place():
    found = meeting(capacity=1)
    assert register(found) == register(found, "Ann", "AN@example.org ")
    assert Registration.objects.get().name == "An"


def test_nobody_registers_for_what_is_over_cancelled_or_hidden():
    past = clock.now() - timedelta(hours=1)
    for values in ({"starts_at": past, "ends_at": clock.now() + timedelta(hours=1)}, {"cancelled_at": past}, {"is_published": False}):
        with pytest.raises(NotNow):
            register(meeting(**values))


def test_what_was_typed_stays_when_a_meeting_is_full():
    found = meeting(capacity=1)
    register(found)
    page = Client().post(found.get_absolute_url(), {"name": "Bo Bewoner", "email": "bo@example.org"})
    assert page.status_code == 400 and "Bo Bewoner" in page.content.decode() and "bezet" in page.content.decode()


def test_a_hidden_meeting_is_not_found_and_the_online_address_is_for_who_comes():
    client = Client()
    assert client.get(meeting(is_published=False).get_absolute_url()).status_code == 404
    online = meeting(place="", online_url="https://example.org/geheim")
    assert "geheim" not in client.get(online.get_absolute_url()).content.decode()
    register(online)
    outbox.run_open()
    assert "https://example.org/geheim" in mail.outbox[-1].body


def test_everyone_hears_that_a_meeting_is_cancelled():
    found = meeting()
    register(found)
    service.cancel(meeting_id=found.pk)
    outbox.run_open()
    assert any("gaat niet door" in sent.body for sent in mail.outbox)
    with pytest.raises(NotNow):
        service.cancel(meeting_id=found.pk)


def test_the_outbox_keeps_no_name_or_address():
    register(meeting())
    service.write_to(expert_id=expert().pk, sender=user("bewoner"), reply_to="bo@example.org", text="Hallo")
    kept = str(list(OutboxMessage.objects.values_list("payload", "key")))
    assert "example.org" not in kept and "Hallo" not in kept


def test_a_message_reaches_the_expert_without_showing_the_address():
    found, client = expert(), Client()
    assert "gien@example.org" not in client.get("/lerend-netwerk/experts/").content.decode()
    address = f"/lerend-netwerk/experts/{found.pk}/bericht/"
    assert client.get(address).status_code == 302
    client.force_login(user("bewoner"))
    assert "gien@example.org" not in client.get(address).content.decode()
    assert client.post(address, {"reply_to": "bo@example.org", "text": "Hallo daar"}).status_code == 302
    outbox.run_open()
    (sent,) = mail.outbox
    assert sent.to == ["gien@example.org"] and sent.reply_to == ["bo@example.org"] and "Hallo daar" in sent.body
    assert ExpertMessage.objects.get().sent_at is not None


def test_nobody_floods_the_experts():
    found = expert()
    for _ in range(service.MOST_MESSAGES):
        service.write_to(expert_id=found.pk, sender=user("bewoner"), reply_to="bo@example.org", text="x")
    with pytest.raises(NotNow):
        service.write_to(expert_id=found.pk, sender=user("bewoner"), reply_to="bo@example.org", text="x")


@pytest.mark.parametrize(("starts", "ends", "shown"), [(0, 0, True), (-9, -1, False), (1, 9, False), (-9, 0, True)])
def test_an_expert_is_shown_only_while_the_consent_holds(starts, ends, shown):
    today = clock.today()
    found = expert(consent_on=today + timedelta(days=starts), consent_until=today + timedelta(days=ends))
    page = Client().get("/lerend-netwerk/experts/").content.decode()
    assert (found.name in page) is shown
    if not shown:
        with pytest.raises(NotNow):
            service.write_to(expert_id=found.pk, sender=user("bewoner"), reply_to="bo@example.org", text="x")


def test_experts_are_found_by_theme_and_who_names_no_municipality_helps_everywhere():
    expert(name="Gien")
    expert(name="Ties", themes="|leren|", municipalities="|GM0928|")

    def names(**asked):
        return [found.name for found in Client().get("/lerend-netwerk/experts/", asked).context["experts"]]

    assert names(thema="leren") == ["Ties"] and names(gemeente="GM0928") == ["Gien", "Ties"] and names(gemeente="GM0917") == ["Gien"]
    assert names(thema="leren", gemeente="GM0917") == [] and names(thema="raar") == ["Gien", "Ties"]


@pytest.mark.parametrize(("days", "left"), [(14, 1), (15, 0)])
def test_names_of_visitors_are_removed_after_the_meeting(days, left):
    found = meeting()
    register(found)
    ended = clock.start_of(clock.today()) - timedelta(days=days) + timedelta(hours=20)
    Meeting.objects.filter(pk=found.pk).update(starts_at=ended - timedelta(hours=1), ends_at=ended)
    for _ in range(2):
        daily.run()
    found.refresh_from_db()
    assert found.registrations.count() == left and found.attended == (None if left else 1)


@pytest.mark.parametrize(("days", "left"), [(30, 1), (31, 0)])
def test_an_expert_is_removed_after_the_consent(days, left):
    today = clock.today()
    expert(consent_on=today - timedelta(days=100), consent_until=today - timedelta(days=days))
    cleaning.clean(today)
    assert Expert.objects.count() == left


def test_messages_are_removed_after_thirty_days():
    message = service.write_to(expert_id=expert().pk, sender=user("bewoner"), reply_to="bo@example.org", text="x")
    cleaning.clean(clock.today() + timedelta(days=30))
    assert ExpertMessage.objects.filter(pk=message.pk).exists()
    cleaning.clean(clock.today() + timedelta(days=31))
    assert not ExpertMessage.objects.filter(pk=message.pk).exists() and outbox.run_open() and not mail.outbox


def test_the_text_of_a_decided_proposal_is_removed_and_a_waiting_one_stays():
    question = lesson(kind="question")
    decided, waiting = (proposing.contribute(question_id=question.pk, text="Zo.", by=user("bewoner")) for _ in "ab")
    reviewing.save_lesson(written=written(text="Ruw verhaal"), by=officer(), proposal_id=decided.pk)
    reviewing.reject(proposal_id=decided.pk, by=officer(), reason="x")
    later = clock.today() + cleaning.AFTER_DECISION + timedelta(days=1)
    for _ in range(2):
        cleaning.clean(later)
    assert dict(LessonProposal.objects.filter(answers=question).values_list("pk", "advice")) == {decided.pk: "", waiting.pk: "Zo."}
    assert [step.act for step in decided.steps.all()] == ["received", "rejected", "emptied"]
    assert not LessonRevision.objects.filter(lesson__proposal=decided).exclude(content={}).exists() and decided.lessons.get().text == ""
    with pytest.raises(NotNow):
        reviewing.reopen(proposal_id=decided.pk, by=officer())


def test_the_officer_keeps_the_pool_and_the_agenda():
    client, today = Client(), clock.today()
    client.force_login(officer())
    wrong = {"name": "Wies", "email": "w@example.org", "text": "Wonen", "consent_on": today.isoformat(), "consent_until": "2020-01-01", "themes": ["wonen"]}
    page = client.post("/beheer/lerend-netwerk/experts/nieuw/", wrong)
    assert page.status_code == 400 and "Wies" in page.content.decode()
    assert client.post("/beheer/lerend-netwerk/experts/nieuw/", {**wrong, "consent_until": today.isoformat(), "municipalities": ["GM0928"]}).status_code == 302
    made = Expert.objects.get()
    assert (made.themes, made.municipalities, made.entered_by) == ("|wonen|", "|GM0928|", officer())
    assert "checked" in client.get(f"/beheer/lerend-netwerk/experts/{made.pk}/").content.decode()
    client.post(f"/beheer/lerend-netwerk/experts/{made.pk}/verwijderen/")
    assert not Expert.objects.exists()
    values = {"title": "Avond", "starts_at": "2030-01-01T19:00", "ends_at": "2030-01-01T18:00", "programme": "x", "audience": "x", "capacity": "5", "is_published": "on"}
    page = client.post("/beheer/lerend-netwerk/bijeenkomsten/nieuw/", values)
    assert page.status_code == 400 and "eindigt voor zij begint" in page.content.decode() and "Vul een plaats in" in page.content.decode()
    values |= {"ends_at": "2030-01-01T21:00", "place": "Huis"}
    assert client.post("/beheer/lerend-netwerk/bijeenkomsten/nieuw/", values).status_code == 302
    assert clock.legal_day(Meeting.objects.get().starts_at).isoformat() == "2030-01-01"


def test_from_one_connection_nobody_fills_a_meeting_with_made_up_people(monkeypatch):
    cache.clear()
    monkeypatch.setattr("grants.control.learning.views.people.MOST_REGISTRATIONS", "2/h/ip")
    found, client = meeting(capacity=50), Client()
    answers = [client.post(found.get_absolute_url(), {"name": "An", "email": f"an{n}@example.org"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    page = answers[-1].content.decode()
    assert "over een uur opnieuw" in page and 'value="an2@example.org"' in page, "what was typed stays"
    assert Registration.objects.count() == 2
    other = client.post(found.get_absolute_url(), {"name": "Bo", "email": "bo@example.org"}, REMOTE_ADDR="198.51.100.7")
    assert other.status_code == 302
