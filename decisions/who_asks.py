"""What an official must know about who asks: is the organisation checked, does it still exist, may these people act (Awb 2:1, 4:2)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from applicants.models import InitiativeMember, MandateStep, PartyPaper, RegisterCheck, Representation
from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel
from grants.kernel import clock
from grants.kernel.models import User


def register() -> None:
    panels.register(panel, official=True)


def panel(request: HttpRequest, application: Application) -> Panel | None:
    """One query, whatever there is to tell."""
    if application.applicant_id is None:
        return None
    return Panel("decisions/panels/who_asks.html", {"application": application, "warnings": warnings(application)})


def warnings(application: Application) -> list[str]:
    """Sentences about what is not in order, or waits for an official."""
    day = clock.today()
    newest = RegisterCheck.objects.filter(applicant=OuterRef("applicant_id")).order_by("-at", "-id")
    acting = Representation.objects.in_force(day).filter(applicant=OuterRef("applicant_id"))
    members = InitiativeMember.objects.present().filter(applicant=OuterRef("applicant_id"))
    last_step = MandateStep.objects.filter(representation=OuterRef("pk")).order_by("-at", "-id").values("kind")[:1]
    refused = Representation.objects.filter(applicant=OuterRef("applicant_id"), paper="refused", ended_on__isnull=True)
    again = refused.annotate(last=Subquery(last_step)).filter(last=MandateStep.Kind.PAPER)
    source, dissolved, again_sent, given, asked, waiting = Application.objects.filter(pk=application.pk).values_list(
        Subquery(newest.values("source")[:1]), Subquery(newest.values("dissolved_on")[:1]),
        Exists(again), Exists(acting.filter(paper="given")), Exists(acting.filter(paper="asked")), Exists(members.filter(accepted_at__isnull=True)),
    ).get()
    told = []
    if source == RegisterCheck.Source.TYPED:
        told.append(_("De aanvrager vulde de gegevens van de organisatie zelf in. Zij zijn niet gecontroleerd bij de KvK."))
    if source == RegisterCheck.Source.ABSENT:
        told.append(_("Het KvK-nummer van de aanvrager staat niet in het Handelsregister."))
    if dissolved:
        told.append(_("Volgens de KvK is de aanvrager op %(day)s uitgeschreven. Kijk of de organisatie nog bestaat.") % {"day": date_format(dissolved, "j F Y")})
    if given or again_sent:
        told.append(_("Er is een machtiging meegestuurd die nog niemand heeft bekeken."))
    if asked:
        told.append(_("Wij vroegen om een machtiging. Die is er nog niet."))
    if waiting:
        told.append(_("Niet alle deelnemers van het initiatief hebben ja gezegd."))
    return told


def visible_papers(user: User):
    """The papers of applicants whose cases an official may see; of one's own applicants none."""
    cases = Application.objects.visible_to_official(user).exclude(status="draft")
    return PartyPaper.objects.filter(applicant__in=cases.values("applicant"))
