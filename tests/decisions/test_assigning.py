"""Who handles a case: claimed, given back, handed over, and never by somebody who should keep away."""

from __future__ import annotations

import re
import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client

from decisions.models import Absence
from decisions.services import assessing, assigning
from decisions.services.assigning import ChangedMeanwhile
from grants.applications.lifecycle.door import NotPermitted, Refused
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person

HANDLER, SENIOR, INTAKE = ("behandelaar", Role.CASE_HANDLER), ("senior", Role.MANDATE_HOLDER), ("intake", Role.INTAKE_OFFICER)


@pytest.fixture
def colleague(world):
    return handler_named("collega")


def handler_named(username, scheme=""):
    user = User.objects.create(username=username, first_name="Col", last_name=f"Lega {username} (verzonnen)", is_demo=True)
    RoleAssignment.objects.create(user=user, role=Role.CASE_HANDLER, scheme_code=scheme, valid_from=date(2024, 1, 1))
    return user


def give(life, handler, actor, expected="as it is"):
    expected = life.case.handler_id if expected == "as it is" else expected
    return assigning.assign(application_id=life.id, handler=handler, expected=expected, actor=actor)


@pytest.mark.django_db
def test_a_claim_leaves_an_event_that_names_the_handler_by_reference(live):
    life, who = live("received"), person(*HANDLER)
    give(life, who.user, who)
    event = life.case.chain.events.get(act="assign")
    assert life.case.handler == who.user and event.data == {"handler": who.user.pk} and event.actor == who.user


@pytest.mark.django_db
def test_the_handler_gives_a_case_back(live):
    life, who = live("received"), person(*HANDLER)
    give(life, who.user, who)
    give(life, None, who)
    assert life.case.handler is None and life.case.chain.events.filter(act="assign").count() == 2


@pytest.mark.django_db
def test_the_handler_hands_a_case_to_a_colleague(live, colleague):
    life, who = live("received"), person(*HANDLER)
    give(life, who.user, who)
    give(life, colleague, who)
    assert life.case.handler == colleague


@pytest.mark.django_db
def test_a_senior_gives_any_case_to_a_handler_and_takes_it_away(live, colleague):
    life, who = live("received"), person(*HANDLER)
    give(life, who.user, who)
    give(life, colleague, person(*SENIOR))
    assert life.case.handler == colleague
    give(life, None, person(*SENIOR))
    assert life.case.handler is None


@pytest.mark.django_db
def test_whoever_comes_second_hears_that_somebody_was_first(live, colleague):
    life, who = live("received"), person(*HANDLER)
    shown = life.case.handler_id
    give(life, colleague, Actor(user=colleague, role=Role.CASE_HANDLER), shown)
    with pytest.raises(ChangedMeanwhile, match="Lega collega .* behandelt deze zaak nu"):
        give(life, who.user, who, shown)
    assert life.case.handler == colleague and life.case.chain.events.filter(act="assign").count() == 1


