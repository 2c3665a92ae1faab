"""The states of the spine and its side exits (domain reference 2.2)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

NEW = ""
"""Before the first act: never stored."""


class Status(models.TextChoices):
    DRAFT = "draft", _("concept")
    RECEIVED = "received", _("ontvangen")
    AWAITING_COMPLETION = "awaiting_completion", _("aanvulling gevraagd")
    FORWARDED = "forwarded", _("doorgezonden")
    WITHDRAWN = "withdrawn", _("ingetrokken door aanvrager")
    NOT_HANDLED = "not_handled", _("buiten behandeling gesteld")
    ASSESSED = "assessed", _("beoordeeld")
    AWAITING_VIEW = "awaiting_view", _("zienswijze gevraagd")
    REJECTED = "rejected", _("afgewezen")
    VERLEEND = "verleend", _("verleend")
    REPORT_OVERDUE = "report_overdue", _("verantwoording te laat")
    REPORT_RECEIVED = "report_received", _("verantwoording ontvangen")
    REPORT_INCOMPLETE = "report_incomplete", _("aanvulling verantwoording gevraagd")
    VASTGESTELD = "vastgesteld", _("vastgesteld")
    GRANT_WITHDRAWN = "grant_withdrawn", _("verlening ingetrokken")
    SETTLEMENT_WITHDRAWN = "settlement_withdrawn", _("vaststelling ingetrokken")
    CLOSED = "closed", _("afgesloten")


FINAL = (
    Status.FORWARDED,
    Status.WITHDRAWN,
    Status.NOT_HANDLED,
    Status.REJECTED,
    Status.GRANT_WITHDRAWN,
    Status.SETTLEMENT_WITHDRAWN,
)
"""No way out but `close`, and what an objection decides; `closed` itself only opens by `reopen`."""

CLOSABLE = (*FINAL, Status.VASTGESTELD)
UNDECIDED = (Status.RECEIVED, Status.AWAITING_COMPLETION, Status.ASSESSED, Status.AWAITING_VIEW)
RUNNING = (Status.VERLEEND, Status.REPORT_OVERDUE, Status.REPORT_RECEIVED, Status.REPORT_INCOMPLETE)

PUBLIC_NAMES = {
    Status.DRAFT: _("U bent nog bezig met uw aanvraag"),
    Status.RECEIVED: _("Wij hebben uw aanvraag ontvangen"),
    Status.AWAITING_COMPLETION: _("Wij missen nog iets van u"),
    Status.FORWARDED: _("Wij hebben uw aanvraag doorgestuurd"),
    Status.WITHDRAWN: _("U hebt uw aanvraag ingetrokken"),
    Status.NOT_HANDLED: _("Wij behandelen uw aanvraag niet"),
    Status.ASSESSED: _("Wij bereiden het besluit voor"),
    Status.AWAITING_VIEW: _("U kunt reageren op ons voornemen"),
    Status.REJECTED: _("Wij hebben uw aanvraag afgewezen"),
    Status.VERLEEND: _("U krijgt subsidie"),
    Status.REPORT_OVERDUE: _("Wij wachten op uw verantwoording"),
    Status.REPORT_RECEIVED: _("Wij hebben uw verantwoording ontvangen"),
    Status.REPORT_INCOMPLETE: _("Wij missen nog iets in uw verantwoording"),
    Status.VASTGESTELD: _("Uw subsidie is vastgesteld"),
    Status.GRANT_WITHDRAWN: _("Wij hebben uw subsidie ingetrokken"),
    Status.SETTLEMENT_WITHDRAWN: _("Wij hebben de vaststelling ingetrokken"),
    Status.CLOSED: _("Uw zaak is afgesloten"),
}
"""What the applicant reads: where the case stands, in plain words."""
