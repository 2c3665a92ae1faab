"""Residents who applied together: what they accepted is fixed at the application, and a claim names each with an amount."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from decisions import objections
from decisions.models import Beschikking, Claim, LiabilityAgreement, LiablePerson, Objection, PostReturn
from decisions.objections import made_known_on
from decisions.services import accepting, objecting, returning
from decisions.services.accepting import LiabilityRefused
from decisions.services.returning import PostRefused
from grants.applications.models import Deadline
from grants.applications.services import correcting
from grants.kernel import audit, clock, outbox
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.law.formats import long_date
from grants.project.demo.lives import person
from grants.schemes.freedays import count
from letters import verifying
from letters.models import Letter
from tests.letters.posting import pile, posted

pytestmark = pytest.mark.django_db
GROUP = "Bewonersgroep De Proeftuin (verzonnen)"
PEOPLE = (("A. Eerste", "Straat 1, Kerkrade"), ("B. Tweede", "Straat 2, Kerkrade"), ("C. Derde", "Straat 3, Kerkrade"))


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.fixture
def draft(live):
    return live("draft", scheme="LB-INW", applicant=GROUP, amount="3000")


def accept(life, kind="equal", people=PEOPLE):
    return accepting.accept(application_id=life.id, kind=kind, people=people, actor=life.asker)


def claimed(life):
    """The draft goes all the way to a claim of 3,000 euro."""
    life.submit()
    life.later(3)
    life.mark_complete()
    life.assess()
    life.decide("settle_directly", life.plan.amount)
    life.pay()
    life.decide("withdraw_settlement", None, ground="4:49", ground_text="niet gedaan", proportionality="De ontvanger wist dit.")
    life.decide("reclaim", Decimal(3000))
    return Letter.objects.get(decisions__act="reclaim").text, Claim.objects.get()


def one_line(letter):
    return " ".join(letter.text.split()).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("kind", "people", "amounts", "words"),
    [("equal", PEOPLE, ["1.000,00"], "gelijk deel"), ("joint", PEOPLE, ["3.000,00"], "hele bedrag"), ("equal", PEOPLE[:2], ["1.500,00"], "6:6")],
)
def test_the_letter_and_the_page_of_the_claim_name_each_person_and_amount(draft, kind, people, amounts, words):
    accept(draft, kind, people)
    text, claim = claimed(draft)
    page = signed_in("financien").get(f"/behandelen/terugvorderingen/{claim.id}/").content.decode()
    assert words in text and words in page
    for name, address in people:
        assert name in text and address in text and name in page
    assert all(text.count(amount) >= len(people) and amount in page for amount in amounts)


@pytest.mark.parametrize(
    ("kind", "people", "told", "pay"),
    [
        ("equal", PEOPLE, "U moet € 1.000,00 aan ons terugbetalen. Dat is uw deel van € 3.000,00.", "Maak € 1.000,00 uiterlijk"),
        ("joint", PEOPLE[:2], "U moet € 3.000,00 aan ons terugbetalen. U staat samen met de andere deelnemers in voor dit hele bedrag.", "Maak € 3.000,00 uiterlijk"),
    ],
)
def test_each_member_gets_the_decision_with_what_this_member_owes(draft, kind, people, told, pay):
    accept(draft, kind, people)
    claimed(draft)
    decision = Beschikking.objects.get(act="reclaim")
    outbox.run_open()
    copies = [copy.letter for copy in decision.copies.select_related("letter")]
    assert [copy.as_content().addressee for copy in copies] == [(name, *address.split(", ")) for name, address in people]
    for copy in copies:
        text = one_line(copy)
        assert told in text and pay in text and "Bent u het niet eens met dit besluit?" in text
        assert (copy.kind, copy.state, copy.portal_allowed) == ("L29", "rendered", False), "on paper: a member never chose digital post"
    whole = one_line(decision.letter)
    assert "U moet samen € 3.000,00 aan ons terugbetalen." in whole and "Ieder krijgt dit besluit op het eigen adres." in whole
    assert not any(verifying.verify()) and not list(audit.verify())


def test_a_member_who_gets_it_later_has_six_weeks_from_that_day(draft):
    accept(draft)
    claimed(draft)
    decision, claim = Beschikking.objects.get(act="reclaim"), Claim.objects.get()
    outbox.run_open()
    copy = decision.copies.get(position=2).letter
    assert decision.sent_on < clock.today() and claim.due_on == count("PAYMENT_6W", decision.sent_on).last_day
    before, batch = copy.file_digest, pile()  # it bears an earlier day: it is made again
    copy.refresh_from_db()
    assert copy.state == "rendered" and copy.day == clock.today() and copy.file_digest != before
    posted(batch)
    copy.refresh_from_db(), claim.refresh_from_db()
    assert copy.state == "sent" and copy.dispatches.get().sent_on == clock.today()
    assert claim.due_on == count("PAYMENT_6W", clock.today()).last_day and made_known_on(decision) == clock.today()
    term = draft.case.deadlines.get(rule="CLAIM_PAYMENT_6W", ended_by__isnull=True)
    assert term.last_day == claim.due_on and long_date(claim.due_on) in one_line(copy)


def test_the_clock_of_an_objection_moves_along_with_the_member_who_gets_it_last(draft):
    accept(draft)
    claimed(draft)
    decision = Beschikking.objects.get(act="reclaim")
    outbox.run_open()
    objection = objecting.register(decision_id=decision.id, actor=draft.asker, grounds="Ik ben het er niet mee eens.", channel="portal", day=draft.day)
    before, batch = objection.decide_by, pile()
    assert decision.sent_on < clock.today()
    posted(batch)
    objection.refresh_from_db()
    term = Deadline.objects.get(pk=objection.deadline_id)
    expected = objections.clock_of(Objection.objects.get(pk=objection.pk)).last_day
    assert objection.decide_by == term.last_day == expected > before


def test_the_letter_to_a_member_goes_again_to_that_member(draft):
    accept(draft)
    claimed(draft)
    posted(pile())
    copy = Beschikking.objects.get(act="reclaim").copies.get(position=2).letter
    ask = {"application_id": draft.id, "reason": "kwam niet aan", "actor": person("intake", Role.INTAKE_OFFICER)}
    assert correcting.ask_on_paper(letter_id=copy.id, **ask).addressee == ["B. Tweede", "Straat 2", "Kerkrade"]
    with time_machine.travel(clock.now() + timedelta(days=3)):
        posted(pile())
        assert copy.dispatches.count() == 2 and Claim.objects.get().due_on == count("PAYMENT_6W", clock.today()).last_day
    own = Beschikking.objects.get(act="reclaim").letter
    assert correcting.ask_on_paper(letter_id=own.id, **ask).addressee[0] == GROUP


def correct(life, position=2, address="Goede straat 9, 6411 CC Heerlen", reason="gebeld", actor=None):
    member = LiablePerson.objects.get(agreement__application=life.id, position=position)
    return accepting.correct_address(person_id=member.pk, address=address, reason=reason, actor=actor or person("intake", Role.INTAKE_OFFICER))


def test_a_wrong_address_of_a_member_is_put_right_and_the_letter_goes_there(draft):
    accept(draft)
    claimed(draft)
    posted(pile())
    copy = Beschikking.objects.get(act="reclaim").copies.get(position=2).letter
    returning.note(
        application_id=draft.id, dispatch_id=copy.dispatches.get().pk, kind="returned", found_on=clock.today(), note="", actor=person("intake", Role.INTAKE_OFFICER)
    )
    back = PostReturn.objects.get()
    with pytest.raises(PostRefused, match="Verbeter eerst het adres"):
        returning.send_again(return_id=back.pk, reason="x", actor=draft.handler)
    changed = correct(draft)
    assert (changed.old, changed.new, changed.person.name) == ("Straat 2, Kerkrade", "Goede straat 9, 6411 CC Heerlen", "B. Tweede")
    returning.send_again(return_id=back.pk, reason="x", actor=draft.handler)
    assert posted(pile()).lines.get().to == ("B. Tweede", "Goede straat 9", "6411 CC Heerlen")
    assert copy.dispatches.count() == 2 and not list(audit.verify()) and not any(verifying.verify())


def test_a_letter_to_a_member_that_still_waits_is_made_again_with_the_right_address(draft):
    accept(draft)
    claimed(draft)
    outbox.run_open()
    copy = Beschikking.objects.get(act="reclaim").copies.get(position=2).letter
    correct(draft)
    outbox.run_open()
    copy.refresh_from_db()
    assert copy.state == "rendered" and copy.as_content().addressee == ("B. Tweede", "Goede straat 9", "6411 CC Heerlen")
    batch = pile()
    with pytest.raises(LiabilityRefused, match=f"ligt in stapel {batch.reference}"):
        correct(draft, address="Nog een straat 1, Heerlen")
    assert LiablePerson.objects.get(position=2).address == "Goede straat 9, 6411 CC Heerlen", "refused is not half done"


@pytest.mark.parametrize(
    ("values", "words"),
    [({"reason": " "}, "Schrijf op hoe"), ({"address": "Straat 2"}, "na een komma"), ({"address": "Straat 2,  Kerkrade"}, "hebben wij al"), ({"address": "a \ue123, b"}, "afgedrukt")],
)
def test_an_address_that_cannot_be_is_refused(draft, values, words):
    accept(draft)
    with pytest.raises(LiabilityRefused, match="nog niet ingestuurd"):
        correct(draft)
    draft.submit()
    with pytest.raises(LiabilityRefused, match=words):
        correct(draft, **values)
    with pytest.raises(LiabilityRefused, match="U mag dit adres niet verbeteren"):
        correct(draft, actor=person("financien", Role.FINANCE_OFFICER))


def test_the_official_puts_an_address_right_on_the_page_and_sees_it_there(draft):
    accept(draft)
    draft.submit()
    client, address = signed_in("intake"), f"/behandelen/{draft.id}/deelnemers/adres/"
    assert address in client.get(f"/behandelen/{draft.id}/veranderingen/").content.decode()
    member = LiablePerson.objects.get(position=1)
    page = client.post(address, {"person": member.pk, "address": "Straat 2", "reason": "gebeld"}).content.decode()
    assert "na een komma" in page and 'value="Straat 2"' in page and page.count("<h1>") == 1
    page = client.post(address, {"person": member.pk, "address": "Straat 3, 6411 CC Heerlen", "reason": "gebeld"}, follow=True).content.decode()
    assert "van Straat 1, Kerkrade naar Straat 3, 6411 CC Heerlen" in page and "gebeld" in page


def test_without_an_agreement_the_letter_names_nobody_beside_the_applicant(draft):
    text, claim = claimed(draft)
    assert "Wie moet betalen?" not in text and "U moet € 3.000,00 aan ons" in text.replace("\xa0", " ") and not Beschikking.objects.get(act="reclaim").copies.exists()
    assert "Wie moet betalen?" not in signed_in("financien").get(f"/behandelen/terugvorderingen/{claim.id}/").content.decode()


def test_what_was_accepted_does_not_change_once_the_application_was_sent_in(draft):
    accept(draft, "joint")
    accept(draft, "equal", PEOPLE[:2])
    assert LiabilityAgreement.objects.get().people.count() == 2
    draft.submit()
    with pytest.raises(LiabilityRefused, match="al ingestuurd"):
        accept(draft, "joint")
    assert LiabilityAgreement.objects.get().kind == "equal"


@pytest.mark.parametrize(("people", "words"), [(PEOPLE[:1], "ten minste twee"), ((PEOPLE[0], PEOPLE[0]), "twee keer")])
def test_people_who_cannot_be_are_refused(draft, people, words):
    with pytest.raises(LiabilityRefused, match=words):
        accept(draft, people=people)


def test_only_an_initiative_has_members(live):
    with pytest.raises(LiabilityRefused, match="bewonersinitiatief"):
        accept(live("draft"))


def test_the_applicant_names_the_members_on_the_page(draft):
    client, address = signed_in("bewoner"), f"/aanvragen/{draft.id}/deelnemers/"
    assert "Deelnemers" in client.get(f"/aanvragen/{draft.id}/").content.decode()
    page = client.post(address, {"people": "A. Eerste Straat 1", "kind": "joint", "agreed": "on"}).content.decode()
    assert "puntkomma" in page and "A. Eerste Straat 1" in page and page.count("<h1>") == 1
    typed = {"people": "A. Eerste; Straat 1\nB. Tweede; Straat 2", "kind": "joint"}
    assert "verplicht" in client.post(address, typed).content.decode()
    client.post(address, {**typed, "agreed": "on"})
    assert LiabilityAgreement.objects.get().people.get(is_contact=True).name == "A. Eerste"
    draft.submit()
    assert "B. Tweede" in client.get(address).content.decode()
    assert signed_in("penningmeester").get(address).status_code == 404
