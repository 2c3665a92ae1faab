"""The public pages: what is not published is nowhere, and looking costs the same however much there is."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.control.learning.finding import NEWEST
from grants.control.learning.models import Lesson, LessonProposal
from grants.control.learning.services import proposing, reviewing
from grants.control.learning.views import public
from grants.kernel.keyset import cursor_of
from tests.control.stories import lesson, officer, reported, user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("module_world")]
SECRET = "Zeldzaamwoord"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def story(module_world):
    return reported()


@pytest.fixture
def client():
    return Client()


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def found(client, **asked):
    answer = client.get("/lerend-netwerk/", asked)
    assert answer.status_code == 200
    return {row.title for row in answer.context["page"].rows}


@pytest.fixture(params=["draft", "taken_back", "consent"])
def hidden(request, story):
    """A lesson that nobody outside may see, by one of three ways, beside a published one it is related to."""
    shown = lesson(title="Zichtbaar", kind="question", area="donderberg")
    if request.param == "draft":
        return lesson(publish=False, title=SECRET, text=SECRET, answers=shown.pk, area="donderberg"), shown
    made = lesson(title=SECRET, text=SECRET, answers=shown.pk, area="donderberg")
    if request.param == "taken_back":
        reviewing.take_back(lesson_id=made.pk, by=officer(), reason="x")
    else:
        Lesson.objects.filter(pk=made.pk).update(proposal=story[1])
        proposing.withdraw_consent(proposal_id=story[1].pk, by=story[0].asker.user)
    return made, shown


def test_what_is_not_published_is_nowhere(client, hidden):
    made, shown = hidden
    for address in (f"/lerend-netwerk/les/{made.pk}/", f"/lerend-netwerk/les/{made.pk}/antwoord/"):
        client.force_login(user("bewoner"))
        assert client.get(address).status_code == 404
    client.logout()
    for address in ("/lerend-netwerk/", f"/lerend-netwerk/?q={SECRET}", "/lerend-netwerk/?gebied=donderberg", "/lerend-netwerk/feed/", f"/lerend-netwerk/les/{shown.pk}/"):
        page = text_of(client, address).replace(f'value="{SECRET}"', "").replace(f"q={SECRET}", "")
        assert SECRET not in page, address


def test_it_is_found_there_once_published(client):
    shown = lesson(title="Zichtbaar", kind="question", area="donderberg")
    other = lesson(title=SECRET, answers=shown.pk, area="donderberg")
    for address in ("/lerend-netwerk/", f"/lerend-netwerk/?q={SECRET}", "/lerend-netwerk/?gebied=donderberg", "/lerend-netwerk/feed/", f"/lerend-netwerk/les/{shown.pk}/", f"/lerend-netwerk/les/{other.pk}/"):
        assert SECRET in text_of(client, address).replace(f'value="{SECRET}"', ""), address


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "cafe"}, {"q": "CAFÉ repair"}, {"q": "paircaf"}, {"q": "leren"}, {"soort": "bottleneck"}, {"thema": "leren"}, {"doel": "S1"}, {"gebied": "heerlen-noord"},
        {"gemeente": "GM0917"}, {"q": "café", "thema": "leren", "soort": "bottleneck"},
    ],
)
def test_lessons_are_found_by_words_and_labels(client, asked):
    lesson(title="RepairCafé", kind="bottleneck", themes=("werken", "leren"), goals=("S1", "S2"), area="heerlen-noord", text="x")
    lesson(title="Anders", themes=("wonen",), goals=("S3",), area="donderberg", text="y")
    expected = {"RepairCafé"} if asked != {"q": "CAFÉ repair"} else {"RepairCafé"}
    assert found(client, **asked) == expected


@pytest.mark.parametrize("asked", [{"q": "%"}, {"q": "_"}, {"q": "'; DROP"}, {"q": "\0"}, {"thema": "x"}, {"gebied": "|"}, {"na": "xx"}, {"q": "a" * 5000}])
def test_a_strange_question_is_answered(client, asked):
    lesson()
    assert client.get("/lerend-netwerk/", asked).status_code == 200
    assert client.get("/lerend-netwerk/feed/", asked).status_code == 200


def test_a_sign_that_a_database_knows_is_just_a_sign(client):
    lesson(title="Een", text="x")
    assert found(client, q="x_") == {"Een"} and found(client, q="zz%") == set()


def test_pages_run_by_key(client, monkeypatch):
    monkeypatch.setattr(public, "PAGE", 2)
    made = [lesson(title=f"Les {n}").title for n in range(5)]
    seen, address = [], "/lerend-netwerk/?soort=good_practice"
    for _ in range(3):
        page = client.get(address).context["page"]
        seen += [row.title for row in page.rows]
        address = f"/lerend-netwerk/?soort=good_practice&na={page.next}"
    assert seen == made[::-1] and page.next == ""


def test_a_cursor_does_not_open_what_is_hidden(client):
    first = lesson(title="Eerste")
    cursor = cursor_of(lesson(title="Tweede"), NEWEST)
    reviewing.take_back(lesson_id=first.pk, by=officer(), reason="x")
    assert client.get("/lerend-netwerk/", {"na": cursor}).context["page"].rows == []


@pytest.mark.parametrize("address", ["/lerend-netwerk/", "/lerend-netwerk/feed/", "/lerend-netwerk/?thema=wonen&q=samen", "lesson", "/lerend-netwerk/experts/", "/beheer/lerend-netwerk/", "/beheer/lerend-netwerk/lessen/"])
def test_a_page_asks_as_many_queries_at_3_rows_as_at_30(address):
    client = Client()
    client.force_login(officer())
    question = lesson(kind="question", title="Vraag", area="donderberg")
    address = question.get_absolute_url() if address == "lesson" else address

    def more(number):
        for n in range(number):
            lesson(title=f"L{n}", answers=question.pk, area="heerlen-noord", municipality="")
            lesson(title=f"M{n}", area="donderberg", themes=("wonen", "leren"))
            proposing.contribute(question_id=question.pk, text="Zo.", by=user("bewoner"))

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    more(3)
    few = queries()
    more(15)
    assert queries() == few <= 9


def test_a_visitor_needs_no_cookie(client):
    made = lesson()
    for address in ("/lerend-netwerk/", made.get_absolute_url(), "/lerend-netwerk/feed/", "/lerend-netwerk/experts/", "/lerend-netwerk/bijeenkomsten/"):
        assert not client.get(address).cookies, address


def test_the_feed_is_atom_with_whole_addresses_and_safe_words(client, settings):
    settings.PUBLIC_URL = "https://subsidie.example.org"
    made = lesson(title="Een & <b>twee</b>", text="<script>alert(1)</script>\x0b ok")
    root = ET.fromstring(text_of(client, "/lerend-netwerk/feed/?soort=good_practice"))
    entry = root.find(f"{ATOM}entry")
    assert root.tag == f"{ATOM}feed" and entry.find(f"{ATOM}title").text == "Een & <b>twee</b>"
    assert entry.find(f"{ATOM}link").get("href") == f"https://subsidie.example.org/lerend-netwerk/les/{made.pk}/"
    assert entry.find(f"{ATOM}id").text == f"urn:uuid:{made.pk}" and "<script>" not in entry.find(f"{ATOM}summary").text


def test_related_lessons_share_most_first(client):
    made = lesson(title="Hier", themes=("wonen", "leren"), area="donderberg")
    lesson(title="Alles", themes=("wonen", "leren"), area="donderberg")
    lesson(title="Iets", themes=("wonen",), goals=())
    lesson(title="Niets", themes=("werken",), goals=("S1",))
    assert [row.title for row in client.get(made.get_absolute_url()).context["related"]] == ["Alles", "Iets"]


def test_anyone_signed_in_answers_a_question_and_it_waits(client):
    question = lesson(kind="question", title="Hoe dan?")
    address = f"{question.get_absolute_url()}antwoord/"
    assert client.get(address).status_code == 302
    client.force_login(user("bewoner"))
    refused = client.post(address, {"text": "Met koffie."})
    assert refused.status_code == 400 and "Met koffie." in refused.content.decode()
    assert client.post(address, {"text": "Met koffie.", "agreed": "on"}).status_code == 302
    assert "Met koffie." not in text_of(client, question.get_absolute_url())
    assert "Hoe dan?" in text_of(client, "/lerend-netwerk/mijn/")


def test_the_giver_sees_and_withdraws_and_others_do_not(client, story):
    proposal = LessonProposal.objects.get(pk=story[1].pk)
    address = f"/lerend-netwerk/mijn/{proposal.pk}/intrekken/"
    client.force_login(user("bewoner"))
    assert client.get(address).status_code == client.post(address).status_code == 404
    client.force_login(user("penningmeester"))
    assert "Samen koken werkte." in text_of(client, address)
    assert client.post(address).status_code == 302
    assert LessonProposal.objects.get(pk=proposal.pk).state == "withdrawn"
    assert "U trok uw toestemming in" in text_of(client, "/lerend-netwerk/mijn/")


def test_the_case_page_of_the_applicant_says_what_is_shared(client, story):
    client.force_login(user("penningmeester"))
    assert "/lerend-netwerk/mijn/" in text_of(client, f"/aanvragen/{story[0].id}/")


def test_a_text_is_shown_as_text(client):
    page = text_of(client, lesson(text="<img src=x onerror=alert(1)>").get_absolute_url())
    assert "<img src=x" not in page and "&lt;img" in page
