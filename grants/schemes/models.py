"""Regelingen, their published versions, and the lists that cases are counted by."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.kernel import clock
from grants.schemes.definition import SchemeDefinition

__all__ = ["Area", "Criterion", "FreeDay", "Goal", "Municipality", "Neighbourhood", "Question", "Scheme", "SchemeVersion"]


class Municipality(models.Model):
    """A municipality of Limburg with its CBS code; codes change by merger, so each row has a validity."""

    code = models.CharField(_("CBS-code"), max_length=6, primary_key=True)
    name = models.CharField(_("naam"), max_length=80)
    corop = models.CharField(_("COROP-gebied"), max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "grants"
        ordering = ["name"]
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")

    def __str__(self) -> str:
        return self.name


class FreeDay(models.Model):
    """A day that a royal decree puts on a par with a general holiday (Atw 3(3)). There is no formula: each decree lists its days."""

    day = models.DateField(_("dag"), unique=True)
    decree = models.CharField(_("besluit"), max_length=200, help_text=_("In welk koninklijk besluit de dag staat."))

    class Meta:
        app_label = "grants"
        ordering = ["day"]
        verbose_name = _("gelijkgestelde dag")
        verbose_name_plural = _("gelijkgestelde dagen")

    def __str__(self) -> str:
        return f"{self.day}"


class Area(models.Model):
    """One of the area approaches (gebiedsgerichte aanpakken): a policy area, not a CBS neighbourhood."""

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(_("naam"), max_length=120)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="areas")

    class Meta:
        app_label = "grants"
        ordering = ["name"]
        verbose_name = _("gebied")
        verbose_name_plural = _("gebieden")

    def __str__(self) -> str:
        return self.name


class Neighbourhood(models.Model):
    """A named place inside an area. CBS neighbourhood codes are not verified: empty until known."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="neighbourhoods")
    name = models.CharField(_("naam"), max_length=120)
    cbs_code = models.CharField(max_length=10, blank=True)

    class Meta:
        app_label = "grants"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="neighbourhood_once_per_area")]

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """A goal that a subsidy contributes to: the five social goals S1 to S5, physical ones, or a historical code."""

    class Kind(models.TextChoices):
        SOCIAL = "social", _("sociaal doel")
        PHYSICAL = "physical", _("fysiek doel")
        OTHER = "other", _("ander doel")

    code = models.CharField(max_length=30, primary_key=True)
    label = models.CharField(_("omschrijving"), max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    is_demo = models.BooleanField(default=False)
    is_historical = models.BooleanField(default=False)

    class Meta:
        app_label = "grants"
        ordering = ["code"]
        verbose_name = _("doel")
        verbose_name_plural = _("doelen")

    def __str__(self) -> str:
        return self.label


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def open_on(self, day: date) -> SchemeQuerySet:
        """Schemes that people can apply under on `day`."""
        return self.filter(is_historical=False, opens_on__lte=day, closes_on__gte=day)


class Scheme(models.Model):
    """A regeling. What it says stands in its versions; a historical one only gives imported cases a home."""

    code = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(_("naam"), max_length=250)
    bundle = models.CharField(_("bundel"), max_length=40, blank=True)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    is_historical = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        app_label = "grants"
        ordering = ["title"]
        verbose_name = _("regeling")
        verbose_name_plural = _("regelingen")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_historical=True)
                | models.Q(opens_on__isnull=False, closes_on__gte=models.F("opens_on")),
                name="scheme_period_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        day = clock.today()
        return not self.is_historical and self.opens_on is not None and self.opens_on <= day <= self.closes_on

    def current_version(self) -> SchemeVersion:
        """The newest published version. A case keeps the version it was started with."""
        return self.versions.latest("number")


_MOST_READ = 256
_already_read: dict[str, SchemeDefinition] = {}


def _read(digest: str, content: dict[str, Any]) -> SchemeDefinition:
    """The definition in `content`, read once in each process: its digest stands for it, and it is a frozen value."""
    known = _already_read.get(digest)
    if known is None:
        if len(_already_read) >= _MOST_READ:
            _already_read.clear()
        known = _already_read[digest] = SchemeDefinition.from_dict(content)
    return known


class SchemeVersion(models.Model):
    """What a scheme says, as published. A published version never changes (the database refuses it)."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        app_label = "grants"
        verbose_name = _("versie van een regeling")
        verbose_name_plural = _("versies van regelingen")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="scheme_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id} v{self.number}"

    @cached_property
    def definition(self) -> SchemeDefinition:
        return _read(self.digest, self.content)


class Question(models.Model):
    """A question of a published version, as a row that uploads and statistics can point to."""

    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="questions")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    position = models.PositiveIntegerField()

    class Meta:
        app_label = "grants"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="question_key_once_per_version")]

    def __str__(self) -> str:
        return self.label


class Criterion(models.Model):
    """A criterion of a published version that assessors judge by."""

    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="criteria")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    position = models.PositiveIntegerField()

    class Meta:
        app_label = "grants"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="criterion_key_once_per_version")]

    def __str__(self) -> str:
        return self.label
