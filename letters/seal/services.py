"""Seal the letters that were made: one at a time, once, and only while the certificate holds."""

from __future__ import annotations

import hashlib
from uuid import UUID

from asn1crypto import pem, x509
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from grants.kernel import clock
from letters.models import Letter
from letters.seal import keys
from letters.seal.keys import SealNotReady
from letters.seal.models import LetterSeal, SealCertificate
from letters.seal.putting import put_seal
from letters.seal.reading import fingerprint


def is_on() -> bool:
    """Are letters sealed here? Without the setting SEAL they go out as they are."""
    return bool(settings.SEAL)


def current_seal(letter: Letter) -> LetterSeal | None:
    """The seal on the letter as it is now."""
    return LetterSeal.objects.filter(letter=letter, content_digest=letter.file_digest).first() if letter.file_digest else None


def seal_letter(letter_id: UUID | str) -> Letter | None:
    """Seal a letter that was made; None when that happened before. Raises SealNotReady: the letter waits, nothing is half done."""
    letter: Letter = Letter.objects.select_for_update().get(id=letter_id)
    if letter.state != Letter.State.RENDERED or current_seal(letter) is not None:
        return None
    signer = keys.signer(settings.SEAL, settings.SEAL_SECRET)
    moment = clock.now()
    reason = _("Zegel van %(body)s") % {"body": settings.LETTER_SENDER["name"]}
    with letter.file.open("rb") as file:
        try:
            sealed = put_seal(file.read(), signer, moment=moment, reason=reason, timestamper=_timestamper())
        except TimestampRequestError as error:
            raise SealNotReady(
                f"De tijdstempeldienst geeft geen goed antwoord: {settings.SEAL_TIMESTAMP_URL}. Controleer SEAL_TIMESTAMP_URL en de verbinding. De brieven wachten."
            ) from error
    assert signer.signing_cert is not None
    seal = LetterSeal(
        letter=letter, certificate=_certificate(signer.signing_cert), content_digest=letter.file_digest,
        file_sha256=hashlib.sha256(sealed).hexdigest(), sealed_at=moment,
    )
    seal.file.save(f"{letter.id}-{letter.day}-verzegeld.pdf", ContentFile(sealed), save=False)
    seal.save()
    return letter


def _certificate(found: x509.Certificate) -> SealCertificate:
    der = found.dump()
    kept, _made = SealCertificate.objects.get_or_create(
        fingerprint=fingerprint(der),
        defaults={
            "subject": found.subject.human_friendly[:250], "pem": pem.armor("CERTIFICATE", der).decode(),
            "not_before": found.not_valid_before, "not_after": found.not_valid_after, "first_used_at": clock.now(),
        },
    )
    return kept


def _timestamper() -> TimeStamper | None:
    if not settings.SEAL_TIMESTAMP_URL:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(settings.SEAL_TIMESTAMP_URL)
