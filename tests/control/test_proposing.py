"""From an account to a proposal, with consent and only with it."""

from __future__ import annotations

from unittest import mock

import pytest
from django.db import IntegrityError, transaction

from grants.applications.models import Submission
from grants.applications.services import accounting, handling
from grants.control.learning.errors import NotNow
from grants.control.learning.models import Lesson, LessonProposal, LessonRevision, ProposalStep
from grants.control.learning.services import proposing, reviewing
from grants.kernel import outbox
from grants.kernel.models import Event, OutboxMessage
from tests.control.stories import STORY, lesson, officer, reported, user, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("module_world")]


@pytest.fixture(scope="module")
def story(module_world):
    return reported()


@pytest.fixture
def told(story):
    """The life of a case whose account was shared, and its proposal."""
    return story[0], LessonProposal.objects.get(pk=story[1].pk)


def published_from(proposal, **changed):
    return reviewing.save_lesson(written=written(**changed), by=officer(), proposal_id=proposal.pk, publish=True, checked=True)


def completed(life, **changed):
    handling.request_report_completion(application_id=life.id, items=("Een foto.",), actor=life.handler, day=life.day)
    accounting.submit_report(application_id=life.id, answers={**STORY, **changed}, actor=life.asker, day=life.day)
    outbox.run_open()
    return LessonProposal.objects.filter(application=life.id).first()


def test_an_account_with_consent_becomes_a_proposal_without_a_name(told):
    life, proposal = told
    case = life.case
    assert (proposal.state, proposal.what_worked, proposal.scheme_id) == ("waiting", "Samen koken werkte.", case.scheme_id)
    assert proposal.municipality_id == case.municipality_id and proposal.goal_codes == [link.goal_id for link in case.goal_links.all()]
    shared = {str(getattr(proposal, field.attname)) for field in LessonProposal._meta.concrete_fields}
    assert not shared & {case.applicant.name, case.case_number, case.title}


@pytest.mark.parametrize("said", ["nee", "", "misschien"])
def test_without_consent_nothing_is_kept(said):
    _life, proposal = reported(delen_toegestaan=said)
    assert proposal is None


def test_an_account_that_does_not_ask_gives_nothing_and_asks_nothing_of_the_outbox(told):
    life, _ = told
    before = OutboxMessage.objects.filter(topic=proposing.TOPIC).count()
    handling.request_report_completion(application_id=life.id, items=("Een foto.",), actor=life.handler, day=life.day)
    accounting.submit_report(application_id=life.id, answers={"resultaat": "klaar"}, actor=life.asker, day=life.day)
    assert OutboxMessage.objects.filter(topic=proposing.TOPIC).count() == before


def test_consent_without_a_story_gives_no_proposal():
    _life, proposal = reported(wat_werkte=" ", wat_werkte_niet="", tip_andere_buurt="")
    assert proposal is None


def test_the_same_report_again_changes_nothing(told):
    life, proposal = told
    submission = Submission.objects.get(application=life.id, kind="report")
    proposing.take_up(submission_id=submission.pk)
    assert LessonProposal.objects.filter(application=life.id).count() == 1 and proposal.steps.count() == 1


def test_a_fault_here_never_stops_a_report(told):
    life, _ = told
    with mock.patch.object(proposing, "take_up", side_effect=RuntimeError):
        handling.request_report_completion(application_id=life.id, items=("Een foto.",), actor=life.handler, day=life.day)
        accounting.submit_report(application_id=life.id, answers={**STORY, "wat_werkte": "Anders."}, actor=life.asker, day=life.day)
        outbox.run_open()
    assert life.case.status == "report_received"
    assert OutboxMessage.objects.filter(topic=proposing.TOPIC, done_at__isnull=True).exists()


def test_a_completed_report_renews_the_story(told):
    life, proposal = told
    renewed = completed(life, wat_werkte="Het werkte nog beter.")
    assert (renewed.pk, renewed.what_worked, renewed.state) == (proposal.pk, "Het werkte nog beter.", "waiting")
    assert [step.act for step in renewed.steps.all()] == ["received", "changed"]


def test_an_older_report_that_comes_later_changes_nothing(told):
    life, _ = told
    completed(life, wat_werkte="Nieuw.")
    old = Submission.objects.get(application=life.id, kind="report")
    assert proposing.take_up(submission_id=old.pk).what_worked == "Nieuw."


