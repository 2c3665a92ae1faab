"""An invitation by e-mail: a link that works once, for some days, together with a code that the inviter tells.

The link goes to the mailbox, the code goes from person to person: who only finds the mail, or gets it by mistake, cannot use it. Of both
only a digest is kept. The link is made when the mail goes out, so that it stands nowhere but in the mail.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applicants.representing import Capacity
from grants.kernel import clock

if TYPE_CHECKING:
    from grants.kernel.models import User

__all__ = ["ColleagueInvitation", "Invitation"]

USER = settings.AUTH_USER_MODEL
LASTS = timedelta(days=7)
MOST_TRIES = 5


def digest_of(token: str) -> str:
    """Of a token of 256 random bits a plain digest is enough: there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet[Any]):
    def open(self) -> InvitationQuerySet:
        """Not used, not withdrawn, in time, and without too many wrong codes."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=clock.now(), tries__lt=MOST_TRIES)

    def with_token(self, token: str) -> InvitationQuerySet:
        return self.open().filter(token_digest=digest_of(token)) if token else self.none()


class Invitation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mailadres"), blank=True, help_text=_("Leeg zodra de uitnodiging is gebruikt of ingetrokken."))
    token_digest = models.CharField(max_length=64, blank=True, db_index=True)
    code_digest = models.CharField(max_length=128)
    tries = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: Any = InvitationQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        unused = self.accepted_at is None and self.withdrawn_at is None
        return unused and self.expires_at > clock.now() and self.tries < MOST_TRIES

    def renew_token(self) -> str:
        """A fresh link for the mail that goes out now; an earlier link no longer works."""
        token = secrets.token_urlsafe(32)
        self.token_digest, self.sent_at = digest_of(token), clock.now()
        self.save(update_fields=["token_digest", "sent_at"])
        return token

    def code_fits(self, code: str) -> bool:
        return check_password("".join(code.split()), self.code_digest)

    def used_by(self, user: User) -> None:
        self.accepted_by, self.accepted_at, self.email, self.token_digest = user, clock.now(), "", ""
        self.save()

    def withdraw(self) -> None:
        self.withdrawn_at, self.email, self.token_digest = clock.now(), "", ""
        self.save()


def prepared(*, email: str, user: User) -> tuple[dict[str, Any], str]:
    """The values of a new invitation, and the code of six digits that the inviter tells the other."""
    code = f"{secrets.randbelow(10**6):06d}"
    now = clock.now()
    return {"email": email, "code_digest": make_password(code), "made_by": user, "made_at": now, "expires_at": now + LASTS}, code


class ColleagueInvitation(Invitation):
    """To act for an applicant: as a colleague, or as an authorised third party; for everything or for one case."""

    applicant = models.ForeignKey("applicants.Applicant", on_delete=models.PROTECT, related_name="invitations")
    kind = models.CharField(_("hoe treedt deze persoon op"), max_length=12, choices=Capacity, default=Capacity.COLLEAGUE)
    chain = models.ForeignKey("kernel.Chain", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    valid_to = models.DateField(_("tot en met"), null=True, blank=True)
    paper = models.ForeignKey("applicants.PartyPaper", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        app_label = "applicants"
        verbose_name = _("uitnodiging om op te treden")
        verbose_name_plural = _("uitnodigingen om op te treden")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["board", "colleague", "third_party"]), name="colleague_invitation_known_kind"),
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="colleague_invitation_five_tries"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True) | Q(accepted_by__isnull=False, accepted_at__isnull=False, token_digest=""),
                name="colleague_invitation_used_once",
            ),
        ]
