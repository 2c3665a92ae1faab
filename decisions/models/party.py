"""What befell an applicant, reported once, and how each of its cases goes on."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from applicants.models import Applicant, Correspondent
from decisions import party_guards as pg
from decisions.models.evidence import Evidence
from grants.applications.beside import SideRecord
from grants.applications.lifecycle.acts import described as act
from grants.applications.models import Application
from grants.kernel.checked import constraint
from grants.kernel.roles import Role as R

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL


class PartyReportQuerySet(models.QuerySet["PartyReport"]):
    def visible_to(self, user: User) -> PartyReportQuerySet:
        """Reports about applicants of whom the official may see a case. An applicant sees none: its source may be confidential."""
        if not user.reads_cases:
            return self.none()
        return self.filter(applicant__in=Application.objects.visible_to_official(user).values("applicant_id"))

    def in_force(self) -> PartyReportQuerySet:
        return self.filter(ended_on__isnull=True)


class PartyReport(Evidence):
    """One event in the life of an applicant: what, when, from which source. Seen on all its running cases."""

    class Kind(models.TextChoices):
        DEATH = "death", _("overlijden")
        DEATH_OF_CONTACT = "death_of_contact", _("overlijden van de contactpersoon")
        INSOLVENCY_REQUESTED = "insolvency_requested", _("faillissement of surseance aangevraagd")
        BANKRUPTCY = "bankruptcy", _("faillissement")
        SUSPENSION_OF_PAYMENT = "suspension_of_payment", _("surseance van betaling")
        DEBT_RESTRUCTURING = "debt_restructuring", _("schuldsanering")
        DISSOLUTION = "dissolution", _("ontbinding")
        MERGER = "merger", _("fusie of herindeling")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("wat is er gebeurd"), max_length=30, choices=Kind)
    happened_on = models.DateField(_("op welke dag"))
    known_on = models.DateField(_("bij ons bekend op"))
    source = models.CharField(_("bron"), max_length=200)
    registered_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(auto_now_add=True)
    correspondent = models.ForeignKey(Correspondent, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = PartyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("gebeurtenis bij een aanvrager")
        verbose_name_plural = _("gebeurtenissen bij aanvragers")
        ordering = ["-happened_on", "-registered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["death", "death_of_contact", "insolvency_requested", "bankruptcy", "suspension_of_payment",
                                      "debt_restructuring", "dissolution", "merger"]),
                name="party_report_known_kind",
            ),
            models.CheckConstraint(condition=Q(known_on__gte=F("happened_on")), name="party_report_known_after_it_happened"),
            models.CheckConstraint(condition=~Q(source=""), name="party_report_has_a_source"),
            constraint("party_report_checked"),
            models.UniqueConstraint(fields=["applicant", "kind"], condition=Q(ended_on__isnull=True), name="party_report_once_in_force"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_by__isnull=False) & ~Q(end_reason=""), name="party_report_end_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.happened_on})"


class EffectState(models.TextChoices):
    NOTICED = "noticed", _("wacht op een antwoord")
    ANSWERED = "answered", _("beantwoord")
    ENDED = "ended", _("geldt niet meer")


class PartyEffect(SideRecord):
    """What a reported event means for one case. Nothing is paid on the case until a person said how it goes on."""

    words = str(_("de gebeurtenis"))

    class Answer(models.TextChoices):
        CONTINUE = "continue", _("De zaak gaat door zoals zij is")
        TRANSFER = "transfer", _("De zaak gaat over naar een opvolger")
        DECIDE = "decide", _("Er komt een besluit: weigeren, intrekken, wijzigen of lager vaststellen")

    state = FSMField(max_length=12, choices=EffectState, default="", protected=True)
    report = models.ForeignKey(PartyReport, on_delete=models.PROTECT, related_name="effects")
    stage = models.CharField(max_length=10, choices=[("before", _("voor het besluit")), ("running", _("verleend")), ("settled", _("vastgesteld"))])
    answer = models.CharField(_("hoe gaat de zaak verder"), max_length=12, choices=Answer, blank=True)
    motivation = models.TextField(_("waarom"), blank=True)
    answered_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("gevolg van een gebeurtenis")
        verbose_name_plural = _("gevolgen van gebeurtenissen")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["noticed", "answered", "ended"]), name="party_effect_known_state"),
            models.CheckConstraint(condition=Q(stage__in=["before", "running", "settled"]), name="party_effect_known_stage"),
            models.UniqueConstraint(fields=["report", "application"], name="party_effect_once_per_case"),
            models.CheckConstraint(
                condition=~Q(state="answered")
                | Q(answer__in=["continue", "transfer", "decide"], answered_by__isnull=False, answered_on__isnull=False) & ~Q(motivation=""),
                name="party_effect_answered_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_state_display()}"

    @transition(state, "", EffectState.NOTICED, **act("T90", "Gebeurtenis bij de aanvrager vastleggen", R.INTAKE_OFFICER, R.CASE_HANDLER, R.SYSTEM,
        article="3:2 Awb"))
    def notice_party_event(self) -> None:
        """The system: on a case of a scheme in which who reported it has no role."""

    @transition(state, (EffectState.NOTICED, EffectState.ANSWERED), EffectState.ANSWERED, **act("T91", "Vastleggen hoe de zaak verdergaat", R.CASE_HANDLER,
        article="3:2, 3:4 Awb", guards=(pg.reason_given,)))
    def answer_party_event(self) -> None:
        """Thinking again is possible: the last answer counts."""

    @transition(state, (EffectState.NOTICED, EffectState.ANSWERED), EffectState.ENDED, **act("T91b", "Gebeurtenis bij de aanvrager beëindigen",
        R.CASE_HANDLER, R.INTAKE_OFFICER, R.SYSTEM, guards=(pg.reason_given,)))
    def end_party_event(self) -> None:
        """It is over, or the report was wrong."""
