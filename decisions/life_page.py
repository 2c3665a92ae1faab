"""What the page with changes around a case shows, and to whom which act."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from applicants.models import PartyChange
from decisions import bibob, party
from decisions.models import PostReturn, Transfer
from decisions.models.returned import ReturnState
from grants.applications.models import Application
from grants.kernel.models import User
from grants.kernel.roles import CASE_READERS, Role

WHO_CONFIRMS = (Role.INTAKE_OFFICER, Role.CASE_HANDLER, Role.FINANCE_OFFICER)
ACTS: tuple[tuple[str, Any, tuple[Role, ...]], ...] = (
    ("decisions:party-report", lambda: _("Overlijden, faillissement, ontbinding of fusie vastleggen"), (Role.INTAKE_OFFICER, Role.CASE_HANDLER)),
    ("decisions:party-answer", lambda: _("Vastleggen hoe de zaak verdergaat"), (Role.CASE_HANDLER,)),
    ("decisions:party-end", lambda: _("Een gebeurtenis beëindigen"), (Role.INTAKE_OFFICER, Role.CASE_HANDLER)),
    ("decisions:transfer", lambda: _("Zaak overdragen aan een andere aanvrager"), (Role.CASE_HANDLER, Role.INTAKE_OFFICER)),
    ("decisions:transfer-do", lambda: _("Overdracht uitvoeren of intrekken"), (Role.REVIEWER, Role.MANDATE_HOLDER, Role.CASE_HANDLER)),
    ("decisions:change-enter", lambda: _("Adres, e-mailadres of rekeningnummer wijzigen"), (Role.INTAKE_OFFICER, Role.CASE_HANDLER)),
    ("decisions:change-call-back", lambda: _("Een wijziging bevestigen door terug te bellen"), WHO_CONFIRMS),
    ("decisions:change-code-letter", lambda: _("Brief met een code naar het oude adres"), (Role.INTAKE_OFFICER,)),
    ("decisions:bibob", lambda: _("Bibob-toets"), tuple(CASE_READERS)),
    ("decisions:post-note", lambda: _("Teruggekomen post vastleggen"), (Role.INTAKE_OFFICER, Role.CASE_HANDLER)),
    ("decisions:post-handle", lambda: _("Teruggekomen post afhandelen"), (Role.INTAKE_OFFICER, Role.CASE_HANDLER)),
    ("decisions:breach", lambda: _("Datalek afhandelen"), (Role.INTAKE_OFFICER, Role.CASE_HANDLER, Role.RECORDS_OFFICER)),
)
"""Each act with its page, its words, and who may start it."""


SECTIONS = ("decisions/life/transfers.html", "decisions/life/changes.html", "decisions/life/post.html")


def context(user: User, application: Application) -> dict[str, Any]:
    """The events and everything else that changed, with the links that this person may follow."""
    known = party.known_of(application)
    hidden = set() if known else {"decisions:party-answer", "decisions:party-end"}
    changes = list(PartyChange.objects.filter(applicant=application.applicant_id).select_related("entered_by", "decided_by")[:20])
    if not any(change.state == "pending" for change in changes):
        hidden |= {"decisions:change-call-back", "decisions:change-code-letter"}
    returns = list(PostReturn.objects.filter(application=application).select_related("dispatch__letter"))
    breaches = list(application.breaches.all())
    if not any(found.state == ReturnState.OPEN for found in returns):
        hidden.add("decisions:post-handle")
    if not any(found.is_open for found in breaches):
        hidden.add("decisions:breach")
    moves = list(Transfer.objects.filter(application=application).select_related("from_applicant", "to_applicant", "proposed_by", "done_by"))
    hidden.add("decisions:transfer" if any(move.state == "proposed" for move in moves) else "decisions:transfer-do")
    if not bibob.is_member(user):
        hidden.add("decisions:bibob")
    if application.applicant is None:
        hidden |= {name for name, _words, _roles in ACTS}
    links = [
        (reverse(name, args=[application.pk]), words())
        for name, words, roles in ACTS
        if name not in hidden and user.has_role(*roles, scheme_code=application.scheme_id)
    ]
    return {"application": application, "known": known, "links": links, "changes": changes, "transfers": moves, "returns": returns, "breaches": breaches, "sections": SECTIONS}
