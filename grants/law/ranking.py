"""Who gets what is left under a ceiling: order of complete receipt, and pro rata on the same day (Awb 4:25,
4:26).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Literal

from grants.law.amounts import CENT, ZERO, require_money
from grants.law.errors import LawError
from grants.law.formats import euro, long_date

Divide = Callable[[Decimal, Mapping[str, Decimal]], Mapping[str, Decimal]]
VerdictKind = Literal["passes", "partly", "exhausted", "tie_must_wait", "tie_pro_rata", "tie_lottery"]
CEILING = "artikel 4:25, tweede lid, Awb"
DISTRIBUTION = "artikel 4:26 Awb"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A case in the queue: complete since this day. The case number settles the order within a day, for lists
    only; money on one day is divided, not handed out in that order.
    """

    complete_on: date
    case_number: str


def order_of_completeness(cases: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Earliest complete day first (Awb 4:26): the day on which the completed application came in counts, not
    the day of the first submission.
    """
    return tuple(sorted(cases, key=lambda case: (case.complete_on, case.case_number)))


@dataclass(frozen=True, slots=True)
class Share:
    """What one case gets of a divided remainder. `refused`: the share was under the minimum, so it became
    nothing.
    """

    case_number: str
    requested: Decimal
    amount: Decimal
    refused: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """May this case be granted now? `amount` is what it can get in euros; `reason` is a Dutch sentence."""

    kind: VerdictKind
    amount: Decimal
    reason: str
    article: str


def pro_rata(
    remaining: Decimal,
    requests: Mapping[str, Decimal],
    minimum: Decimal = Decimal(0),
    *,
    redistribute: bool = False,
) -> tuple[Share, ...]:
    """Divide what remains over cases complete on the same day, in proportion to what each asked.

    `requests` maps case number to euros. Floor to the cent; the cents left over go one by one to the largest
    remainders, ties by case number. Then a share under `minimum` is refused (Awb 4:25(2)); exactly the
    minimum is enough. Its money stays undivided, unless the scheme says `redistribute`: then all shares under
    the minimum drop out together and the rest is divided again, until no share is too small. Together,
    because equal cases get equal treatment. When all fit, all get what they asked. Sorted by case number.
    Raises LawError for a negative amount, a part of a cent, or a request of zero.
    """
    return divided(remaining, requests, minimum, _shares, redistribute=redistribute)


def divided(
    remaining: Decimal, requests: Mapping[str, Decimal], minimum: Decimal, divide: Divide, *, redistribute: bool
) -> tuple[Share, ...]:
    """What `divide` gives each, after the minimum of the scheme was tested: once, or until no share is too small."""
    left = require_money("remaining", remaining)
    least = require_money("minimum", minimum)
    asked = {number: require_money("request", requests[number]) for number in sorted(requests)}
    if any(amount == 0 for amount in asked.values()):
        raise LawError("a request of zero has no share")
    granted = _at_least(divide(left, asked), least)
    while redistribute:
        again = _at_least(divide(left, {number: asked[number] for number in granted}), least)
        if again.keys() == granted.keys():
            granted = again
            break
        granted = again
    return tuple(Share(number, amount, granted.get(number, ZERO), number not in granted) for number, amount in asked.items())


def _at_least(amounts: Mapping[str, Decimal], least: Decimal) -> dict[str, Decimal]:
    return {number: amount for number, amount in amounts.items() if amount > 0 and amount >= least}


def _shares(left: Decimal, asked: Mapping[str, Decimal]) -> dict[str, Decimal]:
    total = sum(asked.values(), ZERO)
    return dict(asked) if total <= left else _divided(left, asked, total)


def _divided(left: Decimal, asked: Mapping[str, Decimal], total: Decimal) -> dict[str, Decimal]:
    """Largest remainder in whole cents; exact fractions, so that no tie is decided by rounding."""
    exact = {number: Fraction(left) * Fraction(amount) / Fraction(total) * 100 for number, amount in asked.items()}
    whole = {number: int(share) for number, share in exact.items()}
    over = int(left * 100) - sum(whole.values())
    largest_first = sorted(exact, key=lambda number: (whole[number] - exact[number], number))
    for number in largest_first[:over]:
        whole[number] += 1
    return {number: whole[number] * CENT for number in asked}


def room_for(
    *,
    remaining: Decimal,
    amount: Decimal,
    complete_on: date,
    better_ranked: Sequence[Decimal],
    same_day: Sequence[Decimal],
    today: date,
    minimum: Decimal = Decimal(0),
    may_still_come: Decimal | None = None,
    by_lot: bool = False,
) -> Verdict:
    """Is there room under the ceiling for this amount, given the open cases that rank before or beside it?

    `remaining` is what is neither held nor committed. `better_ranked` are undecided cases complete on an
    earlier day, `same_day` the other undecided cases complete on the same day, all in euros. `may_still_come`
    is what may at most still become complete on a day that is not over; None when nobody can say.

    passes: all of it fits, whatever happens to the others. partly / exhausted: a part or nothing is left and
    nobody ranks before or beside this case (refuse the rest, Awb 4:25(2)). tie_must_wait: nothing final can
    be said, because better-ranked cases are undecided, or because the day is not over and the ceiling may
    still be reached on it (only then does a tie matter). tie_pro_rata: the remainder
    must be divided over the cases of that day; `amount` is then this case's share rounded down, and
    `pro_rata` over all of them gives the exact one. tie_lottery: the same, but the scheme draws the order (`by_lot`),
    so that nobody has a share before the draw. A part or share under the `minimum` of the scheme is
    nothing: then the verdict is exhausted too. Raises LawError for a negative amount, a part of a
    cent, or a day that has yet to come.
    """
    left, asked = require_money("remaining", remaining), require_money("amount", amount)
    before = sum((require_money("better_ranked", item) for item in better_ranked), ZERO)
    beside = sum((require_money("same_day", item) for item in same_day), ZERO)
    least = require_money("minimum", minimum)
    if asked == 0:
        raise LawError("amount must be above zero")
    if complete_on > today:
        raise LawError("a case cannot be complete on a day that has yet to come")
    if left == 0:
        reason = "Het subsidieplafond is bereikt: er is geen geld meer voor deze regeling."
        return Verdict("exhausted", ZERO, reason, CEILING)
    if complete_on == today and not _out_of_reach(left, before + asked + beside, may_still_come):
        reason = f"Vandaag, {long_date(today)}, kunnen nog meer aanvragen compleet worden. Die tellen even zwaar. Beslis op zijn vroegst morgen."
        return Verdict("tie_must_wait", ZERO, reason, DISTRIBUTION)
    if before + asked + beside <= left:
        return Verdict("passes", asked, "Het bedrag past onder het subsidieplafond.", CEILING)
    if before > 0:
        reason = f"Er is nog {euro(left)}. Aanvragen die eerder compleet waren, vragen samen {euro(before)}. Beslis eerst over die aanvragen."
        return Verdict("tie_must_wait", ZERO, reason, DISTRIBUTION)
    if beside > 0 and by_lot:
        reason = (
            f"Er is nog {euro(left)}. De aanvragen die op {long_date(complete_on)} compleet waren, vragen "
            f"samen {euro(asked + beside)}. Het lot bepaalt de volgorde."
        )
        return Verdict("tie_lottery", ZERO, reason, DISTRIBUTION)
    if beside > 0:
        share = (left * asked / (asked + beside)).quantize(CENT, rounding=ROUND_FLOOR)
        if share + CENT < least:  # not even with a cent left over
            return _too_little(share, least, "Naar verhouding")
        reason = (
            f"Er is nog {euro(left)}. De aanvragen die op {long_date(complete_on)} compleet waren, vragen "
            f"samen {euro(asked + beside)}. Het bedrag wordt naar verhouding verdeeld."
        )
        return Verdict("tie_pro_rata", share, reason, DISTRIBUTION)
    if left < least:
        return _too_little(left, least, "Onder het subsidieplafond")
    reason = f"Er is nog {euro(left)} onder het subsidieplafond. De provincie moet de rest weigeren."
    return Verdict("partly", left, reason, CEILING)


def _out_of_reach(left: Decimal, known: Decimal, may_still_come: Decimal | None) -> bool:
    """Will the ceiling not be reached today, whatever else becomes complete?"""
    return may_still_come is not None and known + require_money("may_still_come", may_still_come) <= left


def _too_little(part: Decimal, least: Decimal, where: str) -> Verdict:
    reason = f"{where} is er nog {euro(part)}. Dat is minder dan het laagste bedrag van de regeling, {euro(least)}."
    return Verdict("exhausted", ZERO, reason, CEILING)
