"""Cases before a ceiling that is too small, in schemes that divide each in their own way."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from decisions.models import Assessment
from decisions.queue import ranking_refusal
from decisions.services import scoring
from decisions.services.scoring import Given
from grants.applications.models import Application
from grants.budget.models import Ceiling
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from grants.schemes.definition import SchemeDefinition
from grants.schemes.services import publish

LOTTERY, PRO_RATA = ("DEMO-CUL", "DEMO-CUL-2026"), ("LB-SVC", "LB-SVC-2026")
ASSESSORS = (("behandelaar", Role.CASE_HANDLER), ("toetser", Role.REVIEWER))


def queue_up(live, where, available, *cases):
    """Assessed cases (asked, days ago complete) under one ceiling with so much available."""
    scheme, ceiling = where
    made = []
    for asked, days_ago in cases:
        life = live("assessed", amount=asked, days_ago=40, scheme=scheme)
        Application.objects.filter(id=life.id).update(
            complete_on=life.today - timedelta(days=days_ago), requested_amount=Decimal(asked), ceiling_id=ceiling
        )
        Assessment.objects.filter(application=life.id).update(advised_amount=Decimal(asked))
        made.append(life)
    Ceiling.objects.filter(code=ceiling).update(amount=Decimal(available))
    return made


def refusal(life, amount):
    return ranking_refusal(life.case, Decimal(amount), Ceiling.objects.get(code=life.case.ceiling_id), life.today)


def redefine(code, **distribution):
    """A new version of a scheme that divides in another way, for every case under it."""
    from grants.schemes.models import Scheme

    plain = Scheme.objects.get(code=code).versions.order_by("-number").first().definition.to_dict()
    plain["distribution"] = {"basis": plain["distribution"]["basis"], **distribution}
    version = publish(SchemeDefinition.from_dict(plain)).version
    Application.objects.filter(scheme=code).update(version=version)
    return version


def tender(closes_on, **more):
    return redefine("DEMO-CUL", method="tender", tender_closes_on=closes_on.isoformat(), **more)


def score(life, who, quality, reach, *, hand_in=True):
    scores = {"kwaliteit": Given(Decimal(quality), "verzonnen reden"), "bereik": Given(Decimal(reach), "verzonnen reden")}
    scoring.save_scores(application_id=life.id, scores=scores, actor=person(*who))
    if hand_in:
        return scoring.hand_in(application_id=life.id, actor=person(*who))
    return None
