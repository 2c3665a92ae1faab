"""The post room: letters that wait for paper, piles for the printer, and what went in the post."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grants.kernel.models import AccessLog
from grants.kernel.permissions import allow
from grants.kernel.roles import Role
from letters.models import Letter, PaperBatch, SecondSending
from letters.post import paper
from letters.post.archive import zip_response
from letters.post.paper import PaperRefused
from letters.post.paper_forms import ConfirmForm, PileForm, ReasonForm

SHOWN = 200
"""So many letters on the page; with "all" a pile takes the others along, up to the most that a pile may hold."""
PILES = 25


@allow(Role.INTAKE_OFFICER)
@require_http_methods(["GET", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for paper; with the button it becomes a pile."""
    form = PileForm(request.POST or None)
    letters, again = paper.to_print(request.user), paper.to_print_again(request.user)
    if request.method == "POST" and form.is_valid():
        chosen_letters, chosen_again = _chosen(request, letters, again)
        try:
            batch = paper.make(
                letters=chosen_letters, again=chosen_again, day=form.cleaned_data["day"], duplex=form.cleaned_data["sides"] == "2", user=request.user
            )
        except PaperRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Stapel %(name)s wordt gemaakt. Laad deze bladzijde opnieuw tot het bestand klaar is.") % {"name": batch.reference})
            return redirect(batch)
    boxes = set(request.POST.getlist("brief")) if request.method == "POST" else None
    rows = [_row(one, "n", boxes) for one in again.select_related("letter__chain", "asked_by")[:SHOWN]]
    rows += [_row(letter, "b", boxes) for letter in letters.select_related("chain")[:SHOWN]]
    context = {
        "rows": rows, "form": form, "total": letters.count() + again.count(), "not_ready": paper.not_ready(request.user), "tab": "paper",
        "batches": PaperBatch.objects.visible_to(request.user).to_post(request.user).with_progress().select_related("made_by")[:PILES], "most": paper.MOST,
    }
    return render(request, "letters/post/waiting.html", context)


def _row(one: Letter | SecondSending, kind: str, boxes: set[str] | None) -> dict[str, Any]:
    box = f"{kind}-{one.pk}"
    letter = one.letter if isinstance(one, SecondSending) else one
    lines = one.addressee if isinstance(one, SecondSending) else one.as_content().addressee
    return {"box": box, "letter": letter, "again": one if isinstance(one, SecondSending) else None, "lines": lines, "on": boxes is None or box in boxes}


def _chosen(request: HttpRequest, letters: Any, again: Any) -> tuple[list[Letter], list[SecondSending]]:
    """Of the letters that this person may see: all, or those with a tick."""
    if request.POST.get("welke") == "alle":
        second = list(again[: paper.MOST])
        return list(letters.select_related("chain")[: paper.MOST - len(second)]), second
    ticked = request.POST.getlist("brief")
    return list(letters.filter(id__in=_ids(ticked, "b-")).select_related("chain")), list(again.filter(id__in=_ids(ticked, "n-")))


def _ids(boxes: list[str], kind: str) -> list[UUID]:
    found = []
    for box in boxes[: 2 * SHOWN]:
        try:
            found.append(UUID(box.removeprefix(kind)))
        except ValueError:
            continue
    return found


