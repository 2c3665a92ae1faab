"""Load data is whole, recognisable, and never comes beside real cases."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.management import call_command

from grants.applications.models import Application
from grants.applications.services import handling
from grants.kernel import audit
from grants.kernel.models import Event, User
from grants.project.demo.lives import person
from grants.project.demo.load import load_demo
from grants.project.management.commands.synthesize import refusal
from grants.project.synthetic.cases import synthesize

pytestmark = pytest.mark.django_db


def test_load_data_is_what_verify_audit_accepts_and_is_plainly_made_up(world):
    synthesize(150)
    assert list(audit.verify()) == []
    cases = Application.objects.select_related("applicant")
    assert cases.count() == 150 and all(c.is_demo and c.case_number.startswith("SYN-") and "verzonnen" in c.applicant.name for c in cases)
    assert len(Counter(cases.values_list("status", flat=True))) >= 8 and len(Counter(cases.values_list("handler", flat=True))) >= 10


def test_more_load_data_comes_beside_the_first_and_beside_the_demonstration(live):
    live("verleend")
    synthesize(20)
    audit.seal_days()
    synthesize(20)
    assert Application.objects.filter(case_number__startswith="SYN-").count() == 40 and list(audit.verify()) == []


def test_people_go_on_working_with_load_data(live):
    synthesize(60)
    case = Application.objects.filter(status="received", complete_on__isnull=True).first()
    handling.mark_complete(application_id=case.pk, actor=person("behandelaar", "case_handler"))
    assert Application.objects.get(pk=case.pk).complete_on and list(audit.verify()) == []


def test_it_is_refused_outside_a_demonstration_beside_real_cases_and_for_a_silly_number(live, settings):
    life = live("received")
    assert refusal(1) is None and "Geef een aantal" in refusal(0) and "Geef een aantal" in refusal(10_000_000)
    Application.objects.filter(pk=life.id).update(is_demo=False)
    assert "staan echte zaken" in refusal(1)
    settings.VERLEEND_DEMO = False
    assert "VERLEEND_DEMO=1" in refusal(1)
    before = Event.objects.count()
    with pytest.raises(SystemExit) as stopped:
        call_command("synthesize", "5")
    assert stopped.value.code == 2 and Event.objects.count() == before


def test_an_imported_register_of_real_cases_is_real(live):
    life = live("received")
    Application.objects.filter(pk=life.id).update(is_demo=False, origin="import")
    assert "staan echte zaken" in refusal(1)


@pytest.mark.serial
def test_the_example_register_of_the_demonstration_is_not(db):
    load_demo()
    assert refusal(1) is None
    call_command("synthesize", "10")
    assert Application.objects.filter(case_number__startswith="SYN-").count() == 10
    assert not User.objects.filter(username__startswith="synthetisch", is_demo=True).exists()
