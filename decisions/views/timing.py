"""The clock of a case: delay, suspension, and the page that explains every date."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from decisions import mandates
from decisions.timeline import terms_of
from decisions.timing_forms import DelayForm, EndSuspensionForm, SuspendForm
from decisions.views.access import acting, official_case
from decisions.views.handling import attempted
from grants.applications.services import timing
from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role


@allow(Role.CASE_HANDLER, Role.MANDATE_HOLDER)
@require_http_methods(["GET", "POST"])
def delay(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell the applicant that the decision comes later, or lengthen the term where the ordinance lets us (T11)."""
    application = official_case(request, pk)
    form = DelayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor = acting(request, application.scheme_id, "delay_notice")
        rule = mandates.find_rule(
            act="delay_notice", amount=None, signer=request.user, scheme_code=application.scheme_id, day=clock.today()
        )
        done = _("Het bericht wordt verstuurd. De termijn is verlengd.") if form.cleaned_data["weeks"] else _(
            "Het bericht wordt verstuurd. De wettelijke termijn blijft zoals die was."
        )
        answer = attempted(
            request, application, done,
            lambda: timing.delay_notice(
                application_id=pk, actor=actor, mandate_refusal=rule if isinstance(rule, str) else None, **form.cleaned_data
            ), form,
        )
        if answer is not None:
            return answer
    return render(request, "decisions/form.html", {"application": application, "form": form, "heading": _("Bericht later besluit"), "button": _("Versturen")})


@allow(Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Suspend the running decision term (T62)."""
    application = official_case(request, pk)
    form = SuspendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor = acting(request, application.scheme_id, "suspend_term")
        answer = attempted(
            request, application, _("De opschorting is vastgelegd. De aanvrager krijgt een brief."),
            lambda: timing.suspend(application_id=pk, pause=form.pause(), actor=actor), form,
        )
        if answer is not None:
            return answer
    return render(request, "decisions/form.html", {"application": application, "form": form, "heading": _("Termijn opschorten"), "button": _("Vastleggen")})


@allow(Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def end_suspension(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A suspension is over (T63)."""
    application = official_case(request, pk)
    open_ones = timing.open_suspensions(application)
    form = EndSuspensionForm(request.POST or None, open_ones=open_ones)
    if request.method == "POST" and form.is_valid():
        actor = acting(request, application.scheme_id, "end_suspension")
        answer = attempted(
            request, application, _("De termijn loopt weer. De aanvrager krijgt een brief met de nieuwe datum."),
            lambda: timing.end_suspension(
                application_id=pk, change_id=form.cleaned_data["change"].pk, last_day=form.cleaned_data["last_day"], actor=actor
            ), form,
        )
        if answer is not None:
            return answer
    nothing = "" if open_ones.exists() else _("Er loopt geen opschorting in deze zaak.")
    context = {"application": application, "form": None if nothing else form, "heading": _("Opschorting beëindigen"), "button": _("Vastleggen"), "nothing": nothing}
    return render(request, "decisions/form.html", context)


@allow(*CASE_READERS)
@require_GET
def timeline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every term of the case, line by line: what happened, on which article, and the day it leads to."""
    application = official_case(request, pk)
    log_read(request.user, "timeline", application.chain)
    events = application.chain.events.select_related("actor", "on_behalf_of").order_by("position")
    context = {"application": application, "terms": terms_of(application), "events": events, "today": clock.today()}
    return render(request, "decisions/timeline.html", context)
