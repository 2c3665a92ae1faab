"""The page of the pipeline: what stopped and why in words, a button to try again, and how far the letters are."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.models import BulkRun
from decisions.services import bulk
from decisions.services.bulk import ACTS, Chosen
from grants.kernel import clock, outbox
from grants.kernel.models import AccessLog, OutboxMessage, User
from grants.project.pipeline import WORDS
from letters.models import Letter, LetterSeal
from letters.seal import keys
from letters.seal import services as sealing
from letters.seal.demo import make_demo_seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(world):
    client = Client()
    client.force_login(User.objects.get(username="beheer"))
    return client


def page(client):
    answer = client.get("/beheer/leidingen/")
    assert answer.status_code == 200
    return answer.content.decode()


def stopped(number=1, topic="letters.render", event=None):
    return [
        OutboxMessage.objects.create(
            topic=topic, key=f"{topic}:{n}", payload={"letter": "x"}, attempts=12, dead_at=clock.now(), reason="Het teken kan niet worden afgedrukt.", event=event,
            last_error="MissingGlyph: Bo Bewoner",
        )
        for n in range(number)
    ]


def test_every_kind_of_work_has_a_name():
    assert {topic for topic in outbox.topics() if not topic.startswith("test.")} == set(WORDS)


def test_only_the_operator_opens_it(world):
    client = Client()
    for username in ("behandelaar", "intake", "controller", "bewoner"):
        client.force_login(User.objects.get(username=username))
        assert client.get("/beheer/leidingen/").status_code == client.post("/beheer/leidingen/opnieuw/", {"alle": "1"}).status_code == 403, username


def test_what_stopped_stands_there_in_words_without_a_name(operator, live):
    life = live("received")
    stopped(event=life.case.chain.events.first())
    shown = page(operator)
    assert "Het teken kan niet worden afgedrukt." in shown and life.case.case_number in shown and "1 keer werk wordt niet meer vanzelf geprobeerd" in shown
    assert "Bo Bewoner" not in shown and life.applicant.name not in shown and shown.count("<h1>") == 1


def test_one_or_all_are_tried_again(operator):
    one, *others = stopped(3)
    again = "/beheer/leidingen/opnieuw/"
    assert "1 keer werk" in operator.post(again, {"message": str(one.pk)}, follow=True).content.decode()
    one.refresh_from_db()
    assert one.dead_at is None and one.retried_by.username == "beheer" and OutboxMessage.objects.filter(dead_at__isnull=False).count() == 2
    assert "2 keer werk" in operator.post(again, {"alle": "1"}, follow=True).content.decode()
    for wrong in ({"message": "onzin"}, {}, {"topic": "nergens"}):
        assert "niets om opnieuw te proberen" in operator.post(again, wrong, follow=True).content.decode()
    assert all(message.attempts == 1 for message in OutboxMessage.objects.filter(pk__in=[x.pk for x in others]))


def test_the_number_of_queries_does_not_grow(operator):
    def queries():
        with CaptureQueriesContext(connection) as found:
            page(operator)
        return len(found)

    stopped(3)
    few = queries()
    stopped(30, topic="letters.seal")
    assert queries() == few <= 22


# -- the seal ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def expired(settings, tmp_path):
    """A seal whose certificate ended, in the file that SEAL names."""
    keys.signer.cache_clear()
    settings.SEAL_SECRET = settings.SEAL_TIMESTAMP_URL = ""
    path = make_demo_seal(tmp_path / "seal.p12", moment=clock.now() - timedelta(days=30), days=10)
    settings.SEAL = f"file://{path}"
    yield path
    keys.signer.cache_clear()


def try_now():
    OutboxMessage.objects.filter(done_at__isnull=True).update(not_before=None)
    outbox.run_open()


def test_an_expired_certificate_waits_is_told_and_a_new_one_in_the_same_place_is_enough(operator, live, expired):
    life = live("received")
    outbox.run_open()
    letter = Letter.objects.get(chain=life.case.chain)
    shown = page(operator)
    assert shown.count("is verlopen op") == 2, "at the seal itself, and as the reason why work waits"
    assert "Wacht op herstel, en gaat daarna vanzelf verder." in shown and letter.state == "rendered"
    make_demo_seal(expired, moment=clock.now())  # renewed where it was; nothing is restarted
    try_now()
    letter.refresh_from_db()
    assert letter.state == "sent" and LetterSeal.objects.filter(letter=letter).count() == 1
    shown = page(operator)
    assert "Het zegel werkt." in shown and "Waarom duurt het?" not in shown


class GoneSigner(keys.HeldKeySigner):
    """A key in a device that does not answer, until it does."""

    gone = True
    path = ""

    def __init__(self) -> None:
        held = keys.signer(f"file://{self.path}", "")
        super().__init__(held._key, held.signing_cert)

    async def async_sign_raw(self, data, digest_algorithm, dry_run=False):
        if GoneSigner.gone and not dry_run:
            raise ConnectionResetError("HSM 10.0.0.5")
        return await super().async_sign_raw(data, digest_algorithm, dry_run)


def test_a_key_that_does_not_answer_waits_and_is_opened_anew_after_repair(operator, live, settings, tmp_path):
    keys.signer.cache_clear()
    settings.SEAL_SECRET = settings.SEAL_TIMESTAMP_URL = ""
    GoneSigner.path, GoneSigner.gone = make_demo_seal(tmp_path / "key.p12", moment=clock.now()), True
    settings.SEAL = f"class:{__name__}.GoneSigner"
    life = live("received")
    outbox.run_open()
    letter = Letter.objects.get(chain=life.case.chain)
    assert "De sleutel van het zegel antwoordt niet (ConnectionResetError)" in page(operator) and not LetterSeal.objects.exists()
    assert OutboxMessage.objects.get(topic="letters.seal").waits
    GoneSigner.gone = False
    try_now()
    letter.refresh_from_db()
    assert letter.state == "sent" and LetterSeal.objects.filter(letter=letter).count() == 1
    keys.signer.cache_clear()


def test_a_certificate_that_ends_soon_is_told_in_time(expired):
    make_demo_seal(expired, moment=clock.now(), days=30)
    keys.signer.cache_clear()
    condition = sealing.condition()
    assert condition.is_good and "bijna af" in condition.sentence and condition.ends_on == clock.legal_day(clock.now() + timedelta(days=30))


# -- how far it is -----------------------------------------------------------------------------------------------------
@pytest.fixture
def run(live):
    """Three decisions that are signed in one go."""
    import uuid

    from decisions.services import assessing, deciding
    from grants.applications.models import Application
    from grants.kernel.roles import Role
    from grants.project.demo.lives import person

    lives = [live("assessed", scheme="LB-INW", days_ago=30) for _ in range(3)]
    outbox.run_open()
    for life in lives:
        assessing.note_view_not_required(application_id=life.id, about="settle_directly", reason="4:7(1)")
        decision = deciding.prepare(application_id=life.id, act="settle_directly", actor=life.handler, values={"amount": life.plan.amount, "motivation": "x"})
        deciding.review(decision_id=decision.id, actor=life.reviewer)
    signer = person("directeur", Role.MANDATE_HOLDER).person
    cases = Application.objects.filter(id__in=[life.id for life in lives])
    chosen = [Chosen(case.pk, bulk.token_of(case)) for case in cases]
    return bulk.run(run_id=uuid.uuid4(), act=ACTS["sign"], chosen=chosen, user=signer, values={})


def test_a_bulk_says_how_far_its_letters_are_and_gives_them_in_one_zip(operator, run):
    client = Client()
    client.force_login(User.objects.get(username="directeur"))
    address = run.get_absolute_url()
    assert "0 van 3 brieven zijn gemaakt" in client.get(address).content.decode()
    assert "0 van 3 brieven verzonden" in page(operator)
    outbox.run_open()
    shown = client.get(address).content.decode()
    assert "3 van 3 brieven zijn gemaakt" in shown and "3 zijn verzonden" in shown and "3 van 3 brieven verzonden" in page(operator)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(client.get(f"{address}zip/").streaming_content)))
    assert len(archive.namelist()) == 3 and all(name.endswith("-L09.pdf") for name in archive.namelist())
    assert AccessLog.objects.filter(user__username="directeur", what="letters of a run").count() == 3
    other = Client()
    other.force_login(User.objects.get(username="senior"))
    assert other.get(f"{address}zip/").status_code == 404 and BulkRun.objects.count() == 1
