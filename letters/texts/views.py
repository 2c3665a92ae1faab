"""The pages on which scheme managers read, write and publish the texts of letters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grants.kernel.models import User
from grants.kernel.permissions import allow
from grants.kernel.roles import Role
from grants.kernel.typed import whole_number
from letters.kinds import ELEMENTS, KINDS, LetterKind
from letters.pdf import DoesNotFit, MissingGlyph, render_pdf
from letters.texts import previewing, services
from letters.texts.checking import Problem, gaps, in_words
from letters.texts.differences import differences
from letters.texts.fitting import problems_of, unfit
from letters.texts.models import LetterTemplate
from letters.texts.readability import hints
from letters.texts.rows import FORMS, Row, changed, rows_of, template_of, typed_rows
from letters.texts.schemes import managed_by, paragraphs_of
from letters.texts.selecting import in_force
from letters.texts.services import NotNow, TextRefused
from letters.texts.shipped import shipped
from letters.texts.template import NOT, Template
from letters.texts.vocabulary import Vocabulary

manager = allow(Role.SCHEME_MANAGER)


@manager
@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    """Every kind of letter, with the texts of its own that it has."""
    rows: dict[str, dict[str, list[LetterTemplate]]] = {}
    for text in LetterTemplate.objects.visible_to(request.user).exclude(state="withdrawn"):
        rows.setdefault(text.kind, {}).setdefault(text.state, []).append(text)
    listed = [(found, rows.get(found.id, {}).get("published", []), rows.get(found.id, {}).get("draft", [])) for found in KINDS.values()]
    bad = unfit(text for kind in rows.values() for text in kind.get("published", ()))
    return render(request, "letters/texts/kinds.html", {"kinds": listed, "unfit": bad})


@manager
@require_GET
def kind(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: what is in force, for the house and for each scheme, and every version there was."""
    found = _kind(kind)
    texts = list(LetterTemplate.objects.visible_to(request.user).filter(kind=kind).select_related("author", "published_by", "withdrawn_by"))
    schemes = managed_by(request.user)
    rows = [(code, title, [text for text in texts if text.scheme == code]) for code, title in schemes.items()]
    return render(request, "letters/texts/kind.html", {
        "kind": found, "rows": rows, "shipped": shipped(kind), "parts": in_force(kind).template.parts,
        "must": [ELEMENTS[element] for element in found.must],
    })


@manager
@require_POST
def start(request: HttpRequest, kind: str) -> HttpResponse:
    found, scheme = _kind(kind), request.POST.get("scheme", "")
    if scheme not in managed_by(request.user):
        raise PermissionDenied
    draft = services.start_draft(kind=found.id, scheme=scheme, author=request.user)
    return redirect("texts:edit", pk=draft.pk)


