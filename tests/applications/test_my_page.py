"""My page and my case: what happens now, what I must do by when, my letters, who read my data, and a copy of it all."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applicants.models import Representation
from decisions.models import ApplicantRequest
from decisions.services import noting
from grants.applications import journey, standing
from grants.applications.drafts import AnswerDraft
from grants.applications.messages import services as messages
from grants.applications.messages.models import CaseMessage
from grants.applications.models import Application, Deadline, Document
from grants.applications.statuses import Status
from grants.kernel import audit, outbox
from grants.kernel.models import AccessLog, User
from grants.project.demo.following import live_following
from grants.project.mine import copies
from grants.schemes.models import Scheme

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 10)


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def read(answer):
    return answer.content.decode()


def test_every_status_says_who_is_at_work_and_what_happens():
    assert set(standing.NOW) == set(Status)
    assert {who for who, _sentence in standing.NOW.values()} <= set(standing.AT_WORK)


@pytest.mark.parametrize(
    ("days", "words"), [(-2, "2 dagen te laat"), (-1, "1 dag te laat"), (0, "vandaag is de laatste dag"), (1, "nog 1 dag"), (12, "nog 12 dagen")]
)
def test_how_long_there_still_is(days, words):
    assert standing.days_words(TODAY + timedelta(days=days), TODAY) == words


def case_in(status, **values):
    scheme = Scheme(code="X", title="Regeling", closes_on=TODAY + timedelta(days=3))
    case = Application(scheme=scheme, received_on=date(2026, 1, 5), **values)
    case.__dict__["status"] = status
    return case


def term(rule, last_day, **values):
    return Deadline(rule=rule, starts_on=date(2026, 1, 1), raw_end=last_day, last_day=last_day, **values)


def test_a_term_that_passed_is_said_to_be_late_and_stands_first():
    terms = [term("PROGRESS_DUE", TODAY + timedelta(days=5)), term("REPORT_DUE", TODAY - timedelta(days=1))]
    first, second = standing.duties_of(case_in("verleend"), terms, TODAY)
    assert (first.is_late, first.when) == (True, "1 dag te laat") and second.address.endswith("/voortgang/")


def test_one_page_that_answers_two_terms_is_one_thing_to_do_with_the_later_day():
    terms = [term("REPORT_DUE", TODAY - timedelta(days=20)), term("REPORT_REMINDER", TODAY + timedelta(days=2))]
    (duty,) = standing.duties_of(case_in("report_overdue"), terms, TODAY)
    assert duty.last_day == TODAY + timedelta(days=2) and not duty.is_late


def test_a_term_that_ended_and_one_of_ours_are_nothing_to_do():
    terms = [term("RECOVERY_TERM", TODAY, ended_on=TODAY), term("DECISION", TODAY)]
    assert standing.duties_of(case_in("received"), terms, TODAY) == []


def test_a_draft_says_until_when_the_scheme_is_open():
    (duty,) = standing.duties_of(case_in("draft"), (), TODAY)
    assert duty.when == "nog 3 dagen"


def test_the_steps_tell_the_days_on_which_the_term_stood_still():
    decision = term("DECISION", date(2026, 4, 1), suspended_days=9)
    decision.stands_still = True
    steps = journey.steps_of(case_in("received", decision_due_on=date(2026, 4, 1)), [decision], {}, date(2026, 3, 1))
    notes = " ".join(steps[-1].notes)
    assert "stond 9 dagen stil" in notes and "staat nu stil" in notes and steps[-1].day_words == "uiterlijk 1 april 2026"


@pytest.mark.parametrize("status", Status.values)
def test_at_most_one_part_of_the_steps_is_now_and_the_rest_is_in_order(status):
    steps = journey.steps_of(case_in(status, granted_amount=1 if status in ("verleend", "vastgesteld") else None), [], {}, date(2026, 3, 1))
    states = [step.state for step in steps]
    order = [journey.DONE, journey.NOW, journey.NEXT]
    assert states == sorted(states, key=order.index)


@pytest.mark.parametrize(("today", "plan", "account"), [(date(2026, 6, 21), journey.NOW, journey.NEXT), (date(2026, 6, 22), journey.DONE, journey.NOW)])
def test_the_plan_is_over_the_day_after_its_last_day_and_then_the_account_is_next(today, plan, account):
    case = case_in("verleend", granted_amount=1, activity_start=date(2026, 5, 22), activity_end=date(2026, 6, 21), report_due_on=date(2026, 9, 20), settlement_mode="report")
    found = {step.title: step.state for step in journey.steps_of(case, [], {}, today)}
    assert found["U voert uw plan uit"] == plan
    assert found.get("U verantwoordt uw plan", account) == account


def test_what_was_settled_at_once_is_carried_out_after_it():
    day = date(2026, 4, 5)
    case = case_in("vastgesteld", granted_amount=1, decided_on=day, settled_on=day, activity_start=date(2026, 5, 1), activity_end=date(2026, 6, 1))
    assert [(step.title, step.state) for step in journey.steps_of(case, [], {}, date(2026, 5, 2))][-2:] == [
        ("Wij stelden uw subsidie vast", journey.DONE), ("U voert uw plan uit", journey.NOW),
    ]


def test_my_page_says_what_i_must_do_and_which_letters_i_did_not_read(live):
    life = live("awaiting_completion", days_ago=3)
    outbox.run_open()
    messages.write(application_id=life.id, text="Kunt u een foto sturen?", actor=life.handler)
    client = signed_in("penningmeester")
    page = read(client.get("/mijn/"))
    assert "U bent aan zet" in page and "Doe dit uiterlijk" in page and "2 ongelezen brieven" in page and "1 nieuw bericht" in page
    letter = life.case.chain.letters.filter(state="sent").first()
    client.get(letter.get_absolute_url())
    assert "1 ongelezen brief<" in read(client.get("/mijn/"))


def test_drafts_stand_apart_and_older_cases_on_the_next_page(live, monkeypatch):
    monkeypatch.setattr("grants.project.mine.overview.PAGE", 2)
    live("draft")
    for _ in range(3):
        live("received", days_ago=2)
    client = signed_in("penningmeester")
    page = client.get("/mijn/")
    assert len(page.context["rows"]) == 2 and len(page.context["drafts"]) == 1
    older = client.get(f"/mijn/?na={page.context['page'].next}")
    assert len(older.context["rows"]) == 1 and not older.context["page"].next


ADDRESSES = ["/mijn/", "/mijn/post/", "/mijn/inzage/", "/behandelen/berichten/", "/behandelen/verzoeken/", "/behandelen/?werk=bericht"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_as_many_queries_at_3_as_at_30(live, address):
    username = "behandelaar" if "behandelen" in address else "penningmeester"

    def more(number):
        for _ in range(number):
            life = live("received", days_ago=3)
            messages.write(application_id=life.id, text="Vraag", actor=life.asker)
            AccessLog.objects.create(user=User.objects.order_by("?").filter(is_demo=True).first(), chain=life.case.chain, what="case")
        outbox.run_open()

    def queries():
        client = signed_in(username)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    more(3)
    few = queries()
    more(27)
    assert queries() == few <= 18


def test_the_page_of_my_messages_asks_as_many_queries_at_3_as_at_30(live):
    life = live("received", days_ago=3)

    def queries(client, address):
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    for username, address in (("penningmeester", f"/aanvragen/{life.id}/berichten/"), ("behandelaar", f"/behandelen/{life.id}/berichten/")):
        client = signed_in(username)
        for number in range(3):
            messages.write(application_id=life.id, text=f"{username} {number}", actor=life.asker)
        queries(client, address)
        few = queries(client, address)
        for number in range(3, 30):
            messages.write(application_id=life.id, text=f"{username} {number}", actor=life.asker)
        assert queries(client, address) == few


def test_i_see_who_read_my_data_by_function_and_not_by_name(live):
    life = live("received", days_ago=3)
    signed_in("behandelaar").get(f"/behandelen/{life.id}/")
    page = read(signed_in("penningmeester").get("/mijn/inzage/"))
    assert "behandelaar subsidies" in page and "Uw zaak" in page and life.case.case_number in page
    assert life.handler.user.last_name not in page and life.handler.user.first_name not in page


def test_i_do_not_see_who_read_the_data_of_another(live):
    life = live("received", days_ago=3)
    signed_in("behandelaar").get(f"/behandelen/{life.id}/")
    assert life.case.case_number not in read(signed_in("bewoner").get("/mijn/inzage/"))


def opened(answer):
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_copy_holds_what_is_mine_and_nothing_that_officials_keep(live):
    life = live("verleend")
    outbox.run_open()
    noting.write(application_id=life.id, kind="note", text="geheime notitie", actor=life.handler)
    messages.write(application_id=life.id, text="Mag het blauw?", actor=life.asker)
    case = life.case
    for who, name, state in ((life.asker.user, "mijn.jpg", "clean"), (life.handler.user, "van-de-provincie.jpg", "clean"), (life.asker.user, "ongezien.jpg", "waiting")):
        Document.objects.create(
            application=case, question_key="fotos", filename=name, content_type="image/jpeg", size=3, digest="x", file=ContentFile(b"abc", name), uploaded_by=who, state=state
        )
    found = opened(signed_in("penningmeester").post("/mijn/kopie/"))
    names = found.namelist()
    data = json.loads(found.read(f"{case.case_number}/gegevens.json"))
    assert any(n.endswith("mijn.jpg") for n in names) and not any("van-de-provincie" in n or "ongezien" in n for n in names)
    letters = [n for n in names if "/brieven/" in n]
    assert len(letters) == case.chain.letters.filter(state="sent").count() and all(found.read(n).startswith(b"%PDF") for n in letters)
    assert data["messages"][0]["text"] == "Mag het blauw?" and data["submissions"] and {"submit", "grant"} <= {e["act"] for e in data["events"]}
    whole = json.dumps(data)
    assert "geheime notitie" not in whole and "sign_decision" not in whole and "actor" not in whole


def test_the_copy_of_another_does_not_hold_my_case(live):
    life = live("received", days_ago=3)
    assert not [n for n in opened(signed_in("bewoner").post("/mijn/kopie/")).namelist() if life.case.case_number in n]


def test_a_few_copies_an_hour_and_no_more(live):
    live("received", days_ago=3)
    client = signed_in("penningmeester")
    assert [client.post("/mijn/kopie/").status_code for _ in range(copies.MOST_AN_HOUR + 1)] == [200] * copies.MOST_AN_HOUR + [429]
    assert signed_in("bewoner").post("/mijn/kopie/").status_code == 200


def test_a_letter_whose_file_is_gone_is_named_and_stops_nothing(live):
    life = live("received", days_ago=3)
    outbox.run_open()
    letter = life.case.chain.letters.filter(state="sent").first()
    letter.file.storage.delete(letter.file.name)
    assert any(n.endswith("ontbreekt.txt") for n in opened(signed_in("penningmeester").post("/mijn/kopie/")).namelist())


def test_digital_post_is_chosen_for_each_applicant_apart(world):
    client = signed_in("penningmeester")
    mine = list(User.objects.get(username="penningmeester").representations.order_by("id"))
    assert len(mine) == 2
    client.post("/mijn/digitale-post/", {"applicant": mine[0].applicant_id, "channel": "paper"})
    states = [Representation.objects.get(pk=r.pk).applicant.channel_consent for r in mine]
    assert states == [False, True]


def test_nobody_chooses_for_the_applicant_of_another(world):
    other = User.objects.get(username="ambtenaar").representations.first().applicant
    assert signed_in("penningmeester").post("/mijn/digitale-post/", {"applicant": other.pk, "channel": "paper"}).status_code == 404
    other.refresh_from_db()
    assert other.channel_consent is True


def test_my_page_is_empty_for_who_has_no_cases(world):
    assert "nog geen aanvragen ingestuurd" in read(signed_in("bewoner").get("/mijn/"))


def test_the_demonstration_shows_messages_an_advance_an_open_view_and_reports_in_the_making(world):
    live_following()
    assert CaseMessage.objects.unanswered().count() == 1 and AnswerDraft.objects.count() == 2
    assert set(ApplicantRequest.objects.open().values_list("kind", flat=True)) == {"advance", "view_time"}
    assert not list(audit.verify())
    page = read(signed_in("ambtenaar").get(f"/aanvragen/{AnswerDraft.objects.last().application_id}/verantwoorden/controleren/"))
    assert "Leg uit waarom" in page and "Bomen (verzonnen)" in page
    page = read(signed_in("penningmeester").get("/mijn/"))
    assert "/aanvullen/" in page and "/zienswijze/" in page
