"""The key of the seal, behind one setting: a file, a PKCS#11 token, or a class of one's own for a key service.

    SEAL=file:///etc/verleend/seal.p12
    SEAL=pkcs11:///usr/lib/softhsm/libsofthsm2.so?token=verleend&label=seal
    SEAL=class:package.module.SignerOfOurKms

SEAL_SECRET holds the passphrase or the PIN. A `class:` names a subclass of pyHanko's `Signer` that is made without
arguments and has its certificate; so a key that never leaves a service can be used too.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from urllib.parse import parse_qs, unquote, urlparse

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from grants.kernel.outbox import WaitsForRepair

DIGEST = "sha256"


class SealNotReady(WaitsForRepair):
    """The seal cannot be used; the message says what an operator has to do. The letter waits."""


class HeldKeySigner(Signer):
    """Signs with an RSA key that stays in memory: reading it for each letter would cost more than making the letter."""

    def __init__(self, key: RSAPrivateKey, certificate: x509.Certificate, others: tuple[x509.Certificate, ...] = ()) -> None:
        store = SimpleCertificateStore()
        store.register_multiple([certificate, *others])
        super().__init__(signing_cert=certificate, cert_registry=store)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, PKCS1v15(), getattr(hashes, digest_algorithm.upper())())


@lru_cache(maxsize=4)
def signer(setting: str, secret: str) -> Signer:
    """The signer that the setting names; opened once and kept. Raises SealNotReady."""
    place = urlparse(setting)
    if place.scheme == "file":
        return _from_file(unquote(place.path), secret)
    if place.scheme == "pkcs11":
        options = {name: values[0] for name, values in parse_qs(place.query).items()}
        return _from_token(unquote(place.path), options, secret)
    if place.scheme == "class":
        return _from_class(place.path)
    raise SealNotReady("SEAL begint niet met file:, pkcs11: of class:. Pas SEAL aan.")


def _from_file(path: str, secret: str) -> Signer:
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise SealNotReady(f"Het bestand met het zegel is niet te lezen: {path}. Controleer SEAL en de rechten op het bestand.") from error
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, secret.encode() or None)
    except ValueError as error:
        raise SealNotReady("Het bestand met het zegel gaat niet open. Controleer SEAL_SECRET, en of het een PKCS#12-bestand is.") from error
    if not isinstance(key, RSAPrivateKey) or certificate is None:
        raise SealNotReady("Het zegel moet een RSA-sleutel met een certificaat zijn. Vraag de uitgever om zo'n bestand.")
    chain = tuple(x509.Certificate.load(other.public_bytes(Encoding.DER)) for other in others)
    return HeldKeySigner(key, x509.Certificate.load(certificate.public_bytes(Encoding.DER)), chain)


def _from_token(library: str, options: dict[str, str], secret: str) -> Signer:
    try:
        from pkcs11.exceptions import PKCS11Error
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise SealNotReady("Voor een zegel op een token is het pakket python-pkcs11 nodig. Installeer het.") from error
    if "token" not in options or "label" not in options:
        raise SealNotReady("SEAL noemt geen token of label. Schrijf pkcs11:///pad/naar/module.so?token=NAAM&label=NAAM.")
    try:
        session = open_pkcs11_session(library, token_criteria=TokenCriteria(label=options["token"]), user_pin=secret or None)
        found = PKCS11Signer(session, cert_label=options["label"], key_label=options["label"])
        assert found.signing_cert is not None
    except (PKCS11Error, RuntimeError, OSError, LookupError, AssertionError) as error:
        raise SealNotReady(
            f"Het token '{options['token']}' gaat niet open of heeft geen sleutel '{options['label']}'. Controleer SEAL en SEAL_SECRET."
        ) from error
    return found


def _from_class(path: str) -> Signer:
    module, _, name = path.rpartition(".")
    try:
        found = getattr(import_module(module), name)()
    except (ImportError, AttributeError, ValueError) as error:
        raise SealNotReady(f"SEAL noemt een klasse die er niet is: {path}. Pas SEAL aan.") from error
    if not isinstance(found, Signer) or found.signing_cert is None:
        raise SealNotReady(f"{path} is geen Signer van pyHanko met een certificaat. Pas SEAL aan.")
    return found
