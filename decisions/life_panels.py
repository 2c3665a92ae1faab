"""One panel for everything that changed around a case: short sentences, and the link to the page behind them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

from applicants.models import Applicant, ApplicantType, PartyChange
from decisions import bibob, party
from decisions.models import BibobFile, DataBreach, PostReturn
from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel
from grants.kernel import clock
from letters.models import Notice


def register() -> None:
    panels.register(around_the_case, official=True)
    panels.register(own_changes, official=False)


def around_the_case(request: HttpRequest, application: Application) -> Panel | None:
    """What an official must know before anything else; at most three queries."""
    if application.applicant_id is None:
        return None
    return Panel("decisions/panels/life.html", {"application": application, "warnings": [*party.warnings(application), *_waiting(application)]})


def _waiting(application: Application) -> list[str]:
    """What else waits for a person, in one query."""
    flags = Application.objects.filter(pk=application.pk).values_list(
        Exists(PostReturn.objects.filter(application=OuterRef("pk"), state="open")),
        Exists(DataBreach.objects.filter(application=OuterRef("pk"), closed_by__isnull=True)),
        Exists(PartyChange.objects.waiting(clock.today()).filter(applicant=OuterRef("applicant_id"))),
        Exists(Notice.objects.filter(dispatch__letter__chain=OuterRef("chain"), state=Notice.State.FAILED)),
        Subquery(BibobFile.objects.filter(application=OuterRef("pk")).values("state")[:1]),
        Subquery(BibobFile.objects.filter(application=OuterRef("pk")).values("consequence")[:1]),
    ).get()
    *found, state, consequence = flags
    sentences = (
        _("Er is een brief teruggekomen of bij een ander bezorgd. Handel dat af."),
        _("Er loopt een datalek. Melden moet binnen 72 uur nadat wij het wisten."),
        _("De aanvrager vroeg om andere gegevens. De wijziging wacht op bevestiging."),
        _("Een e-mail dat er een brief klaarstaat, kwam niet aan. Vertel het op een andere manier: kijk bij Meldingen over post."),
    )
    told = [str(sentence) for there, sentence in zip(found, sentences, strict=True) if there]
    return [*told, bibob.sentence(state, consequence)] if state else told


def own_changes(request: HttpRequest, application: Application) -> Panel | None:
    """Where the applicant changes an address or an account: not for who acts in this case alone."""
    acts = Applicant.objects.represented_by(request.user).filter(pk=application.applicant_id).exists()
    if not acts and application.applicant_type != ApplicantType.BEWONERSINITIATIEF:
        return None
    return Panel("decisions/panels/own_life.html", {"application": application, "acts": acts})
