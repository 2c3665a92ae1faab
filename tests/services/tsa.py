"""A timestamp authority (RFC 3161) on loopback: OpenSSL answers, behind a few lines of HTTP."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from tests.services.report import missing, used

CONFIG = """[req]
distinguished_name = name
x509_extensions = authority
prompt = no
[name]
CN = Tijdstempel (verzonnen)
[authority]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = {folder}/serial
signer_cert = {folder}/cert.pem
signer_key = {folder}/key.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.13762.3
digests = sha256, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
"""


@contextmanager
def timestamp_authority(folder: Path) -> Iterator[str]:
    """The address of an authority with a key of its own."""
    openssl = shutil.which("openssl")
    if openssl is None:
        missing("a timestamp authority", "install openssl")
    config = folder / "tsa.cnf"
    config.write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01")
    make = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-config", config, "-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run(make, check=True, capture_output=True)
    answer = [openssl, "ts", "-reply", "-config", config, "-queryfile", folder / "query", "-out", folder / "reply"]

    class Authority(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            subprocess.run(answer, check=True, capture_output=True)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write((folder / "reply").read_bytes())

        def log_message(self, *_: object) -> None:
            """The tests' own output stays readable."""

    server = HTTPServer(("127.0.0.1", 0), Authority)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    used.add("a timestamp authority (OpenSSL)")
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
