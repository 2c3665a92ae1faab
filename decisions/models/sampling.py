"""The sample (steekproef): a draw over the settled or granted cases of a period, and the check of each drawn case."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from decisions import sampling_guards as sg
from decisions.models.deciding import Beschikking
from grants.applications.beside import SideRecord
from grants.applications.lifecycle.acts import described as act
from grants.applications.models import Application
from grants.kernel.roles import CASE_READERS
from grants.kernel.roles import Role as R
from grants.schemes.models import Scheme

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL


class SampleDrawQuerySet(models.QuerySet["SampleDraw"]):
    def visible_to(self, user: User) -> SampleDrawQuerySet:
        """Draws of schemes whose cases the person may read."""
        codes = user.scheme_codes_for(CASE_READERS)
        return self.all() if codes is None else self.filter(scheme__in=codes)


class SampleDraw(models.Model):
    """One draw: who listed the cases, who drew, with which seed. The list is fixed before the seed exists.

    The period is about the day of the settlement, both days included. `list_hash` proves the list; seed and list together
    prove the outcome (`grants.law.sampling`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+", verbose_name=_("regeling"))
    arrangement = models.CharField(_("arrangement"), max_length=4)
    period_start = models.DateField(_("vastgesteld vanaf"))
    period_end = models.DateField(_("vastgesteld tot en met"))
    percentage = models.DecimalField(_("percentage"), max_digits=5, decimal_places=2)
    list_hash = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    prepared_on = models.DateField()
    seed = models.CharField(max_length=64, blank=True)
    drawn_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    drawn_on = models.DateField(null=True, blank=True)

    objects = SampleDrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("steekproef")
        verbose_name_plural = _("steekproeven")
        ordering = ["-prepared_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="sample_period_in_order"),
            models.CheckConstraint(condition=Q(percentage__gt=0, percentage__lte=100), name="sample_percentage_in_bounds"),
            models.CheckConstraint(
                condition=Q(seed="", drawn_by__isnull=True, drawn_on__isnull=True) | ~Q(seed="") & Q(drawn_by__isnull=False, drawn_on__isnull=False),
                name="sample_drawn_with_a_seed",
            ),
            models.CheckConstraint(condition=Q(drawn_by__isnull=True) | ~Q(drawn_by=F("prepared_by")), name="sample_four_eyes"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.arrangement}, {self.period_start} - {self.period_end}"

    def get_absolute_url(self) -> str:
        return reverse("decisions:sample-draw", args=[self.pk])

    @property
    def is_drawn(self) -> bool:
        return bool(self.seed)


class SampleEntry(models.Model):
    """One case on the list of a draw. A case stands on one list only: it has one chance, and cannot be drawn until it is hit."""

    draw = models.ForeignKey(SampleDraw, on_delete=models.PROTECT, related_name="entries")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="sample_entry")
    key = models.CharField(max_length=64, blank=True)
    place = models.PositiveIntegerField(null=True, blank=True)
    is_drawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("zaak op de lijst")
        verbose_name_plural = _("zaken op de lijst")
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "place"], name="sample_place_once"),
            models.CheckConstraint(condition=Q(key="", place__isnull=True, is_drawn=False) | ~Q(key="") & Q(place__isnull=False), name="sample_place_has_its_key"),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.application_id}"


class SampleState(models.TextChoices):
    DRAWN = "drawn", _("getrokken")
    ASKED = "asked", _("bewijs gevraagd")
    CHECKED = "checked", _("gecontroleerd")
    FOLLOW_UP = "follow_up", _("wacht op een besluit")


OPEN = (SampleState.DRAWN, SampleState.ASKED, SampleState.FOLLOW_UP)
"""A drawn case does not close before it is checked, and before what follows from it is decided."""


