"""The paper route (Awb 2:7): an application, a completion and an account on paper, by the day of the stamp."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applicants.models import Applicant
from grants.applications.models import Application
from grants.applications.services import handling
from grants.kernel import audit, clock, outbox
from grants.kernel.models import User
from grants.project.demo.lives import answers_for
from letters.models import Letter
from tests.papers import pdf

pytestmark = pytest.mark.django_db
ADDRESS = "/behandelen/papier/LB-INW/"


def scan(content=b""):
    return SimpleUploadedFile("aanvraag.pdf", content or pdf("scan"))


@pytest.fixture
def intake(world):
    client = Client()
    client.force_login(User.objects.get(username="intake"))
    return client


def posted(intake, live, **changed):
    page = intake.get(ADDRESS).content.decode()
    sample = live("draft", scheme="LB-INW").case
    answers = answers_for(sample, "Bankjes op papier", sample.requested_amount, clock.today() + timedelta(days=60))
    fields = {f"asked-{key}": "1" for key in answers} | {key: value for key, value in answers.items() if not isinstance(value, list)}
    return {
        **fields, "case_id": re.search(r'name="case_id" value="([^"]+)"', page)[1], "received_on": str(clock.today() - timedelta(days=5)), "scan": scan(),
        "type": "natuurlijk_persoon", "name": "Nel Nieuw (verzonnen)", "street": "Voorbeeldlaan 3", "postcode": "6461 AA", "city": "Kerkrade", **changed,
    }


def text(answer):
    return answer.content.decode()


def test_intake_registers_an_application_of_somebody_new_and_the_stamp_counts(intake, live):
    page = text(intake.post(ADDRESS, posted(intake, live), follow=True))
    assert "is ingeschreven onder nummer" in page
    case = Application.objects.get(title="Bankjes op papier", origin="paper")
    stamp = clock.today() - timedelta(days=5)
    assert (case.status, case.received_on, case.applicant.name, case.applicant.channel_consent) == ("received", stamp, "Nel Nieuw (verzonnen)", False)
    assert case.decision_due_on == stamp + timedelta(weeks=8)
    assert case.documents.get(question_key="scan").submission_id is not None
    outbox.run_open()
    assert Letter.objects.get(chain=case.chain, kind="L01").state == "rendered", "on paper: it waits for the post room"
    assert not list(audit.verify())


def test_several_scans_are_kept_in_their_order_each_as_it_came(intake, live):
    pages = [scan(pdf(word)) for word in ("een", "twee", "drie")]
    intake.post(ADDRESS, posted(intake, live, scan=pages))
    case = Application.objects.get(title="Bankjes op papier", origin="paper")
    documents = case.documents.filter(question_key="scan").order_by("uploaded_at")
    assert [document.file.read() for document in documents] == [pdf(word) for word in ("een", "twee", "drie")]
    assert {document.submission.kind for document in documents} == {"application"}


def test_somebody_on_paper_needs_no_account_and_nobody_sees_the_case_online(intake, live):
    intake.post(ADDRESS, posted(intake, live))
    case = Application.objects.get(title="Bankjes op papier", origin="paper")
    assert not case.applicant.representations.exists()
    assert not any(case.is_represented_by(user) for user in User.objects.all())
    page = text(intake.get(f"/behandelen/{case.pk}/"))
    assert "Bankjes op papier" in page


def test_the_day_of_the_stamp_ranks_it_also_when_it_is_registered_later(intake, live):
    intake.post(ADDRESS, posted(intake, live))
    case = Application.objects.get(title="Bankjes op papier", origin="paper")
    from grants.kernel.roles import Role
    from grants.project.demo.lives import person

    handling.mark_complete(application_id=case.id, actor=person("behandelaar", Role.CASE_HANDLER))
    case.refresh_from_db()
    assert case.complete_on == case.received_on


def test_a_known_applicant_is_chosen_and_not_made_twice(intake, live):
    known = Applicant.objects.get(name="Bo Bewoner (verzonnen)")
    intake.post(ADDRESS, posted(intake, live, applicant=known.pk, name="", street="", type=""))
    assert Application.objects.get(title="Bankjes op papier", origin="paper").applicant == known
    assert Applicant.objects.filter(name__startswith="Bo Bewoner").count() == 1


def test_a_second_click_finds_the_first_case(intake, live):
    values = posted(intake, live)
    intake.post(ADDRESS, values)
    assert "al ingeschreven onder nummer" in text(intake.post(ADDRESS, {**values, "scan": scan()}, follow=True))
    assert Application.objects.filter(title="Bankjes op papier", origin="paper").count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"street": ""}, "zonder naam en adres"),
        ({"received_on": "2999-01-01"}, "niet in de toekomst"),
        ({"kvk_number": "123"}, "acht cijfers"),
        ({"scan": scan(b"MZ geen scan")}, "De naam eindigt op .pdf"),
        ({"scan": ""}, "Scans van het papier"),
        ({"scan": [scan(), scan(b"MZ geen scan")]}, "De naam eindigt op .pdf"),
        ({"scan": [scan() for _ in range(21)]}, "hoogstens 20 bestanden"),
    ],
)
def test_a_mistake_is_told_nothing_is_registered_and_nothing_typed_is_lost(intake, live, changed, words):
    page = text(intake.post(ADDRESS, posted(intake, live, **changed)))
    assert words in page and "Nel Nieuw (verzonnen)" in page and "Bankjes op papier" in page
    assert not Application.objects.filter(title="Bankjes op papier", origin="paper").exists()
    assert not Applicant.objects.filter(name="Nel Nieuw (verzonnen)").exists()


def test_name_address_and_what_is_asked_are_enough(intake, live):
    values = {name: value for name, value in posted(intake, live).items() if not name.startswith("asked-") and name not in ("bedrag",)}
    values |= {"asked-titel": "1", "titel": "Alleen een titel"}
    assert "is ingeschreven" in text(intake.post(ADDRESS, values, follow=True))
    assert Application.objects.get(title="Alleen een titel").status == "received"


def test_a_completion_on_paper_counts_by_its_stamp(intake, live):
    life = live("awaiting_completion", days_ago=20)
    due, stamp = life.case.decision_due_on, life.day + timedelta(days=6)
    page = text(intake.post(f"/behandelen/{life.id}/papier/", {"received_on": str(stamp), "scan": scan()}, follow=True))
    assert "Het is ingeschreven" in page and life.case.status == "received"
    assert life.case.decision_due_on == due + timedelta(days=5)
    assert life.case.draft_answers, "what was answered before stays"
    assert life.case.submissions.last().documents.get().question_key == "scan"


def test_a_completion_on_paper_may_have_several_scans_too(intake, live):
    life = live("awaiting_completion", days_ago=20)
    intake.post(f"/behandelen/{life.id}/papier/", {"received_on": str(life.day + timedelta(days=6)), "scan": [scan(), scan(pdf("bijlage"))]})
    assert life.case.submissions.last().documents.filter(question_key="scan").count() == 2


def test_an_account_on_paper_starts_the_term_for_the_settlement(intake, live):
    life = live("verleend")
    stamp = clock.today() - timedelta(days=2)
    intake.post(f"/behandelen/{life.id}/papier/", {"received_on": str(stamp), "scan": scan()})
    assert life.case.status == "report_received" and life.case.deadlines.get(rule="SETTLEMENT").starts_on == stamp


def test_a_case_that_waits_for_nothing_says_so(intake, live):
    life = live("rejected")
    assert "wacht nu niet op" in text(intake.get(f"/behandelen/{life.id}/papier/", follow=True))


def test_a_handler_does_not_register_paper(intake, live):
    intake.force_login(User.objects.get(username="behandelaar"))
    assert intake.get(ADDRESS).status_code == 403
