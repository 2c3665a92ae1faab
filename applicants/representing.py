"""Who may act for an applicant, in which capacity, for which cases, and since when until when (Awb 2:1)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from grants.kernel.models import User

__all__ = ["Capacity", "MandateStep", "PaperState", "Representation"]

USER = settings.AUTH_USER_MODEL


class Capacity(models.TextChoices):
    SELF = "self", _("voor zichzelf")
    BOARD = "board", _("bestuurslid of contactpersoon")
    COLLEAGUE = "colleague", _("collega")
    THIRD_PARTY = "third_party", _("gemachtigde")


class PaperState(models.TextChoices):
    NONE = "", _("niet gevraagd")
    GIVEN = "given", _("meegestuurd, nog niet bekeken")
    ASKED = "asked", _("gevraagd")
    ACCEPTED = "accepted", _("akkoord")
    REFUSED = "refused", _("niet akkoord")


class RepresentationQuerySet(models.QuerySet["Representation"]):
    def in_force(self, day: date) -> RepresentationQuerySet:
        """Those by which somebody may act on `day`. One that was ended no longer counts from the very day of its end, and one whose
        authorisation was refused counts no more at all.
        """
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day), Q(ended_on__isnull=True) | Q(ended_on__gt=day), valid_from__lte=day
        ).exclude(paper=PaperState.REFUSED)

    def whole(self) -> RepresentationQuerySet:
        """For everything of the applicant, and not for one case alone."""
        return self.filter(chain__isnull=True)

    def inside(self) -> RepresentationQuerySet:
        """By people who belong to the applicant: not by an authorised third party."""
        return self.exclude(kind=Capacity.THIRD_PARTY).exclude(is_authorised_third_party=True)

    def one_case_of(self, user: User, day: date) -> RepresentationQuerySet:
        """The mandates of this person for one case each."""
        return self.in_force(day).filter(user=user, chain__isnull=False)


class Representation(models.Model):
    """A person who may act for an applicant (for oneself, as board member or with an authorisation, Awb 2:1).

    A mandate that ended stays as it is: who may act again gets a new row. `ended_on` is the first day without it; `valid_to` the last day
    of one that was given for a time. `chain` limits it to one case.
    """

    applicant = models.ForeignKey("applicants.Applicant", on_delete=models.CASCADE, related_name="representations")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="representations")
    kind = models.CharField(_("hoe treedt u op"), max_length=12, choices=Capacity, default=Capacity.COLLEAGUE)
    is_authorised_third_party = models.BooleanField(_("gemachtigde"), default=False)
    chain = models.ForeignKey("kernel.Chain", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    paper = models.CharField(_("schriftelijke machtiging"), max_length=10, choices=PaperState, default=PaperState.NONE, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        app_label = "applicants"
        verbose_name = _("vertegenwoordiging")
        verbose_name_plural = _("vertegenwoordigingen")
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "user"], condition=Q(chain__isnull=True, valid_to__isnull=True, ended_on__isnull=True), name="representation_once"
            ),
            models.UniqueConstraint(
                fields=["applicant", "user", "chain"], condition=Q(chain__isnull=False, ended_on__isnull=True), name="representation_once_per_case"
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(kind="self", ended_on__isnull=True), name="one_self_per_account"),
            models.CheckConstraint(condition=Q(kind__in=["self", "board", "colleague", "third_party"]), name="representation_known_kind"),
            models.CheckConstraint(condition=Q(paper__in=["", "given", "asked", "accepted", "refused"]), name="representation_known_paper"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="representation_period_in_order"),
            models.CheckConstraint(condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("valid_from")), name="representation_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.user} voor {self.applicant}"

    @property
    def is_third_party(self) -> bool:
        return self.is_authorised_third_party or self.kind == Capacity.THIRD_PARTY

    @property
    def capacity(self) -> str:
        """In words how this person acts."""
        return str(Capacity.THIRD_PARTY.label if self.is_third_party else self.get_kind_display())

    def holds_on(self, day: date) -> bool:
        """As `in_force`, for a row that was read."""
        begun = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return begun and (self.ended_on is None or day < self.ended_on) and self.paper != PaperState.REFUSED


class MandateStep(models.Model):
    """What happened to one mandate, and by whom. Never changed."""

    class Kind(models.TextChoices):
        GIVEN = "given", _("toegang gekregen")
        PAPER = "paper", _("machtiging meegestuurd")
        ASKED = "asked", _("machtiging gevraagd")
        ACCEPTED = "accepted", _("machtiging akkoord")
        REFUSED = "refused", _("machtiging niet akkoord")
        ENDED = "ended", _("toegang beëindigd")

    representation = models.ForeignKey(Representation, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    note = models.CharField(_("toelichting"), max_length=500, blank=True)
    paper = models.ForeignKey("applicants.PartyPaper", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        app_label = "applicants"
        verbose_name = _("stap van een machtiging")
        verbose_name_plural = _("stappen van machtigingen")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["given", "paper", "asked", "accepted", "refused", "ended"]), name="mandate_step_known_kind"),
            models.CheckConstraint(condition=~Q(kind__in=["asked", "refused"]) | ~Q(note=""), name="mandate_step_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.at:%Y-%m-%d})"
