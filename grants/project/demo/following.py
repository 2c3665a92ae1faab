"""Fictitious things that applicants write and ask: messages, an advance, a view with more time asked, a completion, and reports in the making."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from decisions.services import assessing, requesting
from grants.applications import drafts
from grants.applications.messages import services as messages
from grants.applications.services import handling
from grants.kernel import clock
from grants.project.demo.lives import LIVES, Life, Plan, to_assessed
from grants.schemes.models import Scheme

CLUB = "Vereniging Buurthuis Voorbeeld (verzonnen)"


def live_following() -> None:
    """A running grant with a talk, an advance asked and a report that is not sent in; and a view that is open, with more time asked."""
    running = Life(Plan("LB-SVC", CLUB, "Keuken voor het buurthuis", Decimal(36_000), 60, "verleend"))
    LIVES["verleend"](running)
    messages.write(application_id=running.id, text="Mogen wij ook een tweedehands oven kopen? (verzonnen)", actor=running.asker)
    messages.write(application_id=running.id, text="Ja, dat mag. Bewaar de rekening (verzonnen).", actor=running.handler)
    messages.write(application_id=running.id, text="Dank u. En telt de bezorging mee? (verzonnen)", actor=running.asker)
    requesting.ask_advance(application_id=running.id, amount=Decimal(2000), text="De aannemer wil een deel vooraf (verzonnen).", actor=running.asker)
    drafts.keep(running.case, drafts.AnswerDraft.Form.REPORT, {"uitgevoerd": "deels", "prestaties": "De keuken staat, de oven komt nog (verzonnen)."})
    _view_and_completion()
    if Scheme.objects.filter(code="LB-GPI").exists():
        _costs()


def _costs() -> None:
    """A municipality that accounts for its costs, with one line far above the budget and one that was not in it."""
    park = Life(Plan("LB-GPI", "Gemeente Voorbeeldstad (verzonnen)", "Speelplein voor iedereen", Decimal(30_000), 200, "verleend"))
    LIVES["verleend"](park)
    rows = [
        {"line": "1", "description": "Materiaal", "budget": "60000,00", "amount": "80.000", "explanation": ""},
        {"description": "Bomen (verzonnen)", "amount": "1.500"},
    ]
    drafts.keep(park.case, drafts.AnswerDraft.Form.REPORT, {"uitgevoerd": "helemaal", "werkelijke_kosten": rows})


def _view_and_completion() -> None:
    incomplete = Life(Plan("LB-SVC", CLUB, "Toneel op straat", Decimal(22_000), 6, "awaiting_completion"))
    incomplete.draft()
    incomplete.submit()
    incomplete.later(3)
    named = tuple(q.key for q in incomplete.case.version.definition.questions if q.maps_to in ("summary", "costs"))
    handling.request_completion(
        application_id=incomplete.id, items=("Een begroting met minstens drie regels.", "Een korte omschrijving van het plan."), questions=named,
        actor=incomplete.handler, day=incomplete.day,
    )
    asked = Life(Plan("LB-SVC", CLUB, "Fanfare in de wijk", Decimal(25_000), 20, "awaiting_view"))
    to_assessed(asked, "negative")
    asked.later(20)
    assessing.ask_view(
        application_id=asked.id, about="reject", reason="Het plan is vooral voor leden (verzonnen).", actor=asked.handler,
        last_day=clock.today() + timedelta(days=10), day=asked.day,
    )
    requesting.ask_more_time(application_id=asked.id, text="Het bestuur komt pas over twee weken bij elkaar (verzonnen).", actor=asked.asker)
