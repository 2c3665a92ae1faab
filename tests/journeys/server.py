"""The demonstration as a stranger starts it: one process, its own folder, a free port."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600.0
"""Seconds that a loaded machine may take to build the demo world."""
#: What the tests themselves run with must not reach the demonstration, that needs nothing but its own folder.
NOT_INHERITED = ("CLAMD_URL", "DATABASE_URL", "CELERY_BROKER_URL", "CELERY_QUEUE", "EMAIL_URL", "PUBLIC_URL", "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE")


@contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """The address of a running demonstration. Raises AssertionError, with what it said, when it does not start."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    environment |= {"VERLEEND_DEMO": "1", "VERLEEND_DATA": str(folder)}
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--address", f"127.0.0.1:{port}"],
            cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(process, address, log)
            yield address
        finally:
            _stop(process)


def mailed(folder: Path, pattern: str, *, after: int = 0) -> str:
    """The last piece of the demonstration's mail since the place `after` that fits `pattern`, "" when there is none yet; the server writes its mail in its log."""
    text = (folder / "server.log").read_text(errors="replace")[after:]
    found = re.findall(pattern, text)
    return str(found[-1]) if found else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, f"the demonstration stopped: {log.read_text()[-3000:]}"
        try:
            with urllib.request.urlopen(f"{address}/healthz/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise AssertionError(f"the demonstration was not ready in {PATIENCE:.0f} seconds: {log.read_text()[-3000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """It leads a session of its own, so its worker goes with it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=15)
