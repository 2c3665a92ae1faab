"""Files on the page of the form itself, without JavaScript: taken with the answers, and told beside the place."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grants.applications.models import Application
from grants.kernel.models import User
from tests.forms import posted
from tests.papers import photo, posted_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(live):
    return live("draft", scheme="LB-INW").case


@pytest.fixture
def resident(draft):
    client = Client()
    client.force_login(User.objects.get(username="bewoner"))
    return client


@pytest.fixture
def last(draft):
    """The page on which the files are asked: the last one with questions."""
    return f"/aanvragen/{draft.pk}/invullen/geld/"


def key_of(case):
    return case.definition.documents[0].key


def typed(case):
    return Application.objects.get(pk=case.pk).draft_answers


def lying():
    return SimpleUploadedFile("fout.pdf", photo(), content_type="application/pdf")


def test_the_last_page_asks_for_the_files_and_leads_to_the_check(resident, draft, last):
    page = resident.get(last)
    assert f'name="file-{key_of(draft)}"' in page.content.decode() and 'enctype="multipart/form-data"' in page.content.decode()
    assert f'name="file-{key_of(draft)}"' not in resident.get(last.replace("geld", "plan")).content.decode()
    away = resident.post(last, posted(page, verder="", **{f"file-{key_of(draft)}": posted_pdf()}))
    assert away["Location"] == f"/aanvragen/{draft.pk}/controleren/"
    assert [(d.filename, d.question_key, d.uploaded_by.username) for d in draft.documents.all()] == [("plan.pdf", key_of(draft), "bewoner")]
    assert "plan.pdf" in resident.get(last).content.decode()


def test_one_that_lies_is_told_in_place_and_costs_neither_answers_nor_other_files(resident, draft, last):
    answers = posted(resident.get(last), ander_geld="ja", verder="")
    page = resident.post(last, {**answers, f"file-{key_of(draft)}": [lying(), posted_pdf()]})
    text = page.content.decode()
    assert page.status_code == 200 and f'href="#id_file-{key_of(draft)}"' in text and text.count("fout.pdf: ") == 2
    assert "aria-invalid" in text and "plan.pdf" in text
    assert typed(draft)["ander_geld"] == "ja" and draft.documents.get().filename == "plan.pdf"


def test_the_button_beside_a_file_removes_it_and_keeps_what_was_typed(resident, draft, last):
    resident.post(last, posted(resident.get(last), **{f"file-{key_of(draft)}": posted_pdf()}))
    page = resident.post(last, posted(resident.get(last), rekeninghouder="B. Bewoner", **{"remove-file": str(draft.documents.get().pk)}), follow=True)
    assert not draft.documents.exists() and "Het bestand plan.pdf is verwijderd" in page.content.decode()
    assert page.redirect_chain[-1][0] == last and typed(draft)["rekeninghouder"] == "B. Bewoner"


def test_a_clash_of_answers_does_not_cost_the_file(resident, draft, last):
    from grants.applications.services.saving import save_draft

    page = resident.get(last)
    save_draft(application_id=draft.pk, answers={"rekeninghouder": "Iemand anders"})
    clash = resident.post(last, posted(page, rekeninghouder="B. Bewoner", **{f"file-{key_of(draft)}": posted_pdf()}))
    assert clash.status_code == 409 and draft.documents.get().filename == "plan.pdf"


def test_the_files_of_another_case_are_out_of_reach(live, resident, draft, last):
    from tests.papers import document

    other = live("draft", scheme="LB-INW").case
    kept = document(other, User.objects.get(username="bewoner"), submission=None)
    resident.post(last, posted(resident.get(last), **{"remove-file": str(kept.pk)}))
    assert other.documents.filter(pk=kept.pk).exists()


def test_the_check_leads_to_the_place_of_a_file_that_is_not_there(resident, draft, last):
    definition = draft.definition
    page = resident.get(f"/aanvragen/{draft.pk}/controleren/").content.decode()
    required = [d for d in definition.documents if d.required]
    for one in required:
        assert f"{last}?terug=controleren&amp;nakijken=1#id_file-{one.key}" in page
        told = resident.get(f"{last}?nakijken=1").content.decode()
        assert f'href="#id_file-{one.key}"' in told and f'id="id_file-{one.key}_problems"' in told
