"""Advice at the desk: ask it, give it, and the page of what is asked of me and by me."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from decisions.advice_forms import AskAdviceForm, GiveAdviceForm, WithdrawAdviceForm
from decisions.models import AdviceRequest
from decisions.models.advising import ASKERS
from decisions.services import advising
from decisions.views.access import acting, official_case
from grants.applications.answering import asked
from grants.applications.lifecycle.door import ActError
from grants.applications.models import Application, Submission
from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.actor import Actor
from grants.kernel.permissions import allow
from grants.kernel.roles import STAFF

SHOWN = 50
"""Most rows of each list; the oldest day comes first, so that nothing urgent falls out."""
PERSONAL = frozenset({"iban", "email", "phone"})
"""Kinds of question that an adviser does not need."""


@allow(*STAFF)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for my advice, and what I asked: news first."""
    found = AdviceRequest.objects.visible_to(request.user).select_related("application", "adviser", "asked_by").order_by("due_on", "id")
    by_me = found.filter(asked_by=request.user)
    given = AdviceRequest.objects.filter(adviser=request.user, state="answered").select_related("application").order_by("-answered_on", "id")
    context = {
        "to_give": found.asked_of(request.user)[:SHOWN],
        "news": by_me.filter(state="answered", seen_on=None)[:SHOWN],
        "waiting": by_me.filter(state="asked")[:SHOWN],
        "given": given[:SHOWN],
        "today": clock.today(),
    }
    return render(request, "decisions/advice/mine.html", context)


@allow(*ASKERS)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask a colleague or an expert for advice (A01)."""
    application = official_case(request, pk)
    form = AskAdviceForm(request.POST or None, application=application, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = advising.ask(application_id=pk, actor=acting(request, application.scheme_id, "ask_advice"), **form.values())
        except ActError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De vraag om advies is vastgelegd.") if made.is_outside else _("Uw collega ziet de vraag op de pagina Adviezen."))
            return redirect(made)
    return render(request, "decisions/form.html", {"application": application, "form": form, "heading": _("Advies vragen"), "button": _("Vragen")})


@allow(*STAFF)
@require_GET
def advice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One question with what the adviser may see of the case, and the answer."""
    found = _visible(request, pk)
    log_read(request.user, "advice", found.application.chain)
    return render(request, "decisions/advice/advice.html", _context(request, found))


@allow(*STAFF)
@require_POST
def give(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the advice (A02). What was typed stays when it is refused."""
    found = _visible(request, pk)
    form = GiveAdviceForm(request.POST, outside=found.is_outside)
    if not form.is_valid():
        return render(request, "decisions/advice/advice.html", _context(request, found, give_form=form))
    held = sorted(request.user.roles(found.application.scheme_id) & STAFF) or sorted(request.user.roles() & STAFF)
    actor = Actor(user=request.user, role=held[0])
    return _attempt(
        request, found, _("Het advies is vastgelegd. Wie het vroeg, krijgt bericht."),
        lambda: advising.give(request_id=pk, actor=actor, **form.cleaned_data), give_form=form,
    )


@allow(*ASKERS)
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the question back (A03)."""
    found = _visible(request, pk)
    form = WithdrawAdviceForm(request.POST)
    if not form.is_valid():
        return render(request, "decisions/advice/advice.html", _context(request, found, withdraw_form=form))
    actor = acting(request, found.application.scheme_id, "withdraw_advice")
    return _attempt(
        request, found, _("De vraag om advies is ingetrokken."),
        lambda: advising.withdraw(request_id=pk, actor=actor, **form.cleaned_data), withdraw_form=form,
    )


@allow(*STAFF)
@require_POST
def seen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The one who asked read the answer."""
    found = _visible(request, pk)
    if found.asked_by_id != request.user.pk:
        raise PermissionDenied
    advising.note_seen(request_id=pk, actor=Actor(user=request.user, role=sorted(request.user.roles() & STAFF)[0]))
    return redirect("decisions:advices")


def _visible(request: HttpRequest, pk: UUID) -> AdviceRequest:
    found = AdviceRequest.objects.visible_to(request.user).select_related(
        "application__scheme", "application__version", "application__applicant", "application__chain", "application__municipality",
        "application__area", "adviser", "asked_by",
    )
    return get_object_or_404(found, pk=pk)


def _context(request: HttpRequest, found: AdviceRequest, **forms: Any) -> dict[str, Any]:
    """What the page shows; a form that was refused comes back as it was typed."""
    application, user = found.application, request.user
    asks = user.has_role(*ASKERS, scheme_code=application.scheme_id)
    gives = found.is_open and (asks if found.is_outside else found.adviser_id == user.pk)
    return {
        "advice": found,
        "application": application,
        "reads_case": user.reads_cases and Application.objects.visible_to(user).filter(id=application.pk).exists(),
        "answers": _answers(application) if found.is_open and found.adviser_id == user.pk else [],
        "documents": found.documents.all(),
        "give_form": forms.get("give_form") or (GiveAdviceForm(outside=found.is_outside) if gives else None),
        "withdraw_form": forms.get("withdraw_form") or (WithdrawAdviceForm() if found.is_open and asks else None),
        "may_note_seen": found.state == "answered" and found.seen_on is None and found.asked_by_id == user.pk,
        "today": clock.today(),
    }


def _answers(application: Application) -> list[Any]:
    """The last version of the application, without the answers that an adviser does not need."""
    kinds = (Submission.Kind.APPLICATION, Submission.Kind.COMPLETION)
    last = application.submissions.filter(kind__in=kinds).order_by("-received_at", "-id").first()
    if last is None or application.version is None:
        return []
    definition = application.version.definition
    return asked(definition, [q for q in definition.questions if q.kind not in PERSONAL], last.answers)


def _attempt(request: HttpRequest, found: AdviceRequest, done: str, act: Callable[[], object], **forms: Any) -> HttpResponse:
    """Do the act and go where one can still look: an adviser's access ends with the answer."""
    try:
        act()
    except ActError as error:
        next(iter(forms.values())).add_error(None, str(error))
        return render(request, "decisions/advice/advice.html", _context(request, found, **forms))
    messages.success(request, done)
    if AdviceRequest.objects.visible_to(request.user).filter(pk=found.pk).exists():
        return redirect(found)
    return redirect("decisions:advices")
