"""Every page names who may use it, and nobody else gets in: generated from the URL configuration."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from decisions.models import Beschikking, BulkRun, PaymentOrder, SampleCheck, SavedView
from decisions.services import advising, aid, claiming
from grants.applications.reminder_mail import token_of
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.permissions import Access
from grants.kernel.roles import CASE_READERS, Role
from grants.project.demo.objections import Objector
from grants.project.demo.world import PERSONAS
from letters.models import Letter
from letters.texts import services as texts
from tests.living import lived
from tests.project.banking_breaks import batch_of, entry_of, line_of
from tests.project.budget_breaks import mutation_of
from tests.project.distribution_breaks import draw_of
from tests.project.life_ids import life_ids
from tests.project.sample_breaks import check_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("module_world")]


def pages(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


ALL = dict(pages())
PERSON_OF = {role: next(p.username for p in PERSONAS if role in p.roles) for role in Role if any(role in p.roles for p in PERSONAS)}
OUTSIDE_PAGES = ("aanvragen/",)


def address(page: str, ids: dict[str, object]) -> str:
    kind = next((name for name in ids if page.startswith(name)), "")
    path = page.replace("<uuid:pk>", str(ids[kind]) if kind else "")
    path = path.replace("<slug:of>", "application").replace("<slug:ceiling>", "LB-SVC-2026")
    path = path.replace("<int:pk>", str(ids[kind]) if kind else "")
    path = path.replace("<uuid:lesson>", str(ids["lesson"])).replace("<str:token>", str(ids["e-mail/afmelden/<str" if page.startswith("e-mail/") else "token"]))
    act = "forward" if "handeling" in page else "ask_repair" if "bezwaar" in page else "grant"
    path = path.replace("<slug:kind>", "L08").replace("<slug:number>", "CIJ-2026-00001").replace("<slug:section>", "plan").replace("<slug:entry>", "inwoner")
    return "/" + path.replace("<slug:code>", "LB-INW").replace("<slug:act>", act)


def drawn(life):
    """A check of this case, past the services."""
    return SampleCheck.objects.get(pk=check_of(life).pk)


@pytest.fixture(scope="module")
def ids(module_world):
    life = lived("verleend")
    decision = Beschikking.objects.filter(application=life.id).first()
    letter = Letter.objects.filter(chain=life.case.chain, state="sent").first()
    objection = Objector(life).register()
    payment = PaymentOrder.objects.filter(application=life.id).first()
    claim = claiming.draft(life.case, decision, Decimal(10), life.day)
    draw, mutation, check = draw_of(life), mutation_of(life), drawn(life)
    money = {
        "behandelen/betalingen/<uuid": payment.pk, "behandelen/terugvorderingen/<uuid": claim.pk,
        "behandelen/steekproef/controle/<uuid": check.pk, "behandelen/steekproef/<uuid": check.entry.draw_id,
        "behandelen/verdeling/uitslag/<uuid": draw.pk, "behandelen/begroting/<int": mutation.target_id, "behandelen/begroting/terugboeken/<int": mutation.pk,
    }
    entry = aid.declare(
        application_id=life.id, actor=life.handler, day=life.day,
        values={"kind": "general", "amount": Decimal(1), "granted_on": life.day, "authority": "Gemeente"},
    )
    money |= {"behandelen/de-minimis/post/<uuid": entry.pk, "behandelen/de-minimis/<uuid": entry.member.undertaking_id}
    batch, entry = batch_of(life), entry_of(life)
    line_of(life, batch)
    bank = {"behandelen/betaalbestanden/<uuid": batch.pk, "behandelen/bankafschriften/<uuid": entry.statement_id, "behandelen/bankregels/<uuid": entry.pk}
    money |= bank
    advice = advising.ask(
        application_id=life.id, kind="colleague", about="change", question="Wat vindt u?", due_on=clock.today(), adviser=life.reviewer.user, actor=life.handler
    )
    money |= {"behandelen/adviezen/<uuid": advice.pk}
    run = BulkRun.objects.create(id=uuid.uuid4(), user=life.handler.user, act="claim", asked=1)
    view = SavedView.objects.create(owner=life.handler.user, name="Spoed")
    money |= {"behandelen/tegelijk/<uuid": run.pk, "behandelen/weergaven/<uuid": view.pk}
    text = texts.start_draft(kind="L08", scheme="", author=User.objects.get(username="regelingbeheer"))
    money |= {"beheer/brieven/versie/<int": text.pk}
    money |= {"e-mail/afmelden/<str": token_of(life.case.applicant)}
    return {**life_ids(life), **money, "behandelen/besluit/<uuid": decision.pk, "behandelen/bezwaar/<uuid": objection.pk, "behandelen/": life.id, "aanvragen/bezwaar/<uuid": objection.pk, "brieven/": letter.pk, "aanvragen/": life.id}


def test_every_page_names_its_access():
    assert len(ALL) > 30
    for page, view in ALL.items():
        assert isinstance(getattr(view, "access", None), Access), page


def test_without_signing_in_only_public_pages_open(ids):
    client = Client()
    for page, view in ALL.items():
        for method in (client.get, client.post):
            answer = method(address(page, ids))
            if view.access.public:
                assert answer.status_code in (200, 302, 405), page
            elif method == client.post:
                assert answer.status_code == 401, page
            else:
                assert answer.status_code == 302 and "/inloggen/" in answer["Location"], page


@pytest.mark.parametrize("role", sorted(PERSON_OF))
def test_a_role_gets_into_its_own_pages_and_no_others(ids, role):
    user = User.objects.get(username=PERSON_OF[role])
    client = Client()
    client.force_login(user)
    for page, view in ALL.items():
        if page == "uitloggen/":
            continue
        answer = client.get(address(page, ids))
        if view.access.roles and user.roles().isdisjoint(view.access.roles):
            assert answer.status_code == 403, (role, page)
        else:
            assert answer.status_code in (200, 302, 400, 404, 405, 409), (role, page)  # 409: a file that is still being checked


@pytest.mark.parametrize("username", ["bewoner", "ambtenaar", "beheer", "regelingbeheer", "beleid"])
def test_somebody_elses_case_is_not_found(ids, username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    for page in ALL:
        if "<uuid:pk>" not in page:
            continue
        for method in (client.get, client.post):
            answer = method(address(page, ids))
            assert answer.status_code in (403, 404, 405), (username, page)


def test_the_applicant_sees_her_own_case_and_letters(ids):
    client = Client()
    client.force_login(User.objects.get(username="penningmeester"))
    for page in ("aanvragen/<uuid:pk>/", "brieven/<uuid:pk>/", "brieven/<uuid:pk>/pdf/"):
        assert client.get(address(page, ids)).status_code == 200, page


def test_officials_who_read_cases_do_not_act_as_applicant(ids):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    assert client.get(address("aanvragen/<uuid:pk>/", ids)).status_code == 404


def test_reading_a_case_leaves_a_trace(ids):
    from grants.kernel.models import AccessLog

    client = Client()
    user = User.objects.get(username="behandelaar")
    client.force_login(user)
    client.get(address("behandelen/<uuid:pk>/", ids))
    assert AccessLog.objects.filter(user=user, what="case").count() == 1


def test_case_readers_are_as_listed():
    assert not CASE_READERS & {Role.ADMIN, Role.POLICY_OFFICER, Role.SCHEME_MANAGER, Role.APPLICANT}
