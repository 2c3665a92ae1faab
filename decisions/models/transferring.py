"""A case that passes to another applicant: proposed by one person, carried out by another, with our consent where that is needed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from applicants.models import Applicant
from decisions import party_guards as pg
from decisions.models.deciding import Beschikking
from decisions.models.evidence import Evidence
from grants.applications.beside import SideRecord
from grants.applications.lifecycle.acts import described as act
from grants.kernel.checked import constraint
from grants.kernel.roles import Role as R

USER = settings.AUTH_USER_MODEL


class TransferState(models.TextChoices):
    PROPOSED = "proposed", _("voorgesteld")
    DONE = "done", _("overgedragen")
    CANCELLED = "cancelled", _("gaat niet door")


class Transfer(Evidence, SideRecord):
    """One transfer. By agreement a granted subsidy passes only with consent, which is a decision; by merger or death the law does it."""

    words = str(_("de overdracht"))

    class Basis(models.TextChoices):
        MERGER = "merger", _("fusie of herindeling")
        INHERITANCE = "inheritance", _("erfopvolging")
        AGREEMENT = "agreement", _("overeenkomst")

    state = FSMField(max_length=10, choices=TransferState, default="", protected=True)
    basis = models.CharField(_("waarop rust de overdracht"), max_length=12, choices=Basis)
    from_applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="+")
    to_applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("toelichting"))
    proposed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    decision = models.OneToOneField(Beschikking, on_delete=models.PROTECT, related_name="transfer", null=True, blank=True)
    done_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("overdracht")
        verbose_name_plural = _("overdrachten")
        ordering = ["-proposed_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["proposed", "done", "cancelled"]), name="transfer_known_state"),
            models.CheckConstraint(condition=Q(basis__in=["merger", "inheritance", "agreement"]), name="transfer_known_basis"),
            models.CheckConstraint(condition=~Q(from_applicant=F("to_applicant")), name="transfer_to_another"),
            constraint("transfer_checked"),
            models.UniqueConstraint(fields=["application"], condition=Q(state="proposed"), name="one_proposed_transfer_per_case"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_by__isnull=False, done_on__isnull=False) & ~Q(done_by=F("proposed_by")), name="transfer_done_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_applicant} > {self.to_applicant}"

    @transition(state, "", TransferState.PROPOSED, **act("T92", "Overdracht voorstellen", R.CASE_HANDLER, R.INTAKE_OFFICER, article="ASV",
        guards=(pg.reason_given, pg.transfer_is_possible)))
    def propose_transfer(self) -> None: ...

    @transition(state, TransferState.PROPOSED, TransferState.DONE, **act("T93", "Overdracht uitvoeren", R.REVIEWER, R.MANDATE_HOLDER, article="ASV",
        guards=(pg.another_person, pg.consent_is_given, pg.transfer_is_possible)))
    def carry_out_transfer(self) -> None: ...

    @transition(state, TransferState.PROPOSED, TransferState.CANCELLED, **act("T93b", "Overdracht intrekken", R.CASE_HANDLER, R.REVIEWER,
        R.MANDATE_HOLDER, guards=(pg.reason_given,)))
    def cancel_transfer(self) -> None: ...
