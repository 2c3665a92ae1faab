"""The points of one assessor for one application in a tender."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.distribution import criteria_of
from decisions.division_forms import ScoreForm
from decisions.models import ScoreSheet
from decisions.services import scoring
from decisions.services.scoring import Given
from decisions.views.access import acting, official_case
from grants.applications.lifecycle.dividing_acts import ASSESSORS
from grants.applications.lifecycle.door import ActError
from grants.applications.statuses import UNDECIDED
from grants.kernel.access import log_read
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def scores(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Save one's own points, hand them in, and see those of others when that is allowed."""
    application = official_case(request, pk)
    if application.version is None or application.version.definition.distribution.method != "tender":
        raise Http404
    log_read(request.user, "scores", application.chain)
    criteria = criteria_of(application.version.definition)
    own = ScoreSheet.objects.filter(application=application, assessor=request.user).prefetch_related("scores").first()
    others = ScoreSheet.objects.of_others_for(request.user, application).prefetch_related("scores").select_related("assessor")
    handed_in = own is not None and own.event_id is not None
    closed = application.draw_entries.exclude(draw__state="void").exists()
    may_score = request.user.has_role(*ASSESSORS, scheme_code=application.scheme_id) and application.status in UNDECIDED and not handed_in and not closed
    form = ScoreForm(request.POST or None, criteria=criteria, draft=own.draft if own else {}) if may_score else None
    if request.method == "POST":
        if form is None:
            messages.error(request, _("U kunt voor deze aanvraag geen punten (meer) geven."))
            return redirect("decisions:scores", pk=pk)
        if form.is_valid() and _store(request, application, form):
            return redirect("decisions:scores", pk=pk)
    labels = {criterion.key: criterion.label for criterion in criteria}
    sheets = [(_("U"), own)] if handed_in else []
    sheets += [(str(sheet.assessor), sheet) for sheet in others]
    shown = [(who, sheet.handed_in_on, [(labels.get(s.criterion, s.criterion), s.points, s.reason) for s in sheet.scores.all()]) for who, sheet in sheets]
    context = {
        "application": application, "form": form, "sheets": shown, "handed_in": handed_in, "closed": closed,
        "needed": application.version.definition.distribution.tender_assessors,
        "count": ScoreSheet.objects.filter(application=application).handed_in().count(),
    }
    return render(request, "decisions/division/scores.html", context)


def _store(request: HttpRequest, application, form: ScoreForm) -> bool:
    """Save, and hand in when that button was used. What was typed stays saved when handing in is refused."""
    actor = acting(request, application.scheme_id, "hand_in_scores")
    given = {key: Given(points, reason) for key, (points, reason) in form.scores().items()}
    try:
        scoring.save_scores(application_id=application.pk, scores=given, actor=actor)
        if "inleveren" in request.POST:
            scoring.hand_in(application_id=application.pk, actor=actor)
    except ActError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Uw punten zijn ingeleverd. Ze veranderen niet meer.") if "inleveren" in request.POST else _("Uw punten zijn bewaard. Niemand anders ziet ze nog."))
    return True
