"""The grounds that officials choose from, in words: what each decision can rest on, and on what a deviation can rest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grants.law.grounds import GROUNDS, rests_on

OWN_GROUNDS = (
    ("4:46(2)(a)", _("4:46, tweede lid, a: activiteiten niet of niet helemaal gedaan")),
    ("4:46(2)(b)", _("4:46, tweede lid, b: niet voldaan aan de verplichtingen")),
    ("4:46(2)(c)", _("4:46, tweede lid, c: onjuiste of onvolledige gegevens")),
    ("4:46(2)(d)", _("4:46, tweede lid, d: verlening onjuist, en dat wist de ontvanger")),
    ("4:46(3)", _("4:46, derde lid: kosten die niet redelijk waren")),
    ("4:48(1)(a)", _("4:48, eerste lid, a: activiteiten gaan niet of niet helemaal door")),
    ("4:48(1)(b)", _("4:48, eerste lid, b: niet voldaan aan de verplichtingen")),
    ("4:48(1)(c)", _("4:48, eerste lid, c: onjuiste of onvolledige gegevens")),
    ("4:48(1)(d)", _("4:48, eerste lid, d: verlening onjuist, en dat wist de ontvanger")),
    ("4:48(1)(e)", _("4:48, eerste lid, e: in de begroting kwam niet genoeg geld beschikbaar")),
    ("4:49(1)(a)", _("4:49, eerste lid, a: feiten die wij bij de vaststelling niet konden kennen")),
    ("4:49(1)(b)", _("4:49, eerste lid, b: vaststelling onjuist, en dat wist de ontvanger")),
    ("4:49(1)(c)", _("4:49, eerste lid, c: na de vaststelling niet voldaan aan de verplichtingen")),
    ("4:50(1)(a)", _("4:50, eerste lid, a: verlening onjuist")),
    ("4:50(1)(b)", _("4:50, eerste lid, b: gewijzigde omstandigheden of inzichten")),
    ("4:50(1)(c)", _("4:50, eerste lid, c: een ander geval dat de regels noemen")),
)
"""Reason codes of the law (Awb 4:46 to 4:50), with what they say."""

BIBOB = ("BIBOB", _("artikel 3, eerste lid, Wet Bibob: ernstig gevaar van gebruik voor strafbare feiten"))
RESTS_ON_BIBOB = ("reject", "withdraw_grant")

WRONG_CHANNEL = "4:5(5)"
"""Not handled without a request to complete: the sender used a wrong electronic channel and was shown the right one (Awb 2:16(1), 4:5(5))."""

DEVIATIONS = {
    "4:84": "artikel 4:84 Algemene wet bestuursrecht: de regels zouden in dit geval te zwaar uitpakken voor wat zij willen bereiken",
    "hardheidsclausule": "de hardheidsclausule van de subsidieverordening of de regeling",
}
"""On what a decision may differ from the calculation, as the letter says it."""

DEVIATION_CHOICES = [
    ("", _("Wij wijken niet af")),
    ("4:84", _("4:84 Awb: de beleidsregel pakt in dit geval te zwaar uit")),
    ("hardheidsclausule", _("Hardheidsclausule van de verordening of de regeling")),
]


def grounds_for(act: str) -> list[tuple[str, str]]:
    """The grounds of the law for this decision; a refusal has the grounds of its scheme."""
    if act == "decide_not_handle":
        return [(WRONG_CHANNEL, str(_("4:5, vijfde lid: langs een verkeerde digitale weg gestuurd, en op de goede weg gewezen")))]
    found = [(code, str(text)) for code, text in OWN_GROUNDS if any(rests_on(code, article) for article in GROUNDS.get(act, ()))]
    return [*found, (BIBOB[0], str(BIBOB[1]))] if act in RESTS_ON_BIBOB else found
