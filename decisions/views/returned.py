"""Post that came back, and the data breaches that it brought."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from decisions.models import DataBreach, PostReturn
from decisions.models.returned import ReturnState
from decisions.returned_forms import BreachForm, HandleForm, NoteForm
from decisions.services import returning
from decisions.views.access import acting, official_case
from decisions.views.life import form_page
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role

MOST = 100


@allow(*CASE_READERS)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What waits: letters that came back, and breaches with the hours that are left."""
    returns = PostReturn.objects.visible_to(request.user).filter(state=ReturnState.OPEN).select_related("application__handler", "dispatch__letter")
    breaches = DataBreach.objects.visible_to(request.user).filter(closed_by__isnull=True).select_related("application")
    context = {"returns": returns.order_by("found_on", "id")[:MOST], "breaches": breaches.order_by("known_at")[:MOST]}
    return render(request, "decisions/life/returned.html", context)


@allow(Role.INTAKE_OFFICER, Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that a letter on paper came back, or reached another (T98)."""
    application = official_case(request, pk)
    form = NoteForm(request.POST or None, chain_id=application.chain_id)
    actor = acting(request, application.scheme_id, "note_returned_post")

    def act() -> object:
        data = dict(form.cleaned_data)
        return returning.note(application_id=pk, dispatch_id=data.pop("dispatch").pk, actor=actor, **data)

    return form_page(
        request, application, form, _("Teruggekomen post"), _("Vastleggen"), _("Het is vastgelegd. De behandelaar ziet het bij de zaak."), act
    )


@allow(Role.INTAKE_OFFICER, Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def handle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the letter again to the right address, or note why not (T98b, T43)."""
    application = official_case(request, pk)
    form = HandleForm(request.POST or None, application_id=pk)
    actor = acting(request, application.scheme_id, "handle_returned_post")

    def act() -> object:
        service = returning.send_again if form.cleaned_data["how"] == "resend" else returning.leave
        return service(return_id=form.cleaned_data["record"].pk, reason=form.cleaned_data["reason"], actor=actor)

    return form_page(request, application, form, _("Teruggekomen post afhandelen"), _("Afhandelen"), _("Het is vastgelegd."), act)


@allow(*returning.BREACH_CLOSERS)
@require_http_methods(["GET", "POST"])
def breach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whom we told of a data breach, and when the supervisor heard of it."""
    application = official_case(request, pk)
    form = BreachForm(request.POST or None, application_id=pk)
    actor = acting(request, application.scheme_id, "note_returned_post")

    def act() -> object:
        data = dict(form.cleaned_data)
        return returning.close_breach(breach_id=data.pop("breach").pk, actor=actor, **data)

    return form_page(request, application, form, _("Datalek afhandelen"), _("Vastleggen"), _("Het datalek is afgehandeld."), act)
