"""Letters on paper: a pile for the printer, its letters, and letters that go out a second time (Awb 2:11)."""

from __future__ import annotations

import secrets
import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.kernel import access
from grants.kernel.roles import Role

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL


POST_ROOM = frozenset({Role.INTAKE_OFFICER})
"""Who puts letters in the post."""


class SecondSendingQuerySet(models.QuerySet["SecondSending"]):
    def visible_to(self, user: User) -> SecondSendingQuerySet:
        if not user.reads_cases:
            return self.none()
        return self.filter(letter__chain__in=access.visible_chains(user)).exclude(letter__chain__in=access.own_chains(user))

    def to_post(self, user: User) -> SecondSendingQuerySet:
        """Those of the schemes whose post this person sends."""
        codes = user.scheme_codes_for(POST_ROOM)
        return self if codes is None else self.filter(letter__event__scheme_code__in=codes)

    def waiting(self) -> SecondSendingQuerySet:
        """Asked, not in the post, not dropped."""
        return self.filter(dispatch__isnull=True, dropped_at__isnull=True)


class SecondSending(models.Model):
    """A letter that did not arrive goes out once more, on paper, unchanged. The day on which it is posted is the day that counts (Awb 2:11(3))."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="second_sendings")
    addressee = models.JSONField(help_text=_("De regels van het adres, zoals wij het nu kennen."))
    reason = models.TextField()
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    dispatch = models.OneToOneField("letters.Dispatch", on_delete=models.PROTECT, null=True, blank=True, related_name="second_sending")
    dropped_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_reason = models.CharField(max_length=300, blank=True)

    objects = SecondSendingQuerySet.as_manager()

    class Meta:
        app_label = "letters"
        verbose_name = _("tweede verzending")
        verbose_name_plural = _("tweede verzendingen")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(dispatch__isnull=True, dropped_at__isnull=True), name="one_waiting_second_sending_per_letter"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="second_sending_has_a_reason"),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(dispatch__isnull=True, dropped_by__isnull=False) & ~Q(dropped_reason=""),
                name="second_sending_dropped_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} opnieuw"


def new_reference(day: date) -> str:
    """How people name a pile: the day and four random characters."""
    return f"POST-{day:%Y%m%d}-{secrets.token_hex(2).upper()}"


class PaperBatchQuerySet(models.QuerySet["PaperBatch"]):
    def visible_to(self, user: User) -> PaperBatchQuerySet:
        """Piles of which the person may see every letter; none with a letter of one's own case."""
        if not user.reads_cases:
            return self.none()
        hidden = PaperLine.objects.filter(batch=OuterRef("pk")).exclude(letter__chain__in=access.visible_chains(user))
        own = PaperLine.objects.filter(batch=OuterRef("pk"), letter__chain__in=access.own_chains(user))
        return self.filter(~Exists(hidden), ~Exists(own))

    def to_post(self, user: User) -> PaperBatchQuerySet:
        """Piles with letters only of the schemes whose post this person sends."""
        codes = user.scheme_codes_for(POST_ROOM)
        if codes is None:
            return self
        return self.filter(~Exists(PaperLine.objects.filter(batch=OuterRef("pk")).exclude(letter__event__scheme_code__in=codes)))

    def with_progress(self) -> PaperBatchQuerySet:
        """Adds `total` (letters that go along), `settled` and `failed`."""
        return self.annotate(
            total=models.Count("lines", filter=Q(lines__live=True)), settled=models.Count("lines", filter=Q(lines__live=True, lines__settled_at__isnull=False)),
            failed=models.Count("lines", filter=Q(lines__settled_at__isnull=False, lines__dispatch__isnull=True)),
        )


class PaperBatch(models.Model):
    """Letters that go to the printer as one file. Once made, the file and its list never change; printed again it is the same."""

    class State(models.TextChoices):
        MAKING = "making", _("wordt gemaakt")
        READY = "ready", _("klaar om te printen")
        CONFIRMED = "confirmed", _("op de post gedaan")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("kenmerk"), max_length=24, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.MAKING)
    day = models.DateField(_("dag van de post"), help_text=_("De datum die op de besluiten staat."))
    duplex = models.BooleanField(_("dubbelzijdig"), default=True)
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    file = models.FileField(upload_to="post/%Y/%m/", blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    manifest = models.TextField(blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    confirmed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    posted_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = PaperBatchQuerySet.as_manager()

    class Meta:
        app_label = "letters"
        verbose_name = _("stapel")
        verbose_name_plural = _("stapels")
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["making", "ready", "confirmed", "withdrawn"]), name="paper_batch_known_state"),
            models.CheckConstraint(condition=~Q(state__in=["ready", "confirmed"]) | ~Q(file_sha256=""), name="paper_batch_made_has_a_file"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, posted_on__isnull=False),
                name="paper_batch_confirmed_by_a_person",
            ),
            models.CheckConstraint(condition=~Q(state="withdrawn") | ~Q(reason=""), name="paper_batch_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("post:batch", args=[self.pk])


class PaperLine(models.Model):
    """One letter in a pile, at its place. `live` is false when the letter no longer goes along; then `problem` says why."""

    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="paper_lines")
    again = models.ForeignKey(SecondSending, on_delete=models.PROTECT, null=True, blank=True, related_name="lines")
    addressee = models.JSONField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    live = models.BooleanField(default=True)
    dispatch = models.OneToOneField("letters.Dispatch", on_delete=models.PROTECT, null=True, blank=True, related_name="paper_line")
    settled_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        app_label = "letters"
        verbose_name = _("brief in een stapel")
        verbose_name_plural = _("brieven in een stapel")
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="paper_line_once_per_place"),
            models.UniqueConstraint(fields=["letter"], condition=Q(live=True, settled_at__isnull=True), name="letter_in_one_open_pile"),
            models.CheckConstraint(condition=Q(dispatch__isnull=True) | Q(settled_at__isnull=False, problem=""), name="paper_line_posted_is_settled"),
            models.CheckConstraint(
                condition=Q(live=True, settled_at__isnull=True) | Q(dispatch__isnull=False) | ~Q(problem=""), name="paper_line_left_out_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.number}"

    @property
    def to(self) -> tuple[str, ...]:
        """The lines of the address on the sheet before the letter: those of the letter itself, which may be made again for the day of the
        post; of a letter that goes a second time those of now.
        """
        return tuple(self.addressee) if self.again_id is not None else self.letter.as_content().addressee
