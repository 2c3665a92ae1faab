"""What an applicant asks of us beside the application: an advance (Awb 4:95), or more time to give a view (Awb 4:9)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from decisions import request_guards as rg
from decisions.models.deciding import View
from grants.applications.beside import SideRecord, SideRecordQuerySet
from grants.applications.lifecycle.acts import described as act
from grants.applications.lifecycle.transitions import BY_APPLICANT
from grants.kernel.money import money_field
from grants.kernel.roles import Role as R

USER = settings.AUTH_USER_MODEL


class RequestState(models.TextChoices):
    ASKED = "asked", _("wacht op ons antwoord")
    GRANTED = "granted", _("toegestaan")
    REFUSED = "refused", _("niet toegestaan")
    WITHDRAWN = "withdrawn", _("door u ingetrokken")


S = RequestState


class ApplicantRequestQuerySet(SideRecordQuerySet):
    def open(self) -> ApplicantRequestQuerySet:
        return self.filter(state=S.ASKED)


class ApplicantRequest(SideRecord):
    """One request. An advance is given by a decision of its own (T65), which closes the request; more time moves the term of the view."""

    words = str(_("het verzoek"))

    class Kind(models.TextChoices):
        ADVANCE = "advance", _("voorschot")
        VIEW_TIME = "view_time", _("meer tijd voor een reactie")

    state = FSMField(max_length=12, choices=RequestState, default="", protected=True)
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    text = models.TextField(_("waarom"))
    amount = money_field(null=True, blank=True)
    view = models.ForeignKey(View, on_delete=models.PROTECT, null=True, blank=True, related_name="requests")
    asked_on = models.DateField()
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("ons antwoord"), blank=True)
    new_last_day = models.DateField(_("nieuwe laatste dag"), null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ApplicantRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("verzoek van de aanvrager")
        verbose_name_plural = _("verzoeken van de aanvrager")
        ordering = ["asked_on", "id"]
        indexes = [models.Index(fields=["state", "asked_on", "id"], name="request_by_state_and_day")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_known_state"),
            models.CheckConstraint(condition=~Q(text=""), name="request_says_why"),
            models.CheckConstraint(
                condition=Q(kind="advance", view__isnull=True, amount__gt=0) | Q(kind="view_time", view__isnull=False, amount__isnull=True),
                name="request_of_a_known_kind_is_whole",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(answer=""), name="request_refused_with_a_reason"),
            models.CheckConstraint(condition=~Q(state__in=["granted", "refused"]) | Q(answered_on__gte=F("asked_on")), name="request_answered_afterwards"),
            models.CheckConstraint(
                condition=~Q(state="granted", kind="view_time") | Q(new_last_day__isnull=False), name="request_for_time_granted_with_a_day"
            ),
            models.UniqueConstraint(fields=["application", "kind"], condition=Q(state="asked"), name="one_open_request_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.asked_on})"

    def get_absolute_url(self) -> str:
        return reverse("decisions:request", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == S.ASKED

    @transition(state, "", S.ASKED, **act("V01", "Verzoek indienen", *BY_APPLICANT, R.INTAKE_OFFICER, article="4:95, 4:9 Awb",
        guards=(rg.reason_given, rg.request_is_possible)))
    def make_request(self) -> None: ...

    @transition(state, S.ASKED, S.GRANTED, **act("V02", "Verzoek toestaan", R.CASE_HANDLER, R.SYSTEM, article="4:95, 4:9 Awb",
        guards=(rg.new_day_is_later, rg.advance_was_decided)))
    def grant_request(self) -> None: ...

    @transition(state, S.ASKED, S.REFUSED, **act("V03", "Verzoek niet toestaan", R.CASE_HANDLER, R.SYSTEM, article="3:46 Awb", guards=(rg.reason_given,)))
    def refuse_request(self) -> None: ...

    @transition(state, S.ASKED, S.WITHDRAWN, **act("V04", "Verzoek intrekken", *BY_APPLICANT))
    def withdraw_request(self) -> None: ...
