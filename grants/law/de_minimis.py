"""De-minimis aid: how much one undertaking may still get in this member state (Regulations (EU) 2023/2831 and 2023/2832).

The ceiling is looked at for every new grant, over the three years up to and including the day on which the right to
the aid arises. Aid to all companies that together are one single undertaking counts. Ceilings have a period of
validity, the register a first day; change them by adding a version.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from grants.law.amounts import ZERO, cents, require_money
from grants.law.days import ONE_DAY, PUT_ON_A_PAR, is_free_day
from grants.law.errors import LawError
from grants.law.formats import euro, long_date

Kind = Literal["general", "sgei", "agriculture", "fishery"]
"""Of which regulation the aid is: the general one, that for services of general economic interest, or a sector's."""

YEARS: Final = 3
MEMBER_STATE: Final = "NL"
REGISTER_DAYS: Final = 20
REGISTER_FROM: Final = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that one undertaking may get in three years, in euros, for aid granted on these days, both included."""

    kind: Kind
    amount: Decimal
    valid_from: date
    valid_to: date
    regulation: str


# Aid for agriculture and fishery is not given here; it is declared by an applicant, and counts under the general ceiling.
CEILINGS: Final[tuple[Ceiling, ...]] = (
    Ceiling("general", Decimal(200_000), date(2014, 1, 1), date(2023, 12, 31), "Verordening (EU) nr. 1407/2013"),
    Ceiling("general", Decimal(300_000), date(2024, 1, 1), date(2030, 12, 31), "Verordening (EU) 2023/2831"),
    Ceiling("sgei", Decimal(500_000), date(2012, 4, 29), date(2023, 12, 31), "Verordening (EU) nr. 360/2012"),
    Ceiling("sgei", Decimal(750_000), date(2024, 1, 1), date(2030, 12, 31), "Verordening (EU) 2023/2832"),
)

KINDS: Final[dict[Kind, str]] = {
    "general": "algemene de-minimissteun", "sgei": "de-minimissteun DAEB", "agriculture": "de-minimissteun landbouw",
    "fishery": "de-minimissteun visserij",
}


class NoCeilingError(LawError):
    """No de-minimis regulation is known for aid granted on this day; `str()` is a sentence for people."""

    def __init__(self, kind: str, day: date) -> None:
        self.kind, self.day = kind, day
        super().__init__(f"Voor {long_date(day)} is geen plafond voor de-minimissteun bekend. Vraag de functioneel beheerder om het nieuwe plafond.")


@dataclass(frozen=True, slots=True)
class Aid:
    """De-minimis aid to one undertaking, in euros. A correction is negative and bears the day of the grant it corrects."""

    granted_on: date
    amount: Decimal
    kind: Kind = "general"
    member_state: str = MEMBER_STATE


@dataclass(frozen=True, slots=True)
class Room:
    """What counts from `first_day` up to and including `day`, and what is left: never less than nothing."""

    kind: Kind
    day: date
    first_day: date
    ceiling: Decimal
    counted: Decimal
    left: Decimal
    regulation: str


def ceiling_on(kind: Kind, day: date, ceilings: Sequence[Ceiling] = CEILINGS) -> Ceiling:
    """The ceiling for aid granted on this day. Raises NoCeilingError."""
    for ceiling in ceilings:
        if ceiling.kind == kind and ceiling.valid_from <= day <= ceiling.valid_to:
            return ceiling
    raise NoCeilingError(kind, day)


def first_day_of_window(day: date) -> date:
    """The first day that counts: the same date three years earlier, that day included; 28 February when it does not exist.

    The regulation says "any period of three years" and not how its first day is counted. The day itself is not in a
    period that is counted from it (Regulation (EEC) 1182/71, article 3), so the same date still counts: the reading
    that never gives too much.
    """
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:
        return day.replace(year=day.year - YEARS, day=28)


def room_on(aid: Iterable[Aid], day: date, kind: Kind = "general", ceilings: Sequence[Ceiling] = CEILINGS) -> Room:
    """How much `kind` of aid the undertaking may still get on `day` (article 3(2)), with what counts beside it (article 5).

    Aid of the general regulation counts together with that for agriculture and fishery. All of it, with aid for
    services of general economic interest, stays within the ceiling of the last. Only this member state counts. Raises
    NoCeilingError, and LawError for an amount with a part of a cent.
    """
    ceiling = ceiling_on(kind, day, ceilings)
    first = first_day_of_window(day)
    counts = [a for a in aid if a.member_state == MEMBER_STATE and first <= a.granted_on <= day]
    if any(cents(a.amount) != a.amount for a in counts):
        raise LawError("de-minimis aid is counted in whole cents")
    everything = sum((a.amount for a in counts), ZERO)
    counted = everything if kind == "sgei" else sum((a.amount for a in counts if a.kind != "sgei"), ZERO)
    left = ceiling.amount - counted
    if kind != "sgei":
        left = min(left, ceiling_on("sgei", day, ceilings).amount - everything)
    return Room(kind, day, first, cents(ceiling.amount), counted, max(left, ZERO), ceiling.regulation)


def refusal(amount: Decimal, room: Room) -> str | None:
    """Why this aid cannot be given as de-minimis aid, in Dutch; None when it fits. Exactly what is left fits.

    Over the ceiling the whole new aid falls outside the regulation, not only the excess (article 3(7)).
    """
    if require_money("amount", amount) <= room.left:
        return None
    return (
        f"De onderneming heeft nog ruimte voor {euro(room.left)} de-minimissteun. {euro(amount)} is te veel. Sinds {long_date(room.first_day)} "
        f"kreeg zij {euro(room.counted)}; het plafond is {euro(room.ceiling)} in drie jaar. Verleen een lager bedrag, of toets de staatssteun opnieuw."
    )


def report_by(granted_on: date, put_on_a_par: Collection[date] = PUT_ON_A_PAR) -> date | None:
    """The last of the 20 working days within which aid goes into the central register (article 6); None before 2026."""
    if granted_on < REGISTER_FROM:
        return None
    day, left = granted_on, REGISTER_DAYS
    while left:
        day += ONE_DAY
        left -= not is_free_day(day, put_on_a_par)
    return day
