"""Hearing before an adverse decision."""

from datetime import date

import pytest

from grants.law.zienswijze import reasons_for, view_ok

TODAY = date(2025, 3, 20)


@pytest.mark.parametrize("reason", ["4:7(1)", "4:7(2)", "4:8(1)", "4:8(2)", "4:11", "4:12(1)"])
def test_hearing_may_be_left_out_for_the_reasons_of_the_act(reason: str) -> None:
    assert view_ok(act_kind="reject", ground="4:25(2)", not_required_reason=reason, today=TODAY) is None


@pytest.mark.parametrize("reason", ["4:9", "4:12(2)", "geen tijd"])
def test_another_reason_does_not_exist(reason: str) -> None:
    assert "kent de wet niet" in (view_ok(act_kind="reject", not_required_reason=reason, today=TODAY) or "")


@pytest.mark.parametrize("reason", [None, ""])
def test_without_asking_and_without_a_reason_nothing_is_decided(reason: str | None) -> None:
    assert "Vraag eerst" in (view_ok(act_kind="reject", not_required_reason=reason, today=TODAY) or "")


@pytest.mark.parametrize(
    ("act_kind", "ground", "refused"),
    [
        ("reject", "4:35", True),
        ("reject", "4:35(1)(a)", True),
        ("reject", "4:51", True),
        ("reject", "4:25(2)", False),
        ("settle_lower", "4:46(2)(a)", True),
        ("settle_nil", "4:46(2)(b)", True),
        ("settle_ex_officio_after_reminder", "", True),
        ("settle", "4:46(2)", True),
        ("settle", "4:46(1)", False),
        ("withdraw_grant", "4:48(1)(a)", True),
        ("amend", "4:50", True),
        ("amend_settlement", "4:49(1)(a)", True),
        ("withdraw_settlement", "4:49(1)(a)", True),
    ],
)
def test_money_is_no_excuse_where_the_act_excludes_it(act_kind: str, ground: str, refused: bool) -> None:
    answer = view_ok(act_kind=act_kind, ground=ground, not_required_reason="4:12(1)", today=TODAY)

    assert (answer is not None and "4:12, tweede lid" in answer) is refused
    assert view_ok(act_kind=act_kind, ground=ground, not_required_reason="4:11", today=TODAY) is None


@pytest.mark.parametrize(
    ("today", "may_decide"),
    [(date(2025, 3, 19), False), (date(2025, 3, 20), False), (date(2025, 3, 21), True)],
)
def test_a_view_may_come_up_to_and_including_the_last_day(today: date, may_decide: bool) -> None:
    answer = view_ok(
        act_kind="reject",
        ground="4:35",
        asked_on=date(2025, 3, 6),
        term_last_day=date(2025, 3, 20),
        today=today,
    )

    assert (answer is None) is may_decide
    assert may_decide or "20 maart 2025" in (answer or "")


@pytest.mark.parametrize(("received_on", "may_decide"), [(date(2025, 3, 20), True), (date(2025, 3, 21), False)])
def test_a_view_that_came_ends_the_waiting(received_on: date, may_decide: bool) -> None:
    answer = view_ok(
        act_kind="reject",
        ground="4:35",
        asked_on=date(2025, 3, 6),
        received_on=received_on,
        term_last_day=date(2025, 3, 25),
        today=TODAY,
    )

    assert (answer is None) is may_decide


def test_a_view_that_nobody_asked_for_by_a_letter_with_a_term_is_not_lapsed() -> None:
    assert "zonder termijn" in (view_ok(act_kind="reject", asked_on=date(2025, 1, 1), today=TODAY) or "")
    assert "Vraag eerst" in (view_ok(act_kind="reject", term_last_day=date(2025, 1, 1), today=TODAY) or "")


UNASKED = ["amend", "withdraw_grant", "amend_settlement", "withdraw_settlement", "settle_ex_officio", "settle_ex_officio_after_reminder"]


@pytest.mark.parametrize("act_kind", UNASKED)
@pytest.mark.parametrize("reason", ["4:7(1)", "4:7(2)"])
def test_the_hearing_about_a_refused_application_says_nothing_of_a_decision_nobody_applied_for(act_kind: str, reason: str) -> None:
    refusal = view_ok(act_kind=act_kind, ground="4:48(1)(a)", not_required_reason=reason, today=TODAY) or ""
    assert "dan geldt artikel 4:8" in refusal and "vraag eerst een zienswijze" in refusal


@pytest.mark.parametrize("act_kind", UNASKED)
@pytest.mark.parametrize("reason", ["4:8(1)", "4:8(2)", "4:11"])
def test_for_such_a_decision_the_reasons_of_4_8_and_4_11_stay(act_kind: str, reason: str) -> None:
    assert view_ok(act_kind=act_kind, ground="4:48(1)(a)", not_required_reason=reason, today=TODAY) is None


@pytest.mark.parametrize("act_kind", ["reject", "grant_partly", "settle_lower", "settle_nil"])
def test_what_was_applied_for_keeps_the_reasons_of_4_7(act_kind: str) -> None:
    assert view_ok(act_kind=act_kind, not_required_reason="4:7(1)", today=TODAY) is None


@pytest.mark.parametrize("act_kind", ["reject", "grant_partly", "settle_lower", *UNASKED])
def test_the_form_offers_exactly_the_reasons_that_can_pass(act_kind: str) -> None:
    passing = {r for r in ("4:7(1)", "4:7(2)", "4:8(1)", "4:8(2)", "4:11", "4:12(1)") if view_ok(act_kind=act_kind, not_required_reason=r, today=TODAY) is None}
    assert reasons_for(act_kind) == passing
