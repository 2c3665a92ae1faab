"""What must hold of every case at every moment, and a machine that takes cases through whole lives.

`tests/properties/test_whole_lives.py` runs it, and shows that it bites: with one guard taken away it finds a life that
breaks what must hold.
"""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from decisions.models import Beschikking, Claim, MandateRule, PaymentOrder, SampleCheck
from decisions.models.claiming import FIXED
from decisions.models.claiming import OPEN as OPEN_CLAIM
from decisions.models.paying import MONEY_OUT
from decisions.services import assessing, claiming, objection_deciding, paying, sampling
from decisions.services.deciding import OpenDecision, WrongState
from grants.applications.beside import can_start_beside
from grants.applications.lifecycle.door import ActError
from grants.applications.statuses import FINAL
from grants.budget.models import Ceiling, LedgerEntry
from grants.kernel import audit, clock
from grants.kernel.models import RoleAssignment
from grants.kernel.money import ZERO
from grants.kernel.roles import Role
from grants.project.demo.lives import LIVES, Life, Plan, person
from grants.project.demo.objections import Objector
from grants.project.demo.world import SINCE, load_world

STAGES = {
    "LB-SVC": ("verleend", "report_received", "vastgesteld", "report_overdue", "rejected", "assessed"),
    "LB-INW": ("vastgesteld_direct", "assessed"),
}
"""To which state a bundle of steps brings a case at once: the machine then starts where the money is."""
APPLICANTS = {"LB-SVC": "Vereniging Buurthuis Voorbeeld (verzonnen)", "LB-INW": "Bo Bewoner (verzonnen)"}
AMOUNTS = {"LB-SVC": Decimal(30000), "LB-INW": Decimal(3000)}
ADVERSE = {"motivation": "Het plan ging anders.", "proportionality": "De ontvanger wist dit.", "ground_text": "zoals de wet zegt"}
LATER = {
    "verleend": ("grant_advance", "amend", "suspend_payment", "withdraw_grant", "settle_ex_officio"),
    "report_overdue": ("settle_ex_officio_after_reminder", "withdraw_grant"),
    "report_received": ("settle", "settle_lower", "settle_nil", "withdraw_grant"),
    "vastgesteld": ("amend_settlement", "withdraw_settlement"),
    "assessed": ("grant", "grant_partly", "settle_directly", "reject"),
}
GROUNDS = {"settle": "4:46(2)(a)", "amend_settlement": "4:49(1)(a)", "withdraw_settlement": "4:49(1)(a)", "withdraw_grant": "4:48(1)(a)", "amend": "4:48(1)(a)"}
FREE_OF_AMOUNT = {"reject", "withdraw_grant", "withdraw_settlement", "suspend_payment", "settle_nil"}
AFTER_CLOSING = {"OBJ_DECISION"}
"""An objection may come in after closing: its clock runs, and the case must be opened again (T40)."""


def money_refusals(case) -> list[str]:
    """Every euro of one case is accounted for."""
    found = []
    committed = sum(LedgerEntry.objects.filter(chain=case.chain).values_list("committed_delta", flat=True), ZERO)
    sent = Beschikking.objects.filter(application=case, state="sent").order_by("sent_on", "created_at")
    stands = case.settled_amount if case.settled_amount is not None else case.granted_amount or ZERO
    if case.status in ("grant_withdrawn", "settlement_withdrawn") or (case.status == "closed" and sent and sent.last().act in ("withdraw_grant", "withdraw_settlement")):
        stands = ZERO
    if committed != stands:
        found.append(f"the ledger holds {committed}, the decisions say {stands}")
    orders = PaymentOrder.objects.filter(application=case).exclude(kind__in=["penalty", "costs"])
    out = sum((o.amount for o in orders.filter(state__in=MONEY_OUT)), ZERO)
    waiting = sum((o.amount for o in orders.exclude(state__in=(*MONEY_OUT, "stopped"))), ZERO)
    claims = Claim.objects.filter(application=case)
    fixed = sum((c.amount for c in claims.exclude(decision=None)), ZERO)
    drafted = sum((c.amount for c in claims.filter(state="drafted")), ZERO)
    if out - fixed - drafted > stands:
        found.append(f"{out} was paid, {fixed + drafted} is claimed, and only {stands} stands")
    if out + waiting - fixed > max(stands, out - fixed):
        found.append(f"{out} was paid and {waiting} is planned above {stands}")
    if case.status == "closed":
        if waiting or claims.filter(state__in=OPEN_CLAIM).exists():
            found.append("closed with money on its way")
        if case.settled_amount is not None and out - fixed != stands:
            found.append(f"closed with {out - fixed} paid of {stands}")
    return found


