"""E-mail to an applicant: which always comes, which can be ended, and the link that ends it with one click (RFC 8058)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from grants.applications import reminders
from grants.applications.reminder_mail import applicant_of
from grants.applications.reminder_models import ReminderChoice, represented, wants_reminders
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_public, allow_signed_in
from grants.kernel.typed import whole_number

How = ReminderChoice.How
NEWEST = 5


@allow_signed_in
@requires_level("choose_channel")
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Reminders on or off, for each applicant for whom this person acts."""
    applicants = represented(request.user)
    if request.method == "POST":
        applicant = get_object_or_404(applicants, pk=whole_number(request.POST.get("applicant", "")) or 0)
        wants = request.POST.get("wants") == "ja"
        reminders.choose(applicant, wants, how=How.PAGE, by=request.user)
        messages.success(request, _("U krijgt weer herinneringen.") if wants else _("U krijgt geen herinneringen meer."))
        return redirect("reminders:mine")
    wanted = set(ReminderChoice.objects.wanted().filter(pk__in=applicants.values("pk")).values_list("pk", flat=True))
    rows = [(one, one.pk in wanted, list(one.reminder_choices.all())[:NEWEST]) for one in applicants.prefetch_related("reminder_choices")]
    return render(request, "applications/email.html", {"rows": rows})


@csrf_exempt
@allow_public
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the reminders, from the link in an e-mail or by the button of the mail program. Looking changes nothing: a scanner may look.

    No sign-in and no cookie: the token is the proof, and all it can do is this.
    """
    applicant = applicant_of(token)
    if applicant is None:
        raise Http404
    if request.method == "POST":
        reminders.choose(applicant, request.POST.get("wants") == "ja", how=How.MAIL)
    return render(request, "applications/email_stop.html", {"wants": wants_reminders(applicant), "is_done": request.method == "POST"})
