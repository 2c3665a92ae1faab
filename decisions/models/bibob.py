"""The Bibob compartment: a file beside the case that only named people read (Wet Bibob 28: secrecy, also inside the province)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from decisions import bibob_guards as bg
from decisions.models.evidence import Evidence
from grants.applications.beside import SideRecord, SideRecordQuerySet
from grants.applications.lifecycle.acts import described as act
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.checked import constraint
from grants.kernel.money import money_field
from grants.kernel.roles import Role as R

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL


class PeriodQuerySet(models.QuerySet["BibobMember"]):
    def on(self, day: date) -> PeriodQuerySet:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class BibobMember(models.Model):
    """Somebody who is in the compartment, by name and for a period. A role alone lets nobody in."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("wie"))
    appointed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("van"))
    valid_to = models.DateField(_("tot en met"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("lid van de Bibob-kring")
        verbose_name_plural = _("leden van de Bibob-kring")
        ordering = ["valid_from", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="bibob_member_period_in_order"),
            models.CheckConstraint(condition=~Q(user=F("appointed_by")), name="bibob_member_appointed_by_another"),
            models.UniqueConstraint(fields=["user"], condition=Q(valid_to__isnull=True), name="bibob_member_once"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class BibobLine(models.Model):
    """A rule of the published policy line: from which amount, for which scheme, a check belongs to the assessment."""

    scheme_code = models.CharField(_("regeling"), max_length=40, blank=True, help_text=_("Leeg: voor elke regeling."))
    from_amount = money_field(verbose_name=_("vanaf dit gevraagde bedrag"))
    basis = models.CharField(_("grondslag"), max_length=250)
    valid_from = models.DateField(_("van"))
    valid_to = models.DateField(_("tot en met"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("regel van de Bibob-beleidslijn")
        verbose_name_plural = _("regels van de Bibob-beleidslijn")
        ordering = ["scheme_code", "from_amount", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(from_amount__gte=0), name="bibob_line_not_negative"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="bibob_line_period_in_order"),
        ]

    def __str__(self) -> str:
        return self.basis


class BibobState(models.TextChoices):
    RUNNING = "running", _("loopt")
    AT_BUREAU = "at_bureau", _("loopt")
    FINISHED = "finished", _("afgerond")


class BibobFileQuerySet(SideRecordQuerySet):
    def visible_to(self, user: User) -> BibobFileQuerySet:
        """Only to who is in the compartment today, and only of cases that this person may see."""
        if not BibobMember.objects.on(clock.today()).filter(user=user).exists():
            return self.none()
        return self.filter(application__in=Application.objects.visible_to_official(user))


B = BibobState


class BibobFile(SideRecord):
    """One check on one case. Outside the compartment only its state and its outcome show."""

    words = str(_("de Bibob-toets"))

    class Result(models.TextChoices):
        NONE = "none", _("geen gevaar")
        LESSER = "lesser", _("mindere mate van gevaar")
        SERIOUS = "serious", _("ernstig gevaar")

    class Consequence(models.TextChoices):
        GO_ON = "go_on", _("geen gevolg")
        CONDITIONS = "conditions", _("extra voorschriften")
        REFUSE = "refuse", _("grond om te weigeren of in te trekken")

    state = FSMField(max_length=10, choices=BibobState, default="", protected=True)
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    result = models.CharField(_("uitkomst"), max_length=10, choices=Result, blank=True)
    consequence = models.CharField(_("gevolg"), max_length=12, choices=Consequence, blank=True)
    finished_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)

    objects = BibobFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("Bibob-toets")
        verbose_name_plural = _("Bibob-toetsen")
        ordering = ["-opened_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["running", "at_bureau", "finished"]), name="bibob_known_state"),
            models.UniqueConstraint(fields=["application"], condition=~Q(state="finished"), name="one_running_bibob_file_per_case"),
            models.CheckConstraint(
                condition=~Q(state="finished")
                | Q(result__in=["none", "lesser", "serious"], consequence__in=["go_on", "conditions", "refuse"], finished_by__isnull=False,
                    finished_on__isnull=False),
                name="bibob_finished_has_an_outcome",
            ),
            models.CheckConstraint(condition=~Q(consequence="refuse") | Q(result="serious"), name="bibob_refuses_only_on_serious_danger"),
            models.CheckConstraint(
                condition=Q(finished_by__isnull=True) | ~Q(finished_by=F("opened_by")), name="bibob_finished_by_another"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())

    @transition(state, "", B.RUNNING, **act("T99", "Bibob-toets beginnen", R.CASE_HANDLER, R.REVIEWER, R.MANDATE_HOLDER, article="3, 6 Wet Bibob",
        guards=(bg.in_compartment,)))
    def open_bibob(self) -> None: ...

    @transition(state, B.RUNNING, B.AT_BUREAU, **act("T99b", "Advies van het Landelijk Bureau Bibob vragen", R.CASE_HANDLER, article="9, 31 Wet Bibob",
        guards=(bg.in_compartment,)))
    def ask_bibob_bureau(self) -> None:
        """The decision term stands still while the bureau advises (31)."""

    @transition(state, B.AT_BUREAU, B.RUNNING, **act("T99c", "Advies van het Landelijk Bureau Bibob ontvangen", R.CASE_HANDLER,
        article="31 Wet Bibob", guards=(bg.in_compartment,)))
    def bibob_bureau_answered(self) -> None: ...

    @transition(state, B.RUNNING, B.FINISHED, **act("T99d", "Bibob-toets afronden", R.CASE_HANDLER, R.REVIEWER, R.MANDATE_HOLDER,
        article="3 Wet Bibob", guards=(bg.in_compartment, bg.finished_by_another, bg.outcome_fits)))
    def finish_bibob(self) -> None: ...


class BibobNote(Evidence):
    """A note or a document in the compartment. Written once; whoever thinks again writes a new one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bibob = models.ForeignKey(BibobFile, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("notitie"), blank=True)
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Bibob-notitie")
        verbose_name_plural = _("Bibob-notities")
        ordering = ["written_at"]
        constraints = [models.CheckConstraint(condition=~Q(text="") | ~Q(filename=""), name="bibob_note_says_something"), constraint("bibob_note_checked")]

    def __str__(self) -> str:
        return f"{self.written_at:%Y-%m-%d %H:%M}"
