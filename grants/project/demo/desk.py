"""Fictitious notes and advice at the desk, written through the same services as real ones."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from decisions.services import advising, noting
from grants.applications.services import applying
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.project.demo.lives import Life, Plan, person


def live_desk() -> None:
    """A case with a call, a note put right, two versions, and advice: one open, one given that the law asks."""
    life = Life(Plan("LB-SVC", "Vereniging Buurthuis Voorbeeld (verzonnen)", "Podium in het park", Decimal(24_000), 30, "assessed"))
    life.draft()
    life.submit()
    life.ask_completion()
    life.later(4)
    answers = dict(life.case.draft_answers)
    title = next(q.key for q in life.case.version.definition.questions if q.maps_to == "title")
    applying.complete(application_id=life.id, answers={**answers, title: "Klein podium in het park"}, actor=life.asker, day=life.day)
    life.later(2)
    life.mark_complete()
    life.later(3)
    life.assess()
    at = clock.now() - timedelta(hours=3)
    noting.write(
        application_id=life.id, kind="call", with_whom="de penningmeester (verzonnen)", happened_at=at, actor=life.handler,
        text="Vraagt wanneer het besluit komt (verzonnen).",
    )
    wrong = noting.write(application_id=life.id, kind="note", text="Het podium is 6 meter breed (verzonnen).", actor=life.handler)
    noting.write(application_id=life.id, kind="note", text="Het podium is 8 meter breed (verzonnen).", actor=life.handler, corrects_id=wrong.pk)
    advising.ask(
        application_id=life.id, kind="colleague", about="application", question="Past dit bij het beleid voor parken (verzonnen)?",
        due_on=clock.today() + timedelta(days=7), adviser=User.objects.get(username="beleid"), actor=life.handler,
    )
    asked = advising.ask(
        application_id=life.id, kind="statutory", about="application", question="Is dit goed voor het park (verzonnen)?",
        due_on=clock.today(), expert_name="A. Adviseur (verzonnen)", organisation="Adviescommissie Parken (verzonnen)",
        basis="artikel 7 van de demoregeling", actor=person("behandelaar", Role.CASE_HANDLER), day=life.day,
    )
    advising.give(
        request_id=asked.id, answer="Kies een kleiner podium (verzonnen).", answered_on=life.day, actor=life.handler, day=life.day
    )
