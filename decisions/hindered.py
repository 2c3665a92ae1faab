"""Acts that the state of a case allows, and that what lies beside it rules out now: they are not offered.

Only what no filling-in can change is looked at here; the door asks everything again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from decisions import transfers
from decisions.models import View
from decisions.services import claiming, defaulting
from grants.applications import deadlines
from grants.applications.lifecycle import guards as g
from grants.applications.lifecycle import term_guards as tg
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application
from grants.applications.services import correcting, timing
from letters.models import Letter

Hindered = Callable[[Application, date], bool]


def _no_penalty_to_fix(application: Application, day: date) -> bool:
    notice = defaulting.running(application)
    return g.penalty_is_over(Facts(penalty_ended_on=notice.ended_on() if notice else None), day) is not None


def _no_term_runs(application: Application, day: date) -> bool:
    running = next((d for d in (deadlines.current(application, rule) for rule in (deadlines.DECISION, deadlines.SETTLEMENT)) if d is not None), None)
    return tg.term_runs(Facts(term_running=running is not None, term_due_on=running.last_day if running else None), day) is not None


def _put_off_already(application: Application, day: date) -> bool:
    put_off = deadlines.current(application, "PAY_SUSPENSION_13W")
    return tg.not_put_off_already(Facts(put_off_until=put_off.last_day if put_off else None), day) is not None


HINDERED: dict[str, Hindered] = {
    "end_suspension": lambda application, day: not timing.open_suspensions(application).exists(),
    "suspend_term": _no_term_runs,
    "suspend_payment": _put_off_already,
    "decide_penalty": _no_penalty_to_fix,
    "reclaim": lambda application, day: claiming.drafted(application) is None,
    transfers.CONSENT: lambda application, day: transfers.consent_refusal(application) is not None,
    "resend": lambda application, day: not Letter.objects.of_chain(application.chain_id).filter(state=Letter.State.SENT).exists(),
    "annul_event": lambda application, day: correcting.annullable(application) is None,
    "receive_view_aside": lambda application, day: not View.objects.filter(application=application, asked_on__isnull=False, received_on=None).exists(),
}
"""For each act: does something beside the case rule it out on this day?"""


def is_hindered(application: Application, act: str, day: date) -> bool:
    found = HINDERED.get(act)
    return found is not None and found(application, day)
