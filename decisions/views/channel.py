"""Digital post or paper (Awb 2:8): the applicant chooses, or an official notes what was said on paper or by telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applicants import consents
from applicants.consents import ConsentRefused
from applicants.models import Applicant
from decisions.channel_forms import NotedChannelForm, OwnChannelForm
from decisions.views.life import of_known_applicant
from grants.applications.views.access import case_of_own_party
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow, allow_signed_in
from grants.kernel.roles import Role
from grants.kernel.typed import whole_number

NOTE = (Role.INTAKE_OFFICER, Role.CASE_HANDLER)


def _start(applicant: Applicant) -> dict[str, Any]:
    return {"channel": "digital" if applicant.channel_consent else "paper"}


@allow_signed_in
@requires_level("choose_channel")
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The applicant chooses; it holds for all letters from now on."""
    application = case_of_own_party(request, pk)
    assert application.applicant is not None, "an own case has an applicant"
    form = OwnChannelForm(request.POST or None, initial=_start(application.applicant))
    if request.method == "POST" and form.is_valid() and _noted(request, application.applicant, form):
        messages.success(request, _("Uw keuze is bewaard. Zij geldt vanaf nu voor al uw subsidies."))
        return redirect("changing:channel", pk=pk)
    return render(request, "decisions/life/own_channel.html", {"application": application, "form": form, "choices": _choices(application.applicant)})


@allow_signed_in
@requires_level("choose_channel")
@require_http_methods(["GET", "POST"])
def all_own(request: HttpRequest) -> HttpResponse:
    """Digital post or paper for everybody for whom this person acts, each with a form of its own."""
    applicants = list(Applicant.objects.represented_by(request.user).order_by("name", "pk"))
    asked = whole_number(request.POST.get("applicant", "")) if request.method == "POST" else None
    rows = []
    for applicant in applicants:
        is_this = applicant.pk == asked
        form = OwnChannelForm(request.POST if is_this else None, initial=_start(applicant), auto_id=f"id_{applicant.pk}_%s")
        if is_this and form.is_valid() and _noted(request, applicant, form):
            messages.success(request, _("De keuze van %(name)s is bewaard. Zij geldt vanaf nu.") % {"name": applicant.name})
            return redirect("mine-channel")
        rows.append((applicant, form))
    if request.method == "POST" and asked not in {applicant.pk for applicant in applicants}:
        raise Http404
    return render(request, "decisions/life/all_channels.html", {"rows": rows})


@allow(*NOTE)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An official of the scheme notes what the applicant said, with the proof."""
    application = of_known_applicant(request, pk)
    if not request.user.has_role(*NOTE, scheme_code=application.scheme_id):
        raise PermissionDenied
    assert application.applicant is not None
    form = NotedChannelForm(request.POST or None, initial=_start(application.applicant))
    if request.method == "POST" and form.is_valid() and _noted(request, application.applicant, form):
        messages.success(request, _("De keuze is bewaard. Nieuwe brieven gaan op deze manier."))
        return redirect("decisions:life", pk=pk)
    context = {"application": application, "form": form, "choices": _choices(application.applicant)}
    return render(request, "decisions/life/channel.html", context)


def _noted(request: HttpRequest, applicant: Applicant, form: OwnChannelForm) -> bool:
    try:
        consents.choose(applicant_id=applicant.pk, user=request.user, **form.values())
    except ConsentRefused as error:
        form.add_error(None, str(error))
        return False
    return True


def _choices(applicant: Applicant) -> Any:
    return applicant.channel_choices.select_related("noted_by")[:20]
