"""Look at a file before it is taken: its size, its name, and what it really is. Quick enough for a request.

The deep look (virus scan, the whole of a PDF, decoding a photo) is `checking`, behind the outbox. Here a file is only opened:
the directory of a PDF, the head of an image, the table of contents of a spreadsheet.
"""

from __future__ import annotations

import hashlib
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

import pikepdf
import pylibmagic  # noqa: F401  (brings the library that the next line needs)

import magic  # isort: skip
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image

from grants.applications.files import kinds
from grants.applications.files.refusal import UploadRefused

HEAD = 64 * 1024
MB = 1024 * 1024
MOST_PIXELS = {kinds.JPEG: 64_000_000, kinds.PNG: 40_000_000, kinds.WEBP: 40_000_000}
"""Larger is no photo of a phone, and would fill the memory when it is decoded."""
MOST_UNPACKED = 200 * MB
"""A spreadsheet that unpacks to more is no spreadsheet."""
MOST_MEMBERS = 5000
PILLOW = {kinds.JPEG: "JPEG", kinds.PNG: "PNG", kinds.WEBP: "WEBP"}


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that we can take: its kind by content, and its digest."""

    upload: File[Any]
    filename: str
    content_type: str
    digest: str


def inspect(upload: File[Any] | None, accepts: tuple[str, ...] = kinds.USUAL) -> Inspected:
    """Look whether we can take this file where `accepts` is asked. Raises UploadRefused."""
    if upload is None:
        raise UploadRefused(_("Er is geen bestand gekozen. Kies een bestand en probeer het opnieuw."))
    check_size(upload.size or 0)
    filename = clean_name(upload.name or "")
    stream: IO[bytes] = upload.file  # type: ignore[assignment]
    found = content_type_of(stream)
    expected = _check_name(filename, found, accepts)
    {kinds.PDF: _check_pdf}.get(expected, _check_image if expected in kinds.IMAGES else _check_rest)(stream, expected)
    stream.seek(0)
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    return Inspected(upload, filename, expected, digest)


def check_size(size: int) -> None:
    """Raises UploadRefused for an empty file, and one over the limit."""
    if size > settings.UPLOAD_LIMIT:
        raise UploadRefused(
            _("Het bestand is te groot: %(size)s MB. Het mag hoogstens %(limit)s MB zijn. Maak het kleiner of deel het op.")
            % {"size": round(size / MB), "limit": settings.UPLOAD_LIMIT // MB}
        )
    if size == 0:
        raise UploadRefused(_("Het bestand is leeg. Kies een ander bestand."))


def clean_name(name: str) -> str:
    """The last part of a path, without signs that steer a terminal or turn the direction of reading; the end of the name stays."""
    name = re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", PurePath(name.replace("\\", "/")).name).strip() or "bestand"
    if len(name) <= 200:
        return name
    end = PurePath(name).suffix[:20]
    return name[: 200 - len(end)] + end


def content_type_of(stream: IO[bytes]) -> str:
    """What the content is, whatever its name."""
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0)
    found = str(magic.from_buffer(head, mime=True))
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(stream) or "application/zip"
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1"):
        return "image/heic"
    if found.startswith("text/") and found not in ("text/html", "text/x-shellscript", "text/xml") or found in ("application/csv", "application/json"):
        return kinds.TEXT
    return found


def _inside_zip(stream: IO[bytes]) -> str:
    """Which kind of document a zip is; '' for an ordinary or a broken one."""
    try:
        with zipfile.ZipFile(stream) as packed:
            names = set(packed.namelist())
            if "mimetype" in names and packed.getinfo("mimetype").file_size < 200:
                return packed.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return ""
    office = "application/vnd.openxmlformats-officedocument"
    marks = {"xl/workbook.xml": kinds.XLSX, "word/document.xml": f"{office}.wordprocessingml.document", "ppt/presentation.xml": f"{office}.presentationml.presentation"}
    if "[Content_Types].xml" in names:
        return next((kind for mark, kind in marks.items() if mark in names), "")
    return ""


def _check_name(filename: str, found: str, accepts: tuple[str, ...]) -> str:
    """The end of the name and the content must agree, and be something that we take here. Gives the kind."""
    wanted = {"what": kinds.words_for(accepts)}
    if found in ("image/heic", "image/heif"):
        raise UploadRefused(
            _(
                "Dit is een HEIC-foto. Die kunnen wij niet lezen. Stuur de foto als JPG. Op een iPhone kiest u bij Instellingen, Camera, Structuren "
                "voor 'Meest compatibel'. Of open de foto en bewaar hem als JPG."
            )
        )
    end = PurePath(filename).suffix.lower().removeprefix(".")
    every = kinds.types_for(tuple(kinds.GROUPS))
    expected, allowed = every.get(end), kinds.types_for(accepts).get(end)
    if expected is not None and not _agree(expected, found):
        raise UploadRefused(
            _("De naam eindigt op .%(end)s: dat hoort bij %(named)s. Maar de inhoud is %(found)s. Stuur %(what)s.")
            % {"end": end, "named": kinds.name_of(expected), "found": kinds.name_of(found), **wanted}
        )
    if allowed is None:
        raise UploadRefused(
            _("Dit soort bestand kunnen wij hier niet lezen: het is %(found)s. Stuur %(what)s. Let op het einde van de naam, bijvoorbeeld .pdf.")
            % {"found": kinds.name_of(found), **wanted}
        )
    return allowed


def _agree(expected: str, found: str) -> bool:
    return found == kinds.TEXT if expected in kinds.TEXTS else found == expected


def _check_pdf(stream: IO[bytes], _kind: str) -> None:
    stream.seek(0)
    if not stream.read(5) == b"%PDF-":
        raise UploadRefused(_("Voor het begin van deze PDF staat iets anders. Dat vertrouwen wij niet. Bewaar het bestand opnieuw als PDF."))
    try:
        stream.seek(0)
        with pikepdf.open(stream) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise UploadRefused(_("Deze PDF heeft een wachtwoord. Wij kunnen hem niet openen. Haal het wachtwoord eraf en stuur hem opnieuw."))
    except Exception:  # noqa: BLE001 - a reader of hostile files may fail in any way; all mean that nobody can read this one
        raise UploadRefused(_("Deze PDF is beschadigd: wij kunnen hem niet openen. Bewaar hem opnieuw als PDF en probeer het nog eens."))
    if not pages:
        raise UploadRefused(_("Deze PDF heeft geen bladzijden. Stuur een ander bestand."))
    _refuse_second_face(stream)


def _refuse_second_face(stream: IO[bytes]) -> None:
    """A PDF that other programs read as something else: an archive that was put behind it."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 70_000))
    tail = stream.read()
    if b"PK\x05\x06" in tail.rpartition(b"%%EOF")[2]:
        raise UploadRefused(_("Dit bestand is tegelijk een PDF en een zipbestand. Dat vertrouwen wij niet. Bewaar het opnieuw als PDF."))


