"""An invitation works once, in time, for who has both the link and the code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from applicants.acts import inviting, mandating
from applicants.acts.refusing import PartyRefused
from applicants.models import Applicant, Capacity, ColleagueInvitation, Representation
from grants.kernel import clock, outbox
from grants.kernel.models import User
from grants.kernel.roles import Role
from tests.applicants.who import client_of, foundation, invited, other, person, token_mailed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(world):
    return person("ada")


@pytest.fixture
def club(ada):
    return foundation(ada)


def acts(user, applicant) -> bool:
    return Applicant.objects.represented_by(user).filter(pk=applicant.pk).exists()


def test_a_colleague_is_invited_on_the_page_and_sees_the_cases(ada, club):
    page = client_of(ada).post(f"/mijn/aanvragers/{club.pk}/uitnodigen/", {"email": "bert@example.org", "kind": "colleague"})
    code = page.context["code"]
    assert code in page.content.decode() and page["Cache-Control"] == "no-store"
    token = token_mailed()
    bert = person("bert")
    browser = client_of(bert)
    shown = browser.get(f"/mijn/aanvragers/uitnodiging/{token}/")
    text = shown.content.decode()
    assert club.name in text and shown["Referrer-Policy"] == "strict-origin"
    assert not any(word in text for word in ("Ada", "wij@example.org", "00000011", "Proefstraat", "bert@example.org"))
    assert browser.post(f"/mijn/aanvragers/uitnodiging/{token}/", {"code": f" {code[:3]} {code[3:]}"})["Location"] == "/mijn/aanvragers/"
    assert acts(bert, club) and User.objects.get(pk=bert.pk).has_role(Role.APPLICANT)
    outbox.run_open()
    assert mail.outbox[-1].to == ["wij@example.org"] and "treedt iemand extra op" in mail.outbox[-1].subject


def test_the_mail_names_nobody_and_nothing_and_the_database_keeps_no_secret(ada, club):
    token, code = invited(club, ada)
    text = f"{mail.outbox[-1].subject} {mail.outbox[-1].body}"
    assert not any(word in text for word in ("Ada", "Proef", club.name, "00000011", code))
    kept = str(list(ColleagueInvitation.objects.values()))
    assert token not in kept and code not in kept
    from grants.kernel.models import OutboxMessage

    assert token not in str(list(OutboxMessage.objects.values())) and code not in str(list(OutboxMessage.objects.values("payload")))


def test_without_signing_in_the_link_asks_to_sign_in(ada, club):
    from django.test import Client

    token, code = invited(club, ada)
    assert "/inloggen/" in Client().get(f"/mijn/aanvragers/uitnodiging/{token}/")["Location"]
    assert Client().post(f"/mijn/aanvragers/uitnodiging/{token}/", {"code": code}).status_code == 401


def test_a_used_link_does_not_work_again(ada, club):
    token, code = invited(club, ada)
    inviting.accept(token=token, code=code, user=person("bert"))
    for user in (person("bert"), person("eva")):
        with pytest.raises(PartyRefused, match="werkt niet meer"):
            inviting.accept(token=token, code=code, user=user)
    assert not acts(person("eva"), club)
    assert club.name not in client_of(person("eva")).get(f"/mijn/aanvragers/uitnodiging/{token}/").content.decode()


def test_a_link_of_eight_days_old_does_not_work(ada, club):
    token, code = invited(club, ada)
    ColleagueInvitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    with pytest.raises(PartyRefused, match="ouder dan 7 dagen"):
        inviting.accept(token=token, code=code, user=person("bert"))


def test_it_lasts_seven_days(ada, club):
    invited(club, ada)
    found = ColleagueInvitation.objects.get()
    assert found.expires_at - found.made_at == timedelta(days=7)


def test_who_has_the_mail_and_not_the_code_gets_five_tries(ada, club):
    token, code = invited(club, ada)
    eva = person("eva")
    for left in (4, 3, 2, 1):
        page = client_of(eva).post(f"/mijn/aanvragers/uitnodiging/{token}/", {"code": other(code)}).content.decode()
        assert f"nog {left} keer" in page
    with pytest.raises(PartyRefused, match="te vaak"):
        inviting.accept(token=token, code=other(code), user=eva)
    with pytest.raises(PartyRefused, match="werkt niet meer"):
        inviting.accept(token=token, code=code, user=eva)
    assert not acts(eva, club) and not User.objects.get(pk=eva.pk).roles()


@pytest.mark.parametrize("token", ["x", "LB-INW", "A" * 43])
def test_a_guessed_link_says_nothing(world, token):
    page = client_of(person("eva")).get(f"/mijn/aanvragers/uitnodiging/{token}/")
    assert page.status_code == 200 and "werkt niet meer" in page.content.decode()


def test_a_mail_that_goes_again_has_a_fresh_link_and_the_first_is_dead(ada, club):
    from applicants import mails

    first, code = invited(club, ada)
    mails.colleague_invited({"invitation": str(ColleagueInvitation.objects.get().pk)})
    second = token_mailed()
    assert second != first
    with pytest.raises(PartyRefused):
        inviting.accept(token=first, code=code, user=person("bert"))
    assert inviting.accept(token=second, code=code, user=person("bert"))


def test_an_invitation_that_was_taken_back_does_not_work(ada, club):
    token, code = invited(club, ada)
    found = ColleagueInvitation.objects.get()
    for stranger in (person("eva"), User.objects.get(username="penningmeester")):
        assert client_of(stranger).post(f"/mijn/aanvragers/uitnodigingen/{found.pk}/intrekken/").status_code == 404
    client_of(ada).post(f"/mijn/aanvragers/uitnodigingen/{found.pk}/intrekken/")
    with pytest.raises(PartyRefused, match="werkt niet meer"):
        inviting.accept(token=token, code=code, user=person("bert"))
    assert ColleagueInvitation.objects.get().email == ""


def test_an_invitation_of_somebody_who_no_longer_acts_does_not_work(ada, club):
    bert = person("bert")
    mandate = mandating.admit(applicant=club, user=bert, by=ada)
    token, code = invited(club, bert)
    stays = ColleagueInvitation.objects.get().pk
    Representation.objects.filter(pk=mandate.pk).update(paper="refused")
    with pytest.raises(PartyRefused, match="werkt niet meer"):
        inviting.accept(token=token, code=code, user=person("eva"))
    Representation.objects.filter(pk=mandate.pk).update(paper="")
    mandating.end(representation_id=mandate.pk, user=ada)
    assert not ColleagueInvitation.objects.get(pk=stays).is_open


def test_one_does_not_use_ones_own_invitation_nor_does_an_official(ada, club):
    token, code = invited(club, ada)
    with pytest.raises(PartyRefused, match="zelf gestuurd"):
        inviting.accept(token=token, code=code, user=ada)
    with pytest.raises(PartyRefused, match="als medewerker"):
        inviting.accept(token=token, code=code, user=User.objects.get(username="behandelaar"))
    assert ColleagueInvitation.objects.get().is_open


def test_who_acts_already_keeps_it_and_the_invitation_stays(ada, club):
    bert = person("bert")
    mandating.admit(applicant=club, user=bert, by=ada)
    token, code = invited(club, ada)
    with pytest.raises(PartyRefused, match="al op voor deze aanvrager"):
        inviting.accept(token=token, code=code, user=bert)
    assert ColleagueInvitation.objects.get().is_open


def test_an_adviser_is_invited_for_one_case_and_for_a_time(live):
    life = live("verleend")
    page = client_of(life.asker.user).get(f"/mijn/aanvragers/{life.applicant.pk}/uitnodigen/").content.decode()
    assert str(life.case.chain_id) in page
    until = clock.today() + timedelta(days=30)
    token, code = invited(life.applicant, life.asker.user, kind=Capacity.THIRD_PARTY, chain=life.case.chain, valid_to=until)
    made = inviting.accept(token=token, code=code, user=person("cleo"))
    assert (made.chain, made.valid_to, made.is_third_party) == (life.case.chain, until, True)


def test_a_case_of_another_applicant_is_not_given_away(live, ada):
    life, club = live("received"), foundation(ada)
    values = {"email": "x@example.org", "kind": "third_party", "case": str(life.case.chain_id)}
    client_of(ada).post(f"/mijn/aanvragers/{club.pk}/uitnodigen/", values)
    assert not ColleagueInvitation.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"email": "geen"}, "Dit is geen e-mailadres"), ({"kind": "self"}, "geldige keuze"), ({"valid_to": "2020-01-01"}, "is voorbij"),
        ({"valid_to": "morgen"}, "Dit is geen datum"),
    ],
)
def test_a_wrong_invitation_is_told_and_stays(ada, club, values, sentence):
    given = {"email": "bert@example.org", "kind": "third_party", **values}
    page = client_of(ada).post(f"/mijn/aanvragers/{club.pk}/uitnodigen/", given).content.decode()
    assert sentence in page and given["email"] in page and not ColleagueInvitation.objects.exists()


def test_one_address_is_invited_once_at_a_time(ada, club):
    invited(club, ada)
    with pytest.raises(PartyRefused, match="loopt al een uitnodiging"):
        inviting.invite(applicant_id=club.pk, email="COLLEGA@example.org", kind="colleague", user=ada)
