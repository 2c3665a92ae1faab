"""The residents of an initiative: name them, and let each say yes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applicants.acts import gathering
from applicants.acts.refusing import PartyRefused
from applicants.forms import MemberForm, PaperForm
from applicants.models import Applicant, InitiativeMember
from applicants.papers import PaperRefused
from applicants.views.acting import no_store
from applicants.views.finding import attempt, managed_party, posted, told
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_public, allow_signed_in


@allow_signed_in
@requires_level("name_members")
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, pk: int) -> HttpResponse:
    found = managed_party(request, pk)
    if found.type != "bewonersinitiatief":
        messages.error(request, _("Alleen een bewonersinitiatief heeft deelnemers."))
        return redirect("parties:party", pk=pk)
    form = MemberForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            made = gathering.add(applicant_id=pk, user=request.user, **form.cleaned_data)
        except PartyRefused as error:
            told(form, error)
        else:
            messages.success(request, _("De deelnemer krijgt een e-mail.") if made.email else _("De deelnemer staat erbij. Laat hem of haar een papier tekenen."))
            return redirect("parties:members", pk=pk)
    return render(request, "parties/members.html", {"party": found, "form": form, "members": found.members.filter(left_at__isnull=True)})


@allow_signed_in
@requires_level("name_members")
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One who takes part: send the link again, add the signed paper, or take off the list."""
    mine = InitiativeMember.objects.present().filter(applicant__in=Applicant.objects.managed_by(request.user).values("pk"))
    found = get_object_or_404(mine.select_related("applicant"), pk=pk)
    to = redirect("parties:members", pk=found.applicant_id)["Location"]
    act = request.POST.get("act", "")
    if act == "remind":
        return attempt(request, to, _("De deelnemer krijgt opnieuw een e-mail."), lambda: gathering.remind(member_id=pk, user=request.user))
    if act == "remove":
        return attempt(request, to, _("De deelnemer staat niet meer op de lijst."), lambda: gathering.remove(member_id=pk, user=request.user))
    form = PaperForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            gathering.accept_on_paper(member_id=pk, upload=form.cleaned_data["paper"], user=request.user)
        except (PartyRefused, PaperRefused) as error:
            told(form, error)
        else:
            messages.success(request, _("Het papier is bewaard."))
            return redirect(to)
    return render(request, "parties/member.html", {"member": found, "form": form})


@allow_public
@require_http_methods(["GET", "POST"])
def take_part(request: HttpRequest, code: str) -> HttpResponse:
    """Say yes with the link from the mail, without signing in. Only the name of the initiative is shown."""
    found = InitiativeMember.objects.with_token(code).select_related("applicant").first()
    context = {"name": found.applicant.name if found else "", "done": False, "error": ""}
    if request.method == "POST":
        try:
            context["name"] = gathering.accept(token=code).applicant.name
            context["done"] = True
        except PartyRefused as error:
            context["error"] = str(error)
    return no_store(render(request, "parties/take_part.html", context))
