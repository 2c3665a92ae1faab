"""A copy of everything that is mine, as one ZIP: what was entered and happened as JSON, letters as PDF, and my own files (AVG 15, 20)."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grants.applications.messages.models import CaseMessage
from grants.applications.models import Application, Document
from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.assurance import requires_level
from grants.kernel.models import AccessLog, Event, User
from grants.kernel.permissions import allow_signed_in
from letters.models import Letter
from letters.seal.services import current_seal

COPY = "own copy"
"""How the log of reading names a copy; it is also what counts the copies of one hour."""
MOST_AN_HOUR = 3
IN_MEMORY = 5 * 1024 * 1024
CHUNK = 256 * 1024
PUBLIC_ACTS_ONLY = ("act", "from_status", "to_status", "article", "valid_on", "recorded_at", "amount")
"""Of an event the applicant gets what happened, when and on which article; never who did it, nor what is kept with it."""
INTERNAL = ("prepare_decision", "review_decision", "sign_decision", "return_decision", "assign", "test_state_aid", "propose_forward")
"""Steps inside the house without effect outside."""


@allow_signed_in
@requires_level("see_letter")
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest) -> HttpResponse:
    """The page, and with a POST the file. A few an hour: making one reads every letter and file."""
    if request.method == "POST":
        if _counted(request.user):
            return _zip(request.user)
        messages.warning(request, _("U hebt dit uur al %(n)s keer een kopie gemaakt. Probeer het over een uur opnieuw.") % {"n": MOST_AN_HOUR})
        return render(request, "project/mine_copy.html", {"most": MOST_AN_HOUR}, status=429)
    return render(request, "project/mine_copy.html", {"most": MOST_AN_HOUR})


@transaction.atomic
def _counted(user: User) -> bool:
    """Note this copy, unless there were as many as there may be in the last hour. One at a time for each person."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    since = clock.now() - timedelta(hours=1)
    if AccessLog.objects.filter(user=user, what=COPY, at__gt=since).count() >= MOST_AN_HOUR:
        return False
    log_read(user, COPY)
    return True


def _zip(user: User) -> FileResponse:
    """Written to a file of its own and then sent in pieces: no letter or photo is whole in memory."""
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the response closes it)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for case in _cases(user):
            folder = case.case_number or f"concept-{str(case.pk)[:8]}"
            archive.writestr(f"{folder}/gegevens.json", json.dumps(data_of(case), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
            _add_letters(archive, folder, case)
            for number, document in enumerate(own_documents(case), 1):
                _add(archive, f"{folder}/bestanden/{number:02d}-{PurePath(document.filename).name}", document.file)
        archive.writestr("lees-mij.txt", _("Dit is een kopie van uw gegevens. Elke zaak heeft een map."))
    target.seek(0)
    response = FileResponse(target, as_attachment=True, filename=f"mijn-gegevens-{clock.today():%Y-%m-%d}.zip", content_type="application/zip")
    response["Cache-Control"] = "no-store"
    return response


def _cases(user: User) -> Iterable[Application]:
    own = Application.objects.acted_for_by(user).select_related("scheme", "applicant", "chain").order_by("created_at", "pk")
    return own.prefetch_related("submissions", Prefetch("messages", queryset=CaseMessage.objects.order_by("id")), "answer_drafts")


def data_of(case: Application) -> dict[str, Any]:
    """What we keep of one case and the applicant may have: entered, written, and done."""
    events = Event.objects.filter(chain=case.chain_id).exclude(act__in=INTERNAL).order_by("position").values(*PUBLIC_ACTS_ONLY)
    return {
        "case_number": case.case_number, "scheme": case.scheme.title, "applicant": str(case.applicant), "status": case.status, "title": case.title,
        "requested_amount": case.requested_amount, "granted_amount": case.granted_amount, "settled_amount": case.settled_amount,
        "draft": case.draft_answers, "drafts": {draft.form: draft.answers for draft in case.answer_drafts.all()},
        "submissions": [{"kind": s.kind, "received_at": s.received_at, "answers": s.answers, "digest": s.digest} for s in case.submissions.all()],
        "messages": [{"from": m.side, "written_at": m.written_at, "text": m.text} for m in case.messages.all()],
        "events": list(events),
    }


def own_documents(case: Application) -> Iterable[Document]:
    """The files of this case that the applicant's side added, or that came in on paper with what it sent, and that may be opened."""
    representatives = case.applicant.representations.values("user") if case.applicant else ()
    found = Document.objects.filter(Q(uploaded_by__in=representatives) | Q(submission__isnull=False), application=case)
    return found.openable()


def _add_letters(archive: zipfile.ZipFile, folder: str, case: Application) -> None:
    for number, letter in enumerate(Letter.objects.filter(chain=case.chain_id, state=Letter.State.SENT).order_by("created_at"), 1):
        _add(archive, f"{folder}/brieven/{number:02d}-{letter.kind}-{letter.day:%Y-%m-%d}.pdf", (current_seal(letter) or letter).file)


def _add(archive: zipfile.ZipFile, name: str, file: Any) -> None:
    """A file that is gone from the store is named, and stops nothing."""
    try:
        source = file.open("rb")
    except (FileNotFoundError, ValueError):
        archive.writestr(f"{name}.ontbreekt.txt", _("Dit bestand konden wij niet vinden. Neem contact met ons op."))
        return
    with source, archive.open(name, "w") as target:
        while piece := source.read(CHUNK):
            target.write(piece)
