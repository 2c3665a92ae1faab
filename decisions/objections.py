"""What an objection rests on: the decision it is about, the terms, who was involved, and why it cannot be decided yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db.models import Prefetch

from decisions import money
from decisions.models import Assessment, Beschikking, Objection, ObjectionPause
from decisions.models.objecting import AFTER_DECISION
from grants.applications.lifecycle.door import act_named, can_start
from grants.applications.models import Application
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.law.formats import long_date
from grants.law.objection import Timeliness, objection_timeliness
from grants.law.objection_costs import costs_refusal
from grants.law.terms import Step, Suspension, SuspensionKind
from grants.schemes.freedays import count, put_on_a_par
from letters.kinds import KINDS
from letters.models import Dispatch

OUTCOME_ACTS = {
    "inadmissible": frozenset({"uphold"}),
    "unfounded": frozenset({"uphold"}),
    "well_founded": frozenset(money.IN_OBJECTION),
    "partly": frozenset(money.IN_OBJECTION),
}
"""Which acts of the case fit an outcome: only a well-founded objection brings another decision (Awb 7:11(2))."""

WAIVER_OUTCOMES = {"7:3(a)": {"inadmissible"}, "7:3(b)": {"unfounded"}, "7:3(e)": {"well_founded"}}
"""A waiver of the hearing that already says how it must end."""


# -- the decision that is contested ----------------------------------------------------------------------------------
def made_known_on(decision: Beschikking) -> date:
    """The last day on which its letter was sent: a letter that did not arrive takes effect when it is sent again (Awb 3:41, 6:8)."""
    sent = list(decision.letter.dispatches.all()) if decision.letter is not None else []
    if decision.act in ("reclaim", "consent_to_transfer"):  # it went to others too; for the last of them the term began last
        sent += Dispatch.objects.filter(letter__copy_of__decision=decision)
    return max((dispatch.sent_on for dispatch in sent), default=decision.sent_on or date.min)


def contest_refusal(decision: Beschikking, made: Iterable[Objection] | None = None) -> str | None:
    """Why nobody can object to this decision, in Dutch; None when one can. Lateness is no reason. `made`: its objections, if known."""
    kind = KINDS.get(decision.letter.kind) if decision.letter is not None else None
    if decision.state != Beschikking.State.SENT or kind is None:
        return "Dit besluit is nog niet verzonden. Daarom kan er nog geen bezwaar tegen komen."
    if kind.remedy != "bezwaar":
        return "Tegen een beslissing op bezwaar kunt u in beroep gaan bij de rechtbank. Bezwaar kan niet nog een keer."
    for earlier in decision.objections.all() if made is None else made:
        if earlier.is_open:
            on = long_date(earlier.received_on)
            return f"Er is al een bezwaar tegen dit besluit, ontvangen op {on}. Wilt u iets toevoegen? Stuur ons dan een brief."
        if earlier.state in AFTER_DECISION:
            return "Op een bezwaar tegen dit besluit is al beslist. Bent u het daar niet mee eens? Dan kunt u in beroep gaan bij de rechtbank."
    return None


def contestable(application: Application) -> list[Beschikking]:
    """The sent decisions of the case to which somebody can object now, newest first. Three queries, however many there are."""
    dispatches = Prefetch("letter__dispatches", queryset=Dispatch.objects.order_by("id"))
    sent = Beschikking.objects.filter(application=application, state=Beschikking.State.SENT).select_related("letter")
    found = sent.prefetch_related(dispatches, "objections").order_by("-sent_on", "-created_at")
    return [decision for decision in found if contest_refusal(decision) is None]


def objection_last_day(decision: Beschikking) -> date:
    """The last day of the objection term of a sent decision (Awb 6:7, 6:8)."""
    return count("OBJECTION_6W", made_known_on(decision)).last_day


def timeliness(objection: Objection) -> Timeliness:
    """Is it in time (Awb 6:9)? A late one is judged in the decision, never turned away."""
    return objection_timeliness(
        made_known_on=made_known_on(objection.contested), received_on=objection.received_on, posted_on=objection.posted_on,
        overrides=put_on_a_par(),
    )


# -- the clock of Awb 7:10 -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Clock:
    """The term to decide on the objection. `starts_on` is the last day of the objection term, which does not count."""

    rule: str
    starts_on: date
    raw_end: date
    last_day: date
    suspended_days: int
    explanation: tuple[Step, ...]

    def explained(self) -> list[dict[str, str]]:
        """The lines as the list of terms keeps them."""
        return [{"step": s.step, "article": s.article, "date": s.date.isoformat() if s.date else ""} for s in self.explanation]


def clock_of(objection: Objection, pauses: Iterable[ObjectionPause] | None = None) -> Clock:
    """Six weeks, or twelve with a committee that the objector was told of in time (Awb 7:10(1), 7:13(2)).

    Repairs and agreed delay do not count (7:10(2), (4)); one adjournment comes after the end (7:10(3)).
    """
    start = count("OBJECTION_6W", made_known_on(objection.contested)).last_day
    stored = objection.pauses.all() if pauses is None else pauses
    suspensions = [Suspension(SuspensionKind(pause.kind), pause.first_day, pause.last_day) for pause in stored]
    rule = "OBJ_DECISION_12W" if _has_twelve_weeks(objection, start, suspensions) else "OBJ_DECISION_6W"
    term = count(rule, start, suspensions=suspensions)
    if objection.adjourned_weeks is None:
        return Clock(rule, start, term.raw_end, term.last_day, term.suspended_days, term.explanation)
    more = count("OBJ_ADJOURN_6W", term.last_day, weeks=objection.adjourned_weeks, suspensions=suspensions)
    return Clock(rule, start, more.raw_end, more.last_day, term.suspended_days + more.suspended_days, (*term.explanation, *more.explanation))


def _has_twelve_weeks(objection: Objection, start: date, suspensions: list[Suspension]) -> bool:
    """A committee lengthens the term only when the objector heard of it within the six weeks."""
    told = objection.committee_told_on
    return objection.has_committee and told is not None and told <= count("OBJ_DECISION_6W", start, suspensions=suspensions).last_day


# -- hearing ---------------------------------------------------------------------------------------------------------
def involved_in(contested: Beschikking) -> frozenset[int]:
    """Everybody who prepared, reviewed, signed or assessed the contested decision, and the case handler (Awb 7:5)."""
    assessment = Assessment.objects.filter(application=contested.application_id).first()
    people = {contested.prepared_by_id, contested.reviewed_by_id, contested.signed_by_id, contested.application.handler_id}
    if assessment is not None:
        people |= {assessment.handler_id, assessment.reviewer_id}
    return frozenset(person for person in people if person is not None)


def hearing_days(hearing_on: date) -> tuple[date, date]:
    """(last day to lay the file open, last day for papers): counted back from the hearing, never moved (Awb 7:4, Atw 1(2))."""
    return count("HEARING_FILE_1W", hearing_on).last_day, count("HEARING_DOCS_10D", hearing_on).last_day


# -- deciding --------------------------------------------------------------------------------------------------------
def objection_of(decision: Beschikking) -> Objection | None:
    """The objection that this decision is about, with the decision that it contests."""
    return (
        Objection.objects.select_related("contested__letter", "contested__application", "hearing_officer", "application")
        .filter(decision=decision)
        .first()
    )


def first_deciders(objection: Objection | None) -> frozenset[int]:
    """Who took the contested decision (Awb 10:3(3))."""
    signer = objection.contested.signed_by_id if objection is not None else None
    return frozenset() if signer is None else frozenset({signer})


def first_room(objection: Objection | None) -> Decimal | None:
    """The room under the ceiling when the contested decision was taken (Awb 4:25(3)); None when it is not known."""
    if objection is None:
        return None
    contested = objection.contested
    stored = contested.frozen_facts.get("room") or contested.ceiling_snapshot.get("available")
    try:
        return Decimal(stored) if stored else None
    except InvalidOperation:
        return None


def reconsidered(application: Application) -> Objection | None:
    """The objection after which this case is decided anew; None when the case is decided for the first time.

    The ceiling of the first decision counts for the new one too (Awb 4:25(3)).
    """
    found = Objection.objects.filter(application=application, decision__act="reconsider", decision__state="sent").select_related("contested")
    return found.order_by("-decision__sent_on", "-id").first()


def room_then(application: Application) -> Decimal | None:
    """The room under the ceiling at the first decision of a case that is decided anew; None for any other case."""
    return first_room(reconsidered(application))


def acts_now(objection: Objection, outcome: str) -> list[str]:
    """The acts of the case that fit this outcome and can start now."""
    return [name for name in sorted(OUTCOME_ACTS.get(outcome, ())) if can_start(objection.application, name)]


def decision_refusal(objection: Objection | None, decision: Beschikking, signer: User | None = None) -> str | None:
    """Why this decision on the objection cannot be taken now, in Dutch; None when it can."""
    if objection is None:
        return "Bij dit besluit hoort geen bezwaar. Stel het op vanaf de pagina van het bezwaar."
    if signer is not None and not signer.has_role(Role.OBJECTION_DECIDER, scheme_code=objection.application.scheme_id):
        return "Alleen een beslisser op bezwaar tekent dit besluit."
    return _not_ready(objection) or _does_not_fit(objection, decision) or _side_requests(objection, decision)


def costs_problem(objection: Objection, decision: Beschikking, day: date) -> str | None:
    """Why the decision about the costs of the objection is not in order; the rule is `grants.law.objection_costs`."""
    return costs_refusal(
        asked_on=objection.costs_asked_on, decided_on=day, amount=objection.costs_amount,
        revoked=objection.outcome in ("well_founded", "partly") and decision.act != "uphold", attributable=objection.is_our_mistake,
        reason=objection.costs_reason,
    )


def _side_requests(objection: Objection, decision: Beschikking) -> str | None:
    """What was asked besides: costs, and to go to the court at once. Each gets an answer in the decision."""
    problem = costs_problem(objection, decision, date.max)  # a request after the decision was already refused (B12)
    if problem is None and objection.direct_appeal_asked and not objection.direct_appeal_answer.strip():
        return "De bezwaarmaker vroeg om meteen naar de rechter te kunnen. Schrijf op waarom wij zelf op het bezwaar beslissen (artikel 7:1a Awb)."
    return problem


def _not_ready(objection: Objection) -> str | None:
    if not objection.is_open:
        return f"Het bezwaar is al {objection.get_state_display()}."
    if objection.state == "obj_repair":
        return "De bezwaarmaker mag het bezwaar nog aanvullen. Wacht tot de aanvulling er is of de termijn voorbij is."
    if not objection.heard_or_waived or objection.state == "obj_hearing_planned":
        return "De bezwaarmaker is nog niet gehoord, en er is niet vastgelegd waarom dat niet hoeft."
    if objection.has_committee and not objection.advice.strip():
        return "De commissie heeft nog geen advies gegeven."
    if objection.has_committee and objection.advice_followed is None:
        return "Leg vast of het advies van de commissie wordt gevolgd."
    if objection.advice_followed is False and not objection.deviation_reason.strip():
        return "Schrijf op waarom wij het advies van de commissie niet volgen."
    return None


def _does_not_fit(objection: Objection, decision: Beschikking) -> str | None:
    """The outcome, the act and the way it was heard must tell one story."""
    if decision.act not in OUTCOME_ACTS.get(objection.outcome, frozenset()):
        return f"Bij de uitkomst '{objection.get_outcome_display()}' past het besluit '{act_named(decision.act).label}' niet."
    fitting = WAIVER_OUTCOMES.get(objection.waived_ground)
    if fitting and not objection.report.strip() and objection.outcome not in fitting:
        return "De grond om niet te horen past niet bij deze uitkomst. Hoor de bezwaarmaker alsnog."
    if timeliness(objection).kind == "late":
        if objection.outcome == "inadmissible" and not (objection.late_reason.strip() or objection.repair_asked_on):
            return "Vraag de bezwaarmaker eerst waarom het bezwaar te laat is. Een goede reden kan het verontschuldigen."
        if objection.outcome != "inadmissible" and not (objection.late_reason.strip() or objection.repair_text.strip()):
            return "Het bezwaar is te laat, en een reden die dat verontschuldigt staat er niet bij. Vraag die eerst."
    if decision.act in ("amend_in_objection", "amend_settlement_in_objection") and decision.amount is not None:
        if decision.amount < money.standing(objection.application, decision.act):
            return "Een bezwaar maakt het voor de bezwaarmaker niet slechter. Kies een bedrag dat niet lager is dan nu."
    return None
