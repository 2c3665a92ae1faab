"""Who was the applicant of a case before it passed to another: keeps what was theirs, and sees nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from applicants.models import Applicant
from grants.applications.models import Application
from grants.kernel.models import Event

if TYPE_CHECKING:
    from grants.kernel.models import User

__all__ = ["FormerParty"]


class FormerPartyQuerySet(models.QuerySet["FormerParty"]):
    def of(self, user: User) -> FormerPartyQuerySet:
        """The cases that passed away from the applicants for whom the user may act."""
        return self.filter(applicant__in=Applicant.objects.represented_by(user).values("id"))


class FormerParty(models.Model):
    """An earlier applicant of a case, until the act that passed the case on."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="former_parties")
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()

    objects = FormerPartyQuerySet.as_manager()

    class Meta:
        app_label = "grants"
        verbose_name = _("vorige aanvrager")
        verbose_name_plural = _("vorige aanvragers")
        ordering = ["until", "id"]

    def __str__(self) -> str:
        return f"{self.applicant} - {self.until}"


def earlier_events(user: User) -> QuerySet[Event]:
    """The events of cases that passed on, from before they did: what hangs on these was theirs, and stays so."""
    if not user.is_authenticated:
        return Event.objects.none()
    mine = FormerParty.objects.of(user)
    return Event.objects.filter(chain__application__former_parties__in=mine, sequence__lt=F("chain__application__former_parties__event__sequence"))
