"""What an applicant does on the pages of her case: complete, account, report a change, withdraw. Nothing typed is lost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from applicants.models import Representation
from grants.applications import drafts
from grants.applications.drafts import AnswerDraft
from grants.applications.models import Submission
from grants.applications.reporting import budget
from grants.applications.services import accounting, handling
from grants.kernel import clock, outbox
from grants.kernel.models import User
from grants.project.demo.lives import Life, Plan
from letters.models import Letter

pytestmark = pytest.mark.django_db
TYPED = "Met moeite getypt"


def signed_in(username="penningmeester"):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def read(answer):
    return answer.content.decode()


def asked_for(life, **values):
    handling.request_completion(application_id=life.id, items=("Een begroting.", "De handtekening."), actor=life.handler, **values)


# -- completion ------------------------------------------------------------------------------------------------------
def test_each_item_that_we_miss_stands_on_the_page_with_the_last_day(live):
    life = live("received", days_ago=2)
    asked_for(life)
    page = read(signed_in().get(f"/aanvragen/{life.id}/aanvullen/"))
    assert "Een begroting." in page and "De handtekening." in page and "Stuur uw aanvulling uiterlijk" in page


def test_only_the_questions_that_the_request_names_are_open(live):
    life = live("received", days_ago=2)
    title = next(q for q in life.case.version.definition.questions if q.maps_to == "title")
    asked_for(life, questions=(title.key,))
    page = read(signed_in().get(f"/aanvragen/{life.id}/aanvullen/"))
    assert page.count('name="asked-') == 1 and f'name="asked-{title.key}"' in page
    other = next(q for q in life.case.version.definition.questions if q.maps_to == "summary")
    assert f'name="asked-{other.key}"' in read(signed_in().get(f"/aanvragen/{life.id}/aanvullen/?vraag={other.key}"))


def test_the_official_names_the_questions_on_the_form(live):
    life = live("received", days_ago=2)
    title = next(q for q in life.case.version.definition.questions if q.maps_to == "title")
    signed_in("behandelaar").post(f"/behandelen/{life.id}/aanvulling/", {"items": "Een betere titel", "questions": [title.key]})
    event = life.case.chain.events.get(act="request_completion")
    assert event.data["questions"] == [title.key] and event.data["items"] == 1


def test_an_answer_to_the_request_is_kept_sent_and_shown_to_the_official(live):
    life = live("received", days_ago=2)
    title = next(q for q in life.case.version.definition.questions if q.maps_to == "title")
    asked_for(life, questions=(title.key,))
    client, address = signed_in(), f"/aanvragen/{life.id}/aanvullen/"
    typed = {f"asked-{title.key}": "1", title.key: "Nieuwe titel", "toelichting-0": TYPED}
    client.post(address, {**typed, "bewaren": ""})
    assert life.case.status == "awaiting_completion" and TYPED in read(client.get(address)) and "Nieuwe titel" in read(client.get(address))
    client.post(address, {**typed, "insturen": ""})
    sent = life.case.submissions.get(kind=Submission.Kind.COMPLETION)
    assert life.case.status == "received" and life.case.title == "Nieuwe titel" and not AnswerDraft.objects.exists()
    assert sent.answers["toelichting_aanvulling"][0] == {"item": "Een begroting.", "text": TYPED}
    assert TYPED in read(signed_in("behandelaar").get(f"/behandelen/{life.id}/"))


def test_an_answer_that_comes_too_late_is_refused_and_stays_on_the_page(live):
    life = live("received", days_ago=2)
    asked_for(life)
    life.case.deadlines.filter(rule="RECOVERY_TERM").update(starts_on=clock.today() - timedelta(days=9), last_day=clock.today() - timedelta(days=1))
    handling.recovery_lapsed(application_id=life.id, actor=life.handler)
    page = read(signed_in().post(f"/aanvragen/{life.id}/aanvullen/", {"toelichting-0": TYPED, "insturen": ""}))
    assert TYPED in page and "notice-error" in page and not life.case.submissions.filter(kind="completion").exists()


# -- the account -----------------------------------------------------------------------------------------------------
@pytest.fixture
def costs(live):
    """A grant of the scheme that asks for the costs, with a budget of one line: € 60.000."""
    from grants.project.demo.lives import LIVES

    life = Life(Plan("LB-GPI", "Gemeente Voorbeeldstad (verzonnen)", "Park", Decimal(30_000), 200, "verleend"))
    LIVES["verleend"](life)
    return life


def test_a_report_is_saved_checked_and_sent_in_with_what_was_learned(live):
    life = live("verleend")
    client, address = signed_in(), f"/aanvragen/{life.id}/verantwoorden/"
    questions = life.case.version.definition.report.questions
    typed = {f"asked-{q.key}": "1" for q in questions} | {"prestaties": TYPED, "wat_werkte": "Samen eten", "delen_toegestaan": "ja"}
    assert "Nog niet ingestuurd" in read(client.post(address, {**typed, "bewaren": ""}, follow=True))
    assert TYPED in read(client.get(address)) and life.case.status == "verleend"
    check = read(client.post(address, {**typed, "verder": ""}, follow=True))
    assert "Controleer uw verantwoording" in check and TYPED in check and "notice-warning" in check
    assert "Zet een vinkje" in read(client.post(f"{address}insturen/", follow=True)) and life.case.status == "verleend"
    page = read(client.post(f"{address}insturen/", {"verklaring": "ja"}, follow=True))
    sent = life.case.submissions.get(kind=Submission.Kind.REPORT)
    assert "Wij hebben uw verantwoording ontvangen op" in page and life.case.status == "report_received"
    assert (sent.answers["wat_werkte"], sent.answers["delen_toegestaan"]) == ("Samen eten", "ja") and sent.warnings and not AnswerDraft.objects.exists()


def test_what_is_posted_when_no_report_can_be_taken_is_kept(live):
    life = live("vastgesteld_direct")
    page = read(signed_in("bewoner").post(f"/aanvragen/{life.id}/verantwoorden/", {"asked-verslag": "1", "verslag": TYPED, "verder": ""}, follow=True))
    assert TYPED in page and "geen verantwoording aannemen" in page
    assert drafts.draft_of(life.case, "report").answers["verslag"] == TYPED


@pytest.mark.parametrize("name", ["lbk-inwoners", "lbk-verenigingen", "lbk-gebieden", "dorpskernen-cultuur-demo"])
def test_every_scheme_asks_what_was_learned_and_whether_it_may_be_shared(name):
    from tests.schemes.helpers import definition

    questions = {q.key: q for q in definition(f"{name}.toml").report.questions}
    for key in ("wat_werkte", "wat_werkte_niet", "tip_andere_buurt"):
        assert (questions[key].kind, questions[key].required) == ("long_text", False), key
    assert questions["delen_toegestaan"].kind == "yes_no"


def test_each_budget_line_stands_beside_what_was_spent(costs):
    client, address = signed_in("ambtenaar"), f"/aanvragen/{costs.id}/verantwoorden/"
    page = read(client.get(address))
    assert "Begroot: € 60.000,00. Telt mee volgens ons besluit: € 60.000,00" in page
    key = "werkelijke_kosten"
    row = {f"asked-{key}": "1", f"{key}-0-amount": "90.000", f"{key}-1-description": "Bomen", f"{key}-1-amount": "500", "bewaren": ""}
    client.post(address, row)
    page = read(client.get(address))
    assert "€\xa030.000,00 meer" in page and "Waarom is het anders dan begroot?" in page and "Leg dit verschil uit." in page
    check = read(client.get(f"{address}controleren/"))
    assert "Leg uit waarom" in check and "Bomen" in check
    client.post(address, {**row, f"{key}-0-explanation": "Hout werd duurder"})
    assert "Leg uit waarom" not in read(client.get(f"{address}controleren/"))
    assert drafts.draft_of(costs.case, "report").answers[key][0]["budget"] == "60000,00"


def test_a_wrong_amount_is_kept_and_said(costs):
    client, address = signed_in("ambtenaar"), f"/aanvragen/{costs.id}/verantwoorden/"
    client.post(address, {"asked-werkelijke_kosten": "1", "werkelijke_kosten-0-amount": "veel", "bewaren": ""})
    page = read(client.get(address))
    assert 'value="veel"' in page and "kunnen wij niet lezen" in page


def line(spent, *, share=25, estimated=1000, explanation=""):
    return budget.Line(0, 1, "Hout", Decimal(estimated), None, "", None if spent is None else Decimal(spent), explanation, Decimal(share))


@pytest.mark.parametrize(
    ("spent", "asks"), [("1250", False), ("1250.01", True), ("750", False), ("749.99", True), ("0", True), (None, False)]
)
def test_a_difference_above_the_share_asks_why(spent, asks):
    assert line(spent).asks_why is asks and line(spent).lacks_why is asks and not line(spent, explanation="x").lacks_why


@pytest.mark.parametrize(("share", "asks"), [(0, True), (1, False)])
def test_the_share_is_that_of_the_scheme(share, asks):
    assert line("1001", share=share).asks_why is asks


def test_a_line_that_was_not_budgeted_has_no_difference():
    assert budget.Line(0, 0, "Bomen", None, None, "5", Decimal(5), "", Decimal(25)).difference_words == ""


# -- changes ---------------------------------------------------------------------------------------------------------
def test_a_change_is_told_with_its_kind_and_proposals_and_stands_in_the_receipt(live):
    life = live("verleend")
    typed = {"kind": "later", "text": TYPED, "new_end": "1 maart 2027", "new_amount": "12.500 euro"}
    signed_in().post(f"/aanvragen/{life.id}/melden/", typed)
    outbox.run_open()
    text = Letter.objects.get(chain=life.case.chain, kind="L12").text
    assert TYPED in text and "1 maart 2027" in text and "12.500 euro" in text and "later klaar" in text


def test_a_change_that_cannot_be_told_keeps_what_was_typed(live):
    life = live("received", days_ago=2)
    page = read(signed_in().post(f"/aanvragen/{life.id}/melden/", {"kind": "later", "text": TYPED}))
    assert TYPED in page and "error-summary" in page


def test_withdrawing_asks_first_and_says_what_it_means(live):
    life = live("received", days_ago=2)
    client = signed_in()
    assert "niet terugdraaien" in read(client.get(f"/aanvragen/{life.id}/intrekken/")) and life.case.status == "received"
    client.post(f"/aanvragen/{life.id}/intrekken/")
    assert life.case.status == "withdrawn"


def test_after_the_decision_the_page_leads_to_a_change_instead(live):
    life = live("verleend")
    page = read(signed_in().get(f"/aanvragen/{life.id}/intrekken/"))
    assert "Wijziging melden" in page and "Ja, trek mijn aanvraag in" not in page
    signed_in().post(f"/aanvragen/{life.id}/intrekken/")
    assert life.case.status == "verleend"


PAGES = ("aanvullen", "verantwoorden", "verantwoorden/controleren", "verantwoorden/insturen", "intrekken", "melden", "voortgang", "berichten", "zienswijze", "voorschot", "te-laat")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["bewoner", "behandelaar", "ended"])
def test_no_page_opens_for_who_does_not_act_for_the_applicant(live, page, who):
    life = live("verleend")
    if who == "ended":
        Representation.objects.filter(user__username="penningmeester").update(valid_to=date(2026, 1, 1))
    client = signed_in("penningmeester" if who == "ended" else who)
    before = life.case.chain.length
    for method in (client.get, client.post):
        assert method(f"/aanvragen/{life.id}/{page}/", {"text": "x", "verklaring": "ja"}).status_code in (404, 405), page
    assert life.case.chain.length == before and not AnswerDraft.objects.exists()


def test_a_report_sent_past_the_pages_has_the_same_warnings(live):
    life = live("verleend")
    accounting.submit_report(application_id=life.id, answers={}, actor=life.asker)
    assert life.case.submissions.get(kind="report").warnings
