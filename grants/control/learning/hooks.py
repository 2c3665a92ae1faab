"""What the network tells the floors below."""

from __future__ import annotations


def register() -> None:
    from decisions.services import daily
    from grants.control.learning import mails, panels  # noqa: F401  (the outbox handlers register themselves)
    from grants.control.learning.models import lessons, proposals
    from grants.control.learning.recognising import names_from, names_of_the_applicant, names_of_who_take_part
    from grants.control.learning.services import cleaning, proposing
    from grants.kernel.recording import when_recorded

    lessons.register_triggers()
    proposals.register_triggers()
    when_recorded(proposing.reports_came_in)
    names_from(names_of_the_applicant)
    names_from(names_of_who_take_part)
    daily.every_day(cleaning.clean)
    panels.register()
