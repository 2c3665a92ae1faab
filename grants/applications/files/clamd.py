"""Ask ClamAV's daemon about a file, by its INSTREAM command: the bytes go over the socket, so it needs no access to our files."""

from __future__ import annotations

import socket
import struct
import time
from typing import IO
from urllib.parse import urlparse

from grants.kernel.outbox import WaitsForRepair

CHUNK = 64 * 1024


class ScanUnavailable(WaitsForRepair):
    """There is no verdict: the server is down, hangs, or did not take the whole file. The file is not scanned."""


def scan(stream: IO[bytes], url: str, seconds: int) -> str:
    """What was found in the file; '' when it is clean. All of it may take so many seconds. Raises ScanUnavailable.

    Only the word of the server itself that the stream is OK counts as clean: a cut connection says nothing.
    """
    until = time.monotonic() + seconds
    try:
        with _connected(url, seconds) as server:
            answer = _ask(server, stream, until)
    except OSError as error:
        raise ScanUnavailable(
            f"De virusscanner is niet te bereiken of antwoordt niet ({type(error).__name__}). De bestanden wachten. Controleer CLAMD_URL en clamd."
        ) from error
    name, _, verdict = answer.removeprefix("stream: ").rpartition(" ")
    if verdict == "FOUND" and name:
        return name
    if answer == "stream: OK":
        return ""
    if "size limit" in answer:
        raise ScanUnavailable("De virusscanner nam niet het hele bestand aan. Zet StreamMaxLength van clamd hoger dan UPLOAD_LIMIT. Het bestand wacht.")
    raise ScanUnavailable("De virusscanner gaf geen oordeel. De bestanden wachten. Kijk in het logboek van clamd.")


def _connected(url: str, seconds: float) -> socket.socket:
    parts = urlparse(url)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname or "", parts.port or 3310), timeout=seconds)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        server.settimeout(seconds)
        server.connect(parts.path)
    except OSError:
        server.close()
        raise
    return server


def _ask(server: socket.socket, stream: IO[bytes], until: float) -> str:
    """Send all of it and read the answer. Over its limit the server stops listening: what it said before that is read all the same."""
    stream.seek(0)
    try:
        server.sendall(b"zINSTREAM\0")
        while chunk := stream.read(CHUNK):
            server.settimeout(_left(until))
            server.sendall(struct.pack("!L", len(chunk)) + chunk)
        server.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass
    answer = b""
    while not answer.endswith(b"\0"):
        server.settimeout(_left(until))
        received = server.recv(4096)
        if not received:
            break
        answer += received
        if len(answer) > 10_000:
            break
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
