"""Preparing, reviewing and signing a decision."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from decisions import advice, calculating, party, previewing
from decisions.advice_forms import advice_initial
from decisions.forms import DecisionForm
from decisions.models import ApplicantRequest, Beschikking
from decisions.money import IN_OBJECTION
from decisions.previewing import Preview
from decisions.queue import entry_of
from decisions.services import assessing, deciding
from decisions.views.access import acting, official_case, visible_decision
from decisions.views.showing import only_shows, shown
from grants.applications.asked import items_asked
from grants.applications.lifecycle.door import ActError, UnknownAct, act_named, can_start
from grants.applications.models import Application
from grants.applications.views.attempting import attempt, attempted
from grants.kernel import clock
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role


@allow(Role.CASE_HANDLER, Role.OBJECTION_HANDLER)
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Type a decision, with the letter of this very case beside it."""
    application = official_case(request, pk)
    try:
        row = act_named(act)
    except UnknownAct as error:
        raise Http404 from error
    if application.version is None or not row.decision or act in IN_OBJECTION:  # those start on the page of the objection
        raise Http404
    advised = getattr(getattr(application, "assessment", None), "advised_amount", None)
    calculated = calculating.calculate(application, act).amount
    entry = entry_of(application) if act in calculating.GRANTS else None
    share = entry.share if entry is not None else None
    start = {"amount": (calculated if act in calculating.SETTLES else None) or application.granted_amount or share or advised or calculated or application.requested_amount}
    if act == "grant_advance":
        asked = ApplicantRequest.objects.open().filter(application=application, kind=ApplicantRequest.Kind.ADVANCE).first()
        start = {"amount": asked.amount} if asked is not None else {}
    if act == "refuse_advance":
        start = {}
    advices = advice.binding_for(application, act)
    form = DecisionForm(request.POST or None, definition=application.version.definition, act=act, initial=start, advices=advices, asked=_asked(application, act))
    if request.method == "POST" and not only_shows(request) and form.is_valid():
        actor = acting(request, application.scheme_id, "prepare_decision")
        try:
            decision = deciding.prepare(application_id=pk, act=act, actor=actor, values=form.values())
            if form.cleaned_data["view_not_required"]:
                assessing.note_view_not_required(application_id=pk, about=act, reason=form.cleaned_data["view_not_required"])
        except ActError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Het conceptbesluit staat klaar voor de toetser."))
            return redirect(decision)
    above = ""
    preview = Preview(None, _("Dit besluit kan in deze stand van de zaak niet worden genomen. Daarom is er geen voorbeeld van de brief."))
    if can_start(application, act):
        values, reason = form.typed()
        above = calculating.above(application, act, values["amount"], values["deviation"])
        preview = previewing.of_typed(application, act, values, request.user, clock.today(), view_not_required=reason)
    context = {"application": application, "form": form, "preview": preview, "above": above, "heading": row.label, "button": _("Concept bewaren"), "warnings": [*advice.warnings(application, act), *party.warnings(application)]}
    return shown(request, preview, "decisions/prepare.html", context)


