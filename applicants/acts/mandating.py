"""Who acts for an applicant: somebody gets access, shows an authorisation, or loses access; officials judge the authorisation (Awb 2:1(3))."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from applicants import papers
from applicants.acts.refusing import PartyRefused, becomes_applicant, locked, must_manage
from applicants.models import Applicant, Capacity, ColleagueInvitation, MandateStep, PaperState, PartyPaper, Representation
from grants.kernel import clock, outbox
from grants.kernel.models import Chain, User

Step = MandateStep.Kind


def note(representation: Representation, kind: str, by: User | None, text: str = "", paper: PartyPaper | None = None) -> MandateStep:
    return MandateStep.objects.create(representation=representation, kind=kind, at=clock.now(), by=by, note=text.strip()[:500], paper=paper)


@transaction.atomic
def admit(
    *, applicant: Applicant, user: User, kind: str = Capacity.COLLEAGUE, by: User | None = None, chain: Chain | None = None,
    valid_to: date | None = None, paper: PartyPaper | None = None,
) -> Representation:
    """Let somebody act for an applicant from today; who already may, keeps that row. `by` is None when a register or a login says so.

    Raises PartyRefused for an official's account.
    """
    becomes_applicant(user)
    locked(applicant.pk)
    now = Representation.objects.in_force(clock.today()).filter(applicant=applicant, user=user)
    known: Representation | None = now.filter(chain__isnull=True).first() or now.filter(chain=chain).first()
    if known is not None and (known.chain_id is None or chain is not None):
        return known
    found = Representation.objects.create(
        applicant=applicant, user=user, kind=kind, is_authorised_third_party=kind == Capacity.THIRD_PARTY, chain=chain,
        valid_from=clock.today(), valid_to=valid_to, paper=PaperState.GIVEN if paper else PaperState.NONE,
    )
    note(found, Step.GIVEN, by, paper=paper)
    return found


@transaction.atomic
def end(*, representation_id: int, user: User, why: str = "") -> Representation:
    """Somebody's access ends now: by who manages the applicant, or by the person. Raises PartyRefused for the last one who acts."""
    found = _locked_mandate(representation_id)
    if found.user_id != user.pk:
        must_manage(found.applicant, user)
    if not found.holds_on(clock.today()):
        raise PartyRefused(_("Deze toegang was al beëindigd. U hoeft niets te doen."))
    if found.kind == Capacity.SELF:
        raise PartyRefused(_("U treedt op voor uzelf. Dat kunt u niet beëindigen. Wilt u uw gegevens laten verwijderen? Bel ons dan."))
    if found.chain_id is None and not _somebody_stays(found):
        raise PartyRefused(
            _("Er moet iemand overblijven die voor deze aanvrager optreedt. Nodig eerst iemand anders uit. Lukt dat niet? Bel ons dan.")
        )
    _ends(found, user)
    note(found, Step.ENDED, user, why)
    for invitation in ColleagueInvitation.objects.open().filter(applicant=found.applicant, made_by=found.user_id):
        invitation.withdraw()
    return found


def _ends(found: Representation, user: User) -> None:
    found.ended_on, found.ended_by = clock.today(), user
    found.save(update_fields=["ended_on", "ended_by"])


def _somebody_stays(leaving: Representation) -> bool:
    """Does anybody else still act in all cases; and when somebody of the applicant leaves, somebody of the applicant?"""
    others = Representation.objects.in_force(clock.today()).whole().filter(applicant=leaving.applicant_id).exclude(pk=leaving.pk)
    return (others if leaving.is_third_party else others.inside()).exists()


@transaction.atomic
def send_paper(*, representation_id: int, upload: UploadedFile[Any] | None, user: User) -> PartyPaper:
    """A written authorisation, by the authorised person or by who manages the applicant. Raises PartyRefused or PaperRefused."""
    found = _locked_mandate(representation_id)
    if found.user_id != user.pk:
        must_manage(found.applicant, user)
    if found.ended_on is not None:
        raise PartyRefused(_("Deze toegang is beëindigd. Een machtiging is niet meer nodig."))
    if found.kind == Capacity.SELF:
        raise PartyRefused(_("U treedt op voor uzelf. Daar is geen machtiging voor nodig."))
    paper = papers.store(applicant=found.applicant, kind=PartyPaper.Kind.AUTHORISATION, upload=upload, user=user)
    found.paper = PaperState.REFUSED if found.paper == PaperState.REFUSED else PaperState.GIVEN  # refused stays so until an official looked
    found.save(update_fields=["paper"])
    note(found, Step.PAPER, user, paper=paper)
    return paper


VERDICTS = {PaperState.ASKED: Step.ASKED, PaperState.ACCEPTED: Step.ACCEPTED, PaperState.REFUSED: Step.REFUSED}


@transaction.atomic
def judge(*, representation_id: int, verdict: str, why: str, user: User) -> Representation:
    """An official asks for the authorisation, finds it good, or does not: then the person acts no longer, at once (Awb 2:1(3)).

    The caller knows that the official may. Raises PartyRefused.
    """
    found = _locked_mandate(representation_id)
    state = PaperState(verdict)
    if found.user_id == user.pk:
        raise PartyRefused(_("Dit gaat over uzelf. Laat een collega dit doen."))
    if found.ended_on is not None or found.kind == Capacity.SELF:
        raise PartyRefused(_("Hier is geen machtiging nodig: deze persoon treedt op voor zichzelf, of treedt niet meer op."))
    if state in (PaperState.ASKED, PaperState.REFUSED) and not why.strip():
        raise PartyRefused(_("Schrijf op waarom. De aanvrager leest dit."), "why")
    found.paper = state
    found.save(update_fields=["paper"])
    step = note(found, VERDICTS[state], user, why)
    outbox.enqueue("applicants.mandate_judged", key=str(step.pk), payload={"step": step.pk})
    return found


def _locked_mandate(representation_id: int) -> Representation:
    """The mandate, with its applicant locked first: two people who end each other wait for one another."""
    applicant_id = Representation.objects.values_list("applicant_id", flat=True).get(pk=representation_id)
    locked(applicant_id)
    return Representation.objects.select_related("applicant", "user").get(pk=representation_id)
