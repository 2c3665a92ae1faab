"""Change of address, e-mail address or account: by the applicant, and by officials for who writes on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applicants.models import PartyChange
from decisions.change_forms import CallBackForm, ChangeForm, CodeForm, PrintForm
from decisions.services import party_changes
from decisions.views.access import acting
from decisions.views.life import form_page, of_known_applicant
from grants.applications.lifecycle.door import ActError
from grants.applications.views.access import as_applicant, case_of_own_party
from grants.kernel import clock
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow, allow_signed_in
from grants.kernel.roles import Role


@allow_signed_in
@requires_level("change_details")
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The applicant asks for a change, and confirms one with the code that went to the old address."""
    application = case_of_own_party(request, pk)
    assert application.applicant_id is not None, "an own case has an applicant"
    asks = request.method == "POST" and "code" not in request.POST
    form = ChangeForm(request.POST if asks else None)
    codes = CodeForm(None if asks else request.POST or None, applicant_id=application.applicant_id)
    filled: Any = form if asks else codes
    if request.method == "POST" and filled.is_valid():
        try:
            if asks:
                party_changes.ask(applicant_id=application.applicant_id, actor=as_applicant(request), **form.values())
                messages.success(request, _("Wij hebben uw wijziging ontvangen. Zij geldt pas als u haar bevestigt met de code."))
            else:
                party_changes.confirm_with_code(
                    change_id=codes.cleaned_data["change"].pk, code=codes.cleaned_data["code"], actor=as_applicant(request)
                )
                messages.success(request, _("De wijziging is bevestigd en geldt vanaf nu."))
            return redirect("changing:own", pk=pk)
        except ActError as error:
            filled.add_error(None, str(error))
    waiting = PartyChange.objects.waiting(clock.today()).filter(applicant=application.applicant_id)
    context = {"application": application, "form": form, "codes": codes if waiting else None, "waiting": waiting}
    return render(request, "decisions/life/own_change.html", context)


@allow(Role.INTAKE_OFFICER, Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An official enters what came on paper or by telephone."""
    application = of_known_applicant(request, pk)
    form = ChangeForm(request.POST or None)
    actor = acting(request, application.scheme_id, "change_details")
    return form_page(
        request, application, form, _("Adres, e-mailadres of rekeningnummer wijzigen"), _("Invoeren"),
        _("De wijziging is ingevoerd. Zij geldt pas na bevestiging, door de aanvrager of door een collega die terugbelt."),
        lambda: party_changes.ask(applicant_id=application.applicant_id, actor=actor, **form.values()),
    )


@allow(Role.INTAKE_OFFICER, Role.CASE_HANDLER, Role.FINANCE_OFFICER)
@require_http_methods(["GET", "POST"])
def call_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A colleague called back: the change goes on, or does not."""
    application = of_known_applicant(request, pk)
    form = CallBackForm(request.POST or None, applicant_id=application.applicant_id)
    actor = acting(request, application.scheme_id, "change_details")

    def act() -> object:
        service = party_changes.confirm_by_call if form.cleaned_data["verdict"] == "ja" else party_changes.refuse
        return service(change_id=form.cleaned_data["change"].pk, note=form.cleaned_data["note"], actor=actor)

    return form_page(request, application, form, _("Wijziging bevestigen door terug te bellen"), _("Vastleggen"), _("Het is vastgelegd."), act)


@allow(Role.INTAKE_OFFICER)
@require_http_methods(["GET", "POST"])
def code_letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Print a letter with a code to the old address. The code is shown once and kept nowhere."""
    application = of_known_applicant(request, pk)
    form = PrintForm(request.POST or None, applicant_id=application.applicant_id)
    if request.method == "POST" and form.is_valid():
        actor = acting(request, application.scheme_id, "change_details")
        try:
            change, code = party_changes.print_code(change_id=form.cleaned_data["change"].pk, actor=actor)
        except ActError as error:
            form.add_error(None, str(error))
        else:
            old = {"street": change.applicant.street, "postcode": change.applicant.postcode, "city": change.applicant.city}
            context = {"application": application, "change": change, "code": code, "address": old, "today": clock.today()}
            answer = render(request, "decisions/life/code_letter.html", context)
            answer["Cache-Control"] = "no-store"
            return answer
    context = {"application": application, "form": form, "heading": _("Brief met een code naar het oude adres"), "button": _("Brief maken")}
    return render(request, "decisions/life/form.html", context)
