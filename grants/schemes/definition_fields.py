"""The parts of a scheme definition, except its form: money, terms, arrangements, criteria, obligations, letters.

Amounts are euros, percentages are of 100, terms are whole weeks counted from the day after the event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from grants.law.amounts import HUNDRED, ZERO, SettlementMethod

ApplicantKind = Literal["natuurlijk_persoon", "bewonersinitiatief", "vereniging", "stichting", "cooperatie", "gemeente"]
SubsidyForm = Literal["project", "structureel", "investering"]
Path = Literal["direct", "grant"]
ArrangementCode = Literal["1a", "1b", "2", "3"]
DistributionMethod = Literal["order_of_receipt", "tender", "equal_shares", "criteria"]
SameDayRule = Literal["pro_rata_same_day", "lottery_same_day"]
TenderTie = Literal["draw", "heaviest_criterion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A regulation that the scheme rests on, as a letter cites it (Awb 4:23)."""

    kind: Literal["awb", "provinciewet", "asv", "regeling", "plafondbesluit", "beleidskader"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who helps an applicant."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product of the provincial budget that pays for the scheme. The code is the key; names differ between papers."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CeilingPeriod:
    """The most that is available in a period, both days included (Awb 4:22), and where it was published (Awb 4:27)."""

    code: str
    period_start: date
    period_end: date
    amount: Decimal
    publication: str
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How the ceiling is divided (Awb 4:26), and what happens on the day on which it is reached.

    `same_day_reserve`: percentage of the ceiling that new applications may still ask on a day that is not over; a case
    complete today is only decided today when there is room for all that too (100: never before the next day).
    `smallest_share`: a share under it is refused (Awb 4:25(2)). `share_refused_again`: whether that money is divided
    once more in the same run. `released_money_returns`: whether money of a withdrawn or lower settled subsidy comes
    back under the same ceiling. `tender_assessors`: how many people score an application apart. `tender_tie`: what
    decides between equal totals, and the draw after it.
    """

    method: DistributionMethod
    basis: str
    same_day_rule: SameDayRule | None = None
    smallest_share: Decimal = ZERO
    same_day_reserve: Decimal = Decimal(10)
    share_refused_again: bool = False
    released_money_returns: bool = False
    tender_closes_on: date | None = None
    tender_minimum_score: Decimal | None = None
    tender_assessors: int = 2
    tender_tie: TenderTie = "draw"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRule:
    """How much: the least of `percentage` of the eligible costs, `cap`, what is asked, and the room under the ceiling.

    Under `minimum` the application is refused; `maximum` is the most that one application may ask. `own_contribution`
    is the percentage of the eligible costs that the applicant brings in. `volunteer_hour` is the euros that one hour of
    a volunteer counts for; 0 means that hours do not count. `unit_amount` is for settlement per unit (`unit`).
    `at_most_own_share`: never more than what the applicant pays itself. `indicative`: the rule only guides; a decision may
    come out higher without a reason to deviate (Awb 4:84).
    """

    minimum: Decimal
    maximum: Decimal
    percentage: Decimal = HUNDRED
    cap: Decimal | None = None
    own_contribution: Decimal = ZERO
    volunteer_hour: Decimal = ZERO
    unit: str = ""
    unit_amount: Decimal | None = None
    at_most_own_share: bool = False
    indicative: bool = False
    per_applicant: Literal["unlimited", "once", "once_a_year"] = "unlimited"
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostCategory:
    """A kind of cost that the cost table offers."""

    key: str
    label: str
    eligible: bool = True
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRules:
    """Which costs count. Costs made before `counts_from` do not. `income_counts`: what others pay lowers the subsidy."""

    categories: tuple[CostCategory, ...]
    never: tuple[str, ...] = ()
    counts_from: Literal["received_on", "decision", "activity_start"] = "received_on"
    vat: Literal["if_not_recoverable", "never"] = "if_not_recoverable"
    income_counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """A part of the granted amount that is paid before the settlement (Awb 4:95). `after_weeks` counts from the sending."""

    percentage: Decimal
    after_weeks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How a subsidy of a given size is granted, paid and accounted for. The granted amount chooses it.

    The band runs from `amount_from` (included) to `amount_below` (not included; absent is without end). A direct
    settlement pays all at once and has no advances. `report_weeks` counts from the end of the activity;
    `ex_officio_weeks` too: then the subsidy is settled without an application (Awb 4:47(a)). `progress_weeks`: the
    recipient tells every so many weeks how it goes, until the activity ends (Awb 4:37); absent is not at all.
    `advance_on_request`: the recipient may ask for another advance than those that stand in the grant (Awb 4:95).
    """

    code: ArrangementCode
    amount_from: Decimal
    path: Path
    settlement_method: SettlementMethod
    basis: str
    amount_below: Decimal | None = None
    advances: tuple[Advance, ...] = ()
    report_required: bool = False
    report_weeks: int | None = None
    ex_officio_weeks: int | None = None
    progress_weeks: int | None = None
    financial_account: bool = False
    audit_statement: bool = False
    sample_percentage: Decimal = ZERO
    advance_on_request: bool = False

    @property
    def advance_percentage(self) -> Decimal:
        """All advances together; a direct settlement pays everything at once."""
        return HUNDRED if self.path == "direct" else sum((part.percentage for part in self.advances), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermBasis:
    """What each term rests on: a regulation, or the policy of the province. No term without a basis."""

    decision_weeks: str
    extension_weeks: str
    recovery_weeks: str
    view_weeks: str
    reminder_weeks: str
    settlement_weeks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of the scheme in weeks. `change_weeks`: how long a grant holds on at least when it is withdrawn or changed for
    what lies ahead (Awb 4:50(1)). `extension_weeks` 0: the regulation gives no power to extend.

    `atw_applies` is about the decision terms: the Algemene termijnenwet does not cover a provincial ordinance unless
    that declares it applicable.
    """

    decision_weeks: int
    starts_from: Literal["receipt", "complete_receipt", "closing_date"]
    settlement_weeks: int
    basis: TermBasis
    extension_weeks: int = 0
    atw_applies: bool = False
    recovery_weeks: int = 2
    view_weeks: int = 2
    reminder_weeks: int = 4
    change_weeks: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickOption:
    """One answer to a quick question. When it does not fit, `otherwise` says why not and what to do instead."""

    value: str
    label: str
    fits: bool = True
    otherwise: str = ""
    schemes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickCheck:
    """A question before the form: would an application have a chance? It never stops anybody.

    Either a yes-or-no question, of which `expected` is the answer that fits, `otherwise` says why the other does not and
    what to do instead, and `schemes` are the codes of schemes to look at; or one with `options` that say this each for
    themselves. `basis` is the article of the rule behind the question.
    """

    key: str
    text: str
    expected: Literal["ja", "nee"] | None = None
    otherwise: str = ""
    basis: str = ""
    schemes: tuple[str, ...] = ()
    options: tuple[QuickOption, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What an assessor judges by. `need` is the code of the liveability need that a criterion is about.

    A `yes_no` criterion that is `decisive` must be met; a `score` runs from 0 to `most`, counts `weight` times, and
    must reach `least`.
    """

    key: str
    label: str
    explanation: str
    scale: Literal["yes_no", "score"] = "yes_no"
    decisive: bool = False
    most: int = 0
    least: int = 0
    weight: int = 1
    need: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalGround:
    """A reason to refuse, in the words of the letter. `paths`: on which path it may be used.

    Awb 4:35(1) is not in the list of 4:43: for a direct settlement those grounds need a basis of their own.
    """

    code: str
    text: str
    article: str
    imperative: bool = False
    paths: tuple[Path, ...] = ("direct", "grant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What the recipient must do, with the article it rests on (Awb 4:37 to 4:39). No arrangements: for all of them."""

    key: str
    text: str
    source: str
    is_notification_duty: bool = False
    arrangements: tuple[ArrangementCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """A paragraph of this scheme in a kind of letter, at the place of one of its elements."""

    kind: str
    element: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How many years after closing a case is kept, and what that rests on."""

    granted_years: int
    refused_years: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateAid:
    """Is each application tested for state aid (Awb 4:35(3))? `reason` says why not, when the scheme as a whole was tested."""

    test: Literal["per_application", "not_needed"] = "per_application"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What the public register shows. Names of natural persons are never in it."""

    in_register: bool = True
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A value that is invented (`demo`) or not confirmed (`cfg`), so that pages can say so.

    `path` names it as `terms.decision_weeks`; a member of a list by its key or code: `ceilings[LB-INW-2025].amount`.
    """

    path: str
    status: Literal["demo", "cfg"]
    note: str
