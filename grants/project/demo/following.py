"""Fictitious things that applicants write and ask: messages, an advance, a view with more time asked, and a report in the making."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from decisions.services import assessing, requesting
from grants.applications import drafts
from grants.applications.messages import services as messages
from grants.kernel import clock
from grants.project.demo.lives import LIVES, Life, Plan, to_assessed

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
    asked = Life(Plan("LB-SVC", CLUB, "Fanfare in de wijk", Decimal(25_000), 20, "awaiting_view"))
    to_assessed(asked, "negative")
    asked.later(20)
    assessing.ask_view(
        application_id=asked.id, about="reject", reason="Het plan is vooral voor leden (verzonnen).", actor=asked.handler,
        last_day=clock.today() + timedelta(days=10), day=asked.day,
    )
    requesting.ask_more_time(application_id=asked.id, text="Het bestuur komt pas over twee weken bij elkaar (verzonnen).", actor=asked.asker)
