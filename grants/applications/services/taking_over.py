"""Copy the answers that are filtered or counted by from the form into the columns of the case."""

from __future__ import annotations

from grants.applications.models import Application, ApplicationGoal
from grants.schemes.models import Area, Goal, Municipality
from grants.schemes.reading import TypedValues, typed_values


def take_over(application: Application) -> None:
    """Copy the answers that are filtered or counted by into their typed columns; a wrong value leaves the column empty."""
    values = typed_values(application.definition, application.draft_answers)
    copy_values(application, values)
    set_goals(application, values)


def copy_values(application: Application, values: TypedValues) -> None:
    application.title = (values.title or "")[:200]
    application.summary = values.summary or ""
    application.requested_amount = values.requested_amount
    application.activity_start, application.activity_end = values.activity_start, values.activity_end
    application.municipality = Municipality.objects.filter(code=values.municipality or "").first()
    application.area = Area.objects.filter(code=values.area or "").first()


def set_goals(application: Application, values: TypedValues) -> None:
    chosen = list(dict.fromkeys([*([values.main_goal] if values.main_goal else []), *values.goals]))
    known = set(Goal.objects.filter(code__in=chosen).values_list("code", flat=True))
    chosen = [code for code in chosen if code in known]
    current = {link.goal_id: link.is_main for link in application.goal_links.all()}
    if current == {code: position == 0 for position, code in enumerate(chosen)}:
        return
    application.goal_links.all().delete()
    ApplicationGoal.objects.bulk_create(
        ApplicationGoal(application=application, goal_id=code, is_main=position == 0) for position, code in enumerate(chosen)
    )
