"""Experts and meetings, as everyone sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from grants.control.learning.codes import goal_labels, holds, municipality_names, theme_labels
from grants.control.learning.errors import NotNow
from grants.control.learning.forms import MessageForm, RegisterForm
from grants.control.learning.models import Expert, Meeting, Registration
from grants.control.learning.services import meeting as service
from grants.kernel import clock
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_public, allow_signed_in

LONGEST_LIST = 200
MOST_REGISTRATIONS = "30/h/ip"
"""From one connection: nobody fills a meeting with made-up people, or has us mail strangers by the hundred."""


@allow_public
@require_GET
def experts(request: HttpRequest) -> HttpResponse:
    """The pool, by theme, goal and municipality. Who names no municipality helps in all of them."""
    asked = {"thema": ("themes", theme_labels()), "doel": ("goals", goal_labels()), "gemeente": ("municipalities", municipality_names())}
    names = {"thema": _("Thema"), "doel": _("Doel"), "gemeente": _("Gemeente")}
    found, filters = Expert.objects.public(), []
    for name, (column, options) in asked.items():
        chosen = request.GET.get(name, "")
        chosen = chosen if chosen in options else ""
        if chosen:
            fitting = found.filter(**{f"{column}__contains": holds(chosen)})
            found = fitting | found.filter(municipalities="") if name == "gemeente" else fitting
        filters.append((name, names[name], chosen, [("", _("Alle")), *options.items()]))
    return render(request, "learning/experts.html", {"experts": found[:LONGEST_LIST], "filters": filters})


@allow_signed_in
@requires_level("share_lesson")
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """A message to an expert, whose address stays with us."""
    expert = get_object_or_404(Expert.objects.public(), pk=pk)
    form = MessageForm(request.POST or None, initial={"reply_to": request.user.email})
    if request.method == "POST" and form.is_valid():
        try:
            service.write_to(expert_id=pk, sender=request.user, **form.cleaned_data)
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Uw bericht gaat naar de expert. Het antwoord komt op uw e-mailadres."))
            return redirect("learning:experts")
    return render(request, "learning/write.html", {"expert": expert, "form": form}, status=400 if form.errors else 200)


@allow_public
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    coming = Meeting.objects.coming().annotate(taken=Count("registrations"))[:LONGEST_LIST]
    past = Meeting.objects.public().filter(ends_at__lt=now, ends_at__gt=now - timedelta(days=366)).order_by("-starts_at", "-id")[:20]
    return render(request, "learning/meetings.html", {"coming": coming, "past": past})


@csrf_exempt  # it changes nothing in the name of an account: a visitor needs no cookie
@allow_public
@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The programme, and the form to register."""
    found = get_object_or_404(Meeting.objects.public().annotate(taken=Count("registrations")), pk=pk)
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, app="learning", action="register", config={"register": MOST_REGISTRATIONS}):
            form.add_error(None, _("Vanaf uw verbinding meldden zich al veel mensen aan. Probeer het over een uur opnieuw, of bel ons."))
            return render(request, "learning/meeting.html", _meeting_context(found, form), status=429)
        try:
            service.register(meeting_id=pk, **form.cleaned_data)
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            return redirect("learning:registered", pk=pk)
    return render(request, "learning/meeting.html", _meeting_context(found, form), status=400 if form.errors else 200)


def _meeting_context(found: Any, form: RegisterForm) -> dict[str, Any]:
    is_open = not found.is_over and found.cancelled_at is None
    return {"meeting": found, "form": form, "is_open": is_open, "left": max(found.capacity - found.taken, 0)}


@allow_public
@require_GET
def registered(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "learning/registered.html", {"meeting": get_object_or_404(Meeting.objects.public(), pk=pk)})


@csrf_exempt  # the signed link is the proof
@allow_public
@require_http_methods(["GET", "POST"])
def unregister(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the confirmation: asks first, since looking changes nothing."""
    number = service.registration_of(token)
    found = Registration.objects.select_related("meeting").filter(pk=number).first() if number is not None else None
    if request.method == "POST" and number is not None:
        service.unregister(registration_id=number)
        found, done = None, True
    else:
        done = False
    context = {"registration": found, "done": done, "is_ours": number is not None}
    return render(request, "learning/unregister.html", context, status=200 if number is not None else 404)
