"""Fictitious objections, lived through the same services as a real one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from decisions.models import Beschikking, Objection
from decisions.services import deciding, objecting, objection_deciding
from decisions.services.dispatching import dispatch_letter
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from grants.project.demo.lives import LIVES, Life, Plan, person
from letters import services as post


class Objector:
    """An objection to the last sent decision of a case; every method is one step a person takes, on the day of the life."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.handler = person("bezwaar", Role.OBJECTION_HANDLER)
        self.secretary = person("secretaris", Role.OBJECTION_HANDLER)
        self.decider = person("beslisser", Role.OBJECTION_DECIDER)
        self.intake = person("intake", Role.INTAKE_OFFICER)
        self.contested = Beschikking.objects.filter(application=life.id, state="sent").latest("sent_on", "created_at")
        self.id: Any = None

    @property
    def record(self) -> Objection:
        return Objection.objects.get(id=self.id)

    def register(self, *, actor: Actor | None = None, **values: Any) -> Objection:
        given = {"grounds": "Het plan past wel bij de regeling (verzonnen).", "channel": "portal", **values}
        made = objecting.register(decision_id=self.contested.id, actor=actor or self.life.asker, day=self.life.day, **given)
        self.id = made.id
        return made

    def step(self, service: Any, *, actor: Actor | None = None, **values: Any) -> Objection:
        return service(objection_id=self.id, actor=actor or self.handler, day=self.life.day, **values)

    def waive(self, ground: str = "7:3(c)", reason: str = "De bezwaarmaker belde dat een gesprek niet nodig is (verzonnen).") -> None:
        self.step(objection_deciding.waive_hearing, ground=ground, reason=reason)

    def plan(self, days: int = 14) -> None:
        at = clock.start_of(self.life.day + timedelta(days=days)) + timedelta(hours=10)
        self.step(objection_deciding.plan_hearing, at=at, place="Limburglaan 10, Maastricht", officer=self.secretary.user)

    def hear(self, days: int = 14) -> None:
        self.plan(days)
        self.life.later(days)
        self.step(objection_deciding.hold_hearing, actor=self.secretary, report="De bezwaarmaker lichtte het plan toe (verzonnen).")

    def prepare(self, outcome: str, act: str = "uphold", amount: Decimal | None = None, *, deviation: str = "", **more: Any) -> Beschikking:
        values = {
            "amount": amount, "motivation": "Wij hebben het plan opnieuw bekeken (verzonnen).", "deviation": deviation,
            "deviation_ground": "hardheidsclausule" if deviation else "",
        }
        return objection_deciding.prepare(
            objection_id=self.id, outcome=outcome, act=act, actor=self.handler, values=values, day=self.life.day, **more
        )

    def sign(self, decision: Beschikking, signer: Actor | None = None) -> Beschikking:
        deciding.review(decision_id=decision.id, actor=self.secretary, day=self.life.day)
        return deciding.sign(decision_id=decision.id, actor=signer or self.decider, day=self.life.day)

    def send(self, decision: Beschikking) -> None:
        with recording():
            post.make(decision.letter_id)
        dispatch_letter(letter_id=decision.letter_id, day=self.life.day)

    def decide(self, outcome: str, act: str = "uphold", amount: Decimal | None = None, **more: Any) -> Beschikking:
        decision = self.sign(self.prepare(outcome, act, amount, **more))
        self.send(decision)
        return Beschikking.objects.get(id=decision.id)


def _case(state: str, title: str, days_ago: int) -> Life:
    life = Life(Plan("LB-SVC", "Vereniging Buurthuis Voorbeeld (verzonnen)", title, Decimal(28_000), days_ago, state))
    LIVES[state](life)
    return life


def live_objections() -> None:
    """Two cases with an objection: one waits for its hearing, one was well-founded and brought a grant."""
    waiting = Objector(_case("rejected", "Moestuin achter de kerk", 60))
    waiting.life.later(10)
    waiting.register()
    waiting.plan()
    founded = Objector(_case("rejected", "Muziek in de buurtkamer", 120))
    founded.life.later(12)
    founded.register()
    founded.life.later(5)
    founded.hear()
    founded.life.later(7)
    founded.decide("well_founded", "grant_in_objection", Decimal(28_000))
