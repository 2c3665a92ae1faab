"""Messages and requests on the case page of officials, and requests on that of the applicant."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions import calculating, casefile
from decisions.models import ApplicantRequest
from decisions.services import requesting
from grants.applications import panels, standing
from grants.applications.messages.models import CaseMessage, MessageMark
from grants.applications.models import Application, Submission
from grants.applications.panels import Panel
from grants.applications.reporting import budget
from grants.applications.standing import Answer
from grants.applications.statuses import Status
from grants.applications.views.following.completing import EXPLAINED


def register() -> None:
    panels.register(talk, official=True)
    panels.register(explanations, official=True)
    panels.register(own_requests, official=False)
    budget.granted_from(granted_lines)
    standing.answered_by("VIEW_TERM", Answer(gettext_lazy("Reageer op ons voornemen. Dat mag, het hoeft niet."), gettext_lazy("Reageren"), "answers:view"))


def granted_lines(application: Application) -> list:
    """What of each budget line was accepted."""
    return [line.accepted for line in calculating.cost_lines(application, "application")] if application.granted_amount is not None else []


def talk(request: HttpRequest, application: Application) -> Panel | None:
    """The newest messages, whether one waits for an answer, and what the applicant asked: one query beside those of the file."""
    if application.applicant_id is None:
        return None
    settled = MessageMark.objects.filter(message=OuterRef("pk"), kind=MessageMark.Kind.SETTLED)
    newest = list(CaseMessage.objects.filter(application=application).annotate(is_settled=Exists(settled)).order_by("-id")[:3])
    waits = bool(newest) and newest[0].side == CaseMessage.Side.APPLICANT and not newest[0].is_settled
    values = {"newest": newest, "waits": waits, "requests": casefile.of(application).requests, "application": application}
    return Panel("decisions/panels/talk.html", values, _("Berichten en verzoeken"))


def explanations(request: HttpRequest, application: Application) -> Panel | None:
    """What the applicant wrote beside each item that we missed."""
    sent = [s for s in casefile.of(application).submissions if s.kind == Submission.Kind.COMPLETION]
    said = sent[-1].answers.get(EXPLAINED) if sent else None
    rows = [row for row in said if isinstance(row, dict) and row.get("text")] if isinstance(said, list) else []
    return Panel("decisions/panels/explanations.html", {"rows": rows}, _("Toelichting bij de aanvulling")) if rows else None


def own_requests(request: HttpRequest, application: Application) -> Panel | None:
    """What one asked and what we answered; and where to ask for an advance, when the scheme leaves room."""
    asked = list(ApplicantRequest.objects.filter(application=application).order_by("-asked_on", "-id")[:20])
    may_ask = application.status == Status.VERLEEND and not requesting.advance_refusal(application)
    if not asked and not may_ask:
        return None
    return Panel("decisions/panels/own_requests.html", {"requests": asked, "may_ask": may_ask, "application": application})
