"""The catalogue of terms: how long, from what, on which article, and whether the Algemene termijnenwet (Atw)
covers it.

A row is data with a date of effect. When the law changes, a row with a new id or validity is added and the
old one gets a last day, so that a running case keeps the term it had when it started.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from grants.law.errors import FixedLengthError, LengthError, UnknownRuleError

__all__ = ["CATALOGUE", "DelayKind", "Rule", "SuspensionKind", "Unit", "UnknownRuleError", "find_rule"]


class Unit(StrEnum):
    """What the length of a term is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class SuspensionKind(StrEnum):
    """Why days do not count (Awb 4:15; Wet Bibob 31; in objection 7:10)."""

    COMPLETION = "completion"
    FOREIGN_INFORMATION = "foreign_information"
    AGREED = "agreed"
    ATTRIBUTABLE = "attributable"
    FORCE_MAJEURE = "force_majeure"
    BIBOB = "bibob"


class DelayKind(StrEnum):
    """Letters about delay that look alike and differ in law (Awb 4:14, or the ordinance)."""

    NOTICE = "notice"
    NEW_TERM = "new_term"
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True)
class Rule:
    """One term. `length` counts in `unit`; a backward term is counted back from an event and never moved (Atw
    1(2)).

    `atw` says that the term stands in a law; whether it is short enough is judged by `under_atw`.
    `on_working_day` marks a term that we set ourselves in a letter: its last day is put on a working day as a
    service, not by law. `weeks_by_caller` means that an ordinance, scheme or letter sets the weeks and
    `length` is only the default; `months_by_caller` that it may set months too. `suspended_by` lists which
    suspensions exist for this term, each with its article, and `delayed_by` which letters about delay.
    """

    id: str
    title: str
    length: int
    unit: Unit
    start_event: str
    article: str
    atw: bool
    valid_from: date
    valid_to: date | None = None
    backward: bool = False
    on_working_day: bool = False
    weeks_by_caller: bool = False
    months_by_caller: bool = False
    suspended_by: tuple[tuple[SuspensionKind, str], ...] = ()
    delayed_by: tuple[tuple[DelayKind, str], ...] = ()

    @property
    def under_atw(self) -> bool:
        """Does the Atw move the end? Not backward (1(2)), and not when it is too long (4)."""
        return self.atw and not self.backward and not self.too_long_for_atw

    @property
    def too_long_for_atw(self) -> bool:
        """Atw 4 leaves out hours, more than 90 days, twelve weeks or three months, and years. Exactly twelve
        weeks is covered.
        """
        longest = {Unit.HOURS: 0, Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3, Unit.YEARS: 0}
        return self.length > longest[self.unit]

    def suspension_article(self, kind: SuspensionKind) -> str | None:
        """The article that lets this kind suspend this term; None when it cannot."""
        return dict(self.suspended_by).get(kind)

    def delay_article(self, kind: DelayKind) -> str | None:
        """On what a letter about delay rests; None when it has no place here."""
        return dict(self.delayed_by).get(kind)


# Dates of effect of the parts of the Awb that hold these terms.
AWB: Final = date(1994, 1, 1)
AWB_SUBSIDIES: Final = date(1998, 1, 1)
AWB_MONEY: Final = date(2009, 7, 1)
AWB_PENALTY: Final = date(2009, 10, 1)
WOO: Final = date(2022, 5, 1)
AWB_ELECTRONIC: Final = date(2026, 1, 1)

DECISION_SUSPENSIONS: Final = (
    (SuspensionKind.COMPLETION, "artikel 4:15, eerste lid, onder a, Awb"),
    (SuspensionKind.FOREIGN_INFORMATION, "artikel 4:15, eerste lid, onder b, Awb"),
    (SuspensionKind.AGREED, "artikel 4:15, tweede lid, onder a, Awb"),
    (SuspensionKind.ATTRIBUTABLE, "artikel 4:15, tweede lid, onder b, Awb"),
    (SuspensionKind.FORCE_MAJEURE, "artikel 4:15, tweede lid, onder c, Awb"),
    (SuspensionKind.BIBOB, "artikel 31 Wet Bibob"),
)
# Title 4.1 does not hold for decisions on objection (Awb 7:14): only repair of defects and consent stop that
# clock.
OBJECTION_SUSPENSIONS: Final = (
    (SuspensionKind.COMPLETION, "artikel 7:10, tweede lid, Awb"),
    (SuspensionKind.AGREED, "artikel 7:10, vierde lid, Awb"),
)

MADE_KNOWN: Final = "de dag waarop het besluit is bekendgemaakt"
SENT: Final = "de dag waarop de brief is verstuurd"
ORDINANCE_RULE: Final = re.compile(r"DECISION_([1-9][0-9]?)W_ASV")


