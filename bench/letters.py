"""Letters per second and core, the first one in a new process, and memory: ours beside WeasyPrint and Typst, in one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

COUNT = {"ours": 300, "weasyprint": 15, "typst": 100, "seal": 100}
NAMES = {
    "ours": "ours, PDF/A-2a and PDF/UA-1", "typst": "Typst, PDF/A-2a and PDF/UA-1", "weasyprint": "WeasyPrint, PDF/UA-1 alone", "seal": "our seal alone",
}
ROUNDS = 3


def letters(file: Path) -> None:
    """Print a row per engine for the letter in `file` (canonical JSON): the best of three processes each."""
    print(f"\n{'one letter, ' + NAMES['ours'][6:]:40}{'first s':>9}{'each ms':>9}{'/s core':>9}{'MB':>7}{'kB':>6}{'ours is faster':>16}")
    found = {engine: _measured(engine, file) for engine in COUNT}
    for engine, took in found.items():
        if took is None:
            print(f"{NAMES[engine]:40} not measured: {_missing(engine)}")
            continue
        ratio = f"{took['each'] / found['ours']['each']:13.1f} x" if found["ours"] and engine in ("weasyprint", "typst") else ""
        print(
            f"{NAMES[engine]:40}{took['first']:9.2f}{took['each'] * 1000:9.2f}{1 / took['each']:9.0f}{took['memory']:7.0f}{took['size'] / 1000:6.0f}{ratio:>16}",
            flush=True,
        )


def _missing(engine: str) -> str:
    return "install its packages (requirements/bench.txt; WeasyPrint also needs Debian's libpango-1.0-0 and libharfbuzz-subset0)"


def _measured(engine: str, file: Path) -> dict[str, float] | None:
    rounds = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, "-m", "bench.engines", engine, str(file), str(COUNT[engine])], capture_output=True, text=True, env=os.environ, check=False
        )
        if done.returncode:
            print(done.stderr[-600:], file=sys.stderr)
            return None
        rounds.append(json.loads(done.stdout.splitlines()[-1]))
    return min(rounds, key=lambda took: float(took["each"]))
