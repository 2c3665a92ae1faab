"""Random acts, legal and not, in random order: whatever happens, the invariants of the house hold."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from decisions.models import Beschikking, Objection
from decisions.money import IN_OBJECTION
from decisions.services import assessing, objecting, objection_deciding
from decisions.services.deciding import OpenDecision, WrongState
from grants.applications.lifecycle.door import ActError, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.table import ACT_NAMES
from grants.applications.services import accounting, applying, handling
from grants.budget.models import Ceiling
from grants.kernel import audit, clock, outbox
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.roles import Role
from grants.project.demo.lives import Life, Plan, person
from grants.project.demo.objections import Objector
from grants.project.demo.world import load_world
from letters.models import Letter

STAFF = [
    ("intake", Role.INTAKE_OFFICER), ("behandelaar", Role.CASE_HANDLER), ("toetser", Role.REVIEWER), ("senior", Role.MANDATE_HOLDER),
    ("directeur", Role.MANDATE_HOLDER), ("archief", Role.RECORDS_OFFICER), ("controller", Role.CONTROLLER),
]
DECISIONS = ["grant", "settle_directly", "reject", "decide_not_handle", "settle", "settle_lower", "withdraw_grant", "withdraw_settlement", "amend"]
FULL = {"motivation": "omdat", "ground": "4:48", "ground_text": "grond", "proportionality": "niet te zwaar"}


class Lives(RuleBasedStateMachine):
    """Two cases of two schemes, and people who try things."""

    @initialize()
    def start(self) -> None:
        load_world()
        today = clock.today()
        self.lives = [
            Life(Plan("LB-INW", "Bo Bewoner (verzonnen)", "Bankjes", Decimal(3000), 200, ""), today),
            Life(Plan("LB-SVC", "Vereniging Buurthuis Voorbeeld (verzonnen)", "Repair café", Decimal(30000), 200, ""), today),
        ]
        for life in self.lives:
            life.draft()
        self.acts = Event.objects.count()

    def attempt(self, act) -> None:
        """An act either happens, or is refused by a named error and changes nothing."""
        before = Event.objects.count()
        try:
            act()
        except (ActError, OpenDecision, WrongState):
            assert Event.objects.count() == before

    which = st.integers(0, 1)

    @rule(n=which, days=st.integers(1, 60))
    def time_passes(self, n, days):
        self.lives[n].later(days)

    @rule(n=which, step=st.sampled_from(["submit", "ask_completion", "complete", "lapse", "mark_complete", "account", "remind", "close"]))
    def a_step(self, n, step):
        self.attempt(getattr(self.lives[n], step))

    @rule(n=which, advice=st.sampled_from(["positive", "negative"]))
    def assess(self, n, advice):
        life = self.lives[n]
        if life.case.status == "received":
            for act in (life.test_aid, lambda: life.offer(advice), life.confirm):
                self.attempt(act)

    @rule(n=which)
    def withdraw(self, n):
        life = self.lives[n]
        self.attempt(lambda: applying.withdraw(application_id=life.id, actor=life.asker, day=life.day))

    @rule(n=which, act=st.sampled_from(DECISIONS), cut=st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(500)]), send=st.booleans())
    def decide(self, n, act, cut, send):
        life = self.lives[n]
        amount = None if act in ("reject", "decide_not_handle", "withdraw_grant", "withdraw_settlement") else life.plan.amount - cut
        try:
            life.decide(act, amount, send=send, **FULL)
        except (ActError, OpenDecision, WrongState):
            pass

    @rule(n=which, act=st.sampled_from(ACT_NAMES), who=st.sampled_from(STAFF))
    def somebody_tries_anything(self, n, act, who):
        """Straight at the door, with no facts at all: a guard or the role must stop what is not lawful."""
        life = self.lives[n]
        if act in ("annul_event", "reopen", "import_event"):
            return
        case = life.case
        self.attempt(lambda: perform(case, act, Facts(), person(*who), life.day))

    @rule(n=which)
    def a_change_is_reported(self, n):
        life = self.lives[n]
        self.attempt(
            lambda: handling.act_with_reason(application_id=life.id, act="report_change", reason="anders", actor=life.asker, day=life.day)
        )

    @rule(n=which)
    @precondition(lambda self: self.lives[0].case.status != "draft")
    def a_view_is_asked(self, n):
        life = self.lives[n]
        self.attempt(
            lambda: assessing.ask_view(application_id=life.id, about="reject", reason="feiten", actor=life.handler, day=life.day)
        )

    @rule(n=which)
    def the_records_officer_reopens(self, n):
        life = self.lives[n]
        self.attempt(
            lambda: accounting.reopen(application_id=life.id, reason="nieuw feit", actor=person("archief", Role.RECORDS_OFFICER), day=life.day)
        )

    @rule(n=which, late=st.booleans())
    def somebody_objects(self, n, late):
        life = self.lives[n]
        if Beschikking.objects.filter(application=life.id, state="sent").exists():
            self.attempt(lambda: Objector(life).register(late_reason="ziek" if late else ""))

    @rule(n=which, step=st.sampled_from(["withdraw", "waive", "plan", "hold", "committee", "advise", "repair", "repaired", "adjourn"]))
    def an_objection_goes_on(self, n, step):
        found = self.objection_of(n)
        if found is None:
            return
        life = self.lives[n]
        self.attempt({
            "withdraw": lambda: found.step(objecting.withdraw, actor=life.asker, how="portal"),
            "waive": found.waive,
            "plan": found.plan,
            "hold": lambda: found.step(objection_deciding.hold_hearing, actor=found.secretary, report="gezegd"),
            "committee": lambda: found.step(objecting.tell_committee),
            "advise": lambda: found.step(objection_deciding.give_advice, advice="doe het"),
            "repair": lambda: found.step(objecting.ask_repair, items=("gronden",)),
            "repaired": lambda: found.step(objecting.repair_received, actor=life.asker, text="hierom"),
            "adjourn": lambda: found.step(objecting.adjourn, weeks=6, reason="druk"),
        }[step])

    @rule(n=which, outcome=st.sampled_from(["inadmissible", "unfounded", "well_founded", "partly"]), act=st.sampled_from(sorted(IN_OBJECTION)),
          more=st.sampled_from([Decimal(0), Decimal(250)]))
    def an_objection_is_decided(self, n, outcome, act, more):
        found = self.objection_of(n)
        if found is None:
            return
        amount = None if act in ("uphold", "reconsider") else self.lives[n].plan.amount + more
        try:
            found.decide(outcome, act, amount, advice_followed=True)
        except (ActError, OpenDecision, WrongState):
            pass

    def objection_of(self, n):
        """The newest objection of this case that is still open, or None."""
        record = Objection.objects.open().filter(application=self.lives[n].id).order_by("-received_on", "-id").first()
        if record is None:
            return None
        found = Objector(self.lives[n])
        found.id = record.id
        return found

    @rule()
    def the_worker_works(self):
        outbox.run_open()

    @rule(n=which)
    def the_system_may_do_nothing_of_its_own(self, n):
        life = self.lives[n]
        self.attempt(lambda: perform(life.case, "grant", Facts(path="grant"), Actor.system(), life.day))

    @invariant()
    def the_record_is_whole(self):
        assert list(audit.verify()) == []

    @invariant()
    def the_ceiling_holds_and_the_ledger_is_the_decisions(self):
        for ceiling in Ceiling.objects.all():
            assert ceiling.held + ceiling.committed <= ceiling.amount + ceiling.excess
            signed = Beschikking.objects.filter(state="signed", application__ceiling=ceiling)
            assert ceiling.held == sum(d.held_amount for d in signed)

    @invariant()
    def every_signed_decision_has_one_letter_a_mandate_and_different_people(self):
        for decision in Beschikking.objects.filter(state__in=["signed", "sent"]):
            assert decision.mandate_rule_id and decision.letter_id
            assert len({decision.prepared_by_id, decision.reviewed_by_id, decision.signed_by_id}) == 3
            assert Letter.objects.get(id=decision.letter_id).dispatches.count() == (1 if decision.state == "sent" else 0)

    @invariant()
    def no_clock_runs_after_the_end(self):
        for life in getattr(self, "lives", ()):
            case = life.case
            if case.status in ("withdrawn", "forwarded", "closed"):
                # an objection may come in after closing: its clock runs, and the case must be opened again (T40)
                assert not case.deadlines.filter(ended_by__isnull=True).exclude(rule=objecting.CLOCK).exists()

    @invariant()
    def an_objection_has_a_running_clock_as_long_as_it_is_open(self):
        for found in Objection.objects.select_related("deadline", "decision", "contested"):
            assert found.deadline.last_day == found.decide_by
            if found.is_open and found.application.status != "closed" and "close" not in found.application.chain.events.values_list("act", flat=True):
                assert found.deadline.ended_on is None
            if not found.is_open:
                assert found.deadline.ended_on is not None
            if found.state == "obj_decided":
                assert found.decision.state == "sent" and found.decision.signed_by_id != found.contested.signed_by_id


class TestLives(Lives.TestCase, TestCase):
    settings = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


