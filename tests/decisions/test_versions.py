"""The page that compares two versions of an application."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from grants.applications.models import Submission
from grants.applications.services import applying
from grants.kernel.models import User

pytestmark = pytest.mark.django_db


def read(username, address):
    client = Client()
    client.force_login(User.objects.get(username=username))
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def life(live):
    """An application that was completed with another title, another cost and another account number."""
    life = live("awaiting_completion")
    life.later(2)
    definition = life.case.version.definition
    keys = {q.maps_to: q.key for q in definition.questions if q.maps_to}
    costs = next(q.key for q in definition.questions if q.kind == "cost_table")
    answers = dict(life.case.draft_answers) | {
        keys["title"]: "Stoelen op het plein",
        costs: [{"description": "Materiaal", "amount": "29000,00"}, {"description": "Bezorgen", "amount": "1000,00"}],
    }
    applying.complete(application_id=life.id, answers=answers, actor=life.asker, day=life.day)
    return life


def test_what_went_out_and_came_in_is_told_in_words_and_not_by_colour_alone(life):
    page = read("behandelaar", f"/behandelen/{life.id}/vergelijken/")
    assert '<del><span class="visually-hidden">verwijderd: </span>Bankjes</del>' in page
    assert '<ins><span class="visually-hidden">toegevoegd: </span>Stoelen</ins>' in page
    assert "veranderd" in page and "€ 29.000,00" in page and "Bezorgen" in page and "vragen bleven gelijk" in page


def test_the_order_in_which_two_versions_are_chosen_does_not_matter(life):
    first, second = life.case.submissions.order_by("received_at")
    address = f"/behandelen/{life.id}/vergelijken/"
    one, other = read("behandelaar", f"{address}?van={first.pk}&met={second.pk}"), read("behandelaar", f"{address}?van={second.pk}&met={first.pk}")
    assert one.split("Wat veranderde")[1].split("</main>")[0] == other.split("Wat veranderde")[1].split("</main>")[0]


@pytest.mark.parametrize("choice", ["?van=1&met=1", "?van=abc&met=1", "?van={0}&met={0}"])
def test_a_choice_that_cannot_be_compared_gets_a_sentence(life, choice):
    first = life.case.submissions.first()
    assert "Kies twee verschillende versies." in read("behandelaar", f"/behandelen/{life.id}/vergelijken/{choice.format(first.pk)}")


def test_one_version_is_not_compared(live):
    assert "nog maar één versie" in read("behandelaar", f"/behandelen/{live('received').id}/vergelijken/")


def test_an_application_and_an_account_are_not_compared(live):
    life = live("report_received")
    ids = dict(life.case.submissions.values_list("kind", "pk"))
    page = read("behandelaar", f"/behandelen/{life.id}/vergelijken/?van={ids['application']}&met={ids['report']}")
    assert "andere vragen" in page


def test_the_account_number_is_masked_for_who_does_not_need_it(life):
    last = life.case.submissions.latest("received_at")
    key = next(q.key for q in life.case.version.definition.questions if q.kind == "iban")
    events = life.case.chain.events.order_by("-position")
    Submission.objects.create(
        application=life.case, event=next(e for e in events if not Submission.objects.filter(event=e).exists()), kind="completion",
        answers={**last.answers, key: "NL20INGB0001234567"}, digest="x", received_at=last.received_at + timedelta(minutes=1),
    )
    address = f"/behandelen/{life.id}/vergelijken/"
    assert "INGB" not in read("behandelaar", address) and "****" in read("behandelaar", address)
    assert "INGB" in read("financien", address) and "****" not in read("financien", address)
