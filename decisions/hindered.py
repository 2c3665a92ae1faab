"""Acts that the state of a case allows, and that what lies beside it rules out now: they are not offered.

Only what no filling-in can change is looked at here, from what the page has read of the case already; the door asks everything again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from decisions import casefile, transfers
from decisions.casefile import CaseFile
from decisions.models import ApplicantRequest, DefaultNotice
from decisions.models.claiming import ClaimState
from decisions.models.transferring import TransferState
from grants.applications import deadlines
from grants.applications.lifecycle import term_guards as tg
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application
from letters.models import Letter

Hindered = Callable[[CaseFile, date], bool]
OURS = (deadlines.DECISION, deadlines.SETTLEMENT)


def _running(file: CaseFile, *rules: str) -> date | None:
    """The last day of a running term of these rules; None when none runs."""
    return max((d.last_day for d in file.deadlines if d.rule in rules and d.ended_on is None), default=None)


def _no_penalty_to_fix(file: CaseFile, day: date) -> bool:
    """No penalty was due, or it still counts: the late decision did not go out, and the 42 days are not over (Awb 4:18)."""
    stopped = _running(file, "PENALTY_DECISION_2W") is not None
    return not any(n.state == DefaultNotice.State.VALID and (stopped or n.last_day is not None and n.last_day < day) for n in file.notices)


def _no_term_runs(file: CaseFile, day: date) -> bool:
    due = _running(file, *OURS)
    return tg.term_runs(Facts(term_running=due is not None, term_due_on=due), day) is not None


def _put_off_already(file: CaseFile, day: date) -> bool:
    return tg.not_put_off_already(Facts(put_off_until=_running(file, "PAY_SUSPENSION_13W")), day) is not None


def _no_advance_is_asked(file: CaseFile, day: date) -> bool:
    return not any(found.kind == ApplicantRequest.Kind.ADVANCE and found.is_open for found in file.requests)


def _no_consent_to_give(file: CaseFile, day: date) -> bool:
    proposed = [t for t in file.transfers if t.state == TransferState.PROPOSED]
    return not any(transfers.needs_consent(file.application, t.basis) for t in proposed)


HINDERED: dict[str, Hindered] = {
    "end_suspension": lambda file, day: not any(d.stands_still and d.ended_on is None for d in file.deadlines),
    "suspend_term": _no_term_runs,
    "suspend_payment": _put_off_already,
    "decide_penalty": _no_penalty_to_fix,
    "reclaim": lambda file, day: not any(claim.state == ClaimState.DRAFTED for claim in file.claims),
    transfers.CONSENT: _no_consent_to_give,
    "refuse_advance": _no_advance_is_asked,
    "resend": lambda file, day: not any(letter.state == Letter.State.SENT for letter in file.letters),
    "receive_view_aside": lambda file, day: _running(file, "VIEW_TERM") is None,
}
"""For each act: does something beside the case rule it out on this day?"""


def is_hindered(application: Application, act: str, day: date) -> bool:
    found = HINDERED.get(act)
    return found is not None and found(casefile.of(application), day)
