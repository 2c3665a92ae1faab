"""Fill in a draft together: who may, whom to invite, and accept an invitation."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from applicants.acts.inviting import DEAD
from applicants.acts.refusing import PartyRefused
from applicants.forms import CodeForm, MailField
from applicants.views.acting import no_store
from applicants.views.finding import attempt, posted, told
from grants.applications import collaborating
from grants.applications.collaborating import CaseInvitation, Collaborator
from grants.applications.views.access import shared_case
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in
from grants.kernel.typed import whole_number


class TogetherForm(forms.Form):
    email = MailField(label=gettext_lazy("E-mailadres van degene die meehelpt"))


@allow_signed_in
@requires_level("write_draft")
@require_http_methods(["GET", "POST"])
def together(request: HttpRequest, pk: UUID) -> HttpResponse:
    """See who fills in with the applicant. Changing that asks a surer sign-in than filling in."""
    return _change(request, pk) if request.method == "POST" else _page(request, pk)


@requires_level("give_access")
def _change(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, pk)


@sensitive_variables("code")
def _page(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = shared_case(request, pk)
    acts = application.is_represented_by(request.user)
    act = request.POST.get("act", "")
    if act == "end":
        number = whole_number(request.POST.get("collaborator", "")) or 0
        to = request.path if acts else "mine"
        done = _("De toegang is beëindigd.")
        return attempt(request, to, done, lambda: collaborating.end(collaborator_id=number, application_id=pk, user=request.user))
    if act == "withdraw":
        given = request.POST.get("invitation", "")
        known = next((str(i) for i in CaseInvitation.objects.open().filter(application=pk).values_list("pk", flat=True) if str(i) == given), str(UUID(int=0)))
        done = _("De uitnodiging is ingetrokken.")
        return attempt(request, request.path, done, lambda: collaborating.withdraw(invitation_id=known, application_id=pk, user=request.user))
    may_invite = acts and application.status == "draft"
    form = TogetherForm(posted(request)[0]) if may_invite else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            invitation, code = collaborating.invite(application_id=pk, email=form.cleaned_data["email"], user=request.user)
            return no_store(render(request, "parties/code.html", {"application": application, "invitation": invitation, "code": code}))
        except PartyRefused as error:
            told(form, error)
    context = {
        "application": application, "form": form, "acts": acts, "me": request.user.pk,
        "people": Collaborator.objects.filter(application=application, ended_at__isnull=True).select_related("user"),
        "invitations": CaseInvitation.objects.open().filter(application=application) if may_invite else (),
    }
    return render(request, "applications/together.html", context)


@allow_signed_in
@requires_level("write_draft")
@require_http_methods(["GET", "POST"])
@sensitive_variables("code")
def join(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the link: what one is asked, and a field for the code. Nothing of the draft is told before. `code`: the secret of the link."""
    found = CaseInvitation.objects.with_token(code).exists()
    form = CodeForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            application = collaborating.accept(token=code, code=form.cleaned_data["code"], user=request.user)
        except PartyRefused as error:
            told(form, error)
        else:
            messages.success(request, _("U kunt nu meehelpen met deze aanvraag."))
            return redirect("applications:fill-in", pk=application.pk)
    return no_store(render(request, "applications/join.html", {"form": form if found else None, "dead": DEAD}))