@allow(Role.INTAKE_OFFICER)
@require_GET
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A pile: how far it is, its letters, and what can be done with it."""
    return _batch_page(request, _found(request, pk))


def _found(request: HttpRequest, pk: UUID) -> PaperBatch:
    batches = PaperBatch.objects.visible_to(request.user).to_post(request.user).with_progress().select_related("made_by", "confirmed_by", "withdrawn_by")
    return get_object_or_404(batches, pk=pk)


def _batch_page(request: HttpRequest, found: PaperBatch, *, confirm: ConfirmForm | None = None, withdraw: ReasonForm | None = None) -> HttpResponse:
    lines = list(found.lines.select_related("letter__chain", "again").order_by("number"))
    made = paper.made_count(found)
    context = {
        "batch": found, "lines": lines, "made": made, "tab": "paper",
        "take_out": [line for line in lines if line.pages and not line.live and found.state == PaperBatch.State.READY],
        "left_out": [line for line in lines if not line.pages and not line.live and line.problem and found.withdrawn_by_id is None],
        "failed": [line for line in lines if line.settled_at and not line.dispatch_id],
        "confirm": confirm or ConfirmForm(initial={"posted_on": found.day}) if found.state == PaperBatch.State.READY else None,
        "withdraw": withdraw or ReasonForm() if found.state in (PaperBatch.State.MAKING, PaperBatch.State.READY) else None,
    }
    return render(request, "letters/post/batch.html", context)


@allow(Role.INTAKE_OFFICER)
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pile is in the post."""
    found, form = _found(request, pk), ConfirmForm(request.POST)
    if form.is_valid():
        try:
            paper.confirm(batch_id=found.pk, user=request.user, **form.cleaned_data)
        except PaperRefused as error:
            form.add_error(None, str(error))
        else:
            count = found.total
            done = ngettext(
                "Het is vastgelegd. %(count)d brief wordt nu verwerkt.", "Het is vastgelegd. %(count)d brieven worden nu een voor een verwerkt.", count
            )
            messages.success(request, done % {"count": count})
            return redirect(found)
    return _batch_page(request, found, confirm=form)


@allow(Role.INTAKE_OFFICER)
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pile does not go; its letters wait for another."""
    found, form = _found(request, pk), ReasonForm(request.POST)
    if form.is_valid():
        try:
            paper.withdraw(batch_id=found.pk, reason=form.cleaned_data["reason"], user=request.user)
        except PaperRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De stapel is ingetrokken. De brieven wachten op een nieuwe stapel."))
            return redirect("post:paper")
    return _batch_page(request, found, withdraw=form)


@allow(Role.INTAKE_OFFICER)
@require_GET
def pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file for the printer, the same bytes each time."""
    found = _found(request, pk)
    try:
        data = paper.file_of(found)
    except PaperRefused as error:
        messages.error(request, str(error))
        return redirect(found)
    _log(request, found, "letters on paper")
    return _download(data, "application/pdf", f"{found.reference}.pdf")


@allow(Role.INTAKE_OFFICER)
@require_GET
def manifest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list of a pile for a spreadsheet: in UTF-8, with the mark by which a spreadsheet knows that."""
    found = _found(request, pk)
    if not found.manifest:
        messages.error(request, _("De lijst is er nog niet. Wacht tot alle brieven zijn gemaakt, en laad de bladzijde opnieuw."))
        return redirect(found)
    _log(request, found, "list of letters on paper")
    return _download(found.manifest.encode("utf-8-sig"), "text/csv; charset=utf-8", f"{found.reference}.csv")


@allow(Role.INTAKE_OFFICER)
@require_GET
def archive(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The letters of a pile, each as a file of its own."""
    found = _found(request, pk)
    _log(request, found, "letters on paper")
    letters = Letter.objects.visible_to(request.user).filter(paper_lines__batch=found, paper_lines__live=True).order_by("paper_lines__number")
    return zip_response(letters, found.reference)


@allow(Role.INTAKE_OFFICER)
@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A second sending is no longer needed."""
    visible = SecondSending.objects.visible_to(request.user).to_post(request.user).select_related("letter__chain", "asked_by")
    found, form = get_object_or_404(visible, pk=pk), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            paper.drop(second_id=found.pk, reason=form.cleaned_data["reason"], user=request.user)
        except PaperRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De brief gaat niet nog een keer op de post."))
            return redirect("post:paper")
    return render(request, "letters/post/drop.html", {"second": found, "form": form, "tab": "paper"})


def _log(request: HttpRequest, found: PaperBatch, what: str) -> None:
    chains = found.lines.values_list("letter__chain", flat=True).distinct()
    AccessLog.objects.bulk_create([AccessLog(user=request.user, what=what, chain_id=chain) for chain in chains])


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
