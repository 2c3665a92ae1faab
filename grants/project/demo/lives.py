"""Fictitious cases in every state, lived through the same services as a real case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_UP, Decimal
from typing import Any
from uuid import UUID

from applicants.models import Applicant
from decisions.models import AidTest, Beschikking
from decisions.services import aid, assessing, closing, deciding, paying
from decisions.services.dispatching import dispatch_letter
from grants.applications.models import Application
from grants.applications.services import accounting, applying, handling
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from grants.law.state_aid import QUESTIONS, walk
from grants.law.zienswijze import UNASKED_ACTS
from grants.schemes.models import Scheme
from letters import services as post

FILLERS = {
    "text": "Demogegeven", "long_text": "Dit is een verzonnen tekst voor de demonstratie.", "number": "10", "email": "demo@example.org",
    "phone": "045 000 00 00", "yes_no": "ja", "declaration": "ja",
}


def person(username: str, role: Role) -> Actor:
    return Actor(user=User.objects.get(username=username), role=role)


@dataclass(frozen=True, slots=True)
class Plan:
    """One fictitious case: who asks for what, how long ago, and how far it gets."""

    scheme: str
    applicant: str
    title: str
    amount: Decimal
    days_ago: int
    until: str
    aid: str = "no_aid"
    report: Mapping[str, str] = field(default_factory=dict)
    """Answers of the account of the activity that tell a story of their own."""


def answers_for(application: Application, title: str, amount: Decimal, start: date) -> dict[str, Any]:
    """A filled-in form: the mapped questions with these values, the others with fillers."""
    definition = application.version.definition
    mapped = {
        "title": title,
        "summary": f"{title}, samen met de buurt",
        "location": f"Voorbeeldplein {sum(map(ord, title)) % 97 + 1}",
        "requested_amount": f"{amount:.2f}".replace(".", ","),
        "activity_start": start.isoformat(),
        "activity_end": (start + timedelta(days=30)).isoformat(),
        "municipality": "GM0928",
        "goals": [definition.goals[0]] if definition.goals else [],
        "main_goal": definition.goals[0] if definition.goals else "",
    }
    found: dict[str, Any] = {}
    for question in definition.questions:
        if question.maps_to in mapped:
            found[question.key] = mapped[question.maps_to]
        elif question.kind == "cost_table":
            costs = (amount * 100 / definition.amount.percentage).quantize(Decimal("0.01"), rounding=ROUND_UP)  # so that the rule comes to the amount
            found[question.key] = [{"description": "Materiaal", "amount": f"{costs:.2f}".replace(".", ",")}]
        elif question.options:
            found[question.key] = [question.options[0].value] if question.kind == "multi_choice" else question.options[0].value
        elif question.kind == "date":
            found[question.key] = start.isoformat()
        elif question.kind == "iban":
            found[question.key] = application.applicant.iban
        elif question.kind in FILLERS:
            found[question.key] = FILLERS[question.kind]
    return found


def answers_to(verdict: str) -> dict[str, bool]:
    """The shortest answers to the test tree that lead to a verdict."""
    if verdict == "no_aid":
        return {"undertaking": False}
    answers: dict[str, bool] = {}
    for question in QUESTIONS:
        answers[question.key] = question.no is not None and question.no != "incompatible" or question.yes == verdict
        if walk(answers).verdict is not None:
            break
    return answers


class Life:
    """Lives a case step by step on chosen days; every method is one step a person takes."""

    def __init__(self, plan: Plan, today: date | None = None) -> None:
        self.plan = plan
        self.today = today or clock.today()
        self.day = self.today - timedelta(days=plan.days_ago)
        self.applicant = Applicant.objects.get(name=plan.applicant)
        self.asker = Actor(user=self.applicant.representations.select_related("user").get().user, role=Role.APPLICANT)
        self.handler = person("behandelaar", Role.CASE_HANDLER)
        self.reviewer = person("toetser", Role.REVIEWER)
        self.signer = person("directeur", Role.MANDATE_HOLDER)
        self.id: UUID | None = None

    @property
    def case(self) -> Application:
        return Application.objects.get(id=self.id)

    def later(self, days: int) -> None:
        self.day = min(self.day + timedelta(days=days), self.today)

    def draft(self) -> None:
        application = applying.start_draft(
            applicant=self.applicant, scheme=Scheme.objects.get(code=self.plan.scheme), actor=self.asker, day=self.day
        )
        self.id = application.id
        applying.save_draft(
            application_id=self.id, answers=answers_for(application, self.plan.title, self.plan.amount, self.day + timedelta(days=60))
        )

    def submit(self) -> None:
        moment = clock.start_of(self.day) + timedelta(hours=10)
        applying.submit(application_id=self.id, actor=self.asker, day=self.day, moment=min(moment, clock.now()))

    def ask_completion(self) -> None:
        handling.request_completion(
            application_id=self.id, items=("Een begroting: daarmee kunnen wij de kosten zien.",), actor=self.handler, day=self.day
        )

    def complete(self) -> None:
        applying.complete(application_id=self.id, answers={}, actor=self.asker, day=self.day)

    def lapse(self) -> None:
        handling.recovery_lapsed(application_id=self.id, actor=Actor.system(), day=self.day)

    def mark_complete(self) -> None:
        handling.mark_complete(application_id=self.id, actor=self.handler, day=self.day)

    def test_aid(self, verdict: str = "no_aid") -> None:
        """Walk the test tree to a verdict: no undertaking, or every question but the one that gives this verdict."""
        way = answers_to(verdict)
        aid.record_test(
            application_id=self.id, answers=way, why={list(way)[-1]: "Zo is het (verzonnen)."}, actor=self.handler, day=self.day,
            reference="SA.00000 (verzonnen)" if verdict in ("block_exempted", "notified") else "",
        )

    def assess(self, advice: str = "positive") -> None:
        if not AidTest.objects.filter(application=self.id).exists():
            self.test_aid(self.plan.aid)
        self.offer(advice)
        self.confirm()

    def offer(self, advice: str = "positive") -> None:
        values = {
            "has_interest": False, "facts": "Verzonnen feiten voor de demonstratie.", "weighing": "Het plan past bij de regeling.",
            "advice": advice, "advised_amount": self.plan.amount if advice != "negative" else Decimal(0),
        }
        assessing.save_assessment(application_id=self.id, actor=self.handler, values=values, offer=True)

    def confirm(self) -> None:
        assessing.confirm_assessment(application_id=self.id, actor=self.reviewer, day=self.day)

    def decide(self, act: str, amount: Decimal | None = None, *, send: bool = True, **values: Any) -> Beschikking:
        reason = "4:8(1)" if act in UNASKED_ACTS else "4:7(1)"
        assessing.note_view_not_required(application_id=self.id, about=act, reason=reason)
        values = {"motivation": "Dit is een verzonnen motivering voor de demonstratie.", **values}
        decision = deciding.prepare(application_id=self.id, act=act, actor=self.handler, values={"amount": amount, **values}, day=self.day)
        deciding.review(decision_id=decision.id, actor=self.reviewer, day=self.day)
        decision = deciding.sign(decision_id=decision.id, actor=self.signer, day=self.day)
        if send:
            with recording():
                post.make(decision.letter_id)
            dispatch_letter(letter_id=decision.letter_id, day=self.day)
        return decision

    def account(self) -> None:
        report = {q.key: FILLERS.get(q.kind, "") for q in self.case.version.definition.report.questions} | {
            "wat_werkte": "Samen koken bracht buren bij elkaar (verzonnen).", "wat_werkte_niet": "Doordeweeks kwam bijna niemand (verzonnen).",
            "tip_andere_buurt": "Vraag eerst wie er een sleutel heeft (verzonnen).", "delen_toegestaan": "nee",
        }
        accounting.submit_report(application_id=self.id, answers={**report, **self.plan.report}, actor=self.asker, day=self.day)

    def remind(self) -> None:
        handling.send_reminder(application_id=self.id, actor=self.handler, day=self.day)

    def pay(self) -> None:
        """Everything that was planned reaches the bank and the account, by two people."""
        officer, approver = person("financien", Role.FINANCE_OFFICER), person("budgethouder", Role.FINANCE_APPROVER)
        for order in paying.open_orders(self.case):
            for act, who in (("check_payment", officer), ("approve_payment", approver), ("export_payment", officer),
                             ("execute_payment", officer), ("credit_payment", officer)):
                paying.step(order_id=order.id, act=act, actor=who, day=self.day)

    def close(self) -> None:
        closing.close(application_id=self.id, actor=person("archief", Role.RECORDS_OFFICER), day=self.day)


def to_assessed(life: Life, advice: str = "positive") -> None:
    life.draft()
    life.submit()
    life.later(3)
    life.mark_complete()
    life.later(7)
    life.assess(advice)
    life.later(3)


def _granted(life: Life) -> None:
    to_assessed(life)
    life.decide("grant", life.plan.amount)


def _overdue(life: Life) -> None:
    _granted(life)
    life.day = max(life.day, (life.case.report_due_on or life.today) + timedelta(days=1))
    life.remind()


def _settled(life: Life) -> None:
    _granted(life)
    life.later(40)
    life.account()
    life.later(7)
    life.decide("settle", life.plan.amount)


def _closed(life: Life) -> None:
    to_assessed(life)
    life.decide("settle_directly", life.plan.amount)
    life.later(7)
    life.pay()
    life.later(60)
    life.close()


def _not_handled(life: Life) -> None:
    life.draft()
    life.submit()
    life.ask_completion()
    life.later(22)
    life.lapse()
    life.later(1)
    life.decide("decide_not_handle")


def _report_received(life: Life) -> None:
    _granted(life)
    life.later(40)
    life.account()


def _awaiting_view(life: Life) -> None:
    to_assessed(life, "negative")
    assessing.ask_view(
        application_id=life.id, about="reject", reason="Het plan ligt buiten Limburg (verzonnen).", actor=life.handler, day=life.day
    )


def _report_incomplete(life: Life) -> None:
    _report_received(life)
    handling.request_report_completion(application_id=life.id, items=("Een foto van het resultaat.",), actor=life.handler, day=life.day)


def _steps(*names: str) -> Callable[[Life], None]:
    def live(life: Life) -> None:
        for name in names:
            getattr(life, name)()

    return live


LIVES: dict[str, Callable[[Life], None]] = {
    "draft": _steps("draft"),
    "received": _steps("draft", "submit"),
    "awaiting_completion": _steps("draft", "submit", "ask_completion"),
    "withdrawn": lambda life: (_steps("draft", "submit")(life), applying.withdraw(application_id=life.id, actor=life.asker, day=life.day)),
    "forwarded": lambda life: (
        _steps("draft", "submit")(life),
        *(
            handling.act_with_reason(application_id=life.id, act=act, reason="de gemeente gaat hierover.", actor=who, day=life.day)
            for act, who in (("propose_forward", person("intake", Role.INTAKE_OFFICER)), ("forward", life.handler))
        ),
    ),
    "not_handled": _not_handled,
    "assessed": to_assessed,
    "awaiting_view": _awaiting_view,
    "rejected": lambda life: (
        to_assessed(life, "negative"), life.decide("reject", ground="BUITEN", ground_text="het plan past niet bij de regeling"),
    ),
    "verleend": _granted,
    "report_overdue": _overdue,
    "report_received": _report_received,
    "report_incomplete": _report_incomplete,
    "vastgesteld": _settled,
    "vastgesteld_direct": lambda life: (to_assessed(life), life.decide("settle_directly", life.plan.amount)),
    "grant_withdrawn": lambda life: (
        _granted(life),
        life.decide("withdraw_grant", None, ground="4:48", ground_text="de activiteit gaat niet door", proportionality="De ontvanger heeft nog niets uitgegeven."),
    ),
    "settlement_withdrawn": lambda life: (
        to_assessed(life),
        life.decide("settle_directly", life.plan.amount),
        life.later(5),
        life.decide("withdraw_settlement", None, ground="4:49", ground_text="de activiteit is niet gedaan", proportionality="De ontvanger wist dit."),
    ),
    "closed": _closed,
}
