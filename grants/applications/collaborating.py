"""Fill in one draft together: somebody invited by e-mail edits the answers and the files; only who acts for the applicant sends it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from applicants import mails
from applicants.acts import inviting
from applicants.acts.refusing import PartyRefused, becomes_applicant
from applicants.invitations import MOST_TRIES, Invitation, prepared
from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.kernel import clock, outbox
from grants.kernel.outbox import Finish, outside

if TYPE_CHECKING:
    from grants.kernel.models import User

__all__ = ["CaseInvitation", "Collaborator"]


class Collaborator(models.Model):
    """Somebody who fills in a draft together with the applicant. It lasts until it is ended, or the draft is sent in."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="collaborators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "grants"
        verbose_name = _("mede-invuller")
        verbose_name_plural = _("mede-invullers")
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], condition=Q(ended_at__isnull=True), name="collaborator_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.application}"


class CaseInvitation(Invitation):
    """To fill in one draft together."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="invitations")

    class Meta:
        app_label = "grants"
        verbose_name = _("uitnodiging om samen in te vullen")
        verbose_name_plural = _("uitnodigingen om samen in te vullen")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="case_invitation_five_tries"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True) | Q(accepted_by__isnull=False, accepted_at__isnull=False, token_digest=""),
                name="case_invitation_used_once",
            ),
        ]


def _own_draft(application_id: UUID, user: User) -> Application:
    """The draft, locked. Raises PartyRefused for whoever does not act for its applicant, and for one that was sent in."""
    found: Application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    if not Application.objects.acted_for_by(user).filter(pk=application_id).exists():
        raise PartyRefused(_now("Alleen wie optreedt voor de aanvrager, nodigt anderen uit."))
    if found.status != Status.DRAFT:
        raise PartyRefused(_now("De aanvraag is al ingestuurd. Samen invullen kan dan niet meer."))
    return found


@transaction.atomic
def invite(*, application_id: UUID, email: str, user: User) -> tuple[CaseInvitation, str]:
    """Invite somebody to fill in a draft together; gives the code that the inviter tells them. Raises PartyRefused."""
    application = _own_draft(application_id, user)
    inviting.refuse_more(CaseInvitation.objects.open().filter(application=application), email, user)
    values, code = prepared(email=email, user=user)
    made = CaseInvitation.objects.create(application=application, **values)
    outbox.enqueue("grants.together_invited", key=str(made.pk), payload={"invitation": str(made.pk)})
    return made, code


def accept(*, token: str, code: str, user: User) -> Application:
    """Use an invitation. Raises PartyRefused; also when the draft was sent in, or the inviter no longer acts for the applicant."""

    def joined(invitation: CaseInvitation) -> Application:
        becomes_applicant(user)
        application = _own_draft(invitation.application_id, invitation.made_by)
        if Application.objects.of_applicants_of(user).filter(pk=application.pk).exists():
            raise PartyRefused(_now("U kunt deze aanvraag al invullen. U vindt haar bij 'Mijn subsidies'."))
        Collaborator.objects.create(application=application, user=user, invited_by=invitation.made_by, since=clock.now())
        return application

    def its_case(invitation: CaseInvitation) -> Application:
        found: Application = Application.objects.select_for_update(of=("self",)).get(pk=invitation.application_id)
        return found

    return inviting.use(CaseInvitation, token=token, code=code, user=user, lock=its_case, then=joined)


@transaction.atomic
def withdraw(*, invitation_id: str, application_id: UUID, user: User) -> None:
    """Take an invitation back. Raises PartyRefused."""
    _own_draft(application_id, user)
    found = CaseInvitation.objects.open().select_for_update(of=("self",)).filter(pk=invitation_id, application=application_id).first()
    if found is None:
        raise PartyRefused(_now("Deze uitnodiging staat niet meer open."))
    found.withdraw()


@transaction.atomic
def end(*, collaborator_id: int, application_id: UUID, user: User) -> None:
    """Somebody fills in no longer: by who acts for the applicant, or by that person. Raises PartyRefused."""
    found = Collaborator.objects.select_for_update(of=("self",)).filter(pk=collaborator_id, application=application_id, ended_at__isnull=True).first()
    if found is None:
        raise PartyRefused(_now("Deze persoon vult al niet meer mee in."))
    if found.user_id != user.pk and not Application.objects.acted_for_by(user).filter(pk=application_id).exists():
        raise PartyRefused(_now("Alleen wie optreedt voor de aanvrager, beëindigt de toegang van een ander."))
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])


@outside("grants.together_invited")
def invited(payload: dict[str, Any]) -> Finish:
    text = "Iemand vraagt u om samen een aanvraag voor subsidie in te vullen."
    return mails.send_invitation(CaseInvitation, payload["invitation"], "Samen een aanvraag invullen", text, "applications:join")
