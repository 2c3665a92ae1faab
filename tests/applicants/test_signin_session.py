"""How long a session lasts, and that what was typed comes along over its end."""

from __future__ import annotations

import re
from html import unescape

import pytest
import time_machine
from django.test import Client

from applicants.models import Representation
from grants.kernel.models import RoleAssignment, User
from tests.applicants.conftest import MIDDEN

pytestmark = pytest.mark.django_db
START = "2026-11-02T10:00:00+01:00"


def hidden(answer):
    """The hidden fields of the page's own form."""
    form = answer.content.decode().split("<main", 1)[1]
    return {name: unescape(value) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)}


@pytest.fixture
def moment():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def applicant(visitor, resident, live):
    """A resident with a draft."""
    browser = visitor()
    browser.sign_in(resident)
    browser.case = live("draft", scheme="LB-INW").case
    Representation.objects.create(user=browser.user, applicant=browser.case.applicant, valid_from="2024-01-01")
    browser.form = f"/aanvragen/{browser.case.pk}/invullen/plan/"
    return browser


@pytest.fixture
def demo(world, moment):
    """Demo people: the provider's tokens know no travelled time."""
    def signed_in(username, **more):
        client = Client()
        client.post("/inloggen/", {"person": username, **more})
        assert "_auth_user_id" in client.session
        return client
    return signed_in


@pytest.mark.parametrize(("username", "minutes"), [("bewoner", 15), ("behandelaar", 30)])
def test_after_the_idle_limit_one_is_signed_out_and_not_before(demo, moment, username, minutes):
    client = demo(username)
    for seconds in (minutes * 60 - 1, minutes * 60 - 1):
        moment.shift(seconds)
        assert client.get("/mijn/").status_code == 200, "an act begins the limit anew"
    moment.shift(minutes * 60)
    answer = client.get("/mijn/")
    assert (answer.status_code, answer["Location"]) == (302, "/inloggen/?next=%2Fmijn%2F&verlopen=1")
    assert "U deed een tijd niets" in client.get(answer["Location"]).content.decode()
    assert "_auth_user_id" not in client.session


def test_the_limit_for_officials_is_a_setting(demo, moment, settings):
    settings.SESSION_IDLE_MINUTES_STAFF = 5
    client = demo("behandelaar")
    moment.shift(301)
    assert client.get("/behandelen/").status_code == 302


def test_after_so_many_hours_everybody_signs_in_again(demo, moment, settings):
    client = demo("bewoner")
    for _ in range(settings.SESSION_HOURS * 6 - 1):
        moment.shift(600)
        assert client.get("/mijn/").status_code == 200
    moment.shift(600)
    assert client.get("/mijn/").status_code == 302


def test_asking_how_long_it_lasts_makes_it_no_longer_and_staying_does(demo, moment):
    client = demo("bewoner")
    moment.shift(800)
    assert client.get("/inloggen/tijd/").json() == {"seconds": 100}
    assert client.post("/inloggen/blijven/", headers={"Accept": "application/json"}).json() == {"seconds": 900}
    assert "U blijft ingelogd" in client.post("/inloggen/blijven/").content.decode(), "and without a script it is a page"
    moment.shift(901)
    assert client.get("/inloggen/tijd/").json() == {"seconds": 0}
    assert Client().get("/inloggen/tijd/").json() == {"seconds": 0}


def test_the_page_says_it_in_plain_text_with_a_button_and_loads_the_script(demo):
    page = demo("bewoner").get("/mijn/").content.decode()
    assert "Doet u 15 minuten niets?" in page and "Blijf ingelogd" in page and "site/session.js" in page
    assert "session-limit" not in Client().get("/").content.decode()


