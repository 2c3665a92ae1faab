"""The test tree for state aid: each way through it, and what is missing on the way."""

from __future__ import annotations

from typing import get_args

import pytest

from grants.law.errors import LawError
from grants.law.state_aid import LABELS, QUESTIONS, Verdict, refusal, walk

IS_AID = ("undertaking", "state_resources", "advantage", "selective", "trade")
LAWFUL = {"de_minimis": "de_minimis", "de_minimis_sgei": "de_minimis_sgei", "block_exempted": "block_exempted", "notified": "notified"}


def answers(**said):
    return {key: value == "ja" for key, value in said.items()}


@pytest.mark.parametrize("key", IS_AID)
def test_one_no_among_the_first_five_questions_is_no_aid(key):
    before = {earlier: True for earlier in IS_AID[: IS_AID.index(key)]}
    outcome = walk({**before, key: False})
    assert outcome.verdict == "no_aid"
    assert [step.question.key for step in outcome.steps] == [*before, key]


@pytest.mark.parametrize("key", LAWFUL)
def test_aid_is_lawful_by_the_first_of_four_ways_that_fits(key):
    said = dict.fromkeys(IS_AID, True)
    for earlier in list(LAWFUL)[: list(LAWFUL).index(key)]:
        said[earlier] = False
    assert walk({**said, key: True}).verdict == LAWFUL[key]


def test_aid_that_is_lawful_in_no_way_is_incompatible_and_must_be_refused():
    outcome = walk({**dict.fromkeys(IS_AID, True), **dict.fromkeys(LAWFUL, False)})
    assert outcome.verdict == "incompatible"
    assert "Wijs de aanvraag af" in str(refusal("incompatible"))


@pytest.mark.parametrize("place", range(len(QUESTIONS)))
def test_the_first_question_without_an_answer_is_the_next_one(place):
    on_the_way = {question.key: question.yes is None for question in QUESTIONS}
    outcome = walk({question.key: on_the_way[question.key] for question in QUESTIONS[:place]})
    assert outcome.verdict is None
    assert outcome.next == QUESTIONS[place]


def test_answers_after_the_one_that_decides_do_not_count():
    outcome = walk({"undertaking": False, "notified": False}, {"undertaking": " bewoners ", "notified": "x"})
    assert outcome.verdict == "no_aid"
    assert [(step.answer, step.explanation) for step in outcome.steps] == [(False, "bewoners")]


def test_every_question_names_its_article_and_explains_itself():
    assert len({question.key for question in QUESTIONS}) == len(QUESTIONS)
    for question in QUESTIONS:
        assert question.article and question.help.endswith("."), question.key
        assert question.text.endswith("?") and (question.yes or question.no), question.key


def test_a_verdict_is_needed_and_only_the_incompatible_one_stops_a_grant():
    assert "ontbreekt" in str(refusal(""))
    assert {verdict for verdict in get_args(Verdict) if refusal(verdict)} == {"incompatible"}
    assert set(LABELS) == set(get_args(Verdict))


def test_an_answer_to_a_question_that_does_not_exist_is_a_mistake_of_the_caller():
    with pytest.raises(LawError):
        walk({"onderneming": True})
