"""Copy the answers of an earlier application into a draft."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from grants.applications.form.earlier import earlier_cases
from grants.applications.models import Application
from grants.applications.services import copying
from grants.applications.views.access import own_case
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in
from grants.kernel.typed import whole_uuid


@allow_signed_in
@requires_level("write_draft")
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose an earlier application of one's own; its answers come in where nothing was answered yet."""
    application = own_case(request, pk)
    if application.status != "draft":
        return redirect(application)
    if request.method == "GET":
        return render(request, "applications/copy.html", {"application": application, "cases": earlier_cases(application, request.user)})
    chosen = whole_uuid(request.POST.get("zaak", ""))
    if chosen is None:
        messages.error(request, _("Kies eerst een aanvraag om uit over te nemen."))
        return redirect("applications:copy", pk=pk)
    source = get_object_or_404(Application.objects.acted_for_by(request.user), pk=chosen)
    try:
        number = copying.copy_answers(application_id=pk, source_id=source.pk, user=request.user)
    except Application.DoesNotExist:  # sent in meanwhile, or an old case without a form
        messages.error(request, _("Uit deze aanvraag kunnen wij niets overnemen."))
        return redirect(application)
    messages.success(
        request,
        ngettext(
            "Er is %(number)s antwoord overgenomen. Kijk na of het nog klopt. Bestanden gaan niet mee.",
            "Er zijn %(number)s antwoorden overgenomen. Kijk na of ze nog kloppen. Bestanden gaan niet mee.", number,
        ) % {"number": number},
    )
    return redirect(application)