def clock_refusals(case) -> list[str]:
    """No clock of ours or theirs runs on after the end; one to object, to pay or to be told does."""
    running = set(case.deadlines.filter(ended_by__isnull=True).values_list("rule", flat=True)) - AFTER_CLOSING
    if case.status in ("closed", "withdrawn", "forwarded"):
        return [f"{rule} runs in a case that is {case.status}" for rule in running]
    if case.status in FINAL or case.status == "vastgesteld":
        decided = {"DECISION", "SETTLEMENT", "RECOVERY_TERM", "RECOVERY_TERM_REPORT", "REPORT_DUE", "REPORT_REMINDER", "PROGRESS_DUE", "NOT_HANDLED_4W"}
        return [f"{rule} runs in a case that is {case.status}" for rule in running & decided]
    return []


def mandate_refusals(case) -> list[str]:
    """Each signed decision: a rule in force that day, for that act and amount, and three different people."""
    found = []
    for decision in Beschikking.objects.filter(application=case, state__in=["signed", "sent"]).select_related("mandate_rule", "signed_by"):
        given = decision.mandate_rule
        if given is None:
            found.append(f"{decision.act} without a mandate")
            continue
        if given.decision_kind not in ("*", decision.act) or not given.valid_from <= decision.signed_on <= (given.valid_to or decision.signed_on):
            found.append(f"{decision.act} under a mandate of another day or kind")
        if decision.amount and given.amount_below is not None and decision.amount >= given.amount_below:
            found.append(f"{decision.act} above its mandate")
        if given.role not in decision.signed_by.roles(case.scheme_id, decision.signed_on):
            found.append(f"{decision.act} by somebody without the role")
        if len({decision.prepared_by_id, decision.reviewed_by_id, decision.signed_by_id}) != 3:
            found.append(f"{decision.act} by fewer than three people")
    return found


