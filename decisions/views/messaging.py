"""The messages of a case, as officials read and answer them; and the list of those that wait for an answer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from decisions.views.access import official_case
from grants.applications.messages import services
from grants.applications.messages.forms import MessageForm
from grants.applications.messages.models import CaseMessage
from grants.applications.messages.services import WRITERS
from grants.applications.views.attempting import attempted
from grants.applications.views.following.messaging import NEWEST_FIRST, read_moments
from grants.kernel.access import log_read
from grants.kernel.actor import Actor
from grants.kernel.keyset import Sort, page_or_first
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS

PAGE = 50
OLDEST_FIRST = Sort("onbeantwoord", "", ("id",))


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def messages(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All messages of the case, newest first, with a form to answer. Only who handles cases marks them as read."""
    application = official_case(request, pk)
    may_write = request.user.has_role(*WRITERS, scheme_code=application.scheme_id)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = MessageForm(request.POST if request.method == "POST" else None) if may_write and application.applicant_id else None
    if form is not None:
        form.fields["text"].help_text = _("De aanvrager krijgt een e-mail zonder de inhoud. Een bericht is geen besluit en stelt geen termijn.")
    if request.method == "POST" and form is not None and form.is_valid():
        actor = Actor(user=request.user, role=sorted(request.user.roles(application.scheme_id) & WRITERS)[0])
        done = attempted(
            request, request.path, _("Het bericht is verstuurd."),
            lambda: services.write(application_id=pk, text=form.cleaned_data["text"], actor=actor), form,
        )
        if done is not None:
            return done
    log_read(request.user, "messages", application.chain)
    found = CaseMessage.objects.filter(application=application).select_related("author")
    page = page_or_first(found, NEWEST_FIRST, PAGE, request.GET.get("na", ""))
    if may_write:
        services.mark_read(page.rows, side=CaseMessage.Side.OFFICIAL, user=request.user)
    waits = CaseMessage.objects.unanswered().filter(application=application).order_by("-id").first()
    context = {"application": application, "form": form, "page": page, "read": read_moments(page.rows), "waits": waits if may_write else None}
    return render(request, "decisions/messages.html", context)


@allow(*CASE_READERS)
@require_POST
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The last messages of the applicant need no answer."""
    application = official_case(request, pk)
    if not request.user.has_role(*WRITERS, scheme_code=application.scheme_id):
        raise PermissionDenied
    newest = get_object_or_404(CaseMessage.objects.filter(application=application).order_by("-id")[:1])
    for message in CaseMessage.objects.unanswered().filter(application=application, id__lte=newest.pk):
        services.settle(message=message, user=request.user)
    notices.success(request, _("Vastgelegd: hier hoeft geen antwoord op."))
    return redirect("decisions:messages", pk=pk)


@allow(*CASE_READERS)
@require_GET
def unanswered(request: HttpRequest) -> HttpResponse:
    """Messages of applicants that wait for an answer, the oldest first."""
    found = CaseMessage.objects.visible_to_official(request.user).unanswered().select_related("application__applicant", "application__handler")
    page = page_or_first(found, OLDEST_FIRST, PAGE, request.GET.get("na", ""))
    return render(request, "decisions/unanswered.html", {"page": page})
