"""A claim: money that was paid too much and must come back (Awb 4:57, 4:95(4); domain reference 2.5)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from decisions import money_guards as mg
from decisions.models.deciding import Beschikking
from grants.applications.beside import SideRecord
from grants.applications.lifecycle.acts import described as act
from grants.kernel.money import ZERO, money_field
from grants.kernel.roles import Role as R


class ClaimState(models.TextChoices):
    DRAFTED = "drafted", _("in voorbereiding")
    DETERMINED = "determined", _("vastgesteld bij besluit")
    DUE = "due", _("te laat betaald")
    PAID = "paid", _("betaald")
    DEFERRED = "deferred", _("uitgesteld")
    REMINDED = "reminded", _("aangemaand")
    ENFORCED = "enforced", _("dwangbevel")
    REMITTED = "remitted", _("kwijtgescholden")
    SET_OFF = "set_off", _("verrekend")
    WRITTEN_OFF = "written_off", _("afgeboekt")


C = ClaimState
FIXED = (C.DETERMINED, C.DUE, C.DEFERRED, C.REMINDED, C.ENFORCED)
"""Fixed by a decision and not yet settled."""
OPEN = (C.DRAFTED, *FIXED)


class Claim(SideRecord):
    """Euros that must come back because `cause` left less than was paid. `since` is the day from which five years run (4:57(4)).

    `received` is what came back so far. `decision` is the decision that fixes it (T57, letter L29); until then nobody owes anything (4:86).
    """

    words = str(_("de terugvordering"))

    state = FSMField(max_length=12, choices=ClaimState, default="", protected=True)
    cause = models.ForeignKey(Beschikking, on_delete=models.PROTECT, related_name="caused_claims")
    decision = models.OneToOneField(Beschikking, on_delete=models.PROTECT, related_name="claim", null=True, blank=True)
    amount = money_field()
    received = money_field(default=ZERO)
    since = models.DateField()
    due_on = models.DateField(_("betalen voor"), null=True, blank=True)
    lapses_on = models.DateField(_("verjaart na"), null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("reden"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("terugvordering")
        verbose_name_plural = _("terugvorderingen")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_known_state"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="claim_above_zero"),
            models.UniqueConstraint(fields=["cause"], name="claim_once_per_cause"),
            models.UniqueConstraint(fields=["application"], condition=Q(state="drafted"), name="one_drafted_claim_per_case"),
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "written_off"]) | Q(decision__isnull=False, due_on__isnull=False, lapses_on__isnull=False),
                name="claim_fixed_by_a_decision",
            ),
            models.CheckConstraint(condition=~Q(state="paid") | Q(paid_on__isnull=False), name="claim_paid_has_its_day"),
            models.CheckConstraint(condition=Q(received__gte=0, received__lte=F("amount")), name="claim_received_at_most_its_amount"),
            models.CheckConstraint(condition=~Q(state="paid") | Q(received=F("amount")), name="claim_paid_is_received_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"

    @transition(state, "", C.DRAFTED, **act("C01", "Terugvordering voorbereiden", R.SYSTEM, article="4:57 Awb"))
    def draft_claim(self) -> None: ...

    @transition(state, C.DRAFTED, C.DETERMINED, **act("C02", "Terugvordering vaststellen", R.SYSTEM, article="4:57, 4:86 Awb", letter="L29"))
    def determine_claim(self) -> None: ...

    @transition(state, C.DETERMINED, C.DUE, **act("C03", "Betaaltermijn terugvordering voorbij", R.SYSTEM, R.FINANCE_OFFICER,
        article="4:87, 4:97 Awb", guards=(mg.claim_term_is_over,)))
    def claim_falls_due(self) -> None: ...

    @transition(state, FIXED, C.PAID, **act("C04", "Terugvordering betaald", R.FINANCE_OFFICER, article="4:89 Awb"))
    def claim_paid(self) -> None: ...

    @transition(state, (C.DETERMINED, C.DUE), C.DEFERRED, **act("C05", "Uitstel van betaling geven", R.FINANCE_APPROVER, article="4:94 Awb",
        guards=(mg.reason_given,)))
    def defer_claim(self) -> None: ...

    @transition(state, C.DEFERRED, C.DUE, **act("C06", "Uitstel beëindigen", R.FINANCE_APPROVER, article="4:94 Awb", guards=(mg.reason_given,)))
    def end_deferral(self) -> None: ...

    @transition(state, C.DUE, C.REMINDED, **act("C07", "Aanmanen", R.FINANCE_OFFICER, article="4:112 Awb", letter="L30"))
    def remind_claim(self) -> None: ...

    @transition(state, C.REMINDED, C.ENFORCED, **act("C08", "Dwangbevel laten uitvaardigen", R.FINANCE_APPROVER, article="4:114, 4:117 Awb",
        guards=(mg.reason_given, mg.claim_not_lapsed)))
    def enforce_claim(self) -> None: ...

    @transition(state, FIXED, C.REMITTED, **act("C09", "Kwijtschelden", R.FINANCE_APPROVER, article="4:94a Awb", guards=(mg.reason_given,)))
    def remit_claim(self) -> None: ...

    @transition(state, FIXED, C.SET_OFF, **act("C10", "Verrekenen", R.FINANCE_APPROVER, article="4:57, 4:93 Awb", guards=(mg.reason_given,)))
    def set_off_claim(self) -> None: ...

    @transition(state, (C.DRAFTED, *FIXED), C.WRITTEN_OFF, **act("C11", "Afboeken", R.SYSTEM, R.FINANCE_APPROVER, guards=(mg.reason_given,)))
    def write_off_claim(self) -> None: ...

    @transition(state, FIXED, None, **act("C12", "Deel van de terugvordering ontvangen", R.FINANCE_OFFICER, article="4:89 Awb", hidden=True))
    def receive_part(self) -> None: ...
