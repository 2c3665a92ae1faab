"""Transfer of a case, and the page of who had it before."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from decisions import transfers
from decisions.models import Transfer
from decisions.services import transferring
from decisions.transfer_forms import CarryOutForm, ProposeForm
from decisions.views.access import acting
from decisions.views.life import evidence_answer, form_page, of_known_applicant
from grants.applications.former_parties import FormerParty, earlier_events
from grants.applications.models import Submission
from grants.kernel.access import log_read
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow, allow_signed_in
from grants.kernel.roles import CASE_READERS, Role
from letters.models import Letter


@allow(Role.CASE_HANDLER, Role.INTAKE_OFFICER)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose that the case passes to another applicant (T92)."""
    application = of_known_applicant(request, pk)
    form = ProposeForm(request.POST or None, request.FILES or None)
    actor = acting(request, application.scheme_id, "propose_transfer")
    return form_page(
        request, application, form, _("Zaak overdragen aan een andere aanvrager"), _("Voorstellen"),
        _("De overdracht is voorgesteld. Een collega voert haar uit; bij een verleende subsidie en een overeenkomst is eerst een besluit nodig."),
        lambda: transferring.propose(application_id=pk, actor=actor, **form.values()), has_file=True,
    )


@allow(Role.REVIEWER, Role.MANDATE_HOLDER, Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def carry_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Carry the transfer out, or take it back (T93, T93b)."""
    application = of_known_applicant(request, pk)
    found = transfers.proposed(application)
    if found is None:
        raise Http404
    form = CarryOutForm(request.POST or None)

    def act() -> object:
        if form.cleaned_data["how"] == "do":
            return transferring.carry_out(transfer_id=found.pk, actor=acting(request, application.scheme_id, "carry_out_transfer"))
        actor = acting(request, application.scheme_id, "cancel_transfer")
        return transferring.cancel(transfer_id=found.pk, reason=form.cleaned_data["reason"], actor=actor)

    intro = _("Van %(old)s naar %(new)s, door %(basis)s. Voorgesteld door %(who)s.") % {
        "old": found.from_applicant, "new": found.to_applicant, "basis": found.get_basis_display(), "who": found.proposed_by,
    }
    return form_page(request, application, form, _("Overdracht uitvoeren of intrekken"), _("Vastleggen"), _("Het is vastgelegd."), act, intro=intro)


@allow(*CASE_READERS)
@require_GET
def deed(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Transfer.objects.visible_to(request.user).select_related("application__chain"), pk=pk)
    log_read(request.user, "transfer deed", found.application.chain)
    return evidence_answer(request, found)


@allow_signed_in
@requires_level("see_case")
@require_GET
def passed_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a former applicant keeps: the letters and the submissions of before the case passed on."""
    former = get_object_or_404(FormerParty.objects.of(request.user).filter(application=pk).select_related("application__scheme"))
    before = earlier_events(request.user)
    context = {
        "former": former,
        "letters": Letter.objects.filter(chain=former.application.chain_id, state=Letter.State.SENT, event__in=before).order_by("-created_at"),
        "submissions": Submission.objects.filter(application=pk, event__in=before),
    }
    return render(request, "decisions/life/passed_on.html", context)
