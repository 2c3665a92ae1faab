"""What a file really is: its name and its content must agree, and be something that we take here."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grants.applications.files import UploadRefused, inspect, kinds
from grants.applications.files.inspecting import clean_name
from tests.papers import pdf, photo, sheet, zipped

EVERY = tuple(kinds.GROUPS)
WORD = zipped(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
HEIC = struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + b"\0" * 200
ODS = zipped(mimetype=kinds.ODS.encode(), **{"content.xml": b"<x/>"})
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\0" * 46 + b"\x80\0\0\0" + b"\0" * 64 + b"PE\0\0" + b"\0" * 200


def locked_pdf(user: str = "geheim") -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(made, encryption=pikepdf.Encryption(owner="eigenaar", user=user))
    return made.getvalue()


def bomb_png(width: int, height: int) -> bytes:
    """A few hundred bytes that say that they are an enormous picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def looked_at(name: str, content: bytes, accepts: tuple[str, ...] = EVERY):
    return inspect(SimpleUploadedFile(name, content), accepts)


def refused(name: str, content: bytes, accepts: tuple[str, ...] = EVERY) -> str:
    with pytest.raises(UploadRefused) as why:
        looked_at(name, content, accepts)
    return str(why.value)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("plan.pdf", pdf(), kinds.PDF), ("PLAN.PDF", pdf(), kinds.PDF), ("foto.jpg", photo(), kinds.JPEG), ("foto.JPEG", photo(), kinds.JPEG),
        ("tekening.png", photo(kind="PNG"), kinds.PNG), ("foto.webp", photo(kind="WEBP"), kinds.WEBP), ("begroting.xlsx", sheet(), kinds.XLSX),
        ("begroting.ods", ODS, kinds.ODS), ("lijst.csv", b"naam;bedrag\nhout;12,50\n", kinds.CSV), ("brief.txt", "Één café\n".encode(), kinds.TEXT),
        ("oud.txt", "Eén café\n".encode("cp1252"), kinds.TEXT), ("locked.pdf", locked_pdf(user=""), kinds.PDF),
    ],
)
def test_what_is_what_it_says_is_taken_and_its_kind_is_that_of_its_content(name, content, kind):
    found = looked_at(name, content)
    assert (found.content_type, found.filename) == (kind, name)
    assert found.upload.read() == content, "it stands at its beginning again"


@pytest.mark.parametrize(
    ("name", "content", "named", "really"),
    [
        ("foto.jpg", pdf(), "een JPG-foto", "een PDF"), ("plan.pdf", photo(), "een PDF", "een JPG-foto"), ("foto.jpg", photo(kind="PNG"), "een JPG-foto", "een PNG"),
        ("plan.pdf", WORD, "een PDF", "een Word-bestand"), ("plan.pdf", EXE, "een PDF", "een programma"), ("begroting.xlsx", WORD, "een Excel-bestand", "een Word"),
        ("begroting.xlsx", zipped(a=b"b"), "een Excel-bestand", "een zipbestand"), ("brief.txt", pdf(), "een tekstbestand", "een PDF"),
        ("brief.txt", b"<!DOCTYPE html><html><script>alert(1)</script></html>", "een tekstbestand", "een webpagina"),
        ("foto.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "een PNG", "een SVG"), ("plan.pdf", b"gewoon tekst", "een PDF", "een tekst"),
        ("lijst.csv", sheet(), "een CSV", "een Excel"),
    ],
)
def test_a_file_that_lies_is_told_what_it_says_and_what_it_is(name, content, named, really):
    words = refused(name, content)
    assert named in words and f"de inhoud is {really}" in words


@pytest.mark.parametrize("name", ["plan.docx", "plan", "plan.exe", "plan.pdf.exe", "x.svg", "x.html", "plan.zip"])
def test_the_end_of_a_name_that_we_do_not_take_is_refused_with_what_we_do_take(name):
    words = refused(name, WORD, kinds.USUAL)
    assert "Stuur een PDF of een foto (JPG, PNG of WebP)." in words


def test_what_we_take_is_as_the_question_says():
    assert "een Excel-bestand" in refused("begroting.xlsx", sheet(), ("pdf",))
    assert looked_at("begroting.xlsx", sheet(), ("pdf", "spreadsheet")).content_type == kinds.XLSX


def test_a_heic_photo_is_told_how_to_send_a_jpg():
    for name in ("IMG_0001.HEIC", "foto.jpg"):
        words = refused(name, HEIC)
        assert "Meest compatibel" in words and "JPG" in words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (locked_pdf(), "wachtwoord"), (b"%PDF-1.7\n" + b"niets" * 200, "beschadigd"), (b"\n<html>" + pdf(), "staat iets anders"),
        (pdf() + zipped(a=b"een programma"), "tegelijk een PDF en een zipbestand"), (b"", "leeg"),
    ],
)
def test_a_pdf_that_nobody_can_open_or_that_is_something_else_too_is_refused(content, words):
    assert words in refused("plan.pdf", content)


def test_a_picture_that_unpacks_to_a_full_memory_is_refused_by_its_head():
    for size in ((60_000, 60_000), (7000, 7000), (100_000, 2)):
        assert "te veel beeldpunten" in refused("foto.png", bomb_png(*size))
    assert "beschadigd" in refused("foto.jpg", photo()[:30])


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macro's"), ({"xl/embeddings/oleObject1.bin": b"x"}, "macro's"), ({"xl/worksheets/sheet1.xml": b"0" * 210_000_000}, "te groot"),
    ],
)
def test_a_spreadsheet_with_macros_or_a_bomb_is_refused(members, words):
    content = sheet(**members)
    assert len(content) < 1_000_000
    assert words in refused("begroting.xlsx", content)


def test_a_spreadsheet_with_a_password_is_refused():
    manifest = b"<manifest:encryption-data manifest:checksum='x'/>"
    assert "wachtwoord" in refused("begroting.ods", zipped(mimetype=kinds.ODS.encode(), **{"META-INF/manifest.xml": manifest}))


def test_signs_that_do_not_belong_in_text_are_refused():
    with pytest.raises(UploadRefused):
        looked_at("brief.txt", b"tekst\0tekst")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\etc\\plan.pdf", "plan.pdf"), ("/tmp/../plan.pdf", "plan.pdf"), ("pl\x00an\r\n.pdf", "plan.pdf"), ("gpj.\u202efdp.exe", "gpj.fdp.exe"), ("", "bestand"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless_and_keeps_its_end(given, kept):
    assert clean_name(given) == kept
