"""Load the whole demonstration once: people, schemes, the example register, and a case in every state."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from grants.applications.models import Application
from grants.applications.register.importing import import_register
from grants.applications.register.reading import read_register
from grants.kernel import outbox
from grants.project.demo.banking import live_payments
from grants.project.demo.changes import live_changes
from grants.project.demo.desk import live_desk
from grants.project.demo.divisions import live_divisions
from grants.project.demo.drafts import begin_drafts
from grants.project.demo.following import live_following
from grants.project.demo.lessons import STORIES, live_lessons
from grants.project.demo.lives import LIVES, Life, Plan
from grants.project.demo.objections import live_objections
from grants.project.demo.papers import live_papers
from grants.project.demo.parties import live_parties
from grants.project.demo.posts import live_post, quiet_mail
from grants.project.demo.world import load_world
from grants.schemes.models import Scheme

REGISTER = Path(__file__).parent / "data" / "indicator_cases.csv"
TITLES = (
    "Bloembakken in de straat", "Bankjes op het plein", "Repair café in de wijk", "Samen koken", "Buurttuin", "Speelveld opknappen",
    "Wandelclub voor iedereen", "Taalmaatjes", "Burendag", "Kunst in de tunnel",
)
DIRECT = {"vastgesteld_direct", "closed", "settlement_withdrawn"}


def load_demo() -> int:
    """Load what is missing; returns the number of demo cases there are now."""
    load_world()
    import_register(read_register(REGISTER.read_bytes()))
    if not Application.objects.filter(is_demo=True).exclude(origin="import").exists():
        long_way = Scheme.objects.filter(code="LB-SVC").exists()
        for number, (state, live) in enumerate(LIVES.items()):
            direct = state in DIRECT or not long_way
            live(Life(_plan(state, number, direct)))
        if long_way:
            live_objections()
            live_changes()
            live_desk()
            live_following()
        if Scheme.objects.filter(code="LB-INW").exists():
            live_papers()
        begin_drafts()
        live_payments()
        if Scheme.objects.filter(code="DEMO-CUL").exists():
            live_divisions()
        live_post()
        if long_way:
            live_parties()
        with quiet_mail():
            outbox.run_open()
    live_lessons()
    return Application.objects.filter(is_demo=True).count()


def _plan(state: str, number: int, direct: bool) -> Plan:
    return Plan(
        scheme="LB-INW" if direct else "LB-SVC",
        applicant="Bo Bewoner (verzonnen)" if direct else "Vereniging Buurthuis Voorbeeld (verzonnen)",
        title=TITLES[number % len(TITLES)],
        amount=Decimal(3000) if direct else Decimal(30_000 + 500 * number),
        days_ago=0 if state == "draft" else (20 if state in ("received", "awaiting_completion", "withdrawn", "forwarded") else 250),
        until=state,
        aid="de_minimis" if state in ("verleend", "report_received") else "no_aid",
        report=STORIES.get(state, {}),
    )
