"""A ceiling that is divided: the list of cases, how it was divided, and what each got. A record that anyone can run again.

Announced: the list is closed, and for a draw the secret is fixed (its digest is shown and stands in the chain of every case). Made: every case
has a rank or a share. Void: with a reason; the record stays. Nothing else ever changes: triggers hold that.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application
from grants.budget.models import Ceiling
from grants.kernel import triggers
from grants.kernel.models import Event
from grants.kernel.money import money_field
from grants.kernel.roles import CASE_READERS

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL


class DrawQuerySet(models.QuerySet["Draw"]):
    def visible_to(self, user: User) -> DrawQuerySet:
        codes = user.scheme_codes_for(CASE_READERS)
        return self.all() if codes is None else self.filter(ceiling__scheme__in=codes)

    def live(self) -> DrawQuerySet:
        return self.filter(state__in=Draw.LIVE)


class Draw(models.Model):
    """One division of what is left under a ceiling. `day`: the day on which the cases were complete; the closing day of a tender."""

    class Method(models.TextChoices):
        PRO_RATA = "pro_rata_same_day", _("naar verhouding")
        LOTTERY = "lottery_same_day", _("loting")
        EQUAL = "equal_shares", _("gelijke delen")
        TENDER = "tender", _("rangschikking op punten")

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("lijst gesloten")
        MADE = "made", _("gemaakt")
        VOID = "void", _("vervallen")

    LIVE = ("announced", "made")
    BY_LOT = ("lottery_same_day", "tender")
    """A tender has a secret too: equal totals are drawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ceiling = models.ForeignKey(Ceiling, on_delete=models.PROTECT, related_name="draws")
    method = models.CharField(max_length=20, choices=Method)
    state = models.CharField(max_length=10, choices=State, default=State.ANNOUNCED)
    day = models.DateField(_("dag"))
    remaining = money_field(help_text=_("Wat er onder het plafond nog was."))
    minimum = money_field(help_text=_("Het kleinste deel volgens de regeling."))
    rules = models.JSONField(default=dict, help_text=_("De regels van de verdeling, zoals de regeling ze toen gaf."))
    secret = models.CharField(max_length=64, blank=True)
    commitment = models.CharField(max_length=64, blank=True)
    word = models.CharField(_("woord van de getuigen"), max_length=60, blank=True)
    witnesses = models.CharField(_("getuigen"), max_length=300, blank=True)
    announced_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    announced_on = models.DateField()
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    made_on = models.DateField(null=True, blank=True)
    void_reason = models.TextField(blank=True)
    voided_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdeling")
        verbose_name_plural = _("verdelingen")
        ordering = ["announced_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["announced", "made", "void"]), name="draw_known_state"),
            models.CheckConstraint(
                condition=Q(method__in=["pro_rata_same_day", "lottery_same_day", "equal_shares", "tender"]), name="draw_known_method"
            ),
            models.UniqueConstraint(fields=["ceiling", "day"], condition=Q(state__in=["announced", "made"]), name="one_live_draw_per_ceiling_and_day"),
            models.CheckConstraint(condition=Q(remaining__gte=0, minimum__gte=0), name="draw_amounts_not_negative"),
            models.CheckConstraint(
                condition=~Q(method__in=["lottery_same_day", "tender"]) | ~Q(secret="") & ~Q(commitment=""), name="draw_by_lot_was_fixed_before"
            ),
            models.CheckConstraint(
                condition=~Q(state="made") | Q(made_by__isnull=False, made_on__gte=F("announced_on"), made_on__gt=F("day")),
                name="draw_made_after_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="made", method="lottery_same_day") | ~Q(witnesses="") & ~Q(word=""), name="draw_by_lot_has_witnesses"
            ),
            models.CheckConstraint(condition=~Q(state="void") | ~Q(void_reason="") & Q(voided_by__isnull=False), name="draw_void_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}, {self.ceiling_id}, {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("decisions:draw", args=[self.pk])

    @property
    def seed(self) -> str:
        """Secret and word, once it was drawn; '' when nothing was drawn."""
        return f"{self.secret}-{self.word}" if self.word else ""

    def must_be_voided_by_another(self, user: User) -> bool:
        """Did this person draw? Who draws and may void alone could draw until the outcome pleases."""
        return self.state == self.State.MADE and self.method in self.BY_LOT and self.made_by_id == user.pk

    def void_before(self) -> DrawQuerySet:
        """Divisions of the same day that were declared void: whoever reads this record sees how often, by whom and why."""
        return Draw.objects.filter(ceiling=self.ceiling_id, day=self.day, state=self.State.VOID).exclude(pk=self.pk).order_by("announced_on", "id")


class DrawEntry(models.Model):
    """One case in a division: what it asked, and what came out. `share` is euros; a rank alone says who goes first."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="entries")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="draw_entries")
    listed_event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    ranked_event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked = money_field()
    scores = models.JSONField(default=list, blank=True, help_text=_("Bij een rangschikking: de punten van elke beoordelaar."))
    total = models.DecimalField(_("punten"), max_digits=9, decimal_places=2, null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    rank = models.PositiveIntegerField(_("rang"), null=True, blank=True)
    share = money_field(null=True, blank=True)
    refusal = models.TextField(blank=True)

    class Meta:
        verbose_name = _("zaak in een verdeling")
        verbose_name_plural = _("zaken in een verdeling")
        ordering = ["rank", "application__case_number"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "application"], name="draw_entry_once"),
            models.UniqueConstraint(fields=["draw", "rank"], name="draw_rank_once"),
            models.CheckConstraint(condition=Q(asked__gt=0), name="draw_entry_asks_something"),
            models.CheckConstraint(condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=F("asked")), name="draw_share_within_what_was_asked"),
            models.CheckConstraint(condition=Q(refusal="") | Q(share=0, rank__isnull=True), name="draw_refused_has_no_share_and_no_rank"),
            models.CheckConstraint(
                condition=Q(rank__isnull=True, share__isnull=True) | Q(ranked_event__isnull=False), name="draw_outcome_has_its_event"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.rank or self.share or '-'}"


_FIXED = ("id", "ceiling_id", "method", "day", "remaining", "minimum", "rules", "secret", "commitment", "announced_by_id", "announced_on")
_CHANGED = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in _FIXED)
_MADE = "OLD.state = 'made' AND (NEW.state <> 'void' OR OLD.word <> NEW.word OR OLD.witnesses <> NEW.witnesses OR OLD.made_on <> NEW.made_on)"
_VOID_ALONE = "NEW.state = 'void' AND OLD.state = 'made' AND OLD.method IN ('lottery_same_day', 'tender') AND NEW.voided_by_id = OLD.made_by_id"
_ENTRY = "OLD.draw_id <> NEW.draw_id OR OLD.application_id <> NEW.application_id OR OLD.asked <> NEW.asked OR OLD.ranked_event_id IS NOT NULL"


def register_triggers() -> None:
    triggers.register(
        triggers.refuse("decisions_draw", "DELETE", "a division is kept"),
        triggers.refuse("decisions_draw", "UPDATE", "a division never changes", when=f"OLD.state = 'void' OR {_CHANGED} OR ({_MADE})"),
        triggers.refuse("decisions_draw", "UPDATE", "a draw is declared void by another than who drew", when=_VOID_ALONE, about="void_alone"),
        triggers.refuse("decisions_drawentry", "DELETE", "a case stays in its division"),
        triggers.refuse("decisions_drawentry", "UPDATE", "the outcome of a division never changes", when=_ENTRY),
    )
