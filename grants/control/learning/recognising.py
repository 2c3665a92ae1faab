"""Whose names must not stand in a lesson, and where so few grants are that a project can be recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from applicants.models import InitiativeMember, Representation
from decisions.models import LiablePerson
from grants.applications.collaborating import Collaborator
from grants.applications.former_parties import FormerParty
from grants.applications.models import Application
from grants.control.learning.codes import area_names, goal_labels, municipality_names
from grants.control.learning.models import LessonProposal

FEW = 5
"""With fewer grants than this in a place, for a goal, a reader may know which project it is."""

NameSource = Callable[[Application], Iterable[str]]
_sources: list[NameSource] = []


def names_from(source: NameSource) -> None:
    """`source(application)` gives more names of people and organisations behind a case."""
    if source not in _sources:
        _sources.append(source)


def names_behind(proposal: LessonProposal | None) -> list[str]:
    """The names to look for in a text. They are only compared with it, on the server, and never shown."""
    if proposal is None:
        return []
    names = [proposal.organisation]
    if proposal.contributed_by is not None:
        names.append(proposal.contributed_by.get_full_name())
    application = proposal.application
    if application is not None:
        names.append(application.title)
        names += [str(name) for source in _sources for name in source(application)]
    return [name for name in names if name.strip()]


def names_of_the_applicant(application: Application) -> list[str]:
    """The applicant with the street it lives in, who it was before, and everyone who acts for it."""
    if application.applicant is None:
        return []
    representatives = Representation.objects.filter(applicant=application.applicant_id).select_related("user")
    former = FormerParty.objects.filter(application=application).values_list("applicant__name", flat=True)
    return [application.applicant.name, application.applicant.street, *former, *(found.user.get_full_name() for found in representatives)]


def names_of_who_take_part(application: Application) -> list[str]:
    """The residents of the initiative, of now and before, who answer for its money, and everyone who filled in the application with them."""
    members = InitiativeMember.objects.filter(applicant=application.applicant_id).values_list("name", flat=True)
    liable = LiablePerson.objects.filter(agreement__application=application).values_list("name", flat=True)
    helpers = Collaborator.objects.filter(application=application).select_related("user")
    return [*members, *liable, *(helper.user.get_full_name() for helper in helpers)]


def few_grants(*, area: str, municipality: str, goals: Iterable[str]) -> list[str]:
    """Sentences about a place and goals with fewer than FEW grants; the number itself is not told. Two queries at most."""
    if not area and not municipality:
        return []
    place = area_names().get(area) or municipality_names().get(municipality) or area or municipality
    granted = Application.objects.filter(Q(granted_amount__gt=0) | Q(settled_amount__gt=0))
    granted = granted.filter(area=area) if area else granted.filter(municipality=municipality)
    chosen = list(goals)
    if not chosen:
        few = granted.order_by().values("pk")[:FEW].count() < FEW
        return [_("In %(place)s zijn er minder dan %(few)d subsidies.") % {"place": place, "few": FEW}] if few else []
    counted = granted.filter(goal_links__goal__in=chosen).order_by().values_list("goal_links__goal").annotate(n=Count("pk", distinct=True))
    numbers = dict(counted)
    return [
        _("In %(place)s zijn er minder dan %(few)d subsidies voor het doel '%(goal)s'.") % {"place": place, "few": FEW, "goal": goal_labels().get(code, code)}
        for code in chosen
        if numbers.get(code, 0) < FEW
    ]
