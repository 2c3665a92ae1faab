"""The file of a letter: its pages, its characters, and the same bytes on any day."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from letters.content import MAX_TEXT, Facts, Heading, Items, Paragraph, Reference, Table
from letters.pdf import (
    DoesNotFit,
    FontsMissing,
    MissingGlyph,
    NotALetterFile,
    content_digest,
    font_digest,
    render_pdf,
)
from letters.pdf import objects as pdf_objects
from letters.pdf.fonts import COMMON, Style, font_paths, font_set
from letters.pdf.icc import srgb_profile

ROOT = Path(__file__).resolve().parents[2]


# Always the same bytes


def test_equal_letters_are_equal_bytes_in_other_processes_too(letter, long_letter):
    program = (
        "import sys; from letters.content import Letter; from letters.pdf import render_pdf; "
        "sys.stdout.buffer.write(render_pdf(Letter.from_json(sys.stdin.buffer.read().decode())))"
    )
    for each, seed in ((letter, "1"), (long_letter, "2")):
        here = render_pdf(each)
        there = subprocess.run(
            [sys.executable, "-c", program],
            input=each.to_json().encode(),
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland", "PYTHONPATH": str(ROOT)},
        )

        assert there.stdout == here


def test_a_letter_does_not_depend_on_the_letters_before_it(letter, long_letter):
    first = render_pdf(letter)
    render_pdf(long_letter)

    assert render_pdf(letter) == first


def test_the_digest_holds_under_another_compression(letter, monkeypatch):
    usual = render_pdf(letter)
    real = zlib.compress
    monkeypatch.setattr(pdf_objects.zlib, "compress", lambda data, level: real(data, 1))

    other = render_pdf(letter)

    assert other != usual
    assert content_digest(other) == content_digest(usual)


def test_other_content_has_another_digest(letter):
    usual = content_digest(render_pdf(letter))
    for change in (
        {"subject": "Anders"},
        {"date": date(2025, 3, 4)},
        {"body": (*letter.body, Paragraph("Nog iets."))},
        {"language": "nl-BE"},
    ):
        assert content_digest(render_pdf(replace(letter, **change))) != usual


def test_a_changed_byte_of_the_page_changes_the_digest(letter):
    pdf = render_pdf(letter)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        stream = file.pages[0].Contents.read_bytes()
    packed = zlib.compress(stream, 6)
    forged = zlib.compress(stream.replace(b"12.500,00", b"99.999,99"), 9)
    assert packed in pdf
    assert len(forged) <= len(packed)
    changed = pdf.replace(packed, forged.ljust(len(packed), b"\0"))

    assert stream != zlib.decompress(forged)
    assert content_digest(changed) != content_digest(pdf)


def test_what_is_added_after_the_letter_does_not_change_the_digest(letter):
    pdf = render_pdf(letter)
    sealed = pdf + b"900 0 obj\n<</Type/Sig>>\nendobj\nxref\n900 1\n0000000000 00000 n \ntrailer\n<<>>\n"
    sealed += b"startxref\n%d\n%%%%EOF\n" % (len(pdf) + 33)

    assert content_digest(sealed) == content_digest(pdf)


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\nstartxref\n5\n%%EOF\n"])
def test_a_file_that_is_no_letter_has_no_digest(data):
    with pytest.raises(NotALetterFile):
        content_digest(data)


def test_a_cut_off_letter_has_no_digest(letter):
    with pytest.raises(NotALetterFile):
        content_digest(render_pdf(letter)[:-200])


def test_the_file_bears_the_date_of_the_letter_and_no_other(letter):
    with pikepdf.open(io.BytesIO(render_pdf(letter))) as pdf:
        info = {name: str(value) for name, value in pdf.docinfo.items()}
        packet = pdf.Root.Metadata.read_bytes().decode()

    assert info["/CreationDate"] == info["/ModDate"] == "D:20250303000000Z"
    assert packet.count("2025-03-03T00:00:00Z") == 2
    assert info["/Title"] == letter.subject
    assert info["/Author"] == "Provincie Limburg"
    assert info["/Subject"] == "Verleningsbeschikking"


def test_metadata_of_a_subject_with_markup_stays_well_formed(letter):
    with pikepdf.open(io.BytesIO(render_pdf(replace(letter, subject="Spel & <b>sport</b> «é»")))) as pdf:
        assert pdf.open_metadata()["dc:title"] == "Spel & <b>sport</b> «é»"


# Characters


def test_every_common_character_is_in_every_style():
    assert len(COMMON) == len(set(COMMON)) <= 224
    for subset in font_set().common.values():
        assert subset.characters == set(COMMON)


def test_every_letter_of_the_latin_greek_and_cyrillic_blocks_can_be_printed():
    blocks = (range(0xC0, 0x180), range(0x1E00, 0x1F00), range(0x3B1, 0x3CA), range(0x410, 0x450))
    letters = {chr(code) for block in blocks for code in block}

    assert letters <= font_set().known


@pytest.mark.parametrize(
    ("change", "field", "character"),
    [
        (lambda x: {"addressee": ("漢字", "Straat 1")}, "de geadresseerde", "漢"),
        (lambda x: {"subject": "Plan \u0627"}, "het onderwerp", "\u0627"),
        (lambda x: {"representative": ("שלום",)}, "de gemachtigde", "ש"),
        (lambda x: {"sender": replace(x.sender, contact_name="\U00013000")}, "de afzender", "\U00013000"),
        (lambda x: {"reference": (Reference("Uw kenmerk", "ก"),)}, "het kenmerk", "ก"),
        (lambda x: {"closing": replace(x.closing, name="あ")}, "de ondertekening", "あ"),
        (lambda x: {"body": (Paragraph("Hallo \ufffe"),)}, "een alinea", "\ufffe"),
        (lambda x: {"body": (Heading("가"),)}, "een kop", "가"),
        (
            lambda x: {
                "body": (
                    Items(
                        ("goed", "\ud800"),
                    ),
                )
            },
            "een lijst",
            "\ufffd",
        ),
        (lambda x: {"body": (Table("Kosten", ("a",), (("漢",),)),)}, "de tabel «Kosten»", "漢"),
        (lambda x: {"body": (Facts((("漢", "1"),)),)}, "een tabel", "漢"),
        (lambda x: {"body": (Paragraph("नमस्ते"),)}, "een alinea", "न"),
    ],
)
def test_a_character_without_a_glyph_is_refused_by_field_and_sign(letter, change, field, character):
    if character in font_set().known:
        pytest.fail(f"{character!r} has a glyph: choose another example")

    with pytest.raises(MissingGlyph) as refused:
        render_pdf(replace(letter, **change(letter)))

    assert (refused.value.field, refused.value.character) == (field, character)
    assert f"U+{ord(character):04X}" in refused.value.sentence
    assert field in refused.value.sentence


def test_the_refusal_of_a_long_text_quotes_only_what_is_near(letter):
    with pytest.raises(MissingGlyph) as refused:
        render_pdf(replace(letter, body=(Paragraph("lang " * 100 + "漢" + " lang" * 100),)))

    assert len(refused.value.sentence) < 220


def test_more_rare_characters_than_fit_in_one_subset_are_printed(letter):
    rare = "".join(chr(code) for code in range(0x1E00, 0x1F00))
    with pikepdf.open(io.BytesIO(render_pdf(replace(letter, body=(Paragraph(rare),))))) as pdf:
        extra = [name for name in pdf.pages[0].Resources.Font.keys() if name.startswith("/X")]

    assert len(extra) == 2


def test_every_font_is_embedded_under_a_name_of_its_own(long_letter):
    with pikepdf.open(io.BytesIO(render_pdf(long_letter))) as pdf:
        fonts = list(pdf.pages[0].Resources.Font.values())
        names = [str(font.BaseFont) for font in fonts]

        assert all("/FontFile2" in font.FontDescriptor and "/ToUnicode" in font for font in fonts)
    assert len(set(names)) == len(names) >= 4
    assert any("NotoEmoji" in name for name in names)


def test_a_plain_letter_carries_only_the_common_fonts(letter):
    with pikepdf.open(io.BytesIO(render_pdf(letter))) as pdf:
        assert sorted(pdf.pages[0].Resources.Font.keys()) == ["/FB", "/FR"]


def test_missing_fonts_say_where_they_were_sought(tmp_path, monkeypatch):
    monkeypatch.setenv("VERLEEND_FONTS", str(tmp_path))

    with pytest.raises(FontsMissing) as missing:
        font_paths()

    assert str(tmp_path) in str(missing.value)
    assert "NotoSans_400Regular.ttf" in str(missing.value)


def test_fonts_may_lie_in_one_flat_folder(tmp_path, monkeypatch):
    usual = font_digest()
    for path in font_paths().values():
        (tmp_path / path.name).symlink_to(path)
    monkeypatch.setenv("VERLEEND_FONTS", str(tmp_path))

    assert {path.parent for path in font_paths().values()} == {tmp_path}
    assert font_digest() == usual


def test_a_width_is_the_sum_of_its_characters():
    for style in Style:
        measure = font_set().measure(style)
        assert measure("ab") == measure("a") + measure("b") > 0


def test_long_texts_are_measured_without_being_remembered():
    measure = font_set().measure(Style.REGULAR)
    remembered = measure.__self__

    measure("a" * 500)
    measure("Limburg")

    assert "a" * 500 not in remembered
    assert "Limburg" in remembered


# Pages


def page_count(letter):
    with pikepdf.open(io.BytesIO(render_pdf(letter))) as pdf:
        return len(pdf.pages)


def test_the_ordinary_letter_has_two_pages_and_the_long_one_five_or_six(letter, long_letter):
    assert page_count(letter) == 2
    assert page_count(long_letter) in (5, 6)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"addressee": tuple(f"Regel {n}" for n in range(80))}, "de geadresseerde"),
        ({"representative": ("woord " * 3000,)}, "de gemachtigde"),
        ({"reference": (Reference("Ons kenmerk", "kenmerk " * 1500),)}, "het kenmerk"),
        ({"body": (Table("", ("kop " * 4000, "b"), (("1", "2"),)),)}, "een tabel"),
    ],
)
def test_what_would_run_off_the_page_is_refused(letter, change, field):
    with pytest.raises(DoesNotFit) as refused:
        render_pdf(replace(letter, **change))

    assert refused.value.field == field


def test_a_letter_of_the_longest_texts_is_still_made(letter):
    body = (
        Paragraph("woord " * 3300),
        Heading("kop " * 200),
        Items(("punt " * 3300,), ordered=True),
        Table("Tabel " * 50, tuple("abcdef"), (tuple("cel " * 100 for _ in range(6)),) * 30),
        Table("", ("a", "b"), (("lang " * 3300, "kort"),)),
    )

    assert page_count(replace(letter, body=body)) > 30


def test_a_table_of_the_longest_words_is_still_made(letter):
    table = Table("", tuple("abcdef"), (("W" * MAX_TEXT,) * 6,))

    assert page_count(replace(letter, body=(table,))) > 30


def test_a_letter_of_nothing_but_a_subject_is_still_a_page(letter):
    empty = replace(
        letter,
        sender=replace(letter.sender, name="", contact_email=""),
        addressee=(),
        reference=(),
        salutation="",
        body=(),
        attachments=(),
    )

    assert page_count(empty) == 1


# Colour


def test_the_colour_profile_is_srgb():
    own = ImageCms.getOpenProfile(io.BytesIO(srgb_profile()))
    other = ImageCms.createProfile("sRGB")
    swatches = Image.new("RGB", (6, 1))
    swatches.putdata(
        [(0, 0, 0), (255, 255, 255), (18, 56, 102), (204, 153, 41), (255, 0, 0), (128, 128, 128)]
    )

    same = ImageCms.profileToProfile(swatches, own, other)

    assert all(abs(a - b) <= 1 for a, b in zip(swatches.tobytes(), same.tobytes(), strict=True))
    assert ImageCms.getProfileDescription(own).strip() == "sRGB IEC61966-2.1"
