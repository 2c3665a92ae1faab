"""The seal on a letter: put on once, read back, and the page that says whether a file is ours."""

from __future__ import annotations

import hashlib
import zlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import Client

from grants.kernel import clock, outbox
from grants.kernel.models import OutboxMessage
from letters.models import Letter, LetterSeal, SealCertificate
from letters.pdf import NotALetterFile, content_digest, render_pdf
from letters.pdf.conformance import MOST_CONTENT
from letters.seal import keys, views
from letters.seal.checking import Outcome, check_file
from letters.seal.demo import make_demo_seal
from letters.seal.keys import SealNotReady
from letters.seal.putting import put_seal
from letters.seal.reading import SealReading, read_seal
from tests.services import token, tsa

NOW = clock.now()


@pytest.fixture(scope="module")
def seal_file(tmp_path_factory) -> Path:
    return make_demo_seal(tmp_path_factory.mktemp("seal") / "seal.p12", moment=NOW)


@pytest.fixture(scope="module")
def stranger_file(tmp_path_factory) -> Path:
    return make_demo_seal(tmp_path_factory.mktemp("stranger") / "seal.p12", moment=NOW, name="Iemand anders (verzonnen)")


def signer_of(path: Path):
    return keys.signer(f"file://{path}", "")


def sealed(letter, path: Path) -> bytes:
    return put_seal(render_pdf(letter), signer_of(path), moment=NOW, reason="proef")


def test_the_letter_under_the_seal_stays_byte_for_byte(letter, seal_file):
    plain = render_pdf(letter)
    with_seal = put_seal(plain, signer_of(seal_file), moment=NOW, reason="proef")
    assert with_seal.startswith(plain) and len(with_seal) > len(plain)
    assert content_digest(with_seal) == content_digest(plain)
    assert with_seal.startswith(b"%PDF-1.7") and b"/Version" not in with_seal[len(plain) :], "PDF/A-2 is no PDF 2.0"


def test_a_seal_is_read_back_whole(letter, seal_file):
    reading = read_seal(sealed(letter, seal_file))
    assert reading is not None and reading.whole and reading.covers_all
    assert "demozegel" in reading.subject


@pytest.mark.parametrize("place", [0.2, 0.5, 0.7])
def test_one_flipped_bit_breaks_the_seal(letter, seal_file, place):
    data = bytearray(sealed(letter, seal_file))
    data[int(len(render_pdf(letter)) * place)] ^= 1
    reading = read_seal(bytes(data))
    assert reading is None or not reading.whole


def test_what_is_added_after_the_seal_is_seen(letter, seal_file, stranger_file):
    more = put_again(sealed(letter, seal_file), stranger_file)
    first, last = read_seal(sealed(letter, seal_file)), read_seal(more)
    assert first is not None and last is not None and last.fingerprint != first.fingerprint


def put_again(data: bytes, path: Path) -> bytes:
    """A second signature, by somebody else, over the whole sealed letter."""
    from io import BytesIO

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    out = BytesIO()
    pen = signers.PdfSigner(signers.PdfSignatureMetadata(field_name="Tweede"), signer=signer_of(path))
    pen.sign_pdf(IncrementalPdfFileWriter(BytesIO(data)), output=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("setting", "secret", "sentence"),
    [
        ("file:///nergens/seal.p12", "", "niet te lezen"),
        ("ftp://x", "", "begint niet met file:"),
        ("class:letters.seal.nergens.Signer", "", "een klasse die er niet is"),
        ("class:letters.seal.keys.SealNotReady", "", "geen Signer"),
        ("pkcs11:///lib.so?token=x", "", "noemt geen token of label"),
    ],
)
def test_a_wrong_setting_says_what_to_do(setting, secret, sentence):
    with pytest.raises(SealNotReady, match=sentence):
        keys.signer(setting, secret)


def test_a_wrong_passphrase_says_what_to_check(tmp_path):
    path = make_demo_seal(tmp_path / "seal.p12", moment=NOW, secret="geheim")
    with pytest.raises(SealNotReady, match="SEAL_SECRET"):
        keys.signer(f"file://{path}", "anders")
    assert keys.signer(f"file://{path}", "geheim").signing_cert is not None


@pytest.mark.parametrize(("moment", "sentence"), [(timedelta(days=3), "verlopen op"), (timedelta(days=-3), "geldt pas vanaf")])
def test_a_certificate_outside_its_period_seals_nothing(letter, tmp_path, moment, sentence):
    path = make_demo_seal(tmp_path / "seal.p12", moment=NOW, days=2)
    with pytest.raises(SealNotReady, match=sentence):
        put_seal(render_pdf(letter), signer_of(path), moment=NOW + moment, reason="proef")


def test_a_key_that_stays_on_a_token_seals_too(letter, seal_file, tmp_path):
    with token.token_with(seal_file, tmp_path) as setting:
        reading = read_seal(put_seal(render_pdf(letter), keys.signer(setting, token.PIN), moment=NOW, reason="proef"))
        assert reading is not None and reading.whole and reading.covers_all
        with pytest.raises(SealNotReady, match="gaat niet open"):
            keys.signer(setting.replace("token=verleend", "token=anders"), token.PIN)


