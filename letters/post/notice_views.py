"""Notices that did not arrive: what a person has to do, and the proof of each."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.permissions import allow
from letters.models import Notice
from letters.post import notices
from letters.post.notice_forms import BOUNCED, REPEAT, HandleForm
from letters.post.notice_models import HANDLERS
from letters.post.notices import NoticeRefused

MOST = 100
WHO = tuple(sorted(HANDLERS))


@allow(*WHO)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for a person, what is still tried, and the notices of one case."""
    visible = Notice.objects.visible_to(request.user).select_related("dispatch__letter__chain")
    now, case = clock.now(), request.GET.get("zaak", "").strip()[:40]
    own = visible.to_handle(request.user)
    tried = own.filter(state=Notice.State.WAITING, placed_at__gt=now - Notice.LOOK_AFTER).annotate(tries=Count("steps")).filter(tries__gt=0)
    context = {
        "mine": own.for_a_person(now).order_by("placed_at")[:MOST], "tried": tried.order_by("placed_at")[:MOST], "case": case,
        "of_case": visible.filter(dispatch__letter__chain__label=case).order_by("-placed_at")[:MOST] if case else None,
        "server": notices.server_trouble(), "tab": "notices",
    }
    return render(request, "letters/post/notices.html", context)


@allow(*WHO)
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that happened to one notice, and what a person can do about it."""
    found = get_object_or_404(Notice.objects.visible_to(request.user).select_related("dispatch__letter__chain"), pk=pk)
    chain, form = found.dispatch.letter.chain, None
    may_handle = Notice.objects.to_handle(request.user).filter(pk=pk).exists()
    if request.method == "POST" and not may_handle:
        raise PermissionDenied
    if may_handle and found.state != Notice.State.INFORMED:
        form = HandleForm(request.POST or None, notice=found, initial={"address": notices.known_address(found.dispatch.letter)})
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            _do(found, form.cleaned_data, request)
        except NoticeRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het is vastgelegd. De dag van verzending van de brief blijft zoals hij was."))
            return redirect(found)
    log_read(request.user, "notice", chain)
    context = {"notice": found, "chain": chain, "letter": found.dispatch.letter, "steps": found.steps.select_related("by"), "form": form, "tab": "notices"}
    return render(request, "letters/post/notice.html", context)


def _do(found: Notice, data: dict[str, str], request: HttpRequest) -> None:
    who = {"notice_id": found.pk, "note": data["note"], "user": request.user}
    if data["how"] == REPEAT:
        notices.repeat(address=data["address"], **who)
    elif data["how"] == BOUNCED:
        notices.bounced(**who)
    else:
        notices.inform(how=data["how"], **who)
