"""Applications that look alike, and the signs that connect an official to an applicant."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applicants.models import Applicant
from decisions import interest, related
from decisions.interest_rules import Hint, refusal
from decisions.models import InterestDeclaration, OutsidePosition, RelatedKey, UndertakingMember
from decisions.services import aid, assessing, daily, deciding
from decisions.similarity import keys, likeness
from grants.applications.lifecycle.door import Refused
from grants.kernel import clock
from grants.kernel.models import RoleAssignment, User
from grants.project import environment
from grants.project.demo.lives import LIVES, Life, Plan

PLAN = "Wij zetten tien bankjes op het plein bij de kerk, samen met de buurt en de school"
CLUB, OTHER_CLUB = "Vereniging Buurthuis Voorbeeld (verzonnen)", "Stichting Repair Café Demo (verzonnen)"


@pytest.mark.parametrize(
    ("other", "low", "high"),
    [
        (PLAN, 1, 1), (PLAN.upper() + "!", 1, 1), (PLAN.replace("tien", "twaalf"), 0.7, 0.95), (PLAN.replace("é", "e"), 1, 1),
        ("Een wandelclub voor ouderen die elke dinsdag een ronde lopen", 0, 0.1), ("", 0, 0),
    ],
)
def test_how_much_two_texts_are_alike(other, low, high):
    assert low <= likeness(PLAN, other) <= high
    assert likeness(other, PLAN) == likeness(PLAN, other)


def test_texts_that_are_alike_share_a_key_and_others_do_not():
    assert keys(PLAN) == keys(PLAN.lower())
    assert set(keys(PLAN)) & set(keys(PLAN.replace("tien", "twaalf")))
    assert not set(keys(PLAN)) & set(keys("Een wandelclub voor ouderen die elke dinsdag een ronde lopen"))
    assert keys("") == keys("!?") == () and likeness("", "") == 0
    assert len(keys("bankjes")) == 16


pytestmark = pytest.mark.django_db
HANDLER = "behandelaar"


def lived(applicant, title, scheme="LB-SVC", state="received"):
    from decimal import Decimal

    life = Life(Plan(scheme, applicant, title, Decimal(3000 if scheme == "LB-INW" else 30000), 30, state))
    LIVES[state](life)
    return life


OLD, NEW = "o" * 40, "n" * 40


@pytest.mark.parametrize(
    ("after", "finds"),
    [
        ({"MATCHING_SECRET": OLD}, True), ({"SECRET_KEY_FALLBACKS": [OLD]}, True), ({}, False),
        ({"MATCHING_SECRET": NEW, "SECRET_KEY_FALLBACKS": [OLD]}, False),
    ],
)
def test_the_same_account_is_found_after_another_secret_key_when_the_old_one_is_kept(world, settings, after, finds):
    settings.SECRET_KEY = OLD
    Applicant.objects.filter(name=OTHER_CLUB).update(iban=Applicant.objects.get(name=CLUB).iban)
    before = lived(OTHER_CLUB, "Wandelen met ouderen")
    settings.SECRET_KEY = NEW
    for name, value in after.items():
        setattr(settings, name, value)
    life = lived(CLUB, PLAN)
    assert ((before.id, ("hetzelfde rekeningnummer",)) in found(life)) is finds


@pytest.mark.parametrize(("value", "right"), [("", True), ("x" * 31, False), ("x" * 32, True)])
def test_a_secret_that_can_be_guessed_stops_the_start(monkeypatch, value, right):
    monkeypatch.setenv("MATCHING_SECRET", value)
    if right:
        assert environment.optional_secret("MATCHING_SECRET") == value
        return
    with pytest.raises(ImproperlyConfigured, match="MATCHING_SECRET is te kort"):
        environment.optional_secret("MATCHING_SECRET")


def found(life, username=HANDLER):
    return [(r.application.pk, r.reasons) for r in related.related_to(life.case, User.objects.get(username=username))]


def test_the_same_words_for_another_applicant_are_found(world):
    first, second = lived(CLUB, PLAN), lived(OTHER_CLUB, PLAN)
    assert found(first) == [(second.id, ("dezelfde plek", "tekst voor 100% gelijk"))]
    assert found(second) == [(first.id, ("dezelfde plek", "tekst voor 100% gelijk"))]


def test_other_words_at_another_place_for_another_applicant_are_not_found(world):
    lived(CLUB, "Een wandelclub voor ouderen die elke dinsdag een ronde lopen")
    assert found(lived(OTHER_CLUB, PLAN)) == []


@pytest.mark.parametrize(
    ("same", "reason"), [({"iban": "NL91 abna 0417 1643 00"}, "hetzelfde rekeningnummer"), ({"kvk_number": "00000001"}, "hetzelfde KvK-nummer")]
)
def test_the_same_account_or_company_is_found(world, same, reason):
    first = lived(CLUB, "Een wandelclub voor ouderen die elke dinsdag een ronde lopen")
    Applicant.objects.filter(name=OTHER_CLUB).update(**same)
    second = lived(OTHER_CLUB, PLAN)
    assert found(second) == [(first.id, (reason,))]


def test_the_same_applicant_is_found_across_schemes_and_the_most_alike_comes_first(world):
    again = lived("Bo Bewoner (verzonnen)", "Iets heel anders met veel bomen", "LB-INW")
    first = lived("Bo Bewoner (verzonnen)", PLAN, "LB-INW")
    second = lived("Bo Bewoner (verzonnen)", PLAN, "LB-INW")
    assert [pk for pk, _ in found(second)] == [first.id, again.id]
    assert "dezelfde aanvrager" in found(second)[1][1]


def test_a_draft_and_a_case_of_another_scheme_stay_out_of_sight(world):
    first, second = lived(CLUB, PLAN), lived("Bo Bewoner (verzonnen)", PLAN, "LB-INW")
    lived(CLUB, PLAN, state="draft")
    assert [pk for pk, _ in found(first)] == [second.id]
    RoleAssignment.objects.filter(user__username=HANDLER).update(scheme_code="LB-SVC")
    assert found(first) == []


def test_no_account_can_be_read_from_the_keys(world):
    lived(CLUB, PLAN)
    stored = " ".join(RelatedKey.objects.values_list("key", flat=True))
    assert "0417164300" not in stored and "00000001" not in stored
    assert RelatedKey.objects.filter(kind=RelatedKey.Kind.IBAN).count() == 1


def test_a_completion_makes_the_keys_again(world):
    from grants.applications.services import applying

    life = lived(CLUB, PLAN, state="awaiting_completion")
    before = set(RelatedKey.objects.filter(kind=RelatedKey.Kind.TEXT).values_list("key", flat=True))
    titled = next(q.key for q in life.case.definition.questions if q.maps_to == "title")
    summary = next(q.key for q in life.case.definition.questions if q.maps_to == "summary")
    applying.complete(application_id=life.id, answers={titled: "Wandelen", summary: "Elke dinsdag een ronde"}, actor=life.asker, day=life.day)
    assert before.isdisjoint(RelatedKey.objects.filter(kind=RelatedKey.Kind.TEXT).values_list("key", flat=True))


def test_cases_of_before_the_index_get_their_keys_with_the_daily_work(world):
    first, second = lived(CLUB, PLAN), lived(OTHER_CLUB, PLAN)
    RelatedKey.objects.all().delete()
    daily.run()
    assert [pk for pk, _ in found(first)] == [second.id]
    assert related.index_missing() == 0


def test_at_most_five_are_shown_and_one_query_finds_them(world):
    life = lived(CLUB, PLAN)
    for _ in range(7):
        lived(OTHER_CLUB, PLAN)
    user = User.objects.prefetch_related("role_assignments").get(username=HANDLER)
    assert user.roles()
    with CaptureQueriesContext(connection) as asked:
        assert len(related.related_to(life.case, user)) == 5
    assert len([q for q in asked if "relatedkey" in q["sql"]]) == 1


def page(username, address, data=None):
    client = Client()
    client.force_login(User.objects.get(username=username))
    answer = client.post(address, data, follow=True) if data is not None else client.get(address)
    return answer.content.decode()


def test_the_case_page_says_what_it_looks_like_and_why(world):
    first, second = lived(CLUB, PLAN), lived(OTHER_CLUB, PLAN)
    shown = page(HANDLER, f"/behandelen/{first.id}/")
    assert "Lijkt op" in shown and second.case.case_number in shown and "tekst voor 100% gelijk" in shown


def test_all_panels_of_this_subject_ask_four_queries_at_most(world):
    from django.test import RequestFactory

    from decisions import aid_panels, related_panels

    life = lived(CLUB, PLAN)
    lived(OTHER_CLUB, PLAN)
    life.mark_complete()
    life.test_aid("de_minimis")
    Applicant.objects.filter(pk=life.applicant.pk).update(name="Familie Behandelaar")
    aid.declare(
        application_id=life.id, actor=life.handler, day=life.day,
        values={"kind": "general", "amount": 5, "granted_on": life.day, "authority": "x"},
    )
    case = life.case.__class__.objects.select_related("scheme", "version", "applicant").get(id=life.id)
    request = RequestFactory().get("/")
    request.user = User.objects.get(username=HANDLER)
    assert request.user.roles()
    with CaptureQueriesContext(connection) as asked:
        made = [make(request, case) for make in (aid_panels.state_aid, related_panels.own_interest, related_panels.look_alikes)]
        assert all(made) and len(made[2].values["found"]) == 1
    assert len(asked) <= 4, [q["sql"][:90] for q in asked]


# -- signs of an interest ---------------------------------------------------------------------------------------------

WEAK, STRONG, BOARD = Hint("surname", False, "naam."), Hint("position", True, "functie."), Hint("board", True, "bestuur.")


@pytest.mark.parametrize(
    ("hints", "said", "remark", "words"),
    [
        ((), None, "", None), ((), False, "", None), ((), True, "", "Draag de zaak over"),
        ((WEAK,), None, "", "Verklaar eerst"), ((WEAK,), False, "", None), ((WEAK,), True, "broer", "Draag de zaak over"),
        ((STRONG,), None, "", "Verklaar eerst"), ((STRONG,), False, " ", "Leg dan uit"), ((STRONG,), False, "ben gestopt", None),
        ((WEAK, STRONG), False, "", "Leg dan uit"), ((BOARD,), False, "ik niet", "Draag de zaak over"),
    ],
)
def test_a_sign_stops_nobody_who_answered_it(hints, said, remark, words):
    told = refusal(hints, said, remark)
    assert (told is None) if words is None else (words in told)


@pytest.fixture
def ready(live):
    life = live("assessed", scheme="LB-SVC")
    assessing.note_view_not_required(application_id=life.id, about="grant", reason="4:7(1)")
    return life


def tells(username, kvk="00000001", since=30, until=None):
    return OutsidePosition.objects.create(
        user=User.objects.get(username=username), organisation="Buurthuis", kvk_number=kvk, position="penningmeester",
        valid_from=clock.today() - timedelta(days=since), valid_to=None if until is None else clock.today() - timedelta(days=until),
    )


def prepared(life):
    return deciding.prepare(application_id=life.id, act="grant", actor=life.handler, values={"amount": life.plan.amount, "motivation": "x"}, day=life.day)


def test_a_position_at_the_applicant_must_be_answered_before_reviewing_and_signing(ready):
    decision = prepared(ready)
    for step, actor in ((deciding.review, ready.reviewer), (deciding.sign, ready.signer)):
        tells(actor.person.username)
        with pytest.raises(Refused, match="nevenfunctie"):
            step(decision_id=decision.id, actor=actor, day=ready.day)
        assessing.declare_interest(application_id=ready.id, has_interest=False, actor=actor)
        with pytest.raises(Refused, match="Leg dan uit"):
            step(decision_id=decision.id, actor=actor, day=ready.day)
        assessing.declare_interest(application_id=ready.id, has_interest=False, actor=actor, remark="In mei gestopt.")
        step(decision_id=decision.id, actor=actor, day=ready.day)
    decision.refresh_from_db()
    assert decision.state == "signed"


def test_the_assessment_is_kept_but_not_offered_until_the_handler_declares(live):
    life = live("received")
    life.mark_complete()
    life.test_aid()
    tells("behandelaar")
    values = {"has_interest": False, "facts": "feiten", "weighing": "w", "advice": "positive", "advised_amount": life.plan.amount}
    with pytest.raises(Refused, match="maar niet aangeboden"):
        assessing.save_assessment(application_id=life.id, actor=life.handler, values=values, offer=True)
    assert (life.case.assessment.facts, life.case.assessment.offered_on) == ("feiten", None)
    with pytest.raises(Refused, match="De behandelaar moet eerst verklaren"):
        assessing.confirm_assessment(application_id=life.id, actor=life.reviewer, day=life.day)
    assessing.declare_interest(application_id=life.id, has_interest=False, actor=life.handler, remark="gestopt")
    assert assessing.save_assessment(application_id=life.id, actor=life.handler, values=values, offer=True).offered_on
    assert assessing.confirm_assessment(application_id=life.id, actor=life.reviewer, day=life.day).status == "assessed"


@pytest.mark.parametrize(("since", "until", "sign"), [(0, None, True), (-1, None, False), (30, 0, True), (30, 1, False)])
def test_a_position_counts_on_the_days_that_it_is_held(ready, since, until, sign):
    tells("senior", since=since, until=until)
    assert [h.kind for h in interest.look(ready.case, User.objects.get(username="senior")).hints] == (["position"] if sign else [])


def test_a_position_at_a_company_of_the_same_undertaking_counts(ready):
    tells("senior", kvk="87654321")
    senior = User.objects.get(username="senior")
    assert interest.look(ready.case, senior).hints == ()
    aid.member_for(ready.case)
    undertaking = UndertakingMember.objects.get().undertaking_id
    aid.link(undertaking_id=undertaking, kvk_number="87654321", name="Moeder BV", source="uittreksel", actor=ready.handler)
    assert [h.kind for h in interest.look(ready.case, senior).hints] == ["position"]


def test_the_sign_is_on_the_case_until_it_is_answered_and_a_no_needs_its_reason(ready):
    tells("senior")
    case, declare = f"/behandelen/{ready.id}/", f"/behandelen/{ready.id}/belang/"
    assert "nog niets besluiten" in page("senior", case) and "nevenfunctie opgegeven" not in page("directeur", case)
    assert "Leg uit waarom u geen persoonlijk belang hebt" in page("senior", declare, {"has_interest": "nee"})
    assert not InterestDeclaration.objects.filter(user__username="senior").exists()
    assert "dat u geen persoonlijk belang hebt" in page("senior", declare, {"has_interest": "nee", "remark": "gestopt"})


def test_an_official_tells_of_positions_and_ends_them(world):
    address = "/behandelen/nevenfuncties/"
    told = {"wat": "nieuw", "nieuw-organisation": "Buurthuis", "nieuw-kvk_number": "123", "nieuw-position": "voorzitter", "nieuw-valid_from": "2026-01-02"}
    assert "acht cijfers" in page("toetser", address, told)
    assert "voorzitter, Buurthuis (KvK 12345678), sinds 2 januari 2026" in page("toetser", address, {**told, "nieuw-kvk_number": "12345678"})
    pk = OutsidePosition.objects.get().pk
    assert "voor de eerste dag" in page("toetser", address, {"wat": "einde", "einde-position": pk, "einde-last_day": "2026-01-01"})
    assert "tot en met 3 januari 2026" in page("toetser", address, {"wat": "einde", "einde-position": pk, "einde-last_day": "2026-01-03"})
    assert "Buurthuis" not in page("senior", address), "one's own only"
    other = {"wat": "einde", "einde-position": pk, "einde-last_day": "2026-01-02"}
    page("senior", address, other)
    assert OutsidePosition.objects.get().valid_to.isoformat() == "2026-01-03"