class SampleCheck(SideRecord):
    """The check of one drawn case: the points with their answers, and the outcome. `last_day` is the recipient's term for proof."""

    words = "de steekproefcontrole"

    class Outcome(models.TextChoices):
        OK = "ok", _("in orde")
        REMARK = "remark", _("in orde, met een opmerking")
        LOWER = "lower", _("subsidie moet lager")
        WITHDRAW = "withdraw", _("subsidie moet worden ingetrokken")

    state = FSMField(max_length=12, choices=SampleState, default="", protected=True)
    entry = models.OneToOneField(SampleEntry, on_delete=models.PROTECT, related_name="check_record")
    points = models.JSONField(default=list)
    asked_on = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    received_on = models.DateField(_("bewijs ontvangen op"), null=True, blank=True)
    outcome = models.CharField(_("uitkomst"), max_length=10, choices=Outcome, blank=True)
    note = models.TextField(_("toelichting"), blank=True)
    checked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(Beschikking, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("steekproefcontrole")
        verbose_name_plural = _("steekproefcontroles")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SampleState.values), name="sample_check_known_state"),
            models.CheckConstraint(condition=Q(outcome__in=["", "ok", "remark", "lower", "withdraw"]), name="sample_known_outcome"),
            models.CheckConstraint(
                condition=Q(state__in=["drawn", "asked"], outcome="")
                | Q(state__in=["checked", "follow_up"], checked_by__isnull=False, checked_on__isnull=False) & ~Q(outcome=""),
                name="sample_checked_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(asked_on__isnull=False, last_day__isnull=False, last_day__gt=F("asked_on")), name="sample_asked_has_a_term"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("decisions:sample-check", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @transition(state, "", SampleState.DRAWN, **act("S01", "In de steekproef vallen", R.REVIEWER))
    def fall_in_sample(self) -> None: ...

    @transition(state, SampleState.DRAWN, SampleState.ASKED, **act("S02", "Bewijs vragen voor de steekproef", R.CASE_HANDLER, R.REVIEWER,
        article="4:37 Awb", letter="L32", guards=(sg.case_is_open, sg.checker_is_another)))
    def ask_evidence(self) -> None: ...

    @transition(state, SampleState.ASKED, None, **act("S03", "Bewijs voor de steekproef ontvangen", R.CASE_HANDLER, R.REVIEWER, R.INTAKE_OFFICER,
        article="4:37 Awb", guards=(sg.evidence_has_a_day,)))
    def evidence_received(self) -> None: ...

    @transition(state, (SampleState.DRAWN, SampleState.ASKED), SampleState.CHECKED, **act("S04", "Steekproef afronden", R.CASE_HANDLER, R.REVIEWER,
        guards=(sg.checker_is_another, sg.every_point_answered, sg.outcome_is_told, sg.evidence_or_term_over)))
    def conclude_check(self) -> None: ...

    @transition(state, (SampleState.DRAWN, SampleState.ASKED), SampleState.FOLLOW_UP, **act("S05", "Steekproef vraagt een besluit", R.CASE_HANDLER,
        R.REVIEWER, article="4:49 Awb", guards=(sg.case_is_open, sg.checker_is_another, sg.every_point_answered, sg.outcome_is_told, sg.evidence_or_term_over)))
    def need_decision(self) -> None:
        """The outcome is that the subsidy must be lower or taken back: the case stays open until that is decided."""

    @transition(state, SampleState.FOLLOW_UP, SampleState.CHECKED, **act("S06", "Besluit na de steekproef verzonden", R.SYSTEM, article="4:49 Awb"))
    def decision_followed(self) -> None: ...

    @transition(state, SampleState.FOLLOW_UP, SampleState.CHECKED, **act("S07", "Toch geen besluit na de steekproef", R.MANDATE_HOLDER,
        article="4:49 Awb", guards=(sg.reason_given,)))
    def drop_follow_up(self) -> None:
        """Whoever could have decided sees no reason to: the law lets it (Awb 4:49(1): "kan")."""