@manager
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a draft. Every button but Bewaar only shows the page anew, with all that was typed."""
    draft = _visible(request.user, pk)
    if not draft.is_draft:
        messages.warning(request, _("Deze tekst is al gepubliceerd. Begin een nieuw concept om iets te veranderen."))
        return redirect(draft)
    if request.method == "GET":
        return _editor(request, draft, rows_of(services.whole_of(draft, left_out=True)), note=draft.note)
    rows, at = changed(typed_rows(request.POST), request.POST.get("act", ""))
    note = request.POST.get("note", "").strip()[:1000]
    if request.POST.get("act") != "save":
        return _editor(request, draft, rows, note=note, at=at)
    try:
        services.save_draft(
            text_id=draft.pk, whole=template_of(draft.kind, rows), note=note, author=request.user, seen=_seen(request, draft),
        )
    except TextRefused as refused:
        return _editor(request, draft, rows, note=note, refused=refused.problems)
    except NotNow as error:
        return _editor(request, draft, rows, note=note, refused=(Problem("", str(error)),))
    messages.success(request, _("Uw tekst is bewaard als concept. Er gaat nog niets de deur uit met deze tekst."))
    return redirect("texts:edit", pk=draft.pk)


def _seen(request: HttpRequest, draft: LetterTemplate) -> datetime:
    """When the writer saw the draft; a moment that cannot be counts as now, since it says nothing."""
    try:
        return parse_datetime(request.POST.get("seen", "")) or draft.changed_at
    except ValueError:
        return draft.changed_at


def _editor(
    request: HttpRequest, draft: LetterTemplate, rows: list[Row], *, note: str, refused: tuple[Problem, ...] = (), at: int | None = None
) -> HttpResponse:
    template, vocabulary = template_of(draft.kind, rows), shipped(draft.kind).vocabulary
    problems = refused or gaps(template, vocabulary)
    preview = _preview(request, template, draft.scheme)
    found = KINDS[draft.kind]
    said = {row.name: [problem.text for problem in problems if problem.part == row.name] for row in rows}
    context = {
        "draft": draft, "kind": found, "note": note, "refused": refused, "problems": problems, "at": at, "forms": FORMS.items(),
        "rows": [(row, said[row.name], _choices(row, found), _means(row, vocabulary)) for row in rows],
        "hints": [(_place(rows, hint.part), hint) for hint in hints(template)], "places": [(_place(rows, problem.part), problem) for problem in problems],
        "vocabulary": vocabulary, "preview": preview, "case": request.POST.get("case", ""), "seen": request.POST.get("seen") or draft.changed_at.isoformat(),
        "chosen": _chosen(request) if _chosen(request) is not None else [name for name, condition in vocabulary.conditions.items() if condition.sample],
        "house": in_force(draft.kind).template if draft.scheme else None, "from_scheme": len(paragraphs_of(draft.scheme, draft.kind)), "scheme_title": managed_by(request.user).get(draft.scheme, draft.scheme),
    }
    return render(request, "letters/texts/edit.html", context, status=400 if refused else 200)


def _place(rows: list[Row], name: str) -> int | None:
    return next((place for place, row in enumerate(rows) if row.name == name), None)


def _means(row: Row, vocabulary: Vocabulary) -> list[str]:
    """The conditions of a part in words."""
    return [in_words(name, vocabulary) for name in row.part().when if name.removeprefix(NOT) in vocabulary.conditions]


def _choices(row: Row, kind: LetterKind) -> list[tuple[str, str]]:
    """What a part may be chosen to fulfil; what it fulfils now comes first, also when that is more than one."""
    now = row.elements.split()
    joined = ", ".join(ELEMENTS.get(element, element) for element in now)
    return [("", _("geen")), *([(row.elements, joined)] if now else []), *((e, ELEMENTS[e]) for e in (*kind.must, *kind.may) if e != row.elements)]


def _chosen(request: HttpRequest) -> list[str] | None:
    return request.POST.getlist("situation") if "situation-shown" in request.POST else None


def _preview(request: HttpRequest, template: Template, scheme: str) -> previewing.Preview:
    case = request.POST.get("case", "").strip()
    return previewing.of_case(template, case, request.user) if case else previewing.of_samples(template, _chosen(request), scheme)


@manager
@require_GET
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its words, and what it changed against the version before it or the one that `tegen` names."""
    text = _visible(request.user, pk)
    others = LetterTemplate.objects.visible_to(request.user).filter(kind=text.kind, scheme=text.scheme).exclude(pk=pk)
    asked = whole_number(request.GET.get("tegen", ""))
    against = others.filter(pk=asked).first() if asked is not None else others.filter(number__lt=text.number).order_by("-number").first()
    base = services.whole_of(against) if against else in_force(text.kind).template if text.scheme else shipped(text.kind).template
    whole = services.whole_of(text)
    return render(request, "letters/texts/version.html", {
        "text": text, "kind": KINDS[text.kind], "against": against, "others": others, "differences": differences(base, whole),
        "preview": previewing.of_samples(whole, None, text.scheme), "problems": () if text.state == LetterTemplate.State.WITHDRAWN else problems_of(whole),
        "scheme_title": managed_by(request.user).get(text.scheme, text.scheme), "may_publish": text.author_id != request.user.pk,
    })


@manager
@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The example as a file, marked as a concept."""
    text = _visible(request.user, pk)
    preview = previewing.of_samples(services.whole_of(text), None, text.scheme)
    try:
        if preview.letter is None:
            raise Http404
        data = render_pdf(preview.letter, concept=True)
    except (MissingGlyph, DoesNotFit) as error:
        raise Http404 from error
    return HttpResponse(data, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="voorbeeld-{preview.letter.kind}.pdf"'})


def _act(request: HttpRequest, pk: int, act: Callable[..., Any], done: str) -> HttpResponse:
    text = _visible(request.user, pk)
    try:
        act(text)
    except TextRefused as refused:
        for problem in refused.problems:
            messages.error(request, f"{problem.part}: {problem.text}" if problem.part else problem.text)
        return redirect("texts:version", pk=pk)
    except NotNow as error:
        messages.error(request, str(error))
        return redirect("texts:version", pk=pk)
    messages.success(request, done)
    return redirect("texts:kind", kind=text.kind)


@manager
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda text: services.publish(text_id=text.pk, by=request.user), _("De tekst is gepubliceerd. Nieuwe brieven krijgen deze tekst."))


@manager
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda text: services.discard(text_id=text.pk), _("Het concept is weggegooid. De tekst die in gebruik is, blijft gelden."))


@manager
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    def act(text: LetterTemplate) -> None:
        services.put_back(text_id=text.pk, by=request.user, note=f"Versie {text.number} is teruggezet.")

    return _act(request, pk, act, _("De oude tekst is weer in gebruik, als nieuwe versie."))


@manager
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda text: services.withdraw(text_id=text.pk, by=request.user), _("De tekst is ingetrokken. De tekst eronder geldt weer."))


def _kind(kind: str) -> LetterKind:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _visible(user: User, pk: int) -> LetterTemplate:
    return get_object_or_404(LetterTemplate.objects.visible_to(user).select_related("author", "published_by", "withdrawn_by", "restores"), pk=pk)
