"""Letters that say a decision comes later: which of them move the term (Awb 4:14, and the ordinance)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.days import is_free_day
from grants.law.errors import LawError, NotDelayableError, PeriodError
from grants.law.terms import Delay, Suspension, SuspensionKind, agreed_suspension, completion_suspension, compute, delay_notice, extension, new_term

START = date(2025, 3, 3)
EIGHT_WEEKS = date(2025, 4, 28)


def test_a_notice_of_delay_does_not_move_a_term_that_a_regulation_sets() -> None:
    term = compute("DECISION_8W_ASV", START, delays=[delay_notice(date(2025, 4, 20), date(2025, 6, 2))])

    assert (term.raw_end, term.last_day) == (EIGHT_WEEKS, EIGHT_WEEKS)
    notice = next(step for step in term.explanation if step.article == "artikel 4:14, eerste lid, Awb")
    assert "verandert de termijn niet" in notice.step


@pytest.mark.parametrize(
    ("sent_on", "last_day"),
    [
        (date(2025, 4, 27), date(2025, 6, 2)),
        (EIGHT_WEEKS, date(2025, 6, 2)),
        (date(2025, 4, 29), EIGHT_WEEKS),
    ],
    ids=["day before", "last day", "day after"],
)
def test_where_no_regulation_sets_a_term_a_letter_in_time_names_a_new_one(sent_on: date, last_day: date) -> None:
    term = compute("DECISION_8W_AWB", START, delays=[new_term(sent_on, date(2025, 6, 2))])

    assert (term.raw_end, term.last_day) == (last_day, last_day)


def test_the_day_that_a_letter_names_is_not_moved_by_the_act() -> None:
    whit_monday = date(2025, 6, 9)

    term = compute("DECISION_8W_AWB", START, delays=[new_term(date(2025, 4, 14), whit_monday)])

    assert term.last_day == whit_monday
    assert term.working_deadline == date(2025, 6, 6)
    assert any("zelf genoemd in een brief" in step.step for step in term.explanation)


def test_a_new_term_cannot_take_days_from_the_eight_weeks() -> None:
    term = compute("DECISION_8W_AWB", START, delays=[new_term(date(2025, 3, 10), date(2025, 4, 1))])

    assert term.last_day == EIGHT_WEEKS


def test_a_letter_in_the_days_that_the_act_added_is_in_time() -> None:
    good_friday_start = date(2026, 2, 6)

    in_time = compute("DECISION_8W_AWB", good_friday_start, delays=[new_term(date(2026, 4, 7), date(2026, 5, 6))])
    late = compute("DECISION_8W_AWB", good_friday_start, delays=[new_term(date(2026, 4, 8), date(2026, 5, 6))])

    assert (in_time.last_day, late.last_day) == (date(2026, 5, 6), date(2026, 4, 7))


def test_a_suspension_that_runs_on_after_the_letter_stops_the_new_term_from_the_next_day() -> None:
    waiting = completion_suspension(date(2025, 4, 10), date(2025, 4, 24))

    term = compute("DECISION_8W_AWB", START, suspensions=[waiting], delays=[new_term(date(2025, 4, 14), date(2025, 6, 2))])

    assert term.last_day == date(2025, 6, 2) + timedelta(days=9)
    assert [step.date for step in term.explanation[2:5]] == [date(2025, 5, 2), date(2025, 6, 2), date(2025, 6, 11)]


@pytest.mark.parametrize(
    ("sent_on", "last_day"),
    [
        (date(2025, 4, 27), date(2025, 5, 26)),
        (EIGHT_WEEKS, date(2025, 5, 26)),
        (date(2025, 4, 29), EIGHT_WEEKS),
    ],
    ids=["day before", "last day", "day after"],
)
def test_an_extension_by_the_ordinance_counts_when_told_before_the_end(sent_on: date, last_day: date) -> None:
    term = compute("DECISION_8W_ASV", START, delays=[extension(sent_on, 4)])

    assert (term.raw_end, term.last_day, term.suspended_days) == (last_day, last_day, 0)


def test_a_suspension_keeps_the_term_alive_for_an_extension() -> None:
    waiting = completion_suspension(date(2025, 4, 10), date(2025, 4, 24))

    term = compute("DECISION_8W_ASV", START, suspensions=[waiting], delays=[extension(date(2025, 5, 11), 4)])

    assert (term.suspended_days, term.last_day) == (13, EIGHT_WEEKS + timedelta(days=13 + 28))


def test_a_suspension_in_the_added_weeks_counts() -> None:
    waiting = completion_suspension(date(2025, 5, 12), date(2025, 5, 20))

    term = compute("DECISION_8W_ASV", START, suspensions=[waiting], delays=[extension(date(2025, 4, 14), 4)])

    assert (term.suspended_days, term.last_day) == (7, EIGHT_WEEKS + timedelta(days=28 + 7))


@pytest.mark.parametrize(
    ("rule_id", "letter"),
    [
        ("DECISION_8W_AWB", delay_notice(START, EIGHT_WEEKS)),
        ("DECISION_8W_AWB", extension(START, 4)),
        ("DECISION_8W_ASV", new_term(START, EIGHT_WEEKS)),
        ("OBJECTION_6W", extension(START, 4)),
        ("OBJ_DECISION_6W", new_term(START, EIGHT_WEEKS)),
    ],
)
def test_a_letter_that_the_law_does_not_know_for_a_term_is_refused(rule_id: str, letter: Delay) -> None:
    with pytest.raises(NotDelayableError) as refused:
        compute(rule_id, START, delays=[letter])

    assert (refused.value.rule_id, refused.value.kind) == (rule_id, letter.kind)


def test_a_letter_without_sense_is_refused() -> None:
    with pytest.raises(PeriodError):
        new_term(date(2025, 4, 14), date(2025, 4, 13))
    with pytest.raises(LawError):
        extension(date(2025, 4, 14), 0)


STARTS = st.dates(min_value=date(2022, 6, 1), max_value=date(2030, 12, 31))
SUSPENSIONS = st.lists(st.tuples(st.integers(-20, 120), st.integers(1, 40), st.sampled_from(list(SuspensionKind))), max_size=4)
LETTERS = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 80)), max_size=3)


def suspended(start: date, offsets: list[tuple[int, int, SuspensionKind]]) -> list[Suspension]:
    return [Suspension(kind, start + timedelta(days=first), start + timedelta(days=first + days - 1)) for first, days, kind in offsets]


def letters(rule_id: str, start: date, offsets: list[tuple[int, int]]) -> list[Delay]:
    if rule_id == "DECISION_8W_AWB":
        return [new_term(start + timedelta(days=sent), start + timedelta(days=sent + more)) for sent, more in offsets]
    return [extension(start + timedelta(days=sent), 1 + more % 9) for sent, more in offsets]


@given(STARTS, st.sampled_from(["DECISION_8W_AWB", "DECISION_8W_ASV"]), SUSPENSIONS, SUSPENSIONS, LETTERS, st.randoms())
def test_with_letters_too_more_suspension_is_never_earlier_and_order_is_nothing(  # type: ignore[no-untyped-def]
    start: date, rule_id: str, some: list, more: list, sent: list, random
) -> None:
    told = letters(rule_id, start, sent)
    fewer = compute(rule_id, start, suspensions=suspended(start, some), delays=told)
    everything = suspended(start, some + more)
    all_of_them = compute(rule_id, start, suspensions=everything, delays=told)
    random.shuffle(everything)
    random.shuffle(told)
    shuffled = compute(rule_id, start, suspensions=everything, delays=told)

    assert all_of_them.last_day >= fewer.last_day >= compute(rule_id, start).last_day
    assert (shuffled.raw_end, shuffled.last_day) == (all_of_them.raw_end, all_of_them.last_day)
    assert not is_free_day(all_of_them.working_deadline)


def test_an_agreed_delay_and_a_notice_stand_in_calendar_order_in_the_explanation() -> None:
    agreed = agreed_suspension(date(2025, 4, 29), date(2025, 5, 12))

    term = compute("DECISION_8W_ASV", START, suspensions=[agreed], delays=[delay_notice(date(2025, 4, 14), date(2025, 5, 12))])

    assert [step.article for step in term.explanation[2:4]] == ["artikel 4:14, eerste lid, Awb", "artikel 4:15, tweede lid, onder a, Awb"]
    assert term.last_day == date(2025, 5, 12)
