"""Ranking by points of people who judged apart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.errors import LawError
from grants.law.lottery import draw
from grants.law.tender import PointsError, TieError, Weighed, ranking

D = Decimal
CRITERIA = (Weighed("kwaliteit", "Kwaliteit", most=10, least=6, weight=3), Weighed("bereik", "Bereik", most=10, weight=1))


def points(quality: str, reach: str) -> dict[str, Decimal]:
    return {"kwaliteit": D(quality), "bereik": D(reach)}


def ranked(scores: dict[str, list[dict[str, Decimal]]], **options: object) -> list[tuple[str, int | None, str]]:
    found = ranking(CRITERIA, scores, **options)  # type: ignore[arg-type]
    return [(place.case_number, place.rank, str(place.total)) for place in found]


def test_the_mean_of_the_assessors_counts_times_the_weight_of_the_criterion() -> None:
    scores = {"A": [points("8", "6"), points("7", "7")], "B": [points("9", "2"), points("9", "3")]}
    assert ranked(scores) == [("B", 1, "29.50"), ("A", 2, "29.00")]


def test_a_mean_that_is_no_decimal_is_not_rounded_into_another_rank() -> None:
    """7 2/3 times 3 is exactly 23: rounded to 7,67 it would be 23,01 and win."""
    scores = {"A": [points("7", "5"), points("8", "5"), points("8", "5")], "B": [points("7", "7"), points("7", "7"), points("7", "7.01")]}
    found = ranked(scores)
    assert found == [("B", 1, "28.00"), ("A", 2, "28.00")], "B has a three-hundredth more, which no page shows"


@pytest.mark.parametrize(("quality", "rank"), [("5.99", None), ("6", 1), ("6.01", 1)])
def test_the_minimum_of_a_criterion_is_enough_and_a_hundredth_less_is_not(quality: str, rank: int | None) -> None:
    (place,) = ranking(CRITERIA, {"A": [points(quality, "10"), points("6", "10")] if rank else [points(quality, "10")] * 2})
    assert place.rank == rank
    assert ("Kwaliteit" in place.refusal) == (rank is None)


@pytest.mark.parametrize(("least", "rank"), [("28", 1), ("28.01", None), ("27.99", 1)])
def test_the_minimum_total_is_enough_and_a_hundredth_more_is_not(least: str, rank: int | None) -> None:
    (place,) = ranking(CRITERIA, {"A": [points("7", "7")] * 2}, least_total=D(least))
    assert place.rank == rank


def test_just_under_the_minimum_never_reads_as_the_minimum() -> None:
    (place,) = ranking(CRITERIA, {"A": [points("6", "9.99"), points("6", "9.99"), points("6", "10")]}, least_total=D(28), assessors=3)
    assert place.refusal == "Er zijn in totaal 28 punten nodig. De aanvraag kreeg er 27,99."


def test_who_is_under_a_minimum_stands_last_and_takes_no_rank() -> None:
    scores = {"A": [points("5", "10")] * 2, "B": [points("6", "0")] * 2, "C": [points("7", "0")] * 2}
    assert ranked(scores) == [("C", 1, "21.00"), ("B", 2, "18.00"), ("A", None, "25.00")]


TIED = {"A": [points("7", "6")] * 2, "B": [points("8", "3")] * 2, "C": [points("7", "6")] * 2}


def test_a_tie_waits_for_the_draw() -> None:
    with pytest.raises(TieError) as error:
        ranking(CRITERIA, TIED)
    assert error.value.cases == ("A", "B", "C")


def test_a_tie_is_drawn_with_the_seed_and_nobody_else_moves() -> None:
    scores = {**TIED, "D": [points("10", "10")] * 2, "E": [points("6", "0")] * 2}
    found = ranking(CRITERIA, scores, seed="zaad-rood")
    drawn = [one.case_number for one in draw("zaad-rood", TIED)]
    assert [place.case_number for place in found] == ["D", *drawn, "E"]
    assert [place.tied for place in found] == [False, True, True, True, False]


def test_the_heaviest_criterion_breaks_a_tie_when_the_scheme_says_so_and_the_draw_does_the_rest() -> None:
    found = ranking(CRITERIA, TIED, tie="heaviest_criterion", seed="zaad-rood")
    assert found[0].case_number == "B"
    assert [place.case_number for place in found[1:]] == [one.case_number for one in draw("zaad-rood", ["A", "C"])]


@pytest.mark.parametrize(
    ("given_points", "words"),
    [
        ({"kwaliteit": D(7)}, "Geef punten voor 'Bereik'"),
        (points("10.01", "5"), "0 tot en met 10"),
        (points("-0.01", "5"), "0 tot en met 10"),
        (points("7.001", "5"), "twee cijfers"),
        (points("NaN", "5"), "0 tot en met 10"),
        ({**points("7", "5"), "smaak": D(1)}, "geen criterium"),
    ],
)
def test_scores_that_cannot_be_are_refused(given_points: dict[str, Decimal], words: str) -> None:
    with pytest.raises(PointsError, match=words):
        ranking(CRITERIA, {"A": [given_points, points("7", "5")]})


def test_one_assessor_too_few_makes_no_ranking() -> None:
    with pytest.raises(PointsError, match="1 beoordelaars. Er zijn er 2 nodig"):
        ranking(CRITERIA, {"A": [points("7", "7")]})
    with pytest.raises(LawError):
        ranking((), {"A": []})


@given(st.permutations(["A", "B", "C"]))
def test_the_order_in_which_cases_are_given_does_not_matter(order: list[str]) -> None:
    assert ranking(CRITERIA, {n: TIED[n] for n in order}, seed="z-w") == ranking(CRITERIA, TIED, seed="z-w")
