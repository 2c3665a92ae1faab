"""A real mail server in a process of its own, that does what a test planned."""

from __future__ import annotations

import email
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from tests.services import process
from tests.services.databases import ROOT
from tests.services.report import used


@dataclass(frozen=True)
class MailServer:
    port: int
    folder: Path

    def plan(self, *steps: str) -> None:
        """What it does with the next messages, one after the other; then it accepts."""
        (self.folder / "plan").write_text("\n".join(steps))

    @property
    def inbox(self) -> list[Message]:
        """What was told to it whole, in order."""
        return [email.message_from_bytes(path.read_bytes()) for path in sorted((self.folder / "inbox").glob("*.eml"))]


@contextmanager
def mail_server(folder: Path) -> Iterator[MailServer]:
    """Start it, and stop it at the end."""
    port = process.free_port()
    command = [sys.executable, "-m", "tests.services.smtp_server", str(port), str(folder)]
    child = process.start(command, user=None, cwd=folder, env={"PYTHONPATH": ":".join([str(ROOT), *sys.path])}, ready=lambda: process.listens(port))
    used.add("aiosmtpd (SMTP)")
    try:
        yield MailServer(port, folder)
    finally:
        process.stop(child)
