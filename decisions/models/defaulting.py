"""A notice that we are late (ingebrekestelling), and the penalty that may follow (Awb 4:17 and 4:18)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from decisions.models.deciding import Beschikking
from grants.applications.models import Application
from grants.kernel.models import Event
from grants.kernel.money import money_field
from grants.law.penalty import PenaltyTimeline, penalty_amount, penalty_days

if TYPE_CHECKING:
    from grants.kernel.models import User


class DefaultNoticeQuerySet(models.QuerySet["DefaultNotice"]):
    def visible_to(self, user: User) -> DefaultNoticeQuerySet:
        return self.filter(application__in=Application.objects.visible_to_official(user))


class DefaultNotice(models.Model):
    """One notice of default. A premature one starts nothing; a valid one has the days of its penalty.

    `stopped_on` is the day on which the late decision was made known: it is no day of default.
    """

    class State(models.TextChoices):
        PREMATURE = "premature", _("te vroeg of zonder gevolg")
        VALID = "valid", _("geldig")
        DECIDED = "decided", _("dwangsom vastgesteld")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="default_notices")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    term = models.CharField(_("termijn"), max_length=40)
    received_on = models.DateField()
    problem = models.TextField(blank=True)
    two_weeks_end = models.DateField(null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    decide_by = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    decision = models.OneToOneField(Beschikking, on_delete=models.PROTECT, null=True, blank=True, related_name="default_notice")
    amount = money_field(null=True, blank=True)

    objects = DefaultNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("ingebrekestelling")
        verbose_name_plural = _("ingebrekestellingen")
        ordering = ["received_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["premature", "valid", "decided"]), name="default_notice_known_state"),
            models.CheckConstraint(
                condition=Q(state="premature", first_day__isnull=True)
                | ~Q(state="premature") & Q(first_day__gt=F("received_on"), last_day__gte=F("first_day"), decide_by__gt=F("first_day"), two_weeks_end__isnull=False),
                name="default_notice_premature_starts_nothing",
            ),
            models.CheckConstraint(condition=Q(state="premature") | Q(problem=""), name="default_notice_valid_has_no_problem"),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decision__isnull=False, amount__gte=0), name="default_notice_decided_by_a_decision"
            ),
            models.UniqueConstraint(fields=["application", "term"], condition=Q(state="valid"), name="one_running_default_notice_per_term"),
        ]

    def __str__(self) -> str:
        return f"{self.received_on}: {self.get_state_display()}"

    @property
    def timeline(self) -> PenaltyTimeline | None:
        """The days of the penalty; None for a premature notice."""
        if self.two_weeks_end is None or self.first_day is None or self.last_day is None or self.decide_by is None:
            return None
        return PenaltyTimeline(self.two_weeks_end, self.first_day, self.last_day, self.decide_by)

    def days_on(self, day: date) -> int:
        """Days of penalty due up to and including `day`: 0 to 42."""
        timeline = self.timeline
        return penalty_days(timeline, today=day, made_known_on=self.stopped_on) if timeline else 0

    def amount_on(self, day: date) -> Decimal:
        """Euros due up to and including `day` (Awb 4:17(2))."""
        return penalty_amount(self.days_on(day), notice_received_on=self.received_on)

    def ended_on(self) -> date | None:
        """The last day that can count: the 42nd, or the day on which the late decision was made known."""
        if self.last_day is None:
            return None
        return self.last_day if self.stopped_on is None else min(self.last_day, self.stopped_on)
