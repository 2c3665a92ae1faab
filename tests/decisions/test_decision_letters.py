"""Each decision has a letter of its own: what it decided, why, on which article, what it means for the money, and the clause."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from decisions.models import Beschikking, Claim
from decisions.services import assessing
from grants.applications.lifecycle.door import Refused, act_named
from grants.applications.lifecycle.table import rows
from grants.kernel import outbox
from grants.law.formats import long_date
from grants.law.grounds import with_law
from grants.law.zienswijze import NOT_REQUIRED_REASONS
from grants.schemes.freedays import count
from letters.kinds import KINDS, missing_elements
from letters.models import Letter

pytestmark = pytest.mark.django_db
REASON = {"motivation": "Het plan werd kleiner.", "proportionality": "De ontvanger had hier zelf om gevraagd."}


def heard(life, act, said="Daar ben ik het mee eens."):
    """A view on an intended decision, asked and given."""
    assessing.ask_view(application_id=life.id, about=act, reason="feiten", actor=life.handler, day=life.day)
    assessing.receive_view(application_id=life.id, text=said, actor=life.asker, day=life.day)


def decide(life, act, amount=None, *, view=True, **values):
    """The decision with its view, as people do it; the text of its letter on one line."""
    if view:
        heard(life, act)
    decision = life.decide(act, amount, **values)
    outbox.run_open()
    letter = Letter.objects.get(decisions=decision)
    assert missing_elements(letter.as_content()) == ()
    return letter, " ".join(letter.text.split())


def test_a_letter_writes_the_article_that_spared_the_view_in_words(live):
    life = live("assessed")
    assessing.note_view_not_required(application_id=life.id, about="reject", reason="4:7(1)")
    _letter, text = decide(life, "reject", view=False, ground="NEED", **REASON)
    assert "op grond van artikel 4:7, eerste lid, Awb." in text and "4:7(1)" not in text
    assert {with_law(reason) for reason in NOT_REQUIRED_REASONS} == {
        "artikel 4:7, eerste lid, Awb", "artikel 4:7, tweede lid, Awb", "artikel 4:8, eerste lid, Awb", "artikel 4:8, tweede lid, Awb",
        "artikel 4:11 Awb", "artikel 4:12, eerste lid, Awb",
    }


def objection_clause(day):
    return f"uiterlijk {long_date(count('OBJECTION_6W', day).last_day)}"


def test_only_the_consent_to_a_transfer_and_a_refused_advance_stand_in_the_general_letter():
    general = {row.name for row in rows() if row.act.decision and row.act.letter == "LBESLUIT"}
    assert general == {"consent_to_transfer", "refuse_advance"}


def test_an_amendment_in_favour_rests_on_the_ordinance_and_asks_no_view(live):
    life = live("verleend")
    letter, text = decide(life, "amend", Decimal(30000), view=False, motivation="De activiteit duurt langer.")
    assert letter.kind == "L13" and "Wij wijzigen uw subsidie" in letter.as_content().subject
    assert "Het bedrag blijft € 30.000,00" in text and "De activiteit duurt langer." in text
    assert "4:48" not in text and "Algemene Subsidieverordening" in text
    assert objection_clause(life.day) in text and "Voor de rest blijft gelden" in text


def test_an_amendment_to_the_detriment_says_what_was_ground_view_and_money(live):
    life = live("verleend")
    life.pay()
    letter, text = decide(life, "amend", Decimal(20000), ground="4:48(1)(a)", ground_text="De activiteiten gaan niet helemaal door.", **REASON)
    assert letter.kind == "L13"
    for words in ("U krijgt nu ten hoogste € 20.000,00. Eerst was dat € 30.000,00.", "niet helemaal door", "Het plan werd kleiner.", "niet te zwaar is voor u",
                  "artikel 4:48, eerste lid, onder a, Algemene wet", "reactie", "-€ 10.000,00", "€ 7.000,00 meer betaald", "apart besluit",
                  "U kreeg al € 27.000,00. U krijgt nu geen nieuw voorschot.", objection_clause(life.day)):
        assert words in text, words


def test_a_payment_that_is_put_off_says_until_when_and_that_nothing_comes_back(live):
    life = live("verleend")
    letter, text = decide(life, "suspend_payment", view=False, motivation="Wij kregen een melding over de boekhouding.")
    last = long_date(life.day + timedelta(weeks=13))
    assert letter.kind == "L14" and "stellen de betaling" in letter.as_content().subject
    for words in ("Wij betalen voorlopig niets", "melding over de boekhouding", "4:56", f"tot en met {last}", "hoeft niets terug te betalen", objection_clause(life.day)):
        assert words in text, words


def test_an_advance_has_a_decision_of_its_own_and_is_planned(live):
    life = live("verleend")
    letter, text = decide(life, "grant_advance", Decimal("2000.50"), view=False, motivation="De zaalhuur moet vooruit.")
    assert letter.kind == "L11" and "U krijgt een voorschot" in letter.as_content().subject
    for words in ("voorschot van € 2.000,50", "ten hoogste € 30.000,00", "De zaalhuur moet vooruit.", "4:95", "binnen zes weken", objection_clause(life.day)):
        assert words in text, words
    assert {(p.kind, p.amount, p.state) for p in Beschikking.objects.get(act="grant_advance").payments.all()} == {("advance", Decimal("2000.50"), "planned")}


@pytest.mark.parametrize(("amount", "passes"), [("3000.00", True), ("3000.01", False)])
def test_advances_together_stay_within_the_grant(live, amount, passes):
    life = live("verleend")  # ninety percent of 30,000 is planned by the grant itself
    if passes:
        life.decide("grant_advance", Decimal(amount), motivation="Nodig.")
        assert sum(p.amount for p in life.case.paymentorders.all()) == Decimal(30000)
        return
    with pytest.raises(Refused, match="€.3.000,00 nog niet betaald.*lager bedrag"):
        life.decide("grant_advance", Decimal(amount), motivation="Nodig.")


@pytest.mark.parametrize(
    ("ground", "since", "article", "back"), [
        ("4:48(1)(b)", "werkt terug tot de dag van de verlening", "artikel 4:48, eerste lid, onder b,", "€ 27.000,00 meer betaald"),
        ("4:50(1)(b)", "werkt niet terug", "artikel 4:50, eerste lid, onder b,", "geen geld terug te betalen"),
    ],
)
def test_a_withdrawn_grant_says_from_when_and_what_comes_back(live, ground, since, article, back):
    life = live("verleend")
    if ground.startswith("4:48"):
        life.pay()
    ahead = {"takes_effect_on": life.day + timedelta(weeks=8)} if ground.startswith("4:50") else {}
    letter, text = decide(life, "withdraw_grant", ground=ground, ground_text="De verplichtingen zijn niet nagekomen.", **ahead, **REASON)
    assert letter.kind == "L19" and "trekken uw subsidie in" in letter.as_content().subject
    for words in ("Wij hadden u € 30.000,00 verleend", since, "verplichtingen zijn niet nagekomen", "niet te zwaar", back,
                  article, objection_clause(life.day)):
        assert words in text, words


def test_a_withdrawal_that_does_not_work_back_takes_nothing_away_that_was_paid(live):
    life = live("verleend")
    life.pay()
    with pytest.raises(Refused, match="4:50 werkt niet terug.*verlening wijzigen"):
        life.decide("withdraw_grant", ground="4:50(1)(b)", ground_text="Ander beleid.", **REASON)


@pytest.mark.parametrize(("act", "amount", "words"), [
    ("settle", 30000, "U kreeg al € 27.000,00. U krijgt nog € 3.000,00."),
    ("settle_lower", 27000, "U kreeg al € 27.000,00. U krijgt niets meer. U hoeft geen geld terug te betalen."),
    ("settle_lower", 20000, "U kreeg al € 27.000,00. U krijgt niets meer. Wij hebben al € 7.000,00 meer betaald"),
])
def test_a_settlement_says_what_was_paid_and_what_is_still_to_come(live, act, amount, words):
    life = live("verleend")
    life.pay()
    life.later(40)
    life.account()
    adverse = {} if act == "settle" else {"ground": "4:46(2)(a)", "ground_text": "Niet alles is gedaan.", **REASON}
    _, text = decide(life, act, Decimal(amount), view=False, **adverse)
    assert words in text and (act == "settle" or "artikel 4:46, tweede lid, onder a, Algemene wet" in text)


def test_a_refused_part_says_on_what_it_rests_and_cites_that_article_alone(live):
    life = live("assessed")
    _, text = decide(life, "grant_partly", Decimal(20000), view=False, ground="R35_1a", ground_text="Niet alles gaat door.", **REASON)
    assert "De grond om een deel af te wijzen is: Niet alles gaat door." in text and "4:29 Algemene wet bestuursrecht (Awb), en artikel 4:35, eerste lid, onder a, Awb" in text
    assert "4:25" not in text and "artikel 4:7, eerste lid, Awb" in text


def test_a_withdrawn_grant_of_which_nothing_was_paid_asks_nothing_back(live):
    life = live("verleend")
    _, text = decide(life, "withdraw_grant", ground="4:48(1)(a)", ground_text="Gaat niet door.", **REASON)
    assert "U hoeft geen geld terug te betalen" in text


def test_a_lower_settlement_afterwards_says_the_difference_and_the_five_years(live):
    life = live("vastgesteld_direct")
    life.pay()
    life.later(30)
    letter, text = decide(life, "amend_settlement", Decimal(1000), ground="4:49(1)(c)", ground_text="Later bleek dat niet alles gedaan was.", breach_on=life.day, **REASON)
    assert letter.kind == "L20" and "wijzigen de vaststelling" in letter.as_content().subject
    for words in ("Het bedrag is nu € 1.000,00. Eerst was dat € 3.000,00.", "niet alles gedaan", "niet te zwaar", "-€ 2.000,00", "€ 2.000,00 meer betaald", "vijf jaar",
                  "4:49, derde lid", objection_clause(life.day)):
        assert words in text, words


def test_a_higher_settlement_afterwards_is_paid_and_asks_no_view(live):
    life = live("vastgesteld_direct")
    life.pay()
    letter, text = decide(
        life, "amend_settlement", Decimal(3500), view=False, motivation="Wij rekenden verkeerd.", deviation_ground="hardheidsclausule", deviation="De huur ging omhoog.",
    )
    for words in ("Het bedrag is nu € 3.500,00", "niet om een reactie gevraagd", "U krijgt nog € 500,00", "Waarom wijken wij af van de berekening?", "De huur ging omhoog.", "hardheidsclausule"):
        assert words in text, words
    assert letter.kind == "L20" and "4:49, derde lid" not in text


def test_a_withdrawn_settlement_leaves_nothing(live):
    life = live("vastgesteld_direct")
    letter, text = decide(life, "withdraw_settlement", ground="4:49(1)(b)", ground_text="De aanvrager wist dat het niet klopte.", **REASON)
    assert letter.kind == "L20" and "trekken de vaststelling" in letter.as_content().subject
    for words in ("vastgesteld op € 3.000,00", "wist dat het niet klopte", "artikel 4:49", objection_clause(life.day)):
        assert words in text, words


def test_a_settlement_after_a_reminder_tells_that_nothing_came(live):
    life = live("report_overdue")
    life.day = life.case.deadlines.get(rule="REPORT_REMINDER").last_day + timedelta(days=1)
    if life.day > life.today:
        pytest.fail("the demo life leaves no day after the reminder")
    letter, text = decide(life, "settle_ex_officio_after_reminder", Decimal(10000), ground="4:46(2)(b)", ground_text="Er kwam geen verantwoording.", **REASON)
    assert letter.kind == "L17" and "lager vastgesteld" in letter.as_content().subject
    for words in ("Wij vroegen u op", "Wij hebben niets gekregen", "4:44, vierde lid", "€ 10.000,00", "Verschil", "niet te zwaar", objection_clause(life.day)):
        assert words in text, words


def test_a_settlement_at_nil_says_so_and_keeps_no_amount(live):
    life = live("report_received")
    letter, text = decide(life, "settle_nil", None, ground="4:46(2)(a)", ground_text="Er is niets gedaan.", **REASON)
    assert letter.kind == "L18" and "nul euro" in letter.as_content().subject
    assert "vast op € 0,00. Wij hadden € 30.000,00 verleend" in text and "Er is niets gedaan." in text and objection_clause(life.day) in text
    assert life.case.settled_amount == 0


def test_settling_of_our_own_accord_says_that_no_application_was_needed(live):
    life = live("verleend", amount="10000")
    life.day = life.case.report_due_on
    letter, text = decide(life, "settle_ex_officio", Decimal(10000), view=False)
    assert letter.kind == "L16e" and "hoefde hiervoor geen aanvraag" in text and "4:47" in text and "€ 10.000,00" in text


def test_a_lower_settlement_of_our_own_accord_needs_ground_and_weighing_and_says_both(live):
    life = live("verleend", amount="10000")
    life.day = life.case.report_due_on
    with pytest.raises(Refused, match="Kies de grond.*te zwaar"):
        life.decide("settle_ex_officio", Decimal(9000))
    Beschikking.objects.filter(application=life.id, state="reviewed").update(state="returned")
    letter, text = decide(life, "settle_ex_officio", Decimal(9000), ground="4:46(2)(a)", ground_text="Niet alles is gedaan.", **REASON)
    assert letter.kind == "L17" and "hoefde hiervoor geen aanvraag" in text and "Niet alles is gedaan." in text and "-€" not in text.split("Verschil")[0]


@pytest.mark.parametrize("act", sorted(row.name for row in rows() if row.act.decision))
def test_every_decision_names_a_letter_that_needs_a_decision_a_basis_and_a_clause(act):
    kind = KINDS[act_named(act).letter]
    assert kind.is_decision and {"decision", "legal_basis", "remedy", "mandate"} <= set(kind.must)


@pytest.mark.parametrize(("scheme", "state", "act", "ground"), [
    ("LB-SVC", "verleend", "withdraw_grant", "4:48(1)(a)"), ("LB-INW", "vastgesteld_direct", "withdraw_settlement", "4:49(1)(b)"),
])
def test_a_withdrawal_and_the_claim_that_follows_say_what_becomes_public(live, scheme, state, act, ground):
    life = live(state, scheme=scheme)
    life.pay()
    _, text = decide(life, act, None, view=False, ground=ground, ground_text="Gaat niet door.", **REASON)
    _, claim = decide(life, "reclaim", Claim.objects.get(application=life.id).amount, view=False)
    if scheme == "LB-INW":  # a person: not by name
        assert all("Uw naam komt niet in het openbare subsidieregister." in told for told in (text, claim))
        return
    assert "Deze intrekking komt in ons openbare subsidieregister." in text
    assert "Deze terugvordering komt niet in ons openbare subsidieregister. Het besluit waaruit zij volgt, komt daar wel in." in claim
    assert "Deze subsidie komt in" not in text + claim
