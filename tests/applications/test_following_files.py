"""Files on the pages that follow: with the account of the activity, with a completion, and with a view. They go where the page goes."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from decisions.services import assessing
from grants.applications.files import file_questions
from grants.applications.models import Submission
from grants.applications.services import handling
from grants.kernel.models import User
from tests.papers import document, photo, posted_pdf

pytestmark = pytest.mark.django_db
TYPED = "Met moeite getypt"


def signed_in(username="penningmeester"):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def read(answer):
    return answer.content.decode()


def lying():
    return SimpleUploadedFile("fout.pdf", photo(), content_type="application/pdf")


def picture(name="feest.jpg"):
    return SimpleUploadedFile(name, photo(), content_type="image/jpeg")


def names(life, **where):
    return [found.filename for found in life.case.documents.filter(**where)]


# -- the account of the activity --------------------------------------------------------------------------------------
@pytest.fixture
def reporting(live):
    """A case whose account is due, with the address of its page and the field of its photos."""
    life = live("verleend")
    key = life.case.definition.report.documents[0].key
    return life, f"/aanvragen/{life.id}/verantwoorden/", f"file-{key}"


def test_photos_go_with_the_account(reporting):
    life, address, field = reporting
    client = signed_in()
    assert f'name="{field}"' in read(client.get(address))
    page = read(client.post(address, {"asked-prestaties": "1", "prestaties": TYPED, field: [picture(), posted_pdf()], "verder": ""}, follow=True))
    assert "Controleer uw verantwoording" in page and "feest.jpg" in page and "plan.pdf" in page
    client.post(f"{address}insturen/", {"verklaring": "ja"})
    sent = life.case.submissions.get(kind=Submission.Kind.REPORT)
    assert names(life, submission=sent) == ["feest.jpg", "plan.pdf"]


def test_a_photo_that_lies_keeps_the_account_on_its_page(reporting):
    life, address, field = reporting
    page = signed_in().post(address, {"asked-prestaties": "1", "prestaties": TYPED, field: [lying(), picture()], "verder": ""})
    text = read(page)
    assert page.status_code == 200 and TYPED in text and f'href="#id_{field}"' in text and "feest.jpg" in text and text.count("fout.pdf: ") == 2


def test_a_photo_is_removed_with_its_button_and_the_text_stays(reporting):
    life, address, field = reporting
    client = signed_in()
    client.post(address, {field: picture(), "bewaren": ""})
    page = read(client.post(address, {"asked-prestaties": "1", "prestaties": TYPED, "remove-file": str(life.case.documents.get(filename="feest.jpg").pk)}, follow=True))
    assert "feest.jpg is verwijderd" in page and TYPED in page and not names(life, filename="feest.jpg")


# -- a completion -----------------------------------------------------------------------------------------------------
@pytest.fixture
def completing(live):
    life = live("received", days_ago=2)
    handling.request_completion(application_id=life.id, items=("Een begroting.",), actor=life.handler)
    return life, f"/aanvragen/{life.id}/aanvullen/", f"file-{file_questions(life.case, life.case.definition)[0].key}"


def test_a_file_goes_with_the_completion(completing):
    life, address, field = completing
    client = signed_in()
    text = read(client.post(address, {"toelichting-0": TYPED, field: lying(), "insturen": ""}))
    assert life.case.status == "awaiting_completion" and TYPED in text and text.count("fout.pdf: ") == 2
    assert "plan.pdf" in read(client.post(address, {"toelichting-0": TYPED, field: posted_pdf(), "bewaren": ""}, follow=True))
    client.post(address, {"toelichting-0": TYPED, field: posted_pdf("begroting.pdf", "begroting"), "insturen": ""})
    sent = life.case.submissions.get(kind=Submission.Kind.COMPLETION)
    assert life.case.status == "received" and names(life, submission=sent) == ["plan.pdf", "begroting.pdf"]


def test_a_button_that_removes_does_not_send_in(completing):
    life, address, field = completing
    client = signed_in()
    client.post(address, {field: posted_pdf(), "bewaren": ""})
    kept = life.case.documents.get(submission__isnull=True)
    page = read(client.post(address, {"toelichting-0": TYPED, "remove-file": str(kept.pk)}, follow=True))
    assert "plan.pdf is verwijderd" in page and TYPED in page and life.case.status == "awaiting_completion"


# -- a view -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def viewed(live):
    life = live("assessed", days_ago=20)
    assessing.ask_view(application_id=life.id, about="reject", reason="Buiten het gebied.", actor=life.handler)
    return life, f"/aanvragen/{life.id}/zienswijze/"


def test_files_go_with_the_view_and_nothing_else_does(viewed):
    life, address = viewed
    document(life.case, life.asker.user, name="los.pdf", question_key=life.case.definition.documents[0].key)
    signed_in().post(address, {"text": TYPED, "file-view": [posted_pdf("kaart.pdf"), picture()]})
    sent = life.case.submissions.get(kind=Submission.Kind.VIEW)
    assert sent.answers == {"view": TYPED} and names(life, submission=sent) == ["kaart.pdf", "feest.jpg"]
    assert "los.pdf" in names(life, submission__isnull=True) and life.case.status == "assessed"
    assert "Reactie op ons voornemen" in read(signed_in().get(f"/aanvragen/{life.id}/"))
    assert "kaart.pdf" in read(signed_in("behandelaar").get(f"/behandelen/{life.id}/"))


def test_a_view_with_a_file_that_lies_stays_on_the_page(viewed):
    life, address = viewed
    text = read(signed_in().post(address, {"text": TYPED, "file-view": [lying(), picture()]}))
    assert TYPED in text and 'href="#id_file-view"' in text and "feest.jpg" in text and life.case.status == "awaiting_view"
    kept = life.case.documents.get(filename="feest.jpg")
    text = read(signed_in().post(address, {"text": TYPED, "remove-file": str(kept.pk)}))
    assert TYPED in text and "feest.jpg is verwijderd" in text and life.case.status == "awaiting_view" and not names(life, filename="feest.jpg")


def test_a_file_of_a_view_that_was_not_sent_does_not_go_with_another_form(viewed):
    life, address = viewed
    signed_in().post(address, {"text": "", "file-view": posted_pdf("kaart.pdf")})
    assert names(life, submission__isnull=True) == ["kaart.pdf"]
    from grants.applications.services.applying import freeze_submission
    from grants.kernel import clock

    event = life.case.chain.events.order_by("-position").first()
    freeze_submission(life.case, event, Submission.Kind.PROGRESS, {}, (), clock.now())
    assert names(life, submission__isnull=True) == ["kaart.pdf"]
