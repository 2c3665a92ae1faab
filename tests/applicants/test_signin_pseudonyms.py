"""A BSN is kept nowhere, and people stay who they are when a key or a broker is replaced."""

from __future__ import annotations

import logging

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from applicants.models import OrganisationAccount, Pseudonym
from grants.kernel.models import User
from tests.applicants.conftest import BSN
from tests.services.oidc import PSEUDONYM_KEY

pytestmark = pytest.mark.django_db
NEW_KEY = ("2027", "n" * 40)


def whole_database():
    """Every value of every table, as text; sessions also as they read when opened."""
    from django.contrib.sessions.models import Session

    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found + [str(session.get_decoded()) for session in Session.objects.all()])


@pytest.mark.parametrize("subject", ["digid-1", BSN], ids=["a pseudonym of the broker", "the BSN itself as subject"])
def test_the_bsn_is_nowhere(visitor, resident, caplog, capfd, subject):
    with caplog.at_level(logging.DEBUG):
        browser = visitor()
        browser.sign_in({**resident, "sub": subject})
        browser.client.get("/mijn/")
        visitor().sign_in("cancel")
        failed = visitor()
        failed.provider.plan("nonce")
        failed.sign_in({**resident, "sub": subject})
    text = whole_database()
    assert browser.user.username in text, "the dump does hold what is stored"
    assert BSN not in text and "digid-1" not in text
    said = capfd.readouterr()
    assert BSN not in said.out + said.err + caplog.text
    assert BSN not in str(dict(browser.client.session)) + str(browser.client.cookies)


def test_nothing_of_the_answer_of_the_provider_is_kept_beside_the_account(visitor, resident):
    from allauth.socialaccount.models import SocialAccount

    visitor().sign_in(resident)
    account = SocialAccount.objects.get()
    assert account.extra_data == {} and len(account.uid) == 36
    assert not apps.get_model("socialaccount", "SocialToken").objects.exists()
    assert not apps.get_model("account", "EmailAddress").objects.exists()


def test_a_pseudonym_does_not_tell_a_bsn_without_the_key(visitor, resident, settings):
    visitor().sign_in(resident)
    under_one = set(Pseudonym.objects.values_list("digest", flat=True))
    Pseudonym.objects.all().delete()
    settings.PSEUDONYM_KEYS = (("2026", "o" * 40),)
    visitor().sign_in(resident)
    assert under_one.isdisjoint(Pseudonym.objects.values_list("digest", flat=True))


def test_a_new_key_finds_who_signed_in_under_the_old_one_and_moves_them(visitor, resident, settings):
    first = visitor()
    first.sign_in(resident)
    settings.PSEUDONYM_KEYS = (NEW_KEY, PSEUDONYM_KEY)
    second = visitor()
    second.sign_in(resident)
    assert second.user == first.user
    assert set(Pseudonym.objects.values_list("key_id", "kind")) == {("2027", "subject"), ("2027", "bsn")}
    settings.PSEUDONYM_KEYS = (NEW_KEY,)
    third = visitor()
    third.sign_in(resident)
    assert third.user == first.user


def test_who_did_not_sign_in_before_the_old_key_went_is_a_stranger(visitor, resident, settings):
    first, second = visitor(), visitor()
    first.sign_in(resident)
    settings.PSEUDONYM_KEYS = (NEW_KEY,)
    second.sign_in(resident)
    assert second.user != first.user


def test_the_command_tells_who_still_hangs_on_an_old_key(visitor, resident, treasurer, settings, capsys):
    visitor().sign_in(resident)
    settings.PSEUDONYM_KEYS = (NEW_KEY, PSEUDONYM_KEY)
    visitor("organisatie").sign_in(treasurer)
    with pytest.raises(SystemExit) as ended:
        call_command("pseudonym_keys")
    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines() == ["2026\t1", "2027\t1"]
    visitor().sign_in(resident)
    call_command("pseudonym_keys")


def test_after_a_change_of_broker_the_bsn_finds_the_person_again(visitor, resident):
    first, second = visitor(), visitor()
    first.sign_in(resident)
    second.sign_in({**resident, "sub": "another-name-for-the-same-person"})
    assert second.user == first.user
    assert Pseudonym.objects.filter(user=first.user, kind="subject").count() == 2


@pytest.mark.parametrize("bsn", ["", "123456789", "abc"])
def test_what_is_no_bsn_binds_nobody(visitor, resident, bsn):
    first, second = visitor(), visitor()
    first.sign_in({**resident, "bsn": bsn})
    second.sign_in({**resident, "sub": "digid-2", "bsn": bsn})
    assert first.user != second.user and not Pseudonym.objects.filter(kind="bsn").exists()


def test_the_bsn_of_an_organisations_person_is_not_looked_at(visitor, treasurer, resident):
    person, company = visitor(), visitor("organisatie")
    person.sign_in(resident)
    company.sign_in({**treasurer, "bsn": BSN})
    assert person.user != company.user
    assert OrganisationAccount.objects.get().user == company.user and User.objects.count() == 2
