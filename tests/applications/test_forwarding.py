"""Sending an application to another authority: proposed by one, looked at and done by another (T04, T66)."""

from __future__ import annotations

import pytest

from grants.applications.lifecycle.door import NotPermitted, Refused
from grants.applications.services import handling
from grants.kernel.models import RoleAssignment
from grants.kernel.roles import Role
from grants.project.demo.lives import person

pytestmark = pytest.mark.django_db


def do(life, act, actor, reason="de gemeente gaat hierover."):
    return handling.act_with_reason(application_id=life.id, act=act, reason=reason, actor=actor, day=life.day)


def test_one_proposes_and_another_forwards(live):
    life = live("received")
    intake = person("intake", Role.INTAKE_OFFICER)
    with pytest.raises(Refused, match="Stel het doorzenden eerst voor"):
        do(life, "forward", life.handler)
    do(life, "propose_forward", intake)
    assert life.case.status == "received"
    with pytest.raises(Refused, match="Laat een collega meekijken en doorzenden"):
        do(life, "forward", intake)
    do(life, "forward", life.handler)
    assert life.case.status == "forwarded" and not life.case.deadlines.filter(ended_by=None).exists()


def test_one_person_with_two_roles_is_still_one_person(live):
    life = live("received")
    intake = person("intake", Role.INTAKE_OFFICER)
    RoleAssignment.objects.create(user=intake.user, role=Role.CASE_HANDLER, valid_from=life.day)
    do(life, "propose_forward", intake)
    with pytest.raises(Refused, match="vierogenprincipe"):
        do(life, "forward", person("intake", Role.CASE_HANDLER))


def test_the_applicant_does_not_forward(live):
    life = live("received")
    with pytest.raises(NotPermitted):
        do(life, "propose_forward", life.asker)
