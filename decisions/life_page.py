"""What the page with changes around a case shows, and to whom which act."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applicants.models import PartyChange
from decisions import bibob, party
from decisions.models import LiabilityAgreement, MemberAddress, PostReturn, Transfer
from decisions.models.returned import ReturnState
from grants.applications.models import Application
from grants.kernel.models import User
from grants.kernel.permissions import opens

ACTS = (
    ("decisions:party-report", _("Overlijden, faillissement, ontbinding of fusie vastleggen")),
    ("decisions:party-answer", _("Vastleggen hoe de zaak verdergaat")),
    ("decisions:party-end", _("Een gebeurtenis beëindigen")),
    ("decisions:transfer", _("Zaak overdragen aan een andere aanvrager")),
    ("decisions:transfer-do", _("Overdracht uitvoeren of intrekken")),
    ("decisions:change-enter", _("Adres, e-mailadres of rekeningnummer wijzigen")),
    ("decisions:change-call-back", _("Een wijziging bevestigen door terug te bellen")),
    ("decisions:change-code-letter", _("Brief met een code naar het oude adres")),
    ("decisions:member-address", _("Het adres van een deelnemer verbeteren")),
    ("decisions:channel", _("Digitale post of papier: vastleggen wat de aanvrager kiest")),
    ("decisions:bibob", _("Bibob-toets")),
    ("decisions:post-note", _("Teruggekomen post vastleggen")),
    ("decisions:post-handle", _("Teruggekomen post afhandelen")),
    ("decisions:breach", _("Datalek afhandelen")),
)
"""Each act with its page and its words; who may start it, its page says."""

SECTIONS = ("decisions/life/transfers.html", "decisions/life/changes.html", "decisions/life/member_addresses.html", "decisions/life/post.html")


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
    members = LiabilityAgreement.objects.filter(application=application).exists()
    if not members:
        hidden.add("decisions:member-address")
    addresses = MemberAddress.objects.filter(person__agreement__application=application).select_related("person", "changed_by") if members else ()
    if not bibob.is_member(user):
        hidden.add("decisions:bibob")
    if application.applicant is None:
        hidden |= {name for name, _words in ACTS}
    held = user.roles(application.scheme_id)
    pages = [(reverse(name, args=[application.pk]), words) for name, words in ACTS if name not in hidden]
    links = [(address, words) for address, words in pages if opens(address, held)]
    return {"application": application, "known": known, "links": links, "changes": changes, "transfers": moves, "returns": returns, "breaches": breaches, "sections": SECTIONS, "addresses": addresses}