class WholeLives(RuleBasedStateMachine):
    """A few cases that are brought far at once, and then everything that people do with them."""

    @initialize(schemes=st.lists(st.sampled_from(sorted(STAGES)), min_size=2, max_size=2), data=st.data())
    def start(self, schemes, data):
        load_world()
        self.lives = []
        for number, scheme in enumerate(schemes):
            state = data.draw(st.sampled_from(STAGES[scheme]), label="state")
            life = Life(Plan(scheme, APPLICANTS[scheme], f"Plan {number}", AMOUNTS[scheme], 300, state), clock.today())
            LIVES[state](life)
            self.lives.append(life)

    which = st.integers(0, 1)

    def attempt(self, act) -> bool:
        """Did it happen? Refused by a named error is fine; anything else is a fault."""
        try:
            act()
        except (ActError, OpenDecision, WrongState):
            return False
        return True

    @rule(n=which, days=st.sampled_from([1, 7, 30, 60]))
    def time_passes(self, n, days):
        self.lives[n].later(days)

    @rule(n=which, how_much=st.sampled_from(["0", "0.01", "10000", "30000", "30000.01"]), pick=st.integers(0, 4), heard=st.booleans())
    def a_decision_that_fits_the_state(self, n, how_much, pick, heard):
        life = self.lives[n]
        acts = LATER.get(life.case.status)
        if acts is None:
            return
        act = acts[pick % len(acts)]
        amount = None if act in FREE_OF_AMOUNT else min(Decimal(how_much), life.plan.amount + Decimal("0.01"))
        if heard and act not in ("grant", "settle_directly", "grant_advance", "settle"):
            self.attempt(lambda: assessing.ask_view(application_id=life.id, about=act, reason="feiten", actor=life.handler, day=life.day))
            self.attempt(lambda: assessing.receive_view(application_id=life.id, text="Akkoord.", actor=life.asker, day=life.day))
        ground = next((g for name, g in GROUNDS.items() if act.startswith(name)), "CEILING")
        if not self.attempt(lambda: life.decide(act, amount, ground=ground, **ADVERSE)):
            Beschikking.objects.filter(application=life.id, state__in=["draft", "reviewed"]).update(state="returned")

    @rule(n=which, pick=st.integers(0, 9), far=st.integers(1, 5))
    def the_money_goes_on(self, n, pick, far):
        """One order, so many steps on its way to the account."""
        life = self.lives[n]
        orders = list(paying.open_orders(life.case).order_by("due_on", "id"))
        officer, approver = person("financien", Role.FINANCE_OFFICER), person("budgethouder", Role.FINANCE_APPROVER)
        steps = (("check_payment", officer), ("approve_payment", approver), ("export_payment", officer), ("execute_payment", officer), ("credit_payment", officer))
        for order in orders[pick % len(orders) :][:1] if orders else []:
            for act, who in steps[:far]:
                self.attempt(lambda: paying.step(order_id=order.id, act=act, actor=who, day=life.day))  # noqa: B023

    @rule(n=which, act=st.sampled_from(["claim_paid", "remit_claim", "set_off_claim", "reclaim"]))
    def money_comes_back(self, n, act):
        life = self.lives[n]
        drafted = claiming.drafted(life.case)
        if act == "reclaim" and drafted is not None:
            if not self.attempt(lambda: life.decide("reclaim", drafted.amount)):
                Beschikking.objects.filter(application=life.id, state__in=["draft", "reviewed"]).update(state="returned")
            return
        role = Role.FINANCE_OFFICER if act == "claim_paid" else Role.FINANCE_APPROVER
        who = person("financien" if act == "claim_paid" else "budgethouder", role)
        for claim in Claim.objects.filter(application=life.id, state__in=FIXED):
            if act != "reclaim" and can_start_beside(claim, act):
                self.attempt(lambda: claiming.step(claim_id=claim.id, act=act, actor=who, reason="afgesproken", day=life.day))  # noqa: B023

    @rule(n=which)
    def the_recipient_accounts(self, n):
        self.attempt(self.lives[n].account)

    @rule(n=which, act=st.sampled_from(["uphold", "grant_in_objection", "amend_in_objection", "amend_settlement_in_objection", "revive_grant", "revive_settlement"]))
    def an_objection_from_beginning_to_end(self, n, act):
        life = self.lives[n]
        if not Beschikking.objects.filter(application=life.id, state="sent").exists():
            return
        found = Objector(life)
        if not self.attempt(found.register):
            return
        self.attempt(found.waive)
        amount = None if act == "uphold" else life.plan.amount
        if not self.attempt(lambda: found.decide("unfounded" if act == "uphold" else "well_founded", act, amount)):
            Beschikking.objects.filter(application=life.id, state__in=["draft", "reviewed"]).update(state="returned")
            self.attempt(lambda: found.step(objection_deciding.hold_hearing, actor=found.secretary, report="x"))

    @rule(n=which, outcome=st.sampled_from(["ok", "lower"]))
    def a_sample_is_drawn_and_checked(self, n, outcome):
        life = self.lives[n]
        case = life.case
        if case.status != "vastgesteld" or case.settled_on is None or case.settled_on >= life.today:
            return
        self.attempt(lambda: sampling.make_draw(
            draw_id=sampling.prepare_draw(
                scheme_code=case.scheme_id, arrangement=case.arrangement, period_start=case.settled_on, period_end=case.settled_on, actor=life.handler, day=life.today
            ).id, actor=life.reviewer, day=life.today,
        ))
        for check in SampleCheck.objects.filter(application=life.id, state="drawn"):
            answers = {place: ("yes", "") for place in range(len(check.points))}
            self.attempt(lambda: sampling.conclude(check_id=check.id, answers=answers, outcome=outcome, note="gezien", actor=life.reviewer, day=life.today))  # noqa: B023

    @rule(n=which)
    def somebody_closes_the_case(self, n):
        life = self.lives[n]
        life.later(60)
        self.attempt(life.close)

    @rule(n=which)
    def the_reviewer_tries_to_sign(self, n):
        """A role more does not make one person two."""
        life = self.lives[n]
        acts = LATER.get(life.case.status)
        if acts is None or life.case.status == "assessed":
            return
        RoleAssignment.objects.get_or_create(user=life.reviewer.user, role=Role.MANDATE_HOLDER, scheme_code="", defaults={"valid_from": SINCE})
        MandateRule.objects.get_or_create(
            decision_kind="*", role=Role.MANDATE_HOLDER, holder=life.reviewer.user, scheme_code="", amount_below=None, defaults={"basis": "proef", "valid_from": SINCE}
        )
        signer, life.signer = life.signer, person("toetser", Role.MANDATE_HOLDER)
        if not self.attempt(lambda: life.decide("amend" if life.case.status == "verleend" else acts[0], life.plan.amount, **ADVERSE)):
            Beschikking.objects.filter(application=life.id, state__in=["draft", "reviewed"]).update(state="returned")
        life.signer = signer

    @invariant()
    def no_money_is_unaccounted_for(self):
        for life in getattr(self, "lives", ()):
            found = money_refusals(life.case)
            assert not found, found
        for ceiling in Ceiling.objects.all():
            assert ceiling.held + ceiling.committed <= ceiling.amount + ceiling.excess

    @invariant()
    def no_clock_runs_after_the_end(self):
        for life in getattr(self, "lives", ()):
            found = clock_refusals(life.case)
            assert not found, found

    @invariant()
    def no_decision_without_mandate(self):
        for life in getattr(self, "lives", ()):
            found = mandate_refusals(life.case)
            assert not found, found

    def teardown(self):
        found = [str(finding) for finding in audit.verify()]
        assert not found, found
