"""What each event in the life of an applicant does before and after a grant, as a table a lawyer can read."""

from __future__ import annotations

import pytest

from grants.law.succession import PartyEvent, Recipient, Stage, effect_of, kinds_for


@pytest.mark.parametrize(
    ("kind", "stage", "article"),
    [
        ("bankruptcy", "before", "4:35, tweede lid, onder b"),
        ("suspension_of_payment", "before", "4:35, tweede lid, onder b"),
        ("debt_restructuring", "before", "4:35, tweede lid, onder b"),
        ("insolvency_requested", "before", "4:35, tweede lid, onder b"),
        ("death", "before", "4:35, eerste lid, onder a"),
        ("dissolution", "before", "4:35, eerste lid, onder a"),
        ("bankruptcy", "running", "4:48, eerste lid"),
        ("death", "running", "4:48, eerste lid, onder a"),
        ("dissolution", "running", "4:48, eerste lid, onder a"),
        ("merger", "before", ""),
        ("merger", "running", ""),
        ("death_of_contact", "running", ""),
        ("bankruptcy", "settled", ""),
        ("death", "settled", ""),
    ],
)
def test_the_ground_that_an_event_may_give(kind, stage, article):
    ground = effect_of(PartyEvent(kind), Stage(stage)).ground
    assert (article in ground.article) if article else ground is None


def test_after_the_grant_insolvency_alone_is_no_ground():
    assert "zelf is geen grond" in effect_of(PartyEvent.BANKRUPTCY, Stage.RUNNING).ground.text


@pytest.mark.parametrize(("kind", "holds"), [("death", False), ("dissolution", False), ("bankruptcy", True)])
def test_on_direct_settlement_only_the_second_paragraph_of_4_35_is_a_ground(kind, holds):
    article = effect_of(PartyEvent(kind), Stage.BEFORE, direct=True).ground.article
    assert ("4:35, tweede lid" in article) is holds and ("4:43" in article) is not holds


@pytest.mark.parametrize(
    ("kind", "recipient", "by_law"),
    [
        ("death", Recipient.HEIRS, True), ("death_of_contact", Recipient.CONTACT, False), ("insolvency_requested", Recipient.APPLICANT, False),
        ("bankruptcy", Recipient.CURATOR, False), ("suspension_of_payment", Recipient.ADMINISTRATOR, False),
        ("debt_restructuring", Recipient.ADMINISTRATOR, False), ("dissolution", Recipient.LIQUIDATOR, False), ("merger", Recipient.SUCCESSOR, True),
    ],
)
def test_who_is_written_to_and_whether_rights_pass_by_themselves(kind, recipient, by_law):
    effect = effect_of(PartyEvent(kind), Stage.RUNNING)
    assert (effect.recipient, effect.passes_by_law, effect.holds_payment) == (recipient, by_law, True)


def test_only_bankruptcy_and_debt_restructuring_make_us_pay_the_estate():
    assert {kind for kind in PartyEvent if effect_of(kind, Stage.RUNNING).pays_estate} == {PartyEvent.BANKRUPTCY, PartyEvent.DEBT_RESTRUCTURING}


@pytest.mark.parametrize(
    ("applicant_type", "may", "may_not"),
    [
        ("natuurlijk_persoon", "death", "suspension_of_payment"), ("natuurlijk_persoon", "debt_restructuring", "merger"),
        ("vereniging", "suspension_of_payment", "debt_restructuring"), ("stichting", "merger", "death"),
        ("bewonersinitiatief", "death_of_contact", "bankruptcy"), ("gemeente", "merger", "bankruptcy"),
    ],
)
def test_what_can_befall_whom(applicant_type, may, may_not):
    kinds = kinds_for(applicant_type)
    assert PartyEvent(may) in kinds and PartyEvent(may_not) not in kinds
