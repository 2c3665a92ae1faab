"""A payment order: what must be paid on a decision, from planned to credited (domain reference 2.5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from decisions import money_guards as mg
from decisions.models.deciding import Beschikking
from grants.applications.beside import SideRecord
from grants.applications.lifecycle.acts import described as act
from grants.kernel.money import money_field
from grants.kernel.roles import Role as R

USER = settings.AUTH_USER_MODEL


class PaymentState(models.TextChoices):
    PLANNED = "planned", _("gepland")
    CHECKED = "checked", _("gecontroleerd")
    APPROVED = "approved", _("goedgekeurd")
    EXPORTED = "exported", _("naar de bank")
    EXECUTED = "executed", _("uitgevoerd")
    CREDITED = "credited", _("bijgeschreven")
    RETURNED = "returned", _("teruggekomen")
    STOPPED = "stopped", _("gestopt")


S = PaymentState
NOT_SENT = (S.PLANNED, S.CHECKED, S.APPROVED, S.RETURNED)
"""Nothing is with the bank: the order can still be stopped."""
MONEY_OUT = (S.EXPORTED, S.EXECUTED, S.CREDITED)


class PaymentOrder(SideRecord):
    """Euros to pay on one decision (Awb 4:42, 4:86, 4:95): no payment without one. `number` counts the parts of an advance.

    "Paid" is the day on which the recipient's account is credited (4:89(3)). Checked and approved by different people.
    """

    words = str(_("de betaling"))

    class Kind(models.TextChoices):
        ADVANCE = "advance", _("voorschot")
        SETTLEMENT = "settlement", _("vaststelling")
        PENALTY = "penalty", _("dwangsom")
        COSTS = "costs", _("kosten van bezwaar")

    state = FSMField(max_length=12, choices=PaymentState, default="", protected=True)
    kind = models.CharField(max_length=12, choices=Kind)
    decision = models.ForeignKey(Beschikking, on_delete=models.PROTECT, related_name="payments")
    number = models.PositiveSmallIntegerField(default=1)
    amount = money_field()
    due_on = models.DateField(_("uiterlijk"))
    iban = models.CharField(_("rekening"), max_length=34, blank=True)
    checked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    approved_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    credited_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("reden"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("betaling")
        verbose_name_plural = _("betalingen")
        indexes = [models.Index(fields=["state", "due_on", "id"], name="payment_by_state_and_day")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PaymentState.values), name="payment_known_state"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_above_zero"),
            models.UniqueConstraint(fields=["decision", "kind", "number"], name="payment_planned_once"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(checked_by__isnull=False) & ~Q(approved_by=F("checked_by")), name="payment_four_eyes"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "exported", "executed", "credited"]) | Q(approved_by__isnull=False) & ~Q(iban=""),
                name="payment_approved_before_it_goes",
            ),
            models.CheckConstraint(condition=~Q(state="credited") | Q(credited_on__isnull=False), name="payment_credited_has_its_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"

    @transition(state, "", S.PLANNED, **act("P01", "Betaling plannen", R.SYSTEM, article="4:87, 4:95 Awb"))
    def plan_payment(self) -> None: ...

    @transition(state, S.PLANNED, S.CHECKED, **act("P02", "Betaling controleren", R.FINANCE_OFFICER, article="4:89 Awb",
        guards=(mg.iban_is_right, mg.name_fits, mg.payment_not_stopped)))
    def check_payment(self) -> None: ...

    @transition(state, S.CHECKED, S.APPROVED, **act("P03", "Betaling goedkeuren", R.FINANCE_APPROVER,
        guards=(mg.approver_is_another, mg.iban_is_right, mg.iban_unchanged, mg.payment_not_stopped)))
    def approve_payment(self) -> None: ...

    @transition(state, S.APPROVED, S.EXPORTED, **act("P04", "Betaling naar de bank sturen", R.FINANCE_OFFICER, article="4:89 Awb",
        guards=(mg.payment_not_stopped, mg.not_in_a_waiting_file)))
    def export_payment(self) -> None: ...

    @transition(state, S.EXPORTED, S.EXECUTED, **act("P05", "Betaling uitgevoerd", R.FINANCE_OFFICER))
    def execute_payment(self) -> None: ...

    @transition(state, S.EXECUTED, S.CREDITED, **act("P06", "Betaling bijgeschreven", R.SYSTEM, R.FINANCE_OFFICER, article="4:89 Awb"))
    def credit_payment(self) -> None: ...

    @transition(state, MONEY_OUT, S.RETURNED, **act("P07", "Betaling teruggekomen", R.FINANCE_OFFICER,
        guards=(mg.reason_given,)))
    def return_payment(self) -> None: ...

    @transition(state, NOT_SENT, S.STOPPED, **act("P08", "Betaling stoppen", R.SYSTEM, R.FINANCE_OFFICER, R.FINANCE_APPROVER,
        guards=(mg.reason_given,)))
    def stop_payment(self) -> None: ...

    @transition(state, S.RETURNED, S.PLANNED, **act("P09", "Betaling opnieuw plannen", R.FINANCE_OFFICER, guards=(mg.reason_given,)))
    def replan_payment(self) -> None: ...

    @transition(state, S.PLANNED, S.PLANNED, **act("P10", "Andere naam bij de rekening bevestigen", R.FINANCE_OFFICER,
        guards=(mg.reason_given, mg.name_differs)))
    def confirm_name(self) -> None: ...

    @transition(state, (S.CHECKED, S.APPROVED), S.PLANNED, **act("T96", "Betaling opnieuw laten controleren", R.SYSTEM))
    def recheck_payment(self) -> None:
        """The account or the recipient changed: what was checked no longer holds."""

    @transition(state, MONEY_OUT, None, **act("P12", "Betaalspecificatie sturen", R.FINANCE_OFFICER, letter="L31"))
    def send_specification(self) -> None:
        """When somebody asks what a payment was for: which decision, how much, when, on which account."""

    @transition(state, S.APPROVED, S.EXPORTED, **act("P11", "Betaling vrijgeven in een betaalbestand", R.FINANCE_APPROVER, article="4:89 Awb", hidden=True,
        guards=(mg.payment_not_stopped,)))
    def release_payment(self) -> None: ...
