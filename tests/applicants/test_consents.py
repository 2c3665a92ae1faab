"""Digital post only after an express yes (Awb 2:8): each choice is kept with its day and its proof, and paper is always possible."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from applicants import consents
from applicants.consents import ConsentRefused
from applicants.models import Applicant, ChannelConsent
from grants.kernel import outbox
from grants.kernel.models import User
from letters.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(live):
    return live("received", scheme="LB-INW")


def client_of(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def newest_letter(live):
    later = live("received", scheme="LB-INW")
    outbox.run_open()
    return Letter.objects.get(chain=later.case.chain)


def test_who_applied_on_paper_gets_paper_until_they_say_yes(life):
    from applicants.services import register_applicant

    new = register_applicant(type="natuurlijk_persoon", name="Nel (verzonnen)", street="A 1", postcode="6411 AA", city="Heerlen")
    assert new.channel_consent is False and not new.channel_choices.exists()


def test_the_applicant_chooses_paper_and_the_next_letter_goes_on_paper(life, live):
    client, address = client_of("bewoner"), f"/aanvragen/{life.id}/digitale-post/"
    page = client.get(address).content.decode()
    assert "U mag altijd weer voor papier kiezen" in page and page.count("<h1>") == 1
    assert "Kies papier of digitaal" in client.post(address, {"channel": ""}).content.decode()
    done = client.post(address, {"channel": "paper"}, follow=True).content.decode()
    assert "Uw keuze is bewaard" in done and "op papier, op de website" in done
    choice = ChannelConsent.objects.get()
    assert (choice.digital, choice.how, choice.noted_by.username, choice.words_version) == (False, "website", "bewoner", consents.WORDS_VERSION)
    assert newest_letter(live).portal_allowed is False
    client.post(address, {"channel": "digital"})
    assert newest_letter(live).portal_allowed is True and ChannelConsent.objects.count() == 2


def test_an_official_notes_what_was_said_with_the_proof(life):
    client, address = client_of("intake"), f"/behandelen/{life.id}/digitale-post/"
    wrong = client.post(address, {"channel": "paper", "how": "phone", "note": ""}).content.decode()
    assert "Schrijf op wie dit zei" in wrong and not ChannelConsent.objects.exists()
    client.post(address, {"channel": "paper", "how": "phone", "note": "mevrouw zelf, vanochtend"})
    assert ChannelConsent.objects.get().note == "mevrouw zelf, vanochtend"
    assert "mevrouw zelf" in client.get(address).content.decode()
    own = client_of("bewoner").get(f"/aanvragen/{life.id}/digitale-post/").content.decode()
    assert "met een telefoontje" in own and "mevrouw zelf" not in own and str(User.objects.get(username="intake")) not in own, "our proof is ours"
    assert Applicant.objects.get(pk=life.applicant.pk).channel_consent is False
    assert "digitale-post" in client.get(f"/behandelen/{life.id}/veranderingen/").content.decode()


def test_without_an_email_address_digital_post_cannot_be_chosen(life):
    Applicant.objects.filter(pk=life.applicant.pk).update(email="", channel_consent=False)
    page = client_of("bewoner").post(f"/aanvragen/{life.id}/digitale-post/", {"channel": "digital"}).content.decode()
    assert "Geef eerst een e-mailadres door" in page and not ChannelConsent.objects.exists()


def test_somebody_else_cannot_choose_for_them(life):
    assert client_of("ambtenaar").post(f"/aanvragen/{life.id}/digitale-post/", {"channel": "paper"}).status_code == 404
    assert client_of("penningmeester").get(f"/behandelen/{life.id}/digitale-post/").status_code == 403
    with pytest.raises(ConsentRefused, match="ons bewijs"):
        consents.choose(applicant_id=life.applicant.pk, digital=False, how="desk", user=User.objects.get(username="intake"), note=" ")


def test_a_choice_is_never_changed_nor_removed(life):
    consents.choose(applicant_id=life.applicant.pk, digital=False, how="website", user=life.asker.user)
    for act in (lambda: ChannelConsent.objects.update(digital=True), lambda: ChannelConsent.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