def test_a_later_no_takes_an_earlier_yes_back(told):
    life, proposal = told
    published = published_from(proposal)
    withdrawn = completed(life, delen_toegestaan="nee")
    published.refresh_from_db()
    assert withdrawn.state == "withdrawn" and withdrawn.texts == [] and published.state == "taken_back"


def test_consent_is_withdrawn_before_publishing(told):
    life, proposal = told
    proposing.withdraw_consent(proposal_id=proposal.pk, by=life.asker.user)
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn" and not (proposal.what_worked or proposal.what_did_not or proposal.advice)
    with pytest.raises(NotNow):
        published_from(proposal)


def test_consent_withdrawn_after_publishing_takes_every_lesson_off_the_site(told):
    life, proposal = told
    first, second = published_from(proposal), published_from(proposal, title="Nog een")
    proposing.withdraw_consent(proposal_id=proposal.pk, by=life.asker.user)
    assert not Lesson.objects.public().filter(pk__in=[first.pk, second.pk]).exists()
    assert first.revisions.last().act == "consent_withdrawn"
    with pytest.raises(NotNow):
        reviewing.save_lesson(written=written(), by=officer(), lesson_id=first.pk, publish=True, checked=True)


def test_the_same_report_does_not_bring_back_what_was_withdrawn(told):
    life, proposal = told
    proposing.withdraw_consent(proposal_id=proposal.pk, by=life.asker.user)
    proposing.take_up(submission_id=proposal.submission_id)
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


def test_a_new_yes_after_withdrawing_waits_anew_and_old_lessons_stay_off(told):
    life, proposal = told
    published = published_from(proposal)
    proposing.withdraw_consent(proposal_id=proposal.pk, by=life.asker.user)
    again = completed(life)
    published.refresh_from_db()
    assert again.state == "waiting" and again.what_worked and published.state == "taken_back"


def test_the_hook_asks_nothing_for_other_acts(django_assert_num_queries):
    with django_assert_num_queries(0):
        proposing.reports_came_in([Event(act="grant"), Event(act="submit")])


def test_a_contribution_waits_like_all_others():
    question = lesson(kind="question", title="Hoe dan?")
    proposal = proposing.contribute(question_id=question.pk, text="Zo.", by=user("bewoner"))
    assert (proposal.state, proposal.source, proposal.answers_id) == ("waiting", "contribution", question.pk)


@pytest.mark.parametrize("values", [{"kind": "question", "publish": False}, {"kind": "good_practice"}])
def test_only_an_open_question_is_answered(values):
    other = lesson(**values)
    with pytest.raises(NotNow):
        proposing.contribute(question_id=other.pk, text="Zo.", by=user("bewoner"))


def test_one_person_cannot_bury_the_reviewer(monkeypatch):
    monkeypatch.setattr(proposing, "MOST_WAITING", 1)
    question = lesson(kind="question")
    proposing.contribute(question_id=question.pk, text="Zo.", by=user("bewoner"))
    with pytest.raises(NotNow):
        proposing.contribute(question_id=question.pk, text="En zo.", by=user("bewoner"))


def test_steps_are_written_once(told):
    _life, proposal = told
    for change in (lambda rows: rows.update(reason="anders"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(ProposalStep.objects.filter(proposal=proposal))


def test_versions_are_emptied_but_never_changed():
    made = lesson()
    rows = LessonRevision.objects.filter(lesson=made)
    for change in (lambda: rows.update(reason="anders"), lambda: rows.update(content={"title": "x"}), lambda: rows.update(by=user("bewoner"), content={}), lambda: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert rows.update(content={}) == 1


def test_a_concept_does_not_keep_the_words_of_a_story_that_was_taken_back(told):
    life, proposal = told
    concept = reviewing.save_lesson(written=written(text="Pip deed dit"), by=officer(), proposal_id=proposal.pk)
    made = reviewing.save_lesson(written=written(text="Pip deed dat"), by=officer(), proposal_id=proposal.pk)
    reviewing.save_lesson(written=written(text="Iemand deed dat"), by=officer(), lesson_id=made.pk, publish=True)
    proposing.withdraw_consent(proposal_id=proposal.pk, by=life.asker.user)
    kept = str([list(LessonRevision.objects.values_list("content", flat=True)), list(Lesson.objects.values_list("title", "text", "words"))])
    concept.refresh_from_db()
    assert "Pip" not in kept and "pip" not in kept and "Iemand deed dat" in kept and concept.state == "taken_back"
