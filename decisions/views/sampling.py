"""The sample: the draws, one draw with its list, and the check of one case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from decisions import sampling_forms as forms
from decisions.models import SampleCheck, SampleDraw
from decisions.models.sampling import OPEN
from decisions.services import sampling
from decisions.views.access import acting
from grants.applications.beside import can_start_beside, side_act
from grants.applications.lifecycle.door import ActError
from grants.applications.views.attempting import attempt
from grants.kernel.access import log_read
from grants.kernel.actor import Actor
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role

PAGE = 50
PREPARERS = (Role.CASE_HANDLER, Role.REVIEWER)


@allow(*CASE_READERS)
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    """The draws, newest first, and the cases that still have to be checked."""
    draws = SampleDraw.objects.visible_to(request.user).select_related("scheme", "prepared_by", "drawn_by")
    checks = SampleCheck.objects.visible_to(request.user).filter(state__in=OPEN).select_related("application__applicant", "application__scheme")
    context = {
        "draws": draws[:PAGE],
        "page": Paginator(checks.order_by("application__case_number"), PAGE).get_page(request.GET.get("pagina")),
        "may_prepare": request.user.has_role(*PREPARERS),
    }
    return render(request, "decisions/sampling/list.html", context)


@allow(*PREPARERS)
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest) -> HttpResponse:
    """Put the cases of a period on a list; another person draws."""
    form = forms.DrawForm(request.POST or None, codes=request.user.scheme_codes_for(frozenset(PREPARERS)))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        code, arrangement = form.chosen()
        held = request.user.roles(code) & frozenset(PREPARERS)
        actor = Actor(user=request.user, role=sorted(held)[0] if held else Role.CASE_HANDLER)
        try:
            made = sampling.prepare_draw(
                scheme_code=code, arrangement=arrangement, period_start=data["period_start"], period_end=data["period_end"], actor=actor
            )
        except ActError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De lijst ligt vast. Een andere toetser trekt de steekproef."))
            return redirect(made)
    return render(request, "decisions/sampling/prepare.html", {"form": form})


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One draw with all that is needed to make it again; who did not make the list can draw here."""
    draws = SampleDraw.objects.visible_to(request.user).select_related("scheme", "prepared_by", "drawn_by")
    found = get_object_or_404(draws, pk=pk)
    may_draw = not found.is_drawn and request.user.has_role(Role.REVIEWER, scheme_code=found.scheme_id) and found.prepared_by_id != request.user.pk
    if request.method == "POST":
        return attempt(request, found, _("De steekproef is getrokken."), lambda: sampling.make_draw(draw_id=pk, actor=acting(request, found.scheme_id, "fall_in_sample")))
    entries = found.entries.select_related("application", "check_record").order_by("place", "application__case_number")
    page = Paginator(entries, PAGE).get_page(request.GET.get("pagina"))
    return render(request, "decisions/sampling/draw.html", {"draw": found, "page": page, "may_draw": may_draw})


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The check of one case: its points, what can be done now, and the outcome."""
    checks = SampleCheck.objects.visible_to(request.user).select_related("application__chain", "application__applicant", "application__scheme", "entry__draw", "checked_by", "decision")
    found = get_object_or_404(checks, pk=pk)
    log_read(request.user, "sample", found.application.chain)
    act = request.POST.get("act", "")
    form = _form(found, "conclude_check", request, act)
    received, dropped = _form(found, "evidence_received", request, act), _form(found, "drop_follow_up", request, act)
    if request.method == "POST":
        answer = _do(request, found, act, {"conclude_check": form, "evidence_received": received, "drop_follow_up": dropped}.get(act))
        if answer is not None:
            return answer
    context = {
        "check": found, "application": found.application, "form": form, "received": received, "dropped": dropped,
        "may_ask": _may(request, found, "ask_evidence"),
        "history": found.application.chain.events.filter(data__record=found.key).select_related("actor").order_by("position"),
    }
    return render(request, "decisions/sampling/check.html", context)


def _may(request: HttpRequest, check: SampleCheck, act: str) -> bool:
    return can_start_beside(check, act) and bool(request.user.roles(check.application.scheme_id) & side_act(check, act).roles)


def _form(check: SampleCheck, act: str, request: HttpRequest, posted: str) -> Any:
    """The form of an act that this person may do now, filled in with what was typed; None when it is not there."""
    if not _may(request, check, act):
        return None
    data = request.POST if request.method == "POST" and posted == act else None
    if act == "conclude_check":
        return forms.CheckForm(data, points=check.points, initial={"outcome": check.outcome, "note": check.note})
    return forms.ReceivedForm(data) if act == "evidence_received" else forms.DropForm(data)


def _do(request: HttpRequest, check: SampleCheck, act: str, form: Any) -> HttpResponse | None:
    """Do the posted act; None when its form has to be shown again."""
    if act == "ask_evidence" and _may(request, check, act):
        actor = acting(request, check.application.scheme_id, act)
        return attempt(request, check, _("De brief met de vraag om bewijs wordt verstuurd."), lambda: sampling.ask_evidence(check_id=check.pk, actor=actor))
    if form is None:
        messages.error(request, _("Dit kan nu niet. Kijk hieronder wat u wel kunt doen."))
        return redirect(check)
    if not form.is_valid():
        return None
    actor = acting(request, check.application.scheme_id, act)
    try:
        if act == "conclude_check":
            sampling.conclude(check_id=check.pk, actor=actor, **form.values())
        elif act == "evidence_received":
            sampling.evidence_received(check_id=check.pk, actor=actor, **form.cleaned_data)
        else:
            sampling.drop_follow_up(check_id=check.pk, actor=actor, **form.cleaned_data)
    except ActError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Het is vastgelegd."))
    return redirect(check)
