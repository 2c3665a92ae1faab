"""Advice on a case: asked of a colleague, of an expert outside, or of an adviser whom the law names (Awb 3:5 and on)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from decisions import advice_guards as ag
from grants.applications.beside import SideRecord, SideRecordQuerySet
from grants.applications.lifecycle.acts import described as act
from grants.applications.models import Application, Document
from grants.kernel.roles import STAFF
from grants.kernel.roles import Role as R

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL
ASKERS = (R.CASE_HANDLER, R.REVIEWER, R.OBJECTION_HANDLER)
"""Who asks for advice, and notes what an adviser outside answered."""


class AdviceState(models.TextChoices):
    ASKED = "asked", _("gevraagd")
    ANSWERED = "answered", _("gegeven")
    WITHDRAWN = "withdrawn", _("vraag ingetrokken")


S = AdviceState


class AdviceRequestQuerySet(SideRecordQuerySet):
    def visible_to(self, user: User) -> AdviceRequestQuerySet:
        """For officials: those of the cases that they may see, and what is asked of themselves as long as it is open.

        Whoever acts for the applicant of a case sees none of its advice, official or not.
        """
        if not user.is_authenticated or not user.is_official:
            return self.none()
        seen = Q(adviser=user, state=S.ASKED)
        if user.reads_cases:
            seen |= Q(application__in=Application.objects.visible_to(user))
        return self.filter(seen).exclude(application__in=Application.objects.on_the_side_of(user))

    def asked_of(self, user: User) -> AdviceRequestQuerySet:
        """What waits for an answer of this person."""
        return self.filter(adviser=user, state=S.ASKED)


def _gives_it(record: AdviceRequest, user: User) -> bool:
    """A colleague answers in person; what an adviser outside wrote is noted by who may ask."""
    if record.adviser_id is not None:
        return bool(record.adviser_id == user.pk and user.is_official)
    return user.has_role(*ASKERS, scheme_code=record.application.scheme_id)


class AdviceRequest(SideRecord):
    """One question to one adviser, and the answer. While it is open a colleague sees this case, as far as it is shown here."""

    words = "de vraag om advies"

    class Kind(models.TextChoices):
        COLLEAGUE = "colleague", _("collega")
        EXPERT = "expert", _("deskundige van buiten")
        STATUTORY = "statutory", _("commissie of adviseur die een wettelijk voorschrift noemt")

    class About(models.TextChoices):
        APPLICATION = "application", _("het besluit op de aanvraag")
        SETTLEMENT = "settlement", _("de vaststelling")
        CHANGE = "change", _("een wijziging of intrekking")

    state = FSMField(max_length=12, choices=AdviceState, default="", protected=True)
    kind = models.CharField(_("van wie"), max_length=12, choices=Kind)
    about = models.CharField(_("waarover"), max_length=12, choices=About, default=About.APPLICATION)
    adviser = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    expert_name = models.CharField(_("naam van de adviseur"), max_length=120, blank=True)
    organisation = models.CharField(_("organisatie"), max_length=160, blank=True)
    basis = models.CharField(_("wettelijk voorschrift"), max_length=200, blank=True)
    question = models.TextField(_("vraag"))
    documents = models.ManyToManyField(Document, related_name="+", blank=True)
    due_on = models.DateField(_("antwoord uiterlijk"))
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answer = models.TextField(_("advies"), blank=True)
    answered_on = models.DateField(_("gegeven op"), null=True, blank=True)
    reason = models.CharField(_("reden"), max_length=300, blank=True)
    seen_on = models.DateField(null=True, blank=True, help_text=_("De dag waarop de vrager het antwoord las."))

    objects = AdviceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("advies")
        verbose_name_plural = _("adviezen")
        ordering = ["asked_on", "id"]
        indexes = [
            models.Index(fields=["adviser", "state", "due_on"], name="advice_of_adviser"),
            models.Index(fields=["asked_by", "state", "due_on"], name="advice_of_asker"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AdviceState.values), name="advice_known_state"),
            models.CheckConstraint(condition=Q(about__in=["application", "settlement", "change"]), name="advice_known_subject"),
            models.CheckConstraint(
                condition=Q(kind="colleague", adviser__isnull=False, expert_name="", organisation="")
                | Q(kind__in=["expert", "statutory"], adviser__isnull=True) & ~Q(expert_name="") & ~Q(organisation=""),
                name="advice_of_somebody_inside_or_outside",
            ),
            models.CheckConstraint(condition=~Q(kind="statutory") | ~Q(basis=""), name="advice_statutory_has_its_basis"),
            models.CheckConstraint(condition=Q(adviser__isnull=True) | ~Q(adviser=F("asked_by")), name="advice_of_another"),
            models.CheckConstraint(condition=~Q(question=""), name="advice_has_a_question"),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="advice_due_after_it_is_asked"),
            models.CheckConstraint(
                condition=Q(state="answered", answered_on__gte=F("asked_on")) & ~Q(answer="") | ~Q(state="answered") & Q(answer="", answered_on=None),
                name="advice_given_is_whole",
            ),
            models.CheckConstraint(condition=~Q(state="withdrawn") | ~Q(reason=""), name="advice_withdrawn_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{_('Advies')} {self.adviser_name}, {self.asked_on}"

    def get_absolute_url(self) -> str:
        return reverse("decisions:advice", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == S.ASKED

    @property
    def is_outside(self) -> bool:
        """The adviser does not work for the province: name and organisation were typed."""
        return self.kind != self.Kind.COLLEAGUE

    @property
    def adviser_name(self) -> str:
        return f"{self.expert_name}, {self.organisation}" if self.is_outside else str(self.adviser)

    @transition(state, "", S.ASKED, **act("A01", "Advies vragen", *ASKERS, article="3:2 Awb",
        guards=(ag.question_given, ag.adviser_is_another, ag.adviser_is_known, ag.due_day_is_ahead)))
    def ask_advice(self) -> None: ...

    @transition(state, S.ASKED, S.ANSWERED, **{**act("A02", "Advies geven", *sorted(STAFF), article="3:2 Awb",
        guards=(ag.adviser_has_no_interest, ag.answer_given, ag.answer_day_is_possible)), "permission": _gives_it})
    def give_asked_advice(self) -> None: ...

    @transition(state, S.ASKED, S.WITHDRAWN, **act("A03", "Vraag om advies intrekken", *ASKERS, guards=(ag.reason_given,)))
    def withdraw_advice(self) -> None: ...
