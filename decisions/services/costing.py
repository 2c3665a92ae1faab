"""Review the costs of an application or of its account, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from decisions import calculating
from decisions.models import CostReview
from grants.applications.lifecycle.door import ActError
from grants.applications.services.locking import locked_case
from grants.kernel.actor import Actor
from grants.kernel.recording import recording
from grants.law.formats import euro


class WrongReview(ActError):
    """A line is accepted for more than was claimed, or cut without a reason; `str()` names the line."""


def review_costs(*, application_id: UUID, of: str, accepted: Mapping[int, tuple[Decimal, str]], actor: Actor) -> None:
    """Keep how much of each line counts, and why not all (Awb 4:46(3)). All lines or none. Raises WrongReview."""
    with recording():
        application = locked_case(application_id)
        rows = []
        for line in calculating.cost_lines(application, of):
            amount, reason = accepted.get(line.position, (line.accepted, line.reason))
            if amount < 0 or amount > line.claimed:
                raise WrongReview(f"Regel {line.position} ({line.description}): kies een bedrag van nul tot en met {euro(line.claimed)}.")
            if amount < line.claimed and not reason.strip():
                raise WrongReview(f"Regel {line.position} ({line.description}): schrijf op waarom niet alles meetelt.")
            rows.append(
                CostReview(
                    application=application, of=of, position=line.position, description=line.description[:300], claimed=line.claimed,
                    accepted=amount, reason=reason.strip()[:300], reviewed_by=actor.person,
                )
            )
        CostReview.objects.filter(application=application, of=of).delete()
        CostReview.objects.bulk_create(rows)
