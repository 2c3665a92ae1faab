"""Read the seal of a file back: is it whole, does it cover the whole file, and whose is it?

The file may come from anybody, so it is not taken apart as a PDF: that can be made to cost hours. A seal names the bytes
that it covers in plain text. What it covers from the first byte to the last is, byte for byte, what was sealed.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from dataclasses import dataclass

from asn1crypto import cms, x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.sign.general import SigningError, extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

MOST_SEAL = 64 * 1024
"""Bytes of a signature with its certificates and timestamp; ours take 4 to 20 kB."""
DIGESTS = ("sha256", "sha384", "sha512")
_COVERED = re.compile(rb"/ByteRange\s{0,9}\[\s{0,9}0\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{0,9}\]")
_UNREADABLE = (
    SigningError, SignatureValidationError, UnsupportedAlgorithm, ValueError, KeyError, TypeError, AttributeError, LookupError, NotImplementedError,
    OverflowError, RecursionError,
)


@dataclass(frozen=True, slots=True)
class SealReading:
    """What the last seal of a file says. `covers_all` is false when something was added after it."""

    fingerprint: str
    subject: str
    whole: bool
    covers_all: bool


def fingerprint(certificate_der: bytes) -> str:
    return hashlib.sha256(certificate_der).hexdigest()


def read_seal(pdf: bytes) -> SealReading | None:
    """The last seal of the file, or None when it has none that can be read. The work grows with the size of the file, no more.

    Whether the certificate is ours is for the caller, who knows our certificates by their fingerprint: so a seal stays
    genuine after its certificate ended, and no list of strangers' authorities is trusted.
    """
    found = deque(_COVERED.finditer(pdf), maxlen=1)
    if not found:
        return None
    last = found[0]
    first_end, second_start, second_length = (int(number) for number in last.groups())
    end = second_start + second_length
    if not last.end() <= max(first_end, end) <= end <= len(pdf) or not first_end < second_start:
        return None
    written = pdf[first_end:second_start]
    if not (written.startswith(b"<") and written.endswith(b">")) or len(written) > 2 * MOST_SEAL + 2:
        return None
    try:
        signed = cms.ContentInfo.load(bytes.fromhex(written[1:-1].decode("ascii")))["content"]
        signer = extract_signer_info(signed)
        certificate: x509.Certificate = extract_certificate_info(signed).signer_cert
        whole = _is_whole(signer, certificate, pdf[:first_end], pdf[second_start:end])
        return SealReading(fingerprint(certificate.dump()), certificate.subject.human_friendly, whole, covers_all=end == len(pdf))
    except _UNREADABLE:
        return None


def _is_whole(signer: cms.SignerInfo, certificate: x509.Certificate, *parts: bytes) -> bool:
    """Was this signed with the key of the certificate, and is it still the same?"""
    algorithm = signer["digest_algorithm"]["algorithm"].native
    if algorithm not in DIGESTS:
        return False
    digest = hashlib.new(algorithm)
    for part in parts:
        digest.update(part)
    intact, valid = validate_sig_integrity(signer, certificate, "data", digest.digest())
    return bool(intact and valid)
