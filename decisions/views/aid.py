"""State aid: the test of a case, what an applicant declares, and the register of de-minimis aid per undertaking."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from decisions import aid as reading
from decisions.aid_forms import AidTestForm, DeclareForm, LinkForm, SeparateForm
from decisions.models import AidTest, DeMinimisEntry, Undertaking, UndertakingMember
from decisions.models.aid import AidState
from decisions.services import aid
from decisions.views.access import acting, official_case
from decisions.views.handling import attempted
from grants.applications.beside import can_start_beside, side_act, side_acts
from grants.applications.lifecycle.door import ActError, can_start
from grants.applications.views import attempting
from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.actor import Actor
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role
from grants.kernel.typed import whole_number
from grants.law.de_minimis import NoCeilingError, room_on

HANDLERS = (Role.CASE_HANDLER, Role.OBJECTION_HANDLER)
PAGE = 50


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def test(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The test tree as questions, with the tests that were made before; who handles the case answers."""
    application = official_case(request, pk)
    log_read(request.user, "state_aid", application.chain)
    tests = list(AidTest.objects.filter(application=application).select_related("tested_by").order_by("-number"))
    needed = reading.is_tested_per_case(application) and application.version is not None
    may_test = needed and can_start(application, "test_state_aid") and request.user.has_role(*HANDLERS, scheme_code=application.scheme_id)
    form = AidTestForm(request.POST or None, last=tests[0] if tests else None) if may_test else None
    if request.method == "POST":
        if form is None:
            messages.error(request, _("In deze zaak kunt u nu geen staatssteun toetsen."))
        elif form.is_valid():
            try:
                made = aid.record_test(
                    application_id=pk, answers=form.answers(), why=form.why(), reference=form.reference(),
                    actor=acting(request, application.scheme_id, "test_state_aid"),
                )
            except ActError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, _("De toets is vastgelegd. De uitkomst is: %(verdict)s.") % {"verdict": made.get_verdict_display()})
                return redirect("decisions:case", pk=pk)
    member = reading.member_of(application.applicant) if application.applicant else None
    context = {
        "application": application, "tests": tests, "form": form, "needed": needed, "member": member,
        "reason": application.version.definition.state_aid.reason if application.version else "",
    }
    return render(request, "decisions/aid/test.html", context)


@allow(*HANDLERS)
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the de-minimis aid that the applicant declares."""
    application = official_case(request, pk)
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["granted_on"] > clock.today():
            form.add_error("granted_on", _("Vul de dag in waarop de steun is verleend. Die ligt niet in de toekomst."))
        else:
            answer = attempted(
                request, application, _("De opgegeven steun is vastgelegd."),
                lambda: aid.declare(
                    application_id=pk, values=form.cleaned_data, actor=acting(request, application.scheme_id, "declare_de_minimis")
                ), form,
            )
            if answer is not None:
                return answer
    heading = _("Steun van een andere overheid")
    return render(request, "decisions/form.html", {"application": application, "form": form, "heading": heading, "button": _("Vastleggen")})


@allow(*CASE_READERS)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Each undertaking with what counts on a day, the room that is left, and what must still be reported."""
    day = _day(request.GET.get("dag", ""))
    start = whole_number(request.GET.get("vanaf", "")) or 0
    waiting = Q(members__entries__state=AidState.TO_REPORT)
    found = (
        Undertaking.objects.visible_to(request.user).filter(members__entries__isnull=False)
        .annotate(report_by=Min("members__entries__report_by", filter=waiting)).order_by(F("report_by").asc(nulls_last=True), "id")
    )
    if request.GET.get("melden"):
        found = found.filter(report_by__isnull=False)
    undertakings = list(found.prefetch_related("members__entries")[start : start + PAGE + 1])
    context = {
        "rows": [_row(undertaking, day) for undertaking in undertakings[:PAGE]], "day": day, "only_to_report": bool(request.GET.get("melden")),
        "next": start + PAGE if len(undertakings) > PAGE else None, "today": clock.today(),
    }
    return render(request, "decisions/aid/register.html", context)


def _row(undertaking: Undertaking, day: date) -> dict[str, object]:
    entries = [entry for member in undertaking.members.all() for entry in member.entries.all() if entry.state != AidState.TAKEN_BACK]
    return {
        "undertaking": undertaking, "report_by": getattr(undertaking, "report_by", None),
        "to_report": sum(entry.state == AidState.TO_REPORT for entry in entries), "rooms": _rooms(entries, day),
    }


