"""What an applicant gets at once: the receipt with the day of the decision and why then, and a copy of everything; and copying from before."""

from __future__ import annotations

import dataclasses
import json

import pytest
import time_machine
from django.test import Client

from applicants.models import Applicant, Representation
from grants.applications.form.receipt import copy_of, why_then
from grants.applications.models import Application
from grants.applications.services import applying
from grants.applications.services.copying import copy_answers
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.project.demo.world import SINCE
from grants.schemes.models import Scheme
from letters.content import block_texts
from letters.pdf import render_pdf
from letters.rendering.plain import render_text
from tests.letters.test_pdf_conformance import judge as judge  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def sent_in(live, **changed):
    case = live("draft", scheme="LB-INW").case
    applying.save_draft(application_id=case.pk, answers=changed)
    person = User.objects.get(username="bewoner")
    return applying.submit(application_id=case.pk, actor=Actor(user=person, role=Role.APPLICANT), declared=["verklaring"]).application


@pytest.fixture
def resident(world):
    client = Client()
    client.force_login(User.objects.get(username="bewoner"))
    return client


def test_the_receipt_says_number_moment_and_the_day_of_the_decision_with_why(live, resident):
    with time_machine.travel("2026-12-04T14:32:00+01:00", tick=False):
        case = sent_in(live)
        resident.force_login(User.objects.get(username="bewoner"))
        page = resident.get(f"/aanvragen/{case.pk}/ontvangst/").content.decode()
    assert case.case_number in page and "4 december 2026 om 14.32 uur" in page
    assert "uiterlijk op 29 januari 2027 een besluit: dat is 8 weken na 4 december 2026" in page
    assert "Kopie van uw aanvraag (PDF)" in page


def test_a_term_that_stood_still_is_explained(live):
    life = live("awaiting_completion", scheme="LB-INW")
    life.later(5)
    life.complete()
    assert "de 4 dagen erbij dat de termijn stilstond" in why_then(life.case)


def test_the_copy_holds_every_answer_that_was_sent_and_no_other(live):
    hidden = [{"financier": "Geheim fonds", "amount": "500", "status": "asked"}]
    case = sent_in(live, titel="Bloembakken 🌷 <b>", toelichting="Eerste regel\r\nTweede regel " + "lang " * 3000, ander_geld="nee", financiering=hidden)
    letter = copy_of(case, case.submissions.get())
    text = "\n".join(text for block in letter.body for text in block_texts(block))
    for question in case.definition.questions:
        asked_for = question.key != "financiering"
        assert (question.label in text) == asked_for, question.key
    assert "Eerste regel" in text and "Tweede regel" in text and "Kerkrade" in text and "€ 3.000,00" in text
    assert "Ja, aangevinkt" in text and "Geheim fonds" not in text
    assert "Bloembakken" in render_text(letter)
    assert render_pdf(letter) == render_pdf(copy_of(case, case.submissions.get())), "equal letters, equal bytes"


def test_a_character_that_no_font_has_is_told_and_stops_nothing(live):
    case = sent_in(live, titel="Bloemen \U00013080 overal")
    text = render_text(copy_of(case, case.submissions.get()))
    assert "Bloemen [?] overal" in text and "Sommige tekens" in text


def test_the_copy_is_archival_and_accessible(live, judge, tmp_path):  # noqa: F811
    case = sent_in(live, toelichting="Regel\n" * 200, kosten=[{"description": f"post {n}", "amount": "100"} for n in range(60)])
    path = tmp_path / "kopie.pdf"
    path.write_bytes(render_pdf(copy_of(case, case.submissions.get())))
    for profile, verdict in judge({"kopie": path})["kopie"].items():
        assert verdict.passed, (profile, verdict.broken)


def test_only_ones_own_copy(live, resident):
    case = live("received", scheme="LB-SVC").case
    assert resident.get(f"/aanvragen/{case.pk}/ontvangst/kopie/").status_code == 404
    assert resident.get(f"/aanvragen/{case.pk}/ontvangst/").status_code == 404
    client = Client()
    client.force_login(User.objects.get(username="penningmeester"))
    answer = client.get(f"/aanvragen/{case.pk}/ontvangst/kopie/")
    assert answer.content.startswith(b"%PDF-") and f"{case.case_number}-kopie.pdf" in answer["Content-Disposition"]
    data = json.loads(client.get(f"/aanvragen/{case.pk}/gegevens/").content)
    assert data["submissions"][0]["answers"]["titel"] == "Bankjes op het plein"


