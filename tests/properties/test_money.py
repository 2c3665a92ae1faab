"""Whatever is paid, stopped, returned and claimed, in whatever order: the money adds up, to the cent."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from decisions import reconciliation
from decisions.models import Claim, PaymentBatch, PaymentOrder
from decisions.models.claiming import FIXED
from decisions.services import batching, claiming, paying, statement_reading
from decisions.services.deciding import OpenDecision, WrongState
from grants.applications.lifecycle.door import ActError
from grants.kernel import audit, clock
from grants.kernel.models import User
from grants.kernel.money import ZERO
from grants.project.demo.lives import LIVES, Life, Plan
from grants.project.demo.world import load_world
from tests.decisions.bank_files import Move, camt
from tests.decisions.money_lives import approver, officer

WITHDRAWAL = {"ground": "4:49", "ground_text": "niet gedaan", "proportionality": "De ontvanger wist dit."}


class Money(RuleBasedStateMachine):
    """A grant with advances and two direct settlements; a count of our own of what the bank moved."""

    which = st.integers(0, 2)

    @initialize()
    def start(self) -> None:
        load_world()
        self.today = clock.today()
        self.lives = []
        for scheme, name, amount, state in (
            ("LB-SVC", "Vereniging Buurthuis Voorbeeld (verzonnen)", "30000.33", "verleend"),
            ("LB-INW", "Bo Bewoner (verzonnen)", "2500.01", "vastgesteld_direct"), ("LB-INW", "Bo Bewoner (verzonnen)", "4999.99", "vastgesteld_direct"),
        ):
            life = Life(Plan(scheme, name, "Bankjes", Decimal(amount), 60, state), self.today)
            LIVES[state](life)
            self.lives.append(life)
        self.paid = {life.id: ZERO for life in self.lives}
        self.received = {life.id: ZERO for life in self.lives}
        self.statements = 0

    def attempt(self, act) -> bool:
        try:
            act()
        except (ActError, OpenDecision, WrongState):
            return False
        return True

    def orders(self, n, *states):
        return list(PaymentOrder.objects.filter(application=self.lives[n].id, state__in=states).order_by("due_on", "id"))

    @rule(n=which, act=st.sampled_from(["check_payment", "approve_payment", "replan_payment"]))
    def by_hand(self, n, act):
        for order in self.orders(n, "planned", "checked", "returned"):
            who = approver() if act == "approve_payment" else officer()
            self.attempt(lambda o=order, w=who: paying.step(order_id=o.id, act=act, actor=w, reason="opnieuw", day=self.today))

    @rule(n=which)
    def stop_one(self, n):
        for order in self.orders(n, "planned", "checked", "approved", "returned")[:1]:
            self.attempt(lambda o=order: paying.step(order_id=o.id, act="stop_payment", actor=officer(), reason="gestopt", day=self.today))

    @rule()
    def to_the_bank(self):
        ids = list(batching.ready(officer().user).values_list("id", flat=True))
        if ids:
            batch = batching.prepare(order_ids=ids, execute_on=self.bank_day(), actor=officer(), day=self.today)
            assert self.attempt(lambda: batching.release(batch_id=batch.id, actor=approver(), day=self.today))

    def bank_day(self):
        from decisions.execution_day import next_bank_day

        return next_bank_day(self.today)

    def read(self, *moves):
        self.statements += 1
        content = camt(*moves, name=f"A{self.statements}")
        for _ in "ab":  # a second reading changes nothing
            statement_reading.read_statements(content=content, actor=officer(), day=self.today)

    @rule(n=which, wrong=st.sampled_from([ZERO, ZERO, Decimal("0.01")]))
    def the_bank_pays(self, n, wrong):
        for order in self.orders(n, "exported")[:1]:
            line = order.lines.get(live=True)
            self.read(Move(order.amount + wrong, self.today, reference=line.reference))
            if not wrong:
                paying.step(order_id=order.id, act="credit_payment", actor=officer(), day=self.today)
                self.paid[order.application_id] += order.amount

    @rule(n=which)
    def the_bank_sends_back(self, n):
        for order in self.orders(n, "exported", "credited")[:1]:
            line = order.lines.get(live=True)
            self.read(Move(order.amount, self.today, comes_in=True, reference=line.reference, returned="AC04"))
            if order.state == "credited":
                self.paid[order.application_id] -= order.amount

    @rule(n=which, act=st.sampled_from(["withdraw", "reclaim"]))
    def decide(self, n, act):
        life = self.lives[n]
        if act == "withdraw":
            name = "withdraw_grant" if n == 0 else "withdraw_settlement"
            self.attempt(lambda: life.decide(name, None, **{**WITHDRAWAL, "ground": "4:48" if n == 0 else "4:49"}))
        else:
            for claim in Claim.objects.filter(application=life.id, state="drafted"):
                self.attempt(lambda c=claim: life.decide("reclaim", c.amount))

    @rule(n=which, part=st.sampled_from(["0.01", "0.50", "1.00", "1.01"]))
    def somebody_pays_back(self, n, part):
        for claim in Claim.objects.filter(application=self.lives[n].id, state__in=FIXED):
            rest = claim.amount - claim.received
            amount = max((rest * Decimal(part)).quantize(Decimal("0.01")), Decimal("0.01"))
            self.read(Move(amount, self.today, comes_in=True, text=str(self.lives[n].case.case_number)))
            if amount <= rest:
                self.received[claim.application_id] += amount

    @rule(n=which)
    def a_claim_is_remitted(self, n):
        for claim in Claim.objects.filter(application=self.lives[n].id, state__in=FIXED):
            self.attempt(lambda c=claim: claiming.step(claim_id=c.id, act="remit_claim", actor=approver(), reason="x", day=self.today))

    @invariant()
    def paid_less_received_is_credited_less_what_came_back_on_claims(self):
        for life in getattr(self, "lives", ()):
            credited = sum((o.amount for o in PaymentOrder.objects.filter(application=life.id, state="credited")), ZERO)
            back = sum((c.received for c in Claim.objects.filter(application=life.id)), ZERO)
            assert self.paid[life.id] - self.received[life.id] == credited - back

    @invariant()
    def the_page_adds_up_to_our_own_count(self):
        if not hasattr(self, "lives"):
            return
        found = reconciliation.rows(User.objects.get(username="controller"))
        assert all(row.adds_up for row in found)
        assert sum((row.paid for row in found), ZERO) == sum(self.paid.values())
        assert sum((row.received for row in found), ZERO) == sum(self.received.values())

    @invariant()
    def a_difference_is_what_a_person_stopped_and_nothing_else(self):
        """A stop by hand is the only act that leaves a difference; a later decision plans or claims it away."""
        for odd in reconciliation.odd_cases(User.objects.get(username="controller")) if hasattr(self, "lives") else ():
            assert odd.more_granted
            stopped = PaymentOrder.objects.filter(application=odd.case, state="stopped", reason="gestopt")
            assert odd.difference == sum((o.amount for o in stopped), ZERO)

    @invariant()
    def each_order_is_in_one_file_at_most_and_the_record_is_whole(self):
        assert list(audit.verify()) == []
        for batch in PaymentBatch.objects.all():
            assert batch.state == "released"


class TestMoney(Money.TestCase, TestCase):
    settings = settings(max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
