"""The messages of a case, as its applicant reads and writes them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grants.applications.lifecycle.door import can_start
from grants.applications.messages import services
from grants.applications.messages.forms import MessageForm
from grants.applications.messages.models import CaseMessage
from grants.applications.panels import RIGHTS, panels_for
from grants.applications.views.access import as_applicant, own_case
from grants.applications.views.attempting import attempted
from grants.kernel.assurance import requires_level
from grants.kernel.keyset import Sort, page_or_first
from grants.kernel.permissions import allow_signed_in

PAGE = 50
NEWEST_FIRST = Sort("berichten", "", ("id",), descending=True)


@allow_signed_in
@requires_level("send_message")
@require_http_methods(["GET", "POST"])
def messages(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Newest first, with a form for a new one. Opening the page notes that our messages were read."""
    application = own_case(request, pk)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = attempted(
            request, request.path, _("Uw bericht is verstuurd. U ziet het antwoord hier, en krijgt dan een e-mail."),
            lambda: services.write(application_id=pk, text=form.cleaned_data["text"], actor=as_applicant(request)), form,
        )
        if done is not None:
            return done
    found = CaseMessage.objects.filter(application=application)
    page = page_or_first(found, NEWEST_FIRST, PAGE, request.GET.get("na", ""))
    services.mark_read(page.rows, side=CaseMessage.Side.APPLICANT, user=request.user)
    context = {
        "application": application, "form": form, "page": page, "own": CaseMessage.Side.APPLICANT, "read": read_moments(page.rows),
        "may_report_change": can_start(application, "report_change"), "may_withdraw": can_start(application, "withdraw_application"),
        "rights": [panel for panel in panels_for(request, application, official=False) if panel.place == RIGHTS],
    }
    return render(request, "applications/messages.html", context)


def read_moments(rows: list[CaseMessage]) -> dict[int, object]:
    """When somebody of the other side first opened each message."""
    marks = CaseMessage.objects.filter(pk__in=[row.pk for row in rows], marks__kind="read")
    return dict(marks.order_by().values_list("pk").annotate(first=Min("marks__at")))