# -- in the post room ------------------------------------------------------------------------------------------------
@pytest.fixture
def with_seal(settings, seal_file):
    settings.SEAL, settings.SEAL_SECRET, settings.SEAL_TIMESTAMP_URL = f"file://{seal_file}", "", ""


@pytest.fixture
def sent(db, with_seal, live):
    life = live("verleend")
    outbox.run_open()
    return Letter.objects.get(chain=life.case.chain, kind="L08", state="sent")


def bytes_of(stored) -> bytes:
    with stored.file.open("rb") as file:
        return file.read()


def test_a_decision_goes_out_sealed_and_once(sent):
    seal = LetterSeal.objects.get(letter=sent)
    data = bytes_of(seal)
    assert data.startswith(bytes_of(sent)) and hashlib.sha256(data).hexdigest() == seal.file_sha256
    assert read_seal(data).fingerprint == seal.certificate.fingerprint
    assert SealCertificate.objects.count() == 1
    client = Client()
    client.force_login(sent.dispatches.get().event.chain.application.applicant.representations.get().user)
    assert b"".join(client.get(f"/brieven/{sent.pk}/pdf/").streaming_content) == data


def test_asking_twice_seals_once(sent):
    from letters import services

    services.seal(sent.id)
    assert LetterSeal.objects.filter(letter=sent).count() == 1


def test_with_an_expired_certificate_the_letter_waits_and_goes_when_there_is_a_new_one(db, settings, with_seal, live, tmp_path, seal_file):
    old = make_demo_seal(tmp_path / "old.p12", moment=NOW - timedelta(days=30), days=10)
    settings.SEAL = f"file://{old}"
    life = live("received", scheme="LB-INW")
    outbox.run_open()
    letter = Letter.objects.get(chain=life.case.chain, kind="L01")
    waiting = OutboxMessage.objects.get(topic="letters.seal", payload__letter=str(letter.id))
    assert letter.state == "rendered" and not letter.dispatches.exists() and not LetterSeal.objects.exists()
    assert "verlopen op" in waiting.last_error and "Zet een nieuw zegel in SEAL" in waiting.last_error
    settings.SEAL = f"file://{seal_file}"
    OutboxMessage.objects.filter(id=waiting.id).update(not_before=None)
    outbox.run_open()
    letter.refresh_from_db()
    assert letter.state == "sent" and letter.dispatches.count() == 1


def test_a_seal_bears_the_time_of_an_authority_and_waits_while_there_is_none(db, settings, with_seal, live, tmp_path):
    with tsa.timestamp_authority(tmp_path) as address:
        settings.SEAL_TIMESTAMP_URL = address
        first = live("received", scheme="LB-INW")
        outbox.run_open()
    seal = LetterSeal.objects.get(letter__chain=first.case.chain, letter__kind="L01")
    status = status_of(bytes_of(seal), tmp_path)
    reading = read_seal(bytes_of(seal))
    assert reading is not None and reading.whole and reading.covers_all
    assert status.intact and status.valid and status.timestamp_validity is not None
    assert status.timestamp_validity.intact and status.timestamp_validity.valid
    assert abs((status.timestamp_validity.timestamp - seal.sealed_at).total_seconds()) < 600

    second = live("received", scheme="LB-INW")
    outbox.run_open()
    letter = Letter.objects.get(chain=second.case.chain, kind="L01")
    waiting = OutboxMessage.objects.get(topic="letters.seal", payload__letter=str(letter.id))
    assert letter.state == "rendered" and not letter.dispatches.exists()
    assert f"De tijdstempeldienst geeft geen goed antwoord: {address}" in waiting.last_error


def status_of(data: bytes, folder: Path):
    """What pyHanko itself says of the seal, with the authority's certificate trusted."""
    from io import BytesIO

    from asn1crypto import pem, x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    authority = x509.Certificate.load(pem.unarmor((folder / "cert.pem").read_bytes())[2])
    (signature,) = PdfFileReader(BytesIO(data)).embedded_signatures
    trusted = ValidationContext(trust_roots=[authority])
    return validate_pdf_signature(signature, signer_validation_context=trusted, ts_validation_context=trusted)


# -- the page --------------------------------------------------------------------------------------------------------
def page_for(data: bytes) -> str:
    return Client().post("/brieven/controleren/", {"file": SimpleUploadedFile("brief.pdf", data, "application/pdf")}).content.decode()


def test_the_sealed_letter_and_the_unsealed_one_are_genuine(sent):
    assert check_file(bytes_of(LetterSeal.objects.get(letter=sent))).outcome == Outcome.GENUINE
    assert check_file(bytes_of(sent)).outcome == Outcome.GENUINE
    page = page_for(bytes_of(sent))
    assert "Ja, deze brief is van ons" in page
    assert sent.chain.label not in page, "the page says nothing about the case"


