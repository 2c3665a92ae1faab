"""The case: an application with typed columns for all that is filtered or counted, and what hangs on it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applicants.models import Applicant, ApplicantType, Representation
from grants.applications.documents import Document, PartialUpload
from grants.applications.lifecycle.transitions import Lifecycle
from grants.applications.statuses import PUBLIC_NAMES, RUNNING, UNDECIDED, Status
from grants.budget.models import Ceiling
from grants.kernel import clock
from grants.kernel.models import Chain, Event
from grants.kernel.money import ZERO, money_field
from grants.kernel.roles import CASE_READERS
from grants.schemes.definition import SchemeDefinition
from grants.schemes.models import Area, Goal, Municipality, Scheme, SchemeVersion

if TYPE_CHECKING:
    from grants.kernel.models import User

__all__ = ["Application", "ApplicationGoal", "Deadline", "Document", "PartialUpload", "Submission"]


class NoScheme(ValueError):
    """An imported case, whose scheme is history: there are no rules to act by. `str()` is a sentence for people."""

    def __init__(self, case_number: str) -> None:
        self.case_number = case_number
        super().__init__(f"Zaak {case_number} is ingelezen uit een register. Van deze zaak zijn de regels niet bekend: dit kan hier niet.")


class Origin(models.TextChoices):
    PORTAL = "portal", _("website")
    PAPER = "paper", _("papier")
    IMPORT = "import", _("ingelezen register")


class SubsidyForm(models.TextChoices):
    PROJECT = "project", _("projectsubsidie")
    STRUCTUREEL = "structureel", _("structurele subsidie")
    INVESTERING = "investering", _("investeringssubsidie")


def _acts_for(user: User, *others: QuerySet[Any]) -> Q:
    """The cases in which the user acts for the applicant, and those of `others`. Each arm of the union finds its rows by an index of its own."""
    one_case = Representation.objects.one_case_of(user, clock.today()).filter(chain__application__applicant=F("applicant"))
    all_cases = Application.objects.filter(applicant__in=Applicant.objects.represented_by(user).values("id"))
    return Q(pk__in=all_cases.values("pk").union(one_case.values("chain__application"), *others))


def _together(user: User, **only: Any) -> QuerySet[Any]:
    """The cases of which the user filled in the draft together with the applicant."""
    collaborator = apps.get_model("grants", "Collaborator")  # its module reads this one
    return collaborator.objects.filter(user=user, **only).order_by().values("application")


def _fills_in(user: User) -> QuerySet[Any]:
    """Only as long as it is a draft: after that a collaborator sees nothing more."""
    return _together(user, ended_at__isnull=True, application__status=Status.DRAFT)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> ApplicationQuerySet:
        """Cases that the user may see: one's own as an applicant, those of one's schemes as an official."""
        if not user.is_authenticated:
            return self.none()
        rule = _acts_for(user, _fills_in(user))
        codes = user.scheme_codes_for(CASE_READERS)
        if codes is None:
            return self.filter(rule | ~Q(status=Status.DRAFT))
        if codes:
            rule |= Q(scheme__in=codes) & ~Q(status=Status.DRAFT)
        return self.filter(rule)

    def visible_to_official(self, user: User) -> ApplicationQuerySet:
        """Cases of one's schemes, and never one's own: whoever acts for an applicant does not read what officials keep about it (Awb 2:4)."""
        return self.visible_to(user).exclude(pk__in=Application.objects.on_the_side_of(user).values("pk"))

    def of_applicants_of(self, user: User) -> ApplicationQuerySet:
        """Cases in which the user acts for the applicant, and drafts that the user fills in together with the applicant."""
        return self.filter(_acts_for(user, _fills_in(user)))

    def acted_for_by(self, user: User) -> ApplicationQuerySet:
        """Cases in which the user may act for the applicant: by a mandate for all of its cases, or for this one."""
        return self.filter(_acts_for(user))

    def on_the_side_of(self, user: User) -> ApplicationQuerySet:
        """Cases in which the user acts for the applicant, or ever filled in the draft: of these an official keeps away (Awb 2:4)."""
        return self.filter(_acts_for(user, _together(user)))

    def undecided(self) -> ApplicationQuerySet:
        return self.filter(status__in=UNDECIDED)

    def running(self) -> ApplicationQuerySet:
        return self.filter(status__in=RUNNING)

    def overdue_on(self, day: date) -> ApplicationQuerySet:
        """Undecided after the last day of the decision term."""
        return self.undecided().filter(decision_due_on__lt=day)


class Application(Lifecycle):
    """One application for a subsidy under one version of a scheme, from draft to closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.OneToOneField(Chain, on_delete=models.PROTECT, related_name="application")
    case_number = models.CharField(_("zaaknummer"), max_length=40, unique=True, null=True, blank=True)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="applications")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="applications", null=True, blank=True)
    ceiling = models.ForeignKey(Ceiling, on_delete=models.PROTECT, related_name="applications", null=True, blank=True)
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="applications", null=True, blank=True)
    applicant_type = models.CharField(_("soort aanvrager"), max_length=30, choices=ApplicantType)
    origin = models.CharField(_("herkomst"), max_length=10, choices=Origin)
    is_demo = models.BooleanField(default=False)
    title = models.CharField(_("titel"), max_length=200, blank=True)
    summary = models.TextField(_("samenvatting"), blank=True)
    subsidy_form = models.CharField(max_length=20, choices=SubsidyForm)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    goals = models.ManyToManyField(Goal, through="ApplicationGoal", related_name="applications")
    draft_answers = models.JSONField(default=dict, blank=True)
    draft_saved_at = models.DateTimeField(null=True, blank=True)

    requested_amount = money_field(null=True, blank=True)
    granted_amount = money_field(null=True, blank=True)
    settled_amount = money_field(null=True, blank=True)
    activity_start = models.DateField(null=True, blank=True)
    activity_end = models.DateField(null=True, blank=True)

    received_at = models.DateTimeField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    complete_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    decision_due_on = models.DateField(_("uiterste beslisdatum"), null=True, blank=True)
    report_due_on = models.DateField(_("verantwoorden voor"), null=True, blank=True)
    arrangement = models.CharField(max_length=4, blank=True)
    settlement_mode = models.CharField(max_length=20, blank=True)
    settlement_outcome = models.CharField(max_length=20, blank=True)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    # For the work list; `worklist.keep_up` writes them after every act. The generated ones are never empty: keys of pages.
    next_due_on = models.DateField(_("eerstvolgende termijn"), null=True, blank=True, editable=False)
    last_event_at = models.DateTimeField(_("laatst bijgewerkt"), default=clock.now, editable=False)
    due_key = models.GeneratedField(
        expression=Coalesce("next_due_on", Value(date(9999, 12, 31))), output_field=models.DateField(), db_persist=True
    )
    received_key = models.GeneratedField(
        expression=Coalesce("received_on", Value(date(1900, 1, 1))), output_field=models.DateField(), db_persist=True
    )
    amount_key = models.GeneratedField(
        expression=Coalesce("requested_amount", Value(ZERO), output_field=money_field()), output_field=money_field(), db_persist=True
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        app_label = "grants"
        verbose_name = _("aanvraag")
        verbose_name_plural = _("aanvragen")
        indexes = [
            models.Index(fields=["status", "decision_due_on", "id"], name="application_work_list"),
            models.Index(fields=["scheme", "status", "complete_on"], name="application_queue"),
            models.Index(fields=["applicant", "-created_at"], name="application_of_applicant"),
            models.Index(fields=["-received_on", "-id"], name="application_newest"),
            # One for each sort of the work list, and those of the filters that leave a part of it.
            models.Index(fields=["due_key", "case_number"], name="application_by_due"),
            models.Index(fields=["received_key", "case_number"], name="application_by_receipt"),
            models.Index(fields=["last_event_at", "case_number"], name="application_by_update"),
            models.Index(fields=["amount_key", "case_number"], name="application_by_amount"),
            models.Index(fields=["handler", "due_key", "case_number"], name="application_of_handler"),
            models.Index(fields=["status", "due_key", "case_number"], name="application_of_status"),
            models.Index(fields=["scheme", "due_key", "case_number"], name="application_of_scheme"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="application_known_status"),
            models.CheckConstraint(
                condition=Q(origin="import") | Q(applicant__isnull=False, version__isnull=False), name="application_has_applicant"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN, Status.CLOSED]) | Q(case_number__isnull=False),
                name="application_has_number_once_received",
            ),
            models.CheckConstraint(
                condition=Q(requested_amount__isnull=True) | Q(requested_amount__gte=0), name="application_requested_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(granted_amount__isnull=True) | Q(granted_amount__gte=0), name="application_granted_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(settled_amount__isnull=True) | Q(settled_amount__gte=0), name="application_settled_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(complete_on__isnull=True) | Q(received_on__isnull=True) | Q(complete_on__gte=F("received_on")),
                name="application_complete_after_receipt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_number or _('concept')}: {self.title or self.scheme.title}"

    def get_absolute_url(self) -> str:
        return reverse("applications:case", args=[self.pk])

    @property
    def definition(self) -> SchemeDefinition:
        """What the scheme says for this case. Raises NoScheme for an imported case, whose scheme is history."""
        if self.version is None:
            raise NoScheme(str(self.case_number))
        return self.version.definition

    @property
    def public_status(self) -> str:
        """Where the case stands, as the applicant reads it."""
        return str(PUBLIC_NAMES[Status(self.status)])

    def is_represented_by(self, user: User) -> bool:
        """May the user act for the applicant of this case?"""
        if self.applicant_id is None:
            return False
        if Applicant.objects.represented_by(user).filter(id=self.applicant_id).exists():
            return True
        return Representation.objects.one_case_of(user, clock.today()).filter(applicant=self.applicant_id, chain=self.chain_id).exists()


class ApplicationGoal(models.Model):
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="application_links")
    is_main = models.BooleanField(default=False)

    class Meta:
        app_label = "grants"
        constraints = [
            models.UniqueConstraint(fields=["application", "goal"], name="goal_once_per_application"),
            models.UniqueConstraint(fields=["application"], condition=Q(is_main=True), name="one_main_goal_per_application"),
        ]

    def __str__(self) -> str:
        return str(self.goal_id)


