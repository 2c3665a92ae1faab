"""A view of the work list with a name: one's own, or of the whole team."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.models import SavedView
from decisions.views.saved_views import MOST
from grants.kernel.models import User

pytestmark = pytest.mark.django_db
PAGE = "/behandelen/weergaven/"


@pytest.fixture
def sign_in(world):
    def signed_in(username):
        client = Client()
        client.force_login(User.objects.get(username=username))
        return client

    return signed_in


def tabs(client):
    return [name for name, _address, _now in client.get("/behandelen/").context["tabs"]][4:]


def test_a_view_becomes_a_tab_for_its_owner_alone(sign_in):
    client = sign_in("behandelaar")
    answer = client.post(PAGE, {"lijst": "werk=mijn&termijn=week&sorteer=bedrag", "name": "  Mijn week "}, follow=True)
    assert answer.redirect_chain[-1][0] == "/behandelen/?werk=mijn&termijn=week&sorteer=bedrag"
    assert ("Mijn week", "werk=mijn&termijn=week&sorteer=bedrag", True) in answer.context["tabs"]
    assert tabs(client) == ["Mijn week"] and tabs(sign_in("toetser")) == []


def test_only_choices_that_we_know_are_kept(sign_in):
    sign_in("behandelaar").post(PAGE, {"lijst": "werk=mijn&status=onzin&x=1&sorteer=%00&q=<b>&na=WyJ4Il0", "name": "Vreemd"})
    assert SavedView.objects.get().query == "werk=mijn&q=%3Cb%3E"


def test_a_senior_shares_a_view_with_the_team_and_takes_it_back(sign_in):
    senior, other = sign_in("senior"), sign_in("behandelaar")
    senior.post(PAGE, {"lijst": "termijn=laat", "name": "Te laat", "is_shared": "on"})
    assert tabs(other) == ["Te laat"]
    address = f"{PAGE}{SavedView.objects.get().pk}/"
    assert other.post(address, {"wat": "weg"}).status_code == 404 and tabs(other) == ["Te laat"]
    senior.post(address, {"wat": "deel"})
    assert tabs(other) == [] and tabs(senior) == ["Te laat"]


def test_who_is_no_senior_shares_nothing(sign_in):
    client = sign_in("behandelaar")
    client.post(PAGE, {"name": "Voor allen", "is_shared": "on"})
    address = f"{PAGE}{SavedView.objects.get().pk}/"
    assert "Alleen een senior" in client.post(address, {"wat": "deel"}, follow=True).content.decode()
    assert not SavedView.objects.get().is_shared and tabs(sign_in("toetser")) == []


def test_one_removes_ones_own_view(sign_in):
    client = sign_in("behandelaar")
    client.post(PAGE, {"name": "Weg"})
    client.post(f"{PAGE}{SavedView.objects.get().pk}/", {"wat": "weg"})
    assert not SavedView.objects.exists()


BAD = [({"name": ""}, "verplicht"), ({"name": "   "}, "verplicht"), ({"name": "Spoed"}, "al een weergave met deze naam"), ({"name": "x" * 61}, "60")]


@pytest.mark.parametrize(("given", "words"), BAD)
def test_a_name_that_will_not_do_is_told(sign_in, given, words):
    client = sign_in("behandelaar")
    SavedView.objects.create(owner=User.objects.get(username="behandelaar"), name="Spoed")
    text = client.post(PAGE, {"lijst": "werk=mijn", **given}).content.decode()
    assert words in text and 'name="lijst" value="werk=mijn"' in text and SavedView.objects.count() == 1


def test_there_are_no_more_tabs_than_fit_and_the_page_costs_the_same(sign_in):
    client = sign_in("behandelaar")
    counts = []
    for number in range(MOST + 1):
        if number in (1, MOST):
            with CaptureQueriesContext(connection) as found:
                client.get(PAGE)
            counts.append(len(found))
        answer = client.post(PAGE, {"name": f"Weergave {number}"})
    assert SavedView.objects.count() == MOST and "Verwijder er eerst een" in answer.content.decode() and counts[0] == counts[1]
