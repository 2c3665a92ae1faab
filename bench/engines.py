"""`python -m bench.engines ENGINE FILE COUNT`: make the letter in FILE (canonical JSON) COUNT times, and print what it took as JSON.

Engines: `ours` (ReportLab, PDF/A-2a and PDF/UA-1 at once), `weasyprint` (PDF/UA-1 alone: it offers one of the two per file),
`typst` (both at once), `seal` (our seal on a letter that was made, with the key held open). One engine per process, so that
start-up and memory are its own. `first` is the wall time of the first letter, imports included; `each` the CPU time of a
later one; `memory` the most that the process held, in MB.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from letters.content import Letter

Make = Callable[[], bytes]
PAGE = """<style>@page { size: A4; margin: 25mm 20mm; @bottom-right { content: "Pagina " counter(page) " van " counter(pages); font: 9pt Noto Sans } }
body { font: 10.5pt/1.45 Noto Sans } table { width: 100%; border-collapse: collapse } th, td { text-align: left; padding: 1mm; border-bottom: .3pt solid #999 }</style>"""


def ours(letter: Letter) -> Make:
    from letters.pdf import render_pdf

    return lambda: render_pdf(letter)


def weasyprint(letter: Letter) -> Make:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from letters.rendering.html import render_html

    fonts = FontConfiguration()
    page = f'<!doctype html><html lang="nl"><head><title>{escape(letter.subject)}</title>{PAGE}</head><body>{render_html(letter)}</body></html>'

    def make() -> bytes:
        made = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", font_config=fonts)
        assert isinstance(made, bytes)
        return made

    return make


def typst(letter: Letter) -> Make:
    import typst as engine

    from bench.typst_source import typst_source

    fonts = [str(path) for path in sorted({p.parent for p in Path("node_modules/@expo-google-fonts/noto-sans").rglob("*.ttf")})]
    source = typst_source(letter).encode()
    return lambda: bytes(engine.compile(source, font_paths=fonts, format="pdf", pdf_standards=["a-2a", "ua-1"]))


def seal(letter: Letter) -> Make:
    import django

    django.setup()  # the seal knows its models
    from letters.pdf import render_pdf
    from letters.seal.demo import make_demo_seal
    from letters.seal.keys import signer
    from letters.seal.putting import put_seal

    now = datetime.now(UTC)
    file = make_demo_seal(Path(tempfile.mkdtemp(prefix="verleend-bench-")) / "seal.p12", moment=now)
    plain, key = render_pdf(letter), signer(f"file://{file}", "")
    return lambda: put_seal(plain, key, moment=now, reason="meting")


ENGINES: dict[str, Callable[[Letter], Make]] = {"ours": ours, "weasyprint": weasyprint, "typst": typst, "seal": seal}


def _most_memory() -> float:
    """The most that this process held since it started, in MB; what its parent held before does not count."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(engine: str, file: str, count: int) -> None:
    letter = Letter.from_json(Path(file).read_text())
    start = time.perf_counter()
    make = ENGINES[engine](letter)
    size = len(make())
    first = time.perf_counter() - start
    before = time.process_time()
    for _ in range(count):
        make()
    each = (time.process_time() - before) / count
    print(json.dumps({"first": first, "each": each, "size": size, "memory": _most_memory()}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
