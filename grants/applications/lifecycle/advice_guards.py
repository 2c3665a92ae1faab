"""May a decision leave aside what an adviser said? Pure: facts and a day in, a refusal or None out."""

from __future__ import annotations

from datetime import date

from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal


def deviation_has_reasons(facts: Facts, day: date) -> Refusal | None:
    """A decision that departs from an advice given by virtue of a statutory rule says so, with the reasons (Awb 3:50)."""
    return Refusal(facts.advice_refusal, "artikel 3:50 Awb") if facts.advice_refusal is not None else None
