"""What runs beside the spine: a notice of default, a letter sent again, a registration taken back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.forms import DefaultNoticeForm, ReasonForm, ResendForm
from decisions.services import defaulting
from decisions.templatetags.case_words import act_words
from decisions.views.access import acting, official_case
from decisions.views.handling import attempted
from grants.applications.services import correcting
from grants.kernel.permissions import allow
from grants.kernel.roles import Role


@allow(Role.INTAKE_OFFICER, Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def default_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Register that the applicant holds us in default (T37)."""
    application = official_case(request, pk)
    terms = [(term, defaulting.TERM_NAMES[term]) for term in defaulting.owed_terms(application)]
    form = DefaultNoticeForm(request.POST or None, terms=terms)
    if request.method == "POST" and form.is_valid():
        actor = acting(request, application.scheme_id, "record_default_notice")
        answer = attempted(
            request, application, _("De ingebrekestelling is ingeschreven. De aanvrager krijgt een bevestiging."),
            lambda: defaulting.record(application_id=pk, actor=actor, **form.cleaned_data), form,
        )
        if answer is not None:
            return answer
    context = {"application": application, "form": form, "heading": _("Ingebrekestelling inschrijven"), "button": _("Inschrijven")}
    return render(request, "decisions/form.html", context)


@allow(Role.INTAKE_OFFICER, Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def resend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a letter once more because it did not arrive (T43)."""
    application = official_case(request, pk)
    form = ResendForm(request.POST or None, chain_id=application.chain_id)
    if request.method == "POST" and form.is_valid():
        actor = acting(request, application.scheme_id, "resend")
        on_paper = form.cleaned_data["how"] == "paper"
        done = (
            _("De brief ligt klaar bij de post. De termijnen van de brief beginnen opnieuw op de dag dat hij op de post gaat.") if on_paper
            else _("De brief is opnieuw verzonden. De termijnen van de brief beginnen opnieuw.")
        )
        service = correcting.ask_on_paper if on_paper else correcting.resend
        given = {"application_id": pk, "letter_id": form.cleaned_data["letter"].pk, "reason": form.cleaned_data["reason"], "actor": actor}
        answer = attempted(request, application, done, lambda: service(**given), form)
        if answer is not None:
            return answer
    return render(request, "decisions/form.html", {"application": application, "form": form, "heading": _("Brief opnieuw verzenden"), "button": _("Opnieuw verzenden")})


@allow(Role.RECORDS_OFFICER)
@require_http_methods(["GET", "POST"])
def annul(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back the last registration (T42): an administrative correction, never of a sent decision."""
    application = official_case(request, pk)
    wrong = correcting.annullable(application)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and wrong is not None and form.is_valid():
        actor = acting(request, application.scheme_id, "annul_event")
        answer = attempted(
            request, application, _("De registratie is herroepen. Zij blijft in de geschiedenis staan."),
            lambda: correcting.annul(application_id=pk, event_id=wrong.pk, reason=form.cleaned_data["reason"], actor=actor), form,
        )
        if answer is not None:
            return answer
    heading = _("Registratie herroepen")
    if wrong is not None:
        heading = f"{heading}: {act_words(wrong.act)}"
    context = {"application": application, "form": form if wrong else None, "heading": heading, "button": _("Herroepen"),
               "nothing": "" if wrong else _("Er is geen registratie die u kunt herroepen. Een verzonden besluit verandert alleen door een nieuw besluit.")}
    return render(request, "decisions/form.html", context)
