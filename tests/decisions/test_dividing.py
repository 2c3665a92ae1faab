"""Dividing what is left on the day on which the ceiling is reached: in proportion, by lot, in equal parts (Awb 4:25, 4:26)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction

from decisions.models import Assessment, Draw, DrawEntry
from decisions.services import dividing
from grants.applications.lifecycle.door import NotPermitted, Refused, WrongStatus, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application
from grants.applications.services import applying, handling
from grants.budget.models import Ceiling
from grants.kernel import audit
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from tests.decisions.divided import LOTTERY, PRO_RATA, queue_up, redefine, refusal

pytestmark = pytest.mark.django_db
THREE = (("25000", 2), ("20000", 2), ("17500", 2))


def day_of(lives, days=2):
    return lives[0].today - timedelta(days=days)


def divide(lives, where=PRO_RATA, days=2, **values):
    return dividing.divide(ceiling_code=where[1], day=day_of(lives, days), actor=lives[0].signer, **values)


def announce(lives, where=LOTTERY, days=2):
    return dividing.announce(ceiling_code=where[1], day=day_of(lives, days), actor=lives[0].signer)


def run(draw, lives, word="rood 7", witnesses="W. Getuige (verzonnen)"):
    return dividing.run(draw_id=draw.id, word=word, witnesses=witnesses, actor=lives[0].signer)


# -- in proportion ---------------------------------------------------------------------------------------------------
def test_the_shares_are_on_record_with_an_event_on_every_case(live):
    lives = queue_up(live, PRO_RATA, "50000.00", *THREE)
    made = divide(lives)
    assert (made.state, made.method, made.remaining, made.made_on) == ("made", "pro_rata_same_day", Decimal(50_000), lives[0].today)
    shares = {entry.application_id: entry.share for entry in made.entries.all()}
    assert [shares[life.id] for life in lives] == [Decimal(20_000), Decimal(16_000), Decimal(14_000)]
    for life in lives:
        event = life.case.chain.events.latest("position")
        assert (event.act, event.amount, event.data["draw"]) == ("rank_in_draw", shares[life.id], str(made.pk))
    assert not list(audit.verify())


def meanwhile(monkeypatch, change):
    """Another transaction changes a case while this one waits for the lock of its first case."""
    lock, done = dividing.locked_case, []

    def locked(case_id):
        if not done:
            done.append(change())
        return lock(case_id)

    monkeypatch.setattr(dividing, "locked_case", locked)


@pytest.mark.parametrize("where", [PRO_RATA, LOTTERY])
def test_what_is_asked_is_read_again_once_the_cases_are_locked(live, monkeypatch, where):
    lives = queue_up(live, where, "50000.00", *THREE)
    meanwhile(monkeypatch, lambda: Assessment.objects.filter(application__in=[life.id for life in lives[1:]]).update(advised_amount=Decimal(15_000)))
    made = divide(lives) if where == PRO_RATA else announce(lives)
    assert {entry.application_id: entry.asked for entry in made.entries.all()} == {
        lives[0].id: Decimal(25_000), lives[1].id: Decimal(15_000), lives[2].id: Decimal(15_000)
    }
    assert {Decimal(life.case.chain.events.get(act="list_for_draw").data["asked"]) for life in lives} == {Decimal(25_000), Decimal(15_000)}


def test_a_division_that_is_not_needed_any_more_once_the_cases_are_locked_is_not_made(live, monkeypatch):
    lives = queue_up(live, PRO_RATA, "50000.00", *THREE)
    meanwhile(monkeypatch, lambda: Assessment.objects.filter(application=lives[0].id).update(advised_amount=Decimal(1)))
    with pytest.raises(Refused, match="Alles past"):
        divide(lives)
    assert not Draw.objects.exists()


def test_a_case_that_joins_while_the_others_are_locked_is_not_left_out(live, monkeypatch):
    lives = queue_up(live, PRO_RATA, "50000.00", *THREE, ("10000", 1))
    meanwhile(monkeypatch, lambda: Application.objects.filter(id=lives[3].id).update(complete_on=day_of(lives)))
    with pytest.raises(Refused, match="Er kwam net een aanvraag bij"):
        divide(lives)
    assert not Draw.objects.exists()


def test_what_is_signed_after_the_division_changes_nobodys_share(live):
    lives = queue_up(live, PRO_RATA, "50000.00", *THREE)
    divide(lives)
    lives[0].day = lives[0].today
    lives[0].decide("grant_partly", Decimal(15_000), ground="CEILING")
    assert refusal(lives[1], "16000") is None and refusal(lives[1], "16000.01")


def test_the_share_is_granted_as_a_part_and_the_ceiling_is_full_to_the_cent(live):
    lives = queue_up(live, PRO_RATA, "50000.00", *THREE)
    divide(lives)
    for life, share in zip(lives, ("20000", "16000", "14000"), strict=True):
        life.day = life.today
        life.decide("grant_partly", Decimal(share), ground="CEILING")
    ceiling = Ceiling.objects.get(code=PRO_RATA[1])
    assert (ceiling.committed, ceiling.available) == (Decimal(50_000), 0)
    assert {life.case.status for life in lives} == {"verleend"} and not list(audit.verify())


def test_a_share_under_the_minimum_is_refused_and_its_money_stays(live):
    lives = queue_up(live, PRO_RATA, "20000.00", ("25000", 2), ("20000", 2), ("6000", 2))
    later = queue_up(live, PRO_RATA, "20000.00", ("5000", 1))[0]
    made = divide(lives)
    small = made.entries.get(application=lives[2].id)
    assert (small.share, small.rank) == (0, None) and "4:25, tweede lid" in small.refusal
    assert refusal(lives[2], "2352.94") == small.refusal
    assert refusal(later, "2352.94") is None, "what is left of the day goes to who was complete next"
    assert "eerder compleet" in refusal(later, "5000")


def test_the_money_of_a_refused_share_is_divided_again_where_the_scheme_says_so(live):
    lives = queue_up(live, PRO_RATA, "20000.00", ("25000", 2), ("20000", 2), ("6000", 2))
    redefine("LB-SVC", method="order_of_receipt", same_day_rule="pro_rata_same_day", smallest_share="5000", share_refused_again=True)
    made = divide(lives)
    assert sum(entry.share for entry in made.entries.all()) == Decimal(20_000)


def test_who_is_rejected_on_the_merits_does_not_share(live):
    lives = queue_up(live, PRO_RATA, "20000.00", ("25000", 2), ("20000", 2))
    wrong = live("assessed", amount="30000", days_ago=40)
    Application.objects.filter(id=wrong.id).update(complete_on=day_of(lives), ceiling_id=PRO_RATA[1])
    wrong.case.assessment.__class__.objects.filter(application=wrong.id).update(advice="negative", advised_amount=0)
    assert divide(lives).entries.count() == 2


@pytest.mark.parametrize("room", ["62500", "62500.01"])
def test_there_is_nothing_to_divide_when_all_fits(live, room):
    lives = queue_up(live, PRO_RATA, room, *THREE)
    with pytest.raises(Refused, match="Alles past"):
        divide(lives)
    assert refusal(lives[0], "25000") is None


def test_one_cent_short_must_be_divided(live):
    lives = queue_up(live, PRO_RATA, "62499.99", *THREE)
    assert sum(e.share for e in divide(lives).entries.all()) == Decimal("62499.99")


@pytest.mark.parametrize(("days", "words"), [(0, "nog niet voorbij"), (1, None)])
def test_a_day_is_divided_after_it_has_ended(live, days, words):
    lives = queue_up(live, PRO_RATA, "30000", ("25000", days), ("20000", days))
    if words:
        with pytest.raises(Refused, match=words):
            divide(lives, days=days)
    else:
        assert divide(lives, days=days).state == "made"


def test_better_ranked_cases_are_decided_first(live):
    lives = queue_up(live, PRO_RATA, "30000", ("25000", 2), ("20000", 2), ("5000", 3))
    with pytest.raises(Refused, match=f"eerder compleet waren: {lives[2].case.case_number}"):
        divide(lives)


def test_an_application_that_nobody_looked_at_comes_first(live):
    lives = queue_up(live, PRO_RATA, "30000", ("25000", 2), ("20000", 2))
    lying = live("received", amount="30000", days_ago=2)
    Application.objects.filter(id=lying.id).update(ceiling_id=PRO_RATA[1])
    with pytest.raises(Refused, match=f"compleet zijn: {lying.case.case_number}"):
        divide(lives)


def test_a_case_that_is_not_assessed_is_assessed_first(live):
    lives = queue_up(live, PRO_RATA, "30000", ("25000", 2), ("20000", 2))
    handling.act_with_reason(application_id=lives[0].id, act="reopen_assessment", reason="een fout", actor=lives[0].reviewer, day=lives[0].today)
    with pytest.raises(Refused, match=f"Beoordeel eerst deze aanvragen: {lives[0].case.case_number}"):
        divide(lives)


def test_a_second_division_of_the_day_is_refused_and_so_is_one_without_money(live):
    lives = queue_up(live, PRO_RATA, "30000", ("25000", 2), ("20000", 2))
    divide(lives)
    with pytest.raises(Refused, match="al gemaakt"):
        divide(lives)
    others = queue_up(live, PRO_RATA, "0", ("25000", 4), ("20000", 4))
    with pytest.raises(Refused, match="niets meer te verdelen"):
        divide(others, days=4)


def test_a_later_version_of_the_scheme_changes_nothing_for_who_applied_before(live):
    lives = queue_up(live, PRO_RATA, "30000", ("25000", 2), ("20000", 2))
    before = lives[0].case.version
    redefine("LB-SVC", method="order_of_receipt", same_day_rule="lottery_same_day")
    Application.objects.filter(id=lives[0].id).update(version=before)
    with pytest.raises(Refused, match="verschillende regels"):
        announce(lives, PRO_RATA)
    Application.objects.filter(id=lives[1].id).update(version=before)
    assert divide(lives).method == "pro_rata_same_day"


def test_an_applicant_or_a_reviewer_does_not_divide(live):
    lives = queue_up(live, PRO_RATA, "30000", ("25000", 2), ("20000", 2))
    for who in (lives[0].asker, lives[0].reviewer):
        with pytest.raises(NotPermitted):
            dividing.divide(ceiling_code=PRO_RATA[1], day=day_of(lives), actor=who)
    assert not Draw.objects.exists()


def test_nobody_gets_a_rank_by_hand(live):
    (life,) = queue_up(live, PRO_RATA, "30000", ("25000", 2))
    for act in ("rank_in_draw", "list_for_draw", "void_draw"):
        with pytest.raises(Refused, match="niet in een verdeling"):
            perform(life.case, act, Facts(reason="zomaar"), life.signer, life.today)


# -- by lot ----------------------------------------------------------------------------------------------------------
def test_before_the_draw_the_digest_of_the_secret_stands_in_every_chain(live):
    lives = queue_up(live, LOTTERY, "50000", *THREE)
    assert "Het lot bepaalt de volgorde" in refusal(lives[0], "25000") and "Maak eerst de loting" in refusal(lives[0], "25000")
    draw = announce(lives)
    assert draw.commitment == sha256(draw.secret.encode()).hexdigest() and len(draw.secret) == 64
    for life in lives:
        event = life.case.chain.events.latest("position")
        assert event.act == "list_for_draw" and event.data["commitment"] == draw.commitment
        assert draw.secret not in str(event.data)
        assert "nog niet geloot" in refusal(life, "25000")


def test_the_draw_gives_the_order_that_anybody_finds_with_the_seed(live):
    lives = queue_up(live, LOTTERY, "50000", *THREE)
    made = run(announce(lives), lives)
    by_hand = sorted(sha256(f"{made.secret}-rood 7:{life.case.case_number}".encode()).hexdigest() for life in lives)
    assert [entry.digest for entry in made.entries.order_by("rank")] == by_hand
    assert (made.seed, made.witnesses) == (f"{made.secret}-rood 7", "W. Getuige (verzonnen)")
    assert not list(audit.verify())


def test_the_first_drawn_goes_first_and_the_last_gets_what_is_left(live):
    lives = queue_up(live, LOTTERY, "50000", ("20000", 2), ("20000", 2), ("20000", 2))
    made = run(announce(lives), lives)
    order = {e.application_id: e.rank for e in made.entries.all()}
    first, second, third = sorted(lives, key=lambda life: order[life.id])
    assert refusal(first, "20000") is None and refusal(second, "20000") is None
    assert "eerder compleet" in refusal(third, "10000.01"), "the better ranked are not decided yet"
    for life in (first, second):
        life.day = life.today
        life.decide("grant", Decimal(20_000))
    assert refusal(third, "10000") is None and "nog" in refusal(third, "10000.01")


def test_without_a_witness_or_a_word_nothing_is_drawn(live):
    lives = queue_up(live, LOTTERY, "50000", *THREE)
    draw = announce(lives)
    for values, words in (({"witnesses": " "}, "getuige"), ({"word": ""}, "letters zonder accenten"), ({"word": "één"}, "letters zonder accenten")):
        with pytest.raises(Refused, match=words):
            run(draw, lives, **values)
    draw.refresh_from_db()
    assert draw.state == "announced" and not DrawEntry.objects.filter(rank__isnull=False).exists()


def test_one_draws_once(live):
    lives = queue_up(live, LOTTERY, "50000", *THREE)
    draw = announce(lives)
    run(draw, lives)
    with pytest.raises(Refused, match="gemaakt"):
        run(draw, lives, word="blauw")


def test_who_withdrew_after_the_list_was_closed_makes_a_new_list_needed(live):
    lives = queue_up(live, LOTTERY, "30000", *THREE)
    draw = announce(lives)
    gone = lives[0]
    applying.withdraw(application_id=gone.id, actor=gone.asker, day=gone.today)
    with pytest.raises(Refused, match=str(gone.case.case_number)):
        run(draw, lives)
    dividing.void(draw_id=draw.id, reason="een aanvrager trok zich terug", actor=lives[0].signer)
    assert run(announce(lives), lives).entries.count() == 2


def test_a_draw_that_is_no_draw_and_a_division_that_is_no_sum_are_refused(live):
    lives = queue_up(live, LOTTERY, "50000", *THREE)
    with pytest.raises(Refused, match="Sluit eerst de lijst"):
        divide(lives, LOTTERY)
    others = queue_up(live, PRO_RATA, "50000", *THREE)
    with pytest.raises(Refused, match="rekensom"):
        announce(others, PRO_RATA)


# -- void ------------------------------------------------------------------------------------------------------------
def test_a_void_division_stays_on_record_and_a_new_one_can_be_made(live):
    lives = queue_up(live, PRO_RATA, "50000", *THREE)
    first = divide(lives)
    for reason, actor, error in (("", lives[0].signer, Refused), ("fout", lives[0].handler, NotPermitted)):
        with pytest.raises(error):
            dividing.void(draw_id=first.id, reason=reason, actor=actor)
    dividing.void(draw_id=first.id, reason="een zaak ontbrak", actor=lives[0].signer)
    with pytest.raises(Refused, match="al vervallen"):
        dividing.void(draw_id=first.id, reason="nog eens", actor=lives[0].signer)
    assert "Maak eerst de verdeling" in refusal(lives[0], "20000")
    second = divide(lives)
    assert Draw.objects.count() == 2 and second.pk != first.pk and refusal(lives[0], "20000") is None


def test_who_drew_does_not_declare_it_void_and_another_mandate_holder_does_with_a_reason_that_stays(live):
    lives = queue_up(live, LOTTERY, "50000", *THREE)
    draw, another = run(announce(lives), lives), person("senior", Role.MANDATE_HOLDER)
    with pytest.raises(Refused, match="U hebt zelf geloot. Laat een andere gemandateerde"):
        dividing.void(draw_id=draw.id, reason="de uitslag bevalt niet", actor=lives[0].signer)
    with pytest.raises(DatabaseError, match="by another than who drew"), transaction.atomic():
        Draw.objects.filter(id=draw.id).update(state="void", void_reason="langs de deur om", voided_by=lives[0].signer.user)
    with pytest.raises(Refused, match="Schrijf op waarom"):
        dividing.void(draw_id=draw.id, reason=" ", actor=another)
    assert Draw.objects.get().state == "made"
    dividing.void(draw_id=draw.id, reason="een zaak ontbrak op de lijst", actor=another)
    again = run(announce(lives), lives, word="blauw 8")
    found = again.void_before().get()
    assert (found.pk, found.made_by, found.voided_by, found.void_reason) == (draw.pk, lives[0].signer.user, another.user, "een zaak ontbrak op de lijst")
    assert not list(audit.verify())


def test_a_list_that_was_not_drawn_is_declared_void_by_who_closed_it(live):
    lives = queue_up(live, LOTTERY, "50000", *THREE)
    assert dividing.void(draw_id=announce(lives).id, reason="een zaak ontbrak", actor=lives[0].signer).state == "void"


def test_a_handler_does_not_declare_it_void_when_everybody_has_left_it_either(live):
    lives = queue_up(live, LOTTERY, "50000", *THREE)
    draw = announce(lives)
    for life in lives:
        applying.withdraw(application_id=life.id, actor=life.asker, day=life.today)
    with pytest.raises(NotPermitted):
        dividing.void(draw_id=draw.id, reason="leeg", actor=lives[0].handler)
    assert dividing.void(draw_id=draw.id, reason="leeg", actor=lives[0].signer).state == "void"


def test_a_division_on_which_a_decision_rests_is_never_void(live):
    lives = queue_up(live, PRO_RATA, "50000", *THREE)
    made = divide(lives)
    lives[0].day = lives[0].today
    lives[0].decide("grant_partly", Decimal(20_000), ground="CEILING", send=False)
    with pytest.raises(Refused, match="al een besluit getekend"):
        dividing.void(draw_id=made.id, reason="toch anders", actor=lives[1].signer)


def test_who_turns_out_to_belong_to_the_day_is_told_that_the_division_must_be_made_again(live):
    lives = queue_up(live, PRO_RATA, "50000", *THREE)
    divide(lives)
    forgotten = queue_up(live, PRO_RATA, "50000", ("10000", 2))[0]
    assert "zonder deze aanvraag" in refusal(forgotten, "10000")


@pytest.mark.parametrize("change", [{"word": "blauw"}, {"state": "announced"}, {"secret": "x"}, {"remaining": 1}, {"witnesses": "niemand"}])
def test_the_database_refuses_another_outcome(live, change):
    lives = queue_up(live, LOTTERY, "50000", *THREE)
    made = run(announce(lives), lives)
    for attempt in (
        lambda: Draw.objects.filter(pk=made.pk).update(**change), lambda: Draw.objects.all().delete(),
        lambda: DrawEntry.objects.filter(draw=made, rank=1).update(rank=99), lambda: DrawEntry.objects.filter(draw=made, rank=1).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


# -- the whole ceiling -----------------------------------------------------------------------------------------------
def test_equal_parts_are_made_once_after_the_last_day_to_apply(live):
    lives = queue_up(live, PRO_RATA, "30000", ("25000", 5), ("20000", 4), ("5000", 3))
    redefine("LB-SVC", method="equal_shares", smallest_share="5000")
    assert "verdeling van dit plafond is er nog niet" in refusal(lives[0], "12500")
    with pytest.raises(Refused, match="nog niet voorbij"):
        dividing.divide(ceiling_code=PRO_RATA[1], day=Ceiling.objects.get(code=PRO_RATA[1]).period_end, actor=lives[0].signer)
    Ceiling.objects.filter(code=PRO_RATA[1]).update(period_end=day_of(lives, 1))
    with pytest.raises(Refused, match="in één keer"):
        divide(lives, days=5)
    made = divide(lives, days=1)
    shares = {e.application_id: e.share for e in made.entries.all()}
    assert [shares[life.id] for life in lives] == [Decimal(12_500), Decimal(12_500), Decimal(5_000)]
    assert refusal(lives[0], "12500") is None and refusal(lives[0], "12500.01")


def test_criteria_without_points_are_told_plainly_when_there_is_not_enough(live):
    lives = queue_up(live, PRO_RATA, "45000", ("25000", 5), ("20000", 4))
    redefine("LB-SVC", method="criteria")
    assert refusal(lives[0], "25000") is None
    Ceiling.objects.filter(code=PRO_RATA[1]).update(amount=Decimal("44999.99"))
    assert "kan dit programma niet maken" in refusal(lives[0], "25000")
    with pytest.raises(Refused, match="geen manier van verdelen"):
        divide(lives, days=5)


def test_a_decided_case_takes_no_rank(live):
    life = live("verleend")
    with pytest.raises(WrongStatus):
        perform(life.case, "rank_in_draw", Facts(division="x"), person("directeur", Role.MANDATE_HOLDER), life.today)
