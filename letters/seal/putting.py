"""Put the seal on a letter: an invisible PAdES signature added after the letter, which itself stays byte for byte."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers import Signer
from pyhanko.sign.timestamps import TimeStamper

from letters.seal.keys import DIGEST, SealNotReady

FIELD = "Zegel"


class _SamePdfVersion(IncrementalPdfFileWriter):
    """pyHanko would raise the version of the file to 2.0; PDF/A-2 is a 1.7."""

    output_version = (1, 7)


def put_seal(pdf: bytes, signer: Signer, *, moment: datetime, reason: str, timestamper: TimeStamper | None = None) -> bytes:
    """The letter with the seal. Raises SealNotReady when the certificate does not hold at `moment`; then nothing is sealed."""
    check_validity(signer, moment)
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm=DIGEST, subfilter=fields.SigSeedSubFilter.PADES, reason=reason,
    )
    pen = signers.PdfSigner(metadata, signer=signer, timestamper=timestamper)
    out = BytesIO()
    pen.sign_pdf(_SamePdfVersion(BytesIO(pdf)), output=out)
    return out.getvalue()


def check_validity(signer: Signer, moment: datetime) -> None:
    certificate = signer.signing_cert
    assert certificate is not None
    if moment > certificate.not_valid_after:
        raise SealNotReady(
            f"Het certificaat van het zegel is verlopen op {certificate.not_valid_after:%d-%m-%Y}. Zet een nieuw zegel in SEAL. De brieven wachten."
        )
    if moment < certificate.not_valid_before:
        raise SealNotReady(f"Het certificaat van het zegel geldt pas vanaf {certificate.not_valid_before:%d-%m-%Y}. De brieven wachten.")