def _asked(application: Application, act: str) -> tuple[str, ...]:
    """What was asked to complete the application, for the decision that says what of it is still missing."""
    return items_asked(application) if act == "decide_not_handle" else ()


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The decision with its letter as it would go out today; whoever prepares it can still change the draft."""
    return _page(request, visible_decision(request, pk))


def _page(request: HttpRequest, found: Beschikking, *, typed: bool = True, reason: str = "") -> HttpResponse:
    """`typed`: was the form of the draft posted? `reason` is what was typed to give the decision back."""
    is_draft = found.state == Beschikking.State.DRAFT
    preparers = (Role.OBJECTION_HANDLER,) if found.act in IN_OBJECTION else (Role.CASE_HANDLER, Role.OBJECTION_HANDLER)
    may_change = is_draft and request.user.has_role(*preparers, scheme_code=found.application.scheme_id)
    definition = found.application.version.definition
    start = {n: getattr(found, n) for n in ("amount", "ground", "ground_text", "motivation", "proportionality", "deviation_ground", "deviation", "still_missing", "breach_on", "takes_effect_on")}
    advices = advice.binding_for(found.application, found.act) if may_change else []
    form = DecisionForm(
        (request.POST or None) if typed else None, definition=definition, act=found.act, initial=start | advice_initial(found.advice), advices=advices,
        asked=_asked(found.application, found.act),
    ) if may_change else None
    if request.method == "POST" and typed and form is not None and not only_shows(request) and form.is_valid():
        answer = _keep_change(request, found, form)
        if answer is not None:
            return answer
    above = ""
    if found.letter_id:
        preview = Preview(found.letter.as_content())
    elif form is not None:
        values, reason = form.typed()
        above = calculating.above(found.application, found.act, values["amount"], values["deviation"])
        preview = previewing.of_changed(found, values, clock.today(), view_not_required=reason)
    else:
        above = calculating.above(found.application, found.act, found.amount, found.deviation)
        preview = previewing.of_draft(found, clock.today())
    context = {"decision": found, "application": found.application, "form": form, "preview": preview, "above": above, "reason": reason, **_buttons(request, found)}
    context["warnings"] = party.warnings(found.application) if found.state != Beschikking.State.SENT else []
    return shown(request, preview, "decisions/decision.html", context)


def _keep_change(request: HttpRequest, found: Beschikking, form: DecisionForm) -> HttpResponse | None:
    actor = acting(request, found.application.scheme_id, "prepare_decision")
    reason = form.cleaned_data["view_not_required"]

    def change() -> None:
        deciding.change(decision_id=found.pk, actor=actor, values=form.values())
        if reason:
            assessing.note_view_not_required(application_id=found.application_id, about=found.act, reason=reason)

    return attempted(request, found, _("Het concept is bewaard."), change, form)


def _buttons(request: HttpRequest, found: Beschikking) -> dict[str, bool]:
    """Which buttons the page shows: those of the state, to whoever has the role for them. The door asks again."""

    def holds(*roles: Role) -> bool:
        return request.user.has_role(*roles, scheme_code=found.application.scheme_id)

    state = Beschikking.State(found.state)
    return {
        "may_review": state == state.DRAFT and holds(Role.REVIEWER, Role.OBJECTION_HANDLER),
        "may_sign": state == state.REVIEWED and holds(Role.MANDATE_HOLDER, Role.OBJECTION_DECIDER),
        "may_give_back": state in (state.DRAFT, state.REVIEWED, state.SIGNED)
        and holds(Role.REVIEWER, Role.MANDATE_HOLDER, Role.OBJECTION_DECIDER),
    }


@allow(Role.REVIEWER, Role.OBJECTION_HANDLER)
@require_POST
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = visible_decision(request, pk)
    actor = acting(request, found.application.scheme_id, "review_decision")
    return attempt(request, found, _("U hebt het besluit getoetst."), lambda: deciding.review(decision_id=pk, actor=actor))


@allow(Role.MANDATE_HOLDER, Role.OBJECTION_DECIDER)
@require_POST
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = visible_decision(request, pk)
    actor = acting(request, found.application.scheme_id, "sign_decision")
    return attempt(
        request, found, _("U hebt ondertekend. De brief wordt gemaakt. Het besluit geldt zodra de brief is verzonden."),
        lambda: deciding.sign(decision_id=pk, actor=actor),
    )


@allow(Role.REVIEWER, Role.MANDATE_HOLDER, Role.OBJECTION_DECIDER)
@require_POST
def give_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = visible_decision(request, pk)
    actor = acting(request, found.application.scheme_id, "return_decision")
    reason = request.POST.get("reason", "")
    given = attempted(request, found, _("Het besluit is teruggegeven."), lambda: deciding.give_back(decision_id=pk, reason=reason, actor=actor))
    return given or _page(request, visible_decision(request, pk), typed=False, reason=reason)
