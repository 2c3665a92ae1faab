"""A pile of letters for the printer: seconds, size, and the most memory that it takes, at two sizes in processes of their own."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

SIZES = (100, 1000)


def piles(file: Path) -> None:
    """Print a row per size, for piles of the letter in `file` (PDF)."""
    print(f"\n{'a pile for the printer':40}{'letters':>9}{'pages':>9}{'s':>9}{'MB file':>9}{'MB more':>9}{'MB most':>9}")
    for size in SIZES:
        done = subprocess.run(
            [sys.executable, "-m", "bench.piles", str(file), str(size)], capture_output=True, text=True, env=os.environ, check=False
        )
        print(done.stdout.rstrip() if not done.returncode else done.stderr[-600:], flush=True)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure(file: Path, size: int) -> None:
    """One pile in this process; the first small one loads fonts and libraries, so that `more` is the pile's own."""
    from letters.post.sheets import Entry, make_pile

    def made(count: int) -> tuple[int, int]:
        entries = [
            Entry(n, f"SUB-2026-{n:06d}", "L08", "Verleningsbeschikking", ("Een naam (verzonnen)", f"Straat {n}", "6411 AA  Heerlen"), False, file.read_bytes)
            for n in range(1, count + 1)
        ]
        pile = make_pile("POST-20260101-AAAA", date(2026, 1, 1), entries, duplex=True, sender="Provincie Limburg")
        assert len(pile.placed) == count
        return pile.total_pages, pile.file.seek(0, os.SEEK_END)

    made(1)
    before, start = _memory(), time.perf_counter()
    pages, length = made(size)
    took = time.perf_counter() - start
    print(f"{'':40}{size:9}{pages:9}{took:9.1f}{length / 1e6:9.1f}{_memory() - before:9.0f}{_memory():9.0f}")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grants.project.settings")
    django.setup()
    _measure(Path(sys.argv[1]), int(sys.argv[2]))
