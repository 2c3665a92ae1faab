"""The legal clock against the table of worked cases, and properties that hold for every case."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.days import ONE_DAY, is_free_day, next_working_day
from grants.law.errors import FixedLengthError, LengthError, NotSuspendableError
from grants.law.rules import CATALOGUE, SuspensionKind, Unit, UnknownRuleError, find_rule
from grants.law.terms import (
    Suspension,
    Term,
    agreed_suspension,
    completion_suspension,
    compute,
    legal_days_last_day,
)

NONE: tuple[Suspension, ...] = ()
V20 = (completion_suspension(date(2025, 3, 10), date(2025, 3, 24)),)
V21 = (completion_suspension(date(2026, 3, 9), date(2026, 3, 23)),)
V23 = (
    completion_suspension(date(2025, 9, 8), date(2025, 9, 19)),
    completion_suspension(date(2025, 10, 6), date(2025, 10, 20)),
)
V24 = (agreed_suspension(date(2025, 10, 20), date(2025, 11, 2)),)

CASES = [
    ("V01", "2025-03-03", "OBJECTION_6W", NONE, 0, "2025-04-14", "2025-04-14"),
    ("V02", "2025-03-07", "OBJECTION_6W", NONE, 0, "2025-04-18", "2025-04-22"),
    ("V03", "2025-03-15", "OBJECTION_6W", NONE, 0, "2025-04-26", "2025-04-28"),
    ("V04", "2025-03-24", "OBJECTION_6W", NONE, 0, "2025-05-05", "2025-05-06"),
    ("V06", "2025-04-28", "OBJECTION_6W", NONE, 0, "2025-06-09", "2025-06-10"),
    ("V07", "2025-11-13", "OBJECTION_6W", NONE, 0, "2025-12-25", "2025-12-29"),
    ("V09", "2026-02-20", "OBJECTION_6W", NONE, 0, "2026-04-03", "2026-04-07"),
    ("V10", "2026-04-02", "OBJECTION_6W", NONE, 0, "2026-05-14", "2026-05-18"),
    ("V11", "2026-11-13", "OBJECTION_6W", NONE, 0, "2026-12-25", "2026-12-28"),
    ("V13", "2027-03-16", "OBJECTION_6W", NONE, 0, "2027-04-27", "2027-04-28"),
    ("V14", "2025-12-11", "DECISION_8W_AWB", NONE, 0, "2026-02-05", "2026-02-05"),
    ("V15", "2026-02-06", "DECISION_8W_AWB", NONE, 0, "2026-04-03", "2026-04-07"),
    ("V16", "2026-02-06", "DECISION_8W_ASV", NONE, 0, "2026-04-03", "2026-04-03"),
    ("V17", "2025-03-01", "DECISION_13W_ASV", NONE, 0, "2025-05-31", "2025-05-31"),
    ("V18", "2026-09-25", "DECISION_13W_ASV", NONE, 0, "2026-12-25", "2026-12-25"),
    ("V19", "2025-07-01", "DECISION_22W_ASV", NONE, 0, "2025-12-02", "2025-12-02"),
    ("V20", "2025-03-03", "DECISION_13W_ASV", V20, 13, "2025-06-15", "2025-06-15"),
    ("V21", "2026-03-02", "DECISION_8W_AWB", V21, 13, "2026-05-10", "2026-05-11"),
    ("V23", "2025-09-01", "DECISION_13W_ASV", V23, 23, "2025-12-24", "2025-12-24"),
    ("V24", "2025-10-01", "DECISION_8W_AWB", V24, 14, "2025-12-10", "2025-12-10"),
    ("V27", "2025-12-05", "NOT_HANDLED_4W", NONE, 0, "2026-01-02", "2026-01-05"),
    ("V28", "2027-04-08", "NOT_HANDLED_4W", NONE, 0, "2027-05-06", "2027-05-10"),
    ("V29", "2025-04-22", "OBJ_DECISION_6W", NONE, 0, "2025-06-03", "2025-06-03"),
    ("V31", "2026-03-23", "OBJ_DECISION_12W", NONE, 0, "2026-06-15", "2026-06-15"),
    ("V32", "2025-11-14", "PAYMENT_6W", NONE, 0, "2025-12-26", "2025-12-29"),
    ("V33", "2026-05-11", "REMINDER_2W", NONE, 0, "2026-05-25", "2026-05-26"),
    ("V34", "2025-06-02", "PAY_SUSPENSION_13W", NONE, 0, "2025-09-01", "2025-09-01"),
    ("V36", "2026-06-01", "DEFAULT_NOTICE_2W", NONE, 0, "2026-06-15", "2026-06-15"),
    ("V37", "2025-06-30", "SETTLEMENT_AMEND_5Y", NONE, 0, "2030-06-30", "2030-06-30"),
]


@pytest.mark.parametrize(
    ("start", "rule_id", "suspensions", "days", "raw_end", "last_day"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_the_worked_cases_come_out(start: str, rule_id: str, suspensions: tuple[Suspension, ...], days: int, raw_end: str, last_day: str) -> None:
    term = compute(rule_id, date.fromisoformat(start), suspensions=suspensions)

    assert (term.suspended_days, term.raw_end.isoformat(), term.last_day.isoformat()) == (
        days,
        raw_end,
        last_day,
    )


@pytest.mark.parametrize(
    ("start", "last_day"),
    [(date(2026, 5, 13), date(2026, 5, 19)), (date(2025, 4, 17), date(2025, 4, 23))],
    ids=["V41", "V42"],
)
def test_a_short_legal_term_holds_two_working_days(start: date, last_day: date) -> None:
    assert legal_days_last_day(start, 3) == last_day


def test_a_term_of_two_days_need_not_hold_two_working_days() -> None:
    assert legal_days_last_day(date(2025, 4, 17), 2) == date(2025, 4, 22)


@pytest.mark.parametrize("days", [0, 91])
def test_terms_in_days_outside_the_act_are_not_counted_by_it(days: int) -> None:
    with pytest.raises(ValueError):
        legal_days_last_day(date(2025, 4, 17), days)


@pytest.mark.parametrize(
    ("made_known", "last_day"),
    [
        (date(2025, 3, 6), date(2025, 4, 17)),
        (date(2025, 3, 7), date(2025, 4, 22)),
        (date(2025, 3, 11), date(2025, 4, 22)),
        (date(2025, 3, 12), date(2025, 4, 23)),
    ],
    ids=["day before Good Friday", "Good Friday", "first working day", "day after"],
)
def test_easter_holds_up_four_days_and_no_more(made_known: date, last_day: date) -> None:
    assert compute("OBJECTION_6W", made_known).last_day == last_day


@pytest.mark.parametrize(
    ("rule_id", "start", "last_day"),
    [
        ("HEARING_FILE_1W", date(2025, 4, 25), date(2025, 4, 18)),
        ("HEARING_DOCS_10D", date(2025, 4, 28), date(2025, 4, 18)),
        ("PORTAL_NOTICE_48H", date(2026, 4, 1), date(2026, 4, 3)),
        ("PENALTY_42D", date(2026, 6, 15), date(2026, 7, 27)),
        ("RECOVERY_5Y", date(2024, 2, 29), date(2029, 2, 28)),
        ("OBJ_ADJOURN_6W", date(2025, 3, 7), date(2025, 4, 18)),
        ("REPORT_DUE", date(2025, 3, 1), date(2025, 5, 31)),
    ],
)
def test_terms_outside_the_act_stay_where_they_end(rule_id: str, start: date, last_day: date) -> None:
    assert compute(rule_id, start).last_day == last_day


def test_exactly_twelve_weeks_is_still_moved() -> None:
    assert compute("OBJ_DECISION_12W", date(2026, 3, 2)).last_day == date(2026, 5, 26)


@pytest.mark.parametrize(
    ("length", "unit", "moved"),
    [
        (12, Unit.WEEKS, True),
        (13, Unit.WEEKS, False),
        (90, Unit.DAYS, True),
        (91, Unit.DAYS, False),
        (3, Unit.MONTHS, True),
        (4, Unit.MONTHS, False),
        (1, Unit.YEARS, False),
        (48, Unit.HOURS, False),
    ],
)
def test_the_act_covers_terms_up_to_its_own_length(length: int, unit: Unit, moved: bool) -> None:
    rule = replace(find_rule("OBJECTION_6W", date(2026, 3, 2)), length=length, unit=unit)

    assert rule.under_atw is moved


def test_a_term_we_set_ourselves_ends_on_a_working_day_without_naming_a_law() -> None:
    term = compute("RECOVERY_TERM", date(2025, 4, 4))

    assert term.last_day == date(2025, 4, 22)
    assert "dienstverlening" in term.explanation[-2].article


def test_the_weeks_of_a_letter_are_given_by_the_caller() -> None:
    assert compute("VIEW_TERM", date(2025, 3, 3), weeks=3).last_day == date(2025, 3, 24)
    with pytest.raises(FixedLengthError):
        compute("OBJECTION_6W", date(2025, 3, 3), weeks=7)
    with pytest.raises(LengthError):
        compute("VIEW_TERM", date(2025, 3, 3), weeks=0)


@pytest.mark.parametrize(
    ("start", "months", "last_day"),
    [
        (date(2025, 3, 31), 3, date(2025, 6, 30)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2025, 9, 27), 3, date(2025, 12, 27)),
    ],
    ids=["no 31 June", "no 30 February", "leap year", "a Saturday stays"],
)
def test_months_end_on_the_same_date_or_on_the_last_day_of_the_month(start: date, months: int, last_day: date) -> None:
    assert compute("REPORT_DUE", start, months=months).last_day == last_day


def test_only_the_report_is_due_in_months_and_never_in_both() -> None:
    with pytest.raises(FixedLengthError, match="in maanden"):
        compute("VIEW_TERM", date(2025, 3, 3), months=1)
    with pytest.raises(LengthError, match="niet allebei"):
        compute("REPORT_DUE", date(2025, 3, 3), weeks=13, months=3)
    with pytest.raises(LengthError, match="ten minste"):
        compute("REPORT_DUE", date(2025, 3, 3), months=0)


@pytest.mark.parametrize("rule_id", ["", "OBJECTION", "DECISION_0W_ASV", "DECISION_W_ASV", "DECISION_13W_ASVX"])
def test_an_unknown_term_is_refused_by_name(rule_id: str) -> None:
    with pytest.raises(UnknownRuleError):
        compute(rule_id, date(2025, 3, 3))


def test_a_rule_has_no_effect_before_its_date() -> None:
    assert find_rule("PORTAL_NOTICE_48H", date(2026, 1, 1)).article == "artikel 2:10, eerste lid, Awb"
    with pytest.raises(UnknownRuleError):
        find_rule("PORTAL_NOTICE_48H", date(2025, 12, 31))


def test_a_decree_of_the_caller_moves_the_end() -> None:
    assert compute("NOT_HANDLED_4W", date(2025, 12, 5), overrides=()).last_day == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("completed", "days"),
    [(date(2025, 3, 10), 0), (date(2025, 3, 11), 0), (date(2025, 3, 12), 1), (date(2025, 3, 24), 13)],
)
def test_the_day_of_asking_and_the_day_of_completing_both_count(completed: date, days: int) -> None:
    assert completion_suspension(date(2025, 3, 10), completed).days == days


def test_the_other_reading_of_an_unused_recovery_term_gives_one_day_more() -> None:
    assert completion_suspension(date(2025, 3, 10), date(2025, 3, 24), last_day_counts=True).days == 14


def test_periods_that_run_backwards_are_refused() -> None:
    with pytest.raises(ValueError):
        completion_suspension(date(2025, 3, 10), date(2025, 3, 9))
    with pytest.raises(ValueError):
        agreed_suspension(date(2025, 3, 10), date(2025, 3, 9))
    with pytest.raises(ValueError):
        Suspension(SuspensionKind.BIBOB, date(2025, 3, 10), date(2025, 3, 8))


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2025, 2, 1), date(2025, 3, 3), 0),
        (date(2025, 2, 1), date(2025, 3, 4), 1),
        (date(2025, 4, 28), date(2025, 4, 30), 3),
        (date(2025, 4, 29), date(2025, 5, 9), 0),
    ],
    ids=["over on the first day", "one day inside", "from the last day", "after the last day"],
)
def test_only_days_while_the_term_runs_are_suspended(first: date, last: date, days: int) -> None:
    term = compute("DECISION_8W_ASV", date(2025, 3, 3), suspensions=[Suspension(SuspensionKind.BIBOB, first, last)])

    assert term.suspended_days == days
    assert term.last_day == date(2025, 4, 28) + timedelta(days=days)


def test_days_that_only_the_act_added_are_not_suspended() -> None:
    over_easter = completion_suspension(date(2026, 4, 3), date(2026, 4, 22))

    term = compute("DECISION_8W_AWB", date(2026, 2, 6), suspensions=[over_easter])

    assert (term.raw_end, term.last_day, term.suspended_days) == (date(2026, 4, 3), date(2026, 4, 7), 0)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2025, 4, 28), date(2025, 5, 11), 14),
        (date(2025, 4, 29), date(2025, 5, 12), 14),
        (date(2025, 4, 30), date(2025, 5, 13), 0),
    ],
    ids=["from the last day", "from the day after", "a day too late"],
)
def test_an_agreed_delay_may_follow_on_the_last_day(first: date, last: date, days: int) -> None:
    term = compute("DECISION_8W_ASV", date(2025, 3, 3), suspensions=[agreed_suspension(first, last)])

    assert (term.suspended_days, term.last_day) == (days, date(2025, 4, 28) + timedelta(days=days))


def test_v24_comes_out_too_when_the_agreed_delay_follows_on_the_last_day() -> None:
    agreed = agreed_suspension(date(2025, 11, 27), date(2025, 12, 10))

    term = compute("DECISION_8W_AWB", date(2025, 10, 1), suspensions=[agreed])

    assert (term.suspended_days, term.raw_end, term.last_day) == (14, date(2025, 12, 10), date(2025, 12, 10))


def test_an_agreed_delay_may_follow_on_a_last_day_that_the_act_moved() -> None:
    after_easter = agreed_suspension(date(2026, 4, 8), date(2026, 4, 21))

    term = compute("DECISION_8W_AWB", date(2026, 2, 6), suspensions=[after_easter])

    assert (term.suspended_days, term.raw_end, term.last_day) == (14, date(2026, 4, 17), date(2026, 4, 17))


@pytest.mark.parametrize("rule_id", ["OBJECTION_6W", "PAYMENT_6W", "NOT_HANDLED_4W"])
def test_a_term_that_no_law_suspends_is_not_suspended(rule_id: str) -> None:
    with pytest.raises(NotSuspendableError, match="niet worden opgeschort"):
        compute(rule_id, date(2025, 3, 3), suspensions=V20)


def test_an_objection_decision_waits_for_repair_on_its_own_article() -> None:
    term = compute("OBJ_DECISION_6W", date(2025, 2, 28), suspensions=V20)

    assert term.suspended_days == 13
    assert "artikel 7:10, tweede lid, Awb" in {step.article for step in term.explanation}


def test_the_explanation_leads_from_the_event_to_the_last_day() -> None:
    term = compute("DECISION_8W_AWB", date(2026, 3, 2), suspensions=V21)

    assert [(step.date.isoformat(), step.article) for step in term.explanation] == [
        ("2026-03-03", "artikel 4:13, tweede lid, Awb"),
        ("2026-04-27", "artikel 4:13, tweede lid, Awb"),
        ("2026-05-10", "artikel 4:15, eerste lid, onder a, Awb"),
        ("2026-05-11", "artikel 1, eerste lid, Algemene termijnenwet"),
        ("2026-05-11", "artikel 4:13, tweede lid, Awb"),
    ]
    assert "zondag" in term.explanation[3].step


def test_a_term_that_stays_on_christmas_says_why_and_gives_staff_an_earlier_day() -> None:
    term = compute("DECISION_13W_ASV", date(2026, 9, 25))

    assert term.working_deadline == date(2026, 12, 24)
    assert any(step.article == "artikel 4 Algemene termijnenwet" for step in term.explanation)
    assert term.explanation[-1].date == term.working_deadline


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_every_term_explains_itself_up_to_its_last_day(rule: object) -> None:
    term = compute(rule.id, date(2026, 3, 20))  # type: ignore[attr-defined]

    assert term.last_day in {step.date for step in term.explanation}
    assert all(step.step.endswith(".") and step.article for step in term.explanation)
    assert not is_free_day(term.working_deadline)


STARTS = st.dates(min_value=date(2022, 6, 1), max_value=date(2030, 12, 31))
SUSPENDABLE = st.sampled_from(["DECISION_8W_AWB", "DECISION_8W_ASV", "DECISION_13W_ASV"])
OFFSETS = st.lists(st.tuples(st.integers(-20, 150), st.integers(0, 40), st.sampled_from(list(SuspensionKind))), max_size=5)


def placed(start: date, offsets: Sequence[tuple[int, int, SuspensionKind]]) -> list[Suspension]:
    return [Suspension(kind, start + timedelta(days=first), start + timedelta(days=first + length - 1)) for first, length, kind in offsets]


def outcome(term: Term) -> tuple[date, date, int]:
    return term.raw_end, term.last_day, term.suspended_days


@given(STARTS, SUSPENDABLE, OFFSETS, OFFSETS)
def test_more_suspension_never_ends_a_term_earlier(start: date, rule_id: str, some: list, more: list) -> None:  # type: ignore[type-arg]
    fewer = compute(rule_id, start, suspensions=placed(start, some))
    all_of_them = compute(rule_id, start, suspensions=placed(start, some + more))

    assert all_of_them.last_day >= fewer.last_day
    assert all_of_them.raw_end >= fewer.raw_end


@given(STARTS, SUSPENDABLE, OFFSETS, st.randoms())
def test_the_order_of_suspensions_does_not_matter(start: date, rule_id: str, offsets: list, random) -> None:  # type: ignore[type-arg, no-untyped-def]
    intervals = placed(start, offsets)
    shuffled = list(intervals)
    random.shuffle(shuffled)

    assert outcome(compute(rule_id, start, suspensions=intervals)) == outcome(compute(rule_id, start, suspensions=shuffled))


def day_by_day(start: date, nominal: date, intervals: list[Suspension], moved: bool) -> tuple[date, int]:
    """The rule told a second time, one day after the other: each day that counts moves the end by one."""
    agreed = {day for item in intervals if item.kind is SuspensionKind.AGREED for day in days_of(item)}
    end, counted = nominal, set[date]()
    for day in sorted({day for item in intervals for day in days_of(item)}):
        last = next_working_day(end) if moved else end
        put_off = day in agreed and (day - ONE_DAY == last or day - ONE_DAY in counted)
        if day > start and (day <= end or (day in agreed and day <= last) or put_off):
            end, counted = end + ONE_DAY, counted | {day}
    return end, len(counted)


def days_of(item: Suspension) -> list[date]:
    return [item.first_day + timedelta(days=n) for n in range(item.days)]


@given(STARTS, SUSPENDABLE, OFFSETS)
def test_overlap_is_counted_once(start: date, rule_id: str, offsets: list) -> None:  # type: ignore[type-arg]
    intervals = placed(start, offsets)

    term = compute(rule_id, start, suspensions=intervals)
    nominal = start + timedelta(days=7 * term.rule.length)

    assert outcome(compute(rule_id, start, suspensions=intervals * 2)) == outcome(term)
    assert (term.raw_end, term.suspended_days) == day_by_day(start, nominal, intervals, term.rule.under_atw)
    assert term.raw_end == nominal + timedelta(days=term.suspended_days)


@given(STARTS, SUSPENDABLE, OFFSETS, st.integers(1, 39))
def test_one_period_written_as_two_is_the_same(start: date, rule_id: str, offsets: list, cut: int) -> None:  # type: ignore[type-arg]
    whole = placed(start, offsets)
    halves = [
        half
        for item in whole
        for middle in [min(item.first_day + timedelta(days=cut), item.last_day + ONE_DAY)]
        for half in (Suspension(item.kind, item.first_day, middle - ONE_DAY), Suspension(item.kind, middle, item.last_day))
        if half.days > 0
    ]

    assert outcome(compute(rule_id, start, suspensions=halves)) == outcome(compute(rule_id, start, suspensions=whole))


def test_a_delay_of_centuries_is_counted_at_once() -> None:
    term = compute(
        "DECISION_8W_ASV",
        date(2025, 3, 3),
        suspensions=[agreed_suspension(date(2025, 3, 4), date(9025, 3, 3))],
    )

    assert term.last_day == date(9025, 4, 28)


@given(STARTS, OFFSETS)
def test_the_suspension_lines_add_up_to_the_raw_end(start: date, offsets: list) -> None:  # type: ignore[type-arg]
    term = compute("DECISION_13W_ASV", start, suspensions=placed(start, offsets))

    assert term.explanation[1 + len(offsets)].date == term.raw_end


@given(STARTS, st.sampled_from([rule.id for rule in CATALOGUE if rule.under_atw]))
def test_a_term_under_the_act_never_ends_on_a_free_day(start: date, rule_id: str) -> None:
    term = compute(rule_id, start)

    assert not is_free_day(term.last_day)
    assert term.last_day >= term.raw_end
    assert all(is_free_day(term.raw_end + timedelta(days=n)) for n in range((term.last_day - term.raw_end).days))


@given(STARTS, OFFSETS)
def test_a_suspended_term_under_the_act_never_ends_on_a_free_day(start: date, offsets: list) -> None:  # type: ignore[type-arg]
    assert not is_free_day(compute("DECISION_8W_AWB", start, suspensions=placed(start, offsets)).last_day)
