"""A tender: points given apart, a closed list, a ranking that anyone can make again."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from decisions.draw_outcome import differs
from decisions.models import InterestDeclaration, Score, ScoreSheet
from decisions.services import dividing, scoring
from decisions.services.scoring import Given
from grants.applications.lifecycle.door import NotPermitted, Refused
from grants.applications.models import Application
from grants.kernel import audit, triggers
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from tests.decisions.divided import ASSESSORS, LOTTERY, queue_up, refusal, score, tender

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(live):
    """Three applications of 20,000 under 45,000, in a tender that closed yesterday."""
    lives = queue_up(live, LOTTERY, "45000.00", ("20000", 9), ("20000", 8), ("20000", 3))
    tender(lives[0].today - timedelta(days=1), tender_minimum_score="7.00")
    return lives


def announce(lives):
    return dividing.announce(ceiling_code=LOTTERY[1], day=lives[0].today - timedelta(days=1), actor=lives[0].signer)


def scored(lives, *points):
    for life, of_case in zip(lives, points, strict=True):
        for who, (quality, reach) in zip(ASSESSORS, of_case, strict=True):
            score(life, who, quality, reach)


UNEQUAL = ((("3", "3"), ("4", "3")), (("5", "4"), ("5", "5")), (("2", "2"), ("2.5", "2")))


def test_nobody_is_granted_before_the_ranking(three):
    assert "rangschikking van dit plafond is er nog niet" in refusal(three[0], "20000")


def test_the_ranking_sets_the_order_and_the_last_gets_a_part(three):
    scored(three, *UNEQUAL)
    made = dividing.run(draw_id=announce(three).id, word="", witnesses="", actor=three[0].signer)
    places = {entry.application_id: (entry.rank, entry.total) for entry in made.entries.all()}
    assert [places[life.id] for life in three] == [(2, Decimal("10.00")), (1, Decimal("14.50")), (None, Decimal("6.50"))]
    assert refusal(three[1], "20000") is None
    assert refusal(three[0], "20000") is None, "both fit"
    assert "in totaal 7 punten nodig" in refusal(three[2], "5000")
    assert not list(audit.verify())


def test_who_has_a_better_rank_and_waits_goes_first_and_then_the_rest_is_a_part(three):
    scored(three, (("3", "3"),) * 2, (("5", "5"),) * 2, (("4", "4"),) * 2)
    dividing.run(draw_id=announce(three).id, word="", witnesses="", actor=three[0].signer)
    assert "betere rang" in refusal(three[0], "5000.01")
    for life in (three[1], three[2]):
        life.day = life.today
        life.decide("grant", Decimal(20_000))
    assert refusal(three[0], "5000") is None and refusal(three[0], "5000.01")


def test_equal_totals_wait_for_a_witnessed_draw(three):
    scored(three, (("4", "4"),) * 2, (("4", "4"),) * 2, (("3", "3"),) * 2)
    draw = announce(three)
    with pytest.raises(Refused, match="Het lot beslist"):
        dividing.run(draw_id=draw.id, word="", witnesses="", actor=three[0].signer)
    with pytest.raises(Refused, match="getuige"):
        dividing.run(draw_id=draw.id, word="rood", witnesses="", actor=three[0].signer)
    made = dividing.run(draw_id=draw.id, word="rood", witnesses="W. Getuige (verzonnen)", actor=three[0].signer)
    assert sorted(e.rank for e in made.entries.all()) == [1, 2, 3]


def test_the_record_gives_the_same_ranking_again(three):
    scored(three, (("4", "4"),) * 2, (("4", "4"),) * 2, (("3", "3"),) * 2)
    made = dividing.run(draw_id=announce(three).id, word="rood", witnesses="W. Getuige (verzonnen)", actor=three[0].signer)
    assert differs(made) == "" and not list(audit.verify())


def test_a_record_that_was_changed_past_the_triggers_is_found(three):
    scored(three, *UNEQUAL)
    made = dividing.run(draw_id=announce(three).id, word="", witnesses="", actor=three[0].signer)
    triggers.remove(connection)
    first, second = made.entries.get(rank=1), made.entries.get(rank=2)
    made.entries.filter(pk=first.pk).update(rank=9)
    made.entries.filter(pk=second.pk).update(rank=1)
    triggers.install(connection)
    numbers = sorted(str(e.application.case_number) for e in (first, second))
    assert [f.problem for f in audit.verify()] == [f"de uitslag van {', '.join(numbers)} is anders"]


def test_one_assessor_too_few_closes_no_list(three):
    scored(three[:2], *UNEQUAL[:2])
    score(three[2], ASSESSORS[0], "3", "3")
    with pytest.raises(Refused, match=f"van 2 beoordelaars: {three[2].case.case_number}"):
        announce(three)


# -- apart -----------------------------------------------------------------------------------------------------------
def seen_by(username, life):
    return ScoreSheet.objects.of_others_for(User.objects.get(username=username), life.case).count()


def test_one_sees_what_others_gave_only_after_handing_in(three):
    life = three[0]
    score(life, ASSESSORS[0], "3", "3")
    score(life, ASSESSORS[1], "4", "4", hand_in=False)
    assert (seen_by("toetser", life), seen_by("behandelaar", life)) == (0, 0), "a draft is nobody else's"
    scoring.hand_in(application_id=life.id, actor=person(*ASSESSORS[1]))
    assert (seen_by("toetser", life), seen_by("behandelaar", life)) == (1, 1)


def test_who_gave_no_points_sees_them_when_the_list_is_closed(three):
    scored(three, *UNEQUAL)
    assert seen_by("directeur", three[0]) == 0
    announce(three)
    assert seen_by("directeur", three[0]) == 2


def test_points_that_were_handed_in_never_change(three):
    score(three[0], ASSESSORS[0], "3", "3")
    with pytest.raises(Refused, match="al ingeleverd"):
        score(three[0], ASSESSORS[0], "5", "5")
    with pytest.raises(Refused, match="al ingeleverd"):
        scoring.hand_in(application_id=three[0].id, actor=person(*ASSESSORS[0]))
    for attempt in (
        lambda: Score.objects.update(points=5), lambda: Score.objects.all().delete(), lambda: ScoreSheet.objects.update(draft={}),
        lambda: ScoreSheet.objects.filter(event__isnull=False)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_draft_is_kept_and_handed_in_only_when_whole(three):
    life, who = three[0], person(*ASSESSORS[0])
    saved = {"kwaliteit": Given(Decimal(3), ""), "bereik": Given(None, "nog niet")}
    sheet = scoring.save_scores(application_id=life.id, scores=saved, actor=who)
    assert sheet.draft == {"kwaliteit": {"points": "3", "reason": ""}, "bereik": {"points": "", "reason": "nog niet"}}
    for scores, words in (
        (saved, "Geef punten voor"),
        ({"kwaliteit": Given(Decimal(3), ""), "bereik": Given(Decimal(3), "x")}, "Schrijf op waarom"),
        ({"kwaliteit": Given(Decimal("5.01"), "x"), "bereik": Given(Decimal(3), "x")}, "0 tot en met 5"),
    ):
        scoring.save_scores(application_id=life.id, scores=scores, actor=who)
        with pytest.raises(Refused, match=words):
            scoring.hand_in(application_id=life.id, actor=who)
    assert not Score.objects.exists()


def test_nobody_scores_after_the_list_was_closed(three):
    scored(three, *UNEQUAL)
    announce(three)
    RoleAssignment.objects.create(user=User.objects.get(username="senior"), role=Role.REVIEWER, valid_from="2024-01-01")
    with pytest.raises(Refused, match="lijst van de rangschikking is gesloten"):
        score(three[0], ("senior", Role.REVIEWER), "5", "5")


def test_somebody_with_an_interest_gives_no_points(three):
    who = person(*ASSESSORS[0])
    InterestDeclaration.objects.create(application=three[0].case, user=who.user, has_interest=True, declared_on=three[0].today)
    with pytest.raises(Refused, match="persoonlijk belang"):
        score(three[0], ASSESSORS[0], "3", "3")


def test_an_applicant_gives_no_points_and_a_scheme_without_points_has_none(live, three):
    with pytest.raises(NotPermitted):
        score(three[0], ("penningmeester", Role.APPLICANT), "5", "5")
    other = live("assessed")
    with pytest.raises(Refused, match="niet op punten"):
        score(other, ASSESSORS[0], "3", "3")


def test_an_application_after_the_closing_day_is_not_in_the_ranking(three):
    scored(three, *UNEQUAL)
    Application.objects.filter(id=three[2].id).update(received_on=three[2].today, complete_on=three[2].today)
    assert announce(three).entries.count() == 2