def test_answers_that_fit_are_copied_where_nothing_was_answered(live, resident):
    old = sent_in(live, titel="Van vorig jaar", startdatum="2020-01-01", samenvatting="Zo deden wij het")
    new = begun(old)
    applying.save_draft(application_id=new.pk, answers={"samenvatting": "Dit staat er al"})
    page = resident.get(f"/aanvragen/{new.pk}/overnemen/").content.decode()
    assert "Van vorig jaar" in page
    told = resident.post(f"/aanvragen/{new.pk}/overnemen/", {"zaak": str(old.pk)}, follow=True).content.decode()
    assert "antwoorden overgenomen" in told and "Bestanden gaan niet mee" in told
    answers = Application.objects.get(pk=new.pk).draft_answers
    assert (answers["titel"], answers["samenvatting"]) == ("Van vorig jaar", "Dit staat er al")
    assert "startdatum" not in answers, "a day that has passed is not copied"
    assert "verklaring" not in answers, "a declaration is given anew"
    assert answers["kosten"] == old.draft_answers["kosten"]


def begun(like, scheme="LB-INW", applicant=None):
    person = User.objects.get(username="bewoner")
    return applying.start_draft(applicant=applicant or like.applicant, scheme=Scheme.objects.get(code=scheme), actor=Actor(user=person, role=Role.APPLICANT))


def test_another_scheme_gets_what_means_the_same(live):
    old = live("received", scheme="LB-SVC").case
    person = User.objects.get(username="bewoner")
    new = begun(sent_in(live))
    number = copy_answers(application_id=new.pk, source_id=old.pk, user=person)
    answers = Application.objects.get(pk=new.pk).draft_answers
    assert number == len(answers) - 2 > 5
    assert answers["titel"] == old.title and "soort_plan" not in answers


def test_from_one_applicant_to_another_the_account_stays_behind(live):
    """Else the money of one goes to the other."""
    old = live("received", scheme="LB-INW").case
    person = User.objects.get(username="bewoner")
    club = Applicant.objects.get(name="Vereniging Buurthuis Voorbeeld (verzonnen)")
    Representation.objects.create(applicant=club, user=person, valid_from=SINCE)
    Applicant.objects.filter(pk=club.pk).update(iban="")
    new = begun(old, applicant=Applicant.objects.get(pk=club.pk))
    assert copy_answers(application_id=new.pk, source_id=old.pk, user=person)
    answers = Application.objects.get(pk=new.pk).draft_answers
    assert answers["titel"] == old.title and old.draft_answers["iban"] and not {"iban", "rekeninghouder"} & set(answers)


def test_somebody_elses_application_cannot_be_copied(live, resident):
    theirs, new = live("received", scheme="LB-SVC").case, begun(sent_in(live))
    assert resident.post(f"/aanvragen/{new.pk}/overnemen/", {"zaak": str(theirs.pk)}).status_code == 404
    for wrong in ("", "x", str(new.pk).upper() + "0"):
        page = resident.post(f"/aanvragen/{new.pk}/overnemen/", {"zaak": wrong}, follow=True).content.decode()
        assert "Kies eerst een aanvraag" in page


def test_a_declaration_on_which_a_question_hangs_stays_in_its_section():
    from grants.schemes.definition_form import Condition
    from grants.schemes.reading import declarations, parts
    from tests.schemes.helpers import definition

    whole = definition()
    assert [q.key for q in declarations(whole)] == ["verklaring"]
    last = dataclasses.replace(whole.documents[-1], condition=Condition(question="verklaring", equals="ja"))
    tied = dataclasses.replace(whole, documents=(*whole.documents[:-1], last))
    assert declarations(tied) == ()
    assert [part.section.key for part in parts(tied, {})][-1] == "afronden"
