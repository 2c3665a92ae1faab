"""Who may become the handler of a case. Pure, like the other guards."""

from __future__ import annotations

from datetime import date

from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal


def assignee_fits(facts: Facts, day: date) -> Refusal | None:
    """The handler works on this scheme, has no interest in the case (Awb 2:4), and is chosen by somebody who may."""
    return Refusal(facts.assignee_refusal) if facts.assignee_refusal else None
