"""Post that came back or reached somebody else, and what follows: sending again, and a note of a data breach."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from decisions import party_guards as pg
from grants.applications.beside import SideRecord
from grants.applications.lifecycle.acts import described as act
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.roles import Role as R
from letters.models import Dispatch

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL


class ReturnState(models.TextChoices):
    OPEN = "open", _("wacht op de behandelaar")
    HANDLED = "handled", _("afgehandeld")


class PostReturn(SideRecord):
    """One sending that came back, or that came to the wrong person. The letter itself stays as it was sent."""

    words = str(_("de teruggekomen brief"))

    class Kind(models.TextChoices):
        RETURNED = "returned", _("teruggekomen, niet bezorgd")
        WRONG_CLOSED = "wrong_closed", _("bij een ander, ongeopend")
        WRONG_OPENED = "wrong_opened", _("bij een ander, geopend")

    class Outcome(models.TextChoices):
        RESENT = "resent", _("opnieuw verzonden")
        NONE = "none", _("niet opnieuw verzonden")

    state = FSMField(max_length=10, choices=ReturnState, default="", protected=True)
    dispatch = models.OneToOneField(Dispatch, on_delete=models.PROTECT, related_name="came_back")
    kind = models.CharField(_("wat is er gebeurd"), max_length=20, choices=Kind)
    found_on = models.DateField(_("op welke dag bleek dit"))
    note = models.TextField(_("toelichting"), blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    handled_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    handled_on = models.DateField(null=True, blank=True)
    handled_note = models.TextField(blank=True)
    sent_to = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("teruggekomen brief")
        verbose_name_plural = _("teruggekomen brieven")
        ordering = ["-found_on", "id"]
        indexes = [models.Index(fields=["state", "found_on"], name="post_return_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "handled"]), name="post_return_known_state"),
            models.CheckConstraint(condition=Q(kind__in=["returned", "wrong_closed", "wrong_opened"]), name="post_return_known_kind"),
            models.CheckConstraint(
                condition=~Q(state="handled") | Q(outcome__in=["resent", "none"], handled_by__isnull=False, handled_on__isnull=False),
                name="post_return_handled_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.found_on})"

    @transition(state, "", ReturnState.OPEN, **act("T98", "Teruggekomen post vastleggen", R.INTAKE_OFFICER, R.CASE_HANDLER, article="3:41 Awb",
        guards=(pg.day_is_possible,)))
    def note_returned_post(self) -> None: ...

    @transition(state, ReturnState.OPEN, ReturnState.HANDLED, **act("T98b", "Teruggekomen post afhandelen", R.INTAKE_OFFICER, R.CASE_HANDLER,
        article="3:41 Awb", guards=(pg.reason_given,)))
    def handle_returned_post(self) -> None: ...


class DataBreachQuerySet(models.QuerySet["DataBreach"]):
    def visible_to(self, user: User) -> DataBreachQuerySet:
        return self.filter(application__in=Application.objects.visible_to_official(user)) if user.reads_cases else self.none()


HOURS_TO_REPORT = 72
"""To the supervisor, counted from the moment we knew (AVG 33(1)): also at night and in the weekend."""


class DataBreach(models.Model):
    """Personal data came to somebody who should not have them. Reported, or not with a reason (AVG 33(1), (5))."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="breaches")
    post_return = models.OneToOneField(PostReturn, on_delete=models.PROTECT, related_name="breach", null=True, blank=True)
    known_at = models.DateTimeField(_("bekend sinds"))
    what = models.TextField(_("welke gegevens, bij wie"))
    noted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    informed = models.TextField(_("wie zijn op de hoogte gebracht"), blank=True)
    reported_at = models.DateTimeField(_("gemeld bij de toezichthouder"), null=True, blank=True)
    not_reported_reason = models.TextField(_("waarom niet gemeld"), blank=True)
    closed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = DataBreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("datalek")
        verbose_name_plural = _("datalekken")
        ordering = ["-known_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="breach_says_what"),
            models.CheckConstraint(condition=Q(reported_at__isnull=True) | Q(reported_at__gte=F("known_at")), name="breach_reported_after_it_was_known"),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(reported_at__isnull=False) | ~Q(not_reported_reason=""), name="breach_reported_or_told_why_not"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.known_at:%Y-%m-%d %H:%M}"

    @property
    def report_by(self) -> datetime:
        return self.known_at + timedelta(hours=HOURS_TO_REPORT)

    @property
    def hours_left(self) -> int:
        """Whole hours until it must be reported; negative when that is past."""
        return int((self.report_by - clock.now()).total_seconds() // 3600)

    @property
    def is_open(self) -> bool:
        return self.closed_by_id is None
