"""Who acts for an applicant: see them, invite somebody, accept an invitation, show an authorisation, end access."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from applicants.acts import inviting, mandating
from applicants.acts.refusing import PartyRefused
from applicants.acts.registering import is_in_use
from applicants.forms import CodeForm, EndForm, InviteForm, PaperForm
from applicants.models import Applicant, Capacity, ColleagueInvitation, PartyPaper, Representation
from applicants.papers import PaperRefused
from applicants.views.finding import attempt, managed_party, own_party, posted, told
from grants.kernel import clock
from grants.kernel.assurance import requires_level
from grants.kernel.models import Chain
from grants.kernel.opening import file_answer
from grants.kernel.permissions import allow_signed_in


def no_store(answer: HttpResponse) -> HttpResponse:
    """A page with a secret on it: kept by nobody on the way, and its address not told to the next page.

    The name of the site itself is told: with "no-referrer" a browser says of its own form that it comes from nowhere, and the form is refused.
    """
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "strict-origin"
    return answer


@allow_signed_in
@requires_level("see_case")
@require_GET
def party(request: HttpRequest, pk: int) -> HttpResponse:
    """Who acts for this applicant, and what its registers said."""
    found = own_party(request, pk)
    day = clock.today()
    mandates = list(found.representations.select_related("user", "chain").prefetch_related("steps").order_by("id"))
    may_manage = Applicant.objects.managed_by(request.user).filter(pk=pk).exists()
    context = {
        "party": found, "check": found.register_checks.first(), "may_manage": may_manage, "today": day, "may_correct": not is_in_use(found),
        "acting": [m for m in mandates if m.holds_on(day)], "earlier": [m for m in mandates if not m.holds_on(day)],
        "invitations": ColleagueInvitation.objects.open().filter(applicant=found) if may_manage else (),
        "members": found.members.filter(left_at__isnull=True) if found.type == "bewonersinitiatief" else (),
        "me": request.user.pk,
    }
    return render(request, "parties/party.html", context)


@allow_signed_in
@requires_level("give_access")
@require_http_methods(["GET", "POST"])
@sensitive_variables("code")
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody; the page that follows shows the code, once."""
    found = managed_party(request, pk)
    form = InviteForm(*posted(request), applicant=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            chain = Chain.objects.get(pk=data["case"]) if data["case"] else None
            invitation, code = inviting.invite(
                applicant_id=pk, email=data["email"], kind=data["kind"], user=request.user, chain=chain, valid_to=data["valid_to"], upload=data["paper"]
            )
            context = {"party": found, "invitation": invitation, "code": code, "back": "parties:party"}
            return no_store(render(request, "parties/code.html", context))
        except (PartyRefused, PaperRefused) as error:
            told(form, error)
    return render(request, "parties/invite.html", {"form": form, "party": found})


@allow_signed_in
@requires_level("give_access")
@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    invitation = get_object_or_404(ColleagueInvitation.objects.filter(applicant__in=Applicant.objects.managed_by(request.user).values("pk")), pk=pk)
    to = invitation.applicant_id
    answer = attempt(request, "parties:parties", _("De uitnodiging is ingetrokken."), lambda: inviting.withdraw(invitation_id=pk, user=request.user))
    answer["Location"] = redirect("parties:party", pk=to)["Location"]
    return answer


@allow_signed_in
@requires_level("give_access")
@require_http_methods(["GET", "POST"])
@sensitive_variables("code")
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the link: only the name of the applicant, and a field for the code. `code` is the secret of the link."""
    found = ColleagueInvitation.objects.with_token(code).select_related("applicant").first()
    form = CodeForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            made = inviting.accept(token=code, code=form.cleaned_data["code"], user=request.user)
        except PartyRefused as error:
            told(form, error)
        else:
            messages.success(request, _("U treedt nu op voor %(name)s.") % {"name": made.applicant.name})
            return redirect("parties:parties")
    name = found.applicant.name if found else ""
    if found and found.applicant.type == "natuurlijk_persoon":
        name = _("een inwoner")  # a stranger with the mail learns no name of a person
    context = {"form": form if found else None, "name": name, "third_party": bool(found) and found.kind == Capacity.THIRD_PARTY, "dead": inviting.DEAD}
    return no_store(render(request, "parties/invitation.html", context))


def _mandate(request: HttpRequest, pk: int) -> Representation:
    """A mandate of oneself, or of an applicant that one manages; otherwise it is not found."""
    managed = Representation.objects.filter(applicant__in=Applicant.objects.managed_by(request.user).values("pk"))
    return get_object_or_404((managed | Representation.objects.filter(user=request.user)).select_related("applicant", "user"), pk=pk)


@allow_signed_in
@requires_level("give_access")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the access of somebody, after a question whether one is sure."""
    found = _mandate(request, pk)
    form = EndForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            mandating.end(representation_id=pk, user=request.user, why=form.cleaned_data["why"])
        except PartyRefused as error:
            told(form, error)
        else:
            messages.success(request, _("De toegang is beëindigd."))
            stays = Applicant.objects.represented_by(request.user).filter(pk=found.applicant_id).exists()
            return redirect("parties:party", pk=found.applicant_id) if stays else redirect("parties:parties")
    return render(request, "parties/end.html", {"form": form, "mandate": found, "is_me": found.user_id == request.user.pk})


@allow_signed_in
@requires_level("give_access")
@require_http_methods(["GET", "POST"])
def authorisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a written authorisation (Awb 2:1(3))."""
    found = _mandate(request, pk)
    form = PaperForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            mandating.send_paper(representation_id=pk, upload=form.cleaned_data["paper"], user=request.user)
        except (PartyRefused, PaperRefused) as error:
            told(form, error)
        else:
            messages.success(request, _("Wij hebben de machtiging ontvangen. Een medewerker kijkt ernaar."))
            return redirect("parties:parties")
    return render(request, "parties/authorisation.html", {"form": form, "mandate": found, "steps": found.steps.select_related("paper")})


@allow_signed_in
@requires_level("see_case")
@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A paper of an applicant for whom one acts, or that one sent oneself."""
    mine = PartyPaper.objects.filter(applicant__in=Applicant.objects.represented_by(request.user).values("pk"))
    return file_answer(request, get_object_or_404(mine | PartyPaper.objects.filter(uploaded_by=request.user), pk=pk))
