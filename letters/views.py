"""Reading a letter."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from grants.kernel.access import log_read
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in
from letters import services
from letters.models import Dispatch, Letter
from letters.parts import parts_of
from letters.rendering.html import render_html
from letters.seal.services import current_seal


@allow_signed_in
@requires_level("see_letter")
@require_GET
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Letter.objects.visible_to(request.user).select_related("chain"), pk=pk)
    _note_reading(request, found)
    # render_html escapes every text of the letter itself
    body = mark_safe(render_html(found.as_content()))  # noqa: S308
    return render(request, "letters/letter.html", {"letter": found, "body": body, "dispatches": proof_of_sending(found), "parts": parts_of(request, found)})


@allow_signed_in
@requires_level("see_letter")
@require_GET
def pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Letter.objects.visible_to(request.user).select_related("chain"), pk=pk)
    if not found.file:
        raise Http404
    _note_reading(request, found)
    seal = current_seal(found)
    return FileResponse((seal or found).file.open("rb"), as_attachment=True, filename=f"{found.chain.label}-{found.kind}.pdf")


def proof_of_sending(found: Letter) -> list[Dispatch]:
    """When and how the letter went out, each step of its notice, and when it was first read: whoever may read the letter sees it (Awb 2:25)."""
    return list(found.dispatches.select_related("notice", "read_by").prefetch_related("notice__steps__by").order_by("id"))


def _note_reading(request: HttpRequest, found: Letter) -> None:
    if request.user.reads_cases:
        log_read(request.user, f"letter {found.kind}", found.chain)
    elif found.state == Letter.State.SENT:
        services.mark_read(found, user_id=request.user.pk)
