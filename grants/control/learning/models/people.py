"""Who is willing to help others, and where people meet."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.control.learning.codes import Topics, municipality_names, split
from grants.kernel import clock


class ExpertQuerySet(models.QuerySet["Expert"]):
    def public(self, day: date | None = None) -> ExpertQuerySet:
        """Experts whose consent holds on `day` (default today); both ends included."""
        day = day or clock.today()
        return self.filter(consent_on__lte=day, consent_until__gte=day)


class Expert(Topics, models.Model):
    """Somebody in the experts pool, with consent from a day up to and including another. The address is never shown."""

    name = models.CharField(_("naam"), max_length=120)
    organisation = models.CharField(_("organisatie"), max_length=150, blank=True)
    email = models.EmailField(_("e-mailadres"))
    themes = models.CharField(max_length=200, blank=True)
    goals = models.CharField(max_length=200, blank=True)
    municipalities = models.CharField(max_length=400, blank=True)
    text = models.TextField(_("waar helpt deze persoon bij?"), max_length=1000)
    consent_on = models.DateField(_("toestemming gegeven op"))
    consent_until = models.DateField(_("toestemming tot en met"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_demo = models.BooleanField(default=False)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        app_label = "control"
        ordering = ["name", "id"]
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        constraints = [models.CheckConstraint(condition=Q(consent_until__gte=F("consent_on")), name="expert_consent_in_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def municipality_codes(self) -> list[str]:
        return split(self.municipalities)

    @property
    def municipality_words(self) -> list[str]:
        return [municipality_names().get(code, code) for code in self.municipality_codes]


class ExpertMessage(models.Model):
    """A message to an expert, kept until a while after it was sent. The outbox names only its number."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="messages")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reply_to = models.EmailField(_("uw e-mailadres"))
    text = models.TextField(_("uw bericht"), max_length=3000)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "control"

    def __str__(self) -> str:
        return f"{self.pk}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def public(self) -> MeetingQuerySet:
        return self.filter(is_published=True)

    def coming(self) -> MeetingQuerySet:
        return self.public().filter(ends_at__gte=clock.now())


class Meeting(models.Model):
    """A meeting of the network. `attended` keeps how many had registered, after their names were removed."""

    title = models.CharField(_("titel"), max_length=150)
    starts_at = models.DateTimeField(_("begint"))
    ends_at = models.DateTimeField(_("eindigt"))
    place = models.CharField(_("plaats"), max_length=200, blank=True)
    online_url = models.URLField(_("adres van de onlinebijeenkomst"), blank=True)
    programme = models.TextField(_("programma"), max_length=4000)
    audience = models.CharField(_("voor wie"), max_length=200)
    capacity = models.PositiveIntegerField(_("aantal plaatsen"))
    is_published = models.BooleanField(_("staat op de site"), default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    attended = models.PositiveIntegerField(null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_demo = models.BooleanField(default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        app_label = "control"
        ordering = ["starts_at", "id"]
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="meeting_has_room"),
            models.CheckConstraint(condition=~Q(place="") | ~Q(online_url=""), name="meeting_is_somewhere"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("learning:meeting", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.starts_at <= clock.now()


class Registration(models.Model):
    """Somebody who comes to a meeting. Removed some days after it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="registrations")
    name = models.CharField(_("naam"), max_length=120)
    email = models.EmailField(_("e-mailadres"))
    created_at = models.DateTimeField()

    class Meta:
        app_label = "control"
        ordering = ["created_at", "id"]
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        constraints = [models.UniqueConstraint(fields=["meeting", "email"], name="registration_once_per_address")]

    def __str__(self) -> str:
        return f"{self.pk}"
