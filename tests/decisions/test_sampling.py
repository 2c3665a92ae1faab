"""The sample: a list by one person, a draw by another, and a check before the case closes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.models import SampleCheck, SampleDraw, SampleEntry
from decisions.sampling_forms import DrawForm
from decisions.sampling_letters import values_of
from decisions.services import assessing, closing, sampling
from decisions.services.sampling import CannotDraw
from grants.applications.lifecycle.door import Refused
from grants.applications.services import accounting
from grants.kernel import audit, outbox
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.law.sampling import draw, list_hash
from grants.project.demo.lives import person
from grants.schemes.models import Scheme
from letters.content import block_texts
from letters.models import Letter
from letters.texts.filling import fill
from letters.texts.shipped import shipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(live):
    """Three direct settlements of the same day, long ago."""
    return [live("vastgesteld_direct", days_ago=200) for _ in range(3)]


def listed(lives, actor=None):
    first = lives[0]
    return sampling.prepare_draw(
        scheme_code="LB-INW", arrangement="1a", period_start=first.case.settled_on, period_end=first.case.settled_on, actor=actor or first.handler, day=first.today
    )


def drawn(lives):
    """The check of the case that was drawn, and its life."""
    made = sampling.make_draw(draw_id=listed(lives).id, actor=lives[0].reviewer, day=lives[0].today)
    check = SampleCheck.objects.get(entry__draw=made)
    life = next(life for life in lives if life.id == check.application_id)
    life.day = life.today
    return check, life


def answers(check, answer="yes", note=""):
    return {place: (answer, note) for place in range(len(check.points))}


def concluded(check, life, outcome="ok", answer="yes", note="", **more):
    return sampling.conclude(check_id=check.id, answers=answers(check, answer, note), outcome=outcome, note=note, actor=life.reviewer, day=life.day, **more)


def test_the_list_is_fixed_and_proven_before_anybody_knows_the_seed(settled):
    made = listed(settled)
    assert (made.percentage, made.seed, made.entries.count()) == (Decimal(5), "", 3)
    assert made.list_hash == list_hash(life.case.case_number for life in settled)


def test_another_person_draws_and_anybody_can_draw_again(settled):
    made = sampling.make_draw(draw_id=listed(settled).id, actor=settled[0].reviewer, day=settled[0].today)
    again = draw([life.case.case_number for life in settled], seed=made.seed, percentage=made.percentage)
    stored = [(e.application.case_number, e.place, e.is_drawn) for e in made.entries.order_by("place")]
    assert stored == [(r.case_number, r.place, r.is_drawn) for r in again]
    assert len(made.seed) == 32 and SampleCheck.objects.count() == 1, "five percent of three is one"
    assert list(audit.verify()) == []


def test_who_made_the_list_does_not_draw(settled):
    made = listed(settled, actor=settled[0].reviewer)
    with pytest.raises(CannotDraw, match="zelf gemaakt.*collega"):
        sampling.make_draw(draw_id=made.id, actor=settled[0].reviewer)


def test_a_draw_is_made_once_and_never_changes(settled):
    made = sampling.make_draw(draw_id=listed(settled).id, actor=settled[0].reviewer, day=settled[0].today)
    with pytest.raises(CannotDraw, match="al getrokken"):
        sampling.make_draw(draw_id=made.id, actor=settled[0].reviewer)
    for change in (lambda: SampleDraw.objects.filter(id=made.id).update(seed="ander"), lambda: SampleEntry.objects.update(is_drawn=True)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_case_has_one_chance(settled):
    listed(settled)
    with pytest.raises(CannotDraw, match="niets vastgesteld"):
        listed(settled)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"arrangement": "3"}, "geen percentage"), ({"period_end": "today"}, "periode die voorbij is"), ({"period_start": "later"}, "periode die voorbij is"),
        ({"actor": "archief"}, "behandelaar of een toetser"),
    ],
)
def test_a_list_that_cannot_be_made_is_refused_in_words(settled, change, words):
    first, day = settled[0], settled[0].case.settled_on
    given = {"scheme_code": "LB-INW", "arrangement": "1a", "period_start": day, "period_end": day, "actor": first.handler, "day": first.today, **change}
    if given["period_end"] == "today":
        given["period_end"] = first.today
    if given["period_start"] == "later":
        given["period_start"] = day + timedelta(days=1)
    if given["actor"] == "archief":
        given["actor"] = person("archief", Role.RECORDS_OFFICER)
    with pytest.raises(CannotDraw, match=words):
        sampling.prepare_draw(**given)


@pytest.mark.parametrize(("first", "last", "found"), [(-1, -1, 0), (-1, 0, 3), (0, 0, 3), (0, 1, 3), (1, 1, 0)])
def test_the_first_and_the_last_day_of_the_period_count(settled, first, last, found):
    day, scheme = settled[0].case.settled_on, settled[0].case.scheme
    assert sampling.population(scheme, "1a", day + timedelta(days=first), day + timedelta(days=last)).count() == found


def test_a_case_on_a_list_or_in_the_sample_does_not_close_before_it_is_checked(settled):
    made = listed(settled)
    assert closing.open_matters_of(settled[0].case)[-1] == "een steekproef die nog wordt getrokken"
    sampling.make_draw(draw_id=made.id, actor=settled[0].reviewer, day=settled[0].today)
    check = SampleCheck.objects.get()
    life = next(life for life in settled if life.id == check.application_id)
    life.day = life.today
    life.pay()
    with pytest.raises(Refused, match="Nog open: een steekproef"):
        life.close()
    concluded(check, life)
    life.close()
    assert life.case.status == "closed"


def test_a_case_that_was_not_drawn_closes(settled):
    check, _ = drawn(settled)
    other = next(life for life in settled if life.id != check.application_id)
    other.day = other.today
    other.pay()
    other.close()
    assert other.case.status == "closed"


def test_the_check_list_has_the_obligations_of_the_scheme(settled):
    check, life = drawn(settled)
    texts = [point["text"] for point in check.points]
    assert texts[0] == "De activiteit is gedaan zoals in het besluit staat."
    wanted = [o.text for o in life.case.definition.obligations if not o.arrangements or "1a" in o.arrangements]
    assert texts[2:] == wanted


def test_the_letter_says_what_to_show_until_when_and_what_may_follow(settled):
    check, life = drawn(settled)
    check = sampling.ask_evidence(check_id=check.id, actor=life.reviewer, day=life.day)
    outbox.run_open()
    text = Letter.objects.get(chain=life.case.chain, kind="L32").text.replace("\n", " ")
    assert "U zit in onze steekproef" in text and "de vaststelling van uw subsidie intrekken of in uw nadeel wijzigen (artikel 4:49" in text
    assert "lager vaststellen" not in text and "terugbetalen" in text, "what is settled is not settled lower: it is changed"
    assert life.case.case_number in text and str(check.last_day.day) in text
    assert life.case.deadlines.get(rule="SAMPLE_TERM").last_day == check.last_day


def test_before_the_settlement_the_consequence_is_that_of_the_grant(live):
    life = live("verleend")
    _subject, body = fill(shipped("L32").template, values_of(SampleCheck(application=life.case, last_day=life.day)))
    told = " ".join(text for block in body for text in block_texts(block))
    assert "lager vaststellen" in told and "4:46 en 4:48" in told and "4:49" not in told


@pytest.mark.parametrize(("days", "passes"), [(0, False), (1, True)])
def test_who_was_asked_for_proof_has_until_the_last_day(settled, days, passes):
    check, life = drawn(settled)
    check = sampling.ask_evidence(check_id=check.id, actor=life.reviewer, day=life.day - timedelta(days=60))
    life.day = check.last_day + timedelta(days=days)
    if passes:
        assert concluded(check, life).state == "checked"
    else:
        with pytest.raises(Refused, match="heeft tot en met"):
            concluded(check, life)
        sampling.evidence_received(check_id=check.id, received_on=life.day, actor=life.reviewer, day=life.day)
        assert concluded(check, life).state == "checked"
    assert not life.case.deadlines.filter(rule="SAMPLE_TERM", ended_on=None).exists()


@pytest.mark.parametrize(
    ("outcome", "answer", "note", "words"),
    [
        ("ok", "", "", "Niet elk punt"), ("", "yes", "", "Kies de uitkomst"), ("ok", "no", "kapot", "niet in orde. Kies"), ("remark", "no", "", "Schrijf op wat er niet"),
        ("lower", "yes", "", "waarom dit de uitkomst is"), ("prima", "yes", "", "Kies de uitkomst"),
    ],
)
def test_a_check_that_is_not_whole_is_refused_and_changes_nothing(settled, outcome, answer, note, words):
    check, life = drawn(settled)
    with pytest.raises(Refused, match=words):
        concluded(check, life, outcome, answer, note)
    assert SampleCheck.objects.get().state == "drawn"


def test_nobody_checks_the_own_work(settled):
    check, life = drawn(settled)
    with pytest.raises(Refused, match="zelf aan deze zaak"):
        sampling.conclude(check_id=check.id, answers=answers(check), outcome="ok", note="", actor=life.handler, day=life.day)


def test_a_subsidy_that_must_be_lower_stays_open_until_that_is_decided(settled):
    check, life = drawn(settled)
    check = concluded(check, life, "lower", "no", "De helft van de bankjes staat er niet.")
    assert check.state == "follow_up" and "een steekproef" in closing.open_matters_of(life.case)
    assessing.ask_view(application_id=life.id, about="amend_settlement", reason="de helft staat er niet", actor=life.handler, day=life.day)
    assessing.receive_view(application_id=life.id, text="Dat klopt.", actor=life.asker, day=life.day)
    life.decide("amend_settlement", Decimal(1500), ground="4:49(1)(c)", ground_text="niet alles gedaan", breach_on=life.day, proportionality="De bewoner wist dit.")
    check.refresh_from_db()
    assert (check.state, check.decision.act, life.case.settled_amount) == ("checked", "amend_settlement", Decimal(1500))


def test_whoever_could_decide_may_see_no_reason_to(settled):
    check, life = drawn(settled)
    check = concluded(check, life, "withdraw", "no", "Er staat niets.")
    with pytest.raises(Refused, match="geen ander besluit"):
        sampling.drop_follow_up(check_id=check.id, reason=" ", actor=life.signer, day=life.day)
    check = sampling.drop_follow_up(check_id=check.id, reason="De bankjes stonden er wel.", actor=life.signer, day=life.day)
    assert check.state == "checked" and "stonden er wel" in check.note


def test_a_closed_case_can_be_drawn_and_is_opened_again_before_proof_is_asked(live):
    lives = [live("closed", days_ago=250)]
    check, life = drawn(lives)
    with pytest.raises(Refused, match="heropenen"):
        sampling.ask_evidence(check_id=check.id, actor=life.reviewer, day=life.day)
    accounting.reopen(application_id=life.id, reason="steekproef", actor=person("archief", Role.RECORDS_OFFICER), day=life.day)
    assert sampling.ask_evidence(check_id=check.id, actor=life.reviewer, day=life.day).state == "asked"


def test_the_form_offers_only_what_can_be_drawn(world):
    offered = set(DrawForm(codes=None).sources.values())
    wanted = {(s.code, a.code) for s in Scheme.objects.filter(is_historical=False) for a in s.current_version().definition.arrangements if a.sample_percentage}
    assert ("LB-INW", "1a") in offered and ("LB-INW", "3") not in offered and offered == wanted
    assert DrawForm(codes=frozenset()).sources == {}


def test_the_pages_from_list_to_outcome(settled):
    handler, reviewer = Client(), Client()
    handler.force_login(User.objects.get(username="behandelaar"))
    reviewer.force_login(User.objects.get(username="toetser"))
    day = settled[0].case.settled_on.isoformat()
    wrong = handler.post("/behandelen/steekproef/nieuw/", {"source": "LB-INW/3", "period_start": day, "period_end": day}).content.decode()
    assert "geldige keuze" in wrong and day in wrong
    answer = handler.post("/behandelen/steekproef/nieuw/", {"source": "LB-INW/1a", "period_start": day, "period_end": day}, follow=True)
    assert "De lijst ligt vast" in answer.content.decode() and "Steekproef trekken" not in answer.content.decode()
    made = SampleDraw.objects.get()
    assert "Alleen een toetser" in handler.post(made.get_absolute_url(), follow=True).content.decode()
    page = reviewer.post(made.get_absolute_url(), follow=True).content.decode()
    made.refresh_from_db()
    assert "is getrokken" in page and made.seed in page and "sha256sum" in page
    check = SampleCheck.objects.get()
    assert str(check.application.case_number) in reviewer.get("/behandelen/steekproef/").content.decode()
    assert "Bewijs gevraagd" in reviewer.post(check.get_absolute_url(), {"act": "ask_evidence"}, follow=True).content.decode()
    assert "Vul de dag in" in reviewer.post(check.get_absolute_url(), {"act": "evidence_received", "received_on": "2001-01-01"}).content.decode()
    reviewer.post(check.get_absolute_url(), {"act": "evidence_received", "received_on": ""})
    data = {"act": "conclude_check", "outcome": "remark", "note": "", **{f"answer-{n}": "yes" for n in range(len(check.points))}}
    page = reviewer.post(check.get_absolute_url(), data).content.decode()
    assert "Schrijf op waarom dit de uitkomst is" in page and "checked" in page
    assert "in orde, met een opmerking" in reviewer.post(check.get_absolute_url(), {**data, "note": "Mooi gedaan."}, follow=True).content.decode()
    assert "Dit kan nu niet" in reviewer.post(check.get_absolute_url(), data, follow=True).content.decode()
    assert "Deze zaak is getrokken" in reviewer.get(f"/behandelen/{check.application_id}/").content.decode()


def test_the_lists_ask_as_many_queries_at_1_row_as_at_12(live):
    def more(number, days_ago):
        lives = [live("vastgesteld_direct", days_ago=days_ago) for _ in range(number)]
        made = listed(lives)
        SampleDraw.objects.filter(id=made.id).update(percentage=100)
        sampling.make_draw(draw_id=made.id, actor=lives[0].reviewer, day=lives[0].today)
        return made

    def queries(path):
        client = Client()
        client.force_login(User.objects.get(username="toetser"))
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    first = more(1, 200)
    few = queries("/behandelen/steekproef/"), queries(first.get_absolute_url())
    last = more(12, 150)
    assert (queries("/behandelen/steekproef/"), queries(last.get_absolute_url())) == few
    assert max(few) <= 14
