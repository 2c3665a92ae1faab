"""Objections at the desk of officials: the list, one objection with what can be done, and its acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from decisions import objection_forms as forms
from decisions import objections, previewing
from decisions.models import Objection
from decisions.notice_of_decision import told_of
from decisions.previewing import Preview
from decisions.services import objecting, objection_deciding
from decisions.views.access import acting, official_case
from decisions.views.showing import only_shows, shown
from grants.applications.beside import can_start_beside, side_acts
from grants.applications.lifecycle.door import ActError, act_named
from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.models import User
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, OUTSIDE, Role

PAGE = 50
Service = Callable[..., Objection]


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one act: its form, its service, and what is said when it is done."""

    form: type[Any]
    service: Service
    done: str


PAGES: dict[str, Page] = {
    "tell_committee": Page(forms.NothingForm, objecting.tell_committee, _("De bezwaarmaker krijgt een brief over de commissie.")),
    "ask_repair": Page(forms.AskRepairForm, objecting.ask_repair, _("De brief met de vraag om aanvulling wordt verstuurd.")),
    "repair_received": Page(forms.RepairForm, objecting.repair_received, _("De aanvulling is vastgelegd.")),
    "repair_lapsed": Page(forms.NothingForm, objecting.repair_lapsed, _("Het is vastgelegd. De termijn loopt verder.")),
    "plan_hearing": Page(forms.HearingForm, objection_deciding.plan_hearing, _("De uitnodiging wordt verstuurd.")),
    "waive_hearing": Page(forms.WaiverForm, objection_deciding.waive_hearing, _("Het is vastgelegd.")),
    "hold_hearing": Page(forms.ReportForm, objection_deciding.hold_hearing, _("Het verslag is bewaard.")),
    "give_advice": Page(forms.AdviceForm, objection_deciding.give_advice, _("Het advies is bewaard.")),
    "adjourn_objection": Page(forms.AdjournForm, objecting.adjourn, _("De brief over het uitstel wordt verstuurd.")),
    "agree_on_delay": Page(forms.AgreeForm, objecting.agree_on_delay, _("De brief over het uitstel wordt verstuurd.")),
    "ask_costs": Page(forms.CostsForm, objecting.ask_costs, _("Het verzoek om vergoeding van kosten is vastgelegd.")),
    "withdraw_objection": Page(forms.WithdrawForm, objecting.withdraw, _("Het bezwaar is ingetrokken. De bezwaarmaker krijgt een bevestiging.")),
    "register_appeal": Page(forms.AppealForm, objecting.register_appeal, _("Het beroep is ingeschreven.")),
    "register_judgment": Page(forms.JudgmentForm, objecting.register_judgment, _("De uitspraak is vastgelegd.")),
}


def official_objection(request: HttpRequest, pk: UUID) -> Objection:
    found = Objection.objects.visible_to(request.user).select_related(
        "application__scheme", "application__version", "application__applicant", "application__chain", "contested__letter", "hearing_officer",
        "decision", "deadline",
    )
    return get_object_or_404(found, pk=pk)


def acts_for(objection: Objection, user: User) -> list[tuple[str, str]]:
    """(name, label) of the acts that this person may start on the objection now. The door asks again."""
    held = user.roles(objection.application.scheme_id) - OUTSIDE
    found = []
    for name in side_acts(Objection):
        row = act_named(name)
        if name not in PAGES or not (held & row.roles) or not can_start_beside(objection, name) or not _makes_sense(objection, name, user):
            continue
        found.append((name, row.label))
    return found


def _makes_sense(objection: Objection, name: str, user: User) -> bool:
    if name == "hold_hearing":
        return objection.hearing_officer_id == user.pk
    if name == "give_advice":
        return objection.has_committee and objection.heard_or_waived
    return {"tell_committee": not objection.has_committee, "adjourn_objection": objection.adjourned_on is None, "ask_costs": objection.costs_asked_on is None}.get(name, True)


def _may_prepare(objection: Objection, user: User) -> bool:
    return objection.is_open and user.has_role(Role.OBJECTION_HANDLER, scheme_code=objection.application.scheme_id)


@allow(*CASE_READERS)
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """Objections by the day on which the decision is due; the open ones, or all."""
    chosen = "alle" if request.GET.get("stand") == "alle" else "open"
    found = Objection.objects.visible_to(request.user)
    if chosen == "open":
        found = found.open()
    found = found.select_related("application__applicant", "contested", "hearing_officer").order_by("decide_by", "id")
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    return render(request, "decisions/objections/work.html", {"page": page, "chosen": chosen, "today": clock.today()})


