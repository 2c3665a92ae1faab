"""What the people of the province say and arrange about themselves: an interest in a case, and who stands in for whom."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application

USER = settings.AUTH_USER_MODEL


class InterestDeclaration(models.Model):
    """Whether somebody has a personal interest in a case (Awb 2:4). Written once; whoever thinks again declares again."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="interest_declarations")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    has_interest = models.BooleanField(_("ik heb een persoonlijk belang bij deze zaak"))
    remark = models.TextField(_("toelichting"), blank=True)
    declared_on = models.DateField()

    class Meta:
        verbose_name = _("verklaring over een belang")
        verbose_name_plural = _("verklaringen over een belang")
        ordering = ["id"]
        indexes = [models.Index(fields=["application", "user"], name="interest_of_person_in_case")]

    def __str__(self) -> str:
        return f"{self.user}: {_('ja') if self.has_interest else _('nee')}"


class OutsidePositionQuerySet(models.QuerySet["OutsidePosition"]):
    def on(self, day: date) -> OutsidePositionQuerySet:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class OutsidePosition(models.Model):
    """A position outside work that an official tells of (nevenfunctie, Ambtenarenwet 2017, article 8): a sign of an interest."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="outside_positions")
    organisation = models.CharField(_("organisatie"), max_length=200)
    kvk_number = models.CharField(_("KvK-nummer"), max_length=8)
    position = models.CharField(_("functie"), max_length=120)
    valid_from = models.DateField(_("sinds"))
    valid_to = models.DateField(_("tot en met"), null=True, blank=True)

    objects = OutsidePositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("nevenfunctie")
        verbose_name_plural = _("nevenfuncties")
        ordering = ["organisation", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kvk_number__regex=r"^[0-9]{8}$"), name="outside_position_kvk_8_digits"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="outside_position_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.position}, {self.organisation}"


class SubstitutionQuerySet(models.QuerySet["Substitution"]):
    def on(self, day: date) -> SubstitutionQuerySet:
        return self.filter(valid_from__lte=day, valid_to__gte=day)


class Substitution(models.Model):
    """Somebody stands in for a mandate holder who is away, for a period and on a basis (Awb 10:3, 10:5)."""

    absent = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("afwezig"))
    substitute = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("vervanger"))
    basis = models.CharField(_("grondslag"), max_length=250)
    valid_from = models.DateField(_("van"))
    valid_to = models.DateField(_("tot en met"))

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vervanging")
        verbose_name_plural = _("vervangingen")
        ordering = ["-valid_from", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="substitution_period_in_order"),
            models.CheckConstraint(condition=~Q(absent=F("substitute")), name="substitute_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} voor {self.absent}"
