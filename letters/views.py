"""Reading a letter, and the post room for letters on paper."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.permissions import allow, allow_signed_in
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from letters import services
from letters.models import Letter
from letters.rendering.html import render_html
from letters.seal.services import current_seal


@allow_signed_in
@require_GET
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Letter.objects.visible_to(request.user).select_related("chain"), pk=pk)
    _note_reading(request, found)
    # render_html escapes every text of the letter itself
    return render(request, "letters/letter.html", {"letter": found, "body": mark_safe(render_html(found.as_content()))})  # noqa: S308


@allow_signed_in
@require_GET
def pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Letter.objects.visible_to(request.user).select_related("chain"), pk=pk)
    if not found.file:
        raise Http404
    _note_reading(request, found)
    seal = current_seal(found)
    return FileResponse((seal or found).file.open("rb"), as_attachment=True, filename=f"{found.chain.label}-{found.kind}.pdf")


@allow(Role.INTAKE_OFFICER)
@require_GET
def post_room(request: HttpRequest) -> HttpResponse:
    waiting = Letter.objects.visible_to(request.user).to_post(request.user).select_related("chain").order_by("created_at")[:100]
    return render(request, "letters/post_room.html", {"letters": waiting})


@allow(Role.INTAKE_OFFICER)
@require_POST
def posted(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Letter.objects.visible_to(request.user).to_post(request.user), pk=pk)
    with recording():
        services.post_confirmed(found, day=clock.today())
    messages.success(request, _("De verzending is vastgelegd. De dag van vandaag telt."))
    return redirect("letters:post-room")


def _note_reading(request: HttpRequest, found: Letter) -> None:
    if request.user.reads_cases:
        log_read(request.user, f"letter {found.kind}", found.chain)
    elif found.state == Letter.State.SENT:
        services.mark_read(found, user_id=request.user.pk)
