"""Seal the letters that were made: one at a time, once, and only while the certificate holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from asn1crypto import pem, x509
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from pkcs11.exceptions import PKCS11Error
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import Signer
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

from grants.kernel import clock
from letters.models import Letter
from letters.seal import keys
from letters.seal.models import LetterSeal, SealCertificate
from letters.seal.putting import check_validity, put_seal
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
    moment = clock.now()
    with letter.file.open("rb") as file:
        signer, sealed = _sealed(file.read(), moment)
    assert signer.signing_cert is not None
    seal = LetterSeal(
        letter=letter, certificate=_certificate(signer.signing_cert), content_digest=letter.file_digest,
        file_sha256=hashlib.sha256(sealed).hexdigest(), sealed_at=moment,
    )
    seal.file.save(f"{letter.id}-{letter.day}-verzegeld.pdf", ContentFile(sealed), save=False)
    seal.save()
    return letter


def _sealed(data: bytes, moment: datetime) -> tuple[Signer, bytes]:
    """The letter with its seal. A seal that fails is not kept: the next letter opens it anew, so that a repair is seen without a restart."""
    try:
        signer = keys.signer(settings.SEAL, settings.SEAL_SECRET)
        reason = _("Zegel van %(body)s") % {"body": settings.LETTER_SENDER["name"]}
        return signer, put_seal(data, signer, moment=moment, reason=reason, timestamper=_timestamper())
    except keys.SealNotReady:
        keys.signer.cache_clear()
        raise
    except TimestampRequestError as error:
        raise keys.SealNotReady(
            f"De tijdstempeldienst geeft geen goed antwoord: {settings.SEAL_TIMESTAMP_URL}. Controleer SEAL_TIMESTAMP_URL en de verbinding. "
            "De brieven wachten en gaan daarna vanzelf."
        ) from error
    except (PKCS11Error, SigningError, OSError) as error:
        keys.signer.cache_clear()
        raise keys.SealNotReady(
            f"De sleutel van het zegel antwoordt niet ({type(error).__name__}). Controleer SEAL en het apparaat of de dienst erachter. De brieven wachten en gaan daarna vanzelf."
        ) from error


@dataclass(frozen=True, slots=True)
class Condition:
    """How the seal stands now: `sentence` is for the operator; `ends_on` is the last day of its certificate."""

    is_good: bool
    sentence: str
    ends_on: date | None = None


SOON = timedelta(days=60)


def condition() -> Condition:
    """Can letters be sealed now? Opens the seal, and seals nothing."""
    if not is_on():
        return Condition(True, _("Hier is geen zegel ingesteld (SEAL). Brieven gaan zonder zegel uit."))
    try:
        signer = keys.signer(settings.SEAL, settings.SEAL_SECRET)
        check_validity(signer, clock.now())
    except keys.SealNotReady as error:
        keys.signer.cache_clear()
        return Condition(False, str(error))
    assert signer.signing_cert is not None
    end = signer.signing_cert.not_valid_after
    if end - clock.now() < SOON:
        return Condition(True, _("Het certificaat van het zegel loopt bijna af. Vraag een nieuw aan, en zet het in SEAL."), clock.legal_day(end))
    return Condition(True, _("Het zegel werkt."), clock.legal_day(end))


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