def _rule(rule_id: str, title: str, length: int, unit: Unit, start: str, article: str, atw: bool, since: date) -> Rule:
    return Rule(rule_id, title, length, unit, start, article, atw, since)


_ORDINANCE_DECISION: Final = replace(
    _rule(
        "DECISION_nW_ASV", "beslistermijn volgens de verordening of de regeling", 13, Unit.WEEKS,
        "de dag waarop de termijn volgens de regeling begint te tellen",
        "artikel 4:13, eerste lid, Awb", False, AWB,
    ),
    suspended_by=DECISION_SUSPENSIONS,
    delayed_by=(
        (DelayKind.NOTICE, "artikel 4:14, eerste lid, Awb"),
        (DelayKind.EXTENSION, "de verordening of de regeling"),
    ),
)  # fmt: skip

CATALOGUE: Final[tuple[Rule, ...]] = (
    _rule(
        "OBJECTION_6W", "termijn voor bezwaar", 6, Unit.WEEKS, MADE_KNOWN,
        "artikel 6:7 en 6:8 Awb", True, AWB,
    ),
    _rule(
        "APPEAL_6W", "termijn voor beroep", 6, Unit.WEEKS,
        "de dag waarop de beslissing op bezwaar is bekendgemaakt", "artikel 6:7 en 6:8 Awb", True, AWB,
    ),
    replace(
        _rule(
            "DECISION_8W_AWB", "redelijke beslistermijn", 8, Unit.WEEKS,
            "de dag waarop de aanvraag is ontvangen", "artikel 4:13, tweede lid, Awb", True, AWB,
        ),
        suspended_by=DECISION_SUSPENSIONS,
        delayed_by=((DelayKind.NEW_TERM, "artikel 4:14, derde lid, Awb"),),
    ),
    _rule(
        "NOT_HANDLED_4W", "termijn om de aanvraag niet te behandelen", 4, Unit.WEEKS,
        "de dag waarop de aanvraag is aangevuld of de tijd daarvoor ongebruikt voorbijging",
        "artikel 4:5, vierde lid, Awb", True, AWB,
    ),
    replace(
        _rule(
            "RECOVERY_TERM", "tijd om de aanvraag aan te vullen", 2, Unit.WEEKS, SENT,
            "artikel 4:5, eerste lid, Awb", False, AWB,
        ),
        on_working_day=True, weeks_by_caller=True,
    ),
    replace(
        _rule(
            "VIEW_TERM", "tijd om een zienswijze te geven", 2, Unit.WEEKS, SENT,
            "artikel 4:7 en 4:8 Awb", False, AWB,
        ),
        on_working_day=True, weeks_by_caller=True,
    ),
    replace(
        _rule(
            "OBJ_DECISION_6W", "termijn voor de beslissing op bezwaar", 6, Unit.WEEKS,
            "de laatste dag van de bezwaartermijn", "artikel 7:10, eerste lid, Awb", True, AWB_PENALTY,
        ),
        suspended_by=OBJECTION_SUSPENSIONS,
    ),
    replace(
        _rule(
            "OBJ_DECISION_12W", "termijn voor de beslissing op bezwaar met een adviescommissie",
            12, Unit.WEEKS,
            "de laatste dag van de bezwaartermijn",
            "artikel 7:10, eerste lid, en 7:13 Awb", True, AWB_PENALTY,
        ),
        suspended_by=OBJECTION_SUSPENSIONS,
    ),
    replace(
        _rule(
            "OBJ_ADJOURN_6W", "verdere termijn voor de beslissing op bezwaar", 6, Unit.WEEKS,
            "de laatste dag van de termijn voor de beslissing op bezwaar", "artikel 7:10, derde lid, Awb",
            False, AWB_PENALTY,
        ),
        suspended_by=OBJECTION_SUSPENSIONS, weeks_by_caller=True,
    ),
    _rule("PAYMENT_6W", "betaaltermijn", 6, Unit.WEEKS, MADE_KNOWN, "artikel 4:87 Awb", True, AWB_MONEY),
    _rule("REMINDER_2W", "termijn van de aanmaning", 2, Unit.WEEKS, SENT,
    "artikel 4:112 Awb", True, AWB_MONEY),
    _rule(
        "PAY_SUSPENSION_13W", "langste duur van een betaalstop", 13, Unit.WEEKS,
        "de dag waarop de ontvanger hoorde van het vermoeden",
        "artikel 4:56 en 4:96 Awb", False, AWB_SUBSIDIES,
    ),
    _rule(
        "DEFAULT_NOTICE_2W", "twee weken na de ingebrekestelling", 2, Unit.WEEKS,
        "de dag waarop de ingebrekestelling is ontvangen", "artikel 4:17, derde lid, Awb", True, AWB_PENALTY,
    ),
    _rule(
        "PENALTY_42D", "looptijd van de dwangsom", 42, Unit.DAYS,
        "de laatste dag van de twee weken na de ingebrekestelling", "artikel 4:17, eerste lid, Awb",
        False, AWB_PENALTY,
    ),
    _rule(
        "PENALTY_DECISION_2W", "termijn voor het besluit over de dwangsom", 2, Unit.WEEKS,
        "de laatste dag van de dwangsom", "artikel 4:18 Awb", True, AWB_PENALTY,
    ),
    _rule(
        "BUDGET_PROVISO_4W", "termijn om het begrotingsvoorbehoud te gebruiken", 4, Unit.WEEKS,
        "de dag waarop de begroting is vastgesteld", "artikel 4:34, derde lid, Awb", True, AWB_SUBSIDIES,
    ),
    _rule(
        "SETTLEMENT_AMEND_5Y", "tijd om een vaststelling nadelig te wijzigen", 5, Unit.YEARS,
        "de dag waarop de vaststelling is bekendgemaakt",
        "artikel 4:49, derde lid, Awb", False, AWB_SUBSIDIES,
    ),
    _rule(
        "RECOVERY_5Y", "tijd om subsidie terug te vorderen", 5, Unit.YEARS,
        "de dag waarop de subsidie is vastgesteld", "artikel 4:57, vierde lid, Awb", False, AWB_SUBSIDIES,
    ),
    _rule(
        "CLAIM_LAPSE_5Y", "verjaring van een vordering", 5, Unit.YEARS,
        "de laatste dag van de betaaltermijn", "artikel 4:104 Awb", False, AWB_MONEY,
    ),
    replace(
        _rule(
            "REPORT_DUE", "tijd om de vaststelling aan te vragen", 13, Unit.WEEKS,
            "de laatste dag van de activiteiten", "artikel 4:44, tweede lid, Awb", False, AWB_SUBSIDIES,
        ),
        weeks_by_caller=True, months_by_caller=True,
    ),
    _rule(
        "PORTAL_NOTICE_48H", "tijd om een bericht in het portaal te melden", 48, Unit.HOURS,
        "de dag waarop het bericht in het portaal staat",
        "artikel 2:10, eerste lid, Awb", False, AWB_ELECTRONIC,
    ),
    _rule(
        "WOO_PUBLISH_2W", "termijn voor openbaarmaking", 2, Unit.WEEKS,
        "de dag waarop het stuk is vastgesteld", "artikel 3.3, vierde lid, Woo", True, WOO,
    ),
    _rule(
        "REGISTER_UPDATE_2W", "termijn om het register bij te werken", 2, Unit.WEEKS,
        "de dag van de laatste wijziging", "artikel 3.3a, vijfde lid, Woo", True, WOO,
    ),
    replace(
        _rule(
            "HEARING_FILE_1W", "laatste dag om het dossier klaar te leggen voor de hoorzitting",
            1, Unit.WEEKS,
            "de dag van de hoorzitting", "artikel 7:4, tweede lid, Awb", False, AWB,
        ),
        backward=True,
    ),
    replace(
        _rule(
            "HEARING_DOCS_10D", "laatste dag om stukken in te dienen voor de hoorzitting", 10, Unit.DAYS,
            "de dag van de hoorzitting", "artikel 7:4, eerste lid, Awb", False, AWB,
        ),
        backward=True,
    ),
)  # fmt: skip


