"""The residents of an informal initiative: who takes part, and who said yes to that, by e-mail or on paper."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applicants.invitations import digest_of
from grants.kernel import clock

__all__ = ["InitiativeMember"]

USER = settings.AUTH_USER_MODEL
LASTS = timedelta(days=28)
FEWEST = 2
"""Of one person alone it is no initiative, but an application of a resident."""


class MemberQuerySet(models.QuerySet["InitiativeMember"]):
    def present(self) -> MemberQuerySet:
        return self.filter(left_at__isnull=True)

    def with_token(self, token: str) -> MemberQuerySet:
        """Whoever may still answer with this link: not yet, and asked at most four weeks ago."""
        waiting = self.present().filter(accepted_at__isnull=True, asked_at__gt=clock.now() - LASTS)
        return waiting.filter(token_digest=digest_of(token)) if token else self.none()


class InitiativeMember(models.Model):
    """One resident of an initiative. The first is the contact: who filled in the page."""

    class How(models.TextChoices):
        EMAIL = "email", _("met de link in de e-mail")
        PAPER = "paper", _("op papier")
        SELF = "self", _("zelf op de website")

    applicant = models.ForeignKey("applicants.Applicant", on_delete=models.PROTECT, related_name="members")
    name = models.CharField(_("naam"), max_length=200)
    address = models.CharField(_("adres"), max_length=300, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    is_contact = models.BooleanField(default=False)
    added_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    token_digest = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_how = models.CharField(max_length=5, choices=How, blank=True)
    paper = models.ForeignKey("applicants.PartyPaper", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        app_label = "applicants"
        verbose_name = _("deelnemer van een initiatief")
        verbose_name_plural = _("deelnemers van een initiatief")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & (~Q(email="") | ~Q(address="")), name="member_can_be_reached"),
            models.UniqueConstraint(fields=["applicant"], condition=Q(is_contact=True, left_at__isnull=True), name="one_contact_per_applicant"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_how="") | Q(accepted_at__isnull=False, accepted_how__in=["email", "paper", "self"]),
                name="member_accepted_in_a_known_way",
            ),
            models.CheckConstraint(condition=~Q(accepted_how="paper") | Q(paper__isnull=False), name="member_on_paper_has_the_paper"),
        ]

    def __str__(self) -> str:
        return self.name

    def renew_token(self) -> str:
        """A fresh link for the mail that goes out now; an earlier link no longer works."""
        token = secrets.token_urlsafe(32)
        self.token_digest = digest_of(token)
        self.save(update_fields=["token_digest"])
        return token
