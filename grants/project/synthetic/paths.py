"""The ways along which a fictitious case went: which acts, how many days apart, by whom. Plain data, no database."""

from __future__ import annotations

from dataclasses import dataclass

from grants.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Step:
    """One act, so many days after the one before (at least, at most), and where it leaves the case."""

    act: str
    to: str
    least: int
    most: int
    role: Role


@dataclass(frozen=True, slots=True)
class Path:
    """How many in a thousand cases stand so, the steps that led there, and how many days ago at most the last one was."""

    share: int
    steps: tuple[Step, ...]
    last_ago: int


def _at(status: str, *steps: tuple[str, int, int, Role]) -> tuple[Step, ...]:
    """Steps that leave the case where it stands."""
    return tuple(Step(act, status, least, most, role) for act, least, most, role in steps)


H, V, M, A = Role.CASE_HANDLER, Role.REVIEWER, Role.MANDATE_HOLDER, Role.APPLICANT
IN = (Step("start_draft", "draft", 0, 0, A), Step("submit", "received", 0, 10, A))
TAKEN = (*IN, *_at("received", ("assign", 1, 9, H)))
COMPLETE = (*TAKEN, *_at("received", ("mark_complete", 0, 12, H)))
ASSESSED = (*COMPLETE, Step("assess", "assessed", 3, 25, V))


def _decided(status: str, act: str, to: str) -> tuple[Step, ...]:
    drawn_up = _at(status, ("prepare_decision", 1, 10, H), ("review_decision", 0, 5, V), ("sign_decision", 0, 4, M))
    return (*drawn_up, Step(act, to, 0, 1, Role.SYSTEM))


DIRECT = (*ASSESSED, *_decided("assessed", "settle_directly", "vastgesteld"))
GRANTED = (*ASSESSED, *_decided("assessed", "grant", "verleend"))
REFUSED = (*ASSESSED, *_decided("assessed", "reject", "rejected"))
REPORTED = (*GRANTED, Step("submit_report", "report_received", 60, 400, A))
SETTLED = (*REPORTED, *_decided("report_received", "settle", "vastgesteld"))
CLOSE = Step("close", "closed", 45, 120, Role.RECORDS_OFFICER)

PATHS = (
    Path(25, IN, 70),
    Path(20, COMPLETE, 60),
    Path(15, (*TAKEN, Step("request_completion", "awaiting_completion", 2, 20, H)), 20),
    Path(20, ASSESSED, 40),
    Path(5, (*ASSESSED, Step("ask_view", "awaiting_view", 1, 9, H)), 14),
    Path(5, (*IN, Step("forward", "forwarded", 1, 9, Role.INTAKE_OFFICER)), 900),
    Path(20, (*IN, Step("withdraw_application", "withdrawn", 2, 40, A)), 900),
    Path(80, REFUSED, 900),
    Path(140, GRANTED, 300),
    Path(20, (*GRANTED, Step("send_reminder", "report_overdue", 400, 430, H)), 60),
    Path(30, REPORTED, 80),
    Path(10, (*REPORTED, Step("request_report_completion", "report_incomplete", 3, 20, H)), 14),
    Path(70, SETTLED, 100),
    Path(80, DIRECT, 100),
    Path(5, (*GRANTED, *_decided("verleend", "withdraw_grant", "grant_withdrawn")), 400),
    Path(255, (*DIRECT, CLOSE), 900),
    Path(200, (*SETTLED, CLOSE), 500),
)
assert sum(path.share for path in PATHS) == 1000, "the shares are of a thousand"
