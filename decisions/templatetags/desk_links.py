"""The other pages of the office, from the work list: each only for who may open it, as its view says."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.kernel.permissions import opens

register = template.Library()

LINKS = (
    (_("Betalingen"), "decisions:payments"),
    (_("Terugvorderingen"), "decisions:claims"),
    (_("Betaalbestanden"), "decisions:batches"),
    (_("Bankafschriften"), "decisions:statements"),
    (_("Aansluiting"), "decisions:reconcile"),
    (_("Verdeling"), "decisions:divisions"),
    (_("Plafonds"), "decisions:ceilings"),
    (_("Begroting"), "decisions:budgets"),
    (_("Bezwaren"), "decisions:objections"),
    (_("Berichten zonder antwoord"), "decisions:unanswered"),
    (_("Verzoeken van aanvragers"), "decisions:requests"),
    (_("Steekproef"), "decisions:samples"),
    (_("De-minimissteun"), "decisions:de-minimis"),
    (_("Mandaatregister"), "decisions:mandates"),
    (_("Gelijkgestelde dagen"), "decisions:free-days"),
    (_("Uw nevenfuncties"), "decisions:positions"),
    (_("Afwezigheid en vervanging"), "decisions:absence"),
    (_("Teruggekomen post"), "decisions:returned-post"),
    (_("Papieren aanvraag inschrijven"), "decisions:paper-choose"),
    (_("Post"), "post:paper"),
    (_("Meldingen over post"), "post:notices"),
)


@register.inclusion_tag("decisions/parts/desk_links.html", takes_context=True)
def desk_links(context: dict[str, Any]) -> dict[str, Any]:
    """A link for each page that the signed-in person may open; no query is asked."""
    user = context["request"].user
    held = user.roles(None)
    pages = ((label, reverse(page)) for label, page in LINKS)
    return {"links": [(label, address) for label, address in pages if opens(address, held)]}
