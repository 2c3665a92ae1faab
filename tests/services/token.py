"""A PKCS#11 token in software (Debian's softhsm2), with the key of a seal on it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from tests.services.report import missing, used

LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so")
PIN = "1234"


def library() -> str:
    """Where the module is."""
    found = next((path for path in LIBRARIES if Path(path).exists()), None)
    if found is None:
        missing("a PKCS#11 token", "install softhsm2")
    return found


@contextmanager
def token_with(seal: Path, folder: Path) -> Iterator[str]:
    """A token that holds the key and certificate of a PKCS#12 file; gives the value for SEAL."""
    module = library()
    tokens = folder / "tokens"
    tokens.mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    try:
        run = ["softhsm2-util", "--init-token", "--free", "--label", "verleend", "--so-pin", PIN, "--pin", PIN]
        subprocess.run(run, check=True, capture_output=True)
        key, certificate, _ = pkcs12.load_key_and_certificates(seal.read_bytes(), None)
        assert key is not None and certificate is not None
        private = folder / "key.pem"
        private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        load = ["softhsm2-util", "--import", str(private), "--token", "verleend", "--label", "seal", "--id", "01", "--pin", PIN]
        subprocess.run(load, check=True, capture_output=True)
        _put_certificate(module, certificate.public_bytes(Encoding.DER))
        used.add("SoftHSM (PKCS#11)")
        yield f"pkcs11://{module}?token=verleend&label=seal"
    finally:
        del os.environ["SOFTHSM2_CONF"]


def _put_certificate(module: str, der: bytes) -> None:
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    token = pkcs11.lib(module).get_token(token_label="verleend")
    with token.open(user_pin=PIN, rw=True) as session:
        values = decode_x509_certificate(der)
        values |= {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "seal", pkcs11.Attribute.ID: b"\x01"}
        session.create_object(values)
