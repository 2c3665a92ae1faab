"""Assessing and deciding: the assessment, the decision, the mandate register, the views."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application
from grants.kernel.models import Event
from grants.kernel.money import money_field
from grants.kernel.roles import Role
from grants.law.zienswijze import NOT_REQUIRED_REASONS
from letters.models import Letter

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL


class MandateRuleQuerySet(models.QuerySet["MandateRule"]):
    def on(self, day: date) -> MandateRuleQuerySet:
        """The rules in force on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class MandateRule(models.Model):
    """Who may decide what, up to which amount, for which scheme and period, on which basis (Awb 10:1 and on)."""

    decision_kind = models.CharField(max_length=40, help_text=_("Naam van de handeling, of * voor alle."))
    amount_below = money_field(null=True, blank=True, help_text=_("Leeg: zonder grens."))
    role = models.CharField(max_length=30, choices=Role)
    holder = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Leeg: ieder met deze rol.")
    )
    scheme_code = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=250)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = MandateRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandaatregel")
        verbose_name_plural = _("mandaatregels")
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="mandate_period_in_order"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="mandate_known_role"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_kind}: {self.get_role_display()}"


class Assessment(models.Model):
    """The assessment form of one application (Awb 3:2, 3:4)."""

    class Advice(models.TextChoices):
        POSITIVE = "positive", _("toekennen")
        PARTLY = "partly", _("gedeeltelijk toekennen")
        NEGATIVE = "negative", _("afwijzen")

    class StateAid(models.TextChoices):
        NO_AID = "no_aid", _("geen staatssteun")
        DE_MINIMIS = "de_minimis", _("de-minimissteun")
        DE_MINIMIS_SGEI = "de_minimis_sgei", _("de-minimissteun (DAEB)")
        BLOCK_EXEMPTED = "block_exempted", _("vrijgesteld")
        NOTIFIED = "notified", _("aangemeld bij de Europese Commissie")
        INCOMPATIBLE = "incompatible", _("verboden staatssteun")

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="assessment")
    handler = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    has_interest = models.BooleanField(_("ik heb een persoonlijk belang bij deze zaak"), null=True)
    findings = models.JSONField(default=dict)
    facts = models.TextField(_("feiten"), blank=True)
    weighing = models.TextField(_("afweging"), blank=True)
    # Replaced by AidTest; kept for one release, so that a running older release finds its column.
    state_aid = models.CharField(_("staatssteun"), max_length=20, choices=StateAid, blank=True)
    advice = models.CharField(_("advies"), max_length=10, choices=Advice, blank=True)
    advised_amount = money_field(null=True, blank=True)
    reviewer = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    offered_on = models.DateField(null=True, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("beoordeling")
        verbose_name_plural = _("beoordelingen")
        constraints = [
            models.CheckConstraint(condition=Q(advised_amount__isnull=True) | Q(advised_amount__gte=0), name="assessment_amount_not_negative"),
            models.CheckConstraint(condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("handler")), name="assessment_reviewer_is_another"),
        ]

    def __str__(self) -> str:
        return f"Beoordeling van {self.application}"

    @property
    def is_whole(self) -> bool:
        """Every part is filled in: findings, facts, weighing, advice and amount. The test of state aid is a record of its own."""
        return bool(self.facts.strip() and self.weighing.strip() and self.advice and self.advised_amount is not None)