def _check_image(stream: IO[bytes], kind: str) -> None:
    """Only the head is read: a small file may unpack to a picture that fills the memory."""
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(stream, formats=[PILLOW[kind]]) as image:
                width, height = image.size
    except Image.DecompressionBombError:
        width, height = 1_000_000, 1_000_000
    except Exception:  # noqa: BLE001 - as above: a decoder of hostile files
        raise UploadRefused(_("Deze foto is beschadigd: wij kunnen hem niet openen. Maak of bewaar de foto opnieuw."))
    most = MOST_PIXELS[kind]
    if width * height > most or max(width, height) > 30_000:
        raise UploadRefused(
            _("Deze foto heeft te veel beeldpunten. Wij kunnen hoogstens %(most)s miljoen aan. Maak de foto kleiner en stuur hem opnieuw.")
            % {"most": most // 1_000_000}
        )


def _check_rest(stream: IO[bytes], kind: str) -> None:
    if kind in kinds.SHEETS:
        _check_sheet(stream)
    elif kind in kinds.TEXTS:
        _check_text(stream)


def _check_sheet(stream: IO[bytes]) -> None:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as packed:
            members = packed.infolist()
            described = next((member for member in members if member.filename == "META-INF/manifest.xml" and member.file_size < MB), None)
            is_locked = described is not None and b"encryption-data" in packed.read(described)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        raise UploadRefused(_("Dit rekenblad is beschadigd: wij kunnen het niet openen. Bewaar het opnieuw."))
    if is_locked or any(member.flag_bits & 1 for member in members):
        raise UploadRefused(_("Dit rekenblad heeft een wachtwoord. Haal het wachtwoord eraf en stuur het opnieuw."))
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise UploadRefused(_("Dit rekenblad wordt bij het openen te groot. Stuur een kleiner bestand, of maak er een PDF van."))
    names = [member.filename.lower() for member in members]
    if any("vbaproject" in name or name.startswith("basic/") or "/activex/" in name or "/embeddings/" in name for name in names):
        raise UploadRefused(_("In dit rekenblad zitten macro's of ingevoegde bestanden. Die openen wij niet. Bewaar het zonder, of maak er een PDF van."))


def _check_text(stream: IO[bytes]) -> None:
    stream.seek(0)
    content = stream.read()
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content):
        raise UploadRefused(_("Dit tekstbestand heeft tekens die niet in tekst horen. Bewaar het opnieuw als gewone tekst."))
