"""Objecting as an applicant: send in, complete, withdraw."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions import objections
from decisions.models import Objection
from decisions.objection_forms import NothingForm, ObjectForm, RepairForm
from decisions.services import objecting
from grants.applications.lifecycle.door import ActError
from grants.applications.models import Application
from grants.applications.views.access import as_applicant, own_case
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in
from grants.law.formats import long_date


def own_objection(request: HttpRequest, pk: UUID) -> Objection:
    """An objection in a case of an applicant for whom the signed-in person acts; otherwise it is not found."""
    mine = Objection.objects.filter(application__in=Application.objects.of_applicants_of(request.user))
    return get_object_or_404(mine.select_related("application__scheme", "application__applicant", "contested__letter"), pk=pk)


@allow_signed_in
@requires_level("object")
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Object to a sent decision (B01). A late objection comes in too; the person is told what that means."""
    application = own_case(request, pk)
    chosen = request.GET.get("besluit", "")
    form = ObjectForm(request.POST if request.method == "POST" else None, application=application, initial={"decision": chosen})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = objecting.register(
                decision_id=form.open_to[data["decision"]].pk, actor=as_applicant(request), grounds=data["grounds"], late_reason=data["late_reason"],
                channel=Objection.Channel.PORTAL, asks_costs=data["asks_costs"], asks_direct_appeal=data["asks_direct_appeal"],
            )
        except ActError as error:
            form.add_error(None, str(error))
        else:
            _say(request, made)
            return redirect(application)
    nothing = "" if form.open_to else _("Er is op dit moment geen besluit waartegen u bezwaar kunt maken.")
    if nothing and request.method == "POST":  # a second click, or somebody else was first: what was typed stays on the page
        nothing = _("Tegen dit besluit kunt u nu geen (nieuw) bezwaar maken. Hieronder staat wat u had getypt. U kunt het bewaren.")
    typed = request.POST.get("grounds", "") if nothing else ""
    context = {"application": application, "form": form if form.open_to else None, "heading": _("Bezwaar maken"), "button": _("Stuur uw bezwaar in"), "nothing": nothing, "typed": typed}
    return render(request, "decisions/objections/mine.html", context)


def _say(request: HttpRequest, made: Objection) -> None:
    timely = objections.timeliness(made)
    messages.success(
        request, _("Wij hebben uw bezwaar ontvangen. U krijgt uiterlijk op %(day)s een beslissing.") % {"day": long_date(made.decide_by)}
    )
    if timely.kind == "late":
        told = _("U kon bezwaar maken tot en met %(day)s. Uw bezwaar is toch binnen.") % {"day": long_date(timely.last_day)}
        messages.warning(request, f"{told} " + (_("Wij kijken of uw reden goed genoeg is.") if made.late_reason else _("Laat ons weten waarom het later is.")))
    if made.application.status == "closed":
        messages.warning(request, _("Uw zaak was al afgesloten. Wij bekijken of wij haar weer openen om op uw bezwaar te beslissen."))


@allow_signed_in
@requires_level("object")
@require_http_methods(["GET", "POST"])
def repair(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send what the objection lacked (B03)."""
    return _one_act(request, pk, RepairForm, _("Vul uw bezwaar aan"), _("Stuur de aanvulling in"), _("Wij hebben uw aanvulling ontvangen."), objecting.repair_received)


@allow_signed_in
@requires_level("object")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw one's objection (B08)."""
    def service(**given: object) -> Objection:
        return objecting.withdraw(how="portal", **given)  # type: ignore[arg-type]

    return _one_act(request, pk, NothingForm, _("Wilt u uw bezwaar intrekken?"), _("Ja, trek mijn bezwaar in"), _("U hebt uw bezwaar ingetrokken."), service)


def _one_act(request: HttpRequest, pk: UUID, form_class, heading: str, button: str, done: str, service) -> HttpResponse:
    found = own_objection(request, pk)
    form = form_class(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            service(objection_id=pk, actor=as_applicant(request), **form.cleaned_data)
        except ActError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(found.application)
    context = {"application": found.application, "objection": found, "form": form, "heading": heading, "button": button}
    return render(request, "decisions/objections/mine.html", context)
