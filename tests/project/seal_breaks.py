"""How each constraint of the seal is tried to be broken."""

from __future__ import annotations

from datetime import timedelta

from grants.kernel import clock
from letters.models import Letter, LetterSeal, SealCertificate


def certificate(days=1):
    moment = clock.now()
    return SealCertificate.objects.create(
        fingerprint="0" * 64, subject="proef", pem="-", not_before=moment, not_after=moment + timedelta(days=days), first_used_at=moment
    )


def sealed_twice(life):
    letter, used = Letter.objects.filter(chain=life.case.chain).first(), certificate()
    for number in (1, 2):
        LetterSeal.objects.create(
            letter=letter, certificate=used, content_digest="a" * 64, file="x.pdf", file_sha256=str(number) * 64, sealed_at=clock.now()
        )


SEAL_BREAKS = {
    "seal_certificate_period_in_order": lambda life: certificate(days=0),
    "letter_content_sealed_once": sealed_twice,
}
