"""The notes of a case: read them, write one, put one right."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.models import CaseNote
from decisions.noting_forms import NoteForm
from decisions.services import noting
from decisions.views.access import official_case
from grants.applications.models import Application
from grants.kernel.access import log_read
from grants.kernel.actor import Actor
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role
from grants.kernel.typed import whole_number

PAGE = 50
WRITERS = CASE_READERS - {Role.AUDITOR, Role.CONTROLLER}
"""Who handles a case in any way writes notes; who only looks on does not."""


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All notes of the case, newest first, and the form for a new one; `verbeter` names a note to put right."""
    application = official_case(request, pk)
    if Application.objects.on_the_side_of(request.user).filter(id=pk).exists():
        raise Http404  # whoever acts for the applicant does not read what officials note
    may_write = request.user.has_role(*WRITERS, scheme_code=application.scheme_id)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    found = CaseNote.objects.visible_to(request.user).filter(application=application).select_related("author", "corrects", "corrected_by")
    wrong = _to_correct(request, application)
    start = {"kind": wrong.kind, "with_whom": wrong.with_whom, "happened_at": wrong.happened_at, "text": wrong.text} if wrong else {}
    form = NoteForm(request.POST or None, initial=start) if may_write else None
    if request.method == "POST" and form is not None and form.is_valid():
        held = sorted(request.user.roles(application.scheme_id) & WRITERS)
        try:
            noting.write(
                application_id=pk, actor=Actor(user=request.user, role=held[0]), corrects_id=wrong.pk if wrong else None, **form.cleaned_data
            )
        except noting.NoteRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De notitie is bewaard."))
            return redirect("decisions:notes", pk=pk)
    log_read(request.user, "notes", application.chain)
    page = Paginator(found.order_by("-id"), PAGE).get_page(request.GET.get("pagina"))
    return render(request, "decisions/notes.html", {"application": application, "page": page, "form": form, "wrong": wrong})


def _to_correct(request: HttpRequest, application: Application) -> CaseNote | None:
    number = whole_number(request.GET.get("verbeter", ""))
    if number is None:
        return None
    found = CaseNote.objects.visible_to(request.user).filter(application=application, id=number).first()
    if found is None:
        raise Http404
    return found
