"""Topics about money besides the subsidy: state aid, a penalty for deciding late, and what must come back."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q

from decisions.beschikking.case import Case, Topic
from decisions.beschikking.money import COUNTED, sums
from decisions.liabilities import shares_of
from decisions.models import Claim, DefaultNotice
from decisions.models.aid import KIND_OF
from decisions.money import CHANGED_GRANT, CHANGED_SETTLEMENT, ENDS_GRANT, ENDS_SETTLEMENT, NEW_MONEY
from decisions.services.defaulting import TERM_NAMES
from grants.applications.deadlines import OBJECTION
from grants.applications.letter_topics import day_or_none
from grants.kernel.money import ZERO
from grants.law.de_minimis import NoCeilingError, ceiling_on
from grants.law.formats import euro, long_date
from grants.law.penalty import penalty_amount
from grants.schemes.freedays import count
from letters.texts.values import Gathering

LOWERS = ENDS_GRANT | ENDS_SETTLEMENT | CHANGED_GRANT | CHANGED_SETTLEMENT


def state_aid(case: Case, to: Gathering) -> None:
    """Which kind of aid, by which regulation, how much is in the register; nothing when the decision neither gives nor changes an amount."""
    act, aid = case.decision.act, case.aid
    said = aid if aid is not None and act in NEW_MONEY | LOWERS else None
    kind = KIND_OF.get(said.verdict) if said is not None else None
    ceiling = None
    if kind is not None:
        try:
            ceiling = ceiling_on(kind, case.day)  # type: ignore[arg-type]
        except NoCeilingError:
            ceiling = None  # then the decision cannot be signed: the guard says why
    verdict = said.verdict if said is not None and kind is None else ""
    to.when(
        is_de_minimis=ceiling, aid_is_new=ceiling is not None and act in NEW_MONEY, aid_exempted=verdict == "block_exempted", aid_notified=verdict == "notified",
    )
    if said is not None and verdict in ("block_exempted", "notified"):
        to.fact(**{"exemption" if verdict == "block_exempted" else "approval": said.reference})
    if ceiling is not None:
        amount = ZERO if act in ENDS_GRANT | ENDS_SETTLEMENT | {"settle_nil"} else case.decision.amount or ZERO
        to.fact(aid_amount=euro(amount), aid_regulation=ceiling.regulation, aid_ceiling=euro(ceiling.amount))


def penalty(case: Case, to: Gathering) -> None:
    """L22: days counted, amount per day and sum (Awb 4:17, 4:18)."""
    notice = DefaultNotice.objects.filter(application=case.application, state="valid").first()
    days = notice.days_on(case.day) if notice else 0
    rows = []
    if notice is not None:
        for start, end in ((1, 14), (15, 28), (29, 42)):
            counted = max(0, min(days, end) - start + 1)
            if counted:
                upto = penalty_amount(start - 1 + counted, notice_received_on=notice.received_on)
                part = upto - penalty_amount(start - 1, notice_received_on=notice.received_on)
                rows.append((f"Dag {start} tot en met {start - 1 + counted}: {euro(part / counted)} per dag", euro(part)))
    rows.append(("Samen", euro(case.amount)))
    to.when(has_notice=notice, is_about_objection=notice is not None and notice.term == OBJECTION)
    to.fact(
        notice_day=long_date(notice.received_on) if notice else None, days_late=str(days),
        late_with=TERM_NAMES.get(notice.term, "uw aanvraag") if notice else "uw aanvraag",
    )
    to.block(penalty_days=sums(COUNTED, *rows, head="Dagen"))


def reclaim(case: Case, to: Gathering) -> None:
    """L29: what was paid, what is due, who owes it and until when (Awb 4:57, 4:86, 4:87)."""
    application, amount = case.application, case.amount
    this = Q(state="drafted") | Q(decision_id=case.decision.pk)
    claim = Claim.objects.filter(this, application=application).select_related("cause").first()
    cause_day = claim.cause.sent_on if claim else None
    keeps = ZERO if application.status == "grant_withdrawn" else (
        application.settled_amount if application.settled_amount is not None else application.granted_amount or ZERO
    )
    shares = shares_of(application, amount)  # as the members accepted with the application (BW 6:6, 6:7)
    reader = case.recipient.owes if case.recipient is not None else None
    equal = shares is not None and shares.kind == "equal"
    to.when(
        has_cause_day=cause_day, has_shares=shares, shares_equal=equal, owes_alone=shares is None, owes_together=shares is not None and reader is None,
        owes_part=reader is not None and equal, owes_jointly=reader is not None and not equal,
    )
    to.fact(
        cause_day=day_or_none(cause_day), repay_by=long_date(count("PAYMENT_6W", case.day).last_day), payment_account=settings.PAYMENT_ACCOUNT,
        shares_words=shares.words if shares else None, own_part=euro(reader.amount) if reader is not None and equal else None,
    )
    people = tuple((f"{owed.name}, {owed.address}", euro(owed.amount)) for owed in shares.people) if shares else ()
    to.block(
        reclaim_sum=sums(COUNTED, ("Al betaald", euro(keeps + amount)), ("Waar u recht op hebt", euro(keeps)), ("Terug te betalen", euro(amount))),
        shares=sums("Wat ieder moet betalen", *people, head="Deelnemer", element="") if people else (),
    )


TOPICS: dict[str, Topic] = {"state_aid": state_aid, "penalty": penalty, "reclaim": reclaim}