class Submission(models.Model):
    """What a person sent in, at one moment: the application, a completion, the account of the activity, or a view. Frozen."""

    class Kind(models.TextChoices):
        APPLICATION = "application", _("aanvraag")
        COMPLETION = "completion", _("aanvulling")
        PROGRESS = "progress", _("bericht over de voortgang")
        REPORT = "report", _("verantwoording")
        REPORT_COMPLETION = "report_completion", _("aanvulling verantwoording")
        VIEW = "view", _("reactie op ons voornemen")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="submissions")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    answers = models.JSONField()
    warnings = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        app_label = "grants"
        ordering = ["received_at"]
        verbose_name = _("inzending")
        verbose_name_plural = _("inzendingen")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_at:%Y-%m-%d %H:%M}"


class Deadline(models.Model):
    """A term in a case, made by one event and, if it ends early, ended by another. `explanation` says how it was counted."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="deadlines")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    rule = models.CharField(max_length=40)
    starts_on = models.DateField()
    raw_end = models.DateField()
    last_day = models.DateField()
    suspended_days = models.PositiveIntegerField(default=0)
    explanation = models.JSONField(default=list)

    class Meta:
        app_label = "grants"
        ordering = ["last_day"]
        verbose_name = _("termijn")
        verbose_name_plural = _("termijnen")
        indexes = [models.Index(fields=["rule", "last_day"], name="deadline_open", condition=Q(ended_by__isnull=True))]

    def __str__(self) -> str:
        return f"{self.rule}: {self.last_day}"