REFUSED = {
    "a case of a colleague": ("colleague's", "self", HANDLER, "Alleen die collega of een senior"),
    "for somebody else": ("nobody's", "colleague", HANDLER, "Alleen een senior wijst"),
    "to who handles nothing": ("nobody's", "intake", SENIOR, "behandelt geen zaken van deze regeling"),
    "to who has another scheme": ("nobody's", "elsewhere", SENIOR, "behandelt geen zaken van deze regeling"),
    "back from nobody": ("nobody's", "nobody", HANDLER, "niets terug te geven"),
    "back from a colleague": ("colleague's", "nobody", HANDLER, "die u zelf behandelt"),
    "again": ("colleague's", "colleague", SENIOR, "behandelt deze zaak al"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_reason_and_nothing_changes(live, colleague, name):
    whose, to, actor, words = REFUSED[name]
    life, actor = live("received"), person(*actor)
    if whose == "colleague's":
        give(life, colleague, person(*SENIOR))
    before, events = life.case.handler, life.case.chain.length
    people = {
        "self": lambda: actor.user, "colleague": lambda: colleague, "nobody": lambda: None,
        "intake": lambda: User.objects.get(username="intake"), "elsewhere": lambda: handler_named("elders", "LB-INW"),
    }
    with pytest.raises(Refused, match=words):
        give(life, people[to](), actor)
    assert life.case.handler == before and life.case.chain.length == events


@pytest.mark.django_db
def test_somebody_in_another_role_may_not_assign(live, colleague):
    with pytest.raises((NotPermitted, Refused)):
        give(live("received"), colleague, person(*INTAKE))


@pytest.mark.django_db
def test_who_declared_an_interest_does_not_get_the_case(live, colleague):
    life, who = live("received"), person(*HANDLER)
    assessing.declare_interest(application_id=life.id, has_interest=True, actor=who)
    with pytest.raises(Refused, match="persoonlijk belang hebt"):
        give(life, who.user, who)
    with pytest.raises(Refused, match="misschien een persoonlijk belang"):
        give(life, who.user, person(*SENIOR))
    assert life.case.handler is None


@pytest.mark.django_db
def test_who_is_away_does_not_get_the_case_until_the_day_after(live, colleague):
    life, who, today = live("received"), person(*HANDLER), clock.today()
    absence = Absence.objects.create(user=colleague, substitute=who.user, valid_from=today, valid_to=today, entered_by=colleague)
    with pytest.raises(Refused, match=f"is afwezig tot en met .*wie vervangt: {re.escape(str(who.user))}"):
        give(life, colleague, person(*SENIOR))
    with pytest.raises(Refused, match="Beëindig dan eerst uw afwezigheid"):
        give(life, colleague, Actor(user=colleague, role=Role.CASE_HANDLER))
    Absence.objects.filter(pk=absence.pk).update(valid_from=today - timedelta(days=2), valid_to=today - timedelta(days=1))
    give(life, colleague, person(*SENIOR))
    assert life.case.handler == colleague


@pytest.mark.django_db
def test_who_marks_complete_or_assesses_becomes_the_handler_by_an_act(live):
    life = live("assessed")
    assert life.case.handler == life.handler.user
    assert [event.data for event in life.case.chain.events.filter(act="assign")] == [{"handler": life.handler.user.pk}]


@pytest.mark.django_db
def test_the_case_page_shows_the_handler_and_takes_gives_back_and_hands_over(live, colleague):
    life, client = live("received"), Client()
    client.force_login(User.objects.get(username="behandelaar"))
    page, address = f"/behandelen/{life.id}/", f"/behandelen/{life.id}/behandelaar/"
    assert "Zaak op mijn naam zetten" in client.get(page).content.decode()
    text = client.post(address, {"wat": "neem", "nu": ""}, follow=True).content.decode()
    assert "De zaak staat op uw naam" in text and "Zaak teruggeven" in text
    assert "intussen veranderd" in client.post(address, {"wat": "terug", "nu": ""}, follow=True).content.decode()
    own = life.case.handler_id
    assert "Dit veld is verplicht" in client.post(address, {"nu": own}).content.decode()
    assert "De zaak is overgedragen" in client.post(address, {"handler": colleague.pk, "nu": own}, follow=True).content.decode()
    assert life.case.handler == colleague
    assert "Zaak op mijn naam zetten" not in client.get(page).content.decode()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="the tests' SQLite lives in memory, where a second writer does not wait")
@pytest.mark.django_db(transaction=True)
def test_of_many_who_claim_at_once_exactly_one_gets_the_case(live):
    life = live("received")
    people = [handler_named(f"collega{number}") for number in range(4)]
    start, told = threading.Barrier(len(people)), []

    def claim(who):
        try:
            start.wait()
            assigning.assign(application_id=life.id, handler=who, expected=None, actor=Actor(user=who, role=Role.CASE_HANDLER))
            told.append("yes")
        except ChangedMeanwhile:
            told.append("no")
        finally:
            connection.close()

    threads = [threading.Thread(target=claim, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["no", "no", "no", "yes"] and life.case.handler in people
    assert life.case.chain.events.filter(act="assign").count() == 1