@pytest.mark.parametrize(
    "headers", [{"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}, {"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}],
    ids=["json", "xhr", "htmx", "fetch"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_script_hears_that_the_session_ended(demo, moment, headers, method):
    client = demo("bewoner")
    moment.shift(901)
    answer = getattr(client, method)("/mijn/", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["code"] == "session_ended" and answer.json()["sign_in"].startswith("/inloggen/?next=")


class TestTyped:
    """What was typed when the session ended, over the whole way to the provider and back."""

    def ended(self, applicant, **fields):
        kept = hidden(applicant.client.get(applicant.form))
        applicant.client.logout()
        return applicant.client.post(applicant.form, {**kept, "titel": "Met moeite getypt", **fields})

    def test_it_comes_along_to_the_provider_and_back(self, applicant, resident):
        page = self.ended(applicant)
        assert page.status_code == 401
        choose = applicant.client.post("/inloggen/", hidden(page)).content.decode()
        assert "is er nog" in choose
        link = unescape(re.search(r'href="/inloggen/inwoner/\?([^"]+)"', choose)[1])
        address = applicant.client.get(f"/inloggen/inwoner/?{link}")["Location"]
        assert "getypt" not in address
        resumed = applicant.come_back(applicant.provider.authorize(address, resident))
        assert "U bent weer ingelogd" in resumed.content.decode()
        applicant.client.post(applicant.form, hidden(resumed))
        applicant.case.refresh_from_db()
        assert applicant.case.title == "Met moeite getypt"

    def test_it_survives_a_sign_in_that_fails_first(self, applicant, resident):
        choose = applicant.client.post("/inloggen/", hidden(self.ended(applicant))).content.decode()
        link = unescape(re.search(r'href="/inloggen/inwoner/\?([^"]+)"', choose)[1])
        failed = applicant.come_back(applicant.provider.authorize(applicant.client.get(f"/inloggen/inwoner/?{link}")["Location"], "cancel"))
        again = unescape(re.search(r'href="(/inloggen/inwoner/\?[^"]+)"', failed.content.decode())[1])
        resumed = applicant.come_back(applicant.provider.authorize(applicant.client.get(again)["Location"], resident))
        assert hidden(resumed)["titel"] == "Met moeite getypt"

    def test_somebody_else_on_the_same_computer_does_not_get_to_see_it(self, visitor, applicant, resident):
        from applicants.signin import session

        session_row = applicant.client.session
        session_row[session.SEEN] = 0
        session_row.save()
        page = applicant.client.post(applicant.form, {"titel": "Van een ander"})
        assert page.status_code == 401 and "typed-by" in hidden(page)
        choose = applicant.client.post("/inloggen/", hidden(page)).content.decode()
        link = unescape(re.search(r'href="/inloggen/inwoner/\?([^"]+)"', choose)[1])
        address = applicant.client.get(f"/inloggen/inwoner/?{link}")["Location"]
        answer = applicant.come_back(applicant.provider.authorize(address, {**resident, "sub": "somebody-else", "bsn": ""}))
        assert "iemand anders had getypt" in applicant.client.get("/").content.decode()
        assert answer.status_code == 302 and "Van een ander" not in str(dict(applicant.client.session))

    def test_it_comes_along_to_a_stronger_means(self, applicant, resident, visitor):
        applicant.sign_in({**resident, "acr": MIDDEN})
        page = applicant.client.post(f"/aanvragen/{applicant.case.pk}/insturen/", {"verklaring": "ja"})
        assert page.status_code == 403
        choose = applicant.client.post("/inloggen/", hidden(page)).content.decode()
        link = unescape(re.search(r'href="/inloggen/inwoner/\?([^"]+)"', choose)[1])
        assert "soort=submit_application" in link
        resumed = applicant.come_back(applicant.provider.authorize(applicant.client.get(f"/inloggen/inwoner/?{link}")["Location"], resident))
        assert hidden(resumed)["verklaring"] == "ja"
        assert "Uw zaaknummer is" in applicant.client.post(f"/aanvragen/{applicant.case.pk}/insturen/", hidden(resumed), follow=True).content.decode()

    def test_a_page_that_was_only_looked_at_is_where_one_comes_back(self, applicant, resident):
        applicant.client.logout()
        to = applicant.client.get(applicant.form)["Location"]
        choose = applicant.client.get(to).content.decode()
        link = unescape(re.search(r'href="/inloggen/inwoner/\?([^"]+)"', choose)[1])
        back = applicant.come_back(applicant.provider.authorize(applicant.client.get(f"/inloggen/inwoner/?{link}")["Location"], resident))
        assert back["Location"] == applicant.form

    def test_a_form_of_before_a_new_sign_in_is_offered_once_more(self, applicant):
        browser = Client(enforce_csrf_checks=True)
        browser.cookies = applicant.client.cookies
        own = browser.post(applicant.form, {"titel": "Uit het andere venster"}, headers={"Origin": "http://testserver"})
        assert own.status_code == 403 and hidden(own)["titel"] == "Uit het andere venster"
        foreign = browser.post(applicant.form, {"titel": "Van elders"}, headers={"Origin": "http://evil.example"})
        assert foreign.status_code == 403 and "Van elders" not in foreign.content.decode()
        applicant.case.refresh_from_db()
        assert applicant.case.title != "Uit het andere venster"


def test_ended_sessions_go_and_what_was_typed_with_them(demo, moment):
    from django.contrib.sessions.models import Session

    from applicants.tasks import forget_sessions

    demo("bewoner")
    assert Session.objects.count() == 1
    moment.shift(11 * 3600)
    forget_sessions()
    assert not Session.objects.exists()


@pytest.mark.parametrize(("means", "status"), [("basic", 403), ("low", 200), ("substantial", 200), ("", 200), ("nonsense", 200)])
def test_a_demo_person_chooses_a_means(demo, means, status):
    assert demo("bewoner", means=means).get("/mijn/").status_code == status


def test_a_role_of_a_demo_official_needs_no_level(demo):
    client = demo("behandelaar", means="basic")
    assert client.get("/behandelen/").status_code == 200
    assert RoleAssignment.objects.filter(user=User.objects.get(username="behandelaar")).exists()


def test_a_link_to_the_sign_in_page_brings_nothing_that_is_then_sent_in(demo):
    """Otherwise a stranger's link becomes, with one button after signing in, an act in somebody's own name."""
    made_up = "/inloggen/?next=/mijn/aanvragers/zelf/&resume-email=stranger@example.org"
    page = Client().get(made_up)
    assert 'name="resume-email"' not in page.content.decode() and "is er nog" not in page.content.decode()
    browser = Client()
    fields = {name: value for name, value in hidden(browser.get(made_up)).items() if name.startswith("resume-")}
    answer = browser.post(made_up, {"person": "bewoner", "next": "/mijn/aanvragers/zelf/", **fields})
    assert answer.status_code == 302, "on to the page itself, with nothing filled in"
