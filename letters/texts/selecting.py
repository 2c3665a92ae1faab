"""Which text is in force: that of the release, over it the house's own, over that the scheme's own parts."""

from __future__ import annotations

from dataclasses import dataclass

from letters.texts.models import LetterTemplate
from letters.texts.shipped import shipped
from letters.texts.template import Template, merged


@dataclass(frozen=True, slots=True)
class InForce:
    """A whole text, and the version that letters name: `1`, `1.2` with the house's second text, `1.2/3` with a scheme's third."""

    template: Template
    version: str


def in_force(kind: str, scheme: str = "") -> InForce:
    """The text of this kind for a case of this scheme, now."""
    rows = {row.scheme: row for row in LetterTemplate.objects.published().filter(kind=kind, scheme__in={"", scheme})}
    return _together(kind, rows.get(""), rows.get(scheme) if scheme else None)


def of_version(kind: str, scheme: str, version: str) -> InForce:
    """The text as a letter of that version was made with, also when another is in force by now.

    A decision that was signed keeps its words when it is made again for another day. Raises `LetterTemplate.DoesNotExist`.
    """
    house, _, own = version.partition("/")
    number = house.partition(".")[2]
    return _together(
        kind,
        LetterTemplate.objects.get(kind=kind, scheme="", number=int(number)) if number else None,
        LetterTemplate.objects.get(kind=kind, scheme=scheme, number=int(own)) if own else None,
    )


def _together(kind: str, house: LetterTemplate | None, own: LetterTemplate | None) -> InForce:
    base = shipped(kind)
    template = house.template if house else base.template
    version = f"{house.based_on}.{house.number}" if house else base.version
    if own is not None:
        template, version = merged(template, own.template), f"{version}/{own.number}"
    return InForce(template, version)
