"""Take out of a PDF what could do something by itself, or carry another file along.

A PDF can hold JavaScript, start a program, send a form, or hide files. None of that belongs with an application. A file that has
nothing of it is kept byte for byte, so that a signature on it stays valid.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import pikepdf
from django.utils.translation import gettext as _

from grants.applications.files.photos import Unreadable

MOST_OBJECTS = 1_500_000
"""A document with more parts would keep a worker busy for minutes."""
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/RichMediaExecute", "/Movie", "/Sound"}
"""Kinds of action that do more than go to a place in this document or on the web."""
CARRIERS = {"/FileAttachment", "/RichMedia", "/Screen", "/3D", "/Movie", "/Sound"}
"""Kinds of annotation that carry a file or something that plays."""
ALWAYS = ("/JS", "/AA", "/EF", "/AF", "/XFA", "/RichMediaContent", "/EmbeddedFiles", "/JavaScript", "/Collection")


def clean(source: IO[bytes], target: IO[bytes]) -> str:
    """Write the document to `target` without its active parts and its encryption; gives what was changed, in words.

    '' when there was nothing of it: then nothing is written. A scanner may not see into an encrypted document, so what is written
    must be scanned too. Raises Unreadable.
    """
    source.seek(0)
    try:
        with pikepdf.open(source) as pdf:
            is_locked, is_active = pdf.is_encrypted, _strip(pdf) > 0
            if not is_locked and not is_active:
                return ""
            pdf.remove_unreferenced_resources()
            pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.preserve, encryption=False)
        target.seek(0)
        with pikepdf.open(target) as again:
            if _strip(again):
                raise Unreadable(_("In deze PDF zitten delen die iets uitvoeren. Wij konden ze niet verwijderen."))
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - a reader of hostile files may fail in any way; all mean that nobody can read this one
        raise Unreadable(_("Deze PDF is beschadigd.")) from error
    if is_active:
        return _("Wij hebben delen verwijderd die iets uitvoeren of een bestand meenemen. Een digitale handtekening geldt dan niet meer.")
    return _("Wij hebben het slot op kopiëren en afdrukken eraf gehaald, om het bestand te kunnen controleren.")


def _strip(pdf: pikepdf.Pdf) -> int:
    """Take the active parts out; gives how many there were."""
    return sum(_strip_one(part) for part in _dictionaries(pdf))


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the document: of each object, of each stream, and those that stand inside another."""
    seen = 0
    for found in [pdf.trailer, *pdf.objects]:
        waiting = [found]
        while waiting:
            part = waiting.pop()
            seen += 1
            if seen > MOST_OBJECTS:
                raise Unreadable(_("Deze PDF is te ingewikkeld om te controleren. Bewaar hem opnieuw als PDF, of stuur een kleinere."))
            if isinstance(part, pikepdf.Array):
                waiting.extend(item for item in part if _is_inside(item))
            elif isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
                yield part
                waiting.extend(item for _name, item in part.items() if _is_inside(item))


def _is_inside(item: Any) -> bool:
    """A direct container; an indirect one comes along by itself."""
    return isinstance(item, pikepdf.Array | pikepdf.Dictionary) and not item.is_indirect


def _strip_one(part: Any) -> int:
    count = 0
    for name in ALWAYS:
        if name in part:
            del part[name]
            count += 1
    for name in ("/A", "/OpenAction", "/Next", "/PA"):
        if name in part and _acts(part[name]):
            del part[name]
            count += 1
    if "/Annots" in part and isinstance(part["/Annots"], pikepdf.Array):
        kept = [note for note in part["/Annots"] if not _carries(note)]
        if len(kept) < len(part["/Annots"]):
            count += len(part["/Annots"]) - len(kept)
            part["/Annots"] = pikepdf.Array(kept)
    if _name(part, "/S") in ACTIONS and (_name(part, "/Type") == "/Action" or "/F" in part or "/JS" in part):
        part["/S"] = pikepdf.Name("/None")
        count += 1
    return count


def _acts(action: Any) -> bool:
    if isinstance(action, pikepdf.Array):
        return any(_acts(one) for one in action)
    return isinstance(action, pikepdf.Dictionary) and _name(action, "/S") in ACTIONS


def _carries(note: Any) -> bool:
    return isinstance(note, pikepdf.Dictionary) and _name(note, "/Subtype") in CARRIERS


def _name(part: Any, key: str) -> str:
    value = part.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""
