"""The work list: who sees what, in which order, and that it costs the same at any length."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.services import assigning
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.models import RoleAssignment, User
from grants.project.demo.lives import person
from grants.project.synthetic.cases import synthesize
from tests.decisions.test_assigning import HANDLER, SENIOR, handler_named

pytestmark = pytest.mark.django_db


def page(username="behandelaar", **asked):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.get(f"/behandelen/?{urlencode(asked)}")


def shown(username="behandelaar", **asked):
    return [row.case_number for row in page(username, **asked).context["page"].rows]


def numbers(*lives):
    return [life.case.case_number for life in lives]


def due(life, days):
    Application.objects.filter(pk=life.id).update(next_due_on=clock.today() + timedelta(days=days))


def test_the_case_that_the_law_wants_first_stands_first_and_one_without_a_term_last(live):
    waits, later, late = live("verleend"), live("received", days_ago=10), live("received", days_ago=300)
    assert shown() == numbers(late, later, waits)
    assert "te laat" in page().content.decode()


def test_mine_the_team_s_and_what_nobody_handles(live, world):
    mine, other, free = live("received"), live("received"), live("received")
    who = person(*HANDLER)
    assigning.assign(application_id=mine.id, handler=who.user, expected=None, actor=who)
    assigning.assign(application_id=other.id, handler=handler_named("collega"), expected=None, actor=person(*SENIOR))
    assert shown(werk="mijn") == numbers(mine) and shown(werk="vrij") == numbers(free) and len(shown()) == 3


WINDOWS = [("laat", {-1}), ("vandaag", {0}), ("week", {0, 7}), ("vierweken", {0, 7, 8, 28})]


@pytest.mark.parametrize(("window", "expected"), WINDOWS)
def test_a_window_has_its_first_and_last_day_and_not_the_days_beside_them(live, window, expected):
    lives = {days: live("received") for days in (-1, 0, 7, 8, 28, 29)}
    for days, life in lives.items():
        due(life, days)
    assert set(shown(termijn=window)) == set(numbers(*(lives[days] for days in expected)))


def test_filters_narrow_and_work_together(live):
    one, other = live("received"), live("received", scheme="LB-INW")
    third = live("assessed")
    assert set(shown(regeling="LB-SVC")) == set(numbers(one, third)) and shown(regeling="LB-SVC", status="received") == numbers(one)
    assert shown(soort="natuurlijk_persoon") == numbers(other)
    assert shown(gemeente="GM0928") and not shown(gemeente="GM0935") and not shown(gebied="kerkrade-west", soort="gemeente")


def test_closed_cases_are_shown_when_asked_for_and_when_searched(live):
    closed = live("closed")
    assert shown() == [] and shown(status="closed") == shown(status="alle") == numbers(closed)
    assert shown(q=closed.case.case_number) == numbers(closed)


def test_a_choice_that_we_do_not_know_is_said_and_left_out(live):
    life = live("received")
    answer = page(status="onzin", regeling="'; drop table", sorteer="willekeur")
    assert "kennen wij niet" in answer.content.decode() and [row.pk for row in answer.context["page"].rows] == [life.id]


def test_a_place_in_the_list_that_we_do_not_know_shows_the_beginning(live):
    life = live("received")
    answer = page(na="onzin")
    assert "het begin van de lijst" in answer.content.decode() and [row.pk for row in answer.context["page"].rows] == [life.id]


def test_nobody_sees_a_draft_or_a_case_of_another_scheme(live):
    life = live("received")
    live("draft")
    stranger = handler_named("vreemde", "LB-INW")
    assert shown() == numbers(life) and shown(stranger.username) == [] and shown(stranger.username, q=life.case.case_number) == []
    RoleAssignment.objects.filter(user=stranger).update(scheme_code="LB-SVC")
    assert shown(stranger.username) == numbers(life)


def test_a_title_with_marks_in_it_stays_text(live):
    Application.objects.filter(pk=live("received").id).update(title="<b>Kermis</b> & zo")
    text = page().content.decode()
    assert "&lt;b&gt;Kermis&lt;/b&gt; &amp; zo" in text and "<b>Kermis" not in text


ASKED = [
    {}, {"werk": "mijn"}, {"werk": "vrij"}, {"status": "verleend"}, {"termijn": "week"}, {"q": "vereniging"}, {"gemeente": "GM0928"},
    *({"sorteer": name} for name in ("ontvangen", "bijgewerkt", "zaaknummer", "bedrag")),
]


def queries(client, **asked):
    with CaptureQueriesContext(connection) as found:
        assert client.get(f"/behandelen/?{urlencode(asked)}").status_code == 200
    return len(found)


def test_the_list_asks_as_many_queries_at_3_rows_as_at_30_and_at_300(world):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    counts = []
    for more in (3, 27, 270):
        synthesize(more)
        counts.append([queries(client, **asked) for asked in ASKED])
    assert counts[0] == counts[1] == counts[2] and max(counts[0]) <= 12


def test_the_list_counts_to_a_thousand_and_no_further(world, monkeypatch):
    from decisions.views import work

    monkeypatch.setattr(work, "COUNTED", 5)
    synthesize(8)
    assert "Meer dan 5 zaken" in page(status="alle").content.decode() and "8 zaken" not in page(status="alle").content.decode()


def test_pages_lead_on_and_back_with_the_same_question(world, monkeypatch):
    from decisions.views import work

    monkeypatch.setattr(work, "PAGE", 3)
    synthesize(8)
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    answer = client.get("/behandelen/?status=alle&sorteer=bedrag")
    seen = [row.pk for row in answer.context["page"].rows]
    first, steps = list(seen), 0
    while answer.context["page"].next:
        answer = client.get(f"/behandelen/?{answer.context['address']}&na={answer.context['page'].next}")
        seen += [row.pk for row in answer.context["page"].rows]
        steps += 1
    assert steps == 2 and len(set(seen)) == len(seen) == 8
    for _ in range(steps):
        answer = client.get(f"/behandelen/?{answer.context['address']}&voor={answer.context['page'].previous}")
    assert [row.pk for row in answer.context["page"].rows] == first and not answer.context["page"].previous
