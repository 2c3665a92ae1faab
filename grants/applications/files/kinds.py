"""Which kinds of file we take, by the end of their name and by their content; and what each kind is called."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PDF, JPEG, PNG, WEBP = "application/pdf", "image/jpeg", "image/png", "image/webp"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
TEXT, CSV = "text/plain", "text/csv"
IMAGES = frozenset({JPEG, PNG, WEBP})
SHEETS = frozenset({XLSX, ODS})
TEXTS = frozenset({TEXT, CSV})


@dataclass(frozen=True, slots=True)
class Group:
    """What a scheme can ask for (`DocumentRequirement.accepts`): the ends of names with their content, and its words on a page."""

    types: dict[str, str]
    words: object


GROUPS = {
    "pdf": Group({"pdf": PDF}, gettext_lazy("een PDF")),
    "image": Group({"jpg": JPEG, "jpeg": JPEG, "png": PNG, "webp": WEBP}, gettext_lazy("een foto (JPG, PNG of WebP)")),
    "spreadsheet": Group({"xlsx": XLSX, "ods": ODS}, gettext_lazy("een rekenblad (XLSX of ODS)")),
    "text": Group({"txt": TEXT, "csv": CSV}, gettext_lazy("een tekstbestand (TXT of CSV)")),
}
USUAL = ("pdf", "image")
"""What we take where the scheme says nothing."""

NAMES = {
    PDF: gettext_lazy("een PDF"), JPEG: gettext_lazy("een JPG-foto"), PNG: gettext_lazy("een PNG-afbeelding"), WEBP: gettext_lazy("een WebP-afbeelding"),
    XLSX: gettext_lazy("een Excel-bestand (XLSX)"), ODS: gettext_lazy("een rekenblad (ODS)"), TEXT: gettext_lazy("een tekstbestand"),
    CSV: gettext_lazy("een CSV-bestand"), "application/zip": gettext_lazy("een zipbestand"), "text/html": gettext_lazy("een webpagina"),
    "image/heic": gettext_lazy("een HEIC-foto"), "image/heif": gettext_lazy("een HEIC-foto"), "image/gif": gettext_lazy("een GIF-afbeelding"),
    "image/svg+xml": gettext_lazy("een SVG-tekening"), "image/avif": gettext_lazy("een AVIF-foto"),
    "application/msword": gettext_lazy("een Word-bestand"), "application/vnd.ms-excel": gettext_lazy("een oud Excel-bestand (XLS)"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": gettext_lazy("een Word-bestand"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": gettext_lazy("een PowerPoint-bestand"),
    "application/vnd.oasis.opendocument.text": gettext_lazy("een tekstdocument (ODT)"),
    "application/x-dosexec": gettext_lazy("een programma"), "application/vnd.microsoft.portable-executable": gettext_lazy("een programma"),
    "application/x-executable": gettext_lazy("een programma"), "application/x-sharedlib": gettext_lazy("een programma"),
    "text/x-shellscript": gettext_lazy("een programma"), "video/mp4": gettext_lazy("een filmpje"), "video/quicktime": gettext_lazy("een filmpje"),
}


def name_of(content_type: str) -> str:
    """What a reader calls this kind of content."""
    return str(NAMES.get(content_type) or _("een bestand van een andere soort"))


def types_for(accepts: tuple[str, ...]) -> dict[str, str]:
    """End of the name -> content that must go with it."""
    return {end: kind for group in accepts for end, kind in GROUPS[group].types.items()}


def words_for(accepts: tuple[str, ...]) -> str:
    """'een PDF of een foto (JPG, PNG of WebP)', for a sentence."""
    parts = [str(GROUPS[group].words) for group in accepts]
    first, last = parts[:-1], parts[-1]
    return _("%(first)s of %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def accept_attribute(accepts: tuple[str, ...]) -> str:
    """For the file field. It names no HEIC, so that a phone that can turns its photo into a JPG by itself."""
    types = types_for(accepts)
    return ",".join([*(f".{end}" for end in types), *sorted(set(types.values()))])
