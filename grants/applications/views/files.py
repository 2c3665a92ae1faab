"""Add files to a case, whole or in parts, and open those that were checked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grants.applications.documents import Document, PartialUpload
from grants.applications.files import UploadRefused, file_questions, partial, remove_posted, take_posted
from grants.applications.models import Application
from grants.applications.views.access import shared_case
from grants.kernel.access import log_read
from grants.kernel.assurance import requires_level
from grants.kernel.opening import file_answer
from grants.kernel.permissions import allow_signed_in
from grants.kernel.typed import whole_number


@allow_signed_in
@requires_level("write_draft")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All places for files on one page. What was right is kept, also when another file was not."""
    application = shared_case(request, pk)
    questions = file_questions(application)
    problems = []
    if request.method == "POST":
        problems = take_posted(application, request.FILES, [question.key for question in questions], request.user)
        try:
            removed = remove_posted(application, request.POST, request.user)
        except UploadRefused as error:
            messages.error(request, str(error))
            return redirect("applications:upload", pk=pk)
        if not problems:
            _say(request, removed, there_are=any(question.files for question in questions))
            return redirect("applications:upload", pk=pk)
        questions = file_questions(application, problems=problems)
    context = {"application": application, "file_questions": questions, "problems": problems}
    return render(request, "applications/upload.html", context)


def _say(request: HttpRequest, removed: str, *, there_are: bool) -> None:
    """With JavaScript the files went before the button was pressed."""
    if removed:
        messages.success(request, _("Het bestand %(name)s is verwijderd.") % {"name": removed})
    elif request.FILES or there_are:
        messages.success(request, _("Uw bestanden zijn bewaard. Wij controleren ze nu."))
    else:
        messages.info(request, _("U hebt nog geen bestand gekozen. Kies een bestand en druk op Bewaren."))


@allow_signed_in
@requires_level("write_draft")
@require_POST
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a file in parts, or go on with it: the answer says where."""
    application = shared_case(request, pk)
    data = request.POST
    try:
        found = partial.begin(
            application=application, key=data.get("key", ""), filename=data.get("filename", ""), size=whole_number(data.get("size", "")) or 0,
            digest=data.get("digest", ""), user=request.user,
        )
    except UploadRefused as error:
        return JsonResponse({"problem": str(error)}, status=422)
    return JsonResponse(
        {
            "offset": found.received, "part": partial.PART, "to": reverse("applications:file-part", args=[found.pk]),
            "finish": reverse("applications:file-finish", args=[found.pk]),
        }
    )


def _own_part(request: HttpRequest, pk: UUID) -> PartialUpload:
    """A file under way of this very person, in a case of theirs; otherwise it is not found."""
    theirs = Application.objects.of_applicants_of(request.user).values("pk")
    found = PartialUpload.objects.filter(owner=request.user, application__in=theirs).select_related("application__version", "document")
    return get_object_or_404(found, pk=pk)


@allow_signed_in
@requires_level("write_draft")
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where are we (GET), or the next part (POST, its bytes as the body, `Upload-Offset` where it begins)."""
    found = _own_part(request, pk)
    if request.method == "GET":
        return JsonResponse({"offset": found.received})
    if (whole_number(request.headers.get("Content-Length", "")) or 0) > partial.PART:
        return JsonResponse({"problem": _("Dit deel is te groot."), "offset": found.received}, status=413)
    offset = whole_number(request.headers.get("Upload-Offset", ""))
    try:
        content = request.body
    except UnreadablePostError:  # the line was cut halfway this part: it comes again
        return HttpResponse(status=400)
    try:
        return JsonResponse({"offset": partial.add(upload=found, offset=-1 if offset is None else offset, content=content)})
    except partial.WrongOffset as error:
        return JsonResponse({"offset": error.offset}, status=409)


@allow_signed_in
@requires_level("write_draft")
@require_POST
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All parts are there: take the file. Asked twice it answers the same."""
    found = _own_part(request, pk)
    try:
        document = partial.finish(upload=found, user=request.user)
    except partial.WrongOffset as error:
        return JsonResponse({"offset": error.offset}, status=409)
    except UploadRefused as error:
        return JsonResponse({"problem": str(error)}, status=422)
    return JsonResponse({"name": document.filename, "html": render_to_string("applications/files/file.html", {"file": document}, request)})


@allow_signed_in
@requires_level("see_case")
@require_GET
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The content, always to keep and never to show in the browser: what is in it must not act as a page of ours."""
    found = get_object_or_404(Document.objects.visible_to(request.user).select_related("application__chain"), pk=pk)
    answer = file_answer(request, found)
    if answer.status_code == 200 and request.user.is_official:
        log_read(request.user, f"document {found.question_key}", found.application.chain)
    return answer