@allow(*CASE_READERS)
@require_GET
def objection(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One objection: its dates, whether it is in time, the clock, and what can be done."""
    found = official_objection(request, pk)
    log_read(request.user, "objection", found.application.chain)
    file_from, documents_until = objections.hearing_days(found.hearing_on) if found.hearing_on else (None, None)
    context = {
        "objection": found,
        "application": found.application,
        "made_known": objections.made_known_on(found.contested),
        "timely": objections.timeliness(found),
        "told": told_of(found.contested),
        "clock": objections.clock_of(found),
        "pauses": found.pauses.all(),
        "file_from": file_from,
        "documents_until": documents_until,
        "acts": acts_for(found, request.user),
        "may_prepare": _may_prepare(found, request.user),
        "is_closed": found.application.status == "closed",
        "today": clock.today(),
    }
    return render(request, "decisions/objections/objection.html", context)


@allow(Role.INTAKE_OFFICER)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Register an objection that came on paper (B01)."""
    application = official_case(request, pk)
    form = forms.IntakeForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actor = acting(request, application.scheme_id, "register_objection")
        try:
            made = objecting.register(
                decision_id=form.open_to[data["decision"]].pk, actor=actor, grounds=data["grounds"], late_reason=data["late_reason"],
                channel=Objection.Channel.PAPER, received_on=data["received_on"], posted_on=data["posted_on"], has_committee=data["has_committee"],
                asks_costs=data["asks_costs"], asks_direct_appeal=data["asks_direct_appeal"],
            )
        except ActError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het bezwaar is ingeschreven. De bezwaarmaker krijgt een bevestiging."))
            return redirect(made)
    nothing = "" if form.open_to else _("In deze zaak is geen besluit waartegen nu bezwaar kan komen.")
    context = {"application": application, "form": form if form.open_to else None, "heading": _("Bezwaar inschrijven"), "button": _("Inschrijven"), "nothing": nothing}
    return render(request, "decisions/form.html", context)


@allow(Role.OBJECTION_HANDLER, Role.INTAKE_OFFICER)
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One act on one objection: a form with what it asks, kept when the act is refused."""
    found = official_objection(request, pk)
    page = PAGES.get(act)
    if page is None:
        raise Http404
    extra = {"scheme_code": found.application.scheme_id} if page.form is forms.HearingForm else {}
    form = page.form(request.POST if request.method == "POST" else None, **extra)
    if request.method == "POST" and form.is_valid():
        actor = acting(request, found.application.scheme_id, act)
        values = form.values() if hasattr(form, "values") else form.cleaned_data
        try:
            page.service(objection_id=pk, actor=actor, **values)
        except ActError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, page.done)
            return redirect(found)
    row = act_named(act)
    return render(request, "decisions/objections/form.html", {"objection": found, "application": found.application, "form": form, "heading": row.label})


@allow(Role.OBJECTION_HANDLER)
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft the decision on the objection, with its letter beside it when that is asked."""
    found = official_objection(request, pk)
    start = {"outcome": found.outcome or "unfounded", "act": "uphold"}
    form = forms.DecideForm(request.POST or None, objection=found, initial=start)
    preview = Preview(None, _("Vul het formulier in en kies 'Voorbeeld bijwerken'. Dan staat hier de brief."))
    if request.method == "POST" and form.is_valid():
        actor = acting(request, found.application.scheme_id, "prepare_decision")
        given = {"objection_id": pk, "actor": actor, **form.values()}
        try:
            if only_shows(request):
                preview = previewing.of_objection(given, clock.today())
            else:
                decision = objection_deciding.prepare(**given)
                messages.success(request, _("De conceptbeslissing staat klaar voor de toetser."))
                return redirect(decision)
        except ActError as error:
            form.add_error(None, str(error))
            preview = Preview(None, str(error))
    elif request.method == "POST":
        preview = Preview(None, _("Er is nog geen voorbeeld van de brief: in het formulier klopt iets niet."))
    nothing = "" if form.fields["act"].choices else _("In deze stand van de zaak kan er niet op het bezwaar worden beslist. Is de zaak gesloten? Laat haar eerst heropenen.")
    context = {
        "objection": found, "application": found.application, "form": None if nothing else form, "heading": _("Beslissing op bezwaar opstellen"),
        "nothing": nothing, "preview": preview, "button": _("Concept bewaren"),
    }
    return shown(request, preview, "decisions/objections/prepare.html", context)
