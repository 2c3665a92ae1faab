"""Become known as an applicant: what is asked, what is refused in plain words, and what is kept."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from applicants.acts import registering
from applicants.acts.refusing import PartyRefused
from applicants.kvk.others import DOWN
from applicants.models import Applicant, ApplicantType, Capacity, RegisterCheck, Representation
from grants.kernel import outbox
from grants.kernel.models import OutboxMessage, User
from grants.kernel.roles import Role
from tests.applicants.who import ADDRESS, FILLED, client_of, foundation, pdf, person

pytestmark = pytest.mark.django_db
ORGANISATION = {**FILLED, "capacity": "board"}


@pytest.fixture
def ada(world):
    return person("ada")


def test_a_newcomer_comes_from_a_scheme_says_who_she_is_and_begins_a_draft(ada):
    browser = client_of(ada)
    page = browser.get("/regelingen/LB-INW/").content.decode()
    assert "/mijn/aanvragers/?soort=natuurlijk_persoon" in page and "next=%2Fregelingen%2FLB-INW%2F" in page
    assert "past bij de regeling" in browser.get("/mijn/aanvragers/?soort=natuurlijk_persoon&next=/regelingen/LB-INW/").content.decode()
    answer = browser.post("/mijn/aanvragers/zelf/", {**FILLED, "name": "Ada Proef", "next": "/regelingen/LB-INW/"})
    assert answer.status_code == 302 and answer["Location"] == "/regelingen/LB-INW/"
    found = Applicant.objects.represented_by(ada).get()
    assert (found.type, found.name, found.postcode, found.representations.get().kind) == ("natuurlijk_persoon", "Ada Proef", "6211 AA", "self")
    assert User.objects.get(pk=ada.pk).has_role(Role.APPLICANT)
    assert browser.post("/aanvragen/beginnen/LB-INW/", {"applicant": found.pk})["Location"].startswith("/aanvragen/")


@pytest.mark.parametrize("target", ["https://boos.example/", "//boos.example/", "javascript:alert(1)"])
def test_one_comes_back_to_our_own_pages_only(ada, target):
    answer = client_of(ada).post("/mijn/aanvragers/zelf/", {**FILLED, "name": "Ada", "next": target})
    assert answer["Location"] == "/mijn/aanvragers/"


def test_an_account_is_one_person(ada):
    registering.register_self(user=ada, name="Ada", contact=ADDRESS)
    with pytest.raises(PartyRefused, match="staat al bij ons"):
        registering.register_self(user=ada, name="Nog eens", contact=ADDRESS)
    assert Applicant.objects.represented_by(ada).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("postcode", "12", "Dit is geen postcode"), ("email", "geen", "Dit is geen e-mailadres"), ("phone", "bel mij", "Dit is geen telefoonnummer"),
        ("name", "", "verplicht"), ("street", "", "verplicht"),
    ],
)
def test_a_wrong_field_is_told_at_the_field_and_what_was_typed_stays(ada, field, value, sentence):
    page = client_of(ada).post("/mijn/aanvragers/zelf/", {**FILLED, "name": "Ada Proef", field: value}).content.decode()
    assert sentence in page and not Applicant.objects.represented_by(ada).exists()
    assert "Demoweg 1" in page or field == "street"


def test_an_official_does_not_become_an_applicant_with_the_same_account(world):
    handler = User.objects.get(username="behandelaar")
    page = client_of(handler).post("/mijn/aanvragers/zelf/", {**FILLED, "name": "Bas"}).content.decode()
    assert "ingelogd als medewerker" in page and not handler.representations.exists()


def test_an_organisation_is_as_the_register_knows_it_and_its_answer_is_kept(ada):
    browser = client_of(ada)
    page = browser.post("/mijn/aanvragers/organisatie/", {"kvk_number": "0000 0011"}).content.decode()
    assert "Stichting Samen Sterk (verzonnen)" in page and "Proefstraat 12" in page
    browser.post("/mijn/aanvragers/organisatie/", {**ORGANISATION, "kvk_number": "00000011", "name": "Anders", "type": "gemeente"})
    found = Applicant.objects.represented_by(ada).get()
    assert (found.type, found.name, found.kvk_number) == ("stichting", "Stichting Samen Sterk (verzonnen)", "00000011")
    check = found.register_checks.get()
    assert (check.source, check.is_first, check.by, check.fields["rechtsvorm"]) == ("recorded", True, ada, "Stichting")
    for change in (lambda: RegisterCheck.objects.update(source="typed"), lambda: RegisterCheck.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("123", "heeft acht cijfers"), ("abcdefgh", "heeft acht cijfers"), ("12345678", "staat niet in het Handelsregister"),
        ("00000017", "Dit is een overheid"), ("", "verplicht"),
    ],
)
def test_a_wrong_number_is_told(ada, number, sentence):
    for filled in ({}, ORGANISATION):
        page = client_of(ada).post("/mijn/aanvragers/organisatie/", {**filled, "kvk_number": number}).content.decode()
        assert sentence in page and not Applicant.objects.represented_by(ada).exists()


def test_who_was_first_is_not_told_to_the_second(ada):
    foundation(ada)
    page = client_of(person("bert")).post("/mijn/aanvragers/organisatie/", {"kvk_number": "00000011"}).content.decode()
    assert "staat al bij ons" in page and "uit te nodigen" in page
    assert "Ada" not in page and "Proefstraat" not in page and "wij@example.org" not in page


def test_an_organisation_that_is_known_from_paper_is_not_taken_by_whoever_types_its_number(world):
    """Its case and its letters would be open to the first who comes."""
    with pytest.raises(PartyRefused, match="staat al bij ons"):
        foundation(person("ada"), "00000011") if Applicant.objects.create(
            type="stichting", name="Van papier", kvk_number="00000011", street="A 1", postcode="6211 AA", city="M"
        ) else None


def test_two_who_register_the_same_organisation_at_once_leave_one(ada, monkeypatch):
    foundation(ada)
    monkeypatch.setattr(registering, "refuse_known", lambda *args: None)  # the other came in between
    with pytest.raises(PartyRefused, match="staat al bij ons"):
        foundation(person("bert"))
    assert Applicant.objects.filter(kvk_number="00000011").count() == 1


def test_when_the_register_is_down_the_data_are_typed_marked_and_asked_again(ada, settings):
    browser = client_of(ada)
    page = browser.post("/mijn/aanvragers/organisatie/", {"kvk_number": DOWN}).content.decode()
    assert "antwoordt nu niet" in page and "Naam van de organisatie" in page
    browser.post("/mijn/aanvragers/organisatie/", {**ORGANISATION, "kvk_number": DOWN, "name": "Vereniging Zonder Antwoord", "type": "vereniging"})
    found = Applicant.objects.represented_by(ada).get()
    assert found.name == "Vereniging Zonder Antwoord" and not found.register_checks.get().is_checked
    outbox.run_open()
    row = OutboxMessage.objects.get(topic="applicants.kvk_again")
    assert row.done_at is None and "antwoordt niet" in row.reason
    settings.KVK_LOOKUP = f"{__name__}.Repaired"
    OutboxMessage.objects.filter(pk=row.pk).update(not_before=None)
    outbox.run_open()
    assert [check.source for check in found.register_checks.all()] == ["absent", "typed"]


class Repaired:
    def lookup(self, kvk_number):
        return None


def test_without_a_register_nothing_is_asked_again(ada, settings):
    settings.KVK_LOOKUP = "applicants.kvk.others.NotConnected"
    registering.register_organisation(user=ada, kvk_number="00000011", record=None, type="stichting", name="S", contact=ADDRESS, capacity="board")
    assert not OutboxMessage.objects.filter(topic="applicants.kvk_again").exists()


def test_an_organisation_that_was_struck_off_is_warned_and_may_apply(ada):
    page = client_of(ada).post("/mijn/aanvragers/organisatie/", {"kvk_number": "00000014"}).content.decode()
    assert "31 januari 2026" in page and "U mag wel aanvragen" in page
    foundation(ada, "00000014")
    assert "uitgeschreven" in client_of(ada).get("/mijn/aanvragers/").content.decode()


def test_a_legal_form_that_fits_no_kind_is_warned_and_a_kind_is_chosen(ada):
    browser = client_of(ada)
    page = browser.post("/mijn/aanvragers/organisatie/", {"kvk_number": "00000015"}).content.decode()
    assert "past niet goed" in page and "Wat voor organisatie is het?" in page
    browser.post("/mijn/aanvragers/organisatie/", {**ORGANISATION, "kvk_number": "00000015", "type": "cooperatie"})
    found = Applicant.objects.represented_by(ada).get()
    assert found.type == ApplicantType.COOPERATIE and found.register_checks.get().fields["rechtsvorm"] == "Besloten Vennootschap"


def test_a_third_party_sends_an_authorisation_along(ada):
    browser = client_of(ada)
    given = {**FILLED, "kvk_number": "00000011", "capacity": "third_party"}
    lying = browser.post("/mijn/aanvragers/organisatie/", {**given, "paper": type(pdf())("machtiging.pdf", b"MZ geen pdf")}).content.decode()
    assert "De naam eindigt op .pdf" in lying and not Applicant.objects.represented_by(ada).exists()
    browser.post("/mijn/aanvragers/organisatie/", {**given, "paper": pdf()})
    found = Representation.objects.get(user=ada)
    assert (found.kind, found.is_third_party, found.paper) == (Capacity.THIRD_PARTY, True, "given")


def test_a_municipality_comes_from_the_list_once_with_its_number(ada):
    browser = client_of(ada)
    page = browser.get("/mijn/aanvragers/gemeente/").content.decode()
    assert page.count("<option") == 32
    given = {**FILLED, "municipality": "GM0935", "capacity": "colleague"}
    assert "Vul het KvK-nummer of het OIN" in browser.post("/mijn/aanvragers/gemeente/", given).content.decode()
    assert "twintig cijfers" in browser.post("/mijn/aanvragers/gemeente/", {**given, "oin": "12"}).content.decode()
    browser.post("/mijn/aanvragers/gemeente/", {**given, "oin": "0000 0001 8012 3456 7000"})
    found = Applicant.objects.represented_by(ada).get()
    assert (found.type, found.name, found.register_checks.get().oin) == ("gemeente", "Gemeente Maastricht", "00000001801234567000")
    again = client_of(person("bert")).post("/mijn/aanvragers/gemeente/", {**given, "kvk_number": "00000017"}).content.decode()
    assert "staat al bij ons" in again


def test_an_address_is_corrected_until_something_was_sent_in(ada, monkeypatch):
    found = registering.register_self(user=ada, name="Ada", contact=ADDRESS)
    browser = client_of(ada)
    browser.post(f"/mijn/aanvragers/{found.pk}/adres/", {**FILLED, "street": "Nieuw 2"})
    found.refresh_from_db()
    assert found.street == "Nieuw 2"
    monkeypatch.setattr(registering, "_in_use", [lambda applicant: True])
    page = browser.post(f"/mijn/aanvragers/{found.pk}/adres/", {**FILLED, "street": "Weg 3"}).content.decode()
    found.refresh_from_db()
    assert "al een aanvraag ingestuurd" in page and "Weg 3" in page and found.street == "Nieuw 2"


def test_what_was_sent_in_counts_as_use(live):
    life = live("received")
    assert registering.is_in_use(life.applicant)
    assert not registering.is_in_use(Applicant.objects.exclude(applications__isnull=False).first())


def test_nobody_asks_the_register_by_the_hundred(ada, monkeypatch):
    monkeypatch.setattr(registering, "MOST_AN_HOUR", 2)
    pages = [client_of(ada).post("/mijn/aanvragers/organisatie/", {"kvk_number": "00000012"}).content.decode() for _ in range(3)]
    assert "De Speeltuin" in pages[1] and "over een uur" in pages[2] and "De Speeltuin" not in pages[2]