def find_rule(rule_id: str, day: date, *, weeks: int | None = None, months: int | None = None) -> Rule:
    """The version of this term in force on the day it starts.

    DECISION_nW_ASV exists for every n from 1 to 99 weeks. `weeks` or `months` sets the length where an
    ordinance or letter does. Raises FixedLengthError when the length of this term is not to be chosen so,
    LengthError for less than one or for both at once, UnknownRuleError for an unknown id or a day before its
    date of effect.
    """
    ordinance = ORDINANCE_RULE.fullmatch(rule_id)
    if ordinance:
        rules = [replace(_ORDINANCE_DECISION, id=rule_id, length=int(ordinance[1]))]
    else:
        rules = [rule for rule in CATALOGUE if rule.id == rule_id]
        if not rules:
            raise UnknownRuleError(rule_id)
    for rule in rules:
        if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to):
            return _with_length(rule, weeks, months)
    raise UnknownRuleError(rule_id, day)


def _with_length(rule: Rule, weeks: int | None, months: int | None) -> Rule:
    if weeks is None and months is None:
        return rule
    if (weeks is not None and not rule.weeks_by_caller) or (months is not None and not rule.months_by_caller):
        raise FixedLengthError(rule.id, weeks=weeks, months=months)
    if (weeks is not None and months is not None) or (weeks if weeks is not None else months or 0) < 1:
        raise LengthError(rule.id, weeks=weeks, months=months)
    if weeks is not None:
        return replace(rule, length=weeks, unit=Unit.WEEKS)
    return replace(rule, length=months or 0, unit=Unit.MONTHS)
