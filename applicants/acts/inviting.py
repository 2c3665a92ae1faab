"""Invite somebody to act for an applicant, and accept that: once, in time, with the link from the mail and the code from the inviter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants import papers
from applicants.acts import mandating
from applicants.acts.refusing import PartyRefused, locked, must_manage, refuse_official
from applicants.invitations import MOST_TRIES, Invitation, digest_of, prepared
from applicants.models import Applicant, Capacity, ColleagueInvitation, PartyPaper, Representation
from grants.kernel import clock, outbox
from grants.kernel.models import Chain, User

DEAD = gettext_lazy("Deze uitnodiging werkt niet meer. Zij is al gebruikt, ingetrokken of ouder dan 7 dagen. Vraag om een nieuwe uitnodiging.")
MOST_OPEN = 20
"""Invitations of one applicant, or one case, that may wait at the same time."""
MOST_A_DAY = 50
"""Invitations of one person: nobody sends mails by the hundred through us."""


def invite(
    *, applicant_id: int, email: str, kind: str, user: User, chain: Chain | None = None, valid_to: date | None = None,
    upload: UploadedFile[Any] | None = None,
) -> tuple[ColleagueInvitation, str]:
    """Invite somebody; gives the code that the inviter tells them, which is shown once. Raises PartyRefused or PaperRefused."""
    with transaction.atomic():
        applicant = locked(applicant_id)
        must_manage(applicant, user)
        if applicant.type == "natuurlijk_persoon" and kind != Capacity.THIRD_PARTY:
            raise PartyRefused(_("Een inwoner heeft geen collega's. Kies voor een gemachtigde, of nodig iemand uit bij één aanvraag."), "kind")
        if valid_to is not None and valid_to < clock.today():
            raise PartyRefused(_("Deze dag is voorbij. Kies een dag vanaf vandaag, of laat het veld leeg."), "valid_to")
        refuse_more(ColleagueInvitation.objects.open().filter(applicant=applicant), email, user)
        paper = papers.store(applicant=applicant, kind=PartyPaper.Kind.AUTHORISATION, upload=upload, user=user) if upload else None
        values, code = prepared(email=email, user=user)
        made = ColleagueInvitation.objects.create(applicant=applicant, kind=kind, chain=chain, valid_to=valid_to, paper=paper, **values)
        outbox.enqueue("applicants.colleague_invited", key=str(made.pk), payload={"invitation": str(made.pk)})
    return made, code


def refuse_more(waiting: Any, email: str, user: User) -> None:
    """Raises PartyRefused for a second invitation of the same person, and for too many at the same time or on one day."""
    since = clock.now() - timedelta(days=1)
    if waiting.model.objects.filter(made_by=user, made_at__gt=since).count() >= MOST_A_DAY:
        raise PartyRefused(_("U stuurde vandaag al veel uitnodigingen. Probeer het morgen weer."), "email")
    addresses = [address.casefold() for address in waiting.values_list("email", flat=True)]
    if email.casefold() in addresses:
        raise PartyRefused(_("Voor dit e-mailadres loopt al een uitnodiging. Trek die eerst in, als u een nieuwe wilt sturen."), "email")
    if len(addresses) >= MOST_OPEN:
        raise PartyRefused(_("Er staan te veel uitnodigingen open. Trek er eerst een in."), "email")


def withdraw(*, invitation_id: UUID, user: User) -> None:
    """Take an invitation back; the link then no longer works. Raises PartyRefused."""
    with transaction.atomic():
        applicant = locked(ColleagueInvitation.objects.values_list("applicant_id", flat=True).get(pk=invitation_id))
        must_manage(applicant, user)
        found = ColleagueInvitation.objects.select_for_update(of=("self",)).get(pk=invitation_id)
        if not found.is_open:
            raise PartyRefused(_("Deze uitnodiging staat niet meer open."))
        found.withdraw()


I = TypeVar("I", bound=Invitation)  # noqa: E741
G = TypeVar("G")


def use(model: type[I], *, token: str, code: str, user: User, lock: Callable[[I], object], then: Callable[[I], G]) -> G:
    """Use an invitation of any kind: `then` gives the access, in the same transaction. Raises PartyRefused.

    `lock` locks what the invitation is for, before the invitation: everybody takes them in that order.

    A wrong code is counted and stored; after five of them the invitation is dead.
    """
    wrong = 0
    with transaction.atomic():
        seen: I | None = model.objects.with_token(token).first()
        if seen is not None:
            lock(seen)
        found: I | None = model.objects.with_token(token).select_for_update(of=("self",)).first()
        if found is None or found.token_digest != digest_of(token):
            raise PartyRefused(str(DEAD))
        refuse_official(user)
        if found.made_by_id == user.pk:
            raise PartyRefused(_("U hebt deze uitnodiging zelf gestuurd. Zij is voor iemand anders. Laat die persoon inloggen en de link openen."))
        if found.code_fits(code):
            given = then(found)
            found.used_by(user)
        else:
            wrong = found.tries = found.tries + 1
            found.save(update_fields=["tries"])
    if not wrong:
        return given
    if wrong >= MOST_TRIES:
        raise PartyRefused(_("Er is te vaak een verkeerde code ingevuld. De uitnodiging werkt niet meer. Vraag om een nieuwe."), "code")
    raise PartyRefused(
        _("Deze code klopt niet. Vraag de code aan degene die u uitnodigde. U kunt het nog %(left)s keer proberen.") % {"left": MOST_TRIES - wrong}, "code"
    )


def accept(*, token: str, code: str, user: User) -> Representation:
    """Accept to act for the applicant. Raises PartyRefused; also when the inviter may no longer invite."""

    def admitted(invitation: ColleagueInvitation) -> Representation:
        if not Applicant.objects.managed_by(invitation.made_by).filter(pk=invitation.applicant_id).exists():
            raise PartyRefused(str(DEAD))
        if Representation.objects.in_force(clock.today()).whole().filter(applicant=invitation.applicant_id, user=user).exists():
            raise PartyRefused(_("U treedt al op voor deze aanvrager. U hoeft niets te doen."))
        made = mandating.admit(
            applicant=invitation.applicant, user=user, kind=invitation.kind, by=invitation.made_by, chain=invitation.chain,
            valid_to=invitation.valid_to, paper=invitation.paper,
        )
        outbox.enqueue("applicants.access_given", key=str(made.pk), payload={"representation": made.pk})
        return made

    return use(ColleagueInvitation, token=token, code=code, user=user, lock=lambda invitation: locked(invitation.applicant_id), then=admitted)
