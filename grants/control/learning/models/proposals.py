"""What people offer to the network: it waits for a policy officer, and nobody else reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application, Submission
from grants.control.learning.codes import Topics
from grants.control.learning.models.lessons import Lesson
from grants.kernel import triggers
from grants.kernel.access import acting_chains, own_chains
from grants.kernel.roles import Role
from grants.schemes.models import Area, Municipality, Scheme

if TYPE_CHECKING:
    from grants.kernel.models import User


class LessonProposalQuerySet(models.QuerySet["LessonProposal"]):
    def visible_to(self, user: User) -> LessonProposalQuerySet:
        """Proposals that a policy officer reviews: of one's schemes, and never of an applicant for whom one acts (Awb 2:4)."""
        codes = user.scheme_codes_for(frozenset({Role.POLICY_OFFICER}))
        found = self if codes is None else self.filter(Q(scheme__in=codes) | Q(scheme__isnull=True))
        if codes is not None and not codes:
            return self.none()
        return found.exclude(application__chain__in=own_chains(user)).exclude(contributed_by=user)

    def of(self, user: User) -> LessonProposalQuerySet:
        """What this person gave, for an applicant or oneself, and may take back."""
        return self.filter(Q(application__chain__in=acting_chains(user)) | Q(contributed_by=user))


class LessonProposal(Topics, models.Model):
    """What somebody is willing to share, as it was written, with where it belongs; no name, number or amount of the case.

    The policy officer reads this row and not the case. `sequence` is that of the event of the newest report it was taken from.
    """

    class Source(models.TextChoices):
        REPORT = "report", _("verantwoording")
        CONTRIBUTION = "contribution", _("antwoord op een open vraag")
        PARTNER = "partner", _("partner in een gebied")

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        DONE = "done", _("verwerkt")
        REJECTED = "rejected", _("niet gebruikt")
        WITHDRAWN = "withdrawn", _("toestemming ingetrokken")

    source = models.CharField(_("herkomst"), max_length=12, choices=Source)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    application = models.ForeignKey(Application, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sequence = models.BigIntegerField(null=True, blank=True)
    contributed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.CharField(_("organisatie"), max_length=150, blank=True)
    answers = models.ForeignKey(Lesson, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    suggested_kind = models.CharField(max_length=20, choices=Lesson.Kind, blank=True)
    what_worked = models.TextField(_("wat werkte"), blank=True)
    what_did_not = models.TextField(_("wat niet werkte"), blank=True)
    advice = models.TextField(_("tip voor een andere buurt"), blank=True)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    themes = models.CharField(max_length=200, blank=True)
    goals = models.CharField(max_length=200, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reden"), max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    emptied_on = models.DateField(null=True, blank=True)

    objects = LessonProposalQuerySet.as_manager()

    class Meta:
        app_label = "control"
        verbose_name = _("voorstel voor een les")
        verbose_name_plural = _("voorstellen voor lessen")
        indexes = [models.Index(fields=["state", "-received_at", "-id"], name="lesson_proposal_list")]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=["report", "contribution", "partner"]), name="lesson_proposal_known_source"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "done", "rejected", "withdrawn"]), name="lesson_proposal_known_state"),
            models.UniqueConstraint(fields=["application"], name="lesson_proposal_once_per_case"),
            models.CheckConstraint(condition=Q(source="report") | Q(contributed_by__isnull=False), name="lesson_proposal_from_somebody"),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason="") & Q(decided_by__isnull=False), name="lesson_proposal_rejected_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(what_worked="", what_did_not="", advice="", withdrawn_at__isnull=False),
                name="lesson_proposal_withdrawn_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("learning-review:proposal", args=[self.pk])

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What was written: (question in words, text), without the empty ones."""
        named = ((_("Wat werkte"), self.what_worked), (_("Wat werkte niet"), self.what_did_not), (_("Tip voor een andere buurt"), self.advice))
        return [(str(label), text) for label, text in named if text]


class ProposalStep(models.Model):
    """What happened to a proposal: who, when, and why. Holds none of its words."""

    class Act(models.TextChoices):
        RECEIVED = "received", _("ontvangen")
        CHANGED = "changed", _("gewijzigd door de gever")
        REJECTED = "rejected", _("niet gebruikt")
        REOPENED = "reopened", _("opnieuw in behandeling")
        DONE = "done", _("verwerkt tot een les")
        WITHDRAWN = "withdrawn", _("toestemming ingetrokken")
        EMPTIED = "emptied", _("tekst verwijderd na de bewaartermijn")

    proposal = models.ForeignKey(LessonProposal, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=12, choices=Act)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "control"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=["received", "changed", "rejected", "reopened", "done", "withdrawn", "emptied"]), name="proposal_step_known_act"
            ),
        ]

    def __str__(self) -> str:
        return self.get_act_display()


def register_triggers() -> None:
    triggers.register(*triggers.append_only("control_proposalstep"))
