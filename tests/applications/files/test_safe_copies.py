"""What we keep of a photo and of a PDF: nothing that tells more than was meant, and nothing that does something by itself."""

from __future__ import annotations

import io
import subprocess
import sys

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

from grants.applications.files import kinds, pdfs, photos
from tests.papers import pdf, photo, zipped

PLACE = {1: "N", 2: (50.0, 51.0, 12.34), 3: "E", 4: (5.0, 41.0, 56.78)}


def told_all(kind: str = "JPEG", size: tuple[int, int] = (3000, 2000), orientation: int = 6) -> bytes:
    """A photo as a phone makes it: with place, device, a maker's comment, XMP, and something behind its end."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0110], exif[0x013B] = orientation, "Telefoonmaker", "Toestel 12", "Nel de Maker"
    exif.get_ifd(0x8825).update(PLACE)
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li>Kerkstraat 1</rdf:li></x:xmpmeta>'
    options: dict[str, object] = {"exif": exif}
    if kind == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Comment", "Kerkstraat 1")  # type: ignore[attr-defined]
    else:
        options |= {"xmp": xmp} | ({"comment": b"Kerkstraat 1"} if kind == "JPEG" else {})
    made = photo(size, kind, **options)
    return made + zipped(verborgen=b"een programma")


def shrunk(content: bytes, kind: str) -> tuple[bytes, Image.Image]:
    made = io.BytesIO()
    photos.shrink(io.BytesIO(content), made, kind)
    return made.getvalue(), Image.open(io.BytesIO(made.getvalue()))


@pytest.mark.parametrize(("format_", "kind"), [("JPEG", kinds.JPEG), ("PNG", kinds.PNG), ("WEBP", kinds.WEBP)])
def test_all_metadata_is_gone_and_the_picture_stands_upright(format_, kind):
    before = told_all(format_)
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825), "the place was in it"
    content, after = shrunk(before, kind)
    assert after.format == format_ and not dict(after.getexif()) and not after.getexif().get_ifd(0x8825)
    for word in (b"Exif", b"Kerkstraat", b"Telefoonmaker", b"Nel de Maker", b"xmpmeta", b"ICC_PROFILE", b"Photoshop", b"PK\x03\x04", b"tEXt", b"eXIf"):
        assert word not in content, word
    assert after.size == (1707, 2560), "turned, and no side longer than 2560"


def test_a_small_picture_keeps_its_size_and_a_transparent_one_its_transparency():
    assert shrunk(photo((640, 480)), kinds.JPEG)[1].size == (640, 480)
    made = io.BytesIO()
    Image.new("RGBA", (10, 10), (1, 2, 3, 0)).save(made, "PNG")
    assert shrunk(made.getvalue(), kinds.PNG)[1].getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "1", "LA", "I;16"])
def test_other_ways_of_colour_are_taken_too(mode):
    format_, kind = ("JPEG", kinds.JPEG) if mode in ("L", "CMYK") else ("PNG", kinds.PNG)
    made = io.BytesIO()
    Image.new(mode, (30, 20)).save(made, format_)
    assert shrunk(made.getvalue(), kind)[1].size == (30, 20)


def test_a_photo_that_breaks_off_is_unreadable():
    with pytest.raises(photos.Unreadable):
        shrunk(photo((800, 600), colour=(3, 4, 5))[:-400], kinds.JPEG)


MEASURE = """
import io, resource, sys
from PIL import Image
from grants.applications.files import photos
content = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
photos.shrink(io.BytesIO(content), io.BytesIO(), "image/jpeg")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_photo_of_twenty_million_points_needs_little_memory(tmp_path):
    """Decoded whole it would take sixty megabytes."""
    (tmp_path / "foto.jpg").write_bytes(photo((5472, 3648), quality=90))
    env = {"VERLEEND_DEMO": "1", "DJANGO_SETTINGS_MODULE": "grants.project.settings", "VERLEEND_DATA": str(tmp_path), "PATH": ""}
    script = "import django; django.setup()\n" + MEASURE
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "foto.jpg")], capture_output=True, text=True, env=env, timeout=120)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 50_000, f"{done.stdout.strip()} kB more"


def active(change) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        change(document)
        document.save(made)
    return made.getvalue()


def javascript(document):
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def named_javascript(document):
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), document.make_indirect(Dictionary(S=Name.JavaScript, JS=String("x")))])))


def launch(document):
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 10, 10], A=Dictionary(S=Name.Launch, F=String("cmd.exe")))
    document.pages[0].Annots = Array([document.make_indirect(link)])


def launch_behind_another(document):
    chain = Dictionary(S=Name.URI, URI=String("https://example.org"), Next=Dictionary(S=Name.Launch, F=String("cmd.exe")))
    document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 10, 10], A=chain)])


def attachment(document):
    document.attachments["rekening.xml"] = b"<x/>"


def attached_to_the_page(document):
    file = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=document.make_stream(b"MZ")))
    document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 10, 10], FS=document.make_indirect(file))])


def on_opening_the_page(document):
    document.pages[0].AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("x")))


def form_that_sends(document):
    field = Dictionary(FT=Name.Btn, T=String("k"), Subtype=Name.Widget, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.SubmitForm, F=String("https://x")))
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]), XFA=document.make_stream(b"<xdp/>"))


CHANGES = [javascript, named_javascript, launch, launch_behind_another, attachment, attached_to_the_page, on_opening_the_page, form_that_sends]


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_active_parts_of_a_pdf_are_taken_out(change):
    made = io.BytesIO()
    assert "iets uitvoeren" in pdfs.clean(io.BytesIO(active(change)), made)
    plain = io.BytesIO()
    with pikepdf.open(made) as document:
        assert len(document.pages) == 1 and not len(document.attachments)
        document.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    for word in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/AA", b"/SubmitForm", b"/XFA", b"cmd.exe", b"/FileAttachment"):
        assert word not in plain.getvalue(), word
    assert pdfs.clean(io.BytesIO(made.getvalue()), io.BytesIO()) == ""


def test_a_pdf_with_nothing_of_it_is_not_written_anew():
    made = io.BytesIO()
    assert pdfs.clean(io.BytesIO(pdf()), made) == "" and made.getvalue() == b""


def ordinary_link(document):
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 10, 10], A=Dictionary(S=Name.URI, URI=String("https://example.org")))
    document.pages[0].Annots = Array([link])
    document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])


def test_an_ordinary_link_and_the_page_to_begin_on_stay():
    assert pdfs.clean(io.BytesIO(active(ordinary_link)), io.BytesIO()) == ""


def test_a_pdf_with_too_many_parts_is_not_looked_through_for_ever(monkeypatch):
    monkeypatch.setattr(pdfs, "MOST_OBJECTS", 5)
    with pytest.raises(photos.Unreadable, match="te ingewikkeld"):
        pdfs.clean(io.BytesIO(pdf()), io.BytesIO())