class View(models.Model):
    """A zienswijze: asked, received or lapsed; or the lawful reason why it was not asked (Awb 4:7 to 4:12)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="views")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    about = models.CharField(_("voorgenomen besluit"), max_length=40)
    not_required = models.CharField(_("niet nodig wegens"), max_length=20, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    text = models.TextField(_("zienswijze"), blank=True)

    class Meta:
        verbose_name = _("zienswijze")
        verbose_name_plural = _("zienswijzen")
        constraints = [
            models.CheckConstraint(condition=Q(not_required__in=["", *sorted(NOT_REQUIRED_REASONS)]), name="view_lawful_reason"),
            models.CheckConstraint(condition=~Q(not_required="") | Q(asked_on__isnull=False, last_day__isnull=False), name="view_asked_or_not_required"),
            models.CheckConstraint(condition=Q(received_on__isnull=True) | Q(received_on__gte=F("asked_on")), name="view_received_after_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.about} ({self.application_id})"


class BeschikkingQuerySet(models.QuerySet["Beschikking"]):
    def visible_to(self, user: User) -> BeschikkingQuerySet:
        return self.filter(application__in=Application.objects.visible_to_official(user))

    def open(self) -> BeschikkingQuerySet:
        return self.filter(state__in=Beschikking.OPEN)


class Beschikking(models.Model):
    """A decision on one case: drafted, reviewed, signed (no effect yet), sent (effect). It stands in one letter."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in voorbereiding")
        REVIEWED = "reviewed", _("getoetst")
        SIGNED = "signed", _("ondertekend, nog niet verzonden")
        SENT = "sent", _("verzonden")
        RETURNED = "returned", _("teruggegeven")

    OPEN = (State.DRAFT, State.REVIEWED, State.SIGNED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    amount = money_field(null=True, blank=True)
    ground = models.CharField(_("grond"), max_length=60, blank=True)
    ground_text = models.TextField(blank=True)
    motivation = models.TextField(_("motivering"), blank=True)
    proportionality = models.TextField(_("evenredigheid"), blank=True)
    calculation = models.JSONField(default=list)
    deviation_ground = models.CharField(_("grond om af te wijken"), max_length=60, blank=True)
    deviation = models.TextField(_("waarom anders dan de berekening"), blank=True)
    takes_effect_on = models.DateField(_("dag vanaf wanneer het besluit geldt"), null=True, blank=True, help_text=_("Bij artikel 4:50 Awb."))
    breach_on = models.DateField(_("dag waarop een verplichting niet is nagekomen"), null=True, blank=True)
    still_missing = models.JSONField(default=list, blank=True, help_text=_("Bij buiten behandeling stellen: wat van het gevraagde nog ontbreekt."))
    advice = models.JSONField(default=dict, blank=True, help_text=_("Per advies: wordt het gevolgd, en zo niet, waarom."))

    prepared_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    prepared_event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    signed_event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sent_event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    mandate_rule = models.ForeignKey(MandateRule, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    frozen_facts = models.JSONField(default=dict)
    ceiling_snapshot = models.JSONField(default=dict)
    held_amount = money_field(default=0)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="decisions", null=True, blank=True)
    return_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BeschikkingQuerySet.as_manager()

    class Meta:
        verbose_name = _("beschikking")
        verbose_name_plural = _("beschikkingen")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state__in=["draft", "reviewed", "signed"]), name="one_open_decision_per_case"
            ),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="decision_amount_not_negative"),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "sent"])
                | Q(signed_by__isnull=False, signed_on__isnull=False, mandate_rule__isnull=False, letter__isnull=False, signed_event__isnull=False),
                name="decision_signed_with_mandate_and_letter",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_on__isnull=False, sent_event__isnull=False), name="decision_sent_has_its_event"
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("prepared_by")), name="decision_signer_is_not_preparer"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("prepared_by")), name="decision_reviewer_is_not_preparer"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "sent"]) | Q(deviation="", deviation_ground="") | ~Q(deviation="") & ~Q(deviation_ground=""),
                name="decision_deviation_has_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.application.case_number})"

    def get_absolute_url(self) -> str:
        return reverse("decisions:decision", args=[self.pk])

    @property
    def label(self) -> str:
        from grants.applications.lifecycle.door import act_named

        return act_named(self.act).label

    def holds_on(self, day: date) -> bool:
        return self.state == self.State.SENT and self.sent_on is not None and self.sent_on <= day
