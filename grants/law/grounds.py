"""Which grounds carry which decision: an adverse decision on another article has no basis (Awb 3:46, 4:46 to 4:50)."""

from __future__ import annotations

import re
from typing import Final

GROUNDS: Final[dict[str, tuple[str, ...]]] = {
    "settle_lower": ("4:46",),
    "settle_nil": ("4:46",),
    "settle_ex_officio": ("4:46",),
    "settle_ex_officio_after_reminder": ("4:46",),
    "amend": ("4:48", "4:50"),
    "withdraw_grant": ("4:48", "4:50"),
    "amend_settlement": ("4:49",),
    "withdraw_settlement": ("4:49",),
}
"""For each act the articles that can carry it when it is to the detriment of the recipient."""

AFTER_SETTLEMENT: Final = "4:49(1)(c)"
"""The ground on which five years run from the breach of an obligation, and not from the settlement (Awb 4:49(3), 4:57(4))."""
FOR_THE_FUTURE: Final = "4:50"
"""Works after a reasonable term, never back (Awb 4:50(1))."""

WORDS: Final = {
    "4:46": "lager vaststellen dan is verleend",
    "4:48": "een verlening intrekken of wijzigen die onjuist is of niet wordt nagekomen",
    "4:49": "een vaststelling intrekken of wijzigen",
    "4:50": "een verlening intrekken of wijzigen wegens andere omstandigheden of inzichten",
}
"""What each article is about, in plain words."""


_PARAGRAPHS: Final = {"1": "eerste", "2": "tweede", "3": "derde", "4": "vierde"}


def in_words(ground: str) -> str:
    """An article as a letter writes it: "4:46(2)(a)" is "4:46, tweede lid, onder a". What is written otherwise stays."""
    found = re.fullmatch(r"(\d+:\d+)(?:\(([1-4])\))?(?:\(([a-z])\))?", ground)
    if found is None:
        return ground
    article, paragraph, letter = found.groups()
    return article + (f", {_PARAGRAPHS[paragraph]} lid" if paragraph else "") + (f", onder {letter}" if letter else "")


def with_law(article: str) -> str:
    """The article with the Awb behind it: "artikel 4:7, eerste lid, Awb", and "artikel 4:11 Awb"."""
    words = in_words(article)
    return f"artikel {words}{',' if ',' in words else ''} Awb"


def rests_on(ground: str, article: str) -> bool:
    """Is the ground this article or a part of it: 4:46, 4:46(2)(a), but not 4:460?"""
    return ground == article or ground.startswith(f"{article}(")


def ground_refusal(*, act: str, ground: str, path: str = "", paid: bool = False) -> str | None:
    """Why this ground cannot carry this decision, in Dutch; None when it can. `ground` is an article as "4:46(2)(a)".

    `path` is 'direct', 'grant', or '' when it is not known. A refusal on 4:35(1) is not possible on the way of direct settlement: 4:43 does not name that paragraph. A ground in
    the words of a scheme is not judged here. `paid`: money of the grant went out. A withdrawal on 4:50 does not work back, so that
    it cannot take away what was paid for the time before it; a change to a lower amount can keep that.
    """
    if act == "withdraw_grant" and paid and rests_on(ground, "4:50"):
        return (
            "Intrekken op artikel 4:50 werkt niet terug, en er is al betaald. Kies voor verlening wijzigen, met het bedrag voor de tijd tot de wijziging, of "
            "kies een grond uit artikel 4:48 als die er is."
        )
    if act == "reject":
        if path == "direct" and rests_on(ground, "4:35(1)"):
            return (
                "Bij directe vaststelling kan niet worden geweigerd omdat de activiteit misschien niet doorgaat of omdat de verplichtingen misschien niet worden "
                "nagekomen. Kies een grond van de regeling."
            )
        return None
    articles = GROUNDS.get(act)
    if articles is None or not ground or not ground.startswith("4:") or any(rests_on(ground, article) for article in articles):
        return None
    allowed = " of ".join(f"artikel {article} ({WORDS[article]})" for article in articles)
    return f"Deze grond draagt dit besluit niet. Kies een grond uit {allowed}."