def test_a_letter_with_something_added_is_not_to_be_trusted(sent, stranger_file):
    for start in (bytes_of(sent), bytes_of(LetterSeal.objects.get(letter=sent))):
        assert check_file(put_again(start, stranger_file)).outcome == Outcome.ADDED_TO
        assert check_file(start + b"\n% iets erbij\n").outcome == Outcome.ADDED_TO
    assert "vertrouw dit bestand niet" in page_for(put_again(bytes_of(sent), stranger_file))


def test_a_changed_amount_under_our_seal_is_seen(sent):
    data = bytearray(bytes_of(LetterSeal.objects.get(letter=sent)))
    data[len(bytes_of(sent)) // 2] ^= 1
    assert check_file(bytes(data)).outcome in (Outcome.CHANGED, Outcome.UNKNOWN)


def test_a_letter_that_somebody_else_made_and_sealed_is_unknown(sent, letter, stranger_file):
    assert check_file(sealed(letter, stranger_file)).outcome == Outcome.UNKNOWN


def test_a_letter_that_we_no_longer_keep_is_known_by_its_seal(sent, letter, seal_file):
    assert check_file(sealed(letter, seal_file)).outcome == Outcome.SEALED_BY_US


@pytest.mark.parametrize("data", [b"%PDF-1.7 niets", b"geen pdf", bytes(range(256)) * 40])
def test_a_file_that_is_no_letter_gets_a_plain_answer(db, data):
    assert "Wij kennen dit bestand niet" in page_for(data)


def pdf_of(objects: list[bytes], *, rows: int | None = None, place: int | None = None) -> bytes:
    """A file as ours are written, with these objects; `rows` and `place` make its table tell something else."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % (place or found) for found in places)
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (rows or len(objects) + 1, table, len(body))


def grows(size: int) -> bytes:
    packed = zlib.compress(b"\0" * size)
    return b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)


@pytest.mark.parametrize(
    "data",
    [
        pdf_of([grows(MOST_CONTENT + 1)]),
        pdf_of([grows(MOST_CONTENT // 2)] * 3),
        pdf_of([b"<</Same/Place>>"] * 3, place=9),
        pdf_of([b"<</Few/Objects>>"], rows=900_000_000),
    ],
    ids=["one stream that grows", "streams that grow together", "many objects in one place", "a table without end"],
)
def test_a_file_that_is_made_to_cost_much_is_no_letter(data):
    with pytest.raises(NotALetterFile):
        content_digest(data)


def test_fields_that_point_to_each_other_without_end_are_not_followed(db):
    doubled = [b"<</T(a)/Kids[%d 0 R %d 0 R]>>" % (number + 1, number + 1) for number in range(4, 60)]
    start = [b"<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", b"<</Fields[4 0 R]>>"]
    assert "Wij kennen dit bestand niet" in page_for(pdf_of([*start, *doubled, b"<</T(b)/FT/Tx>>"]))


def test_a_seal_that_was_tampered_with_gets_an_answer(letter, seal_file):
    data = sealed(letter, seal_file)
    start = data.rindex(b"<30")
    random = Random(7)
    for _ in range(200):
        changed = bytearray(data)
        for place in random.sample(range(start + 1, start + 4000), 3):
            changed[place] = random.choice(b"0123456789abcdef")
        assert isinstance(read_seal(bytes(changed)), SealReading | None)


@pytest.mark.parametrize("covered", [b"[0 10 9 10]", b"[0 999999999 999999999 1]", b"[0 10 20 999999999]", b"[0 0 0 0]", b"[5 10 20 30]", b"[0 1 2]"])
def test_a_seal_that_covers_nonsense_is_no_seal(letter, seal_file, covered):
    data = sealed(letter, seal_file)
    place = data.rindex(b"[0 ")
    assert read_seal(data[:place] + covered + data[data.index(b"]", place) + 1 :]) is None


def test_no_file_and_an_empty_file_are_said(db):
    assert "Kies eerst het bestand" in Client().post("/brieven/controleren/").content.decode()
    assert "Dit bestand is leeg" in page_for(b"")


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_a_file_of_2_mb_is_read_and_one_byte_more_is_refused_unread(db, monkeypatch, more, is_read):
    seen = []
    monkeypatch.setattr(views, "check_file", lambda data: seen.append(len(data)) or check_file(data))
    monkeypatch.setattr(InMemoryUploadedFile, "read", property(lambda self: seen.append("read") or self.file.read), raising=False)
    file = BytesIO(b"%PDF-1.7" + b"x" * (2 * 1024 * 1024 - 8 + more))
    file.name = "brief.pdf"
    page = Client().post("/brieven/controleren/", {"file": file}).content.decode()
    assert seen == (["read", 2 * 1024 * 1024] if is_read else [])
    assert ("Dit bestand is groter dan 2 MB. Een brief van ons is veel kleiner" in page) is not is_read
