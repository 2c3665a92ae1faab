"""A real virus scanner (ClamAV's daemon), with signatures of our own: it knows the EICAR test file, and asks nothing of the internet."""

from __future__ import annotations

import functools
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services import process
from tests.services.report import missing, used

#: In two parts, so that this very file is no find.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MD5 = "44d88612fea8a8f36de82e1278abb02f"
NAME = "Eicar-Test-Signature"


@dataclass(frozen=True)
class Scanner:
    """A running daemon, by both of its addresses."""

    tcp: str
    unix: str


def program() -> str:
    """Where clamd is; skips, or fails in CI, when this machine has none."""
    found = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        missing("ClamAV", "install clamav-daemon")
    return found


@functools.cache
def scanner() -> Scanner:
    """The scanner of this run, stopped when it ends."""
    return _start("25M")[0]


@contextmanager
def own_scanner(stream_limit: str = "25M") -> Iterator[Scanner]:
    """One for this test only, with its own limit for the length of a stream."""
    found, child = _start(stream_limit)
    try:
        yield found
    finally:
        process.stop(child)


def _start(stream_limit: str) -> tuple[Scanner, subprocess.Popen[bytes]]:
    command = program()
    user = process.account("clamav")
    folder = process.folder("verleend-av-", user)
    signatures = folder / "db"
    signatures.mkdir()
    (signatures / "test.hdb").write_text(f"{MD5}:{len(EICAR)}:{NAME}\n")
    (signatures / "test.ndb").write_text(f"{NAME}:0:*:{EICAR.hex()}\n")
    port, path = process.free_port(), folder / "clamd.sock"
    (folder / "clamd.conf").write_text(
        f"Foreground yes\nDatabaseDirectory {signatures}\nLocalSocket {path}\nLocalSocketMode 666\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"StreamMaxLength {stream_limit}\nMaxThreads 4\nTemporaryDirectory {folder}\nOfficialDatabaseOnly no\nConcurrentDatabaseReload no\n"
    )
    folder.chmod(0o755)
    if user:
        for part in (signatures, *signatures.iterdir()):
            shutil.chown(part, user)
    child = process.start([command, f"--config-file={folder / 'clamd.conf'}"], user=user, cwd=folder, ready=lambda: _answers(path))
    version = subprocess.run([command, "--version"], capture_output=True, text=True).stdout.strip()
    used.add(f"{version.split('/')[0]} (clamd)")
    return Scanner(f"tcp://127.0.0.1:{port}", f"unix://{path}"), child


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
            asked.settimeout(2)
            asked.connect(str(path))
            asked.sendall(b"zPING\0")
            return asked.recv(16).startswith(b"PONG")
    except OSError:
        return False
