"""What applicants ask: the list of what waits for an answer, and the page of one request."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from decisions.asking_forms import GiveTimeForm
from decisions.models import ApplicantRequest
from decisions.paid import advance_room
from decisions.services import requesting
from decisions.views.access import acting
from grants.applications.lifecycle.door import can_start
from grants.applications.views.attempting import attempted
from grants.kernel.access import log_read
from grants.kernel.keyset import Sort, page_or_first
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role

PAGE = 50
OLDEST_FIRST = Sort("verzoeken", "", ("asked_on", "id"))


@allow(*CASE_READERS)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """The open ones, the oldest first."""
    found = ApplicantRequest.objects.visible_to(request.user).open().select_related("application__applicant", "application__handler")
    return render(request, "decisions/requests.html", {"page": page_or_first(found, OLDEST_FIRST, PAGE, request.GET.get("na", ""))})


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request. More time is answered here; an advance by a decision, to which the page leads."""
    rows = ApplicantRequest.objects.visible_to(request.user).select_related(
        "application__chain", "application__applicant", "application__version", "application__scheme", "view", "asked_by", "answered_by"
    )
    found = get_object_or_404(rows, pk=pk)
    case = found.application
    log_read(request.user, "request", case.chain)
    handles = request.user.has_role(Role.CASE_HANDLER, scheme_code=case.scheme_id)
    if request.method == "POST" and not handles:
        raise PermissionDenied
    about_time = found.kind == ApplicantRequest.Kind.VIEW_TIME
    form = GiveTimeForm(request.POST if request.method == "POST" else None) if about_time and handles and (found.is_open or request.method == "POST") else None
    if request.method == "POST" and form is not None and form.is_valid():
        done = attempted(request, found, _("De aanvrager krijgt uw antwoord als bericht."), lambda: _answer(request, found, form.cleaned_data), form)
        if done is not None:
            return done
    context = {
        "found": found, "application": case, "form": form, "handles": handles, "may_grant": handles and not about_time and found.is_open and can_start(case, "grant_advance"),
        "room": advance_room(case) if not about_time else None,
    }
    return render(request, "decisions/request.html", context)


def _answer(request: HttpRequest, found: ApplicantRequest, data: dict[str, object]) -> object:
    if data["verdict"] == "ja":
        actor = acting(request, found.application.scheme_id, "grant_request")
        return requesting.give_time(request_id=found.pk, new_last_day=data["new_last_day"], answer=str(data["answer"]), actor=actor)  # type: ignore[arg-type]
    actor = acting(request, found.application.scheme_id, "refuse_request")
    return requesting.refuse(request_id=found.pk, answer=str(data["answer"]), actor=actor)
