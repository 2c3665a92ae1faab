"""The notice by e-mail that a message stands in the inbox, and every step of it, as proof (Awb 2:10, 2:25)."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.kernel import access, clock
from grants.kernel.roles import Role

if TYPE_CHECKING:
    from grants.kernel.models import User


HANDLERS = frozenset({Role.INTAKE_OFFICER, Role.CASE_HANDLER})
"""Who does something about a notice that did not arrive."""


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> NoticeQuerySet:
        """Notices of the cases that an official may see; of one's own case never."""
        if not user.reads_cases:
            return self.none()
        return self.filter(dispatch__letter__chain__in=access.visible_chains(user)).exclude(dispatch__letter__chain__in=access.own_chains(user))

    def to_handle(self, user: User) -> NoticeQuerySet:
        """Those of the schemes in which this person does something about a notice; of others one may read the proof alone."""
        codes = user.scheme_codes_for(HANDLERS)
        return self if codes is None else self.filter(dispatch__letter__event__scheme_code__in=codes)

    def for_a_person(self, now: datetime) -> NoticeQuerySet:
        """What failed, and what was tried for so long that a person has to look before the 48 hours are over."""
        return self.filter(Q(state=Notice.State.FAILED) | Q(state=Notice.State.WAITING, placed_at__lte=now - Notice.LOOK_AFTER))


class Notice(models.Model):
    """The notice of one placement in the inbox. Whether it arrives never changes the day on which the letter was sent (Awb 2:11(2))."""

    TERM = timedelta(hours=48)
    LOOK_AFTER = timedelta(hours=24)

    class State(models.TextChoices):
        WAITING = "waiting", _("wordt verstuurd")
        SENT = "sent", _("verstuurd")
        FAILED = "failed", _("niet aangekomen")
        INFORMED = "informed", _("op een andere manier verteld")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispatch = models.OneToOneField("letters.Dispatch", on_delete=models.PROTECT, related_name="notice")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    placed_at = models.DateTimeField(help_text=_("Wanneer het bericht in het berichtenvak kwam."))
    due_at = models.DateTimeField(help_text=_("48 uur later: dan moet de melding weg zijn (artikel 2:10 Awb)."))
    round = models.PositiveSmallIntegerField(default=1, help_text=_("Hoe vaak wij opnieuw begonnen."))
    try_until = models.DateTimeField()
    address = models.EmailField(blank=True, help_text=_("Een ander adres dan dat van de aanvrager; leeg zodra de melding weg is."))
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        app_label = "letters"
        verbose_name = _("melding")
        verbose_name_plural = _("meldingen")
        ordering = ["placed_at", "id"]
        indexes = [models.Index(fields=["state", "placed_at"], name="notice_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["waiting", "sent", "failed", "informed"]), name="notice_known_state"),
            models.CheckConstraint(condition=Q(due_at__gt=F("placed_at")), name="notice_term_after_placement"),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="notice_sent_has_its_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.dispatch} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        return reverse("post:notice", args=[self.pk])

    @property
    def hours_left(self) -> int:
        """Whole hours until the notice must be out; negative when that is past."""
        return int((self.due_at - clock.now()).total_seconds() // 3600)


class NoticeStep(models.Model):
    """One thing that happened to a notice: an attempt with what the mail server answered, or what a person did. Never changed.

    The address stands here masked, with a keyed mark of it: who has the address can show that it was the one.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("aangenomen door de mailserver")
        REFUSED = "refused", _("geweigerd")
        LATER = "later", _("nu niet gelukt, wordt opnieuw geprobeerd")
        UNREACHABLE = "unreachable", _("de mailserver was niet te bereiken")
        NO_ADDRESS = "no_address", _("er is geen e-mailadres bekend")
        EXPIRED = "expired", _("niet gelukt binnen de tijd; wij proberen het niet meer")
        BOUNCED = "bounced", _("kwam later terug")
        REPEATED = "repeated", _("opnieuw begonnen door een medewerker")
        PHONE = "phone", _("verteld met een telefoontje")
        PAPER = "paper", _("verteld met een brief")
        DESK = "desk", _("verteld aan de balie")

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    address_masked = models.CharField(max_length=254, blank=True)
    address_mark = models.CharField(max_length=64, blank=True)
    server = models.CharField(max_length=200, blank=True)
    code = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True, help_text=_("Wat de mailserver antwoordde; het adres is gemaskeerd."))
    message_id = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "letters"
        verbose_name = _("stap van een melding")
        verbose_name_plural = _("stappen van een melding")
        ordering = ["notice", "number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="notice_step_once_per_number"),
            models.CheckConstraint(
                condition=Q(kind__in=["accepted", "refused", "later", "unreachable", "no_address", "expired", "bounced", "repeated", "phone", "paper", "desk"]),
                name="notice_step_known_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["bounced", "repeated", "phone", "paper", "desk"]) | Q(by__isnull=False) & ~Q(note=""),
                name="notice_step_of_a_person_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.at:%Y-%m-%d %H:%M})"
