"""The Bibob compartment. For who is not in it, its pages are not there; every look leaves a trace."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from decisions import bibob
from decisions.bibob_forms import AppointForm, FinishForm, LineForm, NoteForm
from decisions.models import BibobFile, BibobLine, BibobMember, BibobNote
from decisions.models.bibob import BibobState
from decisions.services import bibob_checking as checking
from decisions.views.access import acting, official_case
from decisions.views.life import evidence_answer
from grants.applications.lifecycle.door import ActError
from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role
from grants.kernel.typed import whole_number

ACTS = {
    "open_bibob": gettext_lazy("Bibob-toets beginnen"), "ask_bibob_bureau": gettext_lazy("Advies vragen aan het Landelijk Bureau"),
    "bibob_bureau_answered": gettext_lazy("Advies is ontvangen"),
}


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def compartment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file of one case, with its notes and what can be done."""
    application = official_case(request, pk)
    if not bibob.is_member(request.user):
        raise Http404
    log_read(request.user, "bibob", application.chain)
    file = BibobFile.objects.visible_to(request.user).filter(application=application).first()
    act = request.POST.get("act", "")
    note = NoteForm(request.POST if act == "note" else None, request.FILES if act == "note" else None)
    finish = FinishForm(request.POST if act == "finish_bibob" else None)
    try:
        if act in ACTS or act == "note" and note.is_valid() or act == "finish_bibob" and finish.is_valid():
            _do(request, application, file, act, note, finish)
            messages.success(request, _("Het is vastgelegd."))
            return redirect("decisions:bibob", pk=pk)
    except ActError as error:
        messages.error(request, str(error))
    state = file.state if file is not None else ""
    possible = {"": ["open_bibob"], BibobState.RUNNING: ["ask_bibob_bureau"], BibobState.AT_BUREAU: ["bibob_bureau_answered"], BibobState.FINISHED: ["open_bibob"]}
    context = {
        "application": application, "file": file, "notes": file.notes.select_related("written_by") if file else [],
        "acts": [(name, ACTS[name]) for name in possible[state]], "note_form": note if file else None,
        "finish_form": finish if state == BibobState.RUNNING else None,
    }
    return render(request, "decisions/life/bibob.html", context)


def _do(request: HttpRequest, application, file: BibobFile | None, act: str, note: NoteForm, finish: FinishForm) -> None:
    if act == "open_bibob":
        checking.begin(application_id=application.pk, actor=acting(request, application.scheme_id, act))
        return
    if file is None:
        raise Http404
    actor = acting(request, application.scheme_id, "open_bibob" if act == "note" else act)
    if act == "note":
        checking.write(file_id=file.pk, actor=actor, **note.cleaned_data)
    elif act == "finish_bibob":
        checking.finish(file_id=file.pk, actor=actor, **finish.cleaned_data)
    elif act == "ask_bibob_bureau":
        checking.ask_bureau(file_id=file.pk, actor=actor)
    else:
        checking.bureau_answered(file_id=file.pk, actor=actor)


@allow(*CASE_READERS)
@require_GET
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A document of the compartment."""
    files = BibobFile.objects.visible_to(request.user)
    found = get_object_or_404(BibobNote.objects.filter(bibob__in=files).select_related("bibob__application__chain"), pk=pk)
    log_read(request.user, "bibob document", found.bibob.application.chain)
    return evidence_answer(request, found)


@allow(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def circle(request: HttpRequest) -> HttpResponse:
    """Who is in the circle, and the policy line. The administrator reads no file."""
    asked = request.POST.get("wat", "")
    appoint = AppointForm(request.POST if asked == "lid" else None, prefix="lid")
    line = LineForm(request.POST if asked == "regel" else None, prefix="regel")
    try:
        done = True
        if asked == "einde":
            checking.dismiss(member_id=whole_number(request.POST.get("lid", "")) or 0, by=request.user)
        elif asked == "lid" and appoint.is_valid():
            checking.appoint(user=appoint.cleaned_data["user"], by=request.user)
        elif asked == "regel" and line.is_valid():
            checking.add_line(values=line.cleaned_data, by=request.user)
        else:
            done = False
        if done:
            messages.success(request, _("Het is vastgelegd."))
            return redirect("decisions:bibob-circle")
    except ActError as error:
        messages.error(request, str(error))
    today = clock.today()
    context = {
        "members": BibobMember.objects.on(today).select_related("user", "appointed_by"), "lines": BibobLine.objects.on(today),
        "appoint": appoint, "line": line,
    }
    return render(request, "decisions/life/bibob_circle.html", context)
