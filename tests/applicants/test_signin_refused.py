"""What must not work: a wrong level, a token or code used twice, expired or meant for another, and a provider that is down."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from grants.kernel.models import User
from tests.applicants.conftest import MIDDEN
from tests.services.process import free_port

pytestmark = pytest.mark.django_db


def nobody_signed_in(browser, answer, status=400, words="verlopen, al gebruikt, of hoort bij een ander venster"):
    page = answer.content.decode()
    assert answer.status_code == status and words in page, page
    assert "Traceback" not in page and "_auth_user_id" not in browser.client.session
    return True


@pytest.mark.parametrize("fault", ["expired", "audience", "issuer", "nonce", "signature", "unsigned", "other-sub"])
@pytest.mark.parametrize("slug", ["inwoner", "medewerker"])
def test_an_id_token_that_does_not_fit_is_refused(visitor, provider, resident, official, slug, fault):
    browser = visitor(slug)
    provider.plan(fault)
    assert nobody_signed_in(browser, browser.sign_in(resident if slug == "inwoner" else official))
    assert not User.objects.exists()


def test_an_id_token_that_was_used_serves_nobody_again(visitor, provider, resident):
    visitor().sign_in(resident)
    thief = visitor()
    provider.plan("replay")
    assert nobody_signed_in(thief, thief.sign_in({**resident, "sub": "digid-1"}))


def test_a_code_serves_once(visitor, provider, resident):
    browser = visitor()
    address = provider.authorize(browser.leave(), resident)
    browser.come_back(address)
    browser.client.post("/uitloggen/")
    assert nobody_signed_in(browser, browser.come_back(address)), "its state was used up"
    state = parse_qs(urlsplit(browser.leave()).query)["state"][0]
    code = parse_qs(urlsplit(address).query)["code"][0]
    assert nobody_signed_in(browser, browser.client.get("/inloggen/inwoner/terug/", {"code": code, "state": state})), "and so was the code itself"


def test_the_answer_of_one_browser_does_not_serve_another(visitor, provider, resident):
    victim, thief = visitor(), visitor()
    address = provider.authorize(thief.leave(), resident)
    victim.leave()
    assert nobody_signed_in(victim, victim.come_back(address))


def test_a_code_put_into_the_sign_in_of_another_is_refused(visitor, provider, resident):
    """PKCE: a stolen code is worth nothing without the word that its own browser kept."""
    thief, victim = visitor(), visitor()
    stolen = parse_qs(urlsplit(provider.authorize(victim.leave(), resident)).query)["code"][0]
    state = parse_qs(urlsplit(thief.leave()).query)["state"][0]
    assert nobody_signed_in(thief, thief.client.get("/inloggen/inwoner/terug/", {"code": stolen, "state": state}))


def test_an_answer_in_the_name_of_another_provider_is_refused(visitor, provider, resident):
    browser = visitor()
    address = provider.authorize(browser.leave(), resident).replace("iss=http%3A%2F%2F127.0.0.1", "iss=http%3A%2F%2F127.0.0.2")
    assert nobody_signed_in(browser, browser.come_back(address))


@pytest.mark.parametrize("query", [{}, {"code": "x"}, {"code": "x", "state": "y"}, {"error": "server_error"}, {"state": "\x00"}])
def test_an_answer_out_of_the_blue_is_refused(visitor, query):
    browser = visitor()
    assert nobody_signed_in(browser, browser.client.get("/inloggen/inwoner/terug/", query))


def test_who_stops_at_the_provider_is_told_so_and_can_try_again(visitor):
    browser = visitor()
    page = browser.sign_in("cancel", next="/regelingen/LB-INW/")
    assert nobody_signed_in(browser, page, 200, "U bent gestopt met inloggen")
    assert "/inloggen/inwoner/?next=%2Fregelingen%2FLB-INW%2F" in page.content.decode()


@pytest.mark.parametrize("fault", ["nojson"])
def test_an_answer_that_cannot_be_read_is_the_provider_being_down(visitor, provider, resident, fault):
    browser = visitor()
    provider.plan(fault)
    assert nobody_signed_in(browser, browser.sign_in(resident), 503, "geeft nu geen antwoord")


def test_an_error_of_the_provider_is_not_blamed_on_the_person(visitor, provider, resident):
    browser = visitor()
    provider.plan("broken")
    assert nobody_signed_in(browser, browser.sign_in(resident), 503, "Dat ligt niet aan u")


def test_a_provider_that_is_down_gives_a_clear_sentence(visitor, provider, resident, settings):
    browser = visitor()
    address = re.sub(r"&iss=[^&]*", "", provider.authorize(browser.leave(), resident))
    entries = provider.settings()
    settings.SIGN_IN_ENTRIES = {name: {**entry, "issuer": f"http://127.0.0.1:{free_port()}"} for name, entry in entries.items()}
    assert nobody_signed_in(browser, browser.client.get("/inloggen/inwoner/"), 503, "Dan mag dat ook op papier")
    assert nobody_signed_in(browser, browser.come_back(address), 503, "Inloggen kan nu even niet")


def test_a_provider_that_calls_itself_otherwise_is_not_used(visitor, provider, settings):
    settings.SIGN_IN_ENTRIES = provider.settings(issuer=provider.issuer.replace("127.0.0.1", "localhost"))
    browser = visitor()
    assert nobody_signed_in(browser, browser.client.get("/inloggen/inwoner/"), 503, "geeft nu geen antwoord")


class TestLevel:
    """A broker that answers with a lower level than we asked."""

    def test_too_low_says_why_and_what_is_needed(self, visitor, resident, live):
        from applicants.models import Representation

        case = live("draft", scheme="LB-INW").case
        browser = visitor()
        browser.sign_in({**resident, "acr": MIDDEN})
        Representation.objects.create(user=browser.user, applicant=case.applicant, valid_from="2026-01-01")
        assert browser.client.get(f"/aanvragen/{case.pk}/controleren/").status_code == 200, "to fill in, it is enough"
        answer = browser.client.post(f"/aanvragen/{case.pk}/insturen/", {"verklaring": "ja"})
        page = answer.content.decode()
        assert answer.status_code == 403 and "DigiD Substantieel" in page and "DigiD Midden" in page and "op papier" in page
        case.refresh_from_db()
        assert case.status == "draft"

    @pytest.mark.parametrize("acr", ["urn:never-heard-of", None, ""])
    def test_a_level_that_nobody_knows_opens_nothing(self, visitor, resident, acr):
        browser = visitor()
        browser.sign_in({**resident, "acr": acr})
        answer = browser.client.get("/mijn/")
        assert answer.status_code == 403 and "die wij niet kennen" in answer.content.decode()

    def test_an_organisation_needs_level_three_to_read_a_decision(self, visitor, treasurer, world):
        browser = visitor("organisatie")
        browser.sign_in({**treasurer, "acr": "urn:etoegang:core:assurance-class:loa2plus"})
        assert browser.client.get("/mijn/").status_code == 200
        page = browser.client.get("/brieven/00000000-0000-4000-8000-000000000000/")
        assert page.status_code == 403 and "eHerkenning niveau 3" in page.content.decode()

    def test_the_next_sign_in_asks_for_the_level_that_was_lacking(self, visitor, resident):
        browser = visitor()
        browser.sign_in({**resident, "acr": MIDDEN})
        asked = parse_qs(urlsplit(browser.leave(soort="submit_application")).query)
        assert MIDDEN not in asked["acr_values"][0]
        asked = parse_qs(urlsplit(browser.leave(soort="see_case")).query)
        assert MIDDEN in asked["acr_values"][0]

    def test_a_script_gets_a_word_instead_of_a_page(self, visitor, resident):
        browser = visitor()
        browser.sign_in({**resident, "acr": ""})
        answer = browser.client.get("/mijn/", headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (403, "level_too_low")


@pytest.mark.parametrize("address", ["/aanvragen/{id}/", "/aanvragen/{id}/invullen/", "/aanvragen/{id}/gegevens/", "/aanvragen/{id}/bezwaar/"])
def test_the_case_of_somebody_else_is_not_found_by_guessing(visitor, resident, live, address):
    case = live("verleend").case
    browser = visitor()
    browser.sign_in(resident)
    assert browser.client.get(address.format(id=case.pk)).status_code == 404
    assert browser.client.get(f"/aanvragen/{case.case_number}/").status_code == 404
    assert browser.client.get(f"/behandelen/{case.pk}/").status_code == 403
