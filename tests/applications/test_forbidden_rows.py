"""Every forbidden transition of the domain reference (2.6), tried through the services as a person would, each by its own name."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from applicants.models import Applicant
from decisions.models import Beschikking, MandateRule, View
from decisions.services import assessing, deciding, defaulting
from grants.applications.lifecycle.door import Refused, WrongStatus
from grants.applications.models import Application
from grants.budget.models import Ceiling
from grants.kernel import outbox
from grants.kernel.models import Event, RoleAssignment
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from grants.project.demo.objections import Objector
from grants.schemes.models import Scheme

HERE = Path(__file__).resolve()
ROWS = json.loads((HERE.parents[1] / "data" / "domain_rows.json").read_text())["2.6"]
REFERENCE = HERE.parents[3] / "shared" / "domain.md"
ADVERSE = {"ground": "4:46(2)(a)", "ground_text": "niet gedaan", "proportionality": "De ontvanger wist dit."}
TRIES = {}


def row(text):
    """Register the attempt of one row of the table."""

    def named(attempt):
        assert text not in TRIES
        TRIES[text] = attempt
        return attempt

    return named


def refused(act, words):
    """The act is refused in words, and leaves nothing behind but what a person prepared."""
    before = Event.objects.exclude(act__in=["prepare_decision", "review_decision"]).count()
    with pytest.raises(Refused, match=words):
        act()
    assert Event.objects.exclude(act__in=["prepare_decision", "review_decision"]).count() == before


def without_view(life, act, amount=None, **values):
    """A whole decision for which nobody looked at the view."""
    decision = deciding.prepare(application_id=life.id, act=act, actor=life.handler, values={"amount": amount, "motivation": "omdat", **values}, day=life.day)
    deciding.review(decision_id=decision.id, actor=life.reviewer, day=life.day)
    return deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)


@row("`received` -> `verleend` without `assessed`")
def no_grant_before_the_assessment(live):
    life = live("received")
    with pytest.raises(WrongStatus, match="'Verlenen' kan niet: de zaak is nu ontvangen"):
        life.decide("grant", life.plan.amount)


@row("`not_handled` without an offered recovery term and without 4:5(5)")
def not_handled_only_after_a_chance_to_complete(live):
    life = live("received")
    refused(lambda: life.decide("decide_not_handle"), "nog geen kans gehad.*Vraag eerst om aanvulling")


@row("`not_handled` on day `NOT_HANDLED_4W` + 1")
def not_handled_within_four_weeks(live):
    life = live("received")
    life.ask_completion()
    life.later(22)
    life.lapse()
    life.day = life.case.deadlines.get(rule="NOT_HANDLED_4W").last_day + timedelta(days=1)
    refused(lambda: life.decide("decide_not_handle"), "kan niet meer.*Neem een besluit over de inhoud")
    Beschikking.objects.filter(application=life.id).update(state="returned")
    life.day -= timedelta(days=1)
    life.decide("decide_not_handle")
    assert life.case.status == "not_handled"


@row("`verleend` with `activity_end < received_on`")
def no_grant_for_what_was_over(live):
    life = live("assessed")
    Application.objects.filter(id=life.id).update(activity_end=life.case.received_on - timedelta(days=1))
    refused(lambda: life.decide("grant", life.plan.amount), "al voorbij toen de aanvraag binnenkwam")
    Application.objects.filter(id=life.id).update(activity_end=life.case.received_on)
    Beschikking.objects.filter(application=life.id).update(state="returned")
    life.decide("grant", life.plan.amount)


@row("`vastgesteld` for more than granted through `settle`")
def no_settlement_above_the_grant(live):
    life = live("report_received")
    refused(lambda: life.decide("settle", life.plan.amount + Decimal("0.01")), r"niet op meer dan verleend is \(€.30.000,00\)")


@row("`withdraw_grant` after `vastgesteld`")
def no_withdrawal_of_a_grant_that_was_settled(live):
    life = live("vastgesteld")
    with pytest.raises(WrongStatus, match="'Verlening intrekken' kan niet: de zaak is nu vastgesteld"):
        life.decide("withdraw_grant", ground="4:48(1)(a)", proportionality="x")


@row("`amend_settlement` adverse after 5 years")
def no_lower_settlement_after_five_years(live):
    life = live("vastgesteld_direct")
    settled = life.case.settled_on
    Application.objects.filter(id=life.id).update(settled_on=settled.replace(year=settled.year - 5) - timedelta(days=200))
    refused(lambda: life.decide("amend_settlement", Decimal(1), ground="4:49(1)(a)", proportionality="x"), "in het nadeel kon tot en met.*voorbij.*4:49, derde lid")


@row("recovery after 5 years")
def no_recovery_after_five_years(live):
    life = live("verleend")
    life.pay()
    life.decide("withdraw_grant", ground="4:48(1)(a)", ground_text="niet gedaan", proportionality="x")
    claim = life.case.claims.get()
    type(claim).objects.filter(id=claim.id).update(since=life.day.replace(year=life.day.year - 5) - timedelta(days=1))
    refused(lambda: life.decide("reclaim", claim.amount), "Terugvorderen kon tot en met.*4:57, vierde lid")


@row("`grant` over the remaining ceiling")
def no_grant_over_the_ceiling(live):
    life = live("assessed")
    Ceiling.objects.filter(code=life.case.ceiling_id).update(amount=life.plan.amount - Decimal("0.01"))
    refused(lambda: life.decide("grant", life.plan.amount), "laat nog €.29.999,99 toe.*Verleen een lager bedrag of wijs")


@row("`grant` with state aid verdict \"incompatible\"")
def no_grant_of_forbidden_aid(live):
    life = live("assessed")
    life.test_aid("incompatible")
    refused(lambda: life.decide("grant", life.plan.amount), "regels voor staatssteun. Wijs de aanvraag af")


@row("same user as `case_handler` and signer; as first decider and objection decider")
def nobody_decides_twice(live):
    life = live("assessed")
    RoleAssignment.objects.create(user=life.handler.user, role=Role.MANDATE_HOLDER, valid_from=life.day)
    life.signer = person("behandelaar", Role.MANDATE_HOLDER)
    refused(lambda: life.decide("grant", life.plan.amount), "zelf voorbereid.*iemand anders")
    rejected = live("rejected")
    found = Objector(rejected)
    found.register()
    found.waive()
    decision = found.prepare("unfounded")
    with pytest.raises(Refused, match="Wie het eerste besluit nam, beslist niet op het bezwaar"):
        found.sign(decision, person("directeur", Role.OBJECTION_DECIDER))


@row("sending a decision to the portal without `channel_consent`")
def no_digital_letter_to_who_does_not_want_it(live):
    life = live("assessed")
    life.day = life.today  # sent now, as the worker does
    life.decide("grant", life.plan.amount, send=False)
    Applicant.objects.filter(id=life.applicant.id).update(channel_consent=False)
    outbox.run_open()
    returned = Beschikking.objects.get(application=life.id)
    assert returned.state == "returned" and "Onderteken opnieuw; de brief gaat dan op papier" in returned.return_reason
    assert life.case.status == "assessed"


@row("`settle_lower`, `settle_nil`, any ex officio lower settlement, any adverse change, `reject` on 4:35, `withdraw_*` without `view_ok`")
def nothing_adverse_without_a_view(live):
    later = {"vastgesteld_direct": "4:49(1)(a)", "verleend": "4:48(1)(a)"}
    for state, act, amount, ground in (
        ("report_received", "settle_lower", Decimal(1000), "4:46(2)(a)"), ("report_received", "settle_nil", None, "4:46(2)(a)"),
        ("verleend", "amend", Decimal(1000), later["verleend"]), ("verleend", "withdraw_grant", None, later["verleend"]),
        ("vastgesteld_direct", "amend_settlement", Decimal(1000), later["vastgesteld_direct"]),
        ("vastgesteld_direct", "withdraw_settlement", None, later["vastgesteld_direct"]), ("assessed", "reject", None, "R35_2a"),
    ):
        life = live(state)
        refused(lambda: without_view(life, act, amount, **{**ADVERSE, "ground": ground}), "zienswijze nodig is")  # noqa: B023
        assessing.note_view_not_required(application_id=life.id, about=act, reason="4:12(1)")
        decision = Beschikking.objects.get(application=life.id, state="reviewed")
        with pytest.raises(Refused, match="niet achterwege blijven omdat het om geld gaat"):
            deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)
    small = live("verleend", amount="10000")
    small.day = small.case.report_due_on
    refused(lambda: without_view(small, "settle_ex_officio", Decimal(1), **ADVERSE), "zienswijze nodig is")
    assert not View.objects.filter(application=small.id).exclude(about="grant").exists()


@row("a premature notice of default starting a penalty")
def no_penalty_from_a_notice_that_came_too_early(live):
    life = live("assessed", days_ago=40)
    due = life.case.decision_due_on
    assert due > life.day
    found = defaulting.record(application_id=life.id, received_on=life.day, actor=life.handler, day=life.day)
    assert found.state == "premature" and found.problem and not life.case.deadlines.filter(rule="PENALTY_42D").exists()


@row("`settle_nil` while the reminder term of 4:44(3) still runs")
def no_nil_while_the_reminder_term_runs(live):
    life = live("report_overdue")
    with pytest.raises(WrongStatus):
        life.decide("settle_nil", None, **ADVERSE)
    life.day = life.case.deadlines.get(rule="REPORT_REMINDER").last_day
    refused(lambda: life.decide("settle_ex_officio_after_reminder", Decimal(0), **ADVERSE), "De termijn loopt nog tot en met")


@row("a submit refused although the 4:2 minimum is there (closed scheme, amount too high, missing document): warn and accept; completion (4:5) or refusal follows")
def a_lawful_submit_is_accepted_with_a_warning(live):
    life = live("draft", amount="999999")
    Scheme.objects.filter(code=life.case.scheme_id).update(closes_on=life.day - timedelta(days=1), opens_on=life.day - timedelta(days=9))
    life.submit()
    assert life.case.status == "received"
    assert life.case.submissions.get().warnings


@row("signing by a role without a valid mandate rule on that date")
def no_signature_without_a_mandate(live):
    life = live("assessed")
    MandateRule.objects.update(valid_to=life.day - timedelta(days=1))
    refused(lambda: life.decide("grant", life.plan.amount), "geen mandaat voor dit besluit dat geldt op.*Vraag na of er een nieuw mandaat is")
    MandateRule.objects.update(valid_to=life.day)
    decision = Beschikking.objects.get(application=life.id, state="reviewed")
    deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)


@pytest.mark.django_db
@pytest.mark.parametrize("attempt", list(TRIES.values()), ids=[attempt.__name__ for attempt in TRIES.values()])
def test_what_the_law_forbids_does_not_happen(live, attempt):
    attempt(live)


def test_every_row_of_the_table_is_a_test():
    assert list(TRIES) == ROWS


@pytest.mark.skipif(not REFERENCE.exists(), reason="the domain reference is not beside this clone")
def test_the_copied_list_of_rows_is_that_of_the_reference():
    section = REFERENCE.read_text().split("### 2.6", 1)[1].split("\n---", 1)[0]
    written = [line.strip("| ").split(" | ")[0].strip() for line in section.splitlines() if line.startswith("|")][2:]
    assert written == ROWS
    assert all(re.search(r"\w", text) for text in written)
