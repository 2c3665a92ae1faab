"""State aid: the test of each case, which companies are one undertaking, and the de-minimis aid that it got."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from applicants.models import Applicant
from decisions import aid_guards as ag
from decisions.models.deciding import Beschikking
from grants.applications.beside import SideRecord
from grants.applications.lifecycle.acts import described as act
from grants.applications.models import Application
from grants.kernel.models import Event
from grants.kernel.money import money_field
from grants.kernel.roles import CASE_READERS
from grants.kernel.roles import Role as R
from grants.law import de_minimis, state_aid

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL


class AidVerdict(models.TextChoices):
    NO_AID = "no_aid", _("geen staatssteun")
    DE_MINIMIS = "de_minimis", _("de-minimissteun")
    DE_MINIMIS_SGEI = "de_minimis_sgei", _("de-minimissteun (DAEB)")
    BLOCK_EXEMPTED = "block_exempted", _("staatssteun, vrijgesteld van aanmelding")
    NOTIFIED = "notified", _("staatssteun, goedgekeurd door de Europese Commissie")
    INCOMPATIBLE = "incompatible", _("verboden staatssteun")


KIND_OF = {"de_minimis": "general", "de_minimis_sgei": "sgei"}
"""The kind of de-minimis aid that a verdict makes of a grant."""


class AidTest(models.Model):
    """One walk through the test tree for a case (Awb 4:35(3)). Never changed: whoever tests again adds a version."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="aid_tests")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    verdict = models.CharField(_("uitkomst"), max_length=20, choices=AidVerdict)
    reference = models.CharField(_("nummer of artikel"), max_length=200, blank=True)
    tested_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    tested_on = models.DateField()

    class Meta:
        verbose_name = _("toets op staatssteun")
        verbose_name_plural = _("toetsen op staatssteun")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="aid_test_version_once"),
            models.CheckConstraint(condition=Q(verdict__in=AidVerdict.values), name="aid_test_known_verdict"),
            models.CheckConstraint(
                condition=~Q(verdict__in=["block_exempted", "notified"]) | ~Q(reference=""), name="aid_test_lawful_aid_has_its_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.application_id})"

    @property
    def steps(self) -> tuple[state_aid.Step, ...]:
        """The questions that counted, with the answers and why; in the words of this release."""
        given = {row["key"]: row for row in self.answers}
        return tuple(
            state_aid.Step(question, given[question.key]["answer"], given[question.key]["why"])
            for question in state_aid.QUESTIONS if question.key in given
        )


class UndertakingQuerySet(models.QuerySet["Undertaking"]):
    def visible_to(self, user: User) -> UndertakingQuerySet:
        """Undertakings of applicants whose case the user may see, as an official."""
        return self.with_a_case_for(user, CASE_READERS)

    def with_a_case_for(self, user: User, roles: frozenset[R]) -> UndertakingQuerySet:
        """Undertakings of applicants with a case of a scheme for which the user holds one of `roles`."""
        codes = user.scheme_codes_for(roles)
        if codes is None:
            return self
        cases = Application.objects.filter(scheme__in=codes).exclude(status="draft")
        members = UndertakingMember.objects.filter(
            Q(applicant__in=cases.values("applicant")) | ~Q(kvk_number="") & Q(kvk_number__in=cases.values("applicant__kvk_number"))
        )
        return self.filter(id__in=members.values("undertaking"))


class Undertaking(models.Model):
    """Companies that together are one single undertaking (Regulation (EU) 2023/2831, article 2(2)).

    Its row is what two grants at once wait for (decision record 6).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        verbose_name = _("onderneming")
        verbose_name_plural = _("ondernemingen")

    def __str__(self) -> str:
        return ", ".join(member.name for member in self.members.all())

    def get_absolute_url(self) -> str:
        return reverse("decisions:undertaking", args=[self.pk])


class UndertakingMember(models.Model):
    """A company, by its KvK number, or an applicant without one; it belongs to one undertaking at a time."""

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="members")
    kvk_number = models.CharField(_("KvK-nummer"), max_length=8, blank=True)
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(_("naam"), max_length=200)

    class Meta:
        verbose_name = _("deel van een onderneming")
        verbose_name_plural = _("delen van een onderneming")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kvk_number"], condition=~Q(kvk_number=""), name="company_in_one_undertaking"),
            models.UniqueConstraint(fields=["applicant"], condition=Q(applicant__isnull=False), name="applicant_in_one_undertaking"),
            models.CheckConstraint(
                condition=Q(kvk_number="", applicant__isnull=False) | Q(kvk_number__regex=r"^[0-9]{8}$", applicant__isnull=True),
                name="undertaking_member_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UndertakingLink(models.Model):
    """Who put a company into an undertaking, when, and on what ground. Written once: the last one counts."""

    member = models.ForeignKey(UndertakingMember, on_delete=models.PROTECT, related_name="links")
    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="links")
    source = models.CharField(_("waaruit blijkt dat?"), max_length=300)
    linked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    linked_on = models.DateField()

    class Meta:
        verbose_name = _("koppeling van een onderneming")
        verbose_name_plural = _("koppelingen van ondernemingen")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="undertaking_link_has_a_source")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.source}"


class AidState(models.TextChoices):
    TO_REPORT = "to_report", _("nog te melden in het register")
    REPORTED = "reported", _("gemeld in het register")
    DECLARED = "declared", _("opgegeven door de aanvrager")
    TAKEN_BACK = "taken_back", _("vervallen")


S = AidState


class DeMinimisEntry(SideRecord):
    """De-minimis aid in euros: given by a decision of ours, or declared by the applicant as given by another authority.

    `granted_on` is the day on which the right arose: that on which our decision took effect. A later decision that
    lowers the aid makes an entry below zero with the day of the aid that it lowers.
    """

    words = str(_("de de-minimissteun"))

    class Kind(models.TextChoices):
        GENERAL = "general", _("algemeen")
        SGEI = "sgei", _("DAEB")
        AGRICULTURE = "agriculture", _("landbouw")
        FISHERY = "fishery", _("visserij")

    state = FSMField(max_length=12, choices=AidState, default="", protected=True)
    member = models.ForeignKey(UndertakingMember, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    amount = money_field()
    granted_on = models.DateField(_("verleend op"))
    decision = models.ForeignKey(Beschikking, on_delete=models.PROTECT, related_name="de_minimis", null=True, blank=True)
    authority = models.CharField(_("wie gaf de steun?"), max_length=200, blank=True)
    member_state = models.CharField(_("lidstaat"), max_length=2, default=de_minimis.MEMBER_STATE)
    report_by = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    register_number = models.CharField(_("nummer in het register"), max_length=60, blank=True)
    reason = models.CharField(_("reden"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("de-minimissteun")
        verbose_name_plural = _("de-minimissteun")
        ordering = ["granted_on", "id"]
        indexes = [
            models.Index(fields=["member", "granted_on"], name="de_minimis_of_member"),
            models.Index(fields=["report_by"], name="de_minimis_to_report", condition=Q(state="to_report")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AidState.values), name="de_minimis_known_state"),
            models.CheckConstraint(condition=Q(kind__in=["general", "sgei", "agriculture", "fishery"]), name="de_minimis_known_kind"),
            models.CheckConstraint(
                condition=Q(decision__isnull=False, authority="") | Q(decision__isnull=True, amount__gt=0) & ~Q(authority=""),
                name="de_minimis_ours_or_declared",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="de_minimis_is_some_money"),
            models.CheckConstraint(
                condition=Q(state="reported", reported_on__isnull=False, reported_on__gte=F("granted_on")) | ~Q(state="reported") & Q(reported_on__isnull=True),
                name="de_minimis_reported_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.granted_on}: {self.amount}"

    def as_aid(self) -> de_minimis.Aid:
        return de_minimis.Aid(self.granted_on, self.amount, self.kind, self.member_state)  # type: ignore[arg-type]

    @transition(state, "", S.TO_REPORT, **act("T76", "De-minimissteun inschrijven", R.SYSTEM, article="3 de-minimisverordening"))
    def enter_de_minimis(self) -> None: ...

    @transition(state, "", S.DECLARED, **act("T77", "Opgegeven de-minimissteun vastleggen", R.CASE_HANDLER, R.OBJECTION_HANDLER,
        article="7 de-minimisverordening", guards=(ag.declared_in_the_past,)))
    def declare_de_minimis(self) -> None: ...

    @transition(state, S.TO_REPORT, S.REPORTED, **act("T78", "Gemeld in het register", R.CASE_HANDLER, R.FINANCE_OFFICER,
        article="6 de-minimisverordening"))
    def report_de_minimis(self) -> None: ...

    @transition(state, S.REPORTED, S.TO_REPORT, **act("T79", "Melding terugnemen", R.CASE_HANDLER, R.FINANCE_OFFICER,
        article="6 de-minimisverordening", guards=(ag.reason_is_given,)))
    def undo_report_of_de_minimis(self) -> None: ...

    @transition(state, S.DECLARED, S.TAKEN_BACK, **act("T79b", "Opgave laten vervallen", R.CASE_HANDLER, R.OBJECTION_HANDLER,
        guards=(ag.reason_is_given,)))
    def withdraw_declared_de_minimis(self) -> None: ...
