"""Topics about what is granted, paid and settled: `letters/texts/vocabulary/` explains each fact (`decision.toml`, `money.toml`)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from decisions.account import account_of
from decisions.beschikking.case import Case, Topic
from decisions.bibob import GROUND as BIBOB
from decisions.money import is_adverse_change, standing
from decisions.paid import due_already, paid_out
from grants.applications.letter_topics import day_or_none
from grants.kernel.money import ZERO
from grants.law.formats import euro, long_date, masked_iban
from grants.law.grounds import AFTER_SETTLEMENT, FOR_THE_FUTURE, rests_on
from grants.schemes.freedays import count
from grants.schemes.reading import advances_of
from letters.content import Items, Table
from letters.texts.values import Gathering

COUNTED = "Zo hebben wij het bedrag berekend"
CHANGED = "Zo verandert het bedrag"
ENDS = {"Verleende subsidie", "Vaststelling", "Ons besluit"}
"""The first and last rows of a settlement, which its letter says in its own words."""
METHODS = {"fixed": "method_fixed", "actual_costs": "method_actual_costs", "per_unit": "method_per_unit", "pro_rata_of_costs": "method_pro_rata"}


def sums(caption: str, *rows: tuple[str, str], head: str = "Onderdeel", element: str = "calculation") -> tuple[Table, ...]:
    """A table of labels and amounts."""
    return (Table(caption, (head, "Bedrag"), rows, numeric=frozenset({1}), element=element),)


def calculation(case: Case, to: Gathering) -> None:
    rows = tuple((str(row["label"]), euro(Decimal(str(row["amount"])))) for row in case.decision.calculation)
    if not rows:
        asked = case.application.requested_amount
        rows = (("Gevraagd", euro(asked) if asked is not None else "niet genoemd"), ("Toegekend", euro(case.decision.amount or ZERO)))
    to.block(calculation=sums(COUNTED, *rows))


def method(case: Case, to: Gathering) -> None:
    chosen = METHODS[case.arrangement.settlement_method] if case.arrangement else METHODS["fixed"]
    to.when(**{name: name == chosen for name in METHODS.values()})


def account(case: Case, to: Gathering) -> None:
    iban = account_of(case.application)
    to.fact(account=f"rekening {masked_iban(iban)}" if iban else "de rekening die u hebt opgegeven")


def advances(case: Case, to: Gathering) -> None:
    """What is paid before the settlement, and when (Awb 4:95)."""
    parts = advances_of(case.arrangement, case.amount) if case.arrangement else ()
    weeks, first = parts[0] if len(parts) == 1 else (0, ZERO)

    def when(after: int) -> str:
        return f"vanaf {after} weken na deze brief" if after else "binnen zes weken na deze brief"

    to.when(advances_none=not parts, advances_once=len(parts) == 1, advances_parts=len(parts) > 1, advance_later=weeks)
    to.fact(
        advance_amount=euro(first) if len(parts) == 1 else None, advance_weeks=str(weeks) if weeks else None,
        advances_count=str(len(parts)) if len(parts) > 1 else None,
    )
    items = tuple(f"{euro(part)}, {when(after)}." for after, part in parts)
    to.block(advances=(Items(items, element="advances"),) if len(parts) > 1 else ())


def accounting(case: Case, to: Gathering) -> None:
    required = case.arrangement is not None and case.arrangement.report_required
    every = case.arrangement.progress_weeks if case.arrangement is not None and required else None
    to.when(report_required=required, has_progress=every)
    to.fact(
        report_weeks=str(case.arrangement.report_weeks) if case.arrangement is not None and required else None,
        progress_weeks=str(every) if every else None,
    )


def granted(case: Case, to: Gathering) -> None:
    """What was granted: at a settlement what stands, with an advance what the grant says."""
    to.fact(granted=euro(case.application.granted_amount or ZERO if case.kind == "L11" else standing(case.application, case.decision.act)))


def paid(case: Case, to: Gathering) -> None:
    before = paid_out(case.application)
    to.when(was_paid=before)
    to.fact(paid=euro(before) if before else None)


def rest(case: Case, to: Gathering) -> None:
    """What the decision means for what was paid: still to come, nothing more, or too much (Awb 4:57)."""
    left = case.amount - paid_out(case.application)
    to.when(rest_due=left > 0, paid_too_much=left < 0)
    to.fact(rest=euro(left) if left > 0 else None, too_much=euro(-left) if left < 0 else None)


def settlement(case: Case, to: Gathering) -> None:
    before = standing(case.application, case.decision.act)
    accounted = tuple((str(r["label"]), euro(Decimal(str(r["amount"])))) for r in case.decision.calculation if r["label"] not in ENDS)
    rows = (("Verleend", euro(before)), *accounted, ("Vastgesteld", euro(case.amount)))
    to.when(is_as_granted=case.amount == before, has_accounted=accounted)
    to.block(
        settlement_sum=sums(COUNTED, *rows) if accounted else (), settlement_difference=sums(COUNTED, *rows, ("Verschil", euro(before - case.amount))),
    )


def reminder(case: Case, to: Gathering) -> None:
    """After a reminder: what was asked, until when, and that nothing came (Awb 4:44(4))."""
    act = case.decision.act
    asked = case.application.deadlines.filter(rule="REPORT_REMINDER").order_by("-id").first() if act == "settle_ex_officio_after_reminder" else None
    to.when(is_own_accord=act == "settle_ex_officio", was_reminded=asked)
    to.fact(reminded_on=long_date(asked.starts_on) if asked else None, reminder_last_day=day_or_none(asked.last_day) if asked else None)


def advances_left(case: Case, to: Gathering) -> None:
    """After a change: what of the advance is still to come, less what was paid, and from which day."""
    granted_on, gone = case.application.decided_on or case.day, paid_out(case.application)
    left, already = [], due_already(case.application, "advance")
    for number, (weeks, part) in enumerate(advances_of(case.arrangement, case.amount) if case.arrangement else (), 1):
        used = min(gone, part)
        gone -= used
        if part > used:
            day = max(granted_on + timedelta(weeks=weeks), case.day)
            last = min(already.get(number, date.max), count("PAYMENT_6W", case.day).last_day)
            when = f"vanaf {long_date(day)}" if weeks else f"uiterlijk {long_date(last)}" if last >= case.day else "zo snel mogelijk: wij zijn te laat"
            left.append(f"{euro(part - used)}, {when}.")
    to.when(has_advances_left=left)
    to.block(advances_left=(Items(tuple(left), element="advances"),) if left else ())


def changed(case: Case, to: Gathering) -> None:
    """L13, L19 and L20: what stood and what stands now, and whether that is to the detriment (Awb 4:48 to 4:50)."""
    before, act = standing(case.application, case.decision.act), case.decision.act
    withdrawn = act in ("withdraw_grant", "withdraw_settlement")
    to.when(
        is_same_amount=case.amount == before, is_withdrawn=act == "withdraw_settlement",
        is_adverse=withdrawn or is_adverse_change(case.application, act, case.amount, case.decision.ground),
    )
    to.fact(before=euro(before))
    to.block(difference=sums(CHANGED, ("Eerst", euro(before)), ("Nu", euro(case.amount)), ("Verschil", euro(case.amount - before))))


def settled_on(case: Case, to: Gathering) -> None:
    day = case.application.settled_on
    breach = case.decision.breach_on if rests_on(case.decision.ground, AFTER_SETTLEMENT) else None
    to.when(has_settled_day=day, has_breach_day=breach)
    to.fact(settled_on=day_or_none(day), breach_day=day_or_none(breach))


def since(case: Case, to: Gathering) -> None:
    """From when a withdrawal holds that does not look ahead: 4:48 works back to the grant."""
    looks_ahead, by_bibob = rests_on(case.decision.ground, FOR_THE_FUTURE), case.decision.ground == BIBOB
    day = case.application.decided_on
    to.when(since_grant=by_bibob, works_back=not looks_ahead and not by_bibob)
    to.fact(grant_moment=f"de dag van de verlening, {long_date(day)}" if day else "de dag van de verlening")


def ahead(case: Case, to: Gathering) -> None:
    """From when a decision on 4:50 holds, and that damage can be asked for where the law gives it (Awb 4:50(1), (2))."""
    looks_ahead, day = rests_on(case.decision.ground, FOR_THE_FUTURE), case.decision.takes_effect_on
    to.when(looks_ahead=looks_ahead, may_claim_damage=looks_ahead and case.decision.ground.endswith(("(a)", "(b)")))
    to.fact(effect_day=(long_date(day) if day else "een dag die nog niet is ingevuld") if looks_ahead else None)


def suspension(case: Case, to: Gathering) -> None:
    to.fact(suspended_until=long_date(count("PAY_SUSPENSION_13W", case.day).last_day))


TOPICS: dict[str, Topic] = {
    "calculation": calculation,
    "method": method,
    "account": account,
    "advances": advances,
    "accounting": accounting,
    "granted": granted,
    "paid": paid,
    "rest": rest,
    "settlement": settlement,
    "reminder": reminder,
    "advances_left": advances_left,
    "changed": changed,
    "settled_on": settled_on,
    "since": since,
    "ahead": ahead,
    "suspension": suspension,
}
