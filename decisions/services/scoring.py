"""Score an application in a tender, apart from the others: save a draft, and hand it in once (T72)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from decisions import interest
from decisions.distribution import criteria_of
from decisions.models import Score, ScoreSheet
from grants.applications.lifecycle.door import Mark, NotPermitted, Refused, act_named, may_perform, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording
from grants.law.tender import PointsError, check_points


@dataclass(frozen=True, slots=True)
class Given:
    """Points for one criterion, None when not filled in yet, and the reason."""

    points: Decimal | None
    reason: str = ""


def save_scores(*, application_id: UUID, scores: dict[str, Given], actor: Actor) -> ScoreSheet:
    """Keep what this assessor filled in so far; nobody else sees it. Raises NotPermitted, or Refused after it was handed in."""
    with recording():
        application = locked_case(application_id)
        if not may_perform(application, "hand_in_scores", actor):
            raise NotPermitted(act_named("hand_in_scores"))
        sheet = _sheet(application, actor)
        sheet.draft = {key: {"points": "" if given.points is None else str(given.points), "reason": given.reason} for key, given in scores.items()}
        sheet.save()
        return sheet


def hand_in(*, application_id: UUID, actor: Actor, day: date | None = None) -> ScoreSheet:
    """Hand in the saved points: they are fixed from now on, and this assessor may see what others handed in.

    Raises Refused when a criterion lacks points or a reason, when the list of the tender was closed, or on an interest.
    """
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        sheet = _sheet(application, actor)
        scores = {key: _given(value) for key, value in sheet.draft.items()}
        known = Facts(scores_refusal=_problem(application, scores), interest_refusal=interest.refusal(application, actor.person))
        event = perform(application, "hand_in_scores", known, actor, day, Mark(data={"sheet": sheet.pk}))
        Score.objects.bulk_create(
            Score(sheet=sheet, criterion=key, points=given.points, reason=given.reason) for key, given in scores.items() if given.points is not None
        )
        sheet.event_id, sheet.handed_in_on = event.id, day
        sheet.save()
        return sheet


def _sheet(application: Application, actor: Actor) -> ScoreSheet:
    sheet, _ = ScoreSheet.objects.select_for_update().get_or_create(application=application, assessor=actor.person)
    if sheet.event_id is not None:
        raise Refused(act_named("hand_in_scores"), [Refusal("U hebt uw punten al ingeleverd. Ze veranderen niet meer.")])
    return sheet


def _given(value: dict[str, str]) -> Given:
    return Given(Decimal(value["points"]) if value["points"] else None, value["reason"].strip())


def _problem(application: Application, scores: dict[str, Given]) -> str:
    definition = application.definition
    if definition.distribution.method != "tender":
        return "Deze regeling verdeelt niet op punten."
    if application.draw_entries.exclude(draw__state="void").exists():
        return "De lijst van de rangschikking is gesloten. Er komen geen punten meer bij."
    criteria = criteria_of(definition)
    try:
        check_points(criteria, {key: given.points for key, given in scores.items() if given.points is not None})
    except PointsError as error:
        return str(error)
    unexplained = [c.label for c in criteria if not scores[c.key].reason]
    return f"Schrijf op waarom u deze punten geeft: {', '.join(unexplained)}." if unexplained else ""
