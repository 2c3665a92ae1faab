"""What moves the end of a term of ours while it runs: a suspension (Awb 4:15, Wet Bibob 31) or a letter about delay (4:14)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Deadline
from grants.kernel.models import Event
from grants.law.changes import Delay, Suspension, delay_notice, extension
from grants.law.rules import SuspensionKind

__all__ = ["TermChange"]


class TermChange(models.Model):
    """One suspension or letter about delay on one term. A suspension without a last day still runs.

    Waiting for completion is not here: the request to complete and its answer are terms of their own.
    """

    class Kind(models.TextChoices):
        AGREED = "agreed", _("de aanvrager stemt schriftelijk in met uitstel")
        ATTRIBUTABLE = "attributable", _("de vertraging komt door de aanvrager")
        FORCE_MAJEURE = "force_majeure", _("overmacht")
        FOREIGN_INFORMATION = "foreign_information", _("wachten op informatie uit het buitenland")
        BIBOB = "bibob", _("wachten op advies van het Landelijk Bureau Bibob")
        NOTICE = "notice", _("bericht dat het besluit later komt")
        EXTENSION = "extension", _("verlenging volgens de verordening")

    SUSPENSIONS = (Kind.AGREED, Kind.ATTRIBUTABLE, Kind.FORCE_MAJEURE, Kind.FOREIGN_INFORMATION, Kind.BIBOB)

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="changes")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    kind = models.CharField(_("soort"), max_length=20, choices=Kind)
    first_day = models.DateField(_("vanaf"))
    last_day = models.DateField(_("tot en met"), null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(_("weken"), default=0)
    evidence = models.TextField(_("waaruit blijkt dat"), blank=True)

    class Meta:
        app_label = "grants"
        ordering = ["first_day", "id"]
        verbose_name = _("wijziging van een termijn")
        verbose_name_plural = _("wijzigingen van termijnen")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["agreed", "attributable", "force_majeure", "foreign_information", "bibob", "notice", "extension"]),
                name="term_change_known_kind",
            ),
            models.CheckConstraint(condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="term_change_in_order"),
            models.CheckConstraint(
                condition=~Q(kind__in=["agreed", "notice"]) | Q(last_day__isnull=False), name="term_change_agreed_has_its_end"
            ),
            models.CheckConstraint(
                condition=Q(kind="extension", weeks__gte=1) | (~Q(kind="extension") & Q(weeks=0)), name="term_change_weeks_only_extend"
            ),
            models.UniqueConstraint(fields=["deadline"], condition=Q(kind="extension"), name="term_extended_once"),
            models.UniqueConstraint(
                fields=["deadline", "kind"], condition=Q(last_day__isnull=True) & ~Q(kind="extension"), name="one_open_suspension_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.first_day})"

    @property
    def is_open(self) -> bool:
        """A suspension that has not ended: the end of the term is not known yet."""
        return self.kind in self.SUSPENSIONS and self.last_day is None

    def as_law(self) -> Suspension | Delay | None:
        """The value that the law counts with; None for a suspension that still runs, and so has no days yet."""
        if self.kind == self.Kind.EXTENSION:
            return extension(self.first_day, self.weeks)
        if self.last_day is None:
            return None
        if self.kind == self.Kind.NOTICE:
            return delay_notice(self.first_day, self.last_day)
        return Suspension(SuspensionKind(self.kind), self.first_day, self.last_day)

