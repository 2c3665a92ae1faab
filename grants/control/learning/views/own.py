"""What somebody gave to the network, and how to take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grants.control.learning.models import Lesson, LessonProposal
from grants.control.learning.services import proposing
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in

MOST = 100


@allow_signed_in
@requires_level("share_lesson")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    found = LessonProposal.objects.of(request.user).select_related("application", "answers").prefetch_related("lessons").order_by("-received_at", "-id")[:MOST]
    rows = [(proposal, [lesson for lesson in proposal.lessons.all() if lesson.state == Lesson.State.PUBLISHED]) for proposal in found]
    return render(request, "learning/mine.html", {"rows": rows})


@allow_signed_in
@requires_level("share_lesson")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the consent back; asks first what it means."""
    proposal = get_object_or_404(LessonProposal.objects.of(request.user).select_related("application", "answers"), pk=pk)
    if request.method == "POST":
        proposing.withdraw_consent(proposal_id=pk, by=request.user)
        messages.success(request, _("Uw toestemming is ingetrokken. Uw verhaal staat niet meer op de site."))
        return redirect("learning:mine")
    return render(request, "learning/withdraw.html", {"proposal": proposal})
