"""An applicant answers what we intend, asks for more time or for an advance, and says that we are late."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.asking_forms import AdvanceForm, MoreTimeForm, OwnDefaultForm, ViewForm
from decisions.models import ApplicantRequest, DefaultNotice
from decisions.models.requesting import RequestState
from decisions.objection_forms import NothingForm
from decisions.paid import advance_room
from decisions.services import assessing, defaulting, requesting
from grants.applications import standing
from grants.applications.files import VIEW, place_beside
from grants.applications.lifecycle.door import UnknownAct, act_named
from grants.applications.models import Application
from grants.applications.views.access import as_applicant, own_case
from grants.applications.views.attaching import Attached, attach
from grants.applications.views.attempting import attempted
from grants.kernel import clock
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in
from grants.law.days import ONE_DAY
from grants.law.formats import euro
from grants.law.penalty import LONGEST, penalty_amount, per_day_steps
from letters.models import Letter


@allow_signed_in
@requires_level("answer_view")
@require_http_methods(["GET", "POST"])
def view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a view (T15): what we intend and why stand in our letter, the term and the form here."""
    application = own_case(request, pk)
    asked = requesting.open_view(application)
    form = ViewForm(request.POST if request.method == "POST" else None)
    attached = attach(request, application, [VIEW] if asked else []) if request.method == "POST" else Attached()
    if attached.stays:  # sent after it was looked at: what was typed stands on the page again
        form = ViewForm(initial={"text": form.data.get("text", "")})
    if form.is_bound and form.is_valid():
        done = attempted(
            request, application, _("Wij hebben uw reactie ontvangen. Wij lezen haar voordat wij beslissen."),
            lambda: assessing.receive_view(application_id=pk, text=form.cleaned_data["text"], actor=as_applicant(request)), form,
        )
        if done is not None:
            return done
    last_day = asked.last_day if asked else None
    context = {
        "application": application, "form": form, "asked": asked, "intended": _label(asked.about) if asked else "",
        "when": standing.days_words(last_day, clock.today()) if last_day else "", "is_late": bool(last_day and last_day < clock.today()),
        "letter": _letter_of(application, asked.event_id) if asked and asked.event_id else None,
        "file_question": place_beside(
            application, VIEW, label=_("Bestanden bij uw reactie"), help=_("Deze bestanden gaan mee met uw reactie."), problems=attached.problems
        ) if asked else None,
        "problems": attached.problems,
        "waiting": ApplicantRequest.objects.filter(application=application, kind="view_time", state=RequestState.ASKED).first(),
    }
    return render(request, "decisions/own/view.html", context)


@allow_signed_in
@requires_level("answer_view")
@require_http_methods(["GET", "POST"])
def more_time(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for more time to give a view (V01)."""
    application = own_case(request, pk)
    form = MoreTimeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = attempted(
            request, application, _("Wij hebben uw vraag om meer tijd ontvangen. Tot ons antwoord blijft de laatste dag zoals hij was."),
            lambda: requesting.ask_more_time(application_id=pk, text=form.cleaned_data["text"], actor=as_applicant(request)), form,
        )
        if done is not None:
            return done
    asked = requesting.open_view(application)
    context = {
        "application": application, "form": form, "heading": _("Meer tijd vragen om te reageren"), "button": _("Vragen"), "nothing": "" if asked or form.is_bound else
        _("Wij vroegen u niet om een reactie, of die is al binnen."), "last_day": asked.last_day if asked else None,
    }
    return render(request, "decisions/own/request.html", context)


@allow_signed_in
@requires_level("ask_advance")
@require_http_methods(["GET", "POST"])
def advance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for an advance (V01), when the scheme leaves room for one."""
    application = own_case(request, pk)
    refusal = requesting.advance_refusal(application)
    room = None if refusal else advance_room(application)
    form = AdvanceForm(request.POST if request.method == "POST" else None, room=room)
    if request.method == "POST" and form.is_valid():
        done = attempted(
            request, application, _("Wij hebben uw vraag om een voorschot ontvangen. U krijgt daarover een besluit."),
            lambda: requesting.ask_advance(application_id=pk, actor=as_applicant(request), **form.cleaned_data), form,
        )
        if done is not None:
            return done
    context = {
        "application": application, "form": form, "heading": _("Voorschot vragen"), "button": _("Vragen"), "room": room,
        "nothing": "" if form.is_bound else refusal,
    }
    return render(request, "decisions/own/request.html", context)


@allow_signed_in
@requires_level("answer_view")
@require_http_methods(["GET", "POST"])
def withdraw_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back one's own request (V04)."""
    mine = ApplicantRequest.objects.filter(application__in=Application.objects.of_applicants_of(request.user))
    found = get_object_or_404(mine.select_related("application__scheme"), pk=pk)
    form = NothingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = attempted(
            request, found.application, _("U hebt uw verzoek ingetrokken."), lambda: requesting.withdraw(request_id=pk, actor=as_applicant(request)), form
        )
        if done is not None:
            return done
    context = {"application": found.application, "form": form, "heading": _("Wilt u uw verzoek intrekken?"), "button": _("Ja, trek mijn verzoek in"), "nothing": ""}
    return render(request, "decisions/own/request.html", context)


@allow_signed_in
@requires_level("give_default_notice")
@require_http_methods(["GET", "POST"])
def default_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that we are late (T37, Awb 4:17): what it means, from which day it counts, and what happens next. Too early never blocks."""
    application = own_case(request, pk)
    today = clock.today()
    terms = defaulting.owed_terms(application)
    form = OwnDefaultForm(request.POST if request.method == "POST" else None, terms=[(term, str(defaulting.TERM_NAMES[term])) for term in terms])
    if request.method == "POST" and form.is_valid():
        done = attempted(
            request, application, _("Wij hebben uw ingebrekestelling ontvangen. U krijgt een brief met wat er nu gebeurt."),
            lambda: defaulting.record(application_id=pk, received_on=today, term=form.cleaned_data.get("term", ""), actor=as_applicant(request)), form,
        )
        if done is not None:
            return done
    context = {
        "application": application, "form": form if terms or form.is_bound else None, "owed": [_owed(application, term, today) for term in terms],
        "notices": DefaultNotice.objects.filter(application=application),
        "per_day": [euro(amount) for amount in per_day_steps(today)], "most": euro(penalty_amount(LONGEST, notice_received_on=today)), "longest": LONGEST,
    }
    return render(request, "decisions/own/default_notice.html", context)


def _owed(application: Application, term: str, today: date) -> dict[str, object]:
    """One decision that we owe: its last day, the earliest useful day for a notice, and why one of today would start nothing."""
    row = defaulting.owed(application, term)
    last_day = row.last_day if row is not None else None
    return {
        "name": defaulting.TERM_NAMES[term], "last_day": last_day, "earliest": last_day + ONE_DAY if last_day else None,
        "is_early": last_day is not None and today <= last_day, "problem": defaulting.problem_of(application, term, today),
    }


def _label(about: str) -> str:
    try:
        return act_named(about).label
    except UnknownAct:
        return about


def _letter_of(application: Application, event_id: UUID) -> Letter | None:
    """The letter with our intention; None until it was sent."""
    return Letter.objects.filter(chain=application.chain_id, event_id=event_id, state=Letter.State.SENT).first()
