"""Ranking by points (Awb 4:26): weighted criteria, scores of people who judged apart, a minimum, and what breaks a tie.

Points are compared as exact fractions: a mean of three scores is often no decimal, and rounding decides no rank.
`Decimal` is what a page shows, two decimals, half up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from grants.law.amounts import CENT
from grants.law.errors import LawError
from grants.law.lottery import draw

Tie = Literal["draw", "heaviest_criterion"]
Points = Mapping[str, Decimal]
"""What one assessor gave one case: points by the key of the criterion."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A criterion with points from 0 to `most`, that counts `weight` times. A mean under `least` is not enough."""

    key: str
    label: str
    most: int
    least: int = 0
    weight: int = 1


class PointsError(LawError):
    """Scores that are not whole or not possible; `str()` is a Dutch sentence."""


class TieError(LawError):
    """Cases stand equal and the rule of the scheme is a draw, but no seed was given."""

    def __init__(self, cases: tuple[str, ...]) -> None:
        self.cases = cases
        super().__init__(f"Deze aanvragen eindigen gelijk: {', '.join(cases)}. Het lot beslist.")


@dataclass(frozen=True, slots=True)
class Place:
    """One case in the ranking. `rank` is None when it did not reach a minimum; `refusal` then says which, in Dutch.

    `tied`: it stood equal with another, and the rule of the scheme for that gave it this rank.
    """

    case_number: str
    rank: int | None
    total: Decimal
    means: Mapping[str, Decimal]
    refusal: str = ""
    tied: bool = False


def check_points(criteria: Sequence[Weighed], points: Points) -> None:
    """Raises PointsError unless every criterion has points, from 0 to its most, in steps of a hundredth at least."""
    for criterion in criteria:
        given = points.get(criterion.key)
        if given is None:
            raise PointsError(f"Geef punten voor '{criterion.label}'.")
        if not given.is_finite() or not 0 <= given <= criterion.most or given != given.quantize(CENT):
            raise PointsError(f"Geef voor '{criterion.label}' 0 tot en met {criterion.most} punten, met ten hoogste twee cijfers achter de komma.")
    if set(points) - {criterion.key for criterion in criteria}:
        raise PointsError("Er zijn punten voor iets dat geen criterium van deze regeling is.")


def ranking(
    criteria: Sequence[Weighed],
    scores: Mapping[str, Sequence[Points]],
    *,
    least_total: Decimal = Decimal(0),
    assessors: int = 2,
    tie: Tie = "draw",
    seed: str = "",
) -> tuple[Place, ...]:
    """The cases, best first; those under a minimum last, by case number.

    `scores` maps case number to what each assessor gave. The mean per criterion counts, times its weight. A mean under
    the least of a criterion, or a total under `least_total`, gives no rank; exactly the least is enough. Equal totals:
    the higher mean on the heaviest criterion first, then the next heaviest, when the scheme says so; what is equal
    then, or at once under `draw`, is drawn with the seed. Raises TieError when a draw is needed and there is no seed,
    PointsError for scores that are not whole or fewer than `assessors`.
    """
    if not criteria:
        raise LawError("a ranking needs criteria")
    means = {number: _means(criteria, number, scores[number], assessors) for number in sorted(scores)}
    totals = {number: sum((mean[c.key] * c.weight for c in criteria), Fraction(0)) for number, mean in means.items()}
    refusals = {number: _refusal(criteria, means[number], totals[number], least_total) for number in means}
    heaviest = sorted(criteria, key=lambda c: -c.weight) if tie == "heaviest_criterion" else []

    def key(number: str) -> tuple[Fraction, ...]:
        return (totals[number], *(means[number][c.key] for c in heaviest))

    ranked = [number for number in means if not refusals[number]]
    equal = [tuple(n for n in ranked if key(n) == value) for value in {key(n) for n in ranked}]
    drawn: dict[str, int] = {}
    for cases in equal:
        if len(cases) > 1:
            if not seed:
                raise TieError(cases)
            drawn |= {d.case_number: d.rank for d in draw(seed, cases)}
    ranked.sort(key=lambda n: ([-part for part in key(n)], drawn.get(n, 0)))
    same_total = {n for n in ranked if sum(totals[n] == totals[other] for other in ranked) > 1}
    shown = {n: {name: _shown(mean) for name, mean in means[n].items()} for n in means}
    places = [Place(n, rank, _shown(totals[n]), shown[n], tied=n in same_total) for rank, n in enumerate(ranked, 1)]
    return (*places, *(Place(n, None, _shown(totals[n]), shown[n], refusal) for n, refusal in refusals.items() if refusal))


def _means(criteria: Sequence[Weighed], number: str, sheets: Sequence[Points], assessors: int) -> dict[str, Fraction]:
    if len(sheets) < assessors:
        raise PointsError(f"Zaak {number} heeft punten van {len(sheets)} beoordelaars. Er zijn er {assessors} nodig.")
    for points in sheets:
        check_points(criteria, points)
    return {c.key: sum((Fraction(points[c.key]) for points in sheets), Fraction(0)) / len(sheets) for c in criteria}


def _refusal(criteria: Sequence[Weighed], means: Mapping[str, Fraction], total: Fraction, least: Decimal) -> str:
    for criterion in criteria:
        if means[criterion.key] < criterion.least:
            return f"Op '{criterion.label}' zijn {criterion.least} punten nodig. De aanvraag kreeg er gemiddeld {_words(means[criterion.key])}."
    if total < Fraction(least):
        return f"Er zijn in totaal {_words(Fraction(least))} punten nodig. De aanvraag kreeg er {_words(total)}."
    return ""


def _shown(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, rounding=ROUND_HALF_UP)


def _words(value: Fraction) -> str:
    """Two decimals the Dutch way; rounded down, so that just under a minimum never reads as the minimum."""
    whole, rest = divmod(value.numerator * 100 // value.denominator, 100)
    return f"{whole},{rest:02d}" if rest else f"{whole}"