def _rooms(entries: list[DeMinimisEntry], day: date) -> list[object]:
    """The room by the general regulation, and by that for services of general economic interest where there is such aid."""
    given = [entry.as_aid() for entry in entries]
    kinds = ("general", "sgei") if any(entry.kind == "sgei" for entry in entries) else ("general",)
    try:
        return [room_on(given, day, kind) for kind in kinds]  # type: ignore[arg-type]
    except NoCeilingError:
        return []


FORMS = {"koppelen": LinkForm, "losmaken": SeparateForm}


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def undertaking(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One undertaking: its companies, its aid, and what to do with each; handlers link companies and part them."""
    found = get_object_or_404(Undertaking.objects.visible_to(request.user), pk=pk)
    may_link = aid.may_link(found.pk, request.user)
    asked = request.POST.get("wat", "") if may_link else ""
    if request.method == "POST" and asked not in FORMS:
        messages.error(request, _("Alleen een behandelaar van een zaak van deze onderneming verandert welke bedrijven bij elkaar horen."))
        return redirect(found)
    forms = {
        "koppelen": LinkForm(request.POST if asked == "koppelen" else None, prefix="koppelen"),
        "losmaken": SeparateForm(request.POST if asked == "losmaken" else None, prefix="losmaken", members=found.members.all()),
    }
    if asked and forms[asked].is_valid():
        try:
            _link(found, asked, forms[asked].cleaned_data, Actor(user=request.user, role=Role.CASE_HANDLER))
        except ActError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Het is vastgelegd."))
            return redirect(found)
    return _undertaking(request, found, forms if may_link else {})


def _undertaking(request: HttpRequest, found: Undertaking, forms: dict[str, Any], typed: dict[str, Any] | None = None) -> HttpResponse:
    """The page; `typed` is what was filled in for one entry, when that could not be kept."""
    members = found.members.prefetch_related("links")
    day = _day(request.GET.get("dag", ""))
    entries = list(
        DeMinimisEntry.objects.filter(member__undertaking=found).select_related("member", "application__scheme", "decision").order_by("-granted_on", "id")
    )
    codes = request.user.scheme_codes_for(CASE_READERS)
    context = {
        "undertaking": found, "members": members, "day": day, "rooms": _rooms([e for e in entries if e.state != AidState.TAKEN_BACK], day),
        "entries": [(entry, _choices(request, entry), codes is None or entry.application.scheme_id in codes) for entry in entries],
        "forms": [("koppelen", _("Bedrijf koppelen"), forms["koppelen"]), ("losmaken", _("Bedrijf losmaken"), forms["losmaken"])] if forms else [],
        "typed": typed or {},
    }
    return render(request, "decisions/aid/undertaking.html", context)


def _link(found: Undertaking, asked: str, data: dict[str, object], actor: Actor) -> None:
    if asked == "koppelen":
        aid.link(undertaking_id=found.pk, actor=actor, **data)  # type: ignore[arg-type]
    else:
        member: UndertakingMember = data["member"]  # type: ignore[assignment]
        aid.separate(member_id=member.pk, source=str(data["source"]), actor=actor)


def _choices(request: HttpRequest, entry: DeMinimisEntry) -> list[tuple[str, str]]:
    """The acts that this person may do on the entry now."""
    held = request.user.roles(entry.application.scheme_id)
    return [
        (name, side_act(entry, name).label) for name in side_acts(DeMinimisEntry)
        if can_start_beside(entry, name) and held & side_act(entry, name).roles
    ]


@allow(*CASE_READERS)
@require_POST
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One step with an entry of the register: reported, taken back, or fallen away."""
    found = get_object_or_404(DeMinimisEntry.objects.visible_to(request.user).select_related("application", "member__undertaking"), pk=pk)
    act = request.POST.get("act", "")
    if act not in dict(_choices(request, found)):
        messages.error(request, _("Dit kan nu niet. Kijk wat u wel kunt doen."))
        return redirect(found.member.undertaking)
    typed = {"entry": found.pk, "reason": request.POST.get("reason", ""), "number": request.POST.get("number", "")}
    done = attempting.attempted(
        request, found.member.undertaking, _("Het is vastgelegd."),
        lambda: aid.step(
            entry_id=pk, act=act, actor=acting(request, found.application.scheme_id, act), reason=request.POST.get("reason", ""),
            register_number=request.POST.get("number", ""),
        ),
    )
    return done or _undertaking(request, found.member.undertaking, {}, typed)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()
