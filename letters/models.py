"""Letters as they were made, and when and how they went out."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.kernel import access
from grants.kernel.models import Chain, Event
from grants.kernel.roles import Role
from letters import content, kinds

if TYPE_CHECKING:
    from grants.kernel.models import User


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: User) -> LetterQuerySet:
        """Letters of the cases that the user may see. Who acts for the applicant sees what was sent, also before the case passed on."""
        visible = Q(chain__in=access.visible_chains(user))
        sent = Q(state=Letter.State.SENT) & (visible | Q(event__in=access.earlier_events(user)))
        return self.filter(sent | visible & ~Q(chain__in=access.own_chains(user)) if user.reads_cases else sent)

    def to_post(self, user: User) -> LetterQuerySet:
        """Letters on paper that wait, of the schemes whose post this person sends."""
        waiting = self.filter(state=Letter.State.RENDERED, portal_allowed=False)
        codes = user.scheme_codes_for(frozenset({Role.INTAKE_OFFICER}))
        return waiting if codes is None else waiting.filter(event__scheme_code__in=codes)

    def of_chain(self, chain_id: uuid.UUID) -> LetterQuerySet:
        return self.filter(chain_id=chain_id)


class Letter(models.Model):
    """One letter: its frozen content, its text, and the file made of it. After sending it never changes."""

    class State(models.TextChoices):
        ORDERED = "ordered", _("wordt gemaakt")
        RENDERED = "rendered", _("klaar om te versturen")
        SENT = "sent", _("verzonden")
        CANCELLED = "cancelled", _("niet verzonden")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="letters")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    template_version = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.ORDERED)
    waits_for_dispatch = models.BooleanField(default=False, help_text=_("Een besluit: verzending is een eigen stap."))
    portal_allowed = models.BooleanField(default=False)
    day = models.DateField()
    posting_day = models.DateField(
        null=True, blank=True, help_text=_("De dag die als dag van verzending op een gewone brief op papier staat; leeg: dezelfde dag als de datum van de brief.")
    )
    content = models.TextField(help_text=_("De inhoud als canonieke JSON; hiervan wordt alles gemaakt."))
    text = models.TextField()
    digest = models.CharField(max_length=64)
    file_digest = models.CharField(max_length=64, blank=True)
    file = models.FileField(upload_to="letters/%Y/%m/", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("brieven")
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["chain", "created_at"], name="letter_of_chain"), models.Index(fields=["created_at"], name="letter_by_moment"),
            models.Index(fields=["created_at"], name="letter_not_sent", condition=Q(state__in=["ordered", "rendered"])),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state__in=["rendered", "sent"]) | ~Q(file=""), name="letter_made_has_file"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("letters:letter", args=[self.pk])

    @property
    def name(self) -> str:
        return kinds.KINDS[self.kind].name

    @property
    def sent_line(self) -> date:
        """The day that stands in the letter as the day of sending."""
        return self.posting_day or self.day

    def as_content(self) -> content.Letter:
        return content.Letter.from_json(self.content)


class Dispatch(models.Model):
    """One sending of a letter. The day of sending is the day on which a decision takes effect (Awb 3:40, 3:41)."""

    class Channel(models.TextChoices):
        PORTAL = "portal", _("in het berichtenvak")
        POST = "post", _("op papier")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="dispatches")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    sent_on = models.DateField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("verzending")
        verbose_name_plural = _("verzendingen")
        ordering = ["sent_at"]
        constraints = [models.UniqueConstraint(fields=["letter", "event"], name="letter_sent_once_per_event")]

    def __str__(self) -> str:
        return f"{self.letter} {self.sent_on}"


from letters.post.notice_models import Notice, NoticeStep  # noqa: E402  (they point to ours by name; Django finds models here)
from letters.post.paper_models import PaperBatch, PaperLine, SecondSending  # noqa: E402
from letters.seal.models import LetterSeal, SealCertificate  # noqa: E402
from letters.texts.models import LetterTemplate, LetterValues  # noqa: E402

__all__ = ["Dispatch", "Letter", "LetterSeal", "LetterTemplate", "LetterValues", "Notice", "NoticeStep", "PaperBatch", "PaperLine", "SealCertificate", "SecondSending"]
