"""Signing in at a real OpenID provider: the whole code flow, for each of the three entries."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from applicants.models import Applicant, OrganisationAccount, Representation
from grants.kernel import clock
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.project.environment import staff_roles
from tests.applicants.conftest import EH3, MIDDEN

pytestmark = pytest.mark.django_db


def test_a_resident_signs_in_and_is_the_same_person_the_next_time(visitor, resident):
    first = visitor()
    answer = first.sign_in(resident)
    assert (answer.status_code, answer["Location"]) == (302, "/mijn/aanvragers/")
    assert first.user.roles() == {Role.APPLICANT} and str(first.user) == "Ria Resident"
    second = visitor()
    second.sign_in({**resident, "email": "other@example.org"})
    assert second.user == first.user


def test_an_e_mail_address_never_makes_two_people_one(visitor, resident):
    User.objects.create(username="earlier", email=resident["email"])
    first, second = visitor(), visitor()
    first.sign_in(resident)
    second.sign_in({"sub": "digid-2", "acr": MIDDEN, "email": resident["email"], "email_verified": True})
    assert len({"earlier", first.user.username, second.user.username}) == 3
    assert User.objects.filter(email=resident["email"]).count() == 1, "and we keep no address from a provider"


def test_the_flow_has_a_code_pkce_a_state_and_a_nonce_and_asks_the_level(visitor):
    asked = parse_qs(urlsplit(visitor().leave()).query)
    assert asked["response_type"] == ["code"] and asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) >= 16 and len(asked["nonce"][0]) >= 24
    assert MIDDEN not in asked["acr_values"][0] and "Smartcard" in asked["acr_values"][0]
    assert asked["prompt"] == ["login"], "on a shared computer the provider asks again"


def test_the_key_of_the_session_changes_at_sign_in(visitor, resident):
    browser = visitor()
    address = browser.leave()
    before = browser.client.session.session_key
    browser.come_back(browser.provider.authorize(address, resident))
    assert browser.client.session.session_key != before


def test_whoever_signs_in_goes_on_to_the_page_that_was_asked_but_never_to_another_site(visitor, resident):
    assert visitor().sign_in(resident, next="/regelingen/LB-INW/")["Location"] == "/regelingen/LB-INW/"
    assert visitor().sign_in(resident, next="https://evil.example/")["Location"] == "/mijn/aanvragers/"


@pytest.mark.usefixtures("world")
class TestOrganisation:
    def test_the_first_who_signs_in_acts_for_the_applicant_with_that_kvk_number(self, visitor, treasurer):
        browser = visitor("organisatie")
        browser.sign_in(treasurer)
        account = OrganisationAccount.objects.get()
        assert (account.user, account.kvk_number, account.branch_number) == (browser.user, "00000001", "000000000001")
        known = Applicant.objects.get(kvk_number="00000001")
        link = Representation.objects.get(user=browser.user)
        assert (link.applicant, link.valid_from, link.valid_to, link.is_authorised_third_party) == (known, clock.today(), None, False)

    def test_colleagues_see_the_same_cases_and_each_has_an_account(self, visitor, treasurer, live):
        case = live("received").case
        first, second = visitor("organisatie"), visitor("organisatie")
        first.sign_in(treasurer)
        second.sign_in({**treasurer, "sub": "eh-8", "name": "Siem Secretaris"})
        assert first.user != second.user
        for browser in (first, second):
            assert case.case_number in browser.client.get("/mijn/").content.decode()
            assert browser.client.get(f"/aanvragen/{case.pk}/").status_code == 200

    def test_one_person_for_two_organisations_has_two_accounts(self, visitor, treasurer):
        first, second = visitor("organisatie"), visitor("organisatie")
        first.sign_in(treasurer)
        second.sign_in({**treasurer, "kvk": "00000002"})
        assert first.user != second.user
        assert [r.applicant.kvk_number for r in second.user.representations.all()] == ["00000002"]

    def test_an_organisation_that_we_do_not_know_acts_for_nobody(self, visitor, treasurer):
        browser = visitor("organisatie")
        browser.sign_in({**treasurer, "kvk": "99999999"})
        assert not browser.user.representations.exists()

    def test_an_authority_that_was_ended_does_not_come_back(self, visitor, treasurer):
        visitor("organisatie").sign_in(treasurer)
        Representation.objects.filter(user__organisation_account__isnull=False).update(ended_on=clock.today())
        again = visitor("organisatie")
        again.sign_in(treasurer)
        assert not Applicant.objects.represented_by(again.user).exists()

    @pytest.mark.parametrize("kvk", ["", "123", "0000000x"])
    def test_without_a_kvk_number_nobody_signs_in_for_an_organisation(self, visitor, treasurer, kvk):
        answer = visitor("organisatie").sign_in({**treasurer, "kvk": kvk})
        assert answer.status_code == 403 and "geen KvK-nummer" in answer.content.decode()
        assert not OrganisationAccount.objects.exists()

    def test_an_account_with_a_role_inside_is_sent_to_the_other_door(self, visitor, treasurer, live):
        """Also where its organisation is an applicant that it does not act for yet."""
        visitor("organisatie").sign_in({**treasurer, "kvk": "99999999"})
        user = OrganisationAccount.objects.get().user
        RoleAssignment.objects.create(user=user, role=Role.CASE_HANDLER, valid_from=clock.today())
        Applicant.objects.filter(pk=live("draft").applicant.pk).update(kvk_number="99999999")
        browser = visitor("organisatie")
        answer = browser.sign_in({**treasurer, "kvk": "99999999"})
        assert answer.status_code == 403 and "Log daarom in als medewerker" in answer.content.decode()
        assert "_auth_user_id" not in browser.client.session and not user.representations.exists()


class TestOfficials:
    def test_an_official_without_any_role_does_not_become_an_applicant_either(self, visitor, official):
        browser = visitor("medewerker")
        browser.sign_in(official)
        browser.user.role_assignments.all().delete()
        address = Applicant(street="Demoweg 1", postcode="6211 AA", city="Maastricht", email="oda@example.org")
        values = {"name": "Oda", **{name: getattr(address, name) for name in ("street", "postcode", "city", "email")}}
        for answer in (browser.client.get("/mijn/aanvragers/zelf/"), browser.client.post("/mijn/aanvragers/zelf/", values)):
            assert answer.status_code == 302 and answer["Location"] == "/inloggen/geen-rol/"
        assert not Applicant.objects.exists()

    def test_an_official_with_a_role_comes_at_the_work(self, visitor, official):
        browser = visitor("medewerker")
        browser.sign_in(official)
        RoleAssignment.objects.create(user=browser.user, role=Role.CASE_HANDLER, valid_from=clock.today())
        assert visitor("medewerker").sign_in(official)["Location"] == "/behandelen/"

    def test_an_official_without_any_role_is_told_what_to_do(self, visitor, official):
        browser = visitor("medewerker")
        assert browser.sign_in(official)["Location"] == "/inloggen/geen-rol/"
        page = browser.client.get("/inloggen/geen-rol/").content.decode()
        assert "Vraag de functioneel beheerder" in page and browser.user.username in page
        assert not browser.user.roles()

    @pytest.mark.parametrize("amr", [None, [], ["pwd"], "pwd"])
    def test_an_official_without_a_second_factor_is_refused(self, visitor, official, amr):
        answer = visitor("medewerker").sign_in({**official, "amr": amr})
        assert answer.status_code == 403 and "zonder tweede stap" in answer.content.decode()
        assert not User.objects.exists()

    def test_the_second_factor_may_stand_in_another_claim(self, visitor, official, provider, settings):
        settings.SIGN_IN_ENTRIES = provider.settings("staff", mfa_claim="acr", mfa_values=frozenset({"mfa"}))
        assert visitor("medewerker").sign_in({**official, "amr": [], "acr": "mfa"})["Location"] == "/inloggen/geen-rol/"

    def test_groups_give_no_role_unless_the_settings_say_so(self, visitor, official, provider, settings):
        visitor("medewerker").sign_in(official)
        assert not RoleAssignment.objects.exists()
        settings.SIGN_IN_ENTRIES = provider.settings("staff", groups_claim="groups", group_roles={"subsidies": "case_handler"})
        browser = visitor("medewerker")
        assert browser.sign_in(official)["Location"] == "/behandelen/"
        RoleAssignment.objects.create(user=browser.user, role=Role.REVIEWER, valid_from=clock.today())
        visitor("medewerker").sign_in({**official, "groups": []})
        assert User.objects.get(pk=browser.user.pk).roles() == {Role.REVIEWER}, "the role of the group ends; that of the administrator stays"

    def test_the_account_of_an_applicant_does_not_serve_as_that_of_an_official(self, visitor, resident):
        browser = visitor()
        browser.sign_in(resident)
        RoleAssignment.objects.create(user=browser.user, role=Role.CASE_HANDLER, valid_from=clock.today())
        other = visitor()
        answer = other.sign_in(resident)
        assert answer.status_code == 403 and "Log daarom in als medewerker" in answer.content.decode()
        assert "_auth_user_id" not in other.client.session

    def test_the_same_subject_at_two_entries_is_two_people(self, visitor, official, treasurer):
        one, two = visitor("medewerker"), visitor("organisatie")
        one.sign_in({**official, "sub": "same"})
        two.sign_in({**treasurer, "sub": "same"})
        assert one.user != two.user

    def test_the_roles_that_a_group_may_give_are_those_of_officials(self):
        from grants.kernel.roles import STAFF

        assert set(staff_roles()) == {str(role) for role in STAFF}


def test_an_account_that_was_closed_cannot_sign_in(visitor, resident):
    browser = visitor()
    browser.sign_in(resident)
    User.objects.update(is_active=False)
    again = visitor()
    answer = again.sign_in(resident)
    assert answer.status_code == 403 and "gesloten" in answer.content.decode()
    assert "_auth_user_id" not in again.client.session


def test_the_page_offers_what_is_set_and_the_demonstration_beside_it(visitor, provider, settings, world):
    page = visitor().client.get("/inloggen/").content.decode()
    assert all(words in page for words in ("DigiD", "eHerkenning", "medewerker")) and 'name="person"' not in page
    settings.VERLEEND_DEMO = True
    settings.SIGN_IN_ENTRIES = provider.settings("residents")
    page = visitor().client.get("/inloggen/").content.decode()
    assert "/inloggen/inwoner/" in page and "/inloggen/organisatie/" not in page and 'name="person"' in page


def test_without_the_demonstration_nobody_signs_in_as_a_fictitious_person(visitor, world):
    browser = visitor()
    browser.client.post("/inloggen/", {"person": "behandelaar"})
    assert "_auth_user_id" not in browser.client.session


def test_signing_out_also_signs_out_at_the_provider(visitor, resident, provider):
    browser = visitor()
    browser.sign_in(resident)
    answer = browser.client.post("/uitloggen/")
    page = answer.content.decode()
    assert "_auth_user_id" not in browser.client.session
    assert f"{provider.issuer}/session/end?client_id=inwoner&amp;post_logout_redirect_uri=http%3A%2F%2Ftestserver%2F" in page


def test_the_pages_of_allauth_itself_are_not_there(client):
    for address in ("accounts/login/", "accounts/signup/", "accounts/email/", "accounts/password/reset/", "accounts/social/signup/"):
        assert client.get(f"/{address}").status_code == 404
    from django.urls import NoReverseMatch, reverse

    for name in ("account_login", "account_signup", "account_email", "socialaccount_signup", "socialaccount_connections"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_an_entry_that_is_closed_says_so(visitor, provider, settings):
    settings.SIGN_IN_ENTRIES = provider.settings("staff")
    for address in ("/inloggen/inwoner/", "/inloggen/inwoner/terug/?code=x&state=y", "/inloggen/bestaat-niet/"):
        assert "Kies een andere manier" in visitor().client.get(address, follow=True).content.decode()


def test_who_signs_in_too_often_waits_a_minute(visitor, settings):
    from django.core.cache import cache

    cache.clear()
    settings.SIGN_IN_PER_MINUTE = 2
    browser = visitor()
    answers = [browser.client.get("/inloggen/inwoner/").status_code for _ in range(3)]
    cache.clear()
    assert answers == [302, 302, 429]


def test_two_first_times_at_once_make_one_account(visitor, resident, monkeypatch):
    from applicants.signin import accounts

    visitor().sign_in(resident)
    blind, calls = accounts._known, []

    def at_first_blind(person):
        calls.append(person)
        return None if len(calls) == 1 else blind(person)

    monkeypatch.setattr(accounts, "_known", at_first_blind)
    second = visitor()
    second.sign_in(resident)
    assert User.objects.count() == 1 and len(calls) == 2
    assert EH3 not in repr(calls) and "digid-1" not in repr(calls), "what identifies a person shows nowhere, not even in repr"
