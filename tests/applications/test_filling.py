"""The form without JavaScript: section by section, back and forth, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.applications.models import Application, Document
from grants.applications.services.saving import save_draft
from grants.kernel.models import User
from grants.project.demo.world import SINCE
from tests.forms import posted, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(live):
    return live("draft", scheme="LB-INW").case


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.fixture
def resident(draft):
    return signed_in("bewoner")


@pytest.fixture
def colleague(draft):
    """Somebody else who may act for the same applicant."""
    from applicants.models import Representation

    Representation.objects.create(applicant=draft.applicant, user=User.objects.get(username="penningmeester"), valid_from=SINCE)
    return signed_in("penningmeester")


def at(case, section):
    return f"/aanvragen/{case.pk}/invullen/{section}/"


def answers(case):
    return Application.objects.get(pk=case.pk).draft_answers


def begun(resident, applicant=None):
    """A draft that was only begun."""
    from applicants.models import Applicant

    applicant = applicant or Applicant.objects.get(name="Bo Bewoner (verzonnen)")
    resident.post("/aanvragen/beginnen/LB-INW/", {"applicant": applicant.pk})
    return Application.objects.filter(applicant=applicant).latest("created_at")


def test_a_second_click_on_begin_finds_the_draft_that_nobody_touched(resident):
    first = begun(resident)
    assert begun(resident) == first
    resident.post(at(first, "plan"), posted(resident.get(at(first, "plan")), titel="Bloembakken"))
    assert begun(resident) != first, "another plan is another application"


def states(page):
    return re.findall(r'task-(\w+)', page.content.decode())


def test_the_draft_is_a_task_list_that_says_how_far_each_section_is(resident):
    case = begun(resident)
    assert states(resident.get(case.get_absolute_url())) == ["new"] * 4
    resident.post(at(case, "plan"), posted(resident.get(at(case, "plan")), titel="Bloembakken"))
    assert states(resident.get(case.get_absolute_url())) == ["busy", "new", "new", "new"]
    typed = {"samenvatting": "Wij maken bloembakken.", "startdatum": "2026-12-20", "einddatum": "2027-02-01"}
    resident.post(at(case, "plan"), posted(resident.get(at(case, "plan")), **typed))
    assert states(resident.get(case.get_absolute_url()))[0] == "ready"


def test_what_we_know_is_filled_in_and_is_no_beginning(resident):
    case = begun(resident)
    assert (answers(case)["iban"], answers(case)["rekeninghouder"]) == (case.applicant.iban, case.applicant.name)
    page = resident.get(case.get_absolute_url()).content.decode()
    assert case.applicant.street in page and "Deze gegevens hebben wij al" in page


@pytest.mark.parametrize(("button", "to"), [("vorige", "plek"), ("verder", "geld"), ("overzicht", "")])
def test_every_button_saves(resident, draft, button, to):
    away = resident.post(at(draft, "doel"), posted(resident.get(at(draft, "doel")), toelichting="Voor de hele straat", **{button: ""}))
    assert away["Location"] == (at(draft, to) if to else draft.get_absolute_url())
    assert answers(draft)["toelichting"] == "Voor de hele straat"


def test_a_question_that_an_answer_brings_up_is_shown_before_going_on(resident, draft):
    page = resident.get(at(draft, "geld"))
    resident.post(at(draft, "geld"), posted(page, ander_geld="nee"))
    page = resident.get(at(draft, "geld"))
    assert "financiering-0-amount" not in dict(read(page).visible)
    onward = resident.post(at(draft, "geld"), posted(page, ander_geld="ja", verder=""))
    assert onward["Location"].endswith("#vraag-financiering")
    page = resident.get(onward["Location"])
    assert "is er een vraag bij gekomen" in page.content.decode()
    assert "financiering-0-amount" in dict(read(page).visible)


def test_an_answer_to_a_question_that_is_not_asked_is_kept_and_not_sent(resident, draft):
    typed = {"ander_geld": "ja", "financiering__0__financier": "De gemeente", "financiering__0__amount": "500", "financiering__0__status": "granted"}
    resident.post(at(draft, "geld"), posted(resident.get(at(draft, "geld")), **typed))
    resident.post(at(draft, "geld"), posted(resident.get(at(draft, "geld")), ander_geld="nee"))
    assert answers(draft)["financiering"] == [{"financier": "De gemeente", "amount": "500", "status": "granted"}]
    resident.post(f"/aanvragen/{draft.pk}/insturen/", {"verklaring": "ja"})
    sent = draft.submissions.get().answers
    assert "financiering" not in sent and sent["ander_geld"] == "nee" and sent["verklaring"] == "ja"


def test_the_table_grows_by_a_row_and_the_sums_are_told(resident, draft):
    page = resident.get(at(draft, "geld"))
    full = {f"kosten__{i}__{name}": value for i in range(3) for name, value in (("description", f"post {i}"), ("amount", "1.000,50"))}
    more = resident.post(at(draft, "geld"), posted(page, **full, regel="kosten"))
    page = resident.get(more["Location"])
    names = [name for name, _kind in read(page).visible]
    assert "kosten-3-amount" in names and "kosten-4-amount" not in names
    text = page.content.decode()
    assert "€\xa03.001,50" in text and "Er mist nog €\xa01,50" in text
    again = resident.get(resident.post(at(draft, "geld"), posted(page, regel="kosten"))["Location"])
    assert "kosten-4-amount" in dict(read(again).visible)
    many = {f"kosten__{i}__amount": "1" for i in range(30)}
    resident.post(at(draft, "geld"), posted(again, **many))
    assert len(answers(draft)["kosten"]) == 30


def test_a_row_for_a_table_that_is_not_there_is_only_saving(resident, draft):
    away = resident.post(at(draft, "geld"), posted(resident.get(at(draft, "geld")), regel="x\r\nSet-Cookie: a=b"))
    assert away["Location"] == at(draft, "geld")


@pytest.mark.parametrize("rows", ["kosten:99999", "kosten:-1", "kosten:x", "kosten", ":", "kosten:²"])
def test_an_odd_number_of_rows_is_no_error(resident, draft, rows):
    page = resident.get(at(draft, "geld"), {"rijen": rows})
    assert page.status_code == 200 and len(read(page).visible) < 30


def test_the_areas_are_those_of_the_municipality(resident, draft):
    page = resident.get(at(draft, "plek")).content.decode()
    shown = re.search(r'<select id="id_gebied".*?</select>', page, re.DOTALL)[0]
    assert "Kerkrade-Oost" in shown and "Donderberg" not in shown
    resident.post(at(draft, "plek"), posted(resident.get(at(draft, "plek")), gebied="kerkrade-oost"))
    resident.post(at(draft, "plek"), posted(resident.get(at(draft, "plek")), gemeente="GM0917", bewaren=""))
    shown = re.search(r'<select id="id_gebied".*?</select>', resident.get(at(draft, "plek")).content.decode(), re.DOTALL)[0]
    assert "Heerlen-Noord" in shown and 'value="kerkrade-oost" selected' in shown, "what was chosen stays until somebody changes it"


def test_a_colleague_on_another_question_is_not_overwritten(resident, colleague, draft):
    hers, his = resident.get(at(draft, "plan")), colleague.get(at(draft, "plan"))
    resident.post(at(draft, "plan"), posted(hers, titel="Van Bo"))
    colleague.post(at(draft, "plan"), posted(his, samenvatting="Van de penningmeester"))
    assert (answers(draft)["titel"], answers(draft)["samenvatting"]) == ("Van Bo", "Van de penningmeester")


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Van de penningmeester"), ("theirs", "Van Bo")])
def test_two_people_on_one_answer_choose_from_both(resident, colleague, draft, choice, kept):
    hers, his = resident.get(at(draft, "plan")), colleague.get(at(draft, "plan"))
    resident.post(at(draft, "plan"), posted(hers, titel="Van Bo"))
    page = colleague.post(at(draft, "plan"), posted(his, titel="Van de penningmeester", samenvatting="Ook van hem", verder=""))
    text = page.content.decode()
    assert page.status_code == 409 and "Van Bo" in text and "Van de penningmeester" in text and "Er is niets weg" in text
    assert answers(draft)["titel"] == "Van Bo" and answers(draft)["samenvatting"] == "Ook van hem"
    again = colleague.post(at(draft, "plan"), posted(page, verder=""))
    assert again.status_code == 409, "without a choice nothing is decided"
    away = colleague.post(at(draft, "plan"), posted(again, keuze__titel=choice, verder=""))
    assert away.status_code == 302 and answers(draft)["titel"] == kept


def test_the_script_is_told_the_same(resident, colleague, draft):
    hers, his = resident.get(at(draft, "plan")), colleague.get(at(draft, "plan"))
    address = f"/aanvragen/{draft.pk}/bewaren/"
    first = resident.post(address, posted(hers, titel="Van Bo")).json()
    assert first["status"] == "saved" and re.fullmatch(r"\d\d\.\d\d", first["at"]) and first["tokens"]["titel"].startswith("2-")
    second = colleague.post(address, posted(his, titel="Van de penningmeester")).json()
    assert second["status"] == "conflict"
    told = second["conflicts"]["titel"]
    assert (told["value"], told["words"], told["who"]) == ("Van Bo", "Van Bo", str(User.objects.get(username="bewoner")))
    mine = colleague.post(address, {"asked-titel": "1", "titel": "Toch anders", "versie-titel": told["token"]}).json()
    assert mine["status"] == "saved" and answers(draft)["titel"] == "Toch anders"


def test_the_script_hears_what_cannot_be_read_and_not_what_is_still_to_come(resident, draft):
    page = resident.get(at(draft, "geld"))
    told = resident.post(f"/aanvragen/{draft.pk}/bewaren/", posted(page, bedrag="drieduizend", iban="")).json()
    assert "kunnen wij niet lezen" in told["remarks"]["bedrag"][0] and told["remarks"]["iban"] == []


def test_after_the_session_the_script_is_told_in_its_own_language(resident, draft):
    resident.logout()
    ended = resident.post(f"/aanvragen/{draft.pk}/bewaren/", {"asked-titel": "1", "titel": "x"}, headers={"accept": "application/json"})
    assert (ended.status_code, ended.json()["status"]) == (401, "session_ended")


def test_saving_after_it_was_sent_in_is_refused(resident, draft):
    page = resident.get(at(draft, "plan"))
    resident.post(f"/aanvragen/{draft.pk}/insturen/", {"verklaring": "ja"})
    late = resident.post(f"/aanvragen/{draft.pk}/bewaren/", posted(page, titel="Te laat"))
    assert (late.status_code, late.json()["status"]) == (409, "sent_in")
    assert resident.post(at(draft, "plan"), posted(page, titel="Te laat")).status_code == 302
    assert Application.objects.get(pk=draft.pk).title != "Te laat"


def test_a_section_that_does_not_exist_is_not_found(resident, draft):
    assert resident.get(at(draft, "bestaat-niet")).status_code == 404
    assert resident.get(at(draft, "afronden")).status_code == 404, "the declaration stands with the signature"


def test_the_page_is_never_kept_by_a_browser(resident, draft):
    assert "no-store" in resident.get(at(draft, "plan"))["Cache-Control"]


def test_the_check_leads_to_each_answer_and_back(resident, draft):
    resident.post(at(draft, "plan"), posted(resident.get(at(draft, "plan")), titel=""))
    page = resident.get(f"/aanvragen/{draft.pk}/controleren/").content.decode()
    missing = re.search(r'<a href="([^"]+)#id_titel">Deze vraag is nog niet beantwoord', page)
    assert missing and "terug=controleren" in missing[1]
    address = missing[1].replace("&amp;", "&")
    section = resident.get(address)
    assert 'href="#id_titel"' in section.content.decode() and "nog niet beantwoord" in section.content.decode()
    back = resident.post(address, posted(section, titel="Bloembakken", verder=""))
    assert back["Location"] == f"/aanvragen/{draft.pk}/controleren/"


def test_without_the_declaration_nothing_is_sent(resident, draft):
    page = resident.post(f"/aanvragen/{draft.pk}/insturen/", {}, follow=True).content.decode()
    assert "Zet een vinkje bij de verklaring" in page and Application.objects.get(pk=draft.pk).status == "draft"


def test_signing_out_clears_what_the_browser_kept(resident, draft):
    assert resident.post("/uitloggen/")["Clear-Site-Data"] == '"storage"'


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200, address
    return len(found)


@pytest.mark.parametrize(("page", "most"), [("", 20), ("invullen/geld/", 12), ("invullen/plek/", 12), ("controleren/", 12), ("overnemen/", 8)])
def test_a_page_of_the_form_asks_the_same_whatever_was_typed(live, resident, draft, page, most):
    live("draft", scheme="LB-INW")
    address = f"{draft.get_absolute_url()}{page}"
    few = queries(resident, address)
    save_draft(application_id=draft.pk, answers={"kosten": [{"description": f"post {n}", "amount": "100"} for n in range(40)], "toelichting": "x" * 5000})
    for number in range(5):
        live("draft", scheme="LB-INW")
        Document.objects.create(
            application=draft, question_key="schets", filename=f"{number}.pdf", content_type="application/pdf", size=1, digest="0" * 64, file="x.pdf",
            uploaded_by=User.objects.get(username="bewoner"),
        )
    assert queries(resident, address) == few <= most


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ("kijk=1&aanvrager=inwoners&plek=ja&limburg=ja&begonnen=nee&bedrag=past", ["past waarschijnlijk bij u", "geen besluit"]),
        ("kijk=1&aanvrager=organisatie", ["past waarschijnlijk niet bij u", "alleen voor inwoners", "Regeling, artikel 1", "/regelingen/LB-SVC/"]),
        ("kijk=1&plek=%00", ["Wij weten het nog niet", 'href="#id_plek"']),
        ("", ["Past deze regeling bij u?"]),
    ],
)
def test_the_quick_check_is_open_to_everybody_and_keeps_nothing(world, answers, words):
    client = Client()
    page = client.get(f"/regelingen/LB-INW/past-het/?{answers}")
    assert page.status_code == 200 and all(word in page.content.decode() for word in words)
    assert not client.cookies.get("sessionid") and not Application.objects.exists()


def test_from_start_to_receipt_scheme_1_asks_at_most_25_fields(resident):
    """Every field that is on a page, each cell of a table by itself; the choices of one question are one field."""
    count = 1  # for whom: on the page of the scheme
    case = begun(resident)
    for section in case.definition.sections:
        page = resident.get(at(case, section.key))
        if page.status_code == 200:
            count += len(read(page).visible)
    resident.post(at(case, "plan"), posted(resident.get(at(case, "plan")), titel="Bloembakken"))
    check = resident.get(f"/aanvragen/{case.pk}/controleren/")
    count += len(read(check, "data-forgets").visible)
    assert 20 < count <= 25
