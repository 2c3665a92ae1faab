"""What the virus scanner says, and what it means when it says nothing."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from grants.applications.files import clamd
from tests.papers import pdf, photo, sheet, zipped
from tests.services import process
from tests.services.clamd import EICAR, own_scanner

pytestmark = pytest.mark.serial
SECONDS = 30
DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}


def verdict(url: str, content: bytes) -> str:
    return clamd.scan(io.BytesIO(content), url, SECONDS)


@pytest.mark.parametrize("content", [pdf(), photo(), sheet(), b"gewone tekst", b"x" * 3_000_000], ids=["pdf", "photo", "sheet", "text", "long"])
def test_what_is_clean_is_clean_by_both_addresses(clamav, content):
    assert verdict(clamav.tcp, content) == "" and verdict(clamav.unix, content) == ""


@pytest.mark.parametrize(
    "content",
    [EICAR, zipped(a=b"onschuldig", b=EICAR), zipped(**{**DOCX, "word/bijlage.bin": EICAR}), sheet(xl__bijlage=EICAR), zipped(x=zipped(y=EICAR))],
    ids=["plain", "zip", "docx", "xlsx", "zip in zip"],
)
def test_the_test_virus_is_found_also_inside(clamav, content):
    assert "Eicar-Test-Signature" in verdict(clamav.tcp, content)


def test_no_server_is_no_verdict():
    for url in (f"tcp://127.0.0.1:{process.free_port()}", "unix:///tmp/hier-luistert-niemand.sock"):
        with pytest.raises(clamd.ScanUnavailable, match="niet te bereiken"):
            verdict(url, EICAR)


@contextmanager
def strange_server(answer: bytes | None) -> Iterator[str]:
    """A server that reads what comes and answers this, or (None) keeps silent until the end."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with server.accept()[0] as asked:
                asked.recv(100_000)
                if answer is None:
                    ended.wait(60)
                else:
                    asked.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        finally:
            ended.set()
            thread.join(10)


def test_a_server_that_hangs_is_no_verdict():
    with strange_server(None) as url, pytest.raises(clamd.ScanUnavailable, match="antwoordt niet"):
        clamd.scan(io.BytesIO(b"een bestand"), url, 1)


@pytest.mark.parametrize("answer", [b"", b"stream: O", b"stream: OKAY\0", b"UNKNOWN COMMAND\0", b"stream: Can't open ERROR\0", b"OK\0"])
def test_a_strange_or_cut_answer_is_no_verdict(answer):
    with strange_server(answer) as url, pytest.raises(clamd.ScanUnavailable):
        verdict(url, b"een bestand")


def test_longer_than_the_scanner_takes_is_not_scanned_and_not_clean():
    with own_scanner(stream_limit="1M") as small:
        assert verdict(small.tcp, b"x" * 900_000) == ""
        with pytest.raises(clamd.ScanUnavailable):
            verdict(small.tcp, b"x" * 4_000_000)
        assert verdict(small.unix, b"klein") == "", "it goes on with the next file"
