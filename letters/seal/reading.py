"""Read the seal of a file back: is it whole, does it cover the whole file, and whose is it?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True, slots=True)
class SealReading:
    """What the last seal of a file says. `covers_all` is false when something was added after it."""

    fingerprint: str
    subject: str
    whole: bool
    covers_all: bool
    sealed_at: datetime | None


def fingerprint(certificate_der: bytes) -> str:
    return hashlib.sha256(certificate_der).hexdigest()


def read_seal(pdf: bytes) -> SealReading | None:
    """The last seal of the file, or None when it has none or is no readable PDF.

    Whether the certificate is ours is for the caller, who knows our certificates by their fingerprint: so a seal stays
    genuine after its certificate ended, and no list of strangers' authorities is trusted.
    """
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if not found:
            return None
        last = found[-1]
        certificate = last.signer_cert
        status = validate_pdf_signature(last, ValidationContext(trust_roots=[certificate], allow_fetching=False), skip_diff=True)
    except (PdfError, SigningError, SignatureValidationError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return SealReading(
        fingerprint=fingerprint(certificate.dump()),
        subject=certificate.subject.human_friendly,
        whole=bool(status.intact and status.valid),
        covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        sealed_at=last.self_reported_timestamp,
    )
