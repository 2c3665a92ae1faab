"""Views of the work list with a name: one's own, and by a senior for the whole team."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from decisions.models import SavedView
from decisions.services import assigning
from decisions.views.work import lists_for
from decisions.work_forms import SavedViewForm
from decisions.work_query import LONGEST_QUERY, read_address
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS

MOST = 20
"""Tabs that still fit on a page, for one person."""


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def saved_views(request: HttpRequest) -> HttpResponse:
    """The views that one can open; POST keeps the present one. Only choices that we know are kept."""
    may_share = request.user.has_role(*assigning.SENIORS)
    given = request.POST if request.method == "POST" else None
    query = read_address((request.POST if given else request.GET).get("lijst", ""), lists_for(request.user).codes())
    form = SavedViewForm(given, owner=request.user, may_share=may_share)
    if given and form.is_valid():
        address = query.as_address()
        if len(address) > LONGEST_QUERY:
            form.add_error(None, _("Deze weergave is te lang om te bewaren. Kies minder filters."))
        elif SavedView.objects.filter(owner=request.user).count() >= MOST:
            form.add_error(None, _("U hebt al %(most)d weergaven. Verwijder er eerst een.") % {"most": MOST})
        else:
            view = form.save(commit=False)
            view.owner, view.query = request.user, address
            view.save()
            messages.success(request, _("De weergave '%(name)s' is bewaard.") % {"name": view.name})
            return redirect(f"{reverse('decisions:work')}?{view.query}")
    context = {"form": form, "address": query.as_address(), "views": SavedView.objects.visible_to(request.user).select_related("owner"), "may_share": may_share}
    return render(request, "decisions/saved_views.html", context)


@allow(*CASE_READERS)
@require_POST
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove one's own view; share it, or stop sharing, as a senior."""
    view = get_object_or_404(SavedView.objects.filter(owner=request.user), pk=pk)
    what = request.POST.get("wat", "")
    if what == "weg":
        view.delete()
        messages.success(request, _("De weergave '%(name)s' is verwijderd.") % {"name": view.name})
    elif what == "deel" and request.user.has_role(*assigning.SENIORS):
        view.is_shared = not view.is_shared
        view.save()
        messages.success(request, _("De weergave is nu voor het hele team.") if view.is_shared else _("De weergave is nu alleen van u."))
    else:
        messages.error(request, _("Alleen een senior deelt een weergave met het team."))
    return redirect("decisions:saved-views")
