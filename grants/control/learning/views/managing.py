"""Policy officers keep the experts pool and the meetings."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grants.control.learning.errors import NotNow
from grants.control.learning.forms import ExpertForm, MeetingForm
from grants.control.learning.models import Expert, Meeting
from grants.control.learning.services import meeting as service
from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.permissions import allow
from grants.kernel.roles import Role

officer = allow(Role.POLICY_OFFICER)
LONGEST_LIST = 300


@officer
@require_GET
def experts(request: HttpRequest) -> HttpResponse:
    return render(request, "learning/review/experts.html", {"experts": Expert.objects.all()[:LONGEST_LIST], "today": clock.today()})


@officer
@require_http_methods(["GET", "POST"])
def new_expert(request: HttpRequest) -> HttpResponse:
    return _expert_page(request, None)


@officer
@require_http_methods(["GET", "POST"])
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    return _expert_page(request, get_object_or_404(Expert, pk=pk))


def _expert_page(request: HttpRequest, found: Expert | None) -> HttpResponse:
    form = ExpertForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        if found is None:
            form.instance.entered_by = request.user
        form.save()
        messages.success(request, _("De expert is bewaard. Op de site staat de expert zolang de toestemming geldt."))
        return redirect("learning-review:experts")
    return render(request, "learning/review/expert.html", {"form": form, "expert": found}, status=400 if form.errors else 200)


@officer
@require_POST
def remove_expert(request: HttpRequest, pk: int) -> HttpResponse:
    """The consent is taken back: name, address and messages are gone at once."""
    get_object_or_404(Expert, pk=pk).delete()
    messages.success(request, _("De gegevens van de expert zijn verwijderd."))
    return redirect("learning-review:experts")


@officer
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    found = Meeting.objects.annotate(taken=Count("registrations")).order_by("-starts_at", "-id")[:LONGEST_LIST]
    return render(request, "learning/review/meetings.html", {"meetings": found})


@officer
@require_http_methods(["GET", "POST"])
def new_meeting(request: HttpRequest) -> HttpResponse:
    return _meeting_page(request, None)


@officer
@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    return _meeting_page(request, get_object_or_404(Meeting, pk=pk))


def _meeting_page(request: HttpRequest, found: Meeting | None) -> HttpResponse:
    form = MeetingForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        if found is None:
            form.instance.entered_by = request.user
        form.save()
        messages.success(request, _("De bijeenkomst is bewaard."))
        return redirect("learning-review:meeting", pk=form.instance.pk)
    coming = list(found.registrations.all()) if found is not None else []
    if coming:
        log_read(request.user, "registrations")
    return render(request, "learning/review/meeting.html", {"form": form, "meeting": found, "registrations": coming}, status=400 if form.errors else 200)


@officer
@require_POST
def cancel_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Meeting, pk=pk)
    try:
        service.cancel(meeting_id=found.pk)
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("De bijeenkomst is afgelast. Wie zich aanmeldde, krijgt een e-mail."))
    return redirect("learning-review:meeting", pk=pk)
