"""What somebody asks of the work list: filters, a sort and words, as they stand in the address. Reading it never fails."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applicants.models import ApplicantType
from decisions.people import people_acting_for
from grants.applications.finding import found_by
from grants.applications.messages.models import CaseMessage
from grants.applications.models import ApplicationQuerySet, Origin
from grants.applications.statuses import Status
from grants.kernel.keyset import Sort
from grants.kernel.models import User

SORTS = {
    sort.name: sort
    for sort in (
        Sort("termijn", _("Wettelijke termijn"), ("due_key", "case_number")),
        Sort("ontvangen", _("Ontvangen, nieuwste eerst"), ("received_key", "case_number"), descending=True),
        Sort("bijgewerkt", _("Laatst bijgewerkt"), ("last_event_at", "case_number"), descending=True),
        Sort("zaaknummer", _("Zaaknummer"), ("case_number",)),
        Sort("bedrag", _("Gevraagd bedrag, hoogste eerst"), ("amount_key", "case_number"), descending=True),
    )
}
WHOSE = {"team": _("Van het team"), "mijn": _("Mijn werk"), "vrij": _("Zonder behandelaar"), "bericht": _("Bericht zonder antwoord")}
DUE = {"laat": _("Te laat"), "vandaag": _("Vandaag"), "week": _("Binnen een week"), "vierweken": _("Binnen vier weken")}
OPEN, ALL = "open", "alle"
STATUSES = {OPEN: _("Lopend"), ALL: _("Alle"), **{str(value): label for value, label in Status.choices if value != Status.DRAFT}}
NOT_OPEN = (Status.CLOSED, Status.WITHDRAWN, Status.FORWARDED)
LONGEST_QUESTION = 100
LONGEST_QUERY = 500


@dataclass(frozen=True, slots=True)
class WorkQuery:
    """One question to the work list. The names are those of the address. `problems` are the choices that we do not know."""

    werk: str = "team"
    status: str = OPEN
    regeling: str = ""
    termijn: str = ""
    gemeente: str = ""
    gebied: str = ""
    soort: str = ""
    q: str = ""
    sorteer: str = "termijn"
    problems: tuple[str, ...] = field(default=(), compare=False)

    @property
    def sort(self) -> Sort:
        return SORTS[self.sorteer]

    def as_address(self) -> str:
        """The part of the address behind the question mark; only what differs from the standing list."""
        standing = _standing(self.q)
        return urlencode({name: value for name in FIELDS if (value := getattr(self, name)) != getattr(standing, name) or (name == "q" and value)})


FIELDS = ("werk", "status", "regeling", "termijn", "gemeente", "gebied", "soort", "q", "sorteer")
KNOWN: dict[str, Collection[str]] = {
    "werk": WHOSE, "status": STATUSES, "termijn": DUE, "soort": ApplicantType.values, "sorteer": SORTS,
}


def _standing(question: str) -> WorkQuery:
    """Nothing chosen: the open cases of the team. Who looks for words, looks in all cases."""
    return WorkQuery(q=question, status=ALL if question else OPEN)


def read(asked: Mapping[str, str], lists: Mapping[str, Collection[str]]) -> WorkQuery:
    """The question in an address. `lists` holds the codes of regeling, gemeente and gebied. Unknown choices are left out and named."""
    question = " ".join(asked.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION]
    query, problems = _standing(question), []
    for name in FIELDS:
        value = asked.get(name, "").strip()
        if name == "q" or not value:
            continue
        if value in {**KNOWN, **lists}[name]:
            query = replace(query, **{name: value})
        else:
            problems.append(name)
    return replace(query, problems=tuple(problems))


def read_address(address: str, lists: Mapping[str, Collection[str]]) -> WorkQuery:
    """As `read`, from the part of an address behind the question mark."""
    return read(dict(parse_qsl(address[: LONGEST_QUERY * 2])), lists)


def cases(query: WorkQuery, user: User, visible: ApplicationQuerySet, day: date) -> ApplicationQuerySet:
    """The cases that answer the question, without an order. A draft that was never sent in is not among them."""
    found = visible.exclude(status=Status.DRAFT).filter(case_number__isnull=False)
    if query.status == OPEN:
        found = found.exclude(status__in=NOT_OPEN).filter(origin__in=[Origin.PORTAL, Origin.PAPER])
    elif query.status != ALL:
        found = found.filter(status=query.status)
    if query.werk == "vrij":
        found = found.filter(handler=None)
    elif query.werk == "bericht":
        found = found.filter(pk__in=CaseMessage.objects.unanswered().order_by().values("application"))
    elif query.werk == "mijn":
        away = people_acting_for(user, day)
        found = found.filter(handler__in=[user.pk, *away]) if away else found.filter(handler=user)
    for name, column in (("regeling", "scheme"), ("gemeente", "municipality"), ("gebied", "area"), ("soort", "applicant_type")):
        if value := getattr(query, name):
            found = found.filter(**{column: value})
    if query.termijn:
        found = found.filter(_due(query.termijn, day))
    return found_by(found, query.q) if query.q else found


def _due(window: str, day: date) -> Q:
    """Of the nearest term of ours. A term that ends today is not late; a week is seven days from today."""
    if window == "laat":
        return Q(due_key__lt=day)
    days = {"vandaag": 0, "week": 7, "vierweken": 28}[window]
    return Q(due_key__gte=day, due_key__lte=day + timedelta(days=days))
